"""Serial numbers without gaps or repeats: a counter row that moves inside the issuing transaction."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from desktop.models.registration import Serial


def next_serial(session: Session, scope: str) -> int:
    """Return the next serial of a scope, and keep the counter locked until the transaction ends.

    A rolled-back transaction gives its serial back, so there is no gap; two writers wait for each other,
    so there is no repeat.
    """
    return next_serials(session, scope, 1)[0]


def next_serials(session: Session, scope: str, count: int) -> range:
    """Return the next ``count`` serials of a scope in one step, under the same promise."""
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    statement = (
        insert(Serial)
        .values(scope=scope, last=count)
        .on_conflict_do_update(index_elements=[Serial.scope], set_={"last": Serial.last + count})
        .returning(Serial.last)
    )
    last = session.execute(statement).scalar_one()
    return range(last - count + 1, last + 1)


def last_serial(session: Session, scope: str) -> int:
    """Return the last serial given in a scope; 0 where none was."""
    return session.scalar(select(Serial.last).where(Serial.scope == scope)) or 0
