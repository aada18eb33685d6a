"""Leafing through the register: which part, in which order, and how a far page is reached at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
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
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.search_keys import ranges_for
from desktop.models.establishment import Establishment, SearchKey
from desktop.models.rectification import RectificationCase
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.services.registration.paper_worth import Look, is_worth, newest_worth, plain
from desktop.services.rights import village_scope
from desktop.storage.dialects import Passed

ANCHOR_STEP = 50
"""Rows between two anchors: the most that a far page has to walk."""

STRIDE = 20_000
"""Rows outlined at once, so that whoever asks for a page meanwhile waits for some hundredths of a second."""

NEAR = 1_000
"""A page so near the beginning is reached by walking, also past many strangers."""

Values = Sequence[str | int]

Key = tuple[Any, ...]
"""What a line is sorted by, down to its id."""

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

    Of a long list these are the keys of every fiftieth row: a far page is reached by its key, where the
    database would else walk there row by row. Of a short list it is every id. It is a hint: rows that
    come or go meanwhile shift a page by as many lines until it is asked anew.
    """

    total: int
    anchors: tuple[Key, ...] = ()
    ids: tuple[int, ...] = ()
    is_complete: bool = False

    def before(self, offset: int) -> tuple[Key, int] | None:
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
            alone = select(func.count(Paper.id)).where(*newest_worth(papers, self.office, plain))
            return session.scalar(alone) or 0
        # SQLite knows how long a table is without going through it, as long as no column is named.
        counted = select(func.count()).select_from(Establishment)
        return session.scalar(self.chosen(counted, is_walked=False)) or 0

    def page(self, session: Session, offset: int, limit: int, outline: Outline | None) -> Sequence[int]:
        """Return the ids of one page; with an outline, or only its total, the quickest way is known."""
        if outline is not None and outline.ids:
            return outline.ids[offset : offset + limit]
        start = outline.before(offset) if outline is not None else None
        if start is None:
            # Collected from the side of the papers or cases, what fits is there sooner than walked to.
            is_far = offset > NEAR and bool(self._others(is_walked=False))
            rows = self._rows_from(None, is_walked=_is_walked(outline) and not is_far).offset(offset)
        else:
            key, to_go = start
            rows = self._rows_from(key, is_walked=_is_walked(outline)).offset(to_go)
        # Asked of the plain tables: mapped classes would cost a page half as much again.
        return [row[-1] for row in session.connection().execute(rows.limit(limit))]

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

    def outline(self, session: Session, begun: Outline | None = None) -> Outline:
        """Go through it for one stride, from where one has come, and return where its pages begin."""
        if begun is None:
            begun = Outline(self.count(session))
        if not _is_walked(begun):
            ids = session.scalars(self.ordered(select(Establishment.id), is_walked=False))
            return Outline(begun.total, ids=tuple(ids), is_complete=True)
        last = begun.anchors[-1] if begun.anchors else None
        stride = self._rows_from(last, is_walked=True).limit(STRIDE + 1).subquery()
        number = func.row_number().over(order_by=self._turned(stride.columns))
        *key, here = select(stride, number.label("number")).subquery().columns
        stops = select(*key).where(here > 1, (here - 1) % ANCHOR_STEP == 0).order_by(here)
        found = tuple(tuple(stop) for stop in session.execute(stops))
        is_complete = len(found) < STRIDE // ANCHOR_STEP
        return replace(begun, anchors=begun.anchors + found, is_complete=is_complete)

    def ordered(self, query: Select[Any], *, is_walked: bool) -> Select[Any]:
        """Narrow a query to this part and put it into its order."""
        chosen = self.chosen(query, is_walked=is_walked)
        return chosen.order_by(*self._turned(_key(self.sort)))

    def _counts_by_paper(self, session: Session) -> Mapping[str, int]:
        computed = (PaperStatus.EXPIRED, PaperStatus.EXPIRING, PaperStatus.VALID)
        worth = case(
            *((is_worth(code, self.office, plain), literal(code.value)) for code in computed),
            else_=Paper.status,
        ).label("worth")
        counted = select(worth, func.count(Establishment.id)).join(
            Paper, and_(Paper.establishment_id == Establishment.id, Paper.is_newest)
        )
        found = _by_value(session, self.chosen(counted.group_by(literal_column("worth")), is_walked=False))
        return {**found, PaperStatus.NONE: self.count(session) - sum(found.values())}

    def _rows_from(self, key: Key | None, *, is_walked: bool) -> Select[Any] | CompoundSelect[Any]:
        """Return the question for the keys of all rows from one on, or of all, in their order."""
        if key is None:
            return self.ordered(select(*_key(self.sort)), is_walked=is_walked)
        rest = replace(self, filters=self._filters_from(key))
        if self.office.db.is_postgresql:
            columns, here = tuple_(*_key(self.sort)), tuple_(*key)
            is_beyond = columns <= here if self.is_descending else columns >= here
            return rest.ordered(select(*_key(self.sort)).where(is_beyond), is_walked=is_walked)
        parts = [
            rest.chosen(select(*_key(self.sort)).where(part), is_walked=is_walked)
            for part in _from(self.sort, key, is_descending=self.is_descending)
        ]
        found = union_all(*parts)
        return found.order_by(*self._turned(found.selected_columns))

    def _turned(self, columns: Iterable[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
        return [column.desc() if self.is_descending else column.asc() for column in columns]

    def _filters_from(self, key: Key) -> Filters:
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
        filters, look = self.filters, _passed if is_walked else plain
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


_OWN: Mapping[Dimension, InstrumentedAttribute[Any]] = {
    Dimension.KIND: Establishment.kind,
    Dimension.VILLAGE: Establishment.village_id,
    Dimension.OPERATING: Establishment.operating_status,
    Dimension.REGISTRATION: Establishment.registration_status,
}
_STAGE: InstrumentedAttribute[Any] = RectificationCase.stage


def _is_any(column: ColumnElement[Any], wanted: Values) -> ColumnElement[bool]:
    return column == wanted[0] if len(wanted) == 1 else column.in_(wanted)


def _passed(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return type_coerce(Passed(column), column.expression.type)


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


def _from(sort: Sort, key: Key, *, is_descending: bool) -> list[ColumnElement[bool]]:
    """Return conditions that rows from a key on meet, each row one of them.

    Said as one, by comparing both columns at once, SQLite would use its index for the first column alone and
    go through half a village to the next row. PostgreSQL uses all of it, and would sort two parts anew.
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
        # The offset keeps PostgreSQL from collecting all of them first.
        return found.where(owner == Establishment.id).correlate(Establishment).offset(0).exists()
    return Establishment.id.in_(found.correlate(None))


def _has_paper(
    codes: Sequence[str], office: OpenOffice, look: Look, *, is_walked: bool
) -> ColumnElement[bool]:
    """Return the condition that the newest paper of an establishment is worth one of these today."""
    found: list[ColumnElement[bool]] = []
    if PaperStatus.NONE in codes:
        found.append(~exists().where(Paper.establishment_id == Establishment.id).correlate(Establishment))
    if worths := newest_worth(codes, office, look):
        found.append(_those(Paper.establishment_id, *worths, is_walked=is_walked))
    return or_(*found)
