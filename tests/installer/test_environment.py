"""The virtual environment: made once, filled by hash, mended after a cut, made anew when the lock changes."""

from pathlib import Path

import pytest

from installer import environment
from installer.environment import COMPILED, LOCK, make_environment
from installer.steps import SetupFailedError


class Python:
    """Stands for venv and pip: makes the folder, notes what was asked, breaks when told to."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.breaks_at = ""

    def __call__(self, command: list[str | Path], *, cwd: Path | None = None) -> str:
        words = [str(word) for word in command]
        self.asked.append(words)
        if self.breaks_at and self.breaks_at in words:
            raise SetupFailedError("cut off")
        if "venv" in words:
            (Path(words[-1]) / "bin").mkdir(parents=True)
            (Path(words[-1]) / "bin" / "python").touch()
        return ""


@pytest.fixture
def python(monkeypatch: pytest.MonkeyPatch) -> Python:
    stand_in = Python()
    monkeypatch.setattr(environment, "must", stand_in)
    return stand_in


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    (tmp_path / LOCK).parent.mkdir(parents=True)
    (tmp_path / LOCK).write_text("a==1 --hash=sha256:0\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return tmp_path


def test_libraries_come_by_hash_and_the_program_without_a_build_of_its_own(
    clone: Path, python: Python
) -> None:
    assert make_environment(clone) == clone / ".venv"

    _, libraries, program, compiled = python.asked
    assert libraries[-3:] == ["--require-hashes", "-r", str(LOCK)]
    assert program[-4:] == ["--no-deps", "--no-build-isolation", "-e", "."]
    assert compiled[1:] == ["-m", "compileall", "-q", *COMPILED]


def test_a_second_time_nothing_is_asked(clone: Path, python: Python) -> None:
    make_environment(clone)
    python.asked.clear()

    make_environment(clone)

    assert python.asked == []


@pytest.mark.parametrize("changed", [str(LOCK), "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed(clone: Path, python: Python, changed: str) -> None:
    make_environment(clone)
    python.asked.clear()

    with (clone / changed).open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    make_environment(clone)

    assert len(python.asked) == 3


def test_a_set_up_that_was_cut_off_starts_afresh(clone: Path, python: Python) -> None:
    python.breaks_at = "--require-hashes"
    with pytest.raises(SetupFailedError):
        make_environment(clone)
    (clone / ".venv" / "half").touch()

    python.breaks_at = ""
    make_environment(clone)

    assert not (clone / ".venv" / "half").exists()
    assert (clone / ".venv" / "setup-done").is_file()


def test_a_clone_that_was_moved_does_not_keep_its_environment_as_it_is(clone: Path, python: Python) -> None:
    make_environment(clone)
    moved = clone.rename(clone.with_name("moved"))
    python.asked.clear()

    make_environment(moved)

    assert python.asked[0][1:3] == ["-m", "venv"]


def test_a_debian_without_venv_is_told_the_command(clone: Path, python: Python) -> None:
    python.breaks_at = "venv"

    with pytest.raises(SetupFailedError, match="apt-get install python3-venv"):
        make_environment(clone)

    assert not (clone / ".venv").exists()
