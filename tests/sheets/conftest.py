"""Ledgers as cells, read with the rule pack of 金坛 and the eight villages of the test ledgers."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.domain.profile import Profile
from desktop.profiles import load_profile
from desktop.services.office.villages import (
    VillageRow,
    find_village,
    kind_of,
    read_village_list,
    written_villages,
)
from desktop.sheets.cells import Area, SheetCells
from desktop.sheets.ledger import LedgerBook, Wanted, read_ledgers
from desktop.sheets.named_villages import VillageNames
from tests.offices import reader
from tests.sheets.building import Open

LEDGERS = Path(__file__).parents[1] / "ledgers"
Read = Callable[..., LedgerBook]


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile("jintan-2018")


@pytest.fixture(scope="session")
def villages(profile: Profile) -> VillageNames:
    listed = read_village_list((LEDGERS / "villages.csv").read_bytes(), "villages.csv")
    rows = tuple(VillageRow(i, code, name, kind_of(name)) for i, (code, name) in enumerate(listed, 1))

    def find(typed: str) -> str | None:
        found = find_village(rows, typed)
        return found.name if found else None

    return VillageNames(tuple(row.name for row in rows), find, written_villages(rows, profile).read)


@pytest.fixture(scope="session")
def read(profile: Profile, villages: VillageNames) -> Read:
    """Read lines of cells as one sheet."""

    def read_lines(
        lines: Sequence[Sequence[object]],
        *,
        sheet: str = "Sheet1",
        kind: str | None = None,
        village: str | None = None,
        merged: Sequence[tuple[int, int, int, int]] = (),
        formulas: Sequence[tuple[int, int]] = (),
    ) -> LedgerBook:
        width = max(map(len, lines))
        cells = SheetCells(
            sheet,
            tuple((*line, *[""] * (width - len(line))) for line in lines),
            merged=tuple(Area(*area) for area in merged),
            formulas=frozenset(formulas),
        )
        return read_ledgers((cells,), "台账", profile, villages, Wanted(kind, village))

    return read_lines


@pytest.fixture(scope="session")
def read_file(profile: Profile, villages: VillageNames) -> Callable[[Path], LedgerBook]:
    def read_path(path: Path) -> LedgerBook:
        sheets = reader().sheets(path.read_bytes(), path.name)
        return read_ledgers(sheets, path.stem, profile, villages, Wanted())

    return read_path


@pytest.fixture
def opened(read_file: Callable[[Path], LedgerBook], tmp_path: Path) -> Open:
    """Read a file of that name with that content."""

    def open_file(name: str, content: bytes) -> LedgerBook:
        path = tmp_path / name
        path.write_bytes(content)
        return read_file(path)

    return open_file
