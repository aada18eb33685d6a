"""The rows of a short list, held whole or page by page, and which of them are ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.views.kit.chips import ChipText
from desktop.views.kit.drawing import LEFT
from desktop.views.kit.tokens import Status

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Gauge:
    """How much of a period is used up: a bar, what remains in words, and the two numbers."""

    part: float
    word: str
    note: str
    status: Status


@dataclass(frozen=True, slots=True)
class Told:
    """Words with an icon in the colour of a status, as for a reason."""

    word: str
    icon: str
    status: Status


Cell = str | ChipText | Gauge | Told | None


@dataclass(frozen=True, slots=True)
class ShortColumn:
    """One column; one that ``grows`` takes the room that is left, a spare one goes where there is none.

    ``tight`` is how many letters it shows where room is short.
    """

    title: str
    letters: int = 7
    tight: int = 0
    is_spare: bool = False
    is_strong: bool = False
    is_muted: bool = False
    grows: bool = False


@dataclass(frozen=True, slots=True)
class ShortRow:
    """One record; what cannot be ticked is shown faint."""

    id: int
    cells: tuple[Cell, ...]
    can_be_ticked: bool = True


def spoken(cell: Cell) -> str:
    """Return a cell as plain words."""
    match cell:
        case None | "":
            return "—"
        case str():
            return cell
        case Gauge():
            return f"{cell.word}，{cell.note}"
        case _:
            return cell.word


class ShortModel(QAbstractTableModel):
    """Holds the rows and which of them are ticked; asks for more, if there are, when they are scrolled to."""

    more_asked = Signal(int)
    """How many rows are here, so that the next ones are wanted."""

    def __init__(self, columns: Sequence[ShortColumn], *, has_ticks: bool) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.has_ticks = has_ticks
        self.rows: tuple[ShortRow, ...] = ()
        self.ticked: set[int] = set()
        self._has_more = False

    def set_columns(self, columns: Sequence[ShortColumn]) -> None:
        """Give as many columns other titles."""
        self.columns = tuple(columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def put(self, rows: Sequence[ShortRow], *, keeps_unseen: bool = False, has_more: bool = False) -> None:
        """Take these rows; ``keeps_unseen`` where a filter only hides the others, and their ticks stay."""
        self.beginResetModel()
        self._has_more = has_more
        self.rows = tuple(rows)
        able = {row.id for row in rows if row.can_be_ticked}
        self.ticked &= able | (self.ticked - {row.id for row in rows} if keeps_unseen else set())
        self.endResetModel()

    def append(self, rows: Sequence[ShortRow], *, has_more: bool) -> None:
        """Take the rows that follow."""
        self._has_more = has_more
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += tuple(rows)
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        self._has_more = False  # until the rows arrive
        self.more_asked.emit(len(self.rows))

    def tick(self, rows: Sequence[ShortRow], *, on: bool) -> None:
        for row in rows:
            if row.can_be_ticked:
                (self.ticked.add if on else self.ticked.discard)(row.id)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def cell(self, index: Index) -> Cell:
        place = index.column() - self.has_ticks
        return self.rows[index.row()].cells[place] if place >= 0 else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns) + self.has_ticks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_tick = self.has_ticks and index.column() == 0
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if is_tick:
                return "已选" if self.rows[index.row()].id in self.ticked else "未选"
            return spoken(self.cell(index))
        if role == Qt.ItemDataRole.ToolTipRole and not is_tick:
            return spoken(self.cell(index))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(LEFT)
        if role == Qt.ItemDataRole.DisplayRole:
            place = section - self.has_ticks
            return self.columns[place].title if place >= 0 else ""
        return None
