"""What of a record goes over to another one when the two are joined, and back again; how all of it stands."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Numeric, select
from sqlalchemy.orm import Session

from desktop.models.base import Moment
from desktop.models.establishment import Establishment, JoinedEstablishment, SearchKey, ToldApart
from desktop.models.exchange import ExchangeConflict, ExchangeRow
from desktop.models.imports import ImportRow, ParkedDuplicate
from desktop.models.register import Base
from desktop.models.registration import Paper
from desktop.services.survey.answers import stored

_BOOKKEEPING = (ImportRow, ParkedDuplicate, ExchangeRow, ExchangeConflict, ToldApart)
"""What others said of a record: it changes nothing about it."""


def papers_of(session: Session, record: Establishment) -> list[Paper]:
    """Return all papers of a record."""
    return list(session.scalars(select(Paper).where(Paper.establishment_id == record.id).order_by(Paper.id)))


def leave_one_newest(session: Session, kept: Establishment, other: Establishment) -> list[int]:
    """Let one paper of both be the newest, the living one before all; return which were."""
    papers = [*papers_of(session, kept), *papers_of(session, other)]
    were = [paper for paper in papers if paper.is_newest]
    newest = max(were, key=lambda paper: (paper.living_place is not None, paper.id), default=None)
    say_newest(session, papers, [newest.id] if newest is not None else [])
    return [paper.id for paper in were]


def say_newest(session: Session, papers: Iterable[Paper], newest: Iterable[int]) -> None:
    """Let these papers be the newest ones of theirs, and no others."""
    known = set(newest)
    for paper in papers:
        paper.is_newest = paper.id in known
    session.flush()


def said_by(record: Establishment) -> dict[str, Any]:
    """Return every column of a record, as JSON holds it."""
    return {one.key: stored(getattr(record, one.key)) for one in Establishment.__mapper__.column_attrs}


def _owners() -> tuple[type[Any], ...]:
    """Return every class whose records are about an establishment; a new one is among them by itself."""
    target = Establishment.__table__.c.id
    owners = (mapper.class_ for mapper in Base.registry.mappers)
    found = [
        one
        for one in owners
        if one is not SearchKey
        and "establishment_id" in one.__table__.columns
        and one.__table__.columns["establishment_id"].references(target)
    ]
    return tuple(sorted(found, key=lambda one: str(one.__tablename__)))


def written_about(session: Session, establishment_id: int) -> dict[str, list[Any]]:
    """Return by table all that was written about a record."""
    return {
        one.__tablename__: list(
            session.scalars(select(one).where(one.establishment_id == establishment_id).order_by(one.id))
        )
        for one in _owners()
    }


def move_over(session: Session, written: Mapping[str, list[Any]], kept_id: int) -> dict[str, list[int]]:
    """Let the kept one have it all; what an import wrote is nobody's, so that no undo of it reaches here."""
    for records in written.values():
        for record in records:
            record.establishment_id = None if isinstance(record, ImportRow) else kept_id
    session.flush()
    return {table: [record.id for record in records] for table, records in written.items() if records}


def move_back(session: Session, moved: Mapping[str, list[int]], other: Establishment, version: int) -> None:
    """Give the other one back what went over from it."""
    classes = {one.__tablename__: one for one in _owners()}
    for table, ids in moved.items():
        for record in session.scalars(select(classes[table]).where(classes[table].id.in_(ids))):
            record.establishment_id = other.id
            if isinstance(record, ImportRow):  # an import undoes only what it left as it is
                is_as_left = record.version_after == version
                record.version_after = other.version if is_as_left else None
    session.flush()


def state_of(session: Session, kept: Establishment, *, without: int | None = None) -> dict[str, Any]:
    """Return how a record and all that was written about it stand: what is there, in which version."""
    state: dict[str, Any] = {"establishment": [[kept.id, kept.version]]}
    for one in _owners():
        if one in _BOOKKEEPING:
            continue
        table = one.__table__.columns
        columns = [table["id"], table["version"]] if "version" in table else [table["id"]]
        rows = session.execute(select(*columns).where(one.establishment_id == kept.id).order_by(one.id))
        is_this = one is JoinedEstablishment
        found = [list(row) for row in rows if not (is_this and row[0] == without)]
        if found:
            state[one.__tablename__] = found
    return state


def as_it_was(said: Mapping[str, Any]) -> Establishment:
    """Return the record that was set aside, with all it said."""
    return Establishment(
        **{code: restored_column(code, value) for code, value in said.items() if code != "version"}
    )


def restored_column(code: str, value: Any) -> Any:  # noqa: ANN401 - what JSON held
    """Read a column back from JSON."""
    kind = Establishment.__table__.columns[code].type
    match value, kind:
        case str(), Moment():
            return datetime.fromisoformat(value)
        case str(), Date():
            return date.fromisoformat(value)
        case str(), Numeric():
            return Decimal(value)
        case _:
            return value
