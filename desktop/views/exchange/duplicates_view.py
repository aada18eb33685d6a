"""疑似重复: what imports have parked, decided one after the other; the next one comes by itself."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.parked_duplicates import Decided, ParkedRow
from desktop.services.rights import Right, may
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.duplicate_compare import DuplicateCompare
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

COLUMNS = (
    ShortColumn("疑似重复的户", 8, is_strong=True, grows=True),
    ShortColumn("村", 5),
    ShortColumn("把握", 4),
)


class DuplicatesView(QWidget):
    """The list at the left, the two side by side, and three ways to decide."""

    loaded = Signal()
    counted = Signal(int)

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[int, ParkedRow] = {}
        self._place = 0
        self.news = Banner(Status.SUCCESS)
        self.list = ShortTable("疑似重复", COLUMNS)
        self.compare = DuplicateCompare()
        self.reason = TextField("为什么不收", most=300, required=True)
        self.same_button = PrimaryButton("是同一户", "refresh-cw", shortcut="Alt+S")
        self.different_button = Button("是另一户", "plus", shortcut="Alt+N")
        self.drop_button = Button("不收", "x", shortcut="Alt+D")
        self._buttons = (self.same_button, self.different_button, self.drop_button)

        ways = FlowLayout(gap="small", line_gap="small")
        for button in self._buttons:
            ways.addWidget(button)
        right = column(
            Grow(self.compare),
            self.reason,
            ways,
            gap="medium",
        )
        hold(self.list, width="side_pane")
        self.setLayout(column(self.news, Grow(row(self.list, Grow(right), gap="medium")), gap="medium"))
        self.list.set_empty("没有等着认的。导入时拿不准的行会放在这里，等你定夺。")
        self.news.hide()
        self.reason.hide()
        self._show_current()

        self.list.selected.connect(self._show_current)
        self.same_button.clicked.connect(self._same_pressed)
        self.different_button.clicked.connect(self._different_pressed)
        self.drop_button.clicked.connect(self._drop_pressed)

    def refresh(self) -> None:
        """Ask again for what waits; what was chosen for a row that has not changed stays."""
        desk = self._desk
        if not may(desk.actor, Right.IMPORT):
            return

        def ask(progress: Progress) -> tuple[ParkedRow, ...]:
            return desk.parked.waiting(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived)

    def take_focus(self) -> None:
        self.list.setFocus()

    def _arrived(self, rows: Sequence[ParkedRow]) -> None:
        self._rows = {row.id: row for row in rows}
        current = self.list.current_id()
        self.list.show_rows([_line(row) for row in rows])
        if rows and current not in self._rows:
            self.list.choose(rows[min(self._place, len(rows) - 1)].id)
        self._show_current()
        self.counted.emit(len(rows))
        self.loaded.emit()

    def _show_current(self) -> None:
        current = self._rows.get(self.list.current_id() or 0)
        self.compare.setVisible(current is not None)
        for button in self._buttons:
            button.setVisible(current is not None)
        if current is None:
            self.reason.hide()
            return
        if self.compare.row is None or self.compare.row.id != current.id:
            self.reason.hide()
            self.reason.set_value("")
        self._place = list(self._rows).index(current.id)
        self.compare.show_row(current)
        self.same_button.setEnabled(current.may_decide and current.match is not None)
        self.different_button.setEnabled(current.may_decide)
        self.drop_button.setEnabled(current.may_decide)

    def _same_pressed(self) -> None:
        desk, current, take = self._desk, self.compare.row, self.compare.taken()
        if current is not None and current.match is not None:
            self._decide(
                partial(
                    desk.parked.decide_same,
                    current.id,
                    version=current.version,
                    record_version=current.match.version,
                    take=take,
                    by=desk.actor,
                )
            )

    def _different_pressed(self) -> None:
        desk, current = self._desk, self.compare.row
        if current is not None:
            self._decide(
                partial(desk.parked.decide_different, current.id, version=current.version, by=desk.actor)
            )

    def _drop_pressed(self) -> None:
        """Ask for the reason first; pressed again with a reason, the row is left out."""
        desk, current, reason = self._desk, self.compare.row, self.reason.value()
        if current is None:
            return
        if not reason:
            if self.reason.isVisible():
                self.reason.show_error("请写明为什么不收，操作日志里要记。")
            self.reason.show()
            self.reason.setFocus()
            return
        self._decide(
            partial(desk.parked.drop, current.id, version=current.version, reason=reason, by=desk.actor)
        )

    def _decide(self, decide: Callable[[], Decided]) -> None:
        def run(progress: Progress) -> Decided:
            return decide()

        self.list.setFocus()  # now, not when it is done: by then somebody may be typing the next reason
        for button in self._buttons:
            button.setEnabled(False)
        self._desk.jobs.run(
            run, owner=self, done=self._is_decided, failed=self._is_refused, label="认定疑似重复"
        )

    def _is_decided(self, decided: Decided) -> None:
        where = f"：{decided.archive_number}" if decided.archive_number else ""
        sentence = f"已认定{decided.decision.label}{where}。"
        status = Status.WARNING if decided.next_step else Status.SUCCESS
        self.news.tell(status, f"{sentence}{decided.next_step}")
        self.refresh()

    def _is_refused(self, error: Exception) -> None:
        sentence = str(error) if isinstance(error, UserError) else "没有认成，什么都没有动；请再试一次。"
        self.news.tell(Status.DANGER, sentence)
        self.refresh()


def _line(parked: ParkedRow) -> ShortRow:
    certainty = "确定" if parked.is_sure else "拿不准"
    return ShortRow(parked.id, (parked.title, parked.village, certainty))
