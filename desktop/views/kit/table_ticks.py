"""Ticks before the rows of a table: who chooses many need not know about Ctrl and Shift."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHeaderView, QTableView

from desktop.views.kit.drawing import painter_on
from desktop.views.kit.look import look
from desktop.views.kit.table_columns import paint_tick


class TickHeader(QHeaderView):
    """Stands at the left of the rows; a tick is the row's selection, pressed without a key held."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._table = table
        self._last = 0
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setAccessibleName("勾选")

    def sizeHint(self) -> QSize:
        return QSize(look().at.control, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        now = look()
        at = now.at
        area = QRectF(rect)
        is_chosen = self._is_chosen(logical)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, now.colour("selection" if is_chosen else "raised"))
        line = QRectF(area.left(), area.bottom() - at.hair, area.width(), at.hair)
        painter.fillRect(line, now.colour("border"))
        if is_chosen:
            painter.fillRect(
                QRectF(area.left(), area.top(), at.bar, area.height()), now.colour("accent_text")
            )
        paint_tick(painter, _middle(area), is_ticked=is_chosen)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        if row < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        first = self._last if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else row
        self._choose(min(first, row), max(first, row), chosen=not self._is_chosen(row))
        self._last = row

    def toggle(self, row: int) -> None:
        """Tick a row or take the tick away, as Space does."""
        self._choose(row, row, chosen=not self._is_chosen(row))
        self._last = row

    def _is_chosen(self, row: int) -> bool:
        return self._table.selectionModel().isRowSelected(row, QModelIndex())

    def _choose(self, first: int, last: int, *, chosen: bool) -> None:
        selection = self._table.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        verb = flag.Select if chosen else flag.Deselect
        model = self._table.model()
        for row in range(first, last + 1):
            selection.select(model.index(row, 0), verb | flag.Rows)
        selection.setCurrentIndex(model.index(last, 0), flag.NoUpdate)
        self.viewport().update()


class AllTick(QAbstractButton):
    """The tick above the others: chooses every record that the filters leave, or none."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setAccessibleName("全选")
        self.setToolTip("全选（Ctrl+A）")

        self.clicked.connect(self._pressed)

    def place(self) -> None:
        """Stand over the corner of the table."""
        ticks, header = self._table.verticalHeader(), self._table.horizontalHeader()
        self.setGeometry(ticks.x(), header.y(), ticks.width(), header.height())
        self.raise_()

    def sizeHint(self) -> QSize:
        return QSize(look().at.control, look().at.header)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        painter.fillRect(area, now.colour("sunken"))
        line = QRectF(area.left(), area.bottom() - at.hair, area.width(), at.hair)
        painter.fillRect(line, now.colour("border"))
        top = QRectF(area.left(), area.top(), area.width(), at.header)
        paint_tick(painter, _middle(top), is_ticked=self._all_chosen())
        painter.end()

    def _all_chosen(self) -> bool:
        rows = self._table.model().rowCount()
        parts = self._table.selectionModel().selection()
        return bool(rows) and any(
            part.top() == 0 and part.bottom() == rows - 1
            for part in parts  # type: ignore[attr-defined]
        )

    def _pressed(self) -> None:
        if self._all_chosen():
            self._table.clearSelection()
        else:
            self._table.selectAll()


def _middle(area: QRectF) -> QRectF:
    side = look().at.check
    left, top = area.left() + (area.width() - side) / 2, area.top() + (area.height() - side) / 2
    return QRectF(round(left), round(top), side, side)
