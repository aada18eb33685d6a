"""What counts towards a campaign: who was visited in its days, what was found, ordered and closed out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, ColumnElement, ScalarSelect, and_, case, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import RegistrationStatus, Route, Stage
from desktop.domain.paper_life import PaperAct
from desktop.domain.rectification import ShutdownKind
from desktop.domain.scope import Scope
from desktop.models.establishment import Establishment
from desktop.models.rectification import (
    Finding,
    Inspection,
    RectificationCase,
    RectificationOrder,
    ShutdownDecision,
)
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.services.planning.plan_standings import COUNTED
from desktop.services.planning.risk_levels import once
from desktop.services.planning.scoping import InScope, is_in, is_inspected, lines_of

PAGE = 200
"""How many rows of a campaign are asked for at once."""

_BATCH = 1_000
_OPEN = [str(stage) for stage in Stage if stage.is_open]


class CampaignShows(StrEnum):
    """Which part of a campaign: who was not visited yet, who stands on no route, or everybody."""

    LEFT = "left"
    UNDECIDED = "undecided"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One establishment of a campaign: when it was visited, how much is still open."""

    who: InScope
    visited_on: date | None
    open_count: int

    @property
    def is_left(self) -> bool:
        """True where it trades and was not visited in the days of the campaign."""
        return self.who.is_trading and self.visited_on is None

    @property
    def is_undecided(self) -> bool:
        """True where it trades unregistered and stands on none of the three routes."""
        return self.who.is_trading and not self.who.is_registered and self.who.route is Route.UNDECIDED


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """The figures of a campaign; 户 is counted by establishments, 户次 by visits."""

    total: int
    covered: int
    left: int
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
            ("还没检查", "户", self.left),
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


@dataclass(frozen=True, slots=True)
class CampaignQuestion:
    """Whom a campaign is about, between its first and its last day, as one person may see it.

    Who has closed since belongs to it where something was done about it in those days.
    """

    office: OpenOffice
    scope: Scope
    by: Actor
    first: date
    last: date

    def counts(self, session: Session) -> CampaignCounts:
        """Return its figures; the database works out once whom it is about."""
        members = self._members()
        case_is_open = RectificationCase.stage.in_(_OPEN)
        closed = self._in_days(ShutdownDecision.decided_on)
        answered = session.execute(
            select(
                func.count(),
                _sum(members.c.is_visited == 1),
                _sum(_is_left(members)),
                _many(Inspection, members, self._is_visit()),
                _many(Finding, members, self._in_days(Finding.found_on)),
                self._orders(members),
                _many(RectificationCase, members, self._in_days(RectificationCase.closed_out_on)),
                _many(RectificationCase, members, case_is_open),
                _many(Paper, members, Paper.act == PaperAct.ISSUE, self._in_days(Paper.issued_on), each=True),
                _many(ShutdownDecision, members, closed, _is(ShutdownKind.VERIFIED), each=True),
                _many(ShutdownDecision, members, closed, _is(ShutdownKind.FORCED), each=True),
                _sum(_is_undecided(members)),
            ).select_from(members)
        ).one()
        return CampaignCounts(*(number or 0 for number in answered))

    def count(self, session: Session, shows: CampaignShows, *who: ColumnElement[bool]) -> int:
        """Count a part of it."""
        members = self._members(*who)
        return session.scalar(select(func.count()).select_from(members).where(*_part(members, shows))) or 0

    def ids(self, session: Session, shows: CampaignShows) -> tuple[int, ...]:
        """Return who belongs to a part of it, by their archive numbers."""
        members = self._members()
        query = select(members.c.id).where(*_part(members, shows)).order_by(members.c.archive_number)
        return tuple(session.scalars(query))

    def rows(
        self,
        session: Session,
        shows: CampaignShows,
        *who: ColumnElement[bool],
        offset: int = 0,
        limit: int | None = PAGE,
    ) -> Iterator[CampaignRow]:
        """Return rows of it as they are read, by their archive numbers; never everybody at once."""
        members = self._members(*who)
        query = select(members.c.id).where(*_part(members, shows)).order_by(members.c.archive_number)
        query = query.offset(offset).limit(limit).execution_options(yield_per=_BATCH)
        for page in session.execute(query).partitions():
            ids = [one.id for one in page]
            known = lines_of(session, ids)
            visited, open_cases = self._first_visits(session, ids), _open_cases(session, ids)
            for one in ids:
                yield CampaignRow(known[one], visited.get(one), open_cases.get(one, 0))

    def _members(self, *who: ColumnElement[bool]) -> CTE:
        whose = Establishment.id
        visited = select(Inspection.id).where(Inspection.establishment_id == whose, self._is_visit())
        closed = select(ShutdownDecision.id).where(
            ShutdownDecision.establishment_id == whose, self._in_days(ShutdownDecision.decided_on)
        )
        belongs = or_(is_inspected(), visited.exists(), closed.exists())
        registered = Establishment.registration_status == RegistrationStatus.REGISTERED
        # Else whoever is found out would leave the campaign by the higher level that follows from it.
        begun = min(self.first, self.office.clock.today())
        return once(
            select(
                whose,
                Establishment.archive_number,
                Establishment.route,
                _flag(is_inspected()).label("is_trading"),
                _flag(registered).label("is_registered"),
                _flag(visited.exists()).label("is_visited"),
            ).where(is_in(self.office, self.scope, self.by, belongs, *who, before=begun)),
            "members",
        )

    def _is_visit(self) -> ColumnElement[bool]:
        return and_(Inspection.mode.in_(COUNTED), self._in_days(Inspection.inspected_on))

    def _in_days(self, day: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column, empty or not
        within: ColumnElement[bool] = day.between(self.first, self.last)
        return within

    def _orders(self, members: CTE) -> ScalarSelect[int]:
        return (
            select(func.count(RectificationOrder.id))
            .join(RectificationCase, RectificationOrder.case_id == RectificationCase.id)
            .where(
                RectificationCase.establishment_id.in_(select(members.c.id)),
                self._in_days(RectificationOrder.ordered_on),
            )
            .scalar_subquery()
        )

    def _first_visits(self, session: Session, ids: list[int]) -> dict[int, date]:
        query = (
            select(Inspection.establishment_id, func.min(Inspection.inspected_on))
            .where(Inspection.establishment_id.in_(ids), self._is_visit())
            .group_by(Inspection.establishment_id)
        )
        return {one[0]: one[1] for one in session.execute(query)}


def _part(members: CTE, shows: CampaignShows) -> list[ColumnElement[bool]]:
    if shows is CampaignShows.LEFT:
        return [_is_left(members)]
    return [_is_undecided(members)] if shows is CampaignShows.UNDECIDED else []


def _is_left(members: CTE) -> ColumnElement[bool]:
    return and_(members.c.is_trading == 1, members.c.is_visited == 0)


def _is_undecided(members: CTE) -> ColumnElement[bool]:
    return and_(members.c.is_trading == 1, members.c.is_registered == 0, members.c.route == Route.UNDECIDED)


def _is(kind: ShutdownKind) -> ColumnElement[bool]:
    return ShutdownDecision.kind == kind


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(_flag(condition))


def _many(
    mapped: Any,  # noqa: ANN401 - a mapped class
    members: CTE,
    *conditions: ColumnElement[bool],
    each: bool = False,
) -> ScalarSelect[int]:
    """Count what is about somebody of a campaign; with ``each``, about how many."""
    counted = mapped.establishment_id.distinct() if each else mapped.id
    query = select(func.count(counted)).where(mapped.establishment_id.in_(select(members.c.id)), *conditions)
    return query.scalar_subquery()


def _open_cases(session: Session, ids: list[int]) -> dict[int, int]:
    query = (
        select(RectificationCase.establishment_id, func.count())
        .where(RectificationCase.establishment_id.in_(ids), RectificationCase.stage.in_(_OPEN))
        .group_by(RectificationCase.establishment_id)
    )
    return {one[0]: one[1] for one in session.execute(query)}
