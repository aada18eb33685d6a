"""Puts cells into the markup of one sheet; every byte that is not of these cells stays as it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from re import fullmatch, sub
from xml.sax.saxutils import escape

from desktop.sheets.cells import column_letter, column_number
from desktop.sheets.markup import Edit, Element, spliced, walk, written

_UNWRITABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]"
_SPANS = rb"""\s+spans=("[^"]*"|'[^']*')"""
"""What a row says of the columns it fills; it need not, and others are filled now."""

_OF_A_ROW = ("s", "customFormat", "ht", "customHeight")
"""What a new row takes over from the row it is like."""

Value = str | int | Decimal | date
Written = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Fill:
    """One empty cell and what goes into it; ``like`` is a row to look like where the cell has no look.

    A share is in hundredths; where its label does not say so (``says_percent``) the cell has to.
    """

    sheet: str
    row: int
    column: int
    value: Value
    like: int = 0
    is_share: bool = False
    says_percent: bool = False


Settle = Callable[[Fill, str], tuple[Written, str]]
"""Says what is written of a value in a cell that looks so, and how the cell looks then."""


class SheetMarkup:
    """The rows and cells of one sheet, as places in its bytes."""

    def __init__(self, content: bytes, wanted: Iterable[int]) -> None:
        """Find all rows, and the cells of those that are wanted."""
        self.content = content
        self.rows: dict[int, Element] = {}
        self.cells: dict[int, dict[int, Element]] = {row: {} for row in wanted}
        self.data: Element | None = None
        self.dimension: Element | None = None
        self.results: list[Edit] = []
        """What formulas had reckoned, taken out."""

        self._row = self._column = 0
        self._has_formula = False
        self._result: Element | None = None
        walk(content, self._begin, self._finish)

    def style(self, row: int, column: int) -> str:
        """Return the number of a cell's look; empty where it has none."""
        cell = self.cells.get(row, {}).get(column)
        return cell.attributes.get("s", "") if cell is not None else ""

    def _begin(self, one: Element) -> None:
        match one.name:
            case "row":
                self._row, self._column = int(one.attributes.get("r", self._row + 1)), 0
                self.rows[self._row] = one
            case "c":
                place = fullmatch(r"([A-Z]{1,3})\d{1,7}", one.attributes.get("r", ""))
                self._column = column_number(place[1]) if place else self._column + 1
                self._has_formula, self._result = False, None
            case "f":
                self._has_formula = True
            case "v":
                self._result = one
            case "sheetData":
                self.data = one
            case "dimension":
                self.dimension = one

    def _finish(self, one: Element) -> None:
        if one.name != "c":
            return
        if self._has_formula and self._result is not None:
            self.results.append(Edit(self._result.start, self._result.end, b""))
        if self._row in self.cells:
            self.cells[self._row][self._column] = one


def with_cells(content: bytes, fills: Sequence[Fill], settle: Settle) -> bytes:
    """Return a sheet with cells put in, without the results that its formulas had."""
    markup = SheetMarkup(content, {fill.row for fill in fills} | {fill.like for fill in fills})
    return spliced(content, [*_Writer(markup, settle).edits(fills), *markup.results])


def without_results(content: bytes) -> bytes:
    """Return a sheet without the results that its formulas had; they are reckoned when it is opened."""
    return spliced(content, SheetMarkup(content, ()).results)


@dataclass(slots=True)
class _Writer:
    markup: SheetMarkup
    settle: Settle

    def edits(self, fills: Sequence[Fill]) -> list[Edit]:
        of_row: dict[int, list[Fill]] = {}
        for fill in sorted(fills, key=lambda one: (one.row, one.column)):
            of_row.setdefault(fill.row, []).append(fill)
        edits: list[Edit] = []
        added: dict[int, str] = {}
        for row, own in of_row.items():
            if row in self.markup.rows:
                edits += self._in_row(self.markup.rows[row], self.markup.cells[row], own)
            else:
                added[row] = self._new_row(row, own)
        return [*edits, *self._with_rows(added), *self._extent(fills)]

    def _in_row(self, row: Element, there: Mapping[int, Element], fills: Sequence[Fill]) -> list[Edit]:
        """Replace cells that are there, and put the others between them in the order of the columns."""
        new = [fill for fill in fills if fill.column not in there]
        edits = [
            Edit(one.start, one.end, self._cell(fill, one).encode())
            for fill in fills
            if (one := there.get(fill.column)) is not None
        ]
        tag = self.markup.content[row.start : row.inside_start]
        if new and row.is_closed_at_once:
            inside = "".join(self._cell(fill, None) for fill in new).encode()
            opened = sub(_SPANS, b"", tag)[:-2].rstrip() + b">"
            return [Edit(row.start, row.end, opened + inside + f"</{row.tag}>".encode())]
        if new:
            edits.append(Edit(row.start, row.start + len(tag), sub(_SPANS, b"", tag)))
        for fill in new:
            behind = (there[column].start for column in sorted(there) if column > fill.column)
            place = next(behind, row.inside_end)
            edits.append(Edit(place, place, self._cell(fill, None).encode()))
        return edits

    def _new_row(self, row: int, fills: Sequence[Fill]) -> str:
        """Return a row that is not there yet: it looks as the row that it is like, in every column."""
        like = self.markup.rows.get(fills[0].like)
        said = {name: like.attributes[name] for name in _OF_A_ROW if name in like.attributes} if like else {}
        cells = {fill.column: self._cell(fill, None) for fill in fills}
        for column in self.markup.cells.get(fills[0].like, {}):
            if column not in cells and (style := self.markup.style(fills[0].like, column)):
                cells[column] = self._element("c", {"r": f"{column_letter(column)}{row}", "s": style})
        inside = "".join(cells[column] for column in sorted(cells))
        return self._element("row", {"r": str(row), **said}, inside)

    def _with_rows(self, added: Mapping[int, str]) -> list[Edit]:
        """Put new rows between those that are there."""
        data, numbers = self.markup.data, sorted(self.markup.rows)
        if not added or data is None:
            return []
        if data.is_closed_at_once:
            inside = "".join(added[row] for row in sorted(added))
            whole = written(data.tag, data.attributes, inside)
            return [Edit(data.start, data.end, whole.encode())]
        edits = []
        for row in sorted(added):
            below = (self.markup.rows[number].start for number in numbers if number > row)
            place = next(below, data.inside_end)
            edits.append(Edit(place, place, added[row].encode()))
        return edits

    def _extent(self, fills: Sequence[Fill]) -> list[Edit]:
        """Let what the sheet says of its extent hold the new cells too."""
        one = self.markup.dimension
        said = one.attributes.get("ref", "") if one is not None else ""
        found = fullmatch(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?", said)
        if one is None or found is None:
            return []
        columns = {column_number(found[1]), column_number(found[3] or found[1])}
        rows = {int(found[2]), int(found[4] or found[2])}
        columns |= {fill.column for fill in fills}
        rows |= {fill.row for fill in fills}
        first, last = (f"{column_letter(pick(columns))}{pick(rows)}" for pick in (min, max))
        whole = written(one.tag, {**one.attributes, "ref": f"{first}:{last}"})
        return [Edit(one.start, one.end, whole.encode())] if f"{first}:{last}" != said else []

    def _cell(self, fill: Fill, there: Element | None) -> str:
        said = dict(there.attributes) if there is not None else {}
        said.pop("t", None)
        said["r"] = f"{column_letter(fill.column)}{fill.row}"
        looks = said.get("s") or self.markup.style(fill.like, fill.column)
        value, style = self.settle(fill, looks)
        if style:
            said["s"] = style
        if not isinstance(value, str):
            return self._element("c", said, self._element("v", {}, str(value)))
        text = self._element("t", {"xml:space": "preserve"}, escape(sub(_UNWRITABLE, "", value)))
        return self._element("c", {**said, "t": "inlineStr"}, self._element("is", {}, text))

    def _element(self, name: str, attributes: Mapping[str, str], inside: str = "") -> str:
        prefix = self.markup.data.prefix if self.markup.data is not None else ""
        return written(f"{prefix}{name}", attributes, inside)
