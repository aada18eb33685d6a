"""Which records of the register are alike: the database groups them by their folded keys, groups are judged.

No record is compared with all others: only with those of its few groups, by the judgement of imports.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.folding import fold_name
from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus
from desktop.domain.phones import phones_of
from desktop.domain.search_keys import NUMBERS_BACKWARDS
from desktop.models.establishment import Establishment, SearchKey
from desktop.services.imports.matching import Traits, Verdict, judge

MOST_ALIKE = 8
"""A telephone of nine stalls is the office's or the market's: it speaks for none of them."""

_BATCH = 500
_ENDED = tuple(status for status in OperatingStatus if status.has_ended)
_IS_LIVING = Establishment.operating_status.not_in(_ENDED)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are alike; ``kept`` is the registered one, else the older one."""

    kept: int
    other: int
    alike: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class SharedByMany:
    """A value that more records share than can be one establishment: which answer, which value, how many."""

    what: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class AlikeGroups:
    """All pairs of the register, the sure ones first, and what is shared by too many to say anything."""

    pairs: tuple[Pair, ...]
    shared: tuple[SharedByMany, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    """One record of a group."""

    id: int
    traits: Traits
    address: str
    is_registered: bool

    def values(self) -> Iterator[tuple[str, str, str]]:
        """Return under what this one is grouped: which answer, the folded value, and how it is read."""
        own = self.traits
        if own.id_number:
            yield "operator_id_number", own.id_number, own.id_number
        for phone in own.phones:
            yield "phone", phone, phone
        if own.place and own.is_place_exact:
            yield "address", own.place, self.address
        elif own.place and own.operator:  # everybody at 菜场 has the same place: there the person counts too
            yield "address", f"{own.place}\t{own.operator}", self.address
        if own.name:
            yield "name", f"{own.village_id}\t{own.name}", own.name


def find_pairs(session: Session, apart: Collection[tuple[int, int]]) -> AlikeGroups:
    """Find all pairs of living records that are alike and that nobody has told apart."""
    members = _members(session, _in_groups(session))
    groups: dict[tuple[str, ...], list[_Member]] = defaultdict(list)
    read_as: dict[tuple[str, ...], str] = {}
    for member in members:
        for what, value, words in member.values():
            key = (member.traits.kind, what, value)
            groups[key].append(member)
            read_as.setdefault(key, words)
    shared = [
        SharedByMany(key[1], read_as[key], len(group))
        for key, group in groups.items()
        if len(group) > MOST_ALIKE
    ]
    small = (group for group in groups.values() if 1 < len(group) <= MOST_ALIKE)
    pairs = sorted(
        _judged(small, apart), key=lambda pair: (not pair.is_sure, -len(pair.alike), pair.kept, pair.other)
    )
    return AlikeGroups(tuple(pairs), tuple(sorted(shared, key=lambda one: (-one.count, one.what, one.value))))


def _judged(groups: Iterable[Sequence[_Member]], apart: Collection[tuple[int, int]]) -> Iterator[Pair]:
    """Judge each two of a group once, whatever number of groups they share."""
    seen = set(apart)
    for group in groups:
        for one, another in combinations(group, 2):
            key = (min(one.id, another.id), max(one.id, another.id))
            if key in seen:
                continue
            seen.add(key)
            verdict, alike = judge(one.traits, another.traits)
            if verdict is Verdict.OTHER:
                continue
            kept, other = sorted((one, another), key=lambda member: (not member.is_registered, member.id))
            yield Pair(kept.id, other.id, alike, verdict is not Verdict.UNSURE)


def _in_groups(session: Session) -> list[int]:
    """Return who shares a number, a place, or a name in the village with anybody."""
    numbers = (
        select(SearchKey.key)
        .where(SearchKey.key >= NUMBERS_BACKWARDS.first, SearchKey.key < NUMBERS_BACKWARDS.after)
        .group_by(SearchKey.key)
        .having(func.count() > 1)
        .subquery()
    )
    by_number = select(SearchKey.establishment_id).join(numbers, SearchKey.key == numbers.c.key)
    places = (
        select(Establishment.kind, Establishment.place_key)
        .group_by(Establishment.kind, Establishment.place_key)
        .having(func.count() > 1)
        .subquery()
    )
    by_place = select(Establishment.id).join(
        places, (Establishment.kind == places.c.kind) & (Establishment.place_key == places.c.place_key)
    )
    found = set(session.scalars(by_number)) | set(session.scalars(by_place)) | _by_name(session)
    return sorted(found)


def _by_name(session: Session) -> set[int]:
    """Return who is called alike in one village, where an identity number does not tell the two apart.

    Names are folded here: of those without a number first, and of all others only where there are any.
    """
    first: dict[tuple[str, int, str], int] = {}
    found: set[int] = set()
    for key, record_id in _named(session, Establishment.operator_id_number.is_(None)):
        if (met := first.setdefault(key, record_id)) != record_id:
            found |= {met, record_id}
    if first:
        for key, record_id in _named(session, Establishment.operator_id_number.is_not(None)):
            if key in first:
                found |= {first[key], record_id}
    return found


def _named(session: Session, which: ColumnElement[bool]) -> Iterator[tuple[tuple[str, int, str], int]]:
    query = select(Establishment.id, Establishment.kind, Establishment.village_id, Establishment.name)
    for record_id, kind, village_id, name in session.execute(
        query.where(Establishment.name.is_not(None), _IS_LIVING, which)
    ).yield_per(5_000):
        if folded := fold_name(name or ""):
            yield (kind, village_id, folded), record_id


def _members(session: Session, ids: Sequence[int]) -> Iterator[_Member]:
    query = select(
        Establishment.id,
        Establishment.kind,
        Establishment.operator_id_number,
        Establishment.phone,
        Establishment.place_key,
        Establishment.address,
        Establishment.name,
        Establishment.operator_name,
        Establishment.village_id,
        Establishment.registration_status,
    ).where(_IS_LIVING)
    for start in range(0, len(ids), _BATCH):
        for row in session.execute(query.where(Establishment.id.in_(ids[start : start + _BATCH]))):
            traits = Traits(
                kind=row.kind,
                id_number=row.operator_id_number or "",
                phones=phones_of(row.phone),
                place=row.place_key if not row.place_key.endswith(":") else "",
                name=fold_name(row.name or ""),
                operator=fold_name(row.operator_name),
                village_id=row.village_id,
            )
            is_registered = row.registration_status == RegistrationStatus.REGISTERED
            yield _Member(row.id, traits, row.address, is_registered)
