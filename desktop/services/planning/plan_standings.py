"""How everybody stands to the plan of a year, worked out by the database: ``standing`` said in SQL."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, case, cast, func, literal, null, select

from desktop.domain.rectification import InspectionMode
from desktop.domain.year_plan import PlanTimes, parts
from desktop.models.establishment import Establishment
from desktop.models.planning import Sampling, YearPlan
from desktop.models.rectification import Inspection
from desktop.services.open_office import OpenOffice
from desktop.services.planning.risk_levels import levels_of, once

COUNTED = [str(mode) for mode in InspectionMode if mode.is_supervision]
_MANY = 16
"""More than a year has parts: a level and a part make one number, and each such number one day."""


def standings(
    office: OpenOffice, year: int, plan: YearPlan | None, times: PlanTimes, *chosen: ColumnElement[bool]
) -> CTE:
    """Ask how everybody stands whom the conditions choose.

    Named ``id``, ``archive_number``, of the risk ``place``, ``signs`` and ``is_decided``, of the plan
    ``wanted``, ``done``, ``left``, ``due_on``, ``samples_wanted``, ``samples_done``. Without a plan nothing
    is wanted.
    """
    codes = [level.code for level in office.profile.risk.levels] if plan is not None else []
    inspections, samplings = ([times.of(code)[what] for code in codes] for what in (0, 1))
    ends = [parts(year, count) for count in inspections]
    levels = levels_of(office, *chosen)
    known = once(
        select(
            levels.c.id,
            levels.c.place,
            levels.c.signs,
            levels.c.is_decided,
            Establishment.archive_number,
            _since(plan, year).label("since"),
        ).join(Establishment, Establishment.id == levels.c.id),
        "known",
    )
    passed = _of_level(
        known.c.place,
        [sum((case((known.c.since > end, 1), else_=0) for end in days), start=literal(0)) for days in ends],
    )
    bound = once(select(known, passed.label("passed")), "bound")
    starts = {level * _MANY + n + 1: end for level, days in enumerate(ends) for n, end in enumerate(days)}
    start = _day_of(starts, bound.c.place * _MANY + bound.c.passed, literal(date(year - 1, 12, 31)))
    counted = once(
        select(
            bound,
            (_of_level(bound.c.place, inspections) - bound.c.passed).label("wanted"),
            _visits(bound.c.id, start, date(year, 12, 31)).label("visits"),
            _of_level(bound.c.place, samplings).label("samples_wanted"),
            _samples(bound.c.id, year).label("samples_done"),
        ),
        "counted",
    )
    done = case((counted.c.visits > counted.c.wanted, counted.c.wanted), else_=counted.c.visits)
    dues = {level * _MANY + n: end for level, days in enumerate(ends) for n, end in enumerate(days)}
    due_on = _day_of(dues, counted.c.place * _MANY + counted.c.passed + done, null())
    return once(
        select(
            *(counted.c[name] for name in ("id", "archive_number", "place", "signs", "is_decided", "wanted")),
            done.label("done"),
            (counted.c.wanted - done).label("left"),
            due_on.label("due_on"),
            counted.c.samples_wanted,
            counted.c.samples_done,
        ),
        "standings",
    )


def _since(plan: YearPlan | None, year: int) -> ColumnElement[Any]:
    """Say since when somebody is bound: since the plan was decided, or since one was surveyed after that."""
    decided_on = literal(plan.decided_on if plan is not None else date(year, 1, 1))
    return case((Establishment.surveyed_on > decided_on, Establishment.surveyed_on), else_=decided_on)


def _of_level(place: ColumnElement[int], values: list[Any]) -> ColumnElement[int]:
    found: ColumnElement[int] = case(dict(enumerate(values)), value=place, else_=0) if values else literal(0)
    return found


def _day_of(
    days: Mapping[int, date], number: ColumnElement[int], otherwise: ColumnElement[Any]
) -> ColumnElement[Any]:
    if not days:
        return cast(otherwise, Date())
    return case({place: literal(day) for place, day in days.items()}, value=number, else_=otherwise)


def _visits(whose: ColumnElement[int], after: ColumnElement[Any], last: date) -> ColumnElement[int]:
    return (
        select(func.count(Inspection.id))
        .where(
            Inspection.establishment_id == whose,
            Inspection.mode.in_(COUNTED),
            Inspection.inspected_on > after,
            Inspection.inspected_on <= last,
        )
        .scalar_subquery()
    )


def _samples(whose: ColumnElement[int], year: int) -> ColumnElement[int]:
    return (
        select(func.count(Sampling.id))
        .where(
            Sampling.establishment_id == whose,
            Sampling.sampled_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .scalar_subquery()
    )
