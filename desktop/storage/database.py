"""The one way to the database: a block that reads, and a block that writes all or nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from desktop.domain.act import Act
from desktop.errors import ChangedMeanwhileError, EnvironmentFailedError, UserError
from desktop.models.audit import AuditHead
from desktop.models.base import Base
from desktop.storage.audit import FIRST_HASH, Changes, Trail
from desktop.storage.many import put_many

_BUSY_SECONDS = 15
_CACHE_KB, _CACHE_KB_OF_WALK = 32_768, 2_048
_WRONG_ADDRESS = "数据库地址须以 postgresql:// 开头，请检查 --database 或 SANXIAO_DATABASE"


class WritingSession(Session):
    """A session that may write; what it does goes into the trail under one act."""

    trail: Trail

    def add_many(self, records: Sequence[Base]) -> None:
        """Add many new records of one class and give them their ids; the session itself does not hold them.

        They go into the trail like any other, at a fraction of what adding them one by one costs.
        """
        if records:
            put_many(self, records)
            self.trail.added(records)


class Database:
    """A register on SQLite or PostgreSQL; services open blocks on it and keep nothing between them."""

    def __init__(self, engine: Engine, announce: Callable[[Changes], None]) -> None:
        self._engine = engine
        self._announce = announce
        self._questions = engine if not self.is_postgresql else _for_questions(engine)

    @classmethod
    def at(cls, place: Path | str, announce: Callable[[Changes], None] | None = None) -> "Database":
        """Open a SQLite file (a path) or a PostgreSQL database (a URL)."""
        engine = _sqlite(place) if isinstance(place, Path) else _postgresql(place)
        return cls(engine, announce or _say_nothing)

    @property
    def is_postgresql(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    def listen(self, announce: Callable[[Changes], None]) -> None:
        """Tell this from now on what each commit touched."""
        self._announce = announce

    @contextmanager
    def reading(self, *, is_walk: bool = False) -> Iterator[Session]:
        """Open a block for questions; nothing in it is kept.

        A walk goes over all records once and comes back to none: SQLite need not hold what was passed.
        """
        with _translated(), Session(self._engine) as session:
            if self.is_postgresql:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                yield session
                return
            if not is_walk:
                yield session
                return
            connection = session.connection()
            connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE_KB_OF_WALK}")
            try:
                yield session
            finally:
                connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE_KB}")

    def answer(self, question: Select[Any], asked: Mapping[str, object]) -> Sequence[Row[Any]]:
        """Answer a single question, which sees one moment by itself, as each keystroke of the search asks.

        A server is asked once and not four times: there is no transaction, and the connection is not tried
        out before. One that the server has dropped meanwhile is made anew.
        """
        with _translated():
            try:
                return self._answer(question, asked)
            except DBAPIError as failed:
                if not failed.connection_invalidated:
                    raise
            return self._answer(question, asked)

    def _answer(self, question: Select[Any], asked: Mapping[str, object]) -> Sequence[Row[Any]]:
        with self._questions.connect() as connection:
            return connection.execute(question, asked).all()

    @contextmanager
    def writing(self, act: Act, *, keep: bool = True) -> Iterator[WritingSession]:
        """Open a block for one use case: committed with its trail at the end, or nothing at all.

        With ``keep=False`` the same work is done and rolled back (a dry run).
        """
        trail = Trail(act)
        with _translated():
            with WritingSession(self._engine, expire_on_commit=False) as session:
                session.trail = trail
                trail.watch(session)
                if not self.is_postgresql:
                    session.connection().exec_driver_sql("BEGIN IMMEDIATE")
                yield session
                session.flush()
                if not keep:
                    session.rollback()
                    return
                trail.write(session)
                session.commit()
            if trail.topics:
                self._announce(Changes(frozenset(trail.topics)))

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a bare connection to migrations and backups."""
        with _translated(), self._engine.connect() as connection:
            yield connection

    def has_register(self) -> bool:
        """Tell whether a register has been made here."""
        with self.reading() as session:
            return self._engine.dialect.has_table(session.connection(), "office")

    def close(self) -> None:
        self._engine.dispose()
        self._questions.dispose()


def start_trail(session: Session) -> None:
    """Put down the first link of the chain in an empty register."""
    if session.scalar(select(AuditHead.id)) is None:
        session.add(AuditHead(id=1, count=0, hash=FIRST_HASH))
        session.flush()


def _say_nothing(changes: Changes) -> None:
    """Announce to nobody: the command line has no screens."""


def _sqlite(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        module=sqlcipher3.dbapi2,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver has no types
        connection.isolation_level = None  # we say BEGIN ourselves, in `writing`
        for pragma in (
            "synchronous=EXTRA",  # before WAL: with NORMAL a power cut loses the last commits
            "journal_mode=WAL",
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_SECONDS * 1000}",
            f"cache_size=-{_CACHE_KB}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgresql(url: str) -> Engine:
    try:
        address = make_url(url)
    except ArgumentError as wrong:
        raise EnvironmentFailedError(_WRONG_ADDRESS) from wrong
    if address.get_backend_name() != "postgresql":
        raise EnvironmentFailedError(_WRONG_ADDRESS)
    return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def _for_questions(engine: Engine) -> Engine:
    """Return a second way to the same server, for single questions; it keeps one connection."""
    return create_engine(engine.url, isolation_level="AUTOCOMMIT", pool_size=1)


@contextmanager
def _translated() -> Iterator[None]:
    """Say what the environment did in a sentence with a way out; our own bugs stay what they are."""
    try:
        yield
    except StaleDataError as stale:
        raise ChangedMeanwhileError("这条记录刚被别人改过，您的改动没有写入；请刷新后再改一次") from stale
    except UnicodeEncodeError as broken:  # half of a character, as broken pastes have it
        raise UserError("文字里有损坏的字（粘贴时丢了一半），什么都没有写入；请照原件重新填写") from broken
    except DBAPIError as failed:
        cause = str(failed.orig)
        is_ours = not isinstance(failed, OperationalError) and not failed.connection_invalidated
        if is_ours and not any(fragment in cause for fragment in _CAUSES):
            raise
        raise EnvironmentFailedError(_sentence(cause)) from failed


def _sentence(cause: str) -> str:
    for fragment, sentence in _CAUSES.items():
        if fragment in cause:
            return sentence
    return f"数据库打不开或写不进（{' '.join(cause.split())}）；什么都没有写入，请检查磁盘和网络后再试"


_CAUSES = {
    "full": "磁盘满了，什么都没有写入；请腾出空间后再保存一次",
    "readonly": "数据文件夹只能读、不能写，什么都没有写入；请检查文件夹的权限",
    "locked": "别的程序正占用登记册，什么都没有写入；请稍候再试",
    "not a database": "数据文件已损坏或不是登记册，没有动它；请用备份恢复",
    "malformed": "数据文件已损坏，没有动它；请用备份恢复",
    "unable to open": "数据文件打不开：文件夹不在、只能读不能写，或者没有权限；请检查后再试",
    "connection is bad": "连不上数据库服务器，请检查网络和数据库地址",
    "connection failed": "连不上数据库服务器，请检查网络和数据库地址",
    "connection refused": "连不上数据库服务器，请检查网络和数据库地址",
}
