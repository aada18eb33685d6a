"""Serial numbers without gaps or repeats: a counter row that moves inside the issuing transaction."""

from typing import TYPE_CHECKING

from sqlalchemy import select, update
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
    # Each database has an insert of its own; only the one that is used is loaded.
    if TYPE_CHECKING or session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert
    statement = (
        insert(Serial)
        .values(scope=scope, last=count)
        .on_conflict_do_update(index_elements=[Serial.scope], set_={"last": Serial.last + count})
        .returning(Serial.last)
    )
    last = session.execute(statement).scalar_one()
    return range(last - count + 1, last + 1)


def raise_serial(session: Session, scope: str, to: int) -> None:
    """Move a counter up to a serial that was given on paper, and hold it; it never moves down."""
    next_serials(session, scope, 0)  # moves nothing, but holds the counter
    query = update(Serial).where(Serial.scope == scope, Serial.last < to).values(last=to)
    session.execute(query, execution_options={"synchronize_session": False})


def last_serial(session: Session, scope: str) -> int:
    """Return the last serial given in a scope; 0 where none was."""
    return session.scalar(select(Serial.last).where(Serial.scope == scope)) or 0
