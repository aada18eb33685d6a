"""Habits that no linter knows: short files, one clock, Chinese punctuation, no registry's address."""

from pathlib import Path
from subprocess import run

import pytest

from tests.architecture.reading import CLONE, asks_the_machine_for_the_time, half_width_marks, sources

MOST_LINES = 400
# File or folder below the clone -> why its files may be longer.
LONGER = {
    "desktop/storage/migrations/versions": "a schema as it was released: a record, never edited again",
}

# In pieces, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("snapshot", "debian", "org"),
        ("proxy", "golang", "org"),
    )
]


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    long = [path for path in sources("desktop", "printing") if line_count(path) > MOST_LINES]
    excused = [CLONE / place for place in LONGER]
    assert [path for path in long if not any(path.is_relative_to(place) for place in excused)] == []


def test_every_excuse_for_a_long_file_is_still_needed() -> None:
    for place in LONGER:
        assert any(line_count(path) > MOST_LINES for path in sources(place)), place


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_time_is_asked_in_one_place_only() -> None:
    everybody = set(sources("desktop", "printing")) - {CLONE / "desktop" / "clock.py"}
    assert [line for path in everybody for line in asks_the_machine_for_the_time(path)] == []


@pytest.mark.parametrize("call", ["date.today()", "datetime.datetime.now(UTC)", "datetime.utcnow()"])
def test_a_planted_question_for_the_time_is_caught(tmp_path: Path, call: str) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(f"def due():\n    return {call}\n", encoding="utf-8")
    assert asks_the_machine_for_the_time(planted) == [f"{planted}:2"]


def test_chinese_sentences_have_chinese_punctuation() -> None:
    assert [line for path in sources("desktop", "printing") for line in half_width_marks(path)] == []


@pytest.mark.parametrize("text", ["'没有这个村, 请核对'", "f'第{row}行:缺{name}'", "'要继续吗?'"])
def test_a_planted_ascii_mark_is_caught(tmp_path: Path, text: str) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(f"said = {text}\n", encoding="utf-8")
    assert len(half_width_marks(planted)) == 1


@pytest.mark.parametrize("text", ["'没有这个村，请核对'", "r'(\\d+)日?'", "'{序:4}'", "'a, b'"])
def test_what_is_no_chinese_sentence_is_left_alone(tmp_path: Path, text: str) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        f'"""A round of the survey (摸底调查), and 台账: its ledger."""\nsaid = {text}\n', "utf-8"
    )
    assert half_width_marks(planted) == []


def test_no_file_names_a_package_registry() -> None:
    listed = run(["git", "ls-files", "-z"], cwd=CLONE, capture_output=True, check=True).stdout.decode()
    files = [CLONE / name for name in listed.split("\0") if name]
    assert len(files) > 20
    assert [str(path) for path in files if path.is_file() and names_a_registry(path.read_bytes())] == []


def test_a_planted_address_is_caught() -> None:
    assert all(names_a_registry(f"see https://www.{host}/simple".encode()) for host in REGISTRIES)


def names_a_registry(content: bytes) -> bool:
    return any(host.encode() in content for host in REGISTRIES)
