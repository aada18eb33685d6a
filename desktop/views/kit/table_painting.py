"""How the rows of a table look: words or a chip, the selected row with its bar, the frame of the focus.

All rows of a picture are drawn in one go, from words that were laid out before. A delegate is called for
each cell, and what Qt hands over with each call costs more than drawing the words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QItemSelectionRange, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QTableView

from desktop.views.kit.chips import ChipText, chip_colour, chip_font, chip_width, paint_chip_body
from desktop.views.kit.drawing import painter_on
from desktop.views.kit.look import Look, look, text_width, typeface
from desktop.views.kit.table_model import LOADING, PagedModel
from desktop.views.kit.table_source import EMPTY, Cell, Column, TableRow, words_of

_KEPT = 400
"""Cells of a column that stay laid out: some screens of them, and the words that come in every row."""

_DIGITS = frozenset("0123456789*-")
"""What numbers of telephones, papers and archives are made of, also where they are masked."""


class _Lettering:
    """A font and how large its words are; what Qt says of the font itself is asked once."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()
        self._widest_digit = max(map(self.metrics.horizontalAdvance, _DIGITS))

    def surely_fits(self, text: str, width: float) -> bool:
        """Tell without measuring whether words fit: seen for the first time they are the dear part of a jump.

        No sign is wider than a line is high (but ⸺ and ⸻, which stand in no name).
        """
        widest = self._widest_digit if _DIGITS.issuperset(text) else self.height
        return len(text) * widest <= width


class _Piece(NamedTuple):
    """A cell ready to be drawn; where its words begin counts from the corner of the cell, in whole dots.

    Words that stand in every row, those of chips, are drawn once into a picture.
    """

    words: str
    left: int
    line: int
    font: QFont
    colour: QColor
    picture: QPixmap | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """A column as far as it is seen."""

    section: int
    left: int
    width: int


class _Drawing:
    """What all cells are drawn with in one look."""

    def __init__(self, now: Look, ratio: float) -> None:
        self.now = now
        self.ratio = ratio
        self.selection = now.colour("selection")
        self.hover = now.colour("hover")
        self.border = now.colour("border")
        self.accent = now.colour("accent_text")
        self.text = now.colour("text")
        self.muted = now.colour("muted")
        self.plain = _Lettering(typeface(now.at.type_body))
        self.strong = _Lettering(typeface(now.at.type_body, strong=True))
        self._cells: dict[int, _Cells] = {}

    def cells(self, column: Column, span: _Span) -> "_Cells":
        """Return the cells of a column cut to its width: most words of a register come again and again."""
        kept = self._cells.get(span.section)
        if kept is None or kept.width != span.width:
            kept = self._cells[span.section] = _Cells(self, column, span.width)
        return kept

    def lettering(self, column: Column) -> _Lettering:
        return self.strong if column.is_strong else self.plain

    def width(self, cell: Cell, column: Column) -> int:
        """Return how wide a column must be to show a cell whole."""
        wide = chip_width(cell) if isinstance(cell, ChipText) else 0
        wide = wide or text_width(self.lettering(column).font, words_of(cell))
        return wide + 2 * self.now.at.small


class _Cells(dict[Cell, _Piece]):
    """The cells of a column at one width, each laid out when it is first asked for."""

    def __init__(self, drawing: _Drawing, column: Column, width: int) -> None:
        super().__init__()
        self.width = width
        self._drawing = drawing
        self._column = column
        at = drawing.now.at
        self._room = QRectF(at.small, 0, width - 2 * at.small, at.row_register - at.hair)

    def __missing__(self, cell: Cell) -> _Piece:
        if len(self) >= _KEPT:
            self.clear()
        found = self[cell] = self._chip(cell) if isinstance(cell, ChipText) else self._line(cell)
        return found

    def _line(self, cell: str | None) -> _Piece:
        drawing, column = self._drawing, self._column
        is_faint = column.is_muted or cell in {None, "", LOADING}
        colour = drawing.muted if is_faint else drawing.text
        lettering = drawing.lettering(column)
        return _laid_out(cell or EMPTY, lettering, colour, self._room, is_right=column.is_number)

    def _chip(self, chip: ChipText) -> _Piece:
        size, ratio = self._room.size(), self._drawing.ratio
        picture = QPixmap((size * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = paint_chip_body(painter, QRectF(0, 0, size.width(), size.height()), chip)
        words = _laid_out(chip.word, _Lettering(chip_font(chip)), chip_colour(chip), inside, is_right=False)
        painter.setFont(words.font)
        painter.setPen(words.colour)
        painter.drawText(words.left, words.line, words.words)
        painter.end()
        return words._replace(left=round(self._room.left()), picture=picture)


class RowPainter:
    """Draws the rows of a paged table."""

    def __init__(self, view: QTableView, model: PagedModel) -> None:
        self._view = view
        self._model = model
        self._drawing = _Drawing(look(), view.devicePixelRatioF())

    def paint(self, part: QRect) -> None:
        """Draw what lies in a part of the picture; rows that are not there yet are asked for."""
        self._take_look()
        rows, spans = self._rows(part.top(), part.bottom()), list(self._spans(part.left(), part.right()))
        if not spans or not rows:
            return
        painter = painter_on(self._view.viewport())
        selected = self._selected(rows)
        self._paint_hover(painter, selected)
        lines = [(self._view.rowViewportPosition(number), row) for number, row in rows]
        for (top, _), (number, _) in zip(lines, rows, strict=True):
            self._paint_ground(painter, top, spans, is_selected=number in selected)
        for span in spans:
            here = [(top, row.cells[span.section]) for top, row in lines if row is not None]
            self._paint_cells(painter, span, here)
        waiting = [(top, LOADING) for top, row in lines if row is None]
        self._paint_cells(painter, spans[0], waiting)
        self._paint_focus(painter)
        painter.end()

    def column_width(self, section: int) -> int:
        """Return how wide a column must be for all of its cells that are seen."""
        self._take_look()
        column = self._model.columns[section]
        rows = self._rows(0, self._view.viewport().height() - 1)
        return max((self._drawing.width(row.cells[section], column) for _, row in rows if row), default=0)

    def _take_look(self) -> None:
        now, ratio = look(), self._view.devicePixelRatioF()
        if now is not self._drawing.now or ratio != self._drawing.ratio:
            self._drawing = _Drawing(now, ratio)

    def _rows(self, top: int, bottom: int) -> list[tuple[int, TableRow | None]]:
        first, last = self._view.rowAt(top), self._view.rowAt(bottom)
        if first < 0:
            return []
        last = self._model.rowCount() - 1 if last < 0 else last
        return list(enumerate(self._model.rows(first, last), first))

    def _spans(self, left: int, right: int) -> Iterator[_Span]:
        header = self._view.horizontalHeader()
        for visual in range(header.count()):
            section = header.logicalIndex(visual)
            span = _Span(section, header.sectionViewportPosition(section), header.sectionSize(section))
            if not header.isSectionHidden(section) and span.left <= right and span.left + span.width > left:
                yield span

    def _selected(self, rows: list[tuple[int, TableRow | None]]) -> set[int]:
        """Return which of these rows are selected; the selection asked row by row would ask every cell."""
        if not rows:
            return set()
        first, last = rows[0][0], rows[-1][0]
        parts: Iterable[QItemSelectionRange] = iter(self._view.selectionModel().selection())  # type: ignore[call-overload]
        return {
            number for part in parts for number in range(max(part.top(), first), min(part.bottom(), last) + 1)
        }

    def _paint_ground(
        self, painter: QPainter, top: int, spans: Sequence[_Span], *, is_selected: bool
    ) -> None:
        drawing, at = self._drawing, self._drawing.now.at
        left, width, height = spans[0].left, spans[-1].left + spans[-1].width - spans[0].left, at.row_register
        if is_selected:
            painter.fillRect(left, top, width, height, drawing.selection)
        painter.fillRect(left, top + height - at.hair, width, at.hair, drawing.border)
        # Where ticks stand before the row, they carry the bar.
        if is_selected and self._view.verticalHeader().isHidden():
            start = -self._view.horizontalHeader().offset()
            painter.fillRect(start, top, at.bar, height, drawing.accent)

    def _paint_cells(self, painter: QPainter, span: _Span, cells: Iterable[tuple[int, Cell]]) -> None:
        """Draw cells of a column, each from its top.

        What Python does for each of them is half of the price of a picture; and with whole numbers a call
        costs less than half of one with a ``QPointF``.
        """
        laid_out = self._drawing.cells(self._model.columns[span.section], span)
        begin, font, colour = span.left, None, None
        for top, cell in cells:
            piece = laid_out[cell]
            if piece.picture is not None:
                painter.drawPixmap(begin + piece.left, top, piece.picture)
                continue
            if piece.font is not font:
                font = piece.font
                painter.setFont(font)
            if piece.colour is not colour:
                colour = piece.colour
                painter.setPen(colour)
            painter.drawText(begin + piece.left, top + piece.line, piece.words)

    def _paint_hover(self, painter: QPainter, selected: set[int]) -> None:
        viewport = self._view.viewport()
        if not viewport.underMouse():
            return
        index = self._view.indexAt(viewport.mapFromGlobal(QCursor.pos()))
        if index.isValid() and index.row() not in selected:
            painter.fillRect(self._view.visualRect(index), self._drawing.hover)

    def _paint_focus(self, painter: QPainter) -> None:
        index = self._view.currentIndex()
        if not index.isValid() or not self._view.hasFocus():
            return
        at = self._drawing.now.at
        half = at.frame / 2
        painter.setPen(QPen(self._drawing.accent, at.frame))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        area = self._view.visualRect(index).toRectF()
        painter.drawRect(area.adjusted(half, half, -half, -half - at.hair))


def _laid_out(text: str, lettering: _Lettering, colour: QColor, room: QRectF, *, is_right: bool) -> _Piece:
    """Return one line in the middle of the height, cut with an ellipsis where it does not fit.

    A ``QStaticText`` would cost twice as much as drawing the words once.
    """
    metrics = lettering.metrics
    if not lettering.surely_fits(text, room.width()) and metrics.horizontalAdvance(text) > room.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
    left = room.right() - metrics.horizontalAdvance(text) if is_right else room.left()
    # On a whole dot: between two of them the strokes blur, and whole numbers are drawn sooner.
    line = round(room.top() + (room.height() - lettering.height) / 2 + lettering.ascent)
    return _Piece(text, round(left), line, lettering.font, colour)
