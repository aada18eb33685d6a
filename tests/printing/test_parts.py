"""Two processes write two files: the first half and the second, all of it or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from printing.batch import BatchRefused, print_batch
from printing.documents.card import DOCUMENT
from printing.errors import CannotWrite
from printing.parts import print_parts
from tests.printing.reading import whole_text

NUMBERS = tuple(f"TF 320413100 2018 {number:04d}" for number in range(1, 6))
CARDS = tuple(replace(DOCUMENT.sample, number=number) for number in NUMBERS)
UNPRINTABLE = replace(DOCUMENT.sample, number="\ue000")


@pytest.fixture
def targets(tmp_path: Path) -> list[Path]:
    return [tmp_path / "1.pdf", tmp_path / "2.pdf"]


def test_the_parts_are_what_one_file_would_hold_in_order(assets: Path, faces, targets, tmp_path) -> None:
    printed = print_parts(DOCUMENT, CARDS, targets, assets / "fonts")

    whole = print_batch(DOCUMENT, CARDS, tmp_path / "whole.pdf", faces)
    assert [one.pages for one in printed] == [2, 3]
    assert printed[0].papers + printed[1].papers == whole.papers
    assert whole_text(targets[0]) + whole_text(targets[1]) == whole_text(tmp_path / "whole.pdf")


def test_what_one_part_refuses_leaves_no_file_and_names_its_place_in_the_whole(
    assets: Path, targets: list[Path]
) -> None:
    targets[0].write_bytes(b"older")

    with pytest.raises(BatchRefused) as refusal:
        print_parts(DOCUMENT, (*CARDS, UNPRINTABLE), targets, assets / "fonts")

    assert [paper.index for paper in refusal.value.refused] == [5]
    assert targets[0].read_bytes() == b"older"
    assert list(targets[0].parent.iterdir()) == [targets[0]]


def test_the_rest_is_printed_where_that_is_wanted(assets: Path, targets: list[Path]) -> None:
    printed = print_parts(DOCUMENT, (*CARDS, UNPRINTABLE), targets, assets / "fonts", skip_refused=True)

    assert [index for one in printed for index, _ in one.papers] == [0, 1, 2, 3, 4]
    assert [paper.index for one in printed for paper in one.refused] == [5]


def test_progress_is_that_of_all_and_cancelling_ends_all(assets: Path, targets: list[Path]) -> None:
    heard: list[tuple[int, int]] = []

    def cancel(done: int, of: int) -> None:
        heard.append((done, of))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_parts(DOCUMENT, CARDS, targets, assets / "fonts", progress=cancel)

    assert heard[0][1] == 2 * len(CARDS)
    assert list(targets[0].parent.iterdir()) == []


@pytest.mark.parametrize("older", [None, b"older"])
def test_where_the_second_file_cannot_go_the_first_does_not_lie_either(
    assets: Path, targets: list[Path], older: bytes | None
) -> None:
    targets[1].mkdir()
    if older is not None:
        targets[0].write_bytes(older)

    with pytest.raises(OSError, match=r"2\.pdf"):
        print_parts(DOCUMENT, CARDS, targets, assets / "fonts")

    assert (targets[0].read_bytes() if targets[0].exists() else None) == older
    assert [one for one in targets[0].parent.iterdir() if one not in targets] == []


def test_a_folder_that_takes_no_file_is_named(assets: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"

    with pytest.raises(CannotWrite, match="nowhere"):
        print_parts(DOCUMENT, CARDS, [nowhere / "1.pdf", nowhere / "2.pdf"], assets / "fonts")
