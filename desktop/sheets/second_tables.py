"""Finds a second table on a sheet: read by the columns of the first, its rows would be lost or misread."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.folding import fold
from desktop.sheets.cells import Cell, SheetCells, is_blank
from desktop.sheets.headers import Header, Words, repeats
from desktop.sheets.ledger_rows import DataRow
from desktop.sheets.looks import FindVillage, is_telling
from desktop.sheets.words import TOTAL_WORDS

_LEAST_SHARED = 3
_LEAST_DATA = 2


def second_header(sheet: SheetCells, header: Header, words: Words, find_village: FindVillage) -> int | None:
    """Return the line of another header on the sheet, above or below; pages that repeat theirs are none."""
    return _above(sheet, header, words, find_village) or _below(sheet, header)


def beside(header: Header, rows: Sequence[DataRow], words: Words) -> int:
    """Return the column in which the same header begins again at the right; 0 where it stands there once."""
    first: dict[str, int] = {}
    again: dict[str, int] = {}
    for column, label in sorted(header.labels.items()):
        text = f"{label.above}{label.own}"
        if words.is_known(label.own) and any(not is_blank(row.cell(column)) for row in rows):
            if text in first:
                again.setdefault(text, column)
            first.setdefault(text, column)
    is_beside = len(again) >= _LEAST_SHARED and min(again.values()) > max(first[text] for text in again)
    return min(again.values()) if is_beside else 0


def without_aside(
    header: Header, rows: Sequence[DataRow]
) -> tuple[Header, tuple[DataRow, ...], dict[int, str]]:
    """Leave out a small table of figures beside the ledger; return what stands over its columns."""
    first = _aside(header, rows)
    if not first:
        return header, tuple(rows), {}
    aside = {column: header.words_over(column) for column in header.labels if column >= first}
    labels = {column: label for column, label in header.labels.items() if column < first}
    kept = tuple(replace(row, cells=row.cells[: first - 1]) for row in rows)
    return replace(header, labels=labels), kept, aside


def _aside(header: Header, rows: Sequence[DataRow]) -> int:
    """Return where a table begins behind an empty column that adds up what stands at its left.

    It says 合计 in a line that is somebody's, or it ends before half of the lines.
    """
    last = max(header.labels, default=0)
    gap = next((one for one in range(last - 1, 1, -1) if one not in header.labels), 0)
    if not gap or any(not is_blank(row.cell(gap)) for row in rows):
        return 0
    beyond = range(gap + 1, last + 1)
    filled = [any(not is_blank(row.cell(column)) for column in beyond) for row in rows]
    adds_up = any(
        isinstance(cell := row.cell(column), str) and fold(cell) in TOTAL_WORDS
        for row in rows
        for column in beyond
    )
    count = sum(filled)
    ends_early = len(beyond) > 1 and 0 < count * 2 < len(rows) and all(filled[:count])
    return gap + 1 if adds_up or ends_early else 0


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
