"""Spellings that mean the same fold into one, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis.strategies import characters, integers, text

from desktop.domain.folding import (
    MIDDLE_DOT,
    chinese_number,
    fold,
    fold_address,
    fold_name,
    half_width,
    plain_number,
    private_use_characters,
    without_invisible,
)

RARE = ("𬭎", "𠮷", "㛃", "䶮", "禤", "𫖯", "𬱟", "\U00031350")


@given(text())
def test_folding_twice_changes_nothing_more(typed):
    for folding in (fold, fold_name, fold_address, half_width, plain_number, without_invisible):
        assert folding(folding(typed)) == folding(typed)


@pytest.mark.parametrize("unseen", ["\ufe00", "\ufe0f", "\U000e0100", "\u2068", "\xad", "\u200d", "\u202e"])
def test_what_nobody_sees_is_no_part_of_a_name(unseen):
    assert without_invisible(f"吴葛{unseen}记") == "吴葛记"


@given(text(alphabet="0123456789ABCxyz一三十百沙湖村號组栋豆腐㐀㈱Ａ４"))
def test_words_without_any_sign_fold_as_they_do_with_one_behind(typed):
    for folding in (fold, fold_name, fold_address):
        assert folding(typed) == folding(f"{typed}。")


@pytest.mark.parametrize("rare", RARE)
def test_a_rare_character_stays_as_it_is(rare):
    assert [folding(f"张{rare} ") for folding in (fold, fold_name, fold_address)] == [f"张{rare}"] * 3


@pytest.mark.parametrize("dot", "·•‧∙⋅・･")
def test_every_look_alike_of_the_middle_dot_is_the_middle_dot(dot):
    assert fold_name(f"买买提 {dot} 艾力") == f"买买提{MIDDLE_DOT}艾力"


@given(text())
def test_half_width_keeps_every_position(typed):
    assert len(half_width(typed)) == len(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("沙湖村12组54号", "沙湖村 十二组 ５４號"),
        ("金城镇（沙湖村）6组", "金城鎮沙湖村6组"),
        ("沙湖村3-12号", "沙湖村３—１２号"),
        ("A座101室", "ａ座１０１室"),
    ],
)
def test_one_place_written_in_two_ways_is_one_place(one, other):
    assert fold_address(one) == fold_address(other)


@given(integers(1, 999), integers(1, 999))
def test_two_numbers_side_by_side_never_grow_into_one(house, room):
    for gap in ("-", " ", "—", "，", "、", "/", "#"):
        assert fold_address(f"沙湖村{house}{gap}{room}号") != fold_address(f"沙湖村{house}{room}号")


def test_a_name_of_numerals_is_not_counted():
    assert fold_address("三八路6号") == "三八路6号"


@given(text(characters(categories=("Lo", "Nd", "Co"))))
def test_private_use_characters_are_told_once_each(typed):
    expected = [c for c in typed if 0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000]
    assert private_use_characters(typed) == tuple(sorted(set(expected), key=expected.index))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("五", 5),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("九百九十九", 999),
        ("二〇一八", 2018),
    ],
)
def test_chinese_numbers_are_read(words, number):
    assert chinese_number(words) == number


@pytest.mark.parametrize("words", ["", "若干", "十百", "百", "一百五", "5", "十人"])
def test_what_is_no_chinese_number_is_not_read_as_one(words):
    assert chinese_number(words) is None


@pytest.mark.parametrize("typed", ["'13912345678", "’13912345678", " ' 13912345678"])
def test_the_apostrophe_that_makes_a_cell_a_text_is_no_part_of_the_number(typed: str) -> None:
    assert plain_number(typed) == "13912345678"
