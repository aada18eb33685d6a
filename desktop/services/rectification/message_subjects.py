"""Which cases and papers people are to be told of: one question to the register for each occasion."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.messages import Occasion
from desktop.domain.wall import WallFilters
from desktop.models.establishment import Establishment
from desktop.models.messages import MessageEntry
from desktop.models.office import Village
from desktop.models.rectification import RectificationCase
from desktop.models.registration import Paper, PaperCollection
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.deadlines import concerns, runs_out
from desktop.services.registration.paper_collections import first_prints, lasts
from desktop.services.rights import village_scope


@dataclass(frozen=True, slots=True)
class Subjects:
    """A question for the subjects of an occasion: each with its number, its day, whose it is, the village."""

    id: InstrumentedAttribute[int]
    query: Select[*tuple[Any, ...]]


def subjects(office: OpenOffice, occasion: Occasion, filters: WallFilters, by: Actor) -> Subjects:
    """Ask for those of a person's villages that the filters let through, who was not told yet first.

    What was found and by whom is asked of cases; nobody found anything about a paper.
    """
    match occasion:
        case Occasion.DUE:
            asked = _due(office, filters)
        case Occasion.EXPIRING:
            asked = _expiring(office)
        case Occasion.COLLECT:
            asked = _to_collect(office)
    query, (subject_id, _, on) = asked.query, asked.query.selected_columns
    was_told = exists().where(MessageEntry.occasion == occasion, MessageEntry.subject_id == asked.id)
    query = query.add_columns(Establishment, Village.name).join(Village).where(*_wanted(filters, by))
    return Subjects(asked.id, query.order_by(was_told, on, subject_id))


def _due(office: OpenOffice, filters: WallFilters) -> Subjects:
    case = RectificationCase
    query = select(case.id, literal(""), case.due_on)
    query = query.join(Establishment, case.establishment_id == Establishment.id)
    return Subjects(case.id, query.where(*runs_out(office, office.clock.today()), *concerns(filters)))


def _expiring(office: OpenOffice) -> Subjects:
    """Ask for papers that expire within the days that the rule pack names for their trade."""
    today = office.clock.today()
    soon = [
        and_(Paper.kind == trade.code, Paper.valid_until <= today + timedelta(days=trade.paper.expiring_days))
        for trade in office.profile.trades
    ]
    query = select(Paper.id, Paper.number, Paper.valid_until)
    query = query.join(Establishment, Paper.establishment_id == Establishment.id)
    is_good = (Paper.status == PaperStatus.VALID, Paper.valid_until >= today)
    return Subjects(Paper.id, query.where(*is_good, or_(*soon)))


def _to_collect(office: OpenOffice) -> Subjects:
    printed = first_prints()
    is_taken = exists().where(PaperCollection.paper_id == Paper.id)
    query = select(Paper.id, Paper.number, printed.c.printed_on).join(printed, printed.c.paper_id == Paper.id)
    query = query.join(Establishment, Paper.establishment_id == Establishment.id)
    return Subjects(Paper.id, query.where(~is_taken, lasts(office)))


def _wanted(filters: WallFilters, by: Actor) -> list[ColumnElement[bool]]:
    scope = village_scope(by)
    wanted = [] if scope is None else [Establishment.village_id == scope]
    if filters.kinds:
        wanted.append(Establishment.kind.in_(filters.kinds))
    if filters.village_ids:
        wanted.append(Establishment.village_id.in_(filters.village_ids))
    return wanted
