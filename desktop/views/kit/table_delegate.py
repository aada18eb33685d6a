"""How a cell of a table looks: words or a chip, the selected row with its bar, the frame of the focus."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.views.kit.chips import ChipText, chip_width, paint_chip
from desktop.views.kit.drawing import LEFT, RIGHT
from desktop.views.kit.look import Look, look, typeface
from desktop.views.kit.table_model import EMPTY, LOADING, PagedModel

Index = QModelIndex | QPersistentModelIndex

# As plain numbers: flags as objects would cost each of some hundred cells more than its words.
_SELECTED = QStyle.StateFlag.State_Selected.value
_HOVERED = QStyle.StateFlag.State_MouseOver.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_LEFT = LEFT.value | Qt.TextFlag.TextSingleLine.value
_RIGHT = RIGHT.value | Qt.TextFlag.TextSingleLine.value


@dataclass(frozen=True, slots=True)
class _Lettering:
    """A font and how wide its words are."""

    font: QFont
    metrics: QFontMetrics

    @classmethod
    def of(cls, font: QFont) -> "_Lettering":
        return cls(font, QFontMetrics(font))


class _Inks:
    """What all cells of one picture are drawn with; looked up once for all of them."""

    def __init__(self, now: Look) -> None:
        self.now = now
        self.selection = now.colour("selection")
        self.hover = now.colour("hover")
        self.border = now.colour("border")
        self.accent = now.colour("accent_text")
        self._plain = _Lettering.of(typeface(now.at.type_body))
        self._strong = _Lettering.of(typeface(now.at.type_body, strong=True))
        self._text, self._muted = now.colour("text"), now.colour("muted")

    def lettering(self, *, strong: bool) -> _Lettering:
        return self._strong if strong else self._plain

    def words(self, *, faint: bool) -> QColor:
        return self._muted if faint else self._text


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of a paged table."""

    def __init__(self, view: QTableView, model: PagedModel, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._model = model
        self._inks = _Inks(look())

    def take_look(self) -> None:
        """Take the colours and fonts in force; the view asks for it before each picture."""
        self._inks = _Inks(look())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        at = look().at
        cell = self._model.cell(index.row(), index.column())
        width = chip_width(cell) if isinstance(cell, ChipText) else super().sizeHint(option, index).width()
        return QSize(width + 2 * at.small, at.row_register)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        at = self._inks.now.at
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state.value  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_row(painter, area, state, index)
        self._paint_cell(painter, area.adjusted(at.small, 0, -at.small, -at.hair), index)
        if state & _FOCUSED:
            half = at.frame / 2
            painter.setPen(QPen(self._inks.accent, at.frame))
            painter.drawRect(area.adjusted(half, half, -half, -half - at.hair))
        painter.restore()

    def _paint_row(self, painter: QPainter, area: QRectF, state: int, index: Index) -> None:
        inks, at = self._inks, self._inks.now.at
        if state & _SELECTED:
            painter.fillRect(area, inks.selection)
        elif state & _HOVERED:
            painter.fillRect(area, inks.hover)
        line = QRectF(area.left(), area.bottom() - at.hair, area.width(), at.hair)
        painter.fillRect(line, inks.border)
        # Where ticks stand before the row, they carry the bar.
        has_bar = state & _SELECTED and self._view.verticalHeader().isHidden()
        if has_bar and self._view.horizontalHeader().visualIndex(index.column()) == 0:
            painter.fillRect(QRectF(area.left(), area.top(), at.bar, area.height()), inks.accent)

    def _paint_cell(self, painter: QPainter, area: QRectF, index: Index) -> None:
        cell = self._model.cell(index.row(), index.column())
        if isinstance(cell, ChipText):
            paint_chip(painter, area, cell)
            return
        column = self._model.columns[index.column()]
        lettering = self._inks.lettering(strong=column.is_strong)
        painter.setFont(lettering.font)
        painter.setPen(self._inks.words(faint=column.is_muted or cell in {None, "", LOADING}))
        room = int(area.width()) + 1
        shown = lettering.metrics.elidedText(cell or EMPTY, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, _RIGHT if column.is_number else _LEFT, shown)
