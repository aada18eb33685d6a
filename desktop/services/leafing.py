"""Leafing through the register: which part, in which order, and how a far page is reached at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

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

ANCHOR_STEP = 100
"""Rows between two anchors: the most that a far page has to walk."""

Values = Sequence[str | int]

WALKED_FROM = 8_000
"""Lists at least so long are walked in their order; shorter ones are collected and sorted.

The shorter a list, the more strangers one passes on the way to its next row; the longer it is, the more
sorting costs. At a million establishments both stay within some ten milliseconds here.
"""


class Sort(StrEnum):
    """The orders in which the register can be leafed through."""

    ARCHIVE = "archive"
    NAME = "name"
    VILLAGE = "village"
    SURVEYED = "surveyed"


class Dimension(StrEnum):
    """What establishments are told apart by, each with a filter of its own."""

    KIND = "kind"
    VILLAGE = "village"
    OPERATING = "operating"
    REGISTRATION = "registration"
    PAPER = "paper"
    RECTIFICATION = "rectification"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the register is wanted; an empty one is all of it.

    Several values of one filter are alternatives, and all filters must hold. ``statuses`` are codes of
    several dimensions, each a filter of its own: registered or accepted, and expired.
    """

    kinds: tuple[str, ...] = ()
    village_ids: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    search: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """How long a list is, and where its pages begin.

    Of a long list these are the keys of every hundredth row: a far page is reached by its key, where the
    database would else walk there row by row. Of a short list it is every id. It is a hint: rows that
    come or go meanwhile shift a page by as many lines until it is asked anew.
    """

    total: int
    anchors: tuple[tuple[Any, ...], ...] = ()
    ids: tuple[int, ...] = ()

    def before(self, offset: int) -> tuple[tuple[Any, ...], int] | None:
        """Return the key at or before a line, and how many lines to go from there."""
        number = min(offset // ANCHOR_STEP, len(self.anchors)) - 1
        return (self.anchors[number], offset - (number + 1) * ANCHOR_STEP) if number >= 0 else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the register in one order, as one person may see it."""

    filters: Filters
    by: Actor
    office: OpenOffice
    sort: Sort = Sort.ARCHIVE
    is_descending: bool = False

    def count(self, session: Session) -> int:
        """Return how many establishments there are in it."""
        papers = self._papers()
        asks_else = self._own() or self.filters.stages or self.filters.search.strip()
        if papers and PaperStatus.NONE not in papers and not asks_else:
            # An establishment has one newest paper: they are counted without looking up whose they are.
            alone = select(func.count(Paper.id)).where(*_newest_worth(papers, self.office, _plain))
            return session.scalar(alone) or 0
        # SQLite knows how long a table is without going through it, as long as no column is named.
        counted = select(func.count()).select_from(Establishment)
        return session.scalar(self.chosen(counted, is_walked=False)) or 0

    def page(self, session: Session, offset: int, limit: int, outline: Outline | None) -> Sequence[int]:
        """Return the ids of one page; with an outline, or only its total, the quickest way is known."""
        if outline is not None and outline.ids:
            return outline.ids[offset : offset + limit]
        ordered = self.ordered(select(Establishment.id), is_walked=_is_walked(outline))
        start = outline.before(offset) if outline is not None else None
        if start is None:
            return session.scalars(ordered.offset(offset).limit(limit)).all()
        key, to_go = start
        rest = replace(self, filters=self._filters_from(key))
        parts = [
            rest.chosen(select(*_key(self.sort)).where(part), is_walked=_is_walked(outline))
            for part in _from(self.sort, key, is_descending=self.is_descending)
        ]
        found = union_all(*parts)
        order = [column.desc() if self.is_descending else column.asc() for column in found.selected_columns]
        return [line[-1] for line in session.execute(found.order_by(*order).offset(to_go).limit(limit))]

    def counts(self, session: Session, dimension: Dimension) -> Mapping[str, int]:
        """Return how many there are of each value; who has cases at several stages counts at each."""
        if dimension is Dimension.PAPER:
            return self._counts_by_paper(session)
        if dimension is Dimension.RECTIFICATION:
            its_case = RectificationCase.establishment_id == Establishment.id
            query = select(_STAGE, func.count(Establishment.id.distinct())).join(RectificationCase, its_case)
            return _by_value(session, self.chosen(query.group_by(_STAGE), is_walked=False))
        column = _OWN[dimension]
        query = select(column, func.count(Establishment.id)).group_by(column)
        return _by_value(session, self.chosen(query, is_walked=False))

    def outline(self, session: Session) -> Outline:
        """Go through it once and return where its pages begin."""
        found = Outline(self.count(session))
        if not _is_walked(found):
            return Outline(
                found.total,
                ids=tuple(session.scalars(self.ordered(select(Establishment.id), is_walked=False))),
            )
        number = func.row_number().over(order_by=_order(self.sort, is_descending=self.is_descending))
        keys = (column.label(f"key_{place}") for place, column in enumerate(_key(self.sort)))
        walk = self.chosen(select(*keys, number.label("number")), is_walked=True).subquery()
        *key, here = walk.columns
        stops = select(*key).where(here > 1, (here - 1) % ANCHOR_STEP == 0).order_by(here)
        return Outline(found.total, tuple(tuple(stop) for stop in session.execute(stops)))

    def ordered(self, query: Select[Any], *, is_walked: bool) -> Select[Any]:
        """Narrow a query to this part and put it into its order."""
        chosen = self.chosen(query, is_walked=is_walked)
        return chosen.order_by(*_order(self.sort, is_descending=self.is_descending))

    def _counts_by_paper(self, session: Session) -> Mapping[str, int]:
        computed = (PaperStatus.EXPIRED, PaperStatus.EXPIRING, PaperStatus.VALID)
        worth = case(
            *((_is_worth(code, self.office, _plain), literal(code.value)) for code in computed),
            else_=Paper.status,
        ).label("worth")
        counted = select(worth, func.count(Establishment.id)).join(
            Paper, and_(Paper.establishment_id == Establishment.id, Paper.is_newest)
        )
        found = _by_value(session, self.chosen(counted.group_by(literal_column("worth")), is_walked=False))
        return {**found, PaperStatus.NONE: self.count(session) - sum(found.values())}

    def _filters_from(self, key: tuple[Any, ...]) -> Filters:
        """Leave out the villages before a key in their order: SQLite would go through each of them."""
        if self.sort is not Sort.VILLAGE:
            return self.filters
        here, ids = key[0], self.filters.village_ids
        kept = tuple(one for one in ids if (one <= here if self.is_descending else one >= here))
        return replace(self.filters, village_ids=kept)

    def chosen(self, query: Select[Any], *, is_walked: bool) -> Select[Any]:
        """Narrow a query to the filters and the person's villages.

        Where it is walked, each establishment on the way is looked at, and its papers, cases and keys;
        else those that fit are collected, from the side of the papers, cases and keys where one asks for any.
        """
        own = self._own()
        others = self._others(is_walked=is_walked)
        for column, wanted in own:
            is_plain = self._serves(column, wanted) if is_walked else not others and _leads(column, len(own))
            query = query.where(_is_any(column.expression if is_plain else _passed(column), wanted))
        return query.where(*others)

    def _own(self) -> list[tuple[InstrumentedAttribute[Any], Values]]:
        """Return the columns of the establishment itself that must have one of some values."""
        scope = village_scope(self.by)
        wanted: tuple[tuple[InstrumentedAttribute[Any], Values], ...] = (
            (Establishment.village_id, () if scope is None else (scope,)),
            (Establishment.kind, self.filters.kinds),
            (Establishment.village_id, self.filters.village_ids),
            (Establishment.operating_status, self._statuses(OperatingStatus)),
            (Establishment.registration_status, self._statuses(RegistrationStatus)),
        )
        return [(column, values) for column, values in wanted if values]

    def _others(self, *, is_walked: bool) -> list[ColumnElement[bool]]:
        """Return what its papers, its cases and its search keys must say."""
        filters, look = self.filters, _passed if is_walked else _plain
        found: list[ColumnElement[bool]] = []
        if papers := self._papers():
            found.append(_has_paper(papers, self.office, look, is_walked=is_walked))
        if filters.stages:
            stage = _is_any(look(RectificationCase.stage), filters.stages)
            found.append(_those(RectificationCase.establishment_id, stage, is_walked=is_walked))
        if filters.search.strip():
            key = look(SearchKey.key)
            ranges = [and_(key >= one.first, key < one.after) for one in ranges_for(filters.search)]
            found.append(_those(SearchKey.establishment_id, or_(false(), *ranges), is_walked=is_walked))
        return found

    def _papers(self) -> tuple[str, ...]:
        known = {*OperatingStatus, *RegistrationStatus}
        return tuple(code for code in self.filters.statuses if code not in known)

    def _statuses(self, dimension: type[StrEnum]) -> tuple[str, ...]:
        return tuple(code for code in self.filters.statuses if code in set(dimension))

    def _serves(self, column: InstrumentedAttribute[Any], wanted: Values) -> bool:
        """Tell whether the index of a column gives what fits in the order that is wanted."""
        if column is Establishment.village_id:
            return self.sort in {Sort.ARCHIVE, Sort.VILLAGE}
        return self.sort is Sort.ARCHIVE and len(wanted) == 1


class _Passed(FunctionElement[Any]):
    """A column that is only looked at in passing.

    SQLite would rather collect by the index of one filter and sort than walk in order; a sign in front
    keeps it from that. PostgreSQL knows from its statistics what is cheaper.
    """

    name = "passed"
    inherit_cache = True


@compiles(_Passed)
def _unsigned(element: _Passed, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return compiler.process(element.clauses, **how)


@compiles(_Passed, "sqlite")
def _signed(element: _Passed, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return "+" + compiler.process(element.clauses, **how)


_OWN: Mapping[Dimension, InstrumentedAttribute[Any]] = {
    Dimension.KIND: Establishment.kind,
    Dimension.VILLAGE: Establishment.village_id,
    Dimension.OPERATING: Establishment.operating_status,
    Dimension.REGISTRATION: Establishment.registration_status,
}
_STAGE: InstrumentedAttribute[Any] = RectificationCase.stage

Look = Callable[[InstrumentedAttribute[Any]], ColumnElement[Any]]


def _is_any(column: ColumnElement[Any], wanted: Values) -> ColumnElement[bool]:
    return column == wanted[0] if len(wanted) == 1 else column.in_(wanted)


def _passed(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return type_coerce(_Passed(column), column.expression.type)


def _plain(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return column.expression


def _by_value(session: Session, counted: Select[Any]) -> dict[str, int]:
    return {str(value): count for value, count in session.execute(counted)}


def in_scope(by: Actor) -> ColumnElement[bool]:
    """Return the condition that keeps a person to the villages they may see."""
    scope = village_scope(by)
    return Establishment.village_id == scope if scope is not None else Establishment.id > 0


def _is_walked(outline: Outline | None) -> bool:
    return outline is not None and outline.total >= WALKED_FROM


def _leads(column: InstrumentedAttribute[Any], several: int) -> bool:
    """Tell whether a column collects best what fits; of several columns only one index has them all."""
    return several == 1 or column is Establishment.village_id


def _key(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    """Return what a list is sorted by; the id makes every key unique."""
    number = Establishment.id.expression
    first: dict[Sort, ColumnElement[Any]] = {
        Sort.NAME: Establishment.name_sort.expression,
        Sort.VILLAGE: Establishment.village_id.expression,
        Sort.SURVEYED: Establishment.surveyed_sort.expression,
    }
    return (first[sort], number) if sort in first else (number,)


def _order(sort: Sort, *, is_descending: bool) -> list[ColumnElement[Any]]:
    return [column.desc() if is_descending else column.asc() for column in _key(sort)]


def _from(sort: Sort, key: tuple[Any, ...], *, is_descending: bool) -> list[ColumnElement[bool]]:
    """Return conditions that rows from a key on meet, each row one of them.

    Said as one, by comparing both columns at once, SQLite would use its index for the first column alone and
    go through half a village to the next row.
    """
    *first, number = _key(sort)
    *value, here = key
    from_here = number <= here if is_descending else number >= here
    if not first:
        return [from_here]
    (column,), (level,) = first, value
    beyond = column < level if is_descending else column > level
    return [and_(column == level, from_here), beyond]


def _those(
    owner: InstrumentedAttribute[int], *conditions: ColumnElement[bool], is_walked: bool
) -> ColumnElement[bool]:
    """Return the condition that something fitting belongs to an establishment."""
    found = select(owner).where(*conditions)
    if is_walked:
        return found.where(owner == Establishment.id).correlate(Establishment).exists()
    return Establishment.id.in_(found.correlate(None))


def _has_paper(
    codes: Sequence[str], office: OpenOffice, look: Look, *, is_walked: bool
) -> ColumnElement[bool]:
    """Return the condition that the newest paper of an establishment is worth one of these today."""
    found: list[ColumnElement[bool]] = []
    if PaperStatus.NONE in codes:
        found.append(~exists().where(Paper.establishment_id == Establishment.id).correlate(Establishment))
    if worths := _newest_worth(codes, office, look):
        found.append(_those(Paper.establishment_id, *worths, is_walked=is_walked))
    return or_(*found)


def _newest_worth(codes: Sequence[str], office: OpenOffice, look: Look) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a paper is the newest and worth one of these today; none for having none."""
    for code in codes:
        if code not in set(PaperStatus):
            known = "、".join([*OperatingStatus, *RegistrationStatus, *PaperStatus])
            raise UserError(f"没有“{code}”这个状态；可用：{known}")
    worths = [_is_worth(code, office, look) for code in codes if code != PaperStatus.NONE]
    return (or_(*worths), Paper.is_newest.expression) if worths else ()


def _is_worth(code: str, office: OpenOffice, look: Look) -> ColumnElement[bool]:
    if code not in {PaperStatus.VALID, PaperStatus.EXPIRING, PaperStatus.EXPIRED}:
        return look(Paper.status) == code
    return and_(
        look(Paper.status) == PaperStatus.VALID,
        _validity(code, look(Paper.valid_until), office.clock.today(), office.profile),
    )


def _validity(code: str, until: ColumnElement[Any], today: date, profile: Profile) -> ColumnElement[bool]:
    """Say in SQL what ``paper_status_on`` says of one paper."""
    if code == PaperStatus.EXPIRED:
        return until < today
    soon: list[ColumnElement[bool]] = [
        and_(Paper.kind == trade.code, until <= today + timedelta(days=trade.paper.expiring_days))
        for trade in profile.trades
    ]
    is_soon = and_(until >= today, or_(*soon))
    if code == PaperStatus.EXPIRING:
        return is_soon
    return or_(until.is_(None), and_(until >= today, ~or_(*soon)))
