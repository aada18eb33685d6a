"""Writes the keys under which establishments are found: one record at a time, or many in one go."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop.models.establishment import Establishment, SearchKey
from desktop.models.registration import Paper
from desktop.services.answers import search_keys_of

_BATCH = 500


def put_search_keys(session: Session, record: Establishment) -> None:
    """Write the keys anew under which an establishment is found; its paper numbers are among them."""
    numbers = session.scalars(select(Paper.number).where(Paper.establishment_id == record.id)).all()
    keys = search_keys_of(record, *numbers)
    session.execute(delete(SearchKey).where(SearchKey.establishment_id == record.id))
    session.execute(insert(SearchKey), [{"key": key, "establishment_id": record.id} for key in sorted(keys)])


def put_many_search_keys(session: Session, records: Sequence[Establishment]) -> None:
    """Write the keys of many establishments anew, a few statements for each thousand."""
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        ids = [record.id for record in batch]
        numbers: dict[int, list[str]] = {}
        papers = select(Paper.establishment_id, Paper.number).where(Paper.establishment_id.in_(ids))
        for owner, number in session.execute(papers):
            numbers.setdefault(owner, []).append(number)
        session.execute(delete(SearchKey).where(SearchKey.establishment_id.in_(ids)))
        keys = [
            {"key": key, "establishment_id": record.id}
            for record in batch
            for key in sorted(search_keys_of(record, *numbers.get(record.id, ())))
        ]
        session.execute(insert(SearchKey), keys)
