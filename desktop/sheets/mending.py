"""Cells that somebody mended while looking a workbook over; the file itself stays as it was sent."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.domain.mending import Mend
from desktop.sheets.cells import Cell, SheetCells, column_number


def mended(sheets: Sequence[SheetCells], mends: Iterable[Mend]) -> tuple[SheetCells, ...]:
    """Return the sheets of a file with its mends; a mended formula is the value that was typed."""
    of_sheet: dict[str, list[Mend]] = {}
    for mend in mends:
        of_sheet.setdefault(mend.sheet, []).append(mend)
    return tuple(
        _mended(sheet, of_sheet[sheet.name]) if sheet.name in of_sheet else sheet for sheet in sheets
    )


def _mended(sheet: SheetCells, mends: Iterable[Mend]) -> SheetCells:
    rows = [list(cells) for cells in sheet.rows]
    formulas = set(sheet.formulas)
    for mend in mends:
        column = column_number(mend.column)
        if not 1 <= mend.row <= len(rows):
            continue
        cells: list[Cell] = rows[mend.row - 1]
        cells += [None] * (column - len(cells))
        cells[column - 1] = mend.value or None
        formulas.discard((mend.row, column))
    return replace(sheet, rows=tuple(tuple(cells) for cells in rows), formulas=frozenset(formulas))
