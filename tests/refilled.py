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
            filled = self._keep(connection)
            numbers = connection.execute(
                text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
            ).all()
        # One question for all of it: a hundred small ones take longer on the way than in the database.
        self._again = (
            *(f'DELETE FROM public."{table}"' for table in reversed(self._tables)),
            *(f'INSERT INTO public."{one}" SELECT * FROM {_KEPT}."{one}"' for one in filled),
            *(
                f"SELECT setval('public.\"{sequence}\"', {last or 1}, {last is not None})"
                for sequence, last in numbers
            ),
        )

    def refill(self) -> None:
        """Take away what was written since, whoever is still connected."""
        with self._engine.begin() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            connection.execute(text(";".join(self._again)))

    def _keep(self, connection: Connection) -> list[str]:
        connection.execute(text(f"CREATE SCHEMA {_KEPT}"))
        filled = []
        for table in self._tables:
            if connection.scalar(text(f'SELECT EXISTS (SELECT FROM public."{table}")')):
                connection.execute(text(f'CREATE TABLE {_KEPT}."{table}" AS TABLE public."{table}"'))
                filled.append(table)
        return filled
