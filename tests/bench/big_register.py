"""A register of any size, filled in bulk: what a bench measures on, never what a test trusts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, text

from desktop.domain.folding import fold_address
from desktop.domain.pinyin import sort_key
from desktop.domain.search_keys import keys_for
from desktop.models.establishment import Establishment, SearchKey
from desktop.services.samples import SampleWords
from tests.offices import TestOffice, open_test_office

_CHUNK = 5_000
_MOMENT = datetime(2018, 6, 8, tzinfo=UTC)


def fill(place: Path | str, count: int, *, seed: int = 1) -> TestOffice:
    """Make a register with ``count`` establishments at a path or URL."""
    desk = open_test_office(place)
    rows = _rows(count, Random(seed))
    with desk.office.db.connection() as connection:
        if not desk.office.db.is_postgresql:
            connection.exec_driver_sql("PRAGMA synchronous=OFF")
            connection.exec_driver_sql("BEGIN")
        while chunk := list(islice(rows, _CHUNK)):
            connection.execute(insert(Establishment), chunk)
            connection.execute(insert(SearchKey), [key for row in chunk for key in _keys(row)])
        if desk.office.db.is_postgresql:
            connection.execute(text("SELECT setval('establishment_id_seq', :last)"), {"last": count})
            connection.commit()
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
        else:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA synchronous=EXTRA")
            connection.exec_driver_sql("ANALYZE")
    return desk


def _rows(count: int, chance: Random) -> Iterator[dict[str, Any]]:
    words = SampleWords.shipped()
    kinds = tuple(words.products)[:3]
    readings: dict[str, str] = {}
    for number in range(1, count + 1):
        kind = kinds[number % 3]
        village = number % 8 + 1
        operator = chance.choice(words.surnames) + "".join(chance.choices(words.given, k=2))
        ending = chance.choice(words.name_endings.get(kind, ("摊",)))
        name = f"{chance.choice(words.given)}{chance.choice(words.given)}{operator[0]}记{ending}"
        address = f"{words.villages[village - 1][1]}{chance.randint(1, 99)}组{number}号"
        yield {
            "id": number,
            "uuid": f"{number:032x}",
            "archive_number": f"100-{number:07d}",
            "kind": kind,
            "name": name,
            "name_sort": readings.setdefault(name, sort_key(name)),
            "village_id": village,
            "address": address,
            "place_key": f"{village}:{fold_address(address)}",
            "operator_name": operator,
            "operator_id_number": f"32041319{chance.randint(500101, 991231):06d}{chance.randint(0, 9999):04d}",
            "phone": f"1{chance.randint(3 * 10**9, 10**10 - 1)}",
            "products": chance.choice(words.products[kind]),
            "employee_count": 2,
            "health_certificate_count": 2,
            "answers": {},
            "operating_status": "operating",
            "registration_status": "unregistered",
            "route": "undecided",
            "version": 1,
            "entered_at": _MOMENT,
            "entered_by": "bench",
        }


def _keys(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    numbers = (row["phone"], row["operator_id_number"], row["archive_number"])
    for key in keys_for(name=row["name"], operator_name=row["operator_name"], numbers=numbers):
        yield {"key": key, "establishment_id": row["id"]}
