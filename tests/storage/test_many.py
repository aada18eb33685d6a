"""Many new records at once are written, and stand in the trail, as if they had been added one by one."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.audit import AuditEntry, AuditHead
from desktop.models.establishment import Establishment
from desktop.services.office.villages import Villages
from desktop.services.survey.surveys import Surveys
from desktop.storage.audit import broken_at
from desktop.storage.database import Database
from tests.offices import TestOffice, open_test_office, stall


@pytest.fixture(params=["office", "postgres_url"])
def desk(request: pytest.FixtureRequest) -> Iterator[TestOffice]:
    """An office on a file, then one on a server."""
    place = request.getfixturevalue(request.param)
    if isinstance(place, TestOffice):
        yield place
    else:
        desk = open_test_office(place)
        yield desk
        desk.office.db.close()


def stalls(desk: TestOffice, *numbers: int) -> list[Establishment]:
    village = Villages(desk.office).named("沙湖村")
    answers = {**stall(), "employee_count": 2, "health_certificate_count": 2, "surveyed_on": desk.clock.day}
    surveys = Surveys(desk.office)
    return [
        surveys.new_record("stall", answers, village, serial=number, by=desk.clerk, identity=UUID(int=number))
        for number in numbers
    ]


def rows(db: Database, what: Any) -> list[dict[str, Any]]:
    with db.reading() as session:
        return [dict(row) for row in session.execute(select(*what.__table__.columns)).mappings()]


def test_they_are_the_same_rows_with_the_same_entries(desk: TestOffice) -> None:
    db, act = desk.office.db, desk.office.act(desk.clerk, "import.take_in")
    before = len(rows(db, AuditEntry))
    with db.writing(act) as session:
        session.add_all(stalls(desk, 1, 2))
    many = stalls(desk, 3, 4)
    with db.writing(act) as session:
        session.add_many(many)

    one_by_one, at_once = rows(db, Establishment)[:2], rows(db, Establishment)[2:]
    entries = [
        {key: value for key, value in entry.items() if key not in {"id", "hash"}}
        for entry in rows(db, AuditEntry)[before:]
    ]
    assert [one.id for one in many] == [row["id"] for row in at_once] == [3, 4]
    own = {"id", "uuid", "archive_number", "entered_at"}
    assert [_without(own, row) for row in at_once] == [_without(own, row) for row in one_by_one]
    said = [_without(own, entry.pop("changes")) for entry in entries]
    assert said[:2] == said[2:]
    assert [entry["establishment_id"] for entry in entries] == [1, 2, 3, 4]
    with db.reading() as session:
        head = session.scalars(select(AuditHead)).one()
        assert broken_at(session.scalars(select(AuditEntry).order_by(AuditEntry.id)), head) is None


def test_an_id_that_was_given_once_is_not_given_again(desk: TestOffice) -> None:
    db, act = desk.office.db, desk.office.act(desk.clerk, "import.take_in")
    with db.writing(act) as session:
        session.add_many(stalls(desk, 1, 2))
    with db.writing(act) as session:
        session.delete(session.get(Establishment, 2))

    again = stalls(desk, 2)
    with db.writing(act) as session:
        session.add_many(again)
    with db.writing(act) as session:
        session.add_all(stalls(desk, 3))

    assert [row["id"] for row in rows(db, Establishment)] == [1, 3, 4]
    assert desk.heard[-1].topics == {"establishments"}


def _without(keys: set[str], row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}
