"""Giving the order for what was found: which findings, by whom, until when."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.services.rectification.inspections import FindingRow
from desktop.services.rectification.rectifications import Ordered
from desktop.services.register.establishments import EstablishmentDetail
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.choices import CheckBox
from desktop.views.kit.fields import DateField
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import IconMark, Words
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.late_fields import LateFields
from desktop.views.rectification.period_fields import PeriodFields


class OrderView(QWidget):
    """The page of a new order."""

    back_asked = Signal()
    ordered = Signal(object)
    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._establishment_id = 0
        self.ticks: dict[int, CheckBox] = {}
        self._days: dict[int, int] = {}
        self._findings_box: QWidget | None = None
        self.back_button = Button("先不下达", "arrow-left", shortcut="Esc", key_only=True)
        self.save_button = PrimaryButton("下达整改", "file-text", shortcut="Ctrl+Enter")
        self.head = PageHead("下达整改", self.back_button, self.save_button)
        self.message = Banner(Status.DANGER)
        self.findings = Panel("查出的问题", note="勾上的一起责令，成为一件整改")
        self.on = DateField("下达日期", read_date, today=desk.clock.today, required=True)
        self.late = LateFields(desk, self.on)
        self.period = PeriodFields(desk, self.on)
        self.form = Panel("期限")

        self._arrange()

        self.back_button.clicked.connect(self.back_asked)
        self.save_button.clicked.connect(self._save_pressed)

    def show_findings(self, establishment_id: int) -> None:
        """Show what waits for an order at an establishment."""
        self._establishment_id = establishment_id
        self.message.hide()
        self.on.set_day(self._desk.clock.today())
        self.late.begin()
        desk = self._desk

        def ask(progress: Progress) -> tuple[EstablishmentDetail, tuple[FindingRow, ...]]:
            return (
                desk.establishments.detail(establishment_id, by=desk.actor),
                desk.inspections.findings(establishment_id, by=desk.actor),
            )

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _arrange(self) -> None:
        self.form.add(self.on, self.late.reason, self.late.approved_by, self.period)
        left = column(self.findings, None)
        right = column(self.form, None)
        body = Scrolled(row(Grow(left, 3), Grow(right, 2), gap="medium"))
        self.setLayout(page(self.head, self.message, Grow(body)))
        self.message.hide()

    def _arrived(self, found: tuple[EstablishmentDetail, tuple[FindingRow, ...]]) -> None:
        detail, findings = found
        waiting = [one for one in reversed(findings) if one.case_id is None]  # as they stand on the paper
        self.head.set_subtitle(f"{detail.row.title}　{detail.row.village}")
        items = {item.code: item for item in self._desk.profile.items(detail.row.kind)}
        self.ticks = {one.id: CheckBox(one.item) for one in waiting}
        self._days = {one.id: items[one.item].days for one in waiting if one.item in items}
        if self._findings_box is not None:
            self.findings.body.removeWidget(self._findings_box)
            self._findings_box.hide()
            self._findings_box.deleteLater()
        lines = [self._line(one) for one in waiting] or [Words("没有等责令的问题。", role="muted")]
        self._findings_box = box(column(*lines))
        self.findings.add(self._findings_box)
        for tick in self.ticks.values():
            tick.setChecked(True)
            tick.clicked.connect(self._ticked)
        may_order = may(self._desk.actor, Right.ORDER)
        self.save_button.setEnabled(bool(waiting) and may_order)
        self._ticked()
        self.on.setFocus()
        self.shown.emit()

    def _line(self, one: FindingRow) -> QWidget:
        tick = self.ticks[one.id]
        tick.setAccessibleName(f"{one.item}：{one.text}")
        star = IconMark("star", role="danger", size="icon_chip")
        words = Words(one.text, wraps=True)
        again = f"，第 {one.times} 次查出" if one.times > 1 else " 查出"
        note = Words(f"{one.found_on}{again}", role="muted", size="type_caption")
        made = box(
            row(
                column(tick, None),
                column(star, None, margins="none close none none"),
                Grow(column(words, note, gap="none")),
            )
        )
        star.setVisible(one.is_starred)
        return made

    def _ticked(self) -> None:
        """Offer the shortest of the periods that the check list gives for what is ticked."""
        chosen = [
            self._days[one] for one, tick in self.ticks.items() if tick.isChecked() and one in self._days
        ]
        if chosen:
            self.period.suggest(min(chosen))

    def _save_pressed(self) -> None:
        self.message.hide()
        on, until = self.on.day(), self.period.until()
        chosen = [one for one, tick in self.ticks.items() if tick.isChecked()]
        if not chosen:
            self.message.tell(Status.DANGER, "一个问题也没有勾，请勾上要责令改正的问题。")
            return
        if on is None and not self.on.error:
            self.on.show_error("请填下达日期。")
        self.late.show_missing()
        if on is None or until is None or self.late.reason.error or self.late.approved_by.error:
            return
        desk, family, late = self._desk, self.period.family.value(), self.late.late()

        def order(progress: Progress) -> Ordered:
            return desk.rectifications.order(
                chosen, until=until, on=on, family=family, late=late, by=desk.actor
            )

        self.save_button.setEnabled(False)
        desk.jobs.run(order, owner=self, done=self._ordered, failed=self._failed, label="下达整改")

    def _ordered(self, ordered: Ordered) -> None:
        self.save_button.setEnabled(True)
        self.ordered.emit(ordered)

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(bool(self.ticks))
        self.message.tell(Status.DANGER, str(error))
