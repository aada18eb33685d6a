"""The system libraries of Qt: found missing by name, installed where that is allowed, else named."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from installer import system
from installer.steps import SetupFailedError
from installer.system import missing_in, missing_libraries, provide_qt_libraries

ANSWER = """\
	linux-vdso.so.1 (0x00007ffd3b5fe000)
	libxcb-cursor.so.0 => not found
	libQt6Gui.so.6 => /clone/.venv/lib/libQt6Gui.so.6 (0x00007f2f3c000000)
	libGL.so.1 => not found
"""
VENV = Path(__file__).parents[2] / ".venv"


class Machine:
    """A machine that lacks a library until the right packages are installed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, root: bool = True, sudo: bool = False) -> None:
        self.lacks = ["libGL.so.1"]
        self.done: list[list[str]] = []
        programs = {"apt-get", "sudo"} if sudo else {"apt-get"}
        monkeypatch.setattr(system, "missing_libraries", lambda _: self.lacks)
        monkeypatch.setattr(system, "geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(system, "which", lambda name: name if name in programs else None)
        monkeypatch.setattr(system, "attempt", lambda command: CompletedProcess(command, 0, ""))
        monkeypatch.setattr(system, "must", self.must)

    def must(self, command: list[str]) -> str:
        self.done.append(command)
        if "libgl1" in command:
            self.lacks = []
        return ""


def test_a_missing_library_is_read_from_what_the_linker_says() -> None:
    assert missing_in(ANSWER) == ["libxcb-cursor.so.0", "libGL.so.1"]


def test_this_machine_has_what_qt_needs_after_the_set_up() -> None:
    assert missing_libraries(VENV) == []


def test_every_part_of_qt_that_is_looked_at_is_there() -> None:
    looked_at = list(system._qt_files(VENV))

    assert len(looked_at) == len(system.LOADED)
    assert [path for path in looked_at if not path.is_file()] == []


def test_an_administrator_gets_the_libraries_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)

    provide_qt_libraries(VENV)

    assert [command[:2] for command in machine.done] == [["apt-get", "update"], ["apt-get", "install"]]


def test_who_may_become_administrator_without_a_password_gets_them_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = Machine(monkeypatch, root=False, sudo=True)

    provide_qt_libraries(VENV)

    assert {tuple(command[:3]) for command in machine.done} == {("sudo", "-n", "apt-get")}


def test_everybody_else_is_given_the_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, root=False)

    with pytest.raises(
        SetupFailedError, match="sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    ):
        provide_qt_libraries(VENV)

    assert machine.done == []


def test_where_nothing_is_missing_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    machine.lacks = []

    provide_qt_libraries(VENV)

    assert machine.done == []


def test_an_installation_that_did_not_help_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    machine.must = lambda command: ""  # type: ignore[method-assign]
    monkeypatch.setattr(system, "must", machine.must)

    with pytest.raises(SetupFailedError, match=r"still lacks libGL\.so\.1"):
        provide_qt_libraries(VENV)
