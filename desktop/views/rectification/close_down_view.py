"""Closing down: ordered to close by a day, found closed, or shut down by the authority (取缔)."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.rectification import ShutdownKind
from desktop.services.establishments import EstablishmentDetail
from desktop.services.rights import Right, may
from desktop.services.shutdowns import Closing, ShutdownRow
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.fields import DateField, TextAreaField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.statuses import OPERATING
from desktop.views.kit.timeline import Event, Timeline
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.rectification.cards import short_title
from desktop.views.rectification.desk import RectificationDesk

_DAY = {
    ShutdownKind.ORDERED: "决定日期",
    ShutdownKind.VERIFIED: "核实日期",
    ShutdownKind.FORCED: "取缔日期",
}
_ICONS = {
    ShutdownKind.ORDERED: ("hourglass", Status.WARNING),
    ShutdownKind.VERIFIED: ("circle-stop", Status.NEUTRAL),
    ShutdownKind.FORCED: ("ban", Status.DANGER),
}


@dataclass(frozen=True, slots=True)
class _Found:
    detail: EstablishmentDetail
    history: tuple[ShutdownRow, ...]


class CloseDownView(QWidget):
    """The page of one step of closing an establishment down; what it entails is said before it is done."""

    back_asked = Signal()
    open_asked = Signal(int)
    decided = Signal(str)
    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._id = 0
        self._title = ""
        self.back_button = Button("先不办", "arrow-left", shortcut="Esc", key_only=True)
        self.open_button = Button("打开档案", "folder-open")
        self.head = PageHead("", self.open_button, self.back_button)
        self._chip = Chip(next(iter(OPERATING.values())))
        self.message = Banner(Status.DANGER)
        self.step = Segmented([Choice(str(kind), kind.label) for kind in ShutdownKind])
        self.on = DateField("决定日期", read_date, today=desk.clock.today, required=True)
        self.close_by = DateField("关停的最后一天", read_date, today=desk.clock.today, required=True)
        self.document = TextField("文书号", most=60)
        self.reason = TextAreaField("理由", most=300, lines=3, required=True)
        self._entails = Words(role="muted", wraps=True)
        self.save_button = PrimaryButton("限期关停", "check", shortcut="Ctrl+Enter")
        self.form = FormGrid()
        self.history = Panel("关停的经过")
        self.timeline = Timeline()
        self._never = Words("还没有办过关停或取缔。", role="muted", wraps=True)

        self._arrange()

        self.back_button.clicked.connect(self.back_asked)
        self.open_button.clicked.connect(self._open_pressed)
        self.step.changed.connect(self._fit)
        self.form.finished.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self._save_pressed)

    def begin(self, establishment_id: int) -> None:
        """Begin the next step of closing an establishment down."""
        self._id = establishment_id
        self.message.hide()
        self.form.clear_errors()
        self.on.set_day(self._desk.clock.today())
        self.close_by.set_day(None)
        self.document.set_value("")
        self.reason.set_value("")
        desk = self._desk

        def ask(progress: Progress) -> _Found:
            return _Found(
                desk.establishments.detail(establishment_id, by=desk.actor),
                desk.shutdowns.history(establishment_id, by=desk.actor),
            )

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _arrange(self) -> None:
        self.head.add_mark(self._chip)
        self.form.add(self.on, self.close_by, self.document)
        self.form.add(self.reason, wide=True)
        work = Panel("办理")
        work.add(row(self.step, None), self.form, self._entails, row(None, self.save_button))
        self.history.add(self._never, self.timeline)
        body = Scrolled(
            row(
                Grow(column(work, None, gap="medium"), 3),
                Grow(column(self.history, None, gap="medium"), 2),
                gap="medium",
            )
        )
        self.setLayout(page(self.head, self.message, Grow(body)))
        self.message.hide()

    def _arrived(self, found: _Found) -> None:
        one = found.detail.row
        if one.id != self._id:
            return
        self._title = one.title
        self.head.set_title(short_title(one.title))
        trade = self._desk.profile.trade(one.kind)
        self.head.set_subtitle(f"{trade.label}　{one.village}　{one.address}")
        self._chip.set_chip(OPERATING[one.operating_status])
        is_closing = one.operating_status is OperatingStatus.CLOSING
        self.step.set_value(str(ShutdownKind.VERIFIED if is_closing else ShutdownKind.ORDERED))
        self._fit()
        self._never.setVisible(not found.history)
        self.timeline.setVisible(bool(found.history))
        self.timeline.show_events([_event(row) for row in reversed(found.history)])
        self.step.setFocus()
        if not self._may():
            self.message.tell(Status.INFO, "关停和取缔由审核人办理；您可以看，不能办。")
        self.shown.emit()

    def _fit(self) -> None:
        """Ask only what this step needs, and say what it entails."""
        kind = ShutdownKind(self.step.value())
        self.close_by.setVisible(kind is ShutdownKind.ORDERED)
        self.on.set_label(_DAY[kind])
        self.save_button.setText(kind.label)
        self.save_button.setEnabled(self._may())
        self._entails.setText(self._words(kind))

    def _words(self, kind: ShutdownKind) -> str:
        match kind:
            case ShutdownKind.ORDERED:
                return "存续改为“限期关停中”；到期未改的整改一并移送。期满后请回来核实。"
            case ShutdownKind.VERIFIED:
                return "存续改为“已关停”，有效的证卡随之注销，以后列入回头看。"
            case ShutdownKind.FORCED:
                authority = self._desk.profile.shutdown_authority
                return f"取缔由{authority}决定，这里照实记下；有效的证卡随之注销，以后列入回头看。"

    def _save_pressed(self) -> None:
        self.message.hide()
        self.form.clear_errors()
        kind = ShutdownKind(self.step.value())
        on, close_by, reason = self.on.day(), None, self.reason.value()
        if on is None and not self.on.error:
            self.on.show_error(f"请填{_DAY[kind]}。")
        if kind is ShutdownKind.ORDERED:
            close_by = self.close_by.day()
            if close_by is None and not self.close_by.error:
                self.close_by.show_error("请填关停的最后一天。")
        if not reason:
            self.reason.show_error("请写明理由。")
        if self.form.show_first_error() or on is None:
            return
        self.save_button.setEnabled(False)
        self._decide(kind, on, close_by, reason)

    def _decide(self, kind: ShutdownKind, on: date, close_by: date | None, reason: str) -> None:
        desk, establishment_id, document = self._desk, self._id, self.document.value()
        shutdowns, by = desk.shutdowns, desk.actor

        def decide(progress: Progress) -> Closing:
            if close_by is not None:
                return shutdowns.order_to_close(
                    establishment_id, close_by=close_by, on=on, reason=reason, document=document, by=by
                )
            step = shutdowns.verify if kind is ShutdownKind.VERIFIED else shutdowns.force
            return step(establishment_id, on=on, reason=reason, document=document, by=by)

        desk.jobs.run(decide, owner=self, done=self._decided, failed=self._failed, label=kind.label)

    def _decided(self, done: Closing) -> None:
        self.save_button.setEnabled(True)
        self.decided.emit(
            f"“{self._title}”已记为{done.operating_status.label}，证卡{done.paper_status.label}。"
        )

    def _may(self) -> bool:
        return may(self._desk.actor, Right.ENFORCE)

    def _open_pressed(self) -> None:
        self.open_asked.emit(self._id)

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(self._may())
        self.message.tell(Status.DANGER, str(error))


def _event(row: ShutdownRow) -> Event:
    icon, status = _ICONS[row.kind]
    until = f"限 {row.close_by} 前关停" if row.close_by else ""
    text = "；".join(filter(None, (until, row.document, row.reason)))
    return Event(row.decided_on.isoformat(), icon, row.kind.label, text, row.authority, status)
