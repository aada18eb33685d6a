"""The table of putting right: where a case may begin, what may follow what, who is the same person."""

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from desktop.domain.lifecycle import FIRST_STAGES, STAGE_STEPS, Stage, may_follow
from desktop.domain.rectification import InspectionResult, distinct_people, is_among


def after(starts: set[Stage]) -> set[Stage]:
    """Return every stage that can be reached."""
    reached = set(starts)
    while more := {to for now in reached for to in STAGE_STEPS[now]} - reached:
        reached |= more
    return reached


def test_every_stage_can_be_reached_and_every_stage_has_its_line() -> None:
    assert after(set(FIRST_STAGES)) == set(Stage) == set(STAGE_STEPS)


def test_only_what_passed_is_closed_out_and_nothing_else_becomes_of_it() -> None:
    assert {now for now in Stage if may_follow(now, Stage.CLOSED_OUT)} == {Stage.PASSED}
    assert STAGE_STEPS[Stage.PASSED] == {Stage.CLOSED_OUT}


def test_nothing_is_found_good_before_it_was_ordered_or_corrected() -> None:
    assert not may_follow(Stage.FOUND, Stage.PASSED)
    assert not may_follow(Stage.RELAPSED, Stage.PASSED)
    assert not may_follow(Stage.FAILED, Stage.PASSED)


def test_what_is_closed_out_or_has_ended_never_opens_again() -> None:
    assert after({Stage.CLOSED_OUT}) == {Stage.CLOSED_OUT, Stage.CONSOLIDATING}
    assert after({Stage.ENDED}) == {Stage.ENDED}


def test_no_open_case_is_without_a_way_out() -> None:
    """A case that could only stay where it is would hang on the wall for ever."""
    for now in Stage:
        assert not now.is_open or Stage.CLOSED_OUT in after({now})


def test_every_case_that_has_not_passed_may_end_with_its_trade() -> None:
    assert {now for now in Stage if may_follow(now, Stage.ENDED)} == {
        stage for stage in Stage if stage.is_open and stage is not Stage.PASSED
    }


def test_a_running_deadline_is_an_open_case() -> None:
    assert all(stage.is_open for stage in Stage if stage.has_running_deadline)


@pytest.mark.parametrize("typed", ["赵学军", " 赵学军", "赵 学 军", "赵学军\u3000"])
def test_spaces_make_no_second_person(typed: str) -> None:
    assert is_among(typed, ["史国平", "赵学军"])
    assert distinct_people(["赵学军", typed]) == ("赵学军",)


@given(lists(sampled_from(["赵学军", "史国平", "买买提·艾力", "", " "])))
def test_each_person_counts_once_in_the_order_they_were_named(names: list[str]) -> None:
    people = distinct_people(names)

    assert list(people) == list(dict.fromkeys(name for name in names if name.strip()))


@pytest.mark.parametrize(
    ("starred", "general", "limit", "result"),
    [
        (0, 0, 4, "符合"),
        (0, 3, 4, "基本符合"),
        (0, 4, 4, "不符合"),
        (1, 0, 4, "不符合"),
        (0, 9, 0, "基本符合"),
    ],
)
def test_an_inspection_is_judged_by_starred_items_and_the_limit_of_the_others(
    starred: int, general: int, limit: int, result: str
) -> None:
    assert InspectionResult.of(starred=starred, general=general, limit=limit).label == result
