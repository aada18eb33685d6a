"""定状态: whether the trade goes on, and which route it is put on, told beside the dossier."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop.clock import Clock
from desktop.domain.dates import read_date
from desktop.domain.lifecycle import Disposition, OperatingStatus, RegistrationStatus, Route
from desktop.domain.operating_steps import NOTED, SURVEY_STEPS
from desktop.services.register.dossiers import Dossier
from desktop.services.rights import Right, may
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, hold, row, rule
from desktop.views.kit.buttons import Button, LinkButton, PrimaryButton, QuietButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextAreaField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.statuses import OPERATING
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

_WORDS = {
    OperatingStatus.OPERATING: "恢复营业",
    OperatingStatus.NEW: "新设立",
    OperatingStatus.MOVED: "搬迁",
    OperatingStatus.PAUSED: "停业",
    OperatingStatus.CLOSED: "关停",
    OperatingStatus.NOT_FOUND: "查无",
    OperatingStatus.UPGRADED: "升级为食品生产企业",
}
_ADVICE = {
    OperatingStatus.MOVED: "新地址请按 F2 在调查表里改，旧址和新址都会留在经过里。",
    OperatingStatus.CLOSED: "自己关停的记在这里，证卡随之注销，整改随之了结；限期关停和取缔由整改销号办。",
    OperatingStatus.UPGRADED: "请在说明里写食品生产许可证编号（SC 加 14 位数字），登记证注销，整改了结。",
}
_NOTHING = {
    OperatingStatus.CLOSING: "正在限期关停，关没关要核实后办，这里不能改。",
    OperatingStatus.SHUT_DOWN: "已经取缔。又在经营的属“死灰复燃”，请录入“回头看”，这里不能改。",
    OperatingStatus.UPGRADED: "已经是食品生产企业，不再是三小主体。",
}
_MET_AGAIN = (
    "已经关停。按决定关停的又在经营，属“死灰复燃”，请录入“回头看”；自己关停又重新开业的，在这里写明经过。"
)


class StandingPane(QFrame):
    """Two sections, each saved by its own button; a refusal leaves what was typed."""

    told = Signal(str)
    closed = Signal()
    look_back_asked = Signal()
    close_down_asked = Signal()
    join_asked = Signal()

    def __init__(self, desk: EstablishmentDesk, clock: Clock) -> None:
        super().__init__()
        self._desk = desk
        self._clock = clock
        self._id: int | None = None
        self._status = OperatingStatus.OPERATING
        self._decided: tuple[str, str | None] = ("", None)
        self._close = QuietButton("收起（Esc）", "x")
        self._chip = Chip(OPERATING[self._status])
        self.to = ChoiceField("改为", [Choice(code, word) for code, word in _WORDS.items()], required=True)
        self.on = DateField("从哪一天起", read_date, today=clock.today, required=True)
        self.note = TextAreaField("说明", most=200, lines=2, hint="停业、关停、查无、升级要写明情况")
        self._advice = Words(role="muted", wraps=True)
        self.look_back = LinkButton("录入回头看", "eye")
        self.close_down = LinkButton("限期关停、取缔", "ban")
        self.join = LinkButton("和另一户是同一户，并档", "git-merge")
        self.refused = Banner(Status.DANGER)
        self.save = PrimaryButton("记下存续", "check")
        self.route = ChoiceField("处置意见", _choices(Route, Route.UNDECIDED), required=True)
        self.disposition = ChoiceField("分类", _choices(Disposition))
        self.route_refused = Banner(Status.DANGER)
        self.save_route = Button("记下处置", "check")
        self._form, self._route_form = FormGrid(), FormGrid()
        self.setObjectName("panel")

        self._arrange()

        self._close.clicked.connect(self.closed)
        self.look_back.clicked.connect(self.look_back_asked)
        self.close_down.clicked.connect(self.close_down_asked)
        self.join.clicked.connect(self.join_asked)
        self.to.changed.connect(self._chosen)
        self.save.clicked.connect(self._save_pressed)
        self.save_route.clicked.connect(self._route_pressed)
        self._form.finished.connect(self.save.setFocus)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show where it stands; what is being typed stays until that standing has changed."""
        status = OperatingStatus(dossier.row.operating_status)
        is_same = dossier.row.id == self._id
        registered = dossier.row.registration_status is RegistrationStatus.REGISTERED
        self.look_back.setVisible(status.has_ended or registered)
        self.close_down.setVisible(not status.has_ended and may(self._desk.actor, Right.ENFORCE))
        self.join.setVisible(may(self._desk.actor, Right.JOIN))
        if not is_same or status is not self._status:
            self._begin(status)
        if not is_same or self._decided != (dossier.route, dossier.disposition):
            self._begin_route(dossier)
        self._id = dossier.row.id

    def start(self) -> None:
        """Come into sight with the keyboard at the first choice that can be made."""
        self.show()
        first = self.to if self.to.isEnabled() else self.route
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self._form.add(self.to, self.on, self.note, wide=True)
        self._route_form.add(self.route, self.disposition, wide=True)
        head = row(
            Words("定状态", size="type_record", strong=True), None, self._close, margins="medium small"
        )
        operating = column(
            row(Words("存续", strong=True), self._chip, None),
            self._advice,
            row(self.look_back, self.close_down, None),
            self._form,
            self.refused,
            row(None, self.save),
        )
        routing = column(
            Words("处置", strong=True), self._route_form, self.route_refused, row(None, self.save_route)
        )
        body = column(
            operating, rule(), routing, rule(), row(self.join, None), None, gap="medium", margins="medium"
        )
        self.setLayout(column(head, rule(), Grow(scrolling(body)), gap="none", margins="hair"))
        hold(self, width="side_pane")
        self.refused.hide()
        self.route_refused.hide()

    def _begin(self, status: OperatingStatus) -> None:
        self._status = status
        steps = SURVEY_STEPS[status]
        self._chip.set_chip(OPERATING[status])
        self.to.set_value(None)
        self.to.set_choices([Choice(step, self._word(step)) for step in steps])
        self.on.set_day(self._clock.today())
        self.note.set_value("")
        self._form.clear_errors()
        self.refused.hide()
        for piece in (self._form, self.save):
            piece.setVisible(bool(steps))
        self.to.setEnabled(bool(steps))
        self.save.setEnabled(True)
        self._chosen()

    def _begin_route(self, dossier: Dossier) -> None:
        self._decided = (dossier.route, dossier.disposition)
        self.route.set_value(None if dossier.route == Route.UNDECIDED else dossier.route)
        self.disposition.set_value(dossier.disposition)
        self._route_form.clear_errors()
        self.route_refused.hide()
        self.save_route.setEnabled(True)

    def _word(self, step: OperatingStatus) -> str:
        """Say the act and not the state: who was never paused does not resume."""
        if step is OperatingStatus.OPERATING and self._status in {OperatingStatus.NEW, OperatingStatus.MOVED}:
            return step.label
        return _WORDS[step]

    def _chosen(self) -> None:
        chosen = self.to.value()
        advice = _ADVICE.get(OperatingStatus(chosen), "") if chosen else _NOTHING.get(self._status, "")
        if self._status is OperatingStatus.CLOSED:
            advice = _MET_AGAIN
        self._advice.setText(advice)
        self._advice.set_role("warning" if self._status.has_ended else "muted")
        self._advice.setVisible(bool(advice))

    def _save_pressed(self) -> None:
        self.refused.hide()
        day, establishment_id = self._day(), self._id
        if self._form.show_first_error() or day is None or establishment_id is None:
            return
        desk, to, note = self._desk, OperatingStatus(self.to.value()), self.note.value()

        def change(progress: Progress) -> str:
            desk.surveys.change_operating_status(establishment_id, to, on=day, note=note, by=desk.actor)
            return f"存续状态已记为“{to.label}”。"

        self.save.setEnabled(False)
        desk.jobs.run(change, owner=self, done=self._is_saved, failed=self._refuse, label="记下存续")

    def _day(self) -> date | None:
        """Return the day; whatever is missing shows it at its field, all at once."""
        self._form.clear_errors()
        if not self.to.value():
            self.to.show_error("请选改为什么。")
        day = self.on.day()
        if day is None and not self.on.error:
            self.on.show_error("请填从哪一天起。")
        if day is not None and day > self._clock.today():
            self.on.show_error("这一天还没有到，请填今天或以前的日期。")
        is_noted = self._status.has_ended or self.to.value() in NOTED
        if is_noted and not self.note.value():
            self.note.show_error("请写明重新开业的经过。" if self._status.has_ended else "请写明情况。")
        return day

    def _route_pressed(self) -> None:
        self.route_refused.hide()
        self._route_form.clear_errors()
        if not self.route.value():
            self.route.show_error("请选处置意见。")
        establishment_id = self._id
        if self._route_form.show_first_error() or establishment_id is None:
            return
        desk, route = self._desk, Route(self.route.value())
        batch = self.disposition.value()
        disposition = Disposition(batch) if batch else None

        def decide(progress: Progress) -> str:
            desk.surveys.decide(establishment_id, route=route, disposition=disposition, by=desk.actor)
            return f"处置意见已记为“{route.label}”{f'，{disposition.label}' if disposition else ''}。"

        self.save_route.setEnabled(False)
        desk.jobs.run(decide, owner=self, done=self._is_saved, failed=self._refuse_route, label="记下处置")

    def _is_saved(self, sentence: str) -> None:
        self.save.setEnabled(True)
        self.save_route.setEnabled(True)
        self.told.emit(sentence)

    def _refuse(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.refused.tell(Status.DANGER, str(error))

    def _refuse_route(self, error: Exception) -> None:
        self.save_route.setEnabled(True)
        self.route_refused.tell(Status.DANGER, str(error))


def _choices(codes: type[Route] | type[Disposition], *without: Route) -> list[Choice]:
    return [Choice(code, code.label) for code in codes if code not in without]
