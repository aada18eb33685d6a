"""A PostgreSQL database that tests use one after the other: emptied and filled again, not made anew.

Making and dropping a database takes PostgreSQL thirty times as long as deleting what a test has written.
"""

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from desktop.models.register import Base

_KEPT = "kept"


class Refilled:
    """A database that holds at each ``refill`` what it held when this was made."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine = create_engine(url, poolclass=NullPool)
        self._tables = [table.name for table in Base.metadata.sorted_tables]
        with self._engine.begin() as connection:
            self._filled = self._keep(connection)
            self._numbers = connection.execute(
                text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
            ).all()

    def refill(self) -> None:
        """Take away what was written since, whoever is still connected."""
        with self._engine.begin() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            emptied = [f'DELETE FROM public."{table}"' for table in reversed(self._tables)]
            filled = [f'INSERT INTO public."{one}" SELECT * FROM {_KEPT}."{one}"' for one in self._filled]
            connection.execute(text(";".join((*emptied, *filled))))
            for sequence, last in self._numbers:
                connection.execute(
                    text("SELECT setval(:name, :last, :is_called)"),
                    {"name": f'public."{sequence}"', "last": last or 1, "is_called": last is not None},
                )

    def _keep(self, connection: Connection) -> list[str]:
        connection.execute(text(f"CREATE SCHEMA {_KEPT}"))
        filled = []
        for table in self._tables:
            if connection.scalar(text(f'SELECT EXISTS (SELECT FROM public."{table}")')):
                connection.execute(text(f'CREATE TABLE {_KEPT}."{table}" AS TABLE public."{table}"'))
                filled.append(table)
        return filled
