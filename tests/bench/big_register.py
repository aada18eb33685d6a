"""A register of any size, filled in bulk: what a bench measures on, never what a test trusts."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from sqlalchemy import Connection, Index, Table, insert, make_url
from sqlalchemy.schema import CreateIndex, DropIndex

from desktop.domain.pinyin import sort_key
from desktop.domain.search_keys import keys_for
from desktop.domain.village_names import place_in
from desktop.models.base import Base
from desktop.models.establishment import Establishment, SearchKey
from desktop.models.rectification import RectificationCase
from desktop.models.registration import Paper
from desktop.services.sample.township import SampleWords
from tests.offices import TODAY, TestOffice, open_test_office

_CHUNK = 5_000
_MOMENT = datetime(2018, 6, 8, tzinfo=UTC)
_FILLED: tuple[type[Base], ...] = (Establishment, SearchKey, Paper, RectificationCase)
Row = dict[str, Any]


def fill(path: Path, count: int, *, seed: int = 1) -> TestOffice:
    """Make a register file with ``count`` establishments, their papers and some open cases."""
    desk = open_test_office(path)
    with desk.office.db.connection() as connection:
        for pragma in ("journal_mode=OFF", "foreign_keys=OFF", "cache_size=-262144", "threads=2"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.exec_driver_sql("BEGIN")
        indexes = _drop_indexes(connection)
        connection.exec_driver_sql("CREATE TEMP TABLE loose (key TEXT, establishment_id INTEGER)")
        rows = _rows(count, Random(seed))
        while chunk := list(islice(rows, _CHUNK)):
            connection.execute(insert(Establishment), chunk)
            connection.exec_driver_sql(
                "INSERT INTO loose VALUES (?, ?)", [k for row in chunk for k in _keys(row)]
            )
            _insert(
                connection,
                Paper,
                [_paper(row) for row in chunk if row["registration_status"] == "registered"],
            )
            _insert(connection, RectificationCase, [_case(row) for row in chunk if row["id"] % 50 == 0])
        # In their order each key goes to the end of its tree; as they come each would go somewhere else.
        connection.exec_driver_sql(
            "INSERT INTO search_key SELECT * FROM loose ORDER BY key, establishment_id"
        )
        connection.exec_driver_sql("DROP TABLE loose")
        for index in indexes:
            connection.execute(CreateIndex(index))
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.invalidate()  # the next one has the settings of the program again
    return desk


def copy_to_postgresql(path: Path, url: str) -> None:
    """Put the same rows into an empty PostgreSQL database."""
    import sqlcipher3

    open_test_office(url).office.db.close()
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(sqlcipher3.dbapi2.connect(path)) as file, psycopg.connect(plain) as server:
        with server.cursor() as cursor:
            for mapped in _FILLED:
                indexes = sorted(_table(mapped).indexes, key=lambda index: str(index.name))
                for index in indexes:
                    cursor.execute(f'DROP INDEX "{index.name}"')
                _copy(file, cursor, _table(mapped))
                for index in indexes:
                    cursor.execute(str(CreateIndex(index).compile(dialect=_dialect())))
                if "id" in _table(mapped).c:
                    name = _table(mapped).name
                    cursor.execute(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))")
        server.commit()
        server.autocommit = True
        server.execute("VACUUM ANALYZE")
        server.execute("CHECKPOINT")  # else what the copying left to be written is written while we measure


def _dialect() -> Any:
    from sqlalchemy.dialects import postgresql

    return postgresql.dialect()


def _copy(file: Any, cursor: "psycopg.Cursor[Any]", table: Table) -> None:
    columns = [column.name for column in table.columns]
    names = ", ".join(f'"{name}"' for name in columns)
    yes_no = {place for place, column in enumerate(table.columns) if column.type.python_type is bool}
    order = ", ".join(f'"{column.name}"' for column in table.primary_key)
    with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in file.execute(f"SELECT {names} FROM {table.name} ORDER BY {order}"):
            copy.write_row(
                [bool(v) if n in yes_no and v is not None else v for n, v in enumerate(row)]
                if yes_no
                else row
            )


def _table(mapped: type[Base]) -> Table:
    table = mapped.__table__
    assert isinstance(table, Table)
    return table


def _drop_indexes(connection: Connection) -> list[Index]:
    """Drop what is quicker to build at the end; return what must be made again."""
    indexes = [index for mapped in _FILLED for index in _table(mapped).indexes]
    for index in indexes:
        connection.execute(DropIndex(index))
    return indexes


def _insert(connection: Connection, mapped: type[Base], rows: Iterable[Row]) -> None:
    if several := list(rows):
        connection.execute(insert(mapped), several)


def _rows(count: int, chance: Random) -> Iterator[Row]:
    words = SampleWords.shipped()
    kinds = tuple(words.products)[:3]
    for number in range(1, count + 1):
        kind = kinds[number % 3]
        village = number % 8 + 1
        operator = chance.choice(words.surnames) + "".join(chance.choices(words.given, k=2))
        ending = chance.choice(words.name_endings.get(kind, ("摊",)))
        name = f"{chance.choice(words.given)}{chance.choice(words.given)}{operator[0]}记{ending}"
        surveyed_on = date(2018, 4, 1) + timedelta(days=chance.randint(0, 60))
        address = f"{words.villages[village - 1][1]}{chance.randint(1, 99)}组{number}号"
        yield {
            "id": number,
            "uuid": f"{number:032x}",
            "archive_number": f"100-{number:07d}",
            "kind": kind,
            "name": name,
            "name_sort": _sort_key(name),
            "village_id": village,
            "address": address,
            "place_key": f"{village}:{place_in(words.villages[village - 1][1], address, ())}",
            "operator_name": operator,
            "operator_id_number": f"32041319{chance.randint(500101, 991231)}{chance.randint(0, 9999):04d}",
            "phone": f"1{chance.randint(3 * 10**9, 10**10 - 1)}",
            "products": chance.choice(words.products[kind]),
            "employee_count": 2,
            "health_certificate_count": 2,
            "surveyed_on": surveyed_on,
            "surveyed_sort": surveyed_on,
            "opened_on": surveyed_on,
            "answers": {},
            "operating_status": "operating" if number % 20 else "closed",
            "registration_status": "registered" if chance.random() < 0.6 else "unregistered",
            "route": "undecided",
            "version": 1,
            "entered_at": _MOMENT,
            "entered_by": "bench",
        }


def _paper(row: Row) -> Row:
    """Return a paper of the establishment; a tenth of them is expired today."""
    number = row["id"]
    issued_on = TODAY - timedelta(days=number % 400)
    return {
        "id": number,
        "establishment_id": number,
        "code": "card",
        "kind": row["kind"],
        "number": f"ZF320413100{number:010d}",
        "scope": "bench",
        "serial": number,
        "issued_on": issued_on,
        "valid_from": issued_on,
        "valid_until": issued_on + timedelta(days=364),
        "status": "valid",
        "status_on": issued_on,
        "status_reason": "",
        "living_place": f"{row['kind']}:{number}",
        "is_newest": True,
        "facts": {"name_or_operator": row["name"]},
        "version": 1,
        "entered_at": _MOMENT,
        "entered_by": "bench",
    }


def _case(row: Row) -> Row:
    return {
        "id": row["id"],
        "establishment_id": row["id"],
        "stage": "ordered",
        "family": "township",
        "is_starred": False,
        "due_on": TODAY + timedelta(days=row["id"] // 50 % 30 - 10),
        "version": 1,
        "entered_at": _MOMENT,
        "entered_by": "bench",
    }


def _keys(row: Row) -> Iterator[tuple[str, int]]:
    numbers = (row["phone"], row["operator_id_number"], row["archive_number"])
    of_numbers = keys_for(name=None, operator_name="", numbers=numbers)
    for key in of_numbers | _name_keys(row["name"], "") | _name_keys(None, row["operator_name"]):
        yield key, row["id"]


@cache
def _name_keys(name: str | None, operator_name: str) -> frozenset[str]:
    return keys_for(name=name, operator_name=operator_name, numbers=())


@cache
def _sort_key(name: str) -> str:
    return sort_key(name)
