"""One case in full: what is wrong, what may be done now, every step that was taken."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.rectification import CaseStep, item_word
from desktop.services.papers.offered_papers import OfferedPaper, offered
from desktop.services.rectification.case_history import RectificationDetail, StepRow
from desktop.services.rectification.inspections import FindingRow
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, row
from desktop.views.kit.buttons import Button, SmallButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.statuses import OVERDUE, STAGE
from desktop.views.kit.timeline import Event, Timeline
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import IconMark, Words
from desktop.views.rectification.action_form import ActionForm
from desktop.views.rectification.actions import (
    Action,
    Told,
    act,
    advice_without,
    may_close_down,
    may_look_back,
    possible,
)
from desktop.views.rectification.cards import short_title
from desktop.views.rectification.case_photos import CasePhotos
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.period_fields import end_words

_ICONS = {
    CaseStep.FOUND: ("circle-alert", Status.WARNING),
    CaseStep.CORRECTED: ("wrench", Status.INFO),
    CaseStep.ORDERED: ("file-text", Status.WARNING),
    CaseStep.SERVED: ("send", Status.INFO),
    CaseStep.REPORTED: ("flag", Status.INFO),
    CaseStep.EXTENDED: ("history", Status.WARNING),
    CaseStep.REINSPECTED: ("eye", Status.INFO),
    CaseStep.SUPERVISED: ("siren", Status.DANGER),
    CaseStep.TRANSFERRED: ("gavel", Status.DANGER),
    CaseStep.CLOSED_OUT: ("check-check", Status.SUCCESS),
    CaseStep.CONSOLIDATED: ("shield-check", Status.SUCCESS),
    CaseStep.RELAPSED: ("rotate-ccw", Status.DANGER),
    CaseStep.ENDED: ("ban", Status.NEUTRAL),
}


class CaseView(QWidget):
    """The page of one case."""

    back_asked = Signal()
    open_asked = Signal(int)
    close_down_asked = Signal(int)
    look_back_asked = Signal(int)
    paper_asked = Signal(object, str, str)
    done = Signal(str)
    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._case_id = 0
        self._detail: RectificationDetail | None = None
        self._actions: tuple[Action, ...] = ()
        self.form: ActionForm | None = None
        self.choice: Segmented | None = None
        self.back_button = Button("返回看板", "arrow-left", shortcut="Esc", key_only=True)
        self.open_button = Button("打开档案", "folder-open")
        self.close_down_button = Button("关停、取缔", "ban")
        self.look_back_button = Button("回头看", "rotate-ccw")
        self.head = PageHead(
            "", self.close_down_button, self.look_back_button, self.open_button, self.back_button
        )
        self._chip = Chip(OVERDUE)
        self.message = Banner(Status.DANGER)
        self.work = Panel("办理")
        self.findings = Panel("问题")
        self.orders = Panel("文书")
        self.photos = CasePhotos(desk)
        self.history = Panel("经过")
        self.timeline = Timeline()
        self._nothing = Words(role="muted", wraps=True)
        self._lines: dict[Panel, QWidget] = {}
        self.papers: dict[SmallButton, OfferedPaper] = {}

        self._arrange()

        self.back_button.clicked.connect(self.back_asked)
        self.open_button.clicked.connect(self._open_pressed)
        self.close_down_button.clicked.connect(self._close_down_pressed)
        self.look_back_button.clicked.connect(self._look_back_pressed)
        self.photos.told.connect(self.done)
        self.photos.failed.connect(self._photos_failed)

    def show_case(self, case_id: int) -> None:
        """Show another case."""
        self._case_id = case_id
        self._detail = None
        self.refresh()

    def refresh(self) -> None:
        """Ask again; a form under somebody's hands is left alone unless the case has moved on."""
        desk, case_id = self._desk, self._case_id
        if not case_id:
            return

        def ask(progress: Progress) -> RectificationDetail:
            return desk.rectifications.case(case_id, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)
        self.photos.show_case(case_id)

    def _arrange(self) -> None:
        self.head.add_mark(self._chip)
        self.work.add(self._nothing)
        self.history.add(self.timeline)
        left = column(self.work, self.findings, self.orders, None, gap="medium")
        right = column(self.history, self.photos, None, gap="medium")
        body = Scrolled(row(Grow(left, 3), Grow(right, 2), gap="medium"))
        self.setLayout(page(self.head, self.message, Grow(body)))
        self.message.hide()

    def _arrived(self, detail: RectificationDetail) -> None:
        if detail.id != self._case_id:
            return
        self.message.hide()
        before, self._detail = self._detail, detail
        self.head.set_title(short_title(detail.title))
        self.head.set_subtitle(f"整改 {detail.id}　{_due_words(detail)}".strip())
        self.close_down_button.setVisible(may_close_down(detail, self._desk.actor))
        self.look_back_button.setVisible(may_look_back(detail, self._desk.actor))
        self._chip.set_chip(OVERDUE if detail.is_overdue else STAGE[detail.stage])
        if before is None or before.version != detail.version:
            self._offer(possible(detail, self._desk.actor))
            self._take_focus()
        self._show_findings(detail)
        self._show_orders(detail)
        self.timeline.show_events([_event(step) for step in reversed(detail.steps)])
        self.history.set_note(f"{len(detail.steps)} 步")
        self.shown.emit()

    def _offer(self, actions: tuple[Action, ...]) -> None:
        """Offer the acts that are possible now; the first stands open."""
        self._actions = actions
        if self.choice is not None:
            self._take_away(self.choice)
        self.choice = None
        self._nothing.setVisible(not actions)
        if self._detail is not None and not actions:
            self._nothing.setText(advice_without(self._detail))
        if len(actions) > 1:
            self.choice = Segmented([Choice(one.code, one.word) for one in actions])
            self.choice.set_value(actions[0].code)
            self.work.body.insertWidget(0, self.choice)
            # At once, so that it can take the keyboard; a layout shows its pieces only later.
            self.choice.show()
            self.choice.changed.connect(self._action_chosen)
        self._show_form(actions[0] if actions else None)

    def _take_focus(self) -> None:
        if self.choice is not None:
            self.choice.setFocus()
        elif self.form is not None:
            self.form.take_focus()
        elif self.look_back_button.isVisible():
            self.look_back_button.setFocus()
        else:
            self.back_button.setFocus()

    def _action_chosen(self, code: str) -> None:
        self._show_form(next(one for one in self._actions if one.code == code))
        if self.form is not None:
            self.form.take_focus()

    def _show_form(self, action: Action | None) -> None:
        if self.form is not None:
            self._take_away(self.form)
        detail = self._detail
        due_on = detail.due_on if detail else None
        open_ones = [one for one in detail.findings if one.id not in detail.put_right] if detail else []
        self.form = ActionForm(self._desk, action, open_ones, due_on) if action else None
        if self.form is not None:
            self.work.add(self.form)
            self.form.show()
            self.form.told.connect(self._told)

    def _take_away(self, piece: QWidget) -> None:
        self.work.body.removeWidget(piece)
        piece.hide()
        piece.deleteLater()

    def _told(self, told: Told) -> None:
        desk, case_id, form = self._desk, self._case_id, self.form
        if form is None:
            return
        action = form.action

        def work(progress: Progress) -> None:
            act(desk.rectifications, case_id, action, told, desk.actor)

        desk.jobs.run(work, owner=form, done=self._acted, failed=self._refused, label=action.word)

    def _acted(self, result: None) -> None:
        word = self.form.action.word if self.form is not None else ""
        title = self._detail.title if self._detail is not None else ""
        self.refresh()
        self.done.emit(f"“{title}”的{word}已记下。")

    def _refused(self, error: Exception) -> None:
        if self.form is not None:
            self.form.refuse(str(error))

    def _show_findings(self, detail: RectificationDetail) -> None:
        self.findings.set_note(f"{len(detail.findings)} 项")
        done = detail.put_right
        lines = [_finding_line(one, is_put_right=one.id in done) for one in detail.findings]
        self._show_lines(self.findings, lines)

    def _show_orders(self, detail: RectificationDetail) -> None:
        lines = []
        for order in detail.orders:
            number, due = Words(order.number, strong=True), Words(f"限 {order.due_on} 前", role="muted")
            lines.append(box(row(IconMark("file-text"), number, due, None)))
        self.papers = {
            SmallButton(one.title, "printer"): one
            for one in offered(detail, self._desk.profile, self._desk.actor)
        }
        if self.papers:
            lines.append(self._paper_buttons())
        self.orders.setVisible(bool(lines))
        self._show_lines(self.orders, lines)

    def _paper_buttons(self) -> QWidget:
        inside = FlowLayout()
        for button in self.papers:
            inside.addWidget(button)
            button.clicked.connect(self._paper_pressed)
        about = QWidget()
        about.setLayout(inside)
        return about

    def _paper_pressed(self) -> None:
        pressed, detail = self.sender(), self._detail
        if isinstance(pressed, SmallButton) and pressed in self.papers and detail is not None:
            paper = self.papers[pressed]
            about = f"整改 {detail.id}　{short_title(detail.title)}"
            self.paper_asked.emit(paper.wanted(detail.id), paper.title, about)

    def _show_lines(self, panel: Panel, lines: list[QWidget]) -> None:
        if panel in self._lines:
            old = self._lines.pop(panel)
            panel.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines[panel] = box(column(*lines))
        panel.add(self._lines[panel])

    def _open_pressed(self) -> None:
        if self._detail is not None:
            self.open_asked.emit(self._detail.establishment_id)

    def _close_down_pressed(self) -> None:
        if self._detail is not None:
            self.close_down_asked.emit(self._detail.establishment_id)

    def _look_back_pressed(self) -> None:
        if self._detail is not None:
            self.look_back_asked.emit(self._detail.establishment_id)

    def _photos_failed(self, sentence: str) -> None:
        self.message.tell(Status.DANGER, sentence)

    def _failed(self, error: Exception) -> None:
        self.message.tell(Status.DANGER, str(error))


def _due_words(detail: RectificationDetail) -> str:
    if detail.due_on is None or not detail.stage.is_open:
        return ""
    return f"期限 {detail.due_on} 已过" if detail.is_overdue else end_words(detail.due_on)


def _finding_line(finding: FindingRow, *, is_put_right: bool) -> QWidget:
    mark = IconMark(
        "star" if finding.is_starred else "circle-alert", role="danger" if finding.is_starred else "warning"
    )
    inside = FlowLayout()
    inside.addWidget(Words(item_word(finding.item, {}), role="muted"))
    inside.addWidget(Words(f"{finding.found_on} 查出", role="muted"))
    if finding.times > 1:
        inside.addWidget(Words(f"第 {finding.times} 次", role="danger"))
    if finding.is_corrected:
        inside.addWidget(Words("当场改正", role="success"))
    elif is_put_right:
        inside.addWidget(Words("已改好", role="success"))
    about = QWidget()
    about.setLayout(inside)
    text = column(Words(finding.text, wraps=True), about, gap="none")
    return box(row(column(mark, None, margins="none bar none none"), Grow(text)))


def _event(step: StepRow) -> Event:
    icon, status = _ICONS[step.step]
    if step.result is not None:
        is_good = step.result == "good"
        icon, status = ("circle-check", Status.SUCCESS) if is_good else ("circle-x", Status.DANGER)
    people = "、".join(step.people)
    told = f"{people} 检查，{step.by} 登记" if people else step.by
    return Event(step.on.isoformat(), icon, step.label, step.note, told, status)
