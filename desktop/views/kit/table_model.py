"""The rows of a paged table: only the pages somebody looks at are asked for, and few are kept."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.views.jobs import CancelledError, Job, Jobs, Progress
from desktop.views.kit.chips import ChipText
from desktop.views.kit.table_source import Cell, Column, PageSource, Query, TableRow

PAGE = 200
KEPT_PAGES = 12
WAITING_PAGES = 3
LOADING = "…"
EMPTY = "—"

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Answer:
    turn: int
    page: int
    rows: tuple[TableRow, ...]
    count: int | None


def words_of(cell: Cell) -> str:
    """Return a cell as plain words, for copying and for screen readers."""
    match cell:
        case None | "":
            return EMPTY
        case ChipText():
            return cell.word
        case _:
            return str(cell)


class PagedModel(QAbstractTableModel):
    """Knows how many rows there are and holds the pages last looked at."""

    loaded = Signal()
    failed = Signal(str)

    def __init__(self, columns: Sequence[Column], source: PageSource, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.query = Query()
        self._source = source
        self._jobs = jobs
        self._count = 0
        self._pages: OrderedDict[int, tuple[TableRow, ...]] = OrderedDict()
        self._wanted: list[int] = []
        self._job: Job | None = None
        self._turn = 0

    def ask(self, query: Query, *, around: int = 0) -> None:
        """Ask how many rows there are now, and for the page around a row; the old rows stay until then."""
        self.query = query
        self._turn += 1
        self._wanted.clear()
        if self._job is not None:
            self._job.cancel()
        self._load(around // PAGE, counts=True)

    def row(self, number: int) -> TableRow | None:
        """Return a row, or nothing while its page is still on the way."""
        page = number // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        place = number % PAGE
        return rows[place] if place < len(rows) else None

    def cell(self, number: int, column: int) -> Cell:
        row = self.row(number)
        return LOADING if row is None else row.cells[column]

    def number_of(self, record_id: int | str) -> int | None:
        """Return where a record stands, as far as its page is loaded."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == record_id:
                    return page * PAGE + place
        return None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return words_of(self.cell(index.row(), index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None

    def _want(self, page: int) -> None:
        if page in self._wanted:
            return
        # Who drags the scroll bar passes many pages: only the last few are worth the trip.
        self._wanted = [*self._wanted[-(WAITING_PAGES - 1) :], page]
        if self._job is None:
            self._load(self._wanted[-1], counts=False)

    def _load(self, page: int, *, counts: bool) -> None:
        turn, query, source = self._turn, self.query, self._source

        def answer(progress: Progress) -> _Answer:
            count = source.count(query) if counts else None
            progress.check()
            first = page if count is None else min(page, max(count - 1, 0) // PAGE)
            return _Answer(turn, first, tuple(source.page(query, first * PAGE, PAGE)), count)

        self._job = self._jobs.run(answer, owner=self, done=self._answered, failed=self._not_answered)

    def _answered(self, answer: _Answer) -> None:
        if answer.turn != self._turn:
            return
        self._job = None
        if answer.count is None:
            self._keep(answer)
            first, last = answer.page * PAGE, answer.page * PAGE + len(answer.rows) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self._pages.clear()
            self._count = answer.count
            self._keep(answer)
            self.endResetModel()
            self.loaded.emit()
        self._wanted = [page for page in self._wanted if page not in self._pages]
        if self._wanted:
            self._load(self._wanted[-1], counts=False)

    def _keep(self, answer: _Answer) -> None:
        self._pages[answer.page] = answer.rows
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    def _not_answered(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            # Overtaken by a later question, whose own job is on its way.
            return
        self._job = None
        self._wanted.clear()
        self.failed.emit(str(error))
