"""The rows of a paged table: only the pages somebody looks at are asked for, and few are kept."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.views.jobs import CancelledError, Job, Jobs, Progress
from desktop.views.kit.table_source import Cell, Column, Outlined, PageSource, Query, TableRow, words_of

PAGE = 8
"""A jump asks for what is seen there: the smaller a page, the fewer rows are read beside it."""

AHEAD = 3
"""Pages read beyond those asked for at first, and where somebody scrolls on, so that the next are there."""

KEPT_PAGES = 320
WAITING_SPANS = 3
OUTLINED_AFTER_MS = 300
"""How long a list must stand before it is outlined: not while somebody still types or clicks titles."""

LOADING = "…"

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


Pages = tuple[int, int]
"""The first and the last of some pages that follow one another."""


@dataclass(frozen=True, slots=True)
class _Answer:
    turn: int
    pages: Pages
    rows: Sequence[TableRow]
    count: int | None


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
        self._pages: OrderedDict[int, Sequence[TableRow]] = OrderedDict()
        self._wanted: list[Pages] = []
        self._job: Job | None = None
        self._outlining: Job | None = None
        self._turn = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(OUTLINED_AFTER_MS)

        self._pause.timeout.connect(self._outline)

    def ask(self, query: Query, *, around: int = 0) -> None:
        """Ask how many rows there are now, and for the pages around a row; the old rows stay until then."""
        self.query = query
        self._turn += 1
        self._pause.stop()
        self._wanted.clear()
        for job in (self._job, self._outlining):
            if job is not None:
                job.cancel()
        page = around // PAGE
        self._load((max(page - AHEAD, 0), page + AHEAD), counts=True)

    def row(self, number: int) -> TableRow | None:
        """Return a row, or nothing while its page is still on the way."""
        return self.rows(number, number)[0]

    def rows(self, first: int, last: int) -> list[TableRow | None]:
        """Return rows that are seen together; what is not here yet is asked for in one question."""
        pages = range(first // PAGE, last // PAGE + 1)
        missing = [page for page in pages if page not in self._pages]
        if missing:
            self._want(self._with_ahead((missing[0], missing[-1])))
        found: list[TableRow | None] = []
        for page in pages:
            rows = self._pages.get(page)
            if rows is not None:
                self._pages.move_to_end(page)
            here = range(max(first - page * PAGE, 0), min(last - page * PAGE + 1, PAGE))
            found += [rows[place] if rows is not None and place < len(rows) else None for place in here]
        return found

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

    def _with_ahead(self, pages: Pages) -> Pages:
        """Return pages with those that come next where somebody scrolls on from pages that are here."""
        first, last = pages
        if first - 1 in self._pages:
            return first, min(last + AHEAD, self._last_page)
        if last + 1 in self._pages:
            return max(first - AHEAD, 0), last
        return pages

    @property
    def _last_page(self) -> int:
        return max(self._count - 1, 0) // PAGE

    def _want(self, pages: Pages) -> None:
        if pages in self._wanted:
            return
        # Who drags the scroll bar passes many pages: only the last few are worth the trip.
        self._wanted = [*self._wanted[-(WAITING_SPANS - 1) :], pages]
        if self._job is None:
            self._load(pages, counts=False)

    def _load(self, pages: Pages, *, counts: bool) -> None:
        turn, query, source = self._turn, self.query, self._source

        def answer(progress: Progress) -> _Answer:
            count = source.count(query) if counts else None
            progress.check()
            first, last = pages
            if count is not None:
                end = max(count - 1, 0) // PAGE
                first, last = min(first, end), min(last, end)
            rows = source.page(query, first * PAGE, (last + 1 - first) * PAGE)
            return _Answer(turn, (first, last), rows, count)

        self._job = self._jobs.run(answer, owner=self, done=self._answered, failed=self._not_answered)

    def _answered(self, answer: _Answer) -> None:
        if answer.turn != self._turn:
            return
        self._job = None
        if answer.count is None:
            self._keep(answer)
            first, last = answer.pages
            end = min((last + 1) * PAGE, self._count) - 1
            self.dataChanged.emit(self.index(first * PAGE, 0), self.index(end, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self._pages.clear()
            self._count = answer.count
            self._keep(answer)
            self.endResetModel()
            self.loaded.emit()
            if answer.turn == self._turn and self._is_long:
                self._pause.start()
        self._wanted = [
            (first, last)
            for first, last in self._wanted
            if any(page not in self._pages for page in range(first, last + 1))
        ]
        if self._wanted:
            self._load(self._wanted[-1], counts=False)

    @property
    def _is_long(self) -> bool:
        """Tell whether a jump goes past what is kept, so that it is worth knowing where pages begin."""
        return self._count > KEPT_PAGES * PAGE

    def _outline(self) -> None:
        turn, query, source = self._turn, self.query, self._source
        if not isinstance(source, Outlined):
            return

        def outline(progress: Progress) -> tuple[int, bool]:
            return turn, source.outline(query)

        self._outlining = self._jobs.run(outline, owner=self, done=self._outlined, failed=self._not_outlined)

    def _outlined(self, answer: tuple[int, bool]) -> None:
        turn, is_complete = answer
        if turn != self._turn:
            return
        self._outlining = None
        if not is_complete:
            self._outline()

    def _not_outlined(self, error: Exception) -> None:
        self._outlining = None
        if not isinstance(error, CancelledError):
            self.failed.emit(str(error))

    def _keep(self, answer: _Answer) -> None:
        first, last = answer.pages
        for page in range(first, last + 1):
            self._pages[page] = answer.rows[(page - first) * PAGE : (page + 1 - first) * PAGE]
            self._pages.move_to_end(page)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    def _not_answered(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            # Overtaken by a later question, whose own job is on its way.
            return
        self._job = None
        self._wanted.clear()
        self.failed.emit(str(error))
