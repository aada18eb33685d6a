"""The plan of a year: decided once, and from it whom to inspect and to sample by when, with what is left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.risk import Risk
from desktop.domain.scope import Scope
from desktop.domain.year_plan import PlanTimes, standing
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.planning import YearPlan
from desktop.models.rectification import Inspection
from desktop.services.open_office import OpenOffice
from desktop.services.planning.plan_standings import COUNTED, standings
from desktop.services.planning.risk_levels import has_level, has_sign, risk_of
from desktop.services.planning.scoping import InScope, is_in, is_inspected, lines_of, refuse_unknown
from desktop.services.rights import Right, require
from desktop.sheets.files import replacing
from desktop.sheets.layout import Sender, write_tables
from desktop.sheets.plan_table import PlanLine, plan_table

MOST_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 2000, 2100
PAGE = 200
"""How many rows of a plan are asked for at once."""

_BATCH = 1_000


class PlanShows(StrEnum):
    """Which part of a plan: left to inspect, left to inspect or sample, late, late or due this month, all."""

    TO_INSPECT = "to_inspect"
    LEFT = "left"
    LATE = "late"
    THIS_MONTH = "this_month"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a plan; ``marks`` are codes of risk levels and signs, one of which must hold."""

    shows: PlanShows = PlanShows.ALL
    marks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    village_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One establishment of a plan: how often it must be visited, was, and by when next."""

    who: InScope
    risk: Risk
    wanted: int
    done: int
    due_on: date | None
    last_on: date | None
    samples_wanted: int
    samples_done: int

    @property
    def left(self) -> int:
        return self.wanted - self.done


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """The plan of a year and how far it has come; ``decided_on`` is empty where none was decided yet.

    Then the times are those of the rule pack, and nothing is due. ``total`` and ``covered`` count
    establishments, ``late`` those whose time is over, ``left`` inspections.
    """

    year: int
    decided_on: date | None
    decided_by: str
    version: int
    kinds: tuple[str, ...]
    times: PlanTimes
    note: str
    total: int
    covered: int
    late: int
    left: int


class YearPlans:
    """Deciding plans, and asking how they stand."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def decide(
        self,
        year: int,
        times: PlanTimes,
        *,
        on: date,
        by: Actor,
        kinds: Sequence[str] = (),
        note: str = "",
        version: int | None = None,
    ) -> PlanDetail:
        """Decide the plan of a year, or decide it anew; both stand in the trail."""
        require(by, Right.PLAN)
        self._refuse_odd(year, times, tuple(kinds))
        with self.office.db.writing(self.office.act(by, "plan.decide")) as session:
            self.office.refuse_future(on)
            plan = session.get(YearPlan, year)
            if plan is None:
                plan = YearPlan(year=year, entered_at=self.office.clock.now(), entered_by=by.name)
                session.add(plan)
            elif version is not None and plan.version != version:
                raise UserError(f"{year} 年的计划刚被“{plan.entered_by}”改过，请刷新看过再定")
            else:
                plan.entered_at, plan.entered_by = self.office.clock.now(), by.name
            plan.decided_on = on
            plan.kinds = list(kinds)
            plan.inspections, plan.samplings = dict(times.inspections), dict(times.samplings)
            plan.note = note.strip()
            session.flush()
            return plan_of(session, self.office, year, by)

    def plan(self, year: int, *, by: Actor) -> PlanDetail:
        """Return the plan of a year with its figures."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return plan_of(session, self.office, year, by)

    def page(
        self,
        year: int,
        part: PlanPart = PlanPart(),
        *,
        by: Actor,
        offset: int = 0,
        limit: int | None = PAGE,
    ) -> tuple[PlanRow, ...]:
        """Return a page of the plan of a year, the most urgent first; without a limit all that follows."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return tuple(plan_rows(session, self.office, year, part, by, offset=offset, limit=limit))

    def export(self, year: int, target: Path, *, by: Actor) -> int:
        """Write the plan of a year as a workbook: who, how often, how far, by when."""
        require(by, Right.EXPORT)
        profile = self.office.profile
        sender = Sender(profile.office, by.name, "", self.office.clock.today())
        title = f"{profile.township}{year}年度食品“三小”监督检查和抽检计划"
        with replacing(target) as path:
            with self.office.db.reading() as session:
                rows = plan_rows(session, self.office, year, PlanPart(), by, limit=None)
                lines = (_line(row, profile.trade(row.who.kind).short_label) for row in rows)
                tables = [plan_table(title, sender, lines)]
                count = write_tables(tables, path, made_at=self.office.clock.now())
            with self.office.db.writing(self.office.act(by, "export")) as session:
                session.trail.note("YearPlan", year, {"rows": count, "file": target.name})
        return count

    def _refuse_odd(self, year: int, times: PlanTimes, kinds: tuple[str, ...]) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise UserError(f"年份“{year}”不对，应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间")
        levels = (*times.inspections, *times.samplings)
        refuse_unknown(self.office, Scope(kinds=kinds, levels=levels))
        for count in (*times.inspections.values(), *times.samplings.values()):
            if not 0 <= count <= MOST_A_YEAR:
                raise UserError(f"一年的次数应为 0 到 {MOST_A_YEAR}，现为 {count}")
        if not any(times.inspections.values()):
            raise UserError("每一级都不检查，不成计划；至少一级填一年检查几次")


def plan_of(session: Session, office: OpenOffice, year: int, by: Actor) -> PlanDetail:
    """Return the plan of a year inside an open block."""
    plan = session.get(YearPlan, year)
    counted = _asked(office, year, plan, by)
    query = select(
        func.count(),
        func.coalesce(func.sum(case((counted.c.done > 0, 1), else_=0)), 0),
        func.coalesce(func.sum(case((_is_late(counted, office), 1), else_=0)), 0),
        func.coalesce(func.sum(counted.c.left), 0),
    ).select_from(counted)
    total, covered, late, left = session.execute(query).one()
    return PlanDetail(
        year=year,
        decided_on=plan.decided_on if plan else None,
        decided_by=plan.entered_by if plan else "",
        version=plan.version if plan else 0,
        kinds=tuple(plan.kinds) if plan is not None else (),
        times=_times(office, plan),
        note=plan.note if plan else "",
        total=total,
        covered=covered,
        late=late,
        left=left,
    )


def plan_count(session: Session, office: OpenOffice, year: int, part: PlanPart, by: Actor) -> int:
    """Count a part of a plan; nobody is counted where none was decided."""
    plan = session.get(YearPlan, year)
    if plan is None:
        return 0
    counted = _asked(office, year, plan, by, part)
    query = select(func.count()).select_from(counted)
    return session.scalar(query.where(*_conditions(counted, office, part))) or 0


def plan_rows(
    session: Session,
    office: OpenOffice,
    year: int,
    part: PlanPart,
    by: Actor,
    *,
    offset: int = 0,
    limit: int | None = PAGE,
) -> Iterator[PlanRow]:
    """Return rows of a plan as they are read, the most urgent first; never everybody at once."""
    plan = session.get(YearPlan, year)
    counted = _asked(office, year, plan, by, part)
    query = (
        select(counted)
        .where(*_conditions(counted, office, part))
        .order_by(counted.c.due_on.is_(None), counted.c.due_on, counted.c.id)
        .offset(offset)
        .limit(limit)
    )
    for page in session.execute(query.execution_options(yield_per=_BATCH)).partitions():
        ids = [one.id for one in page]
        known, last = lines_of(session, ids), _last_visits(session, year, ids)
        for one in page:
            yield PlanRow(
                who=known[one.id],
                risk=risk_of(office.profile.risk, one.place, one.signs, one.is_decided),
                wanted=one.wanted,
                done=one.done,
                due_on=one.due_on,
                last_on=last.get(one.id),
                samples_wanted=one.samples_wanted,
                samples_done=one.samples_done,
            )


def due_days(
    session: Session, office: OpenOffice, records: Sequence[Establishment], risks: Mapping[int, Risk]
) -> Mapping[int, date]:
    """Return by when each is to be inspected next after this year's plan; empty where there is none."""
    year = office.clock.today().year
    plan = session.get(YearPlan, year)
    if plan is None:
        return {}
    ids = [record.id for record in records]
    visits = inspected_in(session, date(year, 1, 1), date(year, 12, 31), Establishment.id.in_(ids))
    due = {}
    for record in records:
        is_meant = OperatingStatus(record.operating_status).is_trading
        if is_meant and (not plan.kinds or record.kind in plan.kinds):
            times, _ = _times(office, plan).of(risks[record.id].level.code)
            since = max(plan.decided_on, record.surveyed_on or plan.decided_on)
            due_on = standing(year, times, since, visits.get(record.id, ())).due_on
            if due_on is not None:
                due[record.id] = due_on
    return due


def inspected_in(
    session: Session, first: date, last: date, *conditions: ColumnElement[bool]
) -> Mapping[int, list[date]]:
    """Return the days of supervision by establishment, between two days."""
    query = (
        select(Inspection.establishment_id, Inspection.inspected_on)
        .join(Establishment, Inspection.establishment_id == Establishment.id)
        .where(Inspection.mode.in_(COUNTED), Inspection.inspected_on.between(first, last), *conditions)
        .order_by(Inspection.inspected_on)
    )
    visits: dict[int, list[date]] = {}
    for whose, on in session.execute(query):
        visits.setdefault(whose, []).append(on)
    return visits


def _times(office: OpenOffice, plan: YearPlan | None) -> PlanTimes:
    if plan is not None:
        return PlanTimes(plan.inspections, plan.samplings)
    levels = office.profile.risk.levels
    return PlanTimes(
        {level.code: level.inspections_a_year for level in levels},
        {level.code: level.samplings_a_year for level in levels},
    )


def _asked(
    office: OpenOffice,
    year: int,
    plan: YearPlan | None,
    by: Actor,
    part: PlanPart = PlanPart(),
) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Ask how everybody stands whom a plan is about, in the trades and villages of a part."""
    kinds = tuple(plan.kinds) if plan is not None else ()
    of_plan = is_in(office, Scope(kinds=kinds), by, is_inspected())
    of_part = is_in(office, Scope(kinds=part.kinds, village_ids=part.village_ids), by)
    return standings(office, year, plan, _times(office, plan), of_plan, of_part)


def _conditions(counted: Any, office: OpenOffice, part: PlanPart) -> list[ColumnElement[bool]]:  # noqa: ANN401 - SQLAlchemy's own
    conditions: list[ColumnElement[bool]] = []
    if part.shows is PlanShows.LEFT:
        conditions.append(or_(counted.c.left > 0, counted.c.samples_wanted > counted.c.samples_done))
    if part.shows is PlanShows.TO_INSPECT:
        conditions.append(counted.c.left > 0)
    if part.shows is PlanShows.LATE:
        conditions.append(_is_late(counted, office))
    if part.shows is PlanShows.THIS_MONTH:
        first = office.clock.today().replace(day=1)
        conditions.append(counted.c.due_on < (first + timedelta(days=31)).replace(day=1))
    if part.marks:
        rules = office.profile.risk
        conditions.append(or_(has_level(rules, counted, part.marks), has_sign(rules, counted, part.marks)))
    return conditions


def _is_late(counted: Any, office: OpenOffice) -> ColumnElement[bool]:  # noqa: ANN401 - SQLAlchemy's own
    late: ColumnElement[bool] = counted.c.due_on < office.clock.today()
    return late


def _last_visits(session: Session, year: int, ids: Sequence[int]) -> Mapping[int, date]:
    query = (
        select(Inspection.establishment_id, func.max(Inspection.inspected_on))
        .where(
            Inspection.establishment_id.in_(ids),
            Inspection.mode.in_(COUNTED),
            Inspection.inspected_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .group_by(Inspection.establishment_id)
    )
    return {one[0]: one[1] for one in session.execute(query)}


def _line(row: PlanRow, kind: str) -> PlanLine:
    return PlanLine(
        archive_number=row.who.archive_number,
        kind=kind,
        name=row.who.title,
        operator_name=row.who.operator_name,
        village=row.who.village,
        level=row.risk.level.label,
        reasons=row.risk.reasons,
        wanted=row.wanted,
        done=row.done,
        due_on=row.due_on,
        last_on=row.last_on,
        samples_wanted=row.samples_wanted,
        samples_done=row.samples_done,
    )
