"""How the rows of a table look: words or a chip, the selected row with its bar, the frame of the focus.

All rows of a picture are drawn in one go, from words that were laid out before. A delegate is called for
each cell, and what Qt hands over with each call costs more than drawing the words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QItemSelectionRange, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QTableView

from desktop.views.kit.chips import ChipText, chip_colour, chip_font, chip_width, paint_chip_body
from desktop.views.kit.drawing import painter_on
from desktop.views.kit.look import Look, look, text_width, typeface
from desktop.views.kit.table_model import LOADING, PagedModel
from desktop.views.kit.table_source import EMPTY, Cell, Column, TableRow, words_of

_KEPT = 4_000
"""Cells that stay laid out: some screens of them, and the words that come in every row."""

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


@dataclass(frozen=True, slots=True)
class _Piece:
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


class _Pieces:
    """Lays cells out for one look and keeps them: most words of a register come again and again."""

    def __init__(self, now: Look, ratio: float) -> None:
        self.now = now
        self.ratio = ratio
        self.selection = now.colour("selection")
        self.hover = now.colour("hover")
        self.border = now.colour("border")
        self.accent = now.colour("accent_text")
        self._plain = _Lettering(typeface(now.at.type_body))
        self._strong = _Lettering(typeface(now.at.type_body, strong=True))
        self._text, self._muted = now.colour("text"), now.colour("muted")
        self._kept: dict[tuple[Cell, int, int], _Piece] = {}

    def piece(self, cell: Cell, column: Column, span: _Span) -> _Piece:
        """Return a cell of a column, cut to its width."""
        key = (cell, span.section, span.width)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            at = self.now.at
            room = QRectF(at.small, 0, span.width - 2 * at.small, at.row_register - at.hair)
            found = self._chip(cell, room) if isinstance(cell, ChipText) else self._line(cell, column, room)
            self._kept[key] = found
        return found

    def width(self, cell: Cell, column: Column) -> int:
        """Return how wide a column must be to show a cell whole."""
        wide = chip_width(cell) if isinstance(cell, ChipText) else 0
        wide = wide or text_width(self._lettering(column).font, words_of(cell))
        return wide + 2 * self.now.at.small

    def _lettering(self, column: Column) -> _Lettering:
        return self._strong if column.is_strong else self._plain

    def _line(self, cell: str | None, column: Column, room: QRectF) -> _Piece:
        is_faint = column.is_muted or cell in {None, "", LOADING}
        colour = self._muted if is_faint else self._text
        return _laid_out(cell or EMPTY, self._lettering(column), colour, room, is_right=column.is_number)

    def _chip(self, chip: ChipText, room: QRectF) -> _Piece:
        picture = QPixmap((room.size() * self.ratio).toSize())
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = paint_chip_body(painter, QRectF(0, 0, room.width(), room.height()), chip)
        lettering = _Lettering(chip_font(chip))
        words = _laid_out(chip.word, lettering, chip_colour(chip), inside, is_right=False)
        _write(painter, words, 0, 0)
        painter.end()
        return replace(words, picture=picture)


class RowPainter:
    """Draws the rows of a paged table."""

    def __init__(self, view: QTableView, model: PagedModel) -> None:
        self._view = view
        self._model = model
        self._pieces = _Pieces(look(), view.devicePixelRatioF())

    def paint(self, part: QRect) -> None:
        """Draw what lies in a part of the picture; rows that are not there yet are asked for."""
        self._take_look()
        rows, spans = self._rows(part.top(), part.bottom()), list(self._spans(part.left(), part.right()))
        if not spans:
            return
        painter = painter_on(self._view.viewport())
        selected = self._selected(rows)
        self._paint_hover(painter, selected)
        for number, row in rows:
            self._paint_row(painter, number, row, spans, is_selected=number in selected)
        self._paint_focus(painter)
        painter.end()

    def column_width(self, section: int) -> int:
        """Return how wide a column must be for all of its cells that are seen."""
        self._take_look()
        column = self._model.columns[section]
        rows = self._rows(0, self._view.viewport().height() - 1)
        return max((self._pieces.width(row.cells[section], column) for _, row in rows if row), default=0)

    def _take_look(self) -> None:
        now, ratio = look(), self._view.devicePixelRatioF()
        if now is not self._pieces.now or ratio != self._pieces.ratio:
            self._pieces = _Pieces(now, ratio)

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

    def _paint_row(
        self,
        painter: QPainter,
        number: int,
        row: TableRow | None,
        spans: list[_Span],
        *,
        is_selected: bool,
    ) -> None:
        pieces, at = self._pieces, self._pieces.now.at
        top, height = self._view.rowViewportPosition(number), self._view.rowHeight(number)
        left, right = spans[0].left, spans[-1].left + spans[-1].width
        if is_selected:
            painter.fillRect(QRect(left, top, right - left, height), pieces.selection)
        painter.fillRect(QRect(left, top + height - at.hair, right - left, at.hair), pieces.border)
        # Where ticks stand before the row, they carry the bar.
        if is_selected and self._view.verticalHeader().isHidden():
            start = -self._view.horizontalHeader().offset()
            painter.fillRect(QRect(start, top, at.bar, height), pieces.accent)
        if row is None:
            self._paint_cell(painter, LOADING, spans[0], top)
        else:
            for span in spans:
                self._paint_cell(painter, row.cells[span.section], span, top)

    def _paint_cell(self, painter: QPainter, cell: Cell, span: _Span, top: int) -> None:
        """Draw a cell; with whole numbers a call costs less than half of one with a ``QPointF``."""
        piece = self._pieces.piece(cell, self._model.columns[span.section], span)
        if piece.picture is not None:
            painter.drawPixmap(span.left + self._pieces.now.at.small, top, piece.picture)
        else:
            _write(painter, piece, span.left, top)

    def _paint_hover(self, painter: QPainter, selected: set[int]) -> None:
        viewport = self._view.viewport()
        if not viewport.underMouse():
            return
        index = self._view.indexAt(viewport.mapFromGlobal(QCursor.pos()))
        if index.isValid() and index.row() not in selected:
            painter.fillRect(self._view.visualRect(index), self._pieces.hover)

    def _paint_focus(self, painter: QPainter) -> None:
        index = self._view.currentIndex()
        if not index.isValid() or not self._view.hasFocus():
            return
        at = self._pieces.now.at
        half = at.frame / 2
        painter.setPen(QPen(self._pieces.accent, at.frame))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        area = self._view.visualRect(index).toRectF()
        painter.drawRect(area.adjusted(half, half, -half, -half - at.hair))


def _write(painter: QPainter, piece: _Piece, left: int, top: int) -> None:
    painter.setFont(piece.font)
    painter.setPen(piece.colour)
    painter.drawText(left + piece.left, top + piece.line, piece.words)


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
