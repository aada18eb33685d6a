"""Plain cells: what stands in a workbook, with rows and columns as the person sees them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

_LARGEST_PLAIN = 10**15
_DAYS_TO_1904, _MOST_DAYS = 1_462, 80_000


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells, from the first to the last row and column, both counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet: row 1 is the first of ``rows``; formulas are places, their results are not looked at."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_hidden: bool = False
    is_table: bool = True
    merged: tuple[Area, ...] = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    is_1904: bool = False
    """Whether a bare number that is a day counts from 1904, as old Macs had it."""

    def cell(self, row: int, column: int) -> Cell:
        """Return what stands there; outside of the sheet there is nothing."""
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def without_formulas(self) -> "SheetCells":
        """Return the sheet with nothing where formulas stood, as they are lost in another format."""
        rows = tuple(
            tuple(None if (row, column) in self.formulas else cell for column, cell in enumerate(cells, 1))
            for row, cells in enumerate(self.rows, 1)
        )
        return replace(self, rows=rows, formulas=frozenset())

    @property
    def width(self) -> int:
        return max((len(cells) for cells in self.rows), default=0)


def is_blank(cell: Cell) -> bool:
    """Tell whether nobody sees anything in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def from_1904(cell: Cell) -> Cell:
    """Return a bare number of days since 1904 as one since 1900; a written day such as 20180403 stays."""
    is_count = isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < _MOST_DAYS
    return cell + _DAYS_TO_1904 if is_count and isinstance(cell, int | float) else cell


def column_letter(column: int) -> str:
    """Return the letters over a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def shown(cell: Cell) -> str:
    """Return a cell as a person sees it; a long number as the spreadsheet shows it."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return _number_shown(cell)
        case datetime():
            return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
        case _:
            return str(cell)


def _number_shown(number: float) -> str:
    if number != number or number in (float("inf"), float("-inf")):
        return str(number)
    if abs(number) >= _LARGEST_PLAIN:
        return f"{number:.5E}"
    return str(int(number)) if number == int(number) else str(number)
