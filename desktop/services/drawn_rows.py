"""Who was drawn, and what became of it: a visit of the draw's purpose on or after its day ticks one off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.act import Actor
from desktop.domain.draws import DrawPurpose
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.rectification import InspectionMode, LookBackOutcome
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.planning import DrawnEstablishment, RandomDraw
from desktop.models.rectification import Finding, Inspection, LookBack
from desktop.services.establishments import called
from desktop.services.leafing import in_scope
from desktop.services.open_office import OpenOffice

_NAMED = 900
"""So many ids are named in one query; more are asked for without naming them."""


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


def drawn_rows(
    session: Session, office: OpenOffice, by: Actor, draw_id: int | None = None
) -> tuple[DrawnRow, ...]:
    """Return who was drawn, of one draw or of all, draw by draw in the order of each."""
    query = (
        select(DrawnEstablishment, RandomDraw, Establishment, Village.name)
        .join(RandomDraw, DrawnEstablishment.draw_id == RandomDraw.id)
        .join(Establishment, DrawnEstablishment.establishment_id == Establishment.id)
        .join(Village, Establishment.village_id == Village.id)
        .where(in_scope(by))
        .order_by(RandomDraw.drawn_on, RandomDraw.id, DrawnEstablishment.place)
    )
    if draw_id is not None:
        query = query.where(RandomDraw.id == draw_id)
    found = session.execute(query).all()
    ids = sorted({one.establishment_id for one, *_ in found})
    inspected, looked_at = _inspections(session, ids), _look_backs(session, ids)
    rows = []
    for one, record, establishment, village in found:
        purpose = DrawPurpose(record.purpose)
        visits = inspected if purpose is DrawPurpose.INSPECTION else looked_at
        since = [visit for visit in visits.get(one.establishment_id, ()) if visit.on >= record.drawn_on]
        status = OperatingStatus(establishment.operating_status)
        has_gone = purpose is DrawPurpose.INSPECTION and not status.is_trading
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
                result=since[0].words if since else status.label if has_gone else "",
                is_left=not since and not has_gone,
            )
        )
    return tuple(rows)


def _inspections(session: Session, ids: Sequence[int]) -> Mapping[int, list[_Visit]]:
    query = (
        select(Inspection.establishment_id, Inspection.inspected_on, func.count(Finding.id).label("findings"))
        .outerjoin(Finding, Finding.inspection_id == Inspection.id)
        .where(Inspection.mode == InspectionMode.RANDOM)
        .group_by(Inspection.id, Inspection.establishment_id, Inspection.inspected_on)
        .order_by(Inspection.inspected_on, Inspection.id)
    )
    visits: dict[int, list[_Visit]] = {}
    for whose, on, count in session.execute(query.where(_among(Inspection.establishment_id, ids))):
        words = f"查出 {count} 项问题" if count else "没有查出问题"
        visits.setdefault(whose, []).append(_Visit(on, words))
    return visits


def _look_backs(session: Session, ids: Sequence[int]) -> Mapping[int, list[_Visit]]:
    query = select(LookBack.establishment_id, LookBack.looked_on, LookBack.outcome)
    query = query.order_by(LookBack.looked_on, LookBack.id)
    visits: dict[int, list[_Visit]] = {}
    for whose, on, outcome in session.execute(query.where(_among(LookBack.establishment_id, ids))):
        visits.setdefault(whose, []).append(_Visit(on, LookBackOutcome(outcome).label))
    return visits


def _among(column: InstrumentedAttribute[int], ids: Sequence[int]) -> ColumnElement[bool]:
    return column.in_(ids) if len(ids) <= _NAMED else column > 0
