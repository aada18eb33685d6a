"""What counts towards a campaign: who was visited in its days, what was found, ordered and closed out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import Route, Stage
from desktop.domain.paper_life import PaperAct
from desktop.domain.rectification import ShutdownKind
from desktop.domain.scope import Scope
from desktop.models.establishment import Establishment
from desktop.models.rectification import (
    Finding,
    RectificationCase,
    RectificationOrder,
    ShutdownDecision,
)
from desktop.models.registration import Paper
from desktop.services.leafing import in_scope
from desktop.services.open_office import OpenOffice
from desktop.services.scoping import InScope, members
from desktop.services.year_plans import inspected_in

_OPEN = [str(stage) for stage in Stage if stage.is_open]


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One establishment of a campaign: when it was visited, what is still open, on which route it stands."""

    establishment_id: int
    archive_number: str
    kind: str
    title: str
    operator_name: str
    village: str
    address: str
    visited_on: date | None
    open_count: int
    is_trading: bool
    is_registered: bool
    route: Route

    @property
    def is_left(self) -> bool:
        """True where it trades and was not visited in the days of the campaign."""
        return self.is_trading and self.visited_on is None

    @property
    def is_undecided(self) -> bool:
        """True where it trades unregistered and stands on none of the three routes."""
        return self.is_trading and not self.is_registered and self.route is Route.UNDECIDED


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """The figures of a campaign; 户 is counted by establishments, 户次 by visits."""

    total: int
    covered: int
    visits: int
    findings: int
    orders: int
    closed_out: int
    open: int
    registered: int
    closed: int
    shut_down: int
    undecided: int

    @property
    def lines(self) -> tuple[tuple[str, str, int], ...]:
        """Return each figure with its word and its unit."""
        return (
            ("范围内", "户", self.total),
            ("已检查", "户", self.covered),
            ("检查", "户次", self.visits),
            ("查出问题", "个", self.findings),
            ("下达整改文书", "份", self.orders),
            ("销号", "件", self.closed_out),
            ("未销号", "件", self.open),
            ("新发证（卡）", "户", self.registered),
            ("核实关停", "户", self.closed),
            ("取缔", "户", self.shut_down),
            ("未定处置意见", "户", self.undecided),
        )


def rows_of(
    session: Session, office: OpenOffice, scope: Scope, by: Actor, first: date, last: date
) -> tuple[tuple[CampaignRow, ...], CampaignCounts]:
    """Return who a campaign is about, and its figures, between its first and its last day.

    Who has closed since belongs to it where something was done about it in those days.
    """
    visits = inspected_in(session, first, last, in_scope(by))
    closings = _ids(session, by, ShutdownDecision.establishment_id, ShutdownDecision.decided_on, first, last)
    open_cases = _counted(
        session.scalars(
            _about(RectificationCase.establishment_id, by).where(RectificationCase.stage.in_(_OPEN))
        )
    )
    everybody = members(session, office, scope, by)
    rows = tuple(
        _row(one, visits.get(one.id, ()), open_cases.get(one.id, 0))
        for one in everybody
        if one.is_trading or one.id in visits or one.id in closings
    )
    known = {row.establishment_id for row in rows}

    def count(whose: Iterable[int]) -> int:
        return sum(one in known for one in whose)

    orders = (
        _about(RectificationCase.establishment_id, by)
        .join(RectificationOrder, RectificationOrder.case_id == RectificationCase.id)
        .where(RectificationOrder.ordered_on.between(first, last))
    )
    issued = _about(Paper.establishment_id, by).where(
        Paper.act == PaperAct.ISSUE, Paper.issued_on.between(first, last)
    )
    closed = _about(ShutdownDecision.establishment_id, by).where(
        ShutdownDecision.decided_on.between(first, last)
    )
    found_ids = _ids(session, by, Finding.establishment_id, Finding.found_on, first, last)
    case = RectificationCase
    out_ids = _ids(session, by, case.establishment_id, case.closed_out_on, first, last)
    counts = CampaignCounts(
        total=len(rows),
        covered=sum(row.visited_on is not None for row in rows),
        visits=sum(len(days) for one, days in visits.items() if one in known),
        findings=count(found_ids),
        orders=count(session.scalars(orders)),
        closed_out=count(out_ids),
        open=sum(row.open_count for row in rows),
        registered=count(set(session.scalars(issued))),
        closed=count(set(session.scalars(closed.where(ShutdownDecision.kind == ShutdownKind.VERIFIED)))),
        shut_down=count(set(session.scalars(closed.where(ShutdownDecision.kind == ShutdownKind.FORCED)))),
        undecided=sum(row.is_undecided for row in rows),
    )
    return rows, counts


def _row(one: InScope, visits: Iterable[date], open_count: int) -> CampaignRow:
    days = tuple(visits)
    return CampaignRow(
        establishment_id=one.id,
        archive_number=one.archive_number,
        kind=one.kind,
        title=one.title,
        operator_name=one.operator_name,
        village=one.village,
        address=one.address,
        visited_on=days[0] if days else None,
        open_count=open_count,
        is_trading=one.is_trading,
        is_registered=one.is_registered,
        route=one.route,
    )


def _about(whose: InstrumentedAttribute[int], by: Actor) -> Select[int]:
    """Ask about whom something is, among those that a person may see."""
    return select(whose).join(Establishment, whose == Establishment.id).where(in_scope(by))


def _ids(
    session: Session,
    by: Actor,
    whose: InstrumentedAttribute[int],
    day: InstrumentedAttribute[Any],
    first: date,
    last: date,
) -> list[int]:
    """Return about whom each was that happened between two days; one may stand there several times."""
    return list(session.scalars(_about(whose, by).where(day.between(first, last))))


def _counted(ids: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for one in ids:
        counts[one] = counts.get(one, 0) + 1
    return counts
