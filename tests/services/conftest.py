"""Services are tested on a real SQLite file and on a real PostgreSQL, one after the other."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import Workbook

from desktop.services.imports.imports import Imports
from desktop.services.survey.surveys import Surveys
from tests.offices import TestOffice, open_made_office, open_test_office
from tests.postgres import PostgresServer
from tests.refilled import Refilled
from tests.services.ledgers import HEAD, Ledger


@pytest.fixture(scope="session")
def refilled(postgres_server: PostgresServer) -> Iterator[Refilled]:
    """A register on PostgreSQL that is made once and filled anew for each test."""
    with postgres_server.new_database() as url:
        open_test_office(url).office.db.close()
        database = Refilled(url)
        with database.stays_connected():
            yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a register lies: a file, then a PostgreSQL database."""
    if request.param == "sqlite":
        return Path(shutil.copyfile(request.getfixturevalue("made_file"), tmp_path / "register.db"))
    database: Refilled = request.getfixturevalue("refilled")
    database.refill()
    return database.url


@pytest.fixture
def desk(place: Path | str) -> Iterator[TestOffice]:
    """An open office on each of the two databases."""
    desk = open_made_office(place)
    yield desk
    desk.office.db.close()


@pytest.fixture
def imports(desk: TestOffice) -> Imports:
    numbers = iter(range(1, 100_000))
    return Imports(desk.office, Surveys(desk.office), lambda: UUID(int=next(numbers)))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Write rows of stalls as a village would, and return where."""

    def write(*rows: tuple[object, ...], name: str = "摊贩.xlsx") -> Path:
        workbook = Workbook()
        for line in (("食品摊贩摸底表",), HEAD, *rows):
            workbook.active.append(line)
        path = tmp_path / name
        workbook.save(path)
        return path

    return write
