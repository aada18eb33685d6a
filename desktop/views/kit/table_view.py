"""The rows of a paged table as one sees and presses them, and what stands there when there are none."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.look import look
from desktop.views.kit.table_header import FilterHeader
from desktop.views.kit.table_model import PagedModel
from desktop.views.kit.table_painting import RowPainter
from desktop.views.kit.table_ticks import AllTick, TickHeader
from desktop.views.kit.words import Words

PATIENCE_MS = 80
"""How long the rows from before a jump stay in the picture: rows that come sooner follow them at once."""

_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class RowView(QTableView):
    """Rows of one height that are chosen as a whole; Enter or two clicks open one."""

    copy_asked = Signal()
    opened = Signal(int)
    menu_asked = Signal(QPoint)

    def __init__(self, model: PagedModel, header: FilterHeader, *, has_ticks: bool) -> None:
        super().__init__()
        self.ticks = TickHeader(self) if has_ticks else None
        self._all = AllTick(self) if has_ticks else None
        self.setHorizontalHeader(header)
        self.setModel(model)
        self._model = model
        self._rows = RowPainter(self, model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        # With ticks a press on a row must not take away the ticks of the others.
        self.setSelectionMode(mode.MultiSelection if has_ticks else mode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header.setStretchLastSection(True)
        if self.ticks is not None:
            self.setVerticalHeader(self.ticks)
        self.verticalHeader().setVisible(has_ticks)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit_rows()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)

        self.horizontalScrollBar().valueChanged.connect(header.updateGeometries)
        for go_on in (self._patience.timeout, model.dataChanged, model.modelReset, model.failed):
            go_on.connect(self._draw_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _COMMAND:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and self.ticks is not None and self.currentIndex().isValid():
            self.ticks.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open(self.indexAt(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            spot = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_asked.emit(spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._rows.paint(event.rect())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move on; where rows are only now asked for, the picture follows when they are here.

        A picture of dots in between would flicker, and cost what draws the rows sooner.
        """
        if dy and not self._patience.isActive() and not self._are_here(self.verticalScrollBar().value()):
            self._patience.start()
            self.viewport().setUpdatesEnabled(False)
        super().scrollContentsBy(dx, dy)

    def _are_here(self, first: int) -> bool:
        """Tell whether all rows are here that will be seen below one; those that are not are asked for."""
        last = first + self.viewport().height() // self.verticalHeader().defaultSectionSize()
        return None not in self._model.rows(first, min(last, self._model.rowCount() - 1))

    def _draw_on(self) -> None:
        self._patience.stop()
        self.viewport().setUpdatesEnabled(True)

    def sizeHintForColumn(self, column: int) -> int:
        return self._rows.column_width(column)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._all is not None:
            self._all.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._all is not None:
            self._all.place()

    def show_chosen(self) -> None:
        """Draw the ticks again after the selection has changed."""
        if self.ticks is not None and self._all is not None:
            self.ticks.viewport().update()
            self._all.update()

    def fit_rows(self) -> None:
        """Take the row height of the zoom in force."""
        self.verticalHeader().setMinimumSectionSize(look().at.none)
        self.verticalHeader().setDefaultSectionSize(look().at.row_register)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())


class NothingFound(QWidget):
    """What stands in the place of rows when there are none."""

    clear_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.text = "这里还没有记录。"
        self._words = Words(role="muted")
        self._clear_button = LinkButton("清除筛选")
        self.setLayout(column(None, row(None, self._words, self._clear_button, None), None))
        self.hide()

        self._clear_button.clicked.connect(self.clear_asked)

    def show_for(self, *, is_empty: bool, is_filtered: bool) -> None:
        """Show or hide, with the reason and the way out."""
        self._words.setText("没有符合筛选的记录。" if is_filtered else self.text)
        self._clear_button.setVisible(is_filtered)
        self.setGeometry(self._over.rect())
        self.setVisible(is_empty)
