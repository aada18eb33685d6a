"""A list of few columns: ticks, bars of time, chips and words; the arrows walk it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop.views.kit.arrange import column
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.words import Words
from desktop.views.registration.short_delegate import ShortDelegate
from desktop.views.registration.short_model import ShortColumn, ShortModel, ShortRow, spoken

NAME_LETTERS = 5
"""Where it is tight a column that grows keeps so many letters; the list is scrolled sideways rather."""


class ShortTable(QFrame):
    """The list in its frame; it keeps what is chosen and ticked when it is filled anew."""

    selected = Signal()
    opened = Signal(int)
    ticked = Signal()
    more_asked = Signal(int)

    def __init__(self, name: str, columns: Sequence[ShortColumn], *, has_ticks: bool = False) -> None:
        super().__init__()
        self.model = ShortModel(columns, has_ticks=has_ticks)
        self.view = _View(self.model)
        self._nothing = Words(role="muted", wraps=True)
        self._nothing.setParent(self.view.viewport())
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setObjectName("panel")

        self.setLayout(column(self.view, gap="none", margins="hair"))
        self.view.setAccessibleName(name)
        self.setFocusProxy(self.view)

        self.view.selectionModel().currentRowChanged.connect(self._row_changed)
        self.view.opened.connect(self.opened)
        self.view.tick_asked.connect(self._tick_asked)
        self.view.resized.connect(self._place_nothing)
        self.model.more_asked.connect(self.more_asked)

    def show_rows(self, rows: Sequence[ShortRow], *, keeps_unseen: bool = False) -> None:
        """Show these rows; the chosen one stays chosen where it is still there."""
        self._put(rows, keeps_unseen=keeps_unseen)

    def show_page(self, rows: Sequence[ShortRow], offset: int, *, size: int) -> None:
        """Show the first page of a list, or the one that follows what is here.

        After a full one there may be more: ``more_asked`` says from which on, once somebody comes to the end.
        """
        has_more = bool(rows) and len(rows) % size == 0
        if offset:
            self.model.append(rows, has_more=has_more)
        else:
            self._put(rows, has_more=has_more)

    def set_empty(self, text: str) -> None:
        """Say what belongs here when there is nothing."""
        self._nothing.setText(text)

    def current_id(self) -> int | None:
        """Return the record under the keyboard."""
        row = self.view.currentIndex().row()
        return self.model.rows[row].id if 0 <= row < len(self.model.rows) else None

    def choose(self, record_id: int | None) -> None:
        """Put the keyboard's row onto a record."""
        for place, row in enumerate(self.model.rows):
            if row.id == record_id:
                flags = (
                    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                )
                self.view.selectionModel().setCurrentIndex(self.model.index(place, 0), flags)

    def step(self, by: int) -> None:
        """Choose the next row or the one before."""
        place = self.view.currentIndex().row() + by
        if 0 <= place < len(self.model.rows):
            self.choose(self.model.rows[place].id)

    def ticked_ids(self) -> tuple[int, ...]:
        """Return what is ticked, in the order of the list."""
        return tuple(row.id for row in self.model.rows if row.id in self.model.ticked)

    def unseen_ticks(self) -> int:
        """Return how many are ticked that a filter hides."""
        return len(self.model.ticked) - len(self.ticked_ids())

    def tick_all(self, *, on: bool = True) -> None:
        self.model.tick(self.model.rows, on=on)
        self.ticked.emit()

    def rescale(self) -> None:
        """Take heights and widths of a new zoom; called by the kit."""
        self.view.fit()

    def _put(self, rows: Sequence[ShortRow], *, keeps_unseen: bool = False, has_more: bool = False) -> None:
        kept = self.current_id()
        self.model.put(rows, keeps_unseen=keeps_unseen, has_more=has_more)
        ids = [row.id for row in rows]
        if ids:
            self.choose(kept if kept in ids else ids[0])
        self._place_nothing()
        self.selected.emit()

    def _row_changed(self) -> None:
        self.selected.emit()

    def _tick_asked(self, number: int) -> None:
        row = self.model.rows[number]
        self.model.tick([row], on=row.id not in self.model.ticked)
        self.ticked.emit()

    def _place_nothing(self) -> None:
        self._nothing.setGeometry(self.view.viewport().rect())
        self._nothing.setVisible(not self.model.rows)


class _View(QTableView):
    opened = Signal(int)
    tick_asked = Signal(int)
    resized = Signal()

    def __init__(self, model: ShortModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(ShortDelegate(self, model))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.fit()

    def fit(self) -> None:
        """Take the heights and widths of the zoom in force."""
        at = look().at
        self.verticalHeader().setMinimumSectionSize(at.none)
        self.verticalHeader().setDefaultSectionSize(at.row_register)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(at.column_least if not self._model.has_ticks else at.tick_column)
        header.setFixedHeight(at.header)
        if self._model.has_ticks:
            self.setColumnWidth(0, at.tick_column)
        self._make_room()

    def _make_room(self) -> None:
        """Hide the spare columns where the others need their room; a name keeps a few letters at least."""
        at, columns = look().at, self._model.columns
        letter = text_width(typeface(at.type_body), "字")
        free = self.viewport().width() - (at.tick_column if self._model.has_ticks else 0)
        is_tight = sum(one.letters * letter + 2 * at.small for one in columns) > free
        widths = [_letters(one, is_tight=is_tight) * letter + 2 * at.small for one in columns]
        shown = [not (one.is_spare and is_tight) for one in columns]
        fits = sum(width for width, is_shown in zip(widths, shown, strict=True) if is_shown) <= free
        for place, one in enumerate(columns):
            section = place + int(self._model.has_ticks)
            grows = one.grows and fits
            mode = QHeaderView.ResizeMode.Stretch if grows else QHeaderView.ResizeMode.Interactive
            self.horizontalHeader().setSectionResizeMode(section, mode)
            self.setColumnHidden(section, not shown[place])
            if not grows:
                self.setColumnWidth(section, widths[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        is_plain = not event.modifiers() & _COMMAND
        if event.matches(QKeySequence.StandardKey.Copy) and row >= 0:
            cells = (spoken(cell) for cell in self._model.rows[row].cells)
            QGuiApplication.clipboard().setText("\t".join(cells))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain and row >= 0:
            self.opened.emit(self._model.rows[row].id)
        elif event.key() == Qt.Key.Key_Space and self._model.has_ticks and row >= 0:
            self.tick_asked.emit(row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._model.has_ticks and index.isValid() and index.column() == 0:
            self.tick_asked.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not (self._model.has_ticks and index.column() == 0):
            self.opened.emit(self._model.rows[index.row()].id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self.resized.emit()


def _letters(one: ShortColumn, *, is_tight: bool) -> int:
    """Return how many letters of a column are seen where there is room enough, or where it is tight."""
    if not is_tight:
        return one.letters
    return one.tight or (min(one.letters, NAME_LETTERS) if one.grows else one.letters)


_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
