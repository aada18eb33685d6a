"""Services are tested on a real SQLite file and on a real PostgreSQL, one after the other."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.offices import TestOffice, open_made_office, open_test_office
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def made_database(postgres_server: PostgresServer) -> Iterator[str]:
    """A register on PostgreSQL that is made once; each test works on its own copy."""
    with postgres_server.new_database() as url:
        open_test_office(url).office.db.close()
        yield str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where a register lies: a file, then a PostgreSQL database."""
    with ExitStack() as leaving:
        if request.param == "sqlite":
            yield Path(shutil.copyfile(request.getfixturevalue("made_file"), tmp_path / "register.db"))
        else:
            server: PostgresServer = request.getfixturevalue("postgres_server")
            yield leaving.enter_context(server.new_database(request.getfixturevalue("made_database")))


@pytest.fixture
def desk(place: Path | str) -> Iterator[TestOffice]:
    """An open office on each of the two databases."""
    desk = open_made_office(place)
    yield desk
    desk.office.db.close()
