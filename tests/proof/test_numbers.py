"""Promise 7: numbers are distinct and consecutive, however many clerks issue at once."""

import multiprocessing
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.registration import Paper, Serial
from desktop.services.office.trail import Trail
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, open_made_office, stall

pytestmark = pytest.mark.proof

CLERKS = {"sqlite": 4, "postgresql": 16}
EACH = {"sqlite": 25, "postgresql": 25}


def issue_one_by_one(place: Path | str, ids: list[int]) -> None:
    """Be one clerk in a process of one's own."""
    desk = open_made_office(place)
    registrations = Registrations(desk.office)
    for one in ids:
        registrations.register_all(Choice(ids=(one,)), decided_on=TODAY, by=desk.clerk)
    desk.office.db.close()


def enter(desk: TestOffice, count: int) -> list[int]:
    sheets = [
        ("stall", stall(address=f"沙湖村{number}号"), UUID(int=number)) for number in range(1, count + 1)
    ]
    Surveys(desk.office).enter_all(sheets, round_id=None, by=desk.clerk)
    return list(range(1, count + 1))


@pytest.mark.timeout(300)
def test_clerks_who_issue_at_once_get_distinct_and_consecutive_numbers(
    desk: TestOffice, place: Path | str
) -> None:
    kind = "postgresql" if desk.office.db.is_postgresql else "sqlite"
    ids = enter(desk, CLERKS[kind] * EACH[kind])
    shares = [ids[start :: CLERKS[kind]] for start in range(CLERKS[kind])]

    context = multiprocessing.get_context("spawn")
    clerks = [context.Process(target=issue_one_by_one, args=(place, share)) for share in shares]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    assert [clerk.exitcode for clerk in clerks] == [0] * len(clerks)
    with desk.office.db.reading() as session:
        serials = sorted(session.scalars(select(Paper.serial)))
        last = session.scalars(select(Serial.last).where(Serial.scope.contains("stall"))).one()
    assert serials == list(range(1, len(ids) + 1))
    assert last == len(ids)
    assert Trail(desk.office).check(by=desk.clerk) == ()
