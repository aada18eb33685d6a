"""The installed program itself, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import CLERK
from tests.offices import LEDGERS, PASSWORD

PROGRAM = Path(sys.executable).with_name("sanxiao")


def run_program(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a scheduled job would: its own process, hardly any environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SANXIAO_ASSETS")}
    return subprocess.run(
        [PROGRAM, *map(str, words)],
        env=kept | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_the_program_speaks_chinese_in_any_locale(locale: str) -> None:
    done = run_program("--json", "profiles", LC_ALL=locale)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["province"] == "江苏省"


def test_without_a_verb_and_a_screen_it_refuses_to_open_the_window(tmp_path: Path) -> None:
    done = run_program("--data", tmp_path)

    assert (done.returncode, done.stdout) == (3, "")
    assert "sanxiao demo --headless" in done.stderr


def test_the_module_is_the_same_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--data", tmp_path, "list", "establishments"],
        env={"PATH": os.environ["PATH"]} | CLERK,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "sanxiao init" in done.stderr


def test_a_register_made_by_one_process_is_there_for_the_next(tmp_path: Path) -> None:
    office = ("--data", tmp_path / "镇食安办", "--json")

    made = run_program(
        *office, "init", "--profile", "jintan-2018", "--villages", LEDGERS / "villages.csv", **CLERK
    )
    listed = run_program(*office, "list", "establishments", **CLERK)
    nobody = run_program(*office, "list", "establishments", SANXIAO_PASSWORD=PASSWORD)
    misuse = run_program(*office, "list", **CLERK)

    assert (made.returncode, made.stderr) == (0, "")
    assert (listed.returncode, json.loads(listed.stdout)) == (0, {"total": 0, "rows": []})
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert (misuse.returncode, misuse.stdout) == (2, "")


def test_a_reader_who_leaves_early_is_no_failure() -> None:
    reads, writes = os.pipe()
    os.close(reads)

    done = subprocess.run(
        [PROGRAM, "--json", "profiles"], stdout=writes, stderr=subprocess.PIPE, encoding="utf-8", check=False
    )

    os.close(writes)
    assert (done.returncode, done.stderr) == (0, "")
