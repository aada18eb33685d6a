"""What every test may ask for: a PostgreSQL database, fonts and icons, a clean environment, the look."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from os import environ
from pathlib import Path
from shutil import copyfile, disk_usage
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from installer.assets import asset_folder, packages
from tests.examples import PROOF
from tests.postgres import NoPostgresError, PostgresServer, running_postgres

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.views.kit.theme import Theme
    from tests.offices import TestOffice

# Meant for the tests themselves; every other SANXIAO_ setting is the person's, not the test's.
KEPT = {"SANXIAO_ASSETS", "SANXIAO_TEST_POSTGRES", "SANXIAO_UPDATE_GOLDENS"}

# Thousands of registers are made and thrown away: where memory has room for them, no disk is waited for.
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
if "TMPDIR" not in environ and MEMORY.is_dir() and disk_usage(MEMORY).free > ROOM:
    environ["TMPDIR"] = str(MEMORY)

# Before any test: Qt reads this when its application is made, and pytest-qt makes one for the whole run.
environ["QT_QPA_PLATFORM"] = "offscreen"
ASSETS = asset_folder()
# How many new objects make Python look for garbage; a test leaves little, and looking is dear.
NEW_OBJECTS = 10_000
# A rule is not wrong because the machine was busy: speed is measured in tests/bench alone.
settings.register_profile("suite", deadline=None)
settings.register_profile(PROOF, deadline=None)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Spare what was read for the tests from every later collection: a tenth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give folders that nobody has made, one to each test: making them is dear, and hardly one is used."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, homes: Iterator[Path]) -> None:
    """Hide the person's own settings and register from every test."""
    for name in environ.keys() - KEPT:
        if name.startswith("SANXIAO_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("SANXIAO_ASSETS", str(ASSETS))
    nobody = next(homes)
    for variable, folder in {"HOME": "home", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}.items():
        monkeypatch.setenv(variable, str(nobody / folder))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running PostgreSQL, one per test process; without one the tests fail, they are never skipped."""
    with ExitStack() as running:
        yield _entered(running)


def _entered(running: ExitStack) -> PostgresServer:
    try:
        return running.enter_context(running_postgres())
    except NoPostgresError as reason:
        absent = str(reason)
    # Outside of the except block, so that the reason stands alone and not below a chain of causes.
    pytest.fail(absent, pytrace=False)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a new, empty database that is dropped after the test."""
    with postgres_server.new_database() as url:
        yield url


@pytest.fixture(scope="session")
def assets() -> Path:
    """The folder with `fonts/` and `icons/`."""
    absent = [
        target
        for package in packages()
        for _, target in package.files
        if package.needed and not (ASSETS / target).is_file()
    ]
    if absent:
        pytest.fail(f"{ASSETS} lacks {', '.join(absent)}: run `make setup`", pytrace=False)
    return ASSETS


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Make a guess cheap: these passwords protect nobody, and hundreds of tests sign somebody in."""
    from argon2 import PasswordHasher

    from desktop.services.office import accounts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile no statement twice for one kind of database."""
    from desktop.storage.database import Database
    from tests.compiled import Compiled

    compiled = Compiled()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "__init__", lambda *args: compiled.open(*args))
        yield


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register on SQLite that is made once; each test works on its own copy."""
    from tests.offices import open_test_office

    path = tmp_path_factory.mktemp("made") / "register.db"
    open_test_office(path).office.db.close()
    return path


@pytest.fixture
def office(made_file: Path, tmp_path: Path) -> "Iterator[TestOffice]":
    """An open office on a SQLite file: eight villages, one person, no establishment."""
    from tests.offices import open_made_office

    office = open_made_office(Path(copyfile(made_file, tmp_path / "register.db")))
    yield office
    office.office.db.close()


@pytest.fixture
def no_garbage() -> Iterator[None]:
    """Collect between the tests alone, as the program does on its main thread alone (`views/garbage.py`).

    A collection on a working thread beside a test may take a widget, and the process ends.
    """
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="session")
def dressed(qapp: "QApplication", assets: Path) -> "Theme":
    """The application with fonts and colours; most tests never ask for it and never load Qt."""
    from desktop.views.kit.theme import Theme

    theme = Theme(fonts=assets / "fonts", icons=assets / "icons")
    theme.apply(qapp)
    return theme


@pytest.fixture
def theme(dressed: "Theme") -> "Iterator[Theme]":
    """The look of the window, light and at 100 % for each test."""
    from PySide6.QtCore import QCoreApplication, QEvent

    yield dressed
    # The windows of this test are gone before all that is open is dressed anew.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    dressed.zoom_reset()
    dressed.set_dark(False)
