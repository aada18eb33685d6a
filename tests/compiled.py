"""Statements that are compiled once for all registers of a test process.

SQLAlchemy remembers what it compiled for each engine, and each test opens a register of its own: without
this a quarter of the time of the services' tests goes into compiling the same statements again.
"""

from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from desktop.storage.database import Changes, Database

KEPT = 5_000
"""Statements of a whole run: an engine keeps 500, and would drop here what the next test needs."""


class Compiled:
    """Gives every engine the dialect, and what was compiled for it, of the first one of its database."""

    def __init__(self) -> None:
        self._first: dict[str, Engine] = {}
        self._open = Database.__init__

    def open(self, database: Database, engine: Engine, announce: Callable[[Changes], None]) -> None:
        """Open a database as the program does."""
        first = self._first.get(engine.dialect.name)
        if first is None or first.dialect.server_version_info is None:  # it has not been asked anything yet
            engine._compiled_cache = LRUCache(KEPT)
            self._first[engine.dialect.name] = engine
        else:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        self._open(database, engine, announce)
