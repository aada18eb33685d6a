"""How everybody stands to the plan of a year, worked out by the database: ``standing`` said in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, FromClause, case, cast, func, literal, null, select

from desktop.domain.rectification import InspectionMode
from desktop.domain.year_plan import PlanTimes, parts
from desktop.models.establishment import Establishment
from desktop.models.planning import Sampling, YearPlan
from desktop.models.rectification import Inspection
from desktop.services.open_office import OpenOffice
from desktop.services.planning.risk_levels import levels_of, step

COUNTED = [str(mode) for mode in InspectionMode if mode.is_supervision]
_MANY = 32
"""More than a year has ends of parts: a level and such an end make one number, and each number one value."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The ends of the parts of a year: of each level, of all levels in one order, how many had passed."""

    of_levels: tuple[tuple[date, ...], ...]
    ends: tuple[date, ...]
    before: int
    """So many ends had passed when the plan was decided."""

    @classmethod
    def of(cls, year: int, times: Sequence[int], decided_on: date) -> "_Parts":
        of_levels = tuple(parts(year, count) for count in times)
        ends = tuple(sorted({end for several in of_levels for end in several}))
        return cls(of_levels, ends, sum(end < decided_on for end in ends))

    @property
    def passed(self) -> dict[int, int]:
        """Return how many parts of a level bind nobody, by level and ended parts; what is usual in front."""
        return {
            place * _MANY + count: sum(end in self.ends[:count] for end in ends)
            for count in range(self.before, len(self.ends) + 1)
            for place, ends in enumerate(self.of_levels)
        }

    def ended(self, decided_on: date) -> ColumnElement[int]:
        """Count the ends that had passed before somebody was bound: by the plan, or by a survey after it."""
        surveyed, later = Establishment.surveyed_on, self.ends[self.before :]
        waits = [(surveyed <= end, self.before + n) for n, end in enumerate(later)]
        if not waits:
            return literal(self.before)
        return case((surveyed > decided_on, case(*waits, else_=len(self.ends))), else_=self.before)


def standings(
    office: OpenOffice, year: int, plan: YearPlan | None, times: PlanTimes, *chosen: ColumnElement[bool]
) -> FromClause:
    """Ask how everybody stands whom the conditions choose.

    Named ``id``, of the risk ``place``, ``signs`` and ``is_decided``, of the plan ``wanted``, ``done``,
    ``left``, ``due_on``, ``samples_wanted``, ``samples_done``. Without a plan nothing is wanted.
    """
    codes = [level.code for level in office.profile.risk.levels] if plan is not None else []
    inspections, samplings = ([times.of(code)[what] for code in codes] for what in (0, 1))
    decided_on = plan.decided_on if plan is not None else date(year, 1, 1)
    year_parts = _Parts.of(year, inspections, decided_on)
    known = levels_of(office, *chosen, beside=(year_parts.ended(decided_on).label("ended"),))
    passed = year_parts.passed
    number = known.c.place * _MANY + known.c.ended
    wanted = {key: inspections[key // _MANY] - gone for key, gone in passed.items()}
    starts = {key: year_parts.of_levels[key // _MANY][gone - 1] for key, gone in passed.items() if gone}
    counted = step(
        select(
            known,
            _of(passed, number, 0).label("passed"),
            _of(wanted, number, 0).label("wanted"),
            _visits(known.c.id, _day_of(starts, number, date(year - 1, 12, 31)), year).label("visits"),
            _of(dict(enumerate(samplings)), known.c.place, 0).label("samples_wanted"),
            _samples(known.c.id, year).label("samples_done"),
        ),
        "counted",
    )
    done = case((counted.c.visits > counted.c.wanted, counted.c.wanted), else_=counted.c.visits)
    ends = enumerate(year_parts.of_levels)
    dues = {place * _MANY + n: end for place, several in ends for n, end in enumerate(several)}
    due_on = _day_of(dues, counted.c.place * _MANY + counted.c.passed + done, None)
    return step(
        select(
            *(counted.c[name] for name in ("id", "place", "signs", "is_decided", "wanted")),
            done.label("done"),
            (counted.c.wanted - done).label("left"),
            due_on.label("due_on"),
            counted.c.samples_wanted,
            counted.c.samples_done,
        ),
        "standings",
    )


def _of(values: Mapping[int, int], number: ColumnElement[int], otherwise: int) -> ColumnElement[int]:
    told = {key: value for key, value in values.items() if value != otherwise}
    found: ColumnElement[int] = case(told, value=number, else_=otherwise) if told else literal(otherwise)
    return found


def _day_of(
    days: Mapping[int, date], number: ColumnElement[int], otherwise: date | None
) -> ColumnElement[Any]:
    other = literal(otherwise) if otherwise is not None else null()
    if not days:
        return cast(other, Date())
    return case({key: literal(day) for key, day in days.items()}, value=number, else_=other)


def _visits(whose: ColumnElement[int], after: ColumnElement[Any], year: int) -> ColumnElement[int]:
    return (
        select(func.count(Inspection.id))
        .where(
            Inspection.establishment_id == whose,
            Inspection.mode.in_(COUNTED),
            Inspection.inspected_on > after,
            Inspection.inspected_on <= date(year, 12, 31),
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
