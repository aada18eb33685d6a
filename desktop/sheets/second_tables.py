"""Finds a second table on a sheet: read by the columns of the first, its rows would be lost or misread."""

from collections.abc import Sequence

from desktop.sheets.cells import Cell, SheetCells, is_blank
from desktop.sheets.headers import Header, Words, repeats
from desktop.sheets.looks import FindVillage, is_telling

_LEAST_SHARED = 3
_LEAST_DATA = 2


def second_header(sheet: SheetCells, header: Header, words: Words, find_village: FindVillage) -> int | None:
    """Return the line of another header on the sheet, above or below; pages that repeat theirs are none."""
    return _above(sheet, header, words, find_village) or _below(sheet, header)


def _above(sheet: SheetCells, header: Header, words: Words, find_village: FindVillage) -> int | None:
    """Look for words over columns with rows of data between them and the header."""
    has_data = False
    for row in range(header.first_row - 1, 0, -1):
        cells = sheet.rows[row - 1]
        filled = [cell for cell in cells if not is_blank(cell)]
        telling = sum(1 for cell in filled if is_telling(cell, find_village))
        if telling >= _LEAST_DATA:
            has_data = True
        elif has_data and not telling and len(filled) >= _LEAST_SHARED:
            known = sum(1 for cell in filled if isinstance(cell, str) and words.is_known(cell))
            if known >= _LEAST_SHARED and known * 2 >= len(filled):
                return row
    return None


def _below(sheet: SheetCells, header: Header) -> int | None:
    """Look for the words of the header again, most of them over other columns."""
    own = {label.own for label in header.labels.values()}
    for row in range(header.last_row + 1, len(sheet.rows) + 1):
        cells = sheet.rows[row - 1]
        shared = _shared(cells, own)
        if len(shared) < _LEAST_SHARED or repeats(header, cells):
            continue
        moved = sum(1 for column, text in shared if _own(header, column) != text)
        if moved * 2 > len(shared):
            return row
    return None


def _shared(cells: Sequence[Cell], own: set[str]) -> list[tuple[int, str]]:
    texts = ((column, "".join(cell.split())) for column, cell in enumerate(cells, 1) if isinstance(cell, str))
    return [(column, text) for column, text in texts if text in own]


def _own(header: Header, column: int) -> str:
    label = header.labels.get(column)
    return label.own if label else ""
