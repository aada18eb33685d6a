"""Visits to test with: an establishment, an inspection that finds something, a case that was ordered."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from shutil import copyfile
from uuid import UUID

from desktop.domain.identity import check_digit
from desktop.services.rectification.inspections import Fault, Inspected, Inspections
from desktop.services.rectification.rectifications import Ordered, Rectifications, Until
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, open_made_office, stall

PAIR = ("赵学军", "史国平")


def enter(desk: TestOffice, number: int = 1, **changed: object) -> int:
    """Add a stall of its own at a place of its own and return its id."""
    typed = stall(address=f"沙湖村{number}组7号", operator_id_number=None, **changed)
    return Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=number)).id


def entered_once(made_file: Path, folder: Path, numbers: Iterable[int]) -> Path:
    """Return a copy of a made register with these stalls, for many tests that begin with them."""
    path = Path(copyfile(made_file, folder / "register.db"))
    desk = open_made_office(path)
    for number in numbers:
        enter(desk, number)
    desk.office.db.close()
    return path


def visit(desk: TestOffice, establishment: int, *items: str, on: date = TODAY) -> Inspected:
    """Inspect by two and find these items not good."""
    faults = [Fault(item) for item in items]
    return Inspections(desk.office).record(
        establishment, on=on, inspectors=PAIR, faults=faults, by=desk.clerk
    )


def ordered(
    desk: TestOffice,
    establishment: int,
    *items: str,
    on: date = TODAY,
    until: Until = Until(days=10),  # noqa: B008 - frozen
    family: str | None = None,
) -> Ordered:
    """Inspect, then order on the same day that what was found be put right."""
    found = visit(desk, establishment, *(items or ("S05",)), on=on)
    ids = [finding.id for finding in found.findings]
    return Rectifications(desk.office).order(ids, until=until, on=on, by=desk.clerk, family=family)


def reinspect(desk: TestOffice, case: int, result: str = "good", *, on: date) -> None:
    """Reinspect by two; the clock goes on to that day where it stands before it."""
    desk.clock.day = max(desk.clock.day, on)
    Rectifications(desk.office).reinspect(case, on=on, inspectors=PAIR, result=result, by=desk.clerk)


def registered(desk: TestOffice, number: int = 1) -> int:
    """Add a stall of a person of their own, register it and return its id."""
    typed = stall(address=f"白塔村{number}组3号", operator_id_number=_identity_number(number))
    one = Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=1_000 + number)).id
    batch = Registrations(desk.office).register_all(Choice(ids=(one,)), decided_on=TODAY, by=desk.clerk)
    assert batch.refused == ()
    return one


def _identity_number(number: int) -> str:
    """Return a right identity number of somebody's own."""
    body = f"32048219800101{number:03}"
    return body + check_digit(body)
