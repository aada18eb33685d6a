"""号码台账: every number of a sequence with what became of it; ranges, old papers and blanks beside it."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.ledger import NumberState
from desktop.services.numbers.ledger import NumberLine, RangeRow, SequenceRow
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.chips import ChipText
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.statuses import NUMBER
from desktop.views.kit.words import Words
from desktop.views.registration.blanks_pane import BlanksPane
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.gap_pane import GapPane
from desktop.views.registration.range_pane import RangePane
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable
from desktop.views.registration.take_in_pane import TakeInPane

PAGE = 200
GAPS, OLD, STATED = "gaps", "old", "stated"
GAP, RANGE, TAKE_IN, BLANKS = "gap", "range", "take_in", "blanks"
_PANES = (Choice(GAP, "空号"), Choice(RANGE, "号段"), Choice(TAKE_IN, "旧证"), Choice(BLANKS, "空白证"))
_COLUMNS = (
    ShortColumn("编号", 14, is_strong=True),
    ShortColumn("去向", 9),
    ShortColumn("日期", 6, is_muted=True),
    ShortColumn("名称", 8),
    ShortColumn("说明", 10, is_muted=True, grows=True),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    sequences: tuple[SequenceRow, ...]
    chosen: str
    first: int
    lines: tuple[NumberLine, ...]
    ranges: tuple[RangeRow, ...]
    stated: int


class NumbersTab(Screen):
    """The newest numbers of a sequence first; gaps without a word have a list of their own."""

    topics: ClassVar[frozenset[str]] = frozenset({"papers", "numbers"})
    told = Signal(str)
    open_asked = Signal(int)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._wanted = ""
        self._first: int | None = None
        self._from = 1
        self._lines: dict[int, NumberLine] = {}
        self.sequence = ComboBox()
        self._account = Words(role="muted", wraps=True)
        self._older = SmallButton("更早的", "chevron-left")
        self._newer = SmallButton("更晚的", "chevron-right")
        self.table = ShortTable("号码", _COLUMNS)
        panes = (
            Choice(GAP, "空号"),
            Choice(RANGE, "号段"),
            Choice(TAKE_IN, "旧证"),
            Choice(BLANKS, "空白证"),
        )
        self.side = Segmented(panes, small=True, fills=True)
        self.gap, self.range = GapPane(desk), RangePane(desk)
        self.take_in, self.blanks = TakeInPane(desk), BlanksPane(desk)
        self._panes = QStackedWidget()

        self.sequence.setAccessibleName("号码序列")
        self.sequence.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table.set_empty("还没有发过号；发证以后，每个号都在这里。")
        for pane in (self.gap, self.range, self.take_in, self.blanks):
            self._panes.addWidget(pane)
            pane.told.connect(self.told)
        self.side.set_value(GAP)
        head = row(self.sequence, Grow(self._account), self._older, self._newer)
        right = hold(box(column(self.side, Grow(self._panes), gap="small")), width="side_pane")
        self.setLayout(row(Grow(box(column(head, Grow(self.table), gap="small"))), right, gap="medium"))

        self.sequence.activated.connect(self._sequence_chosen)
        self._older.clicked.connect(self._older_pressed)
        self._newer.clicked.connect(self._newer_pressed)
        self.side.changed.connect(self._side_chosen)
        self.table.selected.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)

    def refresh(self) -> None:
        desk, wanted, first = self._desk, self._wanted, self._first

        def ask(progress: Progress) -> _Answer:
            ledger = desk.ledger
            sequences, stated = ledger.sequences(by=desk.actor), ledger.stated(by=desk.actor)
            scopes = {one.account.scope: one.account.last for one in sequences if one.account.last}
            chosen = wanted if wanted in {GAPS, OLD, STATED, *scopes} else next(iter(reversed(scopes)), GAPS)
            start = max(1, min(first or scopes.get(chosen, 0) - PAGE + 1, scopes.get(chosen, 0)))
            if chosen == GAPS:
                lines = ledger.gaps(by=desk.actor)
            elif chosen == OLD:
                lines = ledger.old_numbers(by=desk.actor)
            elif chosen == STATED:
                lines = stated
            else:
                lines = ledger.lines(chosen, first=start, limit=PAGE, by=desk.actor)[::-1]
            return _Answer(sequences, chosen, start, lines, ledger.ranges(by=desk.actor), len(stated))

        desk.jobs.run(ask, owner=self, done=self._answered, failed=self._failed)
        self.blanks.refresh()

    def show_gaps(self) -> None:
        """Show the list of what is not explained."""
        self.sequence.setCurrentIndex(self.sequence.findData(GAPS))
        self._sequence_chosen()

    def show_stated(self) -> None:
        """Show the numbers that wait to be taken in."""
        self.sequence.setCurrentIndex(self.sequence.findData(STATED))
        self._sequence_chosen()

    def _answered(self, answer: _Answer) -> None:
        gaps = sum(one.account.gaps for one in answer.sequences)
        self.sequence.clear()
        for one in answer.sequences:
            if one.account.last:
                self.sequence.addItem(one.title, one.account.scope)
        self.sequence.addItem(f"空号未说明（{gaps}）", GAPS)
        self.sequence.addItem("补录的旧号", OLD)
        self.sequence.addItem(f"写着旧号、还没补录（{answer.stated}）", STATED)
        self.sequence.setCurrentIndex(max(self.sequence.findData(answer.chosen), 0))
        chosen = [one for one in answer.sequences if one.account.scope == answer.chosen]
        self._account.setText(_told(chosen[0]) if chosen else "")
        self._account.setVisible(bool(chosen))
        last = chosen[0].account.last if chosen else 0
        self._first = answer.first if answer.first + PAGE <= last else None
        self._older.setVisible(bool(chosen) and answer.first > 1)
        self._newer.setVisible(bool(chosen) and answer.first + PAGE <= last)
        self._from = answer.first
        self._lines = dict(enumerate(answer.lines))
        self.table.show_rows([ShortRow(place, _cells(line)) for place, line in self._lines.items()])
        self.range.show_ranges(answer.ranges)
        self._row_chosen()

    def _failed(self, error: Exception) -> None:
        self.table.set_empty(str(error))
        self.table.show_rows(())

    def _sequence_chosen(self) -> None:
        self._wanted = str(self.sequence.currentData() or "")
        self._first = None
        self.refresh()

    def _older_pressed(self) -> None:
        self._first = max(1, self._from - PAGE)
        self.refresh()

    def _newer_pressed(self) -> None:
        self._first = self._from + PAGE
        self.refresh()

    def _side_chosen(self, side: str) -> None:
        self._panes.setCurrentIndex([GAP, RANGE, TAKE_IN, BLANKS].index(side))

    def _row_chosen(self) -> None:
        place = self.table.current_id()
        line = self._lines.get(place) if place is not None else None
        self.gap.show_line(line)
        if line is not None and self.sequence.currentData() == STATED:
            self.side.set_value(TAKE_IN)
            self._side_chosen(TAKE_IN)
            self.take_in.begin_with(line)

    def _row_opened(self, place: int) -> None:
        establishment_id = self._lines[place].establishment_id
        if establishment_id is not None:
            self.open_asked.emit(establishment_id)


def _told(one: SequenceRow) -> str:
    """Say how a sequence adds up, what is nought left out."""
    account = one.account
    parts = [("已发", account.issued), ("作废", account.void), ("预留未用", account.reserved)]
    parts += [(state.label, count) for state, count in account.marked.items()]
    parts.append(("空号未说明", account.gaps))
    told = "，".join(f"{word} {count}" for word, count in parts if count)
    return f"共 {account.last} 个：{told}" if told else f"共 {account.last} 个"


def _cells(line: NumberLine) -> tuple[str | ChipText, ...]:
    again = f"第 {line.editions} 张。" if line.editions > 1 else ""
    ended = f"{line.paper_status.label}。" if line.state in _HELD and not line.paper_status.is_living else ""
    day = line.on.isoformat() if line.on else ""
    return line.number, NUMBER[line.state], day, line.title, f"{again}{ended}{line.note}"


_HELD = frozenset({NumberState.ISSUED, NumberState.TAKEN_IN})
