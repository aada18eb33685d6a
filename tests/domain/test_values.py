"""Counts, areas, yes and no, and plain text are read as people type them and as cells hold them."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis.strategies import characters, decimals, floats, integers, text

from desktop.domain.errors import WrongValue
from desktop.domain.values import read_area, read_count, read_text, read_yes_no


def code_of(read, typed):
    with pytest.raises(WrongValue) as wrong:
        read(typed)
    return wrong.value.code


@given(integers(0, 9999))
def test_a_count_is_read_in_every_usual_spelling(count):
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    typed = (count, float(count), f"{count}.0", f"{count}人", f" {count} 名", f"{count}张", full_width)
    assert {read_count(one) for one in typed} == {count}


@pytest.mark.parametrize(
    ("typed", "count"), [("五人", 5), ("两人", 2), ("十二", 12), ("1,200", 1200), ("5户", 5), ("5口人", 5)]
)
def test_counts_in_words_and_with_units_are_read(typed, count):
    assert read_count(typed) == count


@pytest.mark.parametrize(
    "typed", ["若干", "约5人", "5-6人", "二三人", 5.5, "5O", "人", "", None, True, float("nan"), float("inf")]
)
def test_a_count_that_needs_a_guess_is_no_number(typed):
    assert code_of(read_count, typed) == "not_a_number"


@pytest.mark.parametrize("typed", [-1, "-1", 10_000, 1e20])
def test_a_count_beyond_reason_is_out_of_range(typed):
    assert code_of(read_count, typed) == "out_of_range"


@given(decimals(0, 999_999, places=2))
def test_an_area_is_read_to_the_hundredth_with_its_unit(area):
    typed = (area, f"{area}平方", f"{area} ㎡", f"{area}m²", f"{area}平方米")
    assert {read_area(one) for one in typed} == {area}


def test_an_area_cell_loses_the_dust_of_its_float():
    assert read_area(0.1 + 0.2) == Decimal("0.30")


@pytest.mark.parametrize("typed", ["约30", "30左右", "1e3", "", None, True, float("nan"), float("inf"), "3O"])
def test_an_area_that_needs_a_guess_is_no_number(typed):
    assert code_of(read_area, typed) == "not_a_number"


@pytest.mark.parametrize("typed", [-1, "1000000", "30.555"])
def test_an_area_beyond_reason_is_out_of_range(typed):
    assert code_of(read_area, typed) == "out_of_range"


@pytest.mark.parametrize("typed", ["有", "是", " 有 ", "√", "✔", "Y", "Ｙ", "TRUE", 1, 1.0, True])
def test_yes_is_read(typed):
    assert read_yes_no(typed) is True


@pytest.mark.parametrize("typed", ["无", "否", "没有", "×", "X", "n", 0, 0.0, False])
def test_no_is_read(typed):
    assert read_yes_no(typed) is False


@pytest.mark.parametrize("typed", ["", "有的", "已办", "/", None, 2])
def test_neither_yes_nor_no_is_an_unknown_value(typed):
    assert code_of(read_yes_no, typed) == "unknown_value"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" 张三\t", "张三"),
        ("张\t\t三", "张 三"),
        ("金坛\r\n小吃店", "金坛 小吃店"),
        ("a\0b", "a b"),
        ("Ａ座１０１（东）", "A座101（东）"),
        ("张\u3000三", "张 三"),
        ("\ufeff张\u200b三", "张三"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("ｅ\u0301", "é"),
        ("买买提·艾力", "买买提·艾力"),
        ("张𬭎𠮷", "张𬭎𠮷"),
        (5.0, "5"),
        (13912345678.0, "13912345678"),
        (date(2018, 4, 3), "2018-04-03"),
        (datetime(2018, 4, 3), "2018-04-03"),  # noqa: DTZ001 - cells hold moments without a zone
        (True, "是"),
    ],
)
def test_text_is_trimmed_and_freed_of_what_cannot_be_seen(typed, read):
    assert read_text(typed) == read


@given(text(characters(categories=("L", "N", "P", "Z", "C"))))
def test_text_that_is_read_can_be_stored_and_is_read_again_unchanged(typed):
    with suppress(WrongValue):
        _assert_storable(read_text(typed))


def _assert_storable(read):
    assert not any(category(mark) in {"Cc", "Cs"} for mark in read)
    assert read.encode().decode() == read
    assert read_text(read) == read


@given(text() | floats())
def test_anything_at_all_is_read_or_refused_with_a_sentence(typed):
    for read in (read_count, read_area, read_yes_no):
        with suppress(WrongValue):
            read(typed)


@pytest.mark.parametrize("typed", ["张" + chr(0xD842), "张\ufffd"])
def test_a_character_that_was_lost_on_the_way_is_refused_and_never_stored(typed):
    assert code_of(read_text, typed) == "broken_character"
