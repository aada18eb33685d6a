"""A PostgreSQL database that tests use one after the other: emptied and filled again, not made anew.

Making and dropping a database takes PostgreSQL thirty times as long as deleting what a test has written,
and a server process that begins takes ten times as long as a test's first question to one that is warm.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Pool, create_engine, make_url, text

from desktop.models.register import Base
from desktop.storage.database import Database

_KEPT = "kept"


class Refilled:
    """A database that holds at each ``refill`` what it held when this was made."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = create_engine(url, isolation_level="AUTOCOMMIT").connect()
        self._tables = [table.name for table in Base.metadata.sorted_tables]
        filled = self._keep(self._connection)
        numbers = self._connection.execute(
            text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        ).all()
        # A function, whose plans the server keeps: planning takes longer than deleting next to nothing.
        again = (
            *(f'DELETE FROM public."{table}"' for table in reversed(self._tables)),
            *(f'INSERT INTO public."{one}" SELECT * FROM {_KEPT}."{one}"' for one in filled),
            *(
                f"PERFORM setval('public.\"{sequence}\"', {last or 1}, {last is not None})"
                for sequence, last in numbers
            ),
        )
        self._connection.exec_driver_sql(
            f"CREATE FUNCTION {_KEPT}.refill() RETURNS void LANGUAGE plpgsql"
            f" AS $$ BEGIN {';'.join(again)}; END $$"
        )

    def refill(self) -> None:
        """Take away what was written since, whoever is still in the middle of something."""
        self._connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        self._connection.exec_driver_sql(f"SELECT {_KEPT}.refill()")

    @contextmanager
    def stays_connected(self) -> Iterator[None]:
        """Lend each office that is opened on this database the connections of the one before."""
        pools: dict[str, Pool] = {}
        opened, url = Database.__init__, make_url(self.url)

        def open_connected(database: Database, engine: Engine, *further: Any) -> None:
            opened(database, engine, *further)
            if engine.url != url:
                return
            for use, lent in (("work", database._engine), ("questions", database._questions)):
                lent.pool = pools.setdefault(use, lent.pool)
                lent.pool.dispose = _stay_open

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Database, "__init__", open_connected)
            yield
        for pool in pools.values():
            type(pool).dispose(pool)
        self._connection.close()
        self._connection.engine.dispose()

    def _keep(self, connection: Connection) -> list[str]:
        connection.execute(text(f"CREATE SCHEMA {_KEPT}"))
        filled = []
        for table in self._tables:
            if connection.scalar(text(f'SELECT EXISTS (SELECT FROM public."{table}")')):
                connection.execute(text(f'CREATE TABLE {_KEPT}."{table}" AS TABLE public."{table}"'))
                filled.append(table)
        return filled


def _stay_open() -> None:
    """Close nothing: the next test asks over the same connections."""
