"""How a cell of a table looks: words or a chip, the selected row with its bar, the frame of the focus."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.views.kit.chips import ChipText, chip_width, paint_chip
from desktop.views.kit.drawing import LEFT, RIGHT, words
from desktop.views.kit.look import Look, look, typeface
from desktop.views.kit.table_model import EMPTY, LOADING, PagedModel

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of a paged table."""

    def __init__(self, view: QTableView, model: PagedModel, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        at = look().at
        cell = self._model.cell(index.row(), index.column())
        width = chip_width(cell) if isinstance(cell, ChipText) else super().sizeHint(option, index).width()
        return QSize(width + 2 * at.small, at.row_register)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_row(painter, area, state, index, now)
        self._paint_cell(painter, area.adjusted(now.at.small, 0, -now.at.small, -now.at.hair), index, now)
        if state & QStyle.StateFlag.State_HasFocus:
            half = now.at.frame / 2
            painter.setPen(QPen(now.colour("accent_text"), now.at.frame))
            painter.drawRect(area.adjusted(half, half, -half, -half - now.at.hair))
        painter.restore()

    def _paint_row(
        self, painter: QPainter, area: QRectF, state: QStyle.StateFlag, index: Index, now: Look
    ) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(area, now.colour("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, now.colour("hover"))
        line = QRectF(area.left(), area.bottom() - now.at.hair + 1, area.width(), now.at.hair)
        painter.fillRect(line.translated(0, -1), now.colour("border"))
        # Where ticks stand before the row, they carry the bar.
        has_bar = is_selected and self._view.verticalHeader().isHidden()
        if has_bar and self._view.horizontalHeader().visualIndex(index.column()) == 0:
            painter.fillRect(
                QRectF(area.left(), area.top(), now.at.bar, area.height()), now.colour("accent_text")
            )

    def _paint_cell(self, painter: QPainter, area: QRectF, index: Index, now: Look) -> None:
        cell = self._model.cell(index.row(), index.column())
        if isinstance(cell, ChipText):
            paint_chip(painter, area, cell)
            return
        column = self._model.columns[index.column()]
        is_faint = column.is_muted or cell in {None, "", LOADING}
        words(
            painter,
            area,
            cell or EMPTY,
            now.colour("muted" if is_faint else "text"),
            typeface(now.at.type_body, strong=column.is_strong),
            RIGHT if column.is_number else LEFT,
        )
