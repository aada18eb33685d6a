"""Services are tested on a real SQLite file and on a real PostgreSQL, one after the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import TestOffice, open_test_office


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestOffice]:
    """An open office on each of the two databases."""
    is_sqlite = request.param == "sqlite"
    place = tmp_path / "register.db" if is_sqlite else request.getfixturevalue("postgres_url")
    desk = open_test_office(place)
    yield desk
    desk.office.db.close()
