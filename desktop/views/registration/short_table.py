"""A list short enough to be held whole: ticks, bars of time, chips and words; the arrows walk it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.views.kit.arrange import column
from desktop.views.kit.chips import ChipText, paint_chip
from desktop.views.kit.choices import paint_check
from desktop.views.kit.drawing import LEFT, RIGHT, centred, rounded, words
from desktop.views.kit.icons import paint
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

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
    """Holds the rows and which of them are ticked."""

    def __init__(self, columns: Sequence[ShortColumn], *, has_ticks: bool) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.has_ticks = has_ticks
        self.rows: tuple[ShortRow, ...] = ()
        self.ticked: set[int] = set()

    def put(self, rows: Sequence[ShortRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.ticked &= {row.id for row in rows if row.can_be_ticked}
        self.endResetModel()

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


class ShortTable(QFrame):
    """The list in its frame; it keeps what is chosen and ticked when it is filled anew."""

    selected = Signal()
    opened = Signal(int)
    ticked = Signal()

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

    def show_rows(self, rows: Sequence[ShortRow]) -> None:
        """Show these rows; the chosen one stays chosen where it is still there."""
        kept = self.current_id()
        self.model.put(rows)
        ids = [row.id for row in rows]
        if ids:
            self.choose(kept if kept in ids else ids[0])
        self._place_nothing()
        self.selected.emit()

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

    def tick_all(self, *, on: bool = True) -> None:
        self.model.tick(self.model.rows, on=on)
        self.ticked.emit()

    def rescale(self) -> None:
        """Take heights and widths of a new zoom; called by the kit."""
        self.view.fit()

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
        self.setItemDelegate(_Delegate(self, model))
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
        for place, one in enumerate(self._model.columns, int(self._model.has_ticks)):
            mode = QHeaderView.ResizeMode.Stretch if one.grows else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, mode)
        self._make_room()

    def _make_room(self) -> None:
        """Hide the spare columns where the others need their room."""
        at = look().at
        letter = text_width(typeface(at.type_body), "字")
        wanted = sum(one.letters * letter + 2 * at.small for one in self._model.columns)
        is_tight = wanted + at.tick_column > self.viewport().width()
        for place, one in enumerate(self._model.columns, int(self._model.has_ticks)):
            self.setColumnHidden(place, one.is_spare and is_tight)
            if not one.grows:
                letters = one.tight if one.tight and is_tight else one.letters
                self.setColumnWidth(place, letters * letter + 2 * at.small)

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


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QTableView, model: ShortModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        at = now.at
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, now.colour("selection" if is_chosen else "hover"))
        painter.fillRect(
            QRectF(area.left(), area.bottom() - at.hair, area.width(), at.hair), now.colour("border")
        )
        if is_chosen and index.column() == 0:
            painter.fillRect(
                QRectF(area.left(), area.top(), at.bar, area.height()), now.colour("accent_text")
            )
        row = self._model.rows[index.row()]
        if self._model.has_ticks and index.column() == 0:
            spot = centred(area, area.left() + (area.width() - at.check) / 2, at.check, at.check)
            on = Qt.CheckState.Checked if row.id in self._model.ticked else Qt.CheckState.Unchecked
            paint_check(painter, spot, on, enabled=row.can_be_ticked)
        else:
            self._cell(painter, area.adjusted(at.small, 0, -at.small, -at.hair), index, row)
        if state & QStyle.StateFlag.State_HasFocus:
            half = at.frame / 2
            painter.setPen(QPen(now.colour("accent_text"), at.frame))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(half, half, -half, -half - at.hair))
        painter.restore()

    def _cell(self, painter: QPainter, area: QRectF, index: Index, row: ShortRow) -> None:
        now = look()
        at = now.at
        match self._model.cell(index):
            case ChipText() as chip:
                paint_chip(painter, area, chip)
            case Gauge() as gauge:
                _paint_gauge(painter, area, gauge)
            case Told() as told:
                paint(
                    painter,
                    told.icon,
                    told.status.value,
                    centred(area, area.left(), at.icon_chip, at.icon_chip),
                )
                text = area.adjusted(at.icon_chip + at.close, 0, 0, 0)
                words(painter, text, told.word, now.colour(told.status.value), typeface(at.type_body))
            case cell:
                one = self._model.columns[index.column() - self._model.has_ticks]
                is_faint = one.is_muted or not cell or not row.can_be_ticked
                face = typeface(at.type_body, strong=one.is_strong and row.can_be_ticked)
                words(painter, area, cell or "—", now.colour("muted" if is_faint else "text"), face)


def _paint_gauge(painter: QPainter, area: QRectF, gauge: Gauge) -> None:
    now = look()
    at = now.at
    role = {Status.DANGER: "danger", Status.WARNING: "bar_warning"}.get(gauge.status, "bar")
    track = centred(area, area.left(), at.gauge, at.progress)
    rounded(painter, track, at.frame, fill=now.colour("border"), line=None)
    done = QRectF(track)
    done.setWidth(track.width() * min(max(gauge.part, 0.0), 1.0))
    rounded(painter, done, at.frame, fill=now.colour(role), line=None)
    left = track.right() + at.small
    colour = "text"
    if gauge.status in {Status.DANGER, Status.WARNING}:
        colour = gauge.status.value
        paint(painter, "alarm-clock", colour, centred(area, left, at.icon_chip, at.icon_chip))
        left += at.icon_chip + at.tiny
    face = typeface(at.type_body)
    note = text_width(face, gauge.note)
    words(
        painter,
        QRectF(left, area.top(), area.right() - left - note - at.tiny, area.height()),
        gauge.word,
        now.colour(colour),
        face,
    )
    words(painter, area, gauge.note, now.colour("muted"), face, RIGHT)


_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
