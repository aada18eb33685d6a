"""Who is still to be seen to: whoever must close, and whoever is to be looked back at (回头看)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus, Route
from desktop.domain.rectification import FollowUp, LookBackOutcome, ShutdownKind
from desktop.domain.wall import WallFilters
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.rectification import LookBack, ShutdownDecision
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.wall import CARDS
from desktop.services.register.leafing import in_scope
from desktop.services.rights import Right, require

_ENDED = [str(status) for status in OperatingStatus if status.has_ended]


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One establishment on a list; ``close_by`` is when it must have closed, where that was ordered."""

    establishment_id: int
    kind: str
    title: str
    operator_name: str
    village: str
    follow_up: FollowUp
    close_by: date | None
    looked_on: date | None
    outcome: LookBackOutcome | None


@dataclass(frozen=True, slots=True)
class FollowUpBoard:
    """The beginning of each list, and how long each is."""

    rows: Mapping[FollowUp, tuple[FollowUpRow, ...]]
    counts: Mapping[FollowUp, int]


class FollowUps:
    """Questions about what comes after: closing down, and looking back."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def board(self, filters: WallFilters, *, by: Actor) -> FollowUpBoard:
        """Return the beginning of each list and the counts of all."""
        counts = self.counts(filters, by=by)
        rows = {one: self.rows(one, filters, by=by) if counts[one] else () for one in FollowUp}
        return FollowUpBoard(rows, counts)

    def counts(self, filters: WallFilters, *, by: Actor) -> Mapping[FollowUp, int]:
        """Return how many establishments stand on each list."""
        require(by, Right.SEE)
        counted = [func.sum(case((_on_list(one), 1), else_=0)) for one in FollowUp]
        query = select(*counted).select_from(Establishment).where(*_conditions(filters, by))
        with self.office.db.reading() as session:
            found = session.execute(query).one()
            return {one: found[place] or 0 for place, one in enumerate(FollowUp)}

    def rows(
        self, follow_up: FollowUp, filters: WallFilters, *, by: Actor, offset: int = 0, limit: int = CARDS
    ) -> tuple[FollowUpRow, ...]:
        """Return one page of a list: who must close soonest, or was looked back at never or long ago."""
        require(by, Right.SEE)
        query = _joined(follow_up).where(_on_list(follow_up), *_conditions(filters, by))
        with self.office.db.reading() as session:
            return tuple(
                FollowUpRow(
                    establishment_id=one.id,
                    kind=one.kind,
                    title=called(one.name, one.operator_name, one.products),
                    operator_name=one.operator_name,
                    village=one.village,
                    follow_up=follow_up,
                    close_by=one.close_by if follow_up is FollowUp.CLOSING else None,
                    looked_on=one.looked_on,
                    outcome=LookBackOutcome(one.outcome) if one.outcome else None,
                )
                for one in session.execute(query.offset(offset).limit(limit))
            )


def _on_list(follow_up: FollowUp) -> ColumnElement[bool]:
    """Say in SQL who stands on a list; nobody stands on two."""
    status = Establishment.operating_status
    is_at_work = and_(status.not_in(_ENDED), status != OperatingStatus.CLOSING)
    must_close = Establishment.route == Route.CLOSE_BY_DATE
    match follow_up:
        case FollowUp.TO_CLOSE:
            return and_(must_close, is_at_work)
        case FollowUp.CLOSING:
            return status == OperatingStatus.CLOSING
        case FollowUp.REGISTERED:
            is_registered = Establishment.registration_status == RegistrationStatus.REGISTERED
            return and_(is_registered, is_at_work, ~must_close)
        case FollowUp.CLOSED:
            return status == OperatingStatus.CLOSED
        case FollowUp.SHUT_DOWN:
            return status == OperatingStatus.SHUT_DOWN


def _conditions(filters: WallFilters, by: Actor) -> list[ColumnElement[bool]]:
    conditions = [in_scope(by)]
    if filters.kinds:
        conditions.append(Establishment.kind.in_(filters.kinds))
    if filters.village_ids:
        conditions.append(Establishment.village_id.in_(filters.village_ids))
    return conditions


def _joined(follow_up: FollowUp) -> Select[Any]:
    looked = select(LookBack.establishment_id, func.max(LookBack.id).label("id"))
    looked_last = looked.group_by(LookBack.establishment_id).subquery()
    ordered = select(ShutdownDecision.establishment_id, func.max(ShutdownDecision.id).label("id"))
    ordered = ordered.where(ShutdownDecision.kind == ShutdownKind.ORDERED)
    ordered_last = ordered.group_by(ShutdownDecision.establishment_id).subquery()
    columns: list[Any] = [
        Establishment.id,
        Establishment.kind,
        Establishment.name,
        Establishment.operator_name,
        Establishment.products,
        Village.name.label("village"),
        ShutdownDecision.close_by,
        LookBack.looked_on,
        LookBack.outcome,
    ]
    query = (
        select(*columns)
        .select_from(Establishment)
        .join(Village, Village.id == Establishment.village_id)
        .outerjoin(looked_last, looked_last.c.establishment_id == Establishment.id)
        .outerjoin(LookBack, LookBack.id == looked_last.c.id)
        .outerjoin(ordered_last, ordered_last.c.establishment_id == Establishment.id)
        .outerjoin(ShutdownDecision, ShutdownDecision.id == ordered_last.c.id)
    )
    first = ShutdownDecision.close_by if follow_up is FollowUp.CLOSING else LookBack.looked_on
    return query.order_by(first.is_not(None), first, Establishment.id)
