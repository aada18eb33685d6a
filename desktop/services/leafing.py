"""Leafing through the register: which part, in which order, and how a far page is reached at once."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.profile import Profile
from desktop.domain.search_keys import ranges_for
from desktop.errors import UserError
from desktop.models.establishment import Establishment, SearchKey
from desktop.models.rectification import RectificationCase
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.services.rights import village_scope

ANCHOR_STEP = 1_000
"""Rows between two anchors: the most that a far page has to walk."""


class Sort(StrEnum):
    """The orders in which the register can be leafed through."""

    ARCHIVE = "archive"
    NAME = "name"
    VILLAGE = "village"
    SURVEYED = "surveyed"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the register is wanted; an empty one is all of it.

    ``statuses`` are codes of several dimensions that must all hold, such as registered and expired.
    """

    kind: str | None = None
    village_id: int | None = None
    status: str | None = None
    route: str | None = None
    search: str = ""
    statuses: tuple[str, ...] = ()
    rectification: Stage | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """How long a list is, and the keys of every thousandth of its rows.

    With it a page far down is reached by its key; without it the database would walk there row by row.
    It is a hint: rows that come or go meanwhile shift a page by as many lines until it is asked anew.
    """

    total: int
    anchors: tuple[tuple[Any, ...], ...] = ()

    def before(self, offset: int) -> tuple[tuple[Any, ...], int] | None:
        """Return the key at or before a line, and how many lines to go from there."""
        number = min(offset // ANCHOR_STEP, len(self.anchors)) - 1
        return (self.anchors[number], offset - (number + 1) * ANCHOR_STEP) if number >= 0 else None


def chosen(query: Select[Any], filters: Filters, by: Actor, office: OpenOffice) -> Select[Any]:
    """Narrow a query over establishments to what the filters and the person's villages allow."""
    scope = village_scope(by)
    if scope is not None:
        query = query.where(Establishment.village_id == scope)
    if filters.kind:
        query = query.where(Establishment.kind == filters.kind)
    if filters.village_id is not None:
        query = query.where(Establishment.village_id == filters.village_id)
    if filters.route:
        query = query.where(Establishment.route == filters.route)
    for code in filter(None, (filters.status, *filters.statuses)):
        query = query.where(_has_status(code, office))
    if filters.rectification is not None:
        at_stage = select(RectificationCase.establishment_id).where(
            RectificationCase.stage == filters.rectification
        )
        query = query.where(Establishment.id.in_(at_stage))
    if filters.search.strip():
        query = query.where(Establishment.id.in_(_matching(filters.search)))
    return query


def far_page(
    ids: Select[Any], sort: Sort, *, is_descending: bool, offset: int, limit: int, outline: Outline | None
) -> Select[Any]:
    """Narrow a query over establishments to one page of it."""
    ordered = ids.order_by(*_order(sort, is_descending=is_descending))
    start = outline.before(offset) if outline is not None else None
    if start is None:
        return ordered.offset(offset).limit(limit)
    key, to_go = start
    return ordered.where(_from(sort, key, is_descending=is_descending)).offset(to_go).limit(limit)


def read_anchors(
    session: Session, ids: Select[Any], sort: Sort, *, is_descending: bool, total: int
) -> tuple[tuple[Any, ...], ...]:
    """Walk the list once, numbering its rows, and return the key of every thousandth."""
    if total <= ANCHOR_STEP:
        return ()
    number = func.row_number().over(order_by=_order(sort, is_descending=is_descending)).label("number")
    keys = (column.label(f"key_{place}") for place, column in enumerate(_key(sort)))
    walk = ids.with_only_columns(*keys, number).subquery()
    *key, number_there = walk.columns
    stops = select(*key).where(number_there > 1, (number_there - 1) % ANCHOR_STEP == 0).order_by(number_there)
    return tuple(tuple(stop) for stop in session.execute(stops))


def in_scope(by: Actor) -> ColumnElement[bool]:
    """Return the condition that keeps a person to the villages they may see."""
    scope = village_scope(by)
    return Establishment.village_id == scope if scope is not None else Establishment.id > 0


def _key(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    """Return what a list is sorted by; the id makes every key unique."""
    number = Establishment.id.expression
    never = date(1, 1, 1)  # an establishment that was never visited stands at the beginning on both databases
    first: dict[Sort, ColumnElement[Any]] = {
        Sort.NAME: Establishment.name_sort.expression,
        Sort.VILLAGE: Establishment.village_id.expression,
        Sort.SURVEYED: func.coalesce(Establishment.surveyed_on, never),
    }
    return (first[sort], number) if sort in first else (number,)


def _order(sort: Sort, *, is_descending: bool) -> list[ColumnElement[Any]]:
    return [column.desc() if is_descending else column.asc() for column in _key(sort)]


def _from(sort: Sort, key: tuple[Any, ...], *, is_descending: bool) -> ColumnElement[bool]:
    """Return the condition for all rows from a key on."""
    columns = _key(sort)
    here = tuple_(*columns) if len(columns) > 1 else columns[0]
    there: Any = key if len(columns) > 1 else key[0]
    return here.op("<=" if is_descending else ">=", is_comparison=True, return_type=Boolean())(there)


def _has_status(code: str, office: OpenOffice) -> ColumnElement[bool]:
    """Understand a code of any of the dimensions A, B and C."""
    if code in set(OperatingStatus):
        return Establishment.operating_status == code
    if code in set(RegistrationStatus):
        return Establishment.registration_status == code
    if code not in set(PaperStatus):
        known = "、".join([*OperatingStatus, *RegistrationStatus, *PaperStatus])
        raise UserError(f"没有“{code}”这个状态；可用：{known}")
    newest = select(func.max(Paper.id)).group_by(Paper.establishment_id)
    if code == PaperStatus.NONE:
        return Establishment.id.not_in(select(Paper.establishment_id))
    today = office.clock.today()
    conditions: list[ColumnElement[bool]] = [Paper.id.in_(newest)]
    if code in {PaperStatus.VALID, PaperStatus.EXPIRING, PaperStatus.EXPIRED}:
        conditions.append(Paper.status == PaperStatus.VALID)
        conditions.append(_validity(code, today, office.profile))
    else:
        conditions.append(Paper.status == code)
    return Establishment.id.in_(select(Paper.establishment_id).where(*conditions))


def _matching(typed: str) -> Select[Any]:
    """Return the query for all whose keys begin with what was typed."""
    ranges = [
        and_(SearchKey.key >= wanted.first, SearchKey.key < wanted.after) for wanted in ranges_for(typed)
    ]
    return select(SearchKey.establishment_id).where(or_(false(), *ranges))


def _validity(code: str, today: date, profile: Profile) -> ColumnElement[bool]:
    """Say in SQL what ``paper_status_on`` says of one paper."""
    if code == PaperStatus.EXPIRED:
        return Paper.valid_until < today
    soon: list[ColumnElement[bool]] = [
        and_(Paper.kind == trade.code, Paper.valid_until <= today + timedelta(days=trade.paper.expiring_days))
        for trade in profile.trades
    ]
    is_soon = and_(Paper.valid_until >= today, or_(*soon))
    if code == PaperStatus.EXPIRING:
        return is_soon
    return or_(Paper.valid_until.is_(None), and_(Paper.valid_until >= today, ~or_(*soon)))
