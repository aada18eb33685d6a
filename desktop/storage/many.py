"""Puts many new records of one class into the database at once: what a session would do one by one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    Dialect,
    Table,
    column,
    func,
    insert,
    inspect,
    select,
    table,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from desktop.models.base import Base

_GIVEN = table("sqlite_sequence", column("name"), column("seq"))
Row = Sequence[Any]
_AT_ONCE = 5_000
"""Rows that are held as the driver takes them, each document written out."""


def put_many(session: Session, records: Sequence[Base]) -> None:
    """Insert records of one class that no session has; each gets its id and what is filled in by itself."""
    mapped = type(records[0])
    filled_in = _defaults(mapped)
    for record, new_id in zip(records, _next_ids(session, _table(mapped), len(records)), strict=True):
        said = inspect(record).dict
        for key, value in (("id", new_id), *filled_in):
            if said.get(key) is None:
                setattr(record, key, value)
    keys = tuple(_columns(mapped))
    states = (inspect(record).dict for record in records)
    insert_rows(session, mapped, keys, [[said.get(key) for key in keys] for said in states])


def insert_rows(session: Session, mapped: type[Base], keys: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows that state these attributes of a class in their order; None is NULL, in documents too."""
    connection = session.connection()
    statement = _statement(mapped, tuple(keys), connection.dialect)
    for start in range(0, len(rows), _AT_ONCE):
        made = statement.made(rows[start : start + _AT_ONCE])
        if statement.names is None:
            connection.exec_driver_sql(statement.text, list(made))
        else:
            named = [dict(zip(statement.names, row, strict=True)) for row in made]
            connection.exec_driver_sql(statement.text, named)


@dataclass(frozen=True, slots=True)
class _Statement:
    """An insert as the driver takes it: by names, or by places (``names`` is None) in an order of its own."""

    text: str
    names: tuple[str, ...] | None
    places: tuple[int, ...]
    """Where among our values each of the driver's stands."""

    makers: tuple[Callable[[Any], Any] | None, ...]

    def made(self, rows: Sequence[Row]) -> Iterable[Row]:
        """Turn moments, documents and the like into what the driver takes, column by column."""
        if not any(self.makers) and self.places == tuple(range(len(self.places))):
            return rows
        by_column = list(zip(*rows, strict=True))
        return zip(
            *(
                by_column[place]
                if make is None
                else [None if value is None else make(value) for value in by_column[place]]
                for place, make in zip(self.places, self.makers, strict=True)
            ),
            strict=True,
        )


@lru_cache(maxsize=64)
def _statement(mapped: type[Base], keys: tuple[str, ...], dialect: Dialect) -> _Statement:
    columns = [_columns(mapped)[key] for key in keys]
    names = tuple(one.name for one in columns)
    compiled = insert(_table(mapped)).compile(dialect=dialect, column_keys=names)
    places = tuple(names.index(name) for name in compiled.positiontup or names)
    makers = (columns[place].type.dialect_impl(dialect).bind_processor(dialect) for place in places)
    return _Statement(str(compiled), None if compiled.positional else names, places, tuple(makers))


def _table(mapped: type[Base]) -> Table:
    into = inspect(mapped).local_table
    if not isinstance(into, Table):
        raise TypeError(f"{mapped.__name__} is not one table")
    return into


@cache
def _columns(mapped: type[Base]) -> Mapping[str, Column[Any]]:
    """Return the column of each attribute."""
    of_table = _table(mapped).c
    return {one.key: of_table[one.columns[0].name] for one in inspect(mapped).column_attrs}


@cache
def _defaults(mapped: type[Base]) -> tuple[tuple[str, Any], ...]:
    """Return the attributes that are filled in by themselves, and with what."""
    defaults = ((key, one.default) for key, one in _columns(mapped).items())
    return tuple((key, one.arg) for key, one in defaults if isinstance(one, ScalarElementColumnDefault))


def _next_ids(session: Session, of: Table, count: int) -> Sequence[int]:
    """Take so many ids as the database itself would give; nobody else writes a SQLite file meanwhile."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(of.name, "id")
        series = func.generate_series(1, count).table_valued("number")
        return session.scalars(select(func.nextval(sequence)).select_from(series)).all()
    last = session.scalar(select(func.max(of.c.id))) or 0
    if of.dialect_options["sqlite"]["autoincrement"]:  # an id that was given once is not given again
        given = session.scalar(select(_GIVEN.c.seq).where(_GIVEN.c.name == of.name))
        last = max(last, given or 0)
    return range(last + 1, last + count + 1)
