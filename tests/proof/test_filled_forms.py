"""Promise 9, for what is given back: a damaged form is filled in, all else as it was, or it is refused."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from desktop.errors import UserError
from desktop.sheets import splicing
from desktop.sheets.cells import Cell, SheetCells
from desktop.sheets.filling import filled_copy
from desktop.sheets.markup import Edit
from desktop.sheets.opening import open_workbook
from desktop.sheets.splicing import Fill
from tests.offices import LEDGERS
from tests.proof.test_mutated_workbooks import mutated

pytestmark = [pytest.mark.proof, pytest.mark.timeout(120)]

TRIES, LAST_ROW, LAST_COLUMN = 1_000, 30, 14
FORMS = ("02-merged-header-workshops.xlsx", "03-damaged-eateries.xlsx", "04-three-kinds.xlsx")
VALUES = (5, "甲", "123456789012345678", "=1+1")


def fills_of(sheets: tuple[SheetCells, ...], chance: Random) -> dict[tuple[str, int, int], Fill]:
    """Return values for some empty cells of some sheets."""
    found = {}
    for sheet in sheets[:2]:
        for _ in range(4):
            row, column = chance.randint(1, LAST_ROW), chance.randint(1, LAST_COLUMN)
            if sheet.cell(row, column) is None and (row, column) not in sheet.formulas:
                value = chance.choice(VALUES)
                fill = Fill(sheet.name, row, column, value, like=chance.randint(1, 6))
                found[sheet.name, row, column] = fill
    return found


def cells_of(sheets: tuple[SheetCells, ...]) -> dict[tuple[str, int, int], Cell]:
    """Return every cell that says something; what a formula had reckoned is not kept."""
    return {
        (sheet.name, row, column): cell
        for sheet in sheets
        for row, cells in enumerate(sheet.rows, 1)
        for column, cell in enumerate(cells, 1)
        if cell not in {None, ""} and (row, column) not in sheet.formulas
    }


def shown(cells: dict[tuple[str, int, int], Cell]) -> list[str]:
    """Return cells so that what is no number, but says so, compares too; a cell for days shows 5 as one."""
    fifth = date(1900, 1, 5)
    return sorted(repr((place, 5.0 if cell == fifth else cell)) for place, cell in cells.items())


def wrong_copies() -> Iterator[int]:
    """Give the seeds of damaged forms whose copies hold anything else than was there and was filled in."""
    sources = [(name, (LEDGERS / name).read_bytes()) for name in FORMS]
    for seed in range(TRIES):
        name, content = mutated(sources, seed)
        try:
            sheets = open_workbook(content, name)
            fills = fills_of(sheets, Random(seed))
            copy = open_workbook(filled_copy(content, name, tuple(fills.values())), name)
        except UserError:
            continue
        said = {place: float(one.value) if one.value == 5 else one.value for place, one in fills.items()}
        if shown(cells_of(copy)) != shown(cells_of(sheets) | said):
            yield seed


def test_every_other_cell_of_a_damaged_form_is_as_it_was_or_the_form_is_refused() -> None:
    assert list(wrong_copies()) == []


def test_the_proof_sees_a_cell_that_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = splicing.spliced

    def slipped(content: bytes, edits: list[Edit]) -> bytes:
        return whole(content, list(edits)[1:])

    monkeypatch.setattr(splicing, "spliced", slipped)
    assert next(wrong_copies(), None) is not None
