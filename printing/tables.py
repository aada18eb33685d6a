"""Ruled tables over several pages: cells wrap, then shrink to 7 points, then the row grows; no row splits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from printing.blocks import ink_height, single
from printing.errors import FIT, Reason
from printing.fit import LINE_HEIGHT, STEP, Fitted, broken
from printing.fonts import Face, normal
from printing.geometry import MM, Align, Box, baseline
from printing.page import Page

FRAME = 1.0
GROUP = 0.85
INNER = 0.42
LEAST = 7.0
HEAD_SIZE = 9.0
PADDING = 1.4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its width in mm, how its cells stand and in which size (points)."""

    head: str
    width: float
    align: Align = Align.CENTRE
    size: float = 9.0


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it will stand: its cells set, and the height that the tallest of them needs."""

    cells: tuple[Fitted, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """The shape of a table: where it hangs, its columns and its least row heights in mm."""

    x: float
    columns: tuple[Column, ...]
    head_height: float
    row_height: float
    face: Face = Face.SONG

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)

    def edges(self) -> Iterator[tuple[float, Column]]:
        """Yield the left edge of each column."""
        x = self.x
        for column in self.columns:
            yield x, column
            x += column.width

    def set_row(self, page: Page, texts: Sequence[str], *, name: str) -> TableRow:
        """Set a row; a cell that fits no way is refused by its head and the row's name."""
        cells = tuple(
            self._set_cell(page, column, text, f"{name}的{column.head}")
            for column, text in zip(self.columns, texts, strict=True)
        )
        tallest = max(ink_height(cell) for cell in cells)
        return TableRow(cells, max(self.row_height, tallest + 2 * PADDING))

    def _set_cell(self, page: Page, column: Column, text: str, label: str) -> Fitted:
        text = normal(text).strip()
        if not text or not page.can_draw(text, self.face, label):
            return Fitted(("",), column.size)
        size, width = column.size, column.width - 2 * PADDING
        best: Fitted | None = None
        while size >= LEAST:
            lines = broken(text, self.face, size, width, page.faces, hangs=False)
            if lines is not None:
                best = Fitted(lines, size)
                if ink_height(best) + 2 * PADDING <= self.row_height:
                    return best
            size -= STEP
        if best is None:
            page.refuse(Reason(FIT, f"“{label}”太长，缩到 {LEAST:g} 磅也放不进格子：{text}"))
        return best or Fitted(("",), LEAST)

    def paged(self, rows: Sequence[TableRow], room: float, last_room: float) -> list[list[TableRow]]:
        """Divide rows over pages of a height in mm; the last one leaves room for what follows the table."""
        pages: list[list[TableRow]] = [[]]
        used = self.head_height
        for index, row in enumerate(rows):
            limit = last_room if index == len(rows) - 1 else room
            if pages[-1] and used + row.height > limit:
                pages.append([])
                used = self.head_height
            pages[-1].append(row)
            used += row.height
        return pages

    def draw(self, page: Page, y: float, rows: Sequence[TableRow]) -> float:
        """Draw head and rows from y downwards; return where the table ends."""
        bottom = y + self.head_height + sum(row.height for row in rows)
        self._draw_rules(page, y, bottom, rows)
        for x, column in self.edges():
            centre = x + column.width / 2
            middle = baseline(y + self.head_height / 2, HEAD_SIZE)
            single(
                page, centre, middle, column.head, Face.HEI_BOLD, HEAD_SIZE,
                most=column.width - 1, label="表头", align=Align.CENTRE,
            )  # fmt: skip
        top = y + self.head_height
        for row in rows:
            for (x, column), cell in zip(self.edges(), row.cells, strict=True):
                box = Box(x, top, column.width, row.height)
                self._draw_cell(page, box, cell, column.align)
            top += row.height
        return bottom

    def _draw_rules(self, page: Page, y: float, bottom: float, rows: Sequence[TableRow]) -> None:
        right = self.x + self.width
        for x, _ in list(self.edges())[1:]:
            page.line((x, y), (x, bottom), weight=INNER)
        top = y + self.head_height
        page.line((self.x, top), (right, top), weight=GROUP)
        for row in rows[:-1]:
            top += row.height
            page.line((self.x, top), (right, top), weight=INNER)
        page.frame(Box(self.x, y, self.width, bottom - y), weight=FRAME)

    def _draw_cell(self, page: Page, box: Box, cell: Fitted, align: Align) -> None:
        x = {Align.LEFT: box.x + PADDING, Align.CENTRE: box.centre, Align.RIGHT: box.right - PADDING}[align]
        pitch = cell.size * LINE_HEIGHT / MM
        first = box.middle - pitch * (len(cell.lines) - 1) / 2
        for index, line in enumerate(cell.lines):
            page.figures(
                x, baseline(first + index * pitch, cell.size), line, self.face, cell.size, align=align
            )
