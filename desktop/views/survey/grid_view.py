"""The entry grid as it is seen and typed in: headers, cells with their errors, the note under a cell."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop.domain.forms import Severity
from desktop.views.kit.arrange import Grow, hold, row
from desktop.views.kit.chips import paint_chip
from desktop.views.kit.drawing import RIGHT, painter_on, rounded, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.tokens import Status
from desktop.views.kit.typing_line import keeps_shortcut
from desktop.views.kit.words import IconMark, Words
from desktop.views.survey.grid_delegate import GridDelegate
from desktop.views.survey.grid_model import GridModel
from desktop.views.survey.grid_rows import pasted_cells

Index = QModelIndex | QPersistentModelIndex
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class GridView(QTableView):
    """Enter leads on, Ctrl+V takes a block from a spreadsheet, Ctrl+D fills down, F8 finds what is wrong."""

    pasted = Signal(object)
    row_entered = Signal(int)

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.grid = model
        self._is_composing = False
        self.note = CellNote(self.viewport())
        self._corner = Words("　检查", strong=True)
        self._corner.setParent(self)
        delegate = GridDelegate(model, self)
        self.setHorizontalHeader(GridHeader(model, self))
        self.setVerticalHeader(StatusHeader(model, self))
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("成批录入")
        self.rescale()
        self.setCurrentIndex(model.index(0, 0))

        delegate.typing.connect(self._typing)
        delegate.entered.connect(self.go_on)
        model.changed.connect(self._show_note)
        self.verticalScrollBar().valueChanged.connect(self._show_note)
        self.horizontalScrollBar().valueChanged.connect(self._show_note)

    def rescale(self) -> None:
        """Take the measures of the zoom in force."""
        at = look().at
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(at.none)
        rows.setDefaultSectionSize(at.row_grid)
        rows.setFixedWidth(at.grid_status)
        self.horizontalHeader().setFixedHeight(at.header)
        half = text_width(typeface(at.type_body), "字") / 2
        bold = typeface(at.type_body, strong=True)
        for place, question in enumerate(self.grid.questions):
            title = text_width(bold, f"{question.header or question.label} *")
            self.setColumnWidth(place, round(max(question.width * half, title) + 2 * at.small))
        self._place_corner()
        self._show_note()

    def go_on(self) -> None:
        """Go to the next cell; after the last one, to the first of the next row."""
        here = self.currentIndex()
        last = self.grid.columnCount() - 1
        at_end = here.column() >= last
        row_there = min(here.row() + 1, self.grid.rowCount() - 1) if at_end else here.row()
        self.setCurrentIndex(self.grid.index(row_there, 0 if at_end else here.column() + 1))

    def go_to_next_problem(self) -> bool:
        """Go to the next cell with a problem, around the end; False where there is none."""
        wrong = self.grid.wrong_cells()
        here = (self.currentIndex().row(), self.currentIndex().column())
        there = next((cell for cell in wrong if cell > here), wrong[0] if wrong else None)
        if there is None:
            return False
        self.setCurrentIndex(self.grid.index(*there))
        self.setFocus()
        return True

    def fill_down(self) -> None:
        """Copy the top row of the selection downwards; a single cell takes the one above it."""
        cells = self._selected()
        top = min((row for row, _ in cells), default=0)
        if len({row for row, _ in cells}) == 1:
            top -= 1
        if top < 0:
            return
        codes = {column: self.grid.questions[column].code for _, column in cells}
        source = self.grid.rows[top].typed
        self.grid.put(
            "向下填充", [(row, codes[c], source.get(codes[c], "")) for row, c in cells if row > top]
        )

    def event(self, event: QEvent) -> bool:
        return (self._is_composing and keeps_shortcut(event)) or super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Qt leaves the keyboard here until the first words are there, and shows them in the cell.
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._is_composing = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_composing:
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.grid.clear((row, self.grid.questions[column].code) for row, column in self._selected())
        elif event.key() in _ENTER and not event.modifiers() & _COMMAND:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._show_note()
        if current.row() != previous.row():
            self.row_entered.emit(current.row())

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_corner()

    def _place_corner(self) -> None:
        at = look().at
        self._corner.setGeometry(at.wide, at.none, at.grid_status - at.wide, at.header)
        self._corner.raise_()

    def _selected(self) -> list[tuple[int, int]]:
        return sorted((index.row(), index.column()) for index in self.selectedIndexes())

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            return
        here = self.currentIndex()
        self.pasted.emit(self.grid.paste(pasted_cells(text), max(here.row(), 0), max(here.column(), 0)))

    def _copy(self) -> None:
        lines: dict[int, list[str]] = {}
        for place, column in self._selected():
            code = self.grid.questions[column].code
            lines.setdefault(place, []).append(self.grid.rows[place].typed.get(code, ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines.values()))

    def _typing(self, index: QModelIndex, sentence: str) -> None:
        """Say while somebody types what would be wrong; an unfinished number is not scolded yet."""
        self.note.show_at(self.visualRect(index), sentence, Status.DANGER)

    def _show_note(self) -> None:
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self.grid.rows):
            self.note.hide()
            return
        code = self.grid.questions[index.column()].code
        problem = self.grid.rows[index.row()].problem_at(code)
        is_error = problem is not None and problem.severity is Severity.ERROR
        words_ = problem.message if problem is not None else ""
        self.note.show_at(self.visualRect(index), words_, Status.DANGER if is_error else Status.WARNING)


class CellNote(QFrame):
    """The reason below a cell; it takes no focus and no mouse."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._status = Status.DANGER
        self._mark = IconMark("circle-x", role="danger", size="icon_chip")
        self.words = Words(wraps=True)
        self.setLayout(row(self._mark, Grow(self.words), gap="small", margins="small close"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        hold(self, width="search")
        self.hide()

    def show_at(self, cell: QRect, sentence: str, status: Status) -> None:
        """Show below a cell, or above it where there is no room; hide without a sentence."""
        over = self.parentWidget()
        self.setVisible(bool(sentence) and not cell.isEmpty())
        if not sentence or over is None:
            return
        self._status = status
        self._mark.set_icon("circle-x" if status is Status.DANGER else "triangle-alert", status.value)
        self.words.setText(sentence)
        self.resize(self.width(), self.heightForWidth(self.width()))
        spot = cell.bottomLeft() + QPoint(0, look().at.frame)
        if spot.y() + self.height() > over.height():
            spot.setY(cell.top() - self.height() - look().at.frame)
        spot.setX(max(0, min(spot.x(), over.width() - self.width())))
        self.move(spot)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = painter_on(self)
        line = now.colour(self._status.value)
        rounded(
            painter,
            self.rect().toRectF(),
            now.at.radius,
            fill=now.colour("raised"),
            line=line,
            width=now.at.hair,
        )
        painter.end()


class GridHeader(QHeaderView):
    """The questions; a star marks those that must be answered."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        now = look()
        at = now.at
        area = QRectF(rect)
        _header_ground(painter, area)
        question = self._grid.questions[logical]
        title = question.header or question.label
        font = typeface(at.type_body, strong=True)
        inside = area.adjusted(at.small, 0, -at.tiny, 0)
        words(painter, inside, title, now.colour("text"), font)
        if question.code in self._grid.form.required:
            star = inside.adjusted(text_width(font, title) + at.tiny, 0, 0, 0)
            words(painter, star, "*", now.colour("danger"), font)


class StatusHeader(QHeaderView):
    """The number of a row and how far it is; it stays in sight however far the columns scroll."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._grid = model
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(look().at.grid_status, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        now = look()
        at = now.at
        area = QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _header_ground(painter, area)
        number = QRectF(area.left(), area.top(), at.wide, area.height())
        words(painter, number, str(logical + 1), now.colour("muted"), typeface(at.type_caption), RIGHT)
        chip = area.adjusted(at.wide + at.small, 0, 0, 0)
        paint_chip(painter, chip, self._grid.rows[logical].state.value)
        painter.restore()


def _header_ground(painter: QPainter, area: QRectF) -> None:
    now = look()
    hair = now.at.hair
    painter.fillRect(area, now.colour("sunken"))
    painter.fillRect(QRectF(area.right() - hair, area.top(), hair, area.height()), now.colour("border"))
    painter.fillRect(QRectF(area.left(), area.bottom() - hair, area.width(), hair), now.colour("border"))
