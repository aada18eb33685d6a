"""The pane beside the applications: one of them, and its next legal step done in place."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop.domain.dates import read_date
from desktop.domain.lifecycle import RegistrationStatus
from desktop.services.registration.applications import Issued, Step
from desktop.services.registration.applications_under_way import ApplicationRow
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, row, rule
from desktop.views.kit.buttons import LinkButton, PrimaryButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import CheckBox, Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextAreaField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.statuses import REGISTRATION
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.application_rows import clock, waits_for
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.paper_menu import PaperButton
from desktop.views.registration.short_model import Gauge
from desktop.views.registration.site_items import SiteItems

APPROVE = "approve"
STEPS: Mapping[RegistrationStatus, tuple[Choice, ...]] = {
    RegistrationStatus.APPLIED: (Choice(Step.ACCEPT, "受理"), Choice(Step.COMPLETE, "告知补正")),
    RegistrationStatus.TO_COMPLETE: (Choice(Step.ACCEPT, "已补齐，受理"),),
    RegistrationStatus.ACCEPTED: (
        Choice(Step.SITE_CHECK, "现场核查"),
        Choice(APPROVE, "发证"),
        Choice(Step.REFUSE, "不予登记"),
    ),
    RegistrationStatus.SITE_CHECK: (Choice(APPROVE, "发证"), Choice(Step.REFUSE, "不予登记")),
}
"""What may be done at each status, the usual one first."""

_DO = {
    Step.ACCEPT: "受理",
    Step.COMPLETE: "一次告知补正",
    Step.SITE_CHECK: "记下核查",
    APPROVE: "准予登记并发证",
    Step.REFUSE: "不予登记",
}
_NOTE_LABELS = {
    Step.COMPLETE: "要补的材料",
    Step.SITE_CHECK: "核查情况",
    Step.REFUSE: "不予登记的理由",
}


class StepPane(QFrame):
    """Shows an application and takes it one step on; refusals stand above the button."""

    moved = Signal(str)
    open_asked = Signal(int)
    paper_asked = Signal(str, str, int)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._application: ApplicationRow | None = None
        self._title = Words(size="type_record", strong=True, wraps=True)
        self._chip = Chip(REGISTRATION[RegistrationStatus.APPLIED])
        self._open = LinkButton("打开档案", "folder-open")
        self.papers = PaperButton(desk)
        self._facts = Words(role="muted", wraps=True)
        self.choices = {status: ChoiceField("办哪一步", steps) for status, steps in STEPS.items()}
        self.day = DateField("日期", read_date, required=True)
        self.first = TextField("核查人一", most=20, required=True)
        self.second = TextField("核查人二", most=20, required=True, hint="现场核查须有两人以上")
        self.notes = {
            step: TextAreaField(label, most=200, required=step is not Step.SITE_CHECK)
            for step, label in _NOTE_LABELS.items()
        }
        self.items = SiteItems()
        self._refusal = Banner(Status.DANGER)
        self.button = PrimaryButton("办理", shortcut="Ctrl+Enter")
        self._form = FormGrid()
        self.setObjectName("panel")

        self._form.add(*self.choices.values(), self.day, wide=True)
        self._form.add(self.first, self.second)
        self._form.add_widget(self.items)
        self.false_material = CheckBox("隐瞒有关情况或者提供虚假材料")
        self._form.add(*self.notes.values(), wide=True)
        self._form.add_widget(self.false_material)
        head = column(self._title, row(self._chip, None, self.papers, self._open), self._facts)
        body = column(head, rule(), self._form, None, gap="medium", margins="medium")
        foot = column(self._refusal, self.button, margins="medium small")
        self.setLayout(column(Grow(scrolling(body)), rule(), box(foot), gap="none", margins="hair"))
        self.show_application(None)

        self._open.clicked.connect(self._open_pressed)
        self.papers.chosen.connect(self._paper_chosen)
        self.papers.failed.connect(self._tell_refusal)
        self.button.clicked.connect(self._do_asked)
        for field in self.choices.values():
            field.changed.connect(self._step_chosen)

    @property
    def step(self) -> str:
        """The step that is chosen; empty where there is nothing to do."""
        if self._application is None:
            return ""
        return self.choices[self._application.status].value()

    def show_application(self, application: ApplicationRow | None) -> None:
        """Show an application; what was typed for the same one at the same step stays."""
        is_same = (
            application is not None
            and self._application is not None
            and (application.id, application.status) == (self._application.id, self._application.status)
        )
        self._application = application
        self.setEnabled(application is not None)
        if application is None:
            self._title.setText("没有选中申请")
            self._facts.setText("在左边选一件，这里办下一步。")
        else:
            self._title.setText(application.title)
            self._chip.set_chip(REGISTRATION[application.status])
            self._facts.setText(self._told(application))
        self._chip.setVisible(application is not None)
        self._open.setVisible(application is not None)
        self.papers.setVisible(application is not None)
        self.papers.set_establishment(application.establishment_id if application else None)
        if not is_same:
            self._begin_step()

    def choose_step(self, step: str) -> None:
        """Choose a step as a press would."""
        if self._application is not None:
            self.choices[self._application.status].set_value(step)
            self._step_chosen()

    def focus_step(self) -> None:
        """Put the keyboard where the next step is chosen."""
        if self._application is not None:
            self.choices[self._application.status].setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, application: ApplicationRow) -> str:
        kind = self._desk.profile.trade(application.kind).label
        gauge = clock(application)
        left = f"（{gauge.word}）" if isinstance(gauge, Gauge) else ""
        return (
            f"{kind} · {application.village}\n"
            f"{application.applied_on:%Y-%m-%d} 申请，{application.due_words}{left}\n{waits_for(application)}"
        )

    def _begin_step(self) -> None:
        status = self._application.status if self._application else None
        for of_status, field in self.choices.items():
            field.setVisible(of_status is status)
            field.set_value(STEPS[of_status][0].code)
        self.day.set_day(self._desk.clock.today())
        for text in (self.first, self.second):
            text.set_value("")
        for note in self.notes.values():
            note.set_value("")
        self.false_material.setChecked(False)
        if self._application is not None:
            self.items.show_items(self._desk.profile.items(self._application.kind))
        self._step_chosen()

    def _step_chosen(self) -> None:
        step = self.step
        self._form.clear_errors()
        self._refusal.setVisible(False)
        for of_step, note in self.notes.items():
            note.setVisible(step == of_step)
        for part in (self.first, self.second, self.items):
            part.setVisible(step == Step.SITE_CHECK)
        self.false_material.setVisible(step == Step.REFUSE)
        if step == Step.COMPLETE and self._application is not None:
            self.notes[Step.COMPLETE].set_value("、".join(self._application.missing_materials))
        self.day.setVisible(bool(step))
        self.button.setText(_DO.get(step, "办理"))
        self.button.setEnabled(bool(step))

    def _do_asked(self) -> None:
        self._form.clear_errors()
        application, step, day = self._application, self.step, self.day.day()
        if application is None or not self._is_complete():
            return
        assert day is not None
        desk = self._desk
        people = (self.first.value(), self.second.value()) if step == Step.SITE_CHECK else ()
        note = self.notes[Step(step)].value() if step in self.notes else ""
        answers = self.items.answers() if step == Step.SITE_CHECK else {}
        is_false = step == Step.REFUSE and self.false_material.isChecked()

        def do(progress: Progress) -> Issued | None:
            if step == APPROVE:
                return desk.applications.approve(application.id, on=day, by=desk.actor)
            desk.applications.take_step(
                application.id,
                Step(step),
                on=day,
                people=people,
                note=note,
                answers=answers,
                is_false=is_false,
                by=desk.actor,
            )
            return None

        self.button.setEnabled(False)
        desk.jobs.run(do, owner=self, done=self._done, failed=self._refused, label=_DO[step])

    def _is_complete(self) -> bool:
        if self.day.day() is None and not self.day.error:
            self.day.show_error("请填日期。")
        required = [field for field in (self.first, self.second, *self.notes.values()) if field.is_required]
        for field in required:
            if not field.isHidden() and not field.value_text():
                field.show_error(f"请填{field.label}。")
        return not self._form.show_first_error()

    def _done(self, issued: Issued | None) -> None:
        application = self._application
        title = application.title if application else ""
        self._application = None
        if issued is None:
            self.moved.emit(f"“{title}”已{self.button.text()}。")
        else:
            self.moved.emit(f"“{title}”已登记，编号 {issued.number}，可到打印中心打印。")

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self._tell_refusal(str(error))

    def _tell_refusal(self, sentence: str) -> None:
        self._refusal.tell(Status.DANGER, sentence)

    def _paper_chosen(self, code: str, title: str) -> None:
        if self._application is not None:
            self.paper_asked.emit(code, title, self._application.establishment_id)

    def _open_pressed(self) -> None:
        if self._application is not None:
            self.open_asked.emit(self._application.establishment_id)
