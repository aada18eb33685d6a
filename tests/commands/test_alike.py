"""The verb about records that are alike, as a script of the office calls it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from tests.commands.conftest import Console, Told, console_on, office_in
from tests.offices import stall


@pytest.fixture
def three(made_empty: Path, tmp_path: Path, run: Callable[..., Told]) -> Console:
    """Three stalls: the first two of one person, all of one telephone."""
    folder = Path(shutil.copytree(made_empty, tmp_path / "office"))
    program = office_in(folder)
    answers = (
        stall(surveyor=None),
        stall(address="沙湖村9组1号", village="白塔村"),
        stall(operator_name="李四", operator_id_number="340824200108147266", address="沙湖村1组1号"),
    )
    for number, typed in enumerate(answers, 1):
        program.surveys.save("stall", typed, by=program.actor, identity=UUID(int=number))
    program.database.close()
    return console_on(folder, run)


def test_pairs_are_listed_joined_told_apart_and_asked_again(three: Console) -> None:
    listed = three("duplicates").json
    assert (listed["total"], listed["sure"], listed["unsure"], listed["shared"]) == (3, 0, 3, [])
    first = listed["pairs"][0]
    assert (first["kept"]["id"], first["other"]["archive_number"]) == (1, "100-0002")
    assert (first["alike"], first["sure"]) == (["operator_id_number", "phone"], False)

    assert three("duplicates", "--apart", "1", "3").json == {"apart": [1, 3]}
    assert three("duplicates", "--join", "1", "2").json == {
        "kept": 1,
        "joined": "100-0002",
        "taken": ["surveyor"],
    }
    assert three("duplicates").json["pairs"] == []
    assert three("duplicates", "--again", "3", "1").code == 0
    said = three("duplicates", as_json=False).out
    assert "拿不准  1 100-0001" in said
    assert "电话相同" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--join", "1", "9"), "没有编号为 9 的"),
        (("--join", "1", "1"), "就是这一户"),
        (("--apart", "2", "2"), "两个不同的档案"),
        (("--again", "1", "2"), "没有认定过"),
        (("--apart", "甲", "2"), "应为不小于 1"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(three: Console, words: tuple[str, ...], told: str) -> None:
    answer = three("duplicates", *words)
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err
