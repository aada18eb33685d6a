"""A sheet whose lines are written as one piece of markup each: XlsxWriter asks much of every single cell."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.utility import _preserve_whitespace
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from desktop.sheets.cells import column_letter

Value: TypeAlias = str | int | Decimal | date | None

_escape_control_characters = XMLwriter._escape_control_characters  # noqa: SLF001 - as the library's own do
_FIRST_DAY = date(1899, 12, 31)
_LAST_TRUE_DAY = 59
"""Spreadsheets hold 1900 for a leap year: each day after its February counts one more."""

_MOST_UNITS = 32_767
"""UTF-16 units that a spreadsheet takes in one cell."""


class LongSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet that is written from top to bottom; its file is the one that XlsxWriter would have made."""

    def write_line(self, row: int, values: Sequence[Value], looks: Sequence[Format]) -> None:
        """Write a whole line, each value with its look; every cell has its frame, also an empty one."""
        self._write_single_row(row)  # what was begun above goes out first
        self._check_dimensions(row, 0)
        self._check_dimensions(row, len(values) - 1)
        number = row + 1
        starts = zip(_letters(len(values)), map(_look_of, looks), values, strict=True)
        cells = [f'<c r="{letter}{number}" s="{look}"{_markup(value)}' for letter, look, value in starts]
        self.fh.write(f'<row r="{number}">{"".join(cells)}</row>')


@lru_cache(maxsize=16)
def _letters(count: int) -> tuple[str, ...]:
    return tuple(column_letter(number) for number in range(1, count + 1))


def _look_of(look: Format) -> int:
    return int(look.xf_index or look._get_xf_index())  # noqa: SLF001 - as the library's own cells do


@lru_cache(maxsize=8_192, typed=True)
def _markup(value: Value) -> str:
    """Return what follows the beginning of a cell; most values stand in many rows."""
    match value:
        case None | "":
            return "/>"
        case str():
            text = escape(_escape_control_characters(_fitting(value)))
            space = ' xml:space="preserve"' if _preserve_whitespace(value) else ""
            return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'
        case date():
            days = (date(value.year, value.month, value.day) - _FIRST_DAY).days
            return f"><v>{days + (days > _LAST_TRUE_DAY)}</v></c>"
        case _:
            return f"><v>{float(value):.16G}</v></c>"


def _fitting(text: str) -> str:
    if len(text) * 2 <= _MOST_UNITS:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * _MOST_UNITS]
    return units.decode("utf-16-le", "ignore")
