"""Drawing at random: the same for everybody, fair to all, and never an inspector who must stay away."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, sets, text

from desktop.domain.draws import Lists, Quota, draw, ranked

NUMBERS = tuple(f"100-{number:04}" for number in range(1, 21))


def test_who_is_drawn_can_be_worked_out_with_nothing_but_sha_256() -> None:
    by_hand = sorted(NUMBERS, key=lambda number: sha256(f"20180608\n{number}".encode()).hexdigest())

    drawn = draw(Lists(NUMBERS), "20180608", 3)

    assert [one.archive_number for one in drawn] == by_hand[:3]
    assert [one.archive_number for one in drawn] == ["100-0008", "100-0012", "100-0018"]


@given(sets(integers(1, 500), min_size=1, max_size=20), text(max_size=5))
def test_the_order_of_the_list_does_not_matter_and_nobody_is_drawn_twice(
    numbers: set[int], seed: str
) -> None:
    keys = [str(number) for number in numbers]

    assert ranked(seed, keys) == ranked(seed, reversed(keys))
    assert sorted(ranked(seed, keys)) == sorted(keys)


def test_another_seed_draws_others() -> None:
    seeds = [draw(Lists(NUMBERS), str(seed), 5) for seed in range(200)]
    often = {
        number: sum(number in {one.archive_number for one in drawn} for drawn in seeds) for number in NUMBERS
    }

    assert min(often.values()) > 25, "each is drawn about fifty times of two hundred"
    assert max(often.values()) < 80


@given(lists(integers(0, 19), max_size=40), integers(1, 20))
def test_pairs_are_two_who_need_not_stay_away_and_all_work_alike(away: list[int], count: int) -> None:
    people = ("甲", "乙", "丙", "丁")
    kept_away = tuple({(NUMBERS[number], "甲") for number in away})

    drawn = draw(Lists(NUMBERS, people, kept_away), "种子", count)

    assert all(len(set(one.inspectors)) == 2 for one in drawn)
    assert not [one for one in drawn if (one.archive_number, "甲") in kept_away and "甲" in one.inspectors]
    given = [sum(name in one.inspectors for one in drawn) for name in people[1:]]
    assert max(given) - min(given) <= 1 + len(set(away))


def test_one_whom_everybody_but_one_must_stay_away_from_has_no_pair() -> None:
    drawn = draw(Lists(("1", "2"), ("甲", "乙"), (("1", "甲"),)), "x", 2)

    assert {one.archive_number: len(one.inspectors) for one in drawn} == {"1": 1, "2": 2}


@pytest.mark.parametrize(
    ("quota", "words", "of_eleven"),
    [(Quota(count=3), "3 户", 3), (Quota(per_cent=10), "10%", 2), (Quota(per_cent=100), "100%", 11)],
)
def test_a_share_is_rounded_up(quota: Quota, words: str, of_eleven: int) -> None:
    assert (quota.words, quota.of(11)) == (words, of_eleven)


def test_any_change_of_a_list_changes_its_digest() -> None:
    lists = Lists(NUMBERS, ("甲", "乙"), (("100-0001", "甲"),))

    others = (
        Lists(NUMBERS[1:], lists.inspectors, lists.kept_away),
        Lists(NUMBERS, ("甲",), lists.kept_away),
        Lists(NUMBERS, lists.inspectors),
    )
    assert len({lists.digest, *(other.digest for other in others)}) == 4
