"""交换冲突: what was changed here and in a workbook in different ways, decided field by field."""

from functools import partial

from desktop.services.exchange.conflicts import ConflictRow, Settled
from desktop.views.exchange.conflict_compare import HERE, THEIRS, ConflictCompare
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.waiting_view import WaitingView
from desktop.views.jobs import Progress
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import ShortColumn, ShortRow

COLUMNS = (
    ShortColumn("两边不一样的户", 8, is_strong=True, grows=True),
    ShortColumn("村", 5),
    ShortColumn("几处", 3),
)


class ConflictsView(WaitingView):
    """Three columns for each field, and one decision for all fields of a row."""

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__(desk, "交换冲突", COLUMNS)
        self.compare = ConflictCompare()
        self.settle_button = PrimaryButton("就这样定", "check", shortcut="Ctrl+Enter")
        self._side = ""
        self.theirs_button = Button("全取对方的", "arrow-left", shortcut="Alt+T")
        self.here_button = Button("全留档案的", "undo-2", shortcut="Alt+H")

        self._arrange(self.compare, (self.settle_button, self.theirs_button, self.here_button))
        self.list.set_empty("没有等着定的。合并交换表时，两边都改过的和报停业、关停的会放在这里。")

        self.settle_button.clicked.connect(self._settle_pressed)
        self.theirs_button.clicked.connect(self._theirs_pressed)
        self.here_button.clicked.connect(self._here_pressed)

    def _ask(self, progress: Progress) -> tuple[ConflictRow, ...]:
        return self._desk.conflicts.waiting(by=self._desk.actor)

    def _line(self, waiting: ConflictRow) -> ShortRow:
        cells = (waiting.title, waiting.village, str(len(waiting.fields) or 1))
        return ShortRow(waiting.id, cells)

    def _show(self, current: ConflictRow | None) -> None:
        self.compare.setVisible(current is not None)
        if current is None:
            return
        self.compare.show_row(current)
        self._side = current.side
        self.theirs_button.setText(f"全取{current.side}的")
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
        desk, current = self._desk, self.compare.row
        if current is not None:
            decide = partial(
                desk.conflicts.decide,
                current.id,
                version=current.version,
                record_version=current.record_version,
                take=self.compare.taken(),
                by=desk.actor,
            )
            self._decide(decide, self._is_settled, "定交换冲突")

    def _is_settled(self, settled: Settled) -> None:
        who = f"{settled.archive_number}：" if settled.archive_number else ""
        what = f"取了{self._side}改的 {settled.taken} 处" if settled.taken else "档案没有动"
        self.news.tell(Status.SUCCESS, f"已定。{who}{what}。")
        self.refresh()
