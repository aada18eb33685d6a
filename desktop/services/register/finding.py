"""The keys under which establishments are found: written for one or for many, and asked by a keystroke."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, Select, bindparam, delete, func, literal, select, true, union_all
from sqlalchemy.orm import Session

from desktop.models.establishment import Establishment, JoinedEstablishment, SearchKey
from desktop.models.office import Village
from desktop.models.registration import Paper
from desktop.services.survey.answers import search_keys_of
from desktop.storage.many import insert_rows

_BATCH = 500
_REMOVED = delete(SearchKey).where(
    SearchKey.key == bindparam("gone"), SearchKey.establishment_id == bindparam("owner")
)


def put_search_keys(session: Session, record: Establishment) -> None:
    """Write anew the keys under which an establishment is found; its numbers are all among them."""
    put_many_search_keys(session, [record])


def put_many_search_keys(session: Session, records: Sequence[Establishment]) -> None:
    """Write anew the keys of many establishments; most changes leave most of them as they were."""
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        ids = [record.id for record in batch]
        numbers: dict[int, list[str]] = {}
        for owner, number in _other_numbers(session, ids):
            numbers.setdefault(owner, []).append(number)
        wanted = {
            (key, record.id)
            for record in batch
            for key in search_keys_of(record, *numbers.get(record.id, ()))
        }
        query = select(SearchKey.key, SearchKey.establishment_id).where(SearchKey.establishment_id.in_(ids))
        there = {(key, owner) for key, owner in session.execute(query)}
        if gone := sorted(there - wanted):
            session.connection().execute(_REMOVED, [{"gone": key, "owner": owner} for key, owner in gone])
        put_new_search_keys(session, wanted - there)


def put_new_search_keys(session: Session, keys: Iterable[tuple[str, int]]) -> None:
    """Write keys with their establishments, in the order of the index: each page of it is touched once."""
    insert_rows(session, SearchKey, ("key", "establishment_id"), sorted(keys, key=itemgetter(0)))


def _other_numbers(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Give the numbers of the papers, and those of records that were joined to these."""
    for owner, number, holds in (
        (Paper.establishment_id, Paper.number, true()),
        (
            JoinedEstablishment.establishment_id,
            JoinedEstablishment.archive_number,
            JoinedEstablishment.undone_at.is_(None),
        ),
    ):
        for found in session.execute(select(owner, number).where(owner.in_(ids), holds)):
            yield found[0], found[1]


def _hits(ranges: int, *, is_scoped: bool) -> Select[*tuple[Any, ...]]:
    """Return the question of a keystroke: the first of each range in the order of their keys, each once.

    One question, made once and asked again and again: over a network each costs a way there and back. Only
    those that are shown are looked up, because each may lie on a page of its own; of one village, its own
    are counted only.
    """
    # A planner needs to see how few.
    most, few = (bindparam(name, type_=Integer, literal_execute=True) for name in ("most", "few"))
    parts = [_part(place, is_scoped=is_scoped).limit(most).subquery() for place in range(ranges)]
    found = union_all(*(select(part) for part in parts)).subquery()
    nth = func.row_number().over(partition_by=found.c.establishment_id, order_by=(found.c.part, found.c.key))
    counted = select(found, nth.label("nth")).subquery()
    first = (
        select(counted)
        .where(counted.c.nth == 1)
        .order_by(counted.c.part, counted.c.key, counted.c.establishment_id)
        .limit(few)
        .subquery()
    )
    return (
        select(
            Establishment.id,
            Establishment.archive_number,
            Establishment.kind,
            Establishment.name,
            Establishment.operator_name,
            Establishment.products,
            Village.name.label("village"),
        )
        .join(first, first.c.establishment_id == Establishment.id)
        .join(Village, Village.id == Establishment.village_id)
        .order_by(first.c.part, first.c.key, Establishment.id)
    )


def _part(place: int, *, is_scoped: bool) -> Select[*tuple[Any, ...]]:
    """Return the keys of one range in their order; with a scope, those of one village."""
    part = literal(place, literal_execute=True).label("part")
    key, owner = SearchKey.key, SearchKey.establishment_id
    within = (key >= bindparam(f"first_{place}"), key < bindparam(f"after_{place}"))
    found = select(part, key, owner).where(*within).order_by(key, owner)
    if not is_scoped:
        return found
    here = Establishment.village_id == bindparam("scope", type_=Integer)
    return found.join(Establishment, Establishment.id == owner).where(here)


HITS = {
    (ranges, is_scoped): _hits(ranges, is_scoped=is_scoped)
    for ranges, is_scoped in product((1, 2), (False, True))
}
"""By how many ranges are looked through, and whether of one village alone."""
