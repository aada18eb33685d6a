"""Closing down: ordered to close by a day, found closed, or shut down by the authority (取缔)."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from desktop.domain.dates import read_date
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.rectification import ShutdownKind
from desktop.services.rectification.shutdowns import Closing, ShutdownRow
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.rights import Right
from desktop.views.jobs import Progress
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.fields import DateField, TextAreaField, TextField
from desktop.views.kit.panels import Panel
from desktop.views.kit.timeline import Event
from desktop.views.kit.tokens import Status
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.follow_up_sheet import FollowUpSheet
from desktop.views.rectification.late_fields import LateFields

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


class CloseDownView(FollowUpSheet):
    """The page of one step of closing an establishment down; what it entails is said before it is done."""

    right = Right.ENFORCE
    decided = Signal(str)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__(desk, back="先不办", history="关停的经过", never="还没有办过关停或取缔。")
        self.step = Segmented([Choice(str(kind), kind.label) for kind in ShutdownKind])
        self.close_by = DateField("关停的最后一天", read_date, today=desk.clock.today, required=True)
        self.document = TextField("文书号", most=60)
        self.late = LateFields(desk, self.on)
        self.reason = TextAreaField("理由", most=300, lines=3, required=True)

        self.form.add(self.on, self.close_by, self.document)
        self.late.add_to(self.form)
        self.form.add(self.reason, wide=True)
        self.arrange_sheet(Panel("办理"), self.step)

        self.step.changed.connect(self._fit)
        self.save_button.clicked.connect(self._save_pressed)

    def empty(self) -> None:
        self.close_by.set_day(None)
        self.document.set_value("")
        self.reason.set_value("")
        self.late.begin()

    def before(self, establishment_id: int) -> Sequence[Event]:
        history = self._desk.shutdowns.history(establishment_id, by=self._desk.actor)
        return [_event(row) for row in reversed(history)]

    def know(self, row: EstablishmentRow) -> None:
        is_closing = row.operating_status is OperatingStatus.CLOSING
        self.step.set_value(str(ShutdownKind.VERIFIED if is_closing else ShutdownKind.ORDERED))
        self._fit()
        self.step.setFocus()
        if not self.may_save():
            self.message.tell(Status.INFO, "关停和取缔由审核人办理；您可以看，不能办。")

    def _fit(self) -> None:
        """Ask only what this step needs, and say what it entails."""
        kind = ShutdownKind(self.step.value())
        self.close_by.setVisible(kind is ShutdownKind.ORDERED)
        self.on.set_label(_DAY[kind])
        self.save_button.setText(kind.label)
        self.entails.setText(self._words(kind))

    def _words(self, kind: ShutdownKind) -> str:
        match kind:
            case ShutdownKind.ORDERED:
                return "存续改为“限期关停中”；到期未改的整改一并移送。期满后请回来核实。"
            case ShutdownKind.VERIFIED:
                return "存续改为“已关停”，有效的证卡随之注销，没有改好的整改随之了结，以后列入回头看。"
            case ShutdownKind.FORCED:
                authority = self._desk.profile.shutdown_authority
                ends = "有效的证卡随之注销，没有改好的整改随之了结，以后列入回头看。"
                return f"取缔由{authority}决定，这里照实记下；{ends}"

    def _save_pressed(self) -> None:
        self.clear_told()
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
        self.late.show_missing()
        if self.form.show_first_error() or on is None:
            return
        self.save_button.setEnabled(False)
        self._decide(kind, on, close_by, reason)

    def _decide(self, kind: ShutdownKind, on: date, close_by: date | None, reason: str) -> None:
        desk, establishment_id, document = self._desk, self._id, self.document.value()
        shutdowns, by, late = desk.shutdowns, desk.actor, self.late.late()

        def decide(progress: Progress) -> Closing:
            if close_by is not None:
                return shutdowns.order_to_close(
                    establishment_id,
                    close_by=close_by,
                    on=on,
                    reason=reason,
                    document=document,
                    late=late,
                    by=by,
                )
            step = shutdowns.verify if kind is ShutdownKind.VERIFIED else shutdowns.force
            return step(establishment_id, on=on, reason=reason, document=document, late=late, by=by)

        desk.jobs.run(decide, owner=self, done=self._decided, failed=self.refused, label=kind.label)

    def _decided(self, done: Closing) -> None:
        self.save_button.setEnabled(True)
        self.decided.emit(
            f"“{self._title}”已记为{done.operating_status.label}，证卡{done.paper_status.label}。"
        )


def _event(row: ShutdownRow) -> Event:
    icon, status = _ICONS[row.kind]
    until = f"限 {row.close_by} 前关停" if row.close_by else ""
    text = "；".join(filter(None, (until, row.document, row.reason)))
    return Event(row.decided_on.isoformat(), icon, row.kind.label, text, row.authority, status)
