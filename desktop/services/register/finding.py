"""The keys under which establishments are found: written for one or for many, and asked by a keystroke."""

from collections.abc import Iterable, Iterator, Sequence
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


def _hits(ranges: int) -> Select[*tuple[Any, ...]]:
    """Return the question of a keystroke: the first of each range in the order of their keys.

    One question, made once and asked again and again: over a network each costs a way there and back.
    """
    most = bindparam("most", type_=Integer, literal_execute=True)  # a planner needs to see how few
    parts = [
        select(literal(place, literal_execute=True).label("part"), SearchKey.key, SearchKey.establishment_id)
        .where(SearchKey.key >= bindparam(f"first_{place}"), SearchKey.key < bindparam(f"after_{place}"))
        .order_by(SearchKey.key, SearchKey.establishment_id)
        .limit(most)
        .subquery()
        for place in range(ranges)
    ]
    found = union_all(*(select(part) for part in parts)).subquery()
    scope = func.coalesce(bindparam("scope", type_=Integer), Establishment.village_id)
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
        .join(found, found.c.establishment_id == Establishment.id)
        .join(Village, Village.id == Establishment.village_id)
        .where(Establishment.village_id == scope)
        .order_by(found.c.part, found.c.key, Establishment.id)
    )


HITS = {ranges: _hits(ranges) for ranges in (1, 2)}
