"""The table model of the entry grid: rows that are typed, pasted, filled down, and undone step by step."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.domain.forms import Problem, Question, SurveyForm
from desktop.services.register.duplicates import Alike
from desktop.views.survey.grid_rows import (
    GridRow,
    Pasted,
    RowState,
    check_cells,
    columns_of_header,
    grid_questions,
    same_in_batch,
)

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LEAST_ROWS = 15
MOST_ROWS = 2000
"""A larger block is a workbook and comes in through the import, which takes any number."""

AT_ONCE = 40
"""So many changed rows are checked while the window waits; it takes a millisecond each."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What one act changed: each cell with what it held before; and how many rows there were."""

    words: str
    before: tuple[tuple[int, str, str], ...]
    rows: int


class GridModel(QAbstractTableModel):
    """Holds the rows; whoever changes cells does it in one step that can be undone."""

    changed = Signal()
    rows_to_check = Signal()

    def __init__(self, form: SurveyForm, new_identity: Callable[[], UUID], parent: QObject) -> None:
        super().__init__(parent)
        self.form = form
        self.questions = grid_questions(form)
        self.carried: dict[str, str] = {}
        self.rows: list[GridRow] = []
        self._new_identity = new_identity
        self._steps: list[_Step] = []
        self._grow_to(LEAST_ROWS)

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.questions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, question = self.rows[index.row()], self.questions[index.column()]
        text = row.typed.get(question.code, "")
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            return text or ("" if row.is_empty else self.carried.get(question.code, ""))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            problem = row.problem_at(question.code)
            return f"{question.label}：{text or '空'}" + (f"，{problem.message}" if problem else "")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.questions[section].header or self.questions[section].label
        return str(section + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        code = self.questions[index.column()].code
        return bool(self.put("改一格", [(index.row(), code, str(value).strip())]))

    # Changing, in steps

    def put(self, words: str, cells: Iterable[tuple[int, str, str]]) -> int:
        """Put texts into cells as one step; return how many cells are different now."""
        wanted = list(cells)
        rows = len(self.rows)
        self._grow_to(max((row for row, _, _ in wanted), default=0) + 1)
        before = []
        for place, code, text in wanted:
            was = self.rows[place].typed.get(code, "")
            if was != text:
                before.append((place, code, was))
                self.rows[place].typed[code] = text
        if before:
            self._steps.append(_Step(words, tuple(before), rows))
            self._rows_changed({place for place, _, _ in before})
        return len(before)

    def paste(self, block: Sequence[Sequence[str]], top: int, left: int) -> Pasted:
        """Put in a block from a spreadsheet; a header line tells the columns whatever their order."""
        named = columns_of_header(block[0], self.questions) if len(block) > 1 else None
        codes = named or [question.code for question in self.questions[left:]]
        filled = [line for line in (block[1:] if named else block) if any(line)]
        lines = filled[: MOST_ROWS - top]
        cells = [
            (top + place, code, cell)
            for place, line in enumerate(lines)
            for code, cell in zip(codes, line, strict=False)
            if code
        ]
        self.put("贴入", cells)
        # Spreadsheets hand over empty cells at the right of a block: they are nothing that could be lost.
        widest = max((place + 1 for line in lines for place, cell in enumerate(line) if cell), default=0)
        return Pasted(
            rows=len(lines),
            columns=len({code for _, code, _ in cells}),
            rows_left=len(filled) - len(lines),
            columns_left=max(widest - len(codes), 0),
            unknown_titles=tuple(
                title for title, code in zip(block[0], named or (), strict=False) if title and not code
            ),
        )

    def clear(self, cells: Iterable[tuple[int, str]], words: str = "清空") -> int:
        return self.put(words, [(row, code, "") for row, code in cells])

    def clear_all(self) -> int:
        """Empty every row; one undo brings all of them back."""
        filled = sum(not row.is_empty for row in self.rows)
        codes = [(place, code) for place, row in enumerate(self.rows) for code in row.typed]
        self.clear(codes, "放弃这批")
        return filled

    @property
    def undo_words(self) -> str:
        """What the next undo takes back, or an empty text."""
        return self._steps[-1].words if self._steps else ""

    def undo(self) -> int | None:
        """Take the last step back; return the first row it touched."""
        if not self._steps:
            return None
        step = self._steps.pop()
        for place, code, was in reversed(step.before):
            self.rows[place].typed[code] = was
        touched = {place for place, _, _ in step.before}
        self._rows_changed(touched)
        self._shrink_to(max(step.rows, LEAST_ROWS))
        return min(touched)

    def take_out(self, places: Iterable[int]) -> None:
        """Remove rows that were saved; steps before that cannot be undone in the grid any more."""
        gone = set(places)
        self.beginResetModel()
        self.rows = [row for place, row in enumerate(self.rows) if place not in gone]
        self._steps.clear()
        self.endResetModel()
        self._grow_to(LEAST_ROWS)
        self._check_batch()
        self.changed.emit()

    def carry(self, carried: Mapping[str, str]) -> None:
        """Set what every row takes over that does not say it itself."""
        self.carried = {code: value for code, value in carried.items() if value}
        self._rows_changed({place for place, row in enumerate(self.rows) if not row.is_empty})

    # What checking found

    def answer(self, told: Iterable[tuple[UUID, tuple[Problem, ...], tuple[Alike, ...]]]) -> None:
        """Take what the register says of rows, wherever they stand by now."""
        places = {row.identity: place for place, row in enumerate(self.rows)}
        answered = set()
        for identity, problems, alike in told:
            if identity not in places:
                continue
            answered.add(places[identity])
            row = self.rows[places[identity]]
            known = {(problem.field, problem.code) for problem in row.problems}
            row.told = tuple(p for p in problems if (p.field, p.code) not in known)
            row.alike, row.is_checked = alike, True
        self._show_rows(answered)
        self.changed.emit()

    def decide(self, place: int, establishment_id: int) -> None:
        """Take down that a row is not that establishment."""
        self.rows[place].decided.add(establishment_id)
        self._show_rows({place})
        self.changed.emit()

    def count(self, *states: RowState) -> int:
        return sum(row.state in states for row in self.rows)

    def savable(self) -> list[int]:
        return [place for place, row in enumerate(self.rows) if row.state.is_savable]

    @property
    def has_wrong_cells(self) -> bool:
        codes = {question.code for question in self.questions}
        return any(one.field in codes for row in self.rows for one in (*row.problems, *row.told))

    def wrong_cells(self) -> list[tuple[int, int]]:
        """Return row and column of every cell with a problem, in reading order."""
        return [
            (place, column)
            for place, row in enumerate(self.rows)
            for column, question in enumerate(self.questions)
            if row.problem_at(question.code) is not None
        ]

    # Drafts

    def draft(self) -> list[dict[str, Any]]:
        return [
            {"identity": str(row.identity), "typed": row.typed, "decided": sorted(row.decided)}
            for row in self.rows
            if not row.is_empty
        ]

    def restore(self, kept: Sequence[Mapping[str, Any]]) -> None:
        """Show rows as a draft kept them."""
        self.beginResetModel()
        self.rows = [
            GridRow(UUID(one["identity"]), dict(one["typed"]), decided=set(one["decided"])) for one in kept
        ]
        self._steps.clear()
        self.endResetModel()
        self._grow_to(LEAST_ROWS)
        self._rows_changed(set(range(len(kept))))

    def _rows_changed(self, places: set[int]) -> None:
        for place in places:
            row = self.rows[place]
            # Of many rows at once the register says on the working thread what is wrong with their cells.
            row.problems = check_cells(row, self.form, self.carried) if len(places) <= AT_ONCE else ()
            row.told, row.alike, row.is_checked = (), (), False
        self._show_rows(places)
        if self.rows and not self.rows[-1].is_empty:
            self._grow_to(len(self.rows) + 1)
        self._check_batch()
        self.changed.emit()
        self.rows_to_check.emit()

    def _check_batch(self) -> None:
        same = same_in_batch(self.rows)
        touched = set()
        for place, row in enumerate(self.rows):
            own = tuple(p for p in row.problems if p.code != "same_in_batch")
            if (found := own + same.get(place, ())) != row.problems:
                row.problems = found
                touched.add(place)
        self._show_rows(touched)

    def _show_rows(self, places: set[int]) -> None:
        """Have rows drawn anew, in one go: a view that hears of each by itself lays all out each time."""
        if places:
            first, last = min(places), max(places)
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.questions) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)

    def _grow_to(self, rows: int) -> None:
        if rows <= len(self.rows):
            return
        self.beginInsertRows(_NOWHERE, len(self.rows), rows - 1)
        self.rows += [GridRow(self._new_identity()) for _ in range(rows - len(self.rows))]
        self.endInsertRows()

    def _shrink_to(self, rows: int) -> None:
        while len(self.rows) > rows and self.rows[-1].is_empty:
            self.beginRemoveRows(_NOWHERE, len(self.rows) - 1, len(self.rows) - 1)
            self.rows.pop()
            self.endRemoveRows()


def column_of(questions: Sequence[Question], code: str) -> int:
    """Return where a question stands."""
    return next(place for place, question in enumerate(questions) if question.code == code)
