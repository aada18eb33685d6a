"""Who was drawn, and what became of it: a visit of the draw's purpose on or after its day ticks one off.

An inspection that met trading again who had closed has looked back, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session, defer

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.draws import DrawPurpose
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.rectification import InspectionMode, LookBackOutcome
from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.models.office import Village
from desktop.models.planning import DrawnEstablishment, RandomDraw
from desktop.models.rectification import Finding, Inspection, LookBack
from desktop.services.planning.scoping import ENDED, is_inspected
from desktop.services.register.leafing import in_scope

PAGE = 200
"""How many of a draw are asked for at once."""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One that was drawn; ``is_left`` where it is still to be visited."""

    draw_id: int
    draw_title: str
    purpose: DrawPurpose
    drawn_on: date
    place: int
    establishment_id: int
    archive_number: str
    kind: str
    title: str
    operator_name: str
    village: str
    address: str
    inspectors: tuple[str, ...]
    done_on: date | None
    result: str
    is_left: bool


@dataclass(frozen=True, slots=True)
class _Visit:
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class DrawnCounts:
    """How far a draw has come."""

    total: int = 0
    done: int = 0
    left: int = 0


def drawn_rows(
    session: Session,
    by: Actor,
    *which: ColumnElement[bool],
    offset: int = 0,
    limit: int | None = PAGE,
) -> tuple[DrawnRow, ...]:
    """Return a page of who was drawn, draw by draw in the order of each."""
    query = (
        select(DrawnEstablishment, RandomDraw, Establishment, Village.name, is_left())
        .join(RandomDraw, DrawnEstablishment.draw_id == RandomDraw.id)
        .join(Establishment, DrawnEstablishment.establishment_id == Establishment.id)
        .join(Village, Establishment.village_id == Village.id)
        .where(in_scope(by), *which)
        .order_by(RandomDraw.drawn_on, RandomDraw.id, DrawnEstablishment.place)
        .options(defer(RandomDraw.candidates), defer(RandomDraw.kept_away))
    )
    found = session.execute(query.offset(offset).limit(limit)).all()
    ids = sorted({one.establishment_id for one, *_ in found})
    inspected, looked_at = _inspections(session, ids), _look_backs(session, ids)
    rows = []
    for one, record, establishment, village, has_to_be_visited in found:
        purpose = DrawPurpose(record.purpose)
        visits = inspected if purpose is DrawPurpose.INSPECTION else looked_at
        since = [visit for visit in visits.get(one.establishment_id, ()) if visit.on >= record.drawn_on]
        status = OperatingStatus(establishment.operating_status)
        rows.append(
            DrawnRow(
                draw_id=record.id,
                draw_title=record.title,
                purpose=purpose,
                drawn_on=record.drawn_on,
                place=one.place,
                establishment_id=establishment.id,
                archive_number=one.archive_number,
                kind=establishment.kind,
                title=called(establishment.name, establishment.operator_name, establishment.products),
                operator_name=establishment.operator_name,
                village=village,
                address=establishment.address,
                inspectors=tuple(one.inspectors),
                done_on=since[0].on if since else None,
                result=since[0].words if since else "" if has_to_be_visited else status.label,
                is_left=has_to_be_visited,
            )
        )
    return tuple(rows)


def drawn_counts(session: Session, by: Actor, *which: ColumnElement[bool]) -> Mapping[int, DrawnCounts]:
    """Return how far each draw has come of which this person may see something."""
    query = (
        select(
            DrawnEstablishment.draw_id,
            func.count(),
            func.sum(case((_is_done(), 1), else_=0)),
            func.sum(case((is_left(), 1), else_=0)),
        )
        .join(RandomDraw, DrawnEstablishment.draw_id == RandomDraw.id)
        .join(Establishment, DrawnEstablishment.establishment_id == Establishment.id)
        .where(in_scope(by), *which)
        .group_by(DrawnEstablishment.draw_id)
    )
    return {draw: DrawnCounts(total, done, left) for draw, total, done, left in session.execute(query)}


def count_left(session: Session, *who: ColumnElement[bool]) -> int:
    """Count who was drawn and is still to be visited; who was drawn twice counts twice."""
    query = (
        select(func.count())
        .select_from(DrawnEstablishment)
        .join(RandomDraw, DrawnEstablishment.draw_id == RandomDraw.id)
        .join(Establishment, DrawnEstablishment.establishment_id == Establishment.id)
    )
    return session.scalar(query.where(is_left(), *who)) or 0


def is_left() -> ColumnElement[bool]:
    """Say in SQL that one who was drawn is still to be visited: not seen since, and not gone."""
    has_gone = and_(RandomDraw.purpose == DrawPurpose.INSPECTION, ~is_inspected())
    return and_(not_(_is_done()), not_(has_gone))


def _is_done() -> ColumnElement[bool]:
    inspected = (
        select(Inspection.id)
        .where(
            Inspection.establishment_id == DrawnEstablishment.establishment_id,
            Inspection.mode == InspectionMode.RANDOM,
            Inspection.inspected_on >= RandomDraw.drawn_on,
        )
        .correlate(DrawnEstablishment, RandomDraw)
        .exists()
    )
    looked_at = (
        select(LookBack.id)
        .where(
            LookBack.establishment_id == DrawnEstablishment.establishment_id,
            LookBack.looked_on >= RandomDraw.drawn_on,
        )
        .correlate(DrawnEstablishment, RandomDraw)
        .exists()
    )
    met_again = (
        _met_again(select(Inspection.id))
        .where(
            Inspection.establishment_id == DrawnEstablishment.establishment_id,
            Inspection.inspected_on >= RandomDraw.drawn_on,
        )
        .correlate(DrawnEstablishment, RandomDraw)
        .exists()
    )
    return or_(
        and_(RandomDraw.purpose == DrawPurpose.INSPECTION, inspected),
        and_(RandomDraw.purpose == DrawPurpose.LOOK_BACK, or_(looked_at, met_again)),
    )


def _met_again(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Ask for the inspections of a day on which who had closed was put down as trading again."""
    return query.join(
        EstablishmentChange, EstablishmentChange.establishment_id == Inspection.establishment_id
    ).where(
        EstablishmentChange.change == "status",
        EstablishmentChange.old_value.in_(ENDED),
        EstablishmentChange.changed_on == Inspection.inspected_on,
    )


def _inspections(session: Session, ids: Sequence[int]) -> Mapping[int, list[_Visit]]:
    query = (
        select(Inspection.establishment_id, Inspection.inspected_on, func.count(Finding.id).label("findings"))
        .outerjoin(Finding, Finding.inspection_id == Inspection.id)
        .where(Inspection.mode == InspectionMode.RANDOM, Inspection.establishment_id.in_(ids))
        .group_by(Inspection.id, Inspection.establishment_id, Inspection.inspected_on)
        .order_by(Inspection.inspected_on, Inspection.id)
    )
    visits: dict[int, list[_Visit]] = {}
    for whose, on, count in session.execute(query):
        words = f"查出 {count} 项问题" if count else "没有查出问题"
        visits.setdefault(whose, []).append(_Visit(on, words))
    return visits


def _look_backs(session: Session, ids: Sequence[int]) -> Mapping[int, list[_Visit]]:
    query = select(LookBack.establishment_id, LookBack.looked_on, LookBack.outcome)
    query = query.where(LookBack.establishment_id.in_(ids)).order_by(LookBack.looked_on, LookBack.id)
    visits: dict[int, list[_Visit]] = {}
    for whose, on, outcome in session.execute(query):
        visits.setdefault(whose, []).append(_Visit(on, LookBackOutcome(outcome).label))
    met = _met_again(select(Inspection.establishment_id, Inspection.inspected_on))
    for whose, on in session.execute(met.where(Inspection.establishment_id.in_(ids))):
        visits.setdefault(whose, []).append(_Visit(on, "检查时又在经营"))
    return {whose: sorted(several, key=attrgetter("on")) for whose, several in visits.items()}
