"""The registers that are measured on: built once for each schema and kept outside the clone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from os import environ, geteuid
from pathlib import Path
from shutil import rmtree

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from desktop.domain import folding, pinyin, search_keys
from desktop.storage import migrations
from tests.bench import big_register
from tests.bench.big_register import copy_to_postgresql, fill
from tests.offices import TestOffice, open_made_office
from tests.postgres import PostgresServer, kept_postgres


@dataclass(frozen=True, slots=True)
class Registers:
    """A folder of filled registers; each lies in a data folder of its own, as an office's would."""

    folder: Path

    @classmethod
    def kept(cls) -> "Registers":
        """Return those of today's schema; those of an older one are thrown away."""
        named = environ.get("SANXIAO_BENCH")
        root = Path(named) if named else Path.home() / ".cache" / "sanxiao" / "bench"
        folder = root / f"registers-{_fingerprint()}"
        for old in root.glob("registers-*"):
            if old != folder:
                rmtree(old)
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder)

    def data(self, count: int) -> Path:
        """Return the data folder of an office with so many establishments."""
        data = self.folder / str(count)
        if not (data / "register.db").exists():
            unfinished = self.folder / f"{count}-unfinished"
            rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            fill(unfinished / "register.db", count).office.db.close()
            unfinished.rename(data)
        return data

    @contextmanager
    def on_sqlite(self, count: int) -> Iterator[TestOffice]:
        """Open the register of a file."""
        desk = open_made_office(self.data(count) / "register.db")
        yield desk
        desk.office.db.close()

    @contextmanager
    def on_postgresql(self, server: PostgresServer, count: int) -> Iterator[TestOffice]:
        """Open the same register on a server; it is copied there the first time."""
        name = f"{self.folder.name}-{count}"
        url = server.url.set(database=name).render_as_string(hide_password=False)
        if name not in _databases(server):
            unfinished = f"{name}-unfinished"
            _on(
                server,
                f'DROP DATABASE IF EXISTS "{unfinished}"',
                f'CREATE DATABASE "{unfinished}" TEMPLATE template0',
            )
            copy_to_postgresql(
                self.data(count) / "register.db",
                server.url.set(database=unfinished).render_as_string(hide_password=False),
            )
            _on(server, f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
        desk = open_made_office(url)
        yield desk
        desk.office.db.close()

    @contextmanager
    def server(self) -> Iterator[PostgresServer]:
        """Run a PostgreSQL whose databases are kept, with those of older schemas thrown away."""
        # The server does not run as root, and would not reach a folder below root's home.
        place = Path("/var/tmp/sanxiao-bench") if geteuid() == 0 else self.folder.parent / "postgresql"
        with kept_postgres(place) as server:
            for name in _databases(server):
                if name.startswith("registers-") and not name.startswith(self.folder.name):
                    _on(server, f'DROP DATABASE "{name}"')
            yield server


def _fingerprint() -> str:
    """Return what changes when the schema, the search keys or the filling change."""
    made_by = [Path(str(module.__file__)) for module in (big_register, folding, pinyin, search_keys)]
    made_by += sorted((Path(str(migrations.__file__)).parent / "versions").glob("*.py"))
    return sha256(b"\0".join(path.read_bytes() for path in made_by)).hexdigest()[:12]


def _databases(server: PostgresServer) -> list[str]:
    engine = create_engine(server.url, poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT datname FROM pg_database")))


def _on(server: PostgresServer, *commands: str) -> None:
    engine = create_engine(server.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for command in commands:
            connection.execute(text(command))
