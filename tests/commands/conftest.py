"""The program as a stranger's script sees it: words in; exit code, standard output and error out."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from desktop.__main__ import main
from desktop.app import Program, program_for
from desktop.clock import SystemClock
from desktop.services.office.villages import read_village_list
from tests.offices import LEDGERS, PASSWORD

TODAY = "2018-06-08"
CLERK = {"SANXIAO_USER": "周敏", "SANXIAO_PASSWORD": PASSWORD}


@dataclass(frozen=True)
class Told:
    """What one run of the program said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Console(Protocol):
    """Runs the program on one data folder."""

    def __call__(self, *words: object, today: str = TODAY, as_json: bool = True) -> Told: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run the program with exactly these words; somebody is signed in by the environment."""
    for name, value in CLERK.items():
        monkeypatch.setenv(name, value)

    def given(*words: object) -> Told:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:  # argparse ends the process itself
            code = int(stopped.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert "程序出了差错" not in err, "a mistake of ours, met by the last resort"
        return Told(code, out, err)

    return given


def console_on(folder: Path, run: Callable[..., Told]) -> Console:
    def given(*words: object, today: str = TODAY, as_json: bool = True) -> Told:
        asked = ("--json",) if as_json else ()
        return run("--data", folder, "--today", today, *asked, *words)

    return given


def office_in(folder: Path, environment: dict[str, str] | None = None) -> Program:
    """Return the program on a folder, for what a test prepares without the command line."""
    return program_for(data=folder, database_url=None, clock=SystemClock(), environment=environment or CLERK)


@pytest.fixture(scope="session")
def made_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with its villages and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    program = office_in(folder)
    villages = read_village_list((LEDGERS / "villages.csv").read_bytes(), "villages.csv")
    program.make_register(profile="jintan-2018", township="", villages=villages)
    program.database.close()
    return folder


@pytest.fixture(scope="session")
def made_stalls(made_empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with the forty stalls of the tidy ledger."""
    folder = tmp_path_factory.mktemp("made") / "stalls"
    shutil.copytree(made_empty, folder)
    program = office_in(folder)
    program.imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=program.actor)
    program.database.close()
    return folder


@pytest.fixture
def empty(made_empty: Path, tmp_path: Path, run: Callable[..., Told]) -> Console:
    """The program on a register without establishments."""
    return console_on(Path(shutil.copytree(made_empty, tmp_path / "office")), run)


@pytest.fixture
def stalls(made_stalls: Path, tmp_path: Path, run: Callable[..., Told]) -> Console:
    """The program on a register with forty stalls, none of them registered."""
    return console_on(Path(shutil.copytree(made_stalls, tmp_path / "office")), run)
