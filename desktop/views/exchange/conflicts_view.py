"""交换冲突: what office and village changed in different ways, decided field by field, one by one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.exchange_conflicts import ConflictRow, Settled
from desktop.services.rights import Right, may
from desktop.views.exchange.conflict_compare import HERE, THEIRS, ConflictCompare
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

COLUMNS = (
    ShortColumn("两边不一样的户", 8, is_strong=True, grows=True),
    ShortColumn("村", 5),
    ShortColumn("几处", 3),
)


class ConflictsView(QWidget):
    """The list at the left, the three columns, and one decision for all fields of a row."""

    loaded = Signal()
    counted = Signal(int)

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[int, ConflictRow] = {}
        self._place = 0
        self.news = Banner(Status.SUCCESS)
        self.list = ShortTable("交换冲突", COLUMNS)
        self.compare = ConflictCompare()
        self.settle_button = PrimaryButton("就这样定", "check", shortcut="Ctrl+Enter")
        self.theirs_button = Button("全取村里的", "arrow-left", shortcut="Alt+T")
        self.here_button = Button("全留档案的", "undo-2", shortcut="Alt+H")
        self._buttons = (self.settle_button, self.theirs_button, self.here_button)

        ways = FlowLayout(gap="small", line_gap="small")
        for button in self._buttons:
            ways.addWidget(button)
        right = column(Grow(self.compare), ways, gap="medium")
        hold(self.list, width="side_pane")
        self.setLayout(column(self.news, Grow(row(self.list, Grow(right), gap="medium")), gap="medium"))
        self.list.set_empty("没有等着定的。合并交换表时，两边都改过的和村里报停业、关停的会放在这里。")
        self.news.hide()
        self._show_current()

        self.list.selected.connect(self._show_current)
        self.settle_button.clicked.connect(self._settle_pressed)
        self.theirs_button.clicked.connect(self._theirs_pressed)
        self.here_button.clicked.connect(self._here_pressed)

    def refresh(self) -> None:
        """Ask again for what waits; what was chosen for a row that has not changed stays."""
        desk = self._desk
        if not may(desk.actor, Right.IMPORT):
            return

        def ask(progress: Progress) -> tuple[ConflictRow, ...]:
            return desk.conflicts.waiting(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived)

    def take_focus(self) -> None:
        self.list.setFocus()

    def _arrived(self, rows: Sequence[ConflictRow]) -> None:
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
            button.setEnabled(True)
        if current is None:
            return
        self._place = list(self._rows).index(current.id)
        self.compare.show_row(current)
        has_choice = bool(self.compare.sides)
        self.theirs_button.setVisible(has_choice)
        self.here_button.setVisible(has_choice)
        self.settle_button.setText("就这样定" if has_choice else "知道了")

    def _theirs_pressed(self) -> None:
        self._choose(THEIRS)

    def _here_pressed(self) -> None:
        self._choose(HERE)

    def _choose(self, side: str) -> None:
        """Choose one side for all fields; it is decided only by the other button."""
        for choice in self.compare.sides.values():
            choice.set_value(side)
        self.settle_button.setFocus()

    def _settle_pressed(self) -> None:
        desk, current, take = self._desk, self.compare.row, self.compare.taken()
        if current is None:
            return
        decide = partial(
            desk.conflicts.decide,
            current.id,
            version=current.version,
            record_version=current.record_version,
            take=take,
            by=desk.actor,
        )

        def run(progress: Progress) -> Settled:
            return decide()

        self.list.setFocus()
        for button in self._buttons:
            button.setEnabled(False)
        desk.jobs.run(run, owner=self, done=self._is_settled, failed=self._is_refused, label="定交换冲突")

    def _is_settled(self, settled: Settled) -> None:
        who = f"{settled.archive_number}：" if settled.archive_number else ""
        what = f"取了村里报的 {settled.taken} 处" if settled.taken else "档案没有动"
        self.news.tell(Status.SUCCESS, f"已定。{who}{what}。")
        self.refresh()

    def _is_refused(self, error: Exception) -> None:
        sentence = str(error) if isinstance(error, UserError) else "没有定成，什么都没有动；请再试一次。"
        self.news.tell(Status.DANGER, sentence)
        self.refresh()


def _line(conflict: ConflictRow) -> ShortRow:
    return ShortRow(conflict.id, (conflict.title, conflict.village, str(len(conflict.fields) or 1)))
