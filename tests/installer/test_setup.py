"""`make setup` as a whole: the order of its steps, and what it says when a step fails."""

from pathlib import Path

import pytest

from installer import setup
from installer.assets import packages
from installer.steps import SetupFailedError, attempt, must


def test_a_failure_is_one_sentence_and_a_bad_exit(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise SetupFailedError("no room on the disk")

    monkeypatch.setattr(setup, "set_up", fails)

    # Python prints the sentence and exits with 1.
    with pytest.raises(SystemExit, match=r"^setup: no room on the disk$"):
        setup.main()


def test_the_package_client_is_the_one_that_the_environment_brought(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps: list[object] = []
    monkeypatch.setattr(setup, "make_environment", lambda clone: clone / ".venv")
    monkeypatch.setattr(setup, "provide_qt_libraries", steps.append)
    monkeypatch.setattr(setup, "fetch_assets", lambda folder, npm, _: steps.append((folder, npm)) or [])

    setup.set_up(tmp_path, tmp_path / "assets")

    assert steps == [tmp_path / ".venv", (tmp_path / "assets", tmp_path / ".venv" / "bin" / "npm")]


def test_a_missing_rare_font_is_a_warning_with_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    rare = next(package for package in packages() if package.name == "fonts-hanazono")

    setup.warn_of([rare])

    said = capsys.readouterr().out
    assert "warning: without fonts-hanazono" in said
    assert f"apt-get update && apt-get download fonts-hanazono={rare.version}" in said


def test_a_failed_command_is_shown_with_what_it_said() -> None:
    with pytest.raises(SetupFailedError, match=r"failed \(3\): sh -c echo full; exit 3\nfull"):
        must(["sh", "-c", "echo full; exit 3"])


def test_a_program_that_is_not_there_counts_as_failed() -> None:
    assert attempt(["no-such-program-at-all"]).returncode == 127
