"""The plan of a year: decided once, and from it whom to inspect and to sample by when, with what is left."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.rectification import InspectionMode
from desktop.domain.risk import Risk
from desktop.domain.scope import Scope
from desktop.domain.year_plan import PlanTimes, standing
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.planning import Sampling, YearPlan
from desktop.models.rectification import Inspection
from desktop.services.leafing import in_scope
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require
from desktop.services.scoping import InScope, is_inspected, members, refuse_unknown
from desktop.sheets.files import replacing
from desktop.sheets.layout import Sender, write_tables
from desktop.sheets.plan_table import PlanLine, plan_table

_COUNTED = [str(mode) for mode in InspectionMode if mode.is_supervision]
MOST_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One establishment of a plan: how often it must be visited, was, and by when next."""

    establishment_id: int
    archive_number: str
    kind: str
    title: str
    operator_name: str
    village: str
    address: str
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

    @property
    def samples_left(self) -> int:
        return max(self.samples_wanted - self.samples_done, 0)


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """The plan of a year and how far it has come; ``decided_on`` is empty where none was decided yet.

    Then the times are those of the rule pack, and nothing is due.
    """

    year: int
    decided_on: date | None
    decided_by: str
    version: int
    kinds: tuple[str, ...]
    times: PlanTimes
    note: str
    rows: tuple[PlanRow, ...]

    @property
    def covered(self) -> int:
        """Count who was inspected at least once this year."""
        return sum(row.done > 0 for row in self.rows)

    @property
    def left(self) -> int:
        """Count the inspections that are left."""
        return sum(row.left for row in self.rows)


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
        """Return the plan of a year with everybody it is about, the most urgent first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return plan_of(session, self.office, year, by)

    def export(self, year: int, target: Path, *, by: Actor) -> int:
        """Write the plan of a year as a workbook: who, how often, how far, by when."""
        require(by, Right.EXPORT)
        with replacing(target) as path:
            with self.office.db.reading() as session:
                plan = plan_of(session, self.office, year, by)
            profile = self.office.profile
            sender = Sender(profile.office, by.name, "", self.office.clock.today())
            title = f"{profile.township}{year}年度食品“三小”监督检查和抽检计划"
            lines = [_line(row, profile.trade(row.kind).short_label) for row in plan.rows]
            write_tables([plan_table(title, sender, lines)], path, made_at=self.office.clock.now())
            with self.office.db.writing(self.office.act(by, "export")) as session:
                session.trail.note("YearPlan", year, {"rows": len(lines), "file": target.name})
        return len(lines)

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
    times = _times(office, plan)
    kinds = tuple(plan.kinds) if plan is not None else ()
    chosen = members(session, office, Scope(kinds=kinds), by, is_inspected())
    visits = inspected_in(session, date(year, 1, 1), date(year, 12, 31), in_scope(by))
    samples = _samples(session, by, year)
    rows = [_row(one, plan, year, times, visits.get(one.id, ()), samples.get(one.id, 0)) for one in chosen]
    rows.sort(key=lambda row: (row.due_on is None, row.due_on or date.max, row.archive_number))
    return PlanDetail(
        year=year,
        decided_on=plan.decided_on if plan else None,
        decided_by=plan.entered_by if plan else "",
        version=plan.version if plan else 0,
        kinds=kinds,
        times=times,
        note=plan.note if plan else "",
        rows=tuple(rows),
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
        .where(Inspection.mode.in_(_COUNTED), Inspection.inspected_on.between(first, last), *conditions)
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


def _samples(session: Session, by: Actor, year: int) -> Mapping[int, int]:
    query = (
        select(Sampling.establishment_id)
        .join(Establishment, Sampling.establishment_id == Establishment.id)
        .where(in_scope(by), Sampling.sampled_on.between(date(year, 1, 1), date(year, 12, 31)))
    )
    return Counter(session.scalars(query))


def _row(
    one: InScope, plan: YearPlan | None, year: int, times: PlanTimes, visits: Iterable[date], samples: int
) -> PlanRow:
    days = tuple(visits)
    inspections, samplings = times.of(one.risk.level.code)
    since = max(filter(None, (plan.decided_on if plan else None, one.surveyed_on)), default=date(year, 1, 1))
    stands = standing(year, inspections if plan else 0, since, days)
    return PlanRow(
        establishment_id=one.id,
        archive_number=one.archive_number,
        kind=one.kind,
        title=one.title,
        operator_name=one.operator_name,
        village=one.village,
        address=one.address,
        risk=one.risk,
        wanted=stands.wanted,
        done=stands.done,
        due_on=stands.due_on,
        last_on=days[-1] if days else None,
        samples_wanted=samplings if plan else 0,
        samples_done=samples,
    )


def _line(row: PlanRow, kind: str) -> PlanLine:
    return PlanLine(
        archive_number=row.archive_number,
        kind=kind,
        name=row.title,
        operator_name=row.operator_name,
        village=row.village,
        level=row.risk.level.label,
        reasons=row.risk.reasons,
        wanted=row.wanted,
        done=row.done,
        due_on=row.due_on,
        last_on=row.last_on,
        samples_wanted=row.samples_wanted,
        samples_done=row.samples_done,
    )
