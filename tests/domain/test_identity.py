"""Identity numbers are read as people write them, and a wrong digit is found."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis.strategies import composite, dates, integers, sampled_from

from desktop.domain.errors import WrongValue
from desktop.domain.identity import (
    age_in_doubt,
    check_digit,
    facts,
    is_old_number,
    read_identity_number,
    region_hint,
)


@composite
def identity_numbers(draw):
    region = draw(sampled_from(["320413", "320482", "810000", "830000", "911156", "640221"]))
    born_on = draw(dates(date(1900, 1, 1), date(2099, 12, 31)))
    first_17 = f"{region}{born_on:%Y%m%d}{draw(integers(0, 999)):03d}"
    return first_17 + check_digit(first_17)


def refused(typed):
    with pytest.raises(WrongValue) as wrong:
        read_identity_number(typed)
    return wrong.value


@pytest.mark.parametrize(
    ("first_17", "last"), [("37010119010203997", "3"), ("51310119820113001", "4"), ("11010519491231002", "X")]
)
def test_the_check_digit_is_that_of_the_standard(first_17, last):
    assert check_digit(first_17) == last


@pytest.mark.parametrize("number", ["320482199001010019", "320413199001010024"])
def test_numbers_of_the_old_and_the_new_region_code_are_good(number):
    assert read_identity_number(number) == number


@given(identity_numbers())
def test_what_a_person_reads_without_doubt_is_read(number):
    full_width = "".join(chr(ord(mark) + 0xFEE0) for mark in number)
    spaced = f" {number[:6]} {number[6:14]}-{number[14:]}\t"
    assert {read_identity_number(typed) for typed in (number.lower(), full_width, spaced)} == {number}


@given(identity_numbers(), integers(0, 16), integers(0, 9))
def test_any_one_wrong_digit_is_found(number, place, digit):
    assume(number[place] != str(digit) and (place, digit) != (0, 0))
    wrong = number[:place] + str(digit) + number[place + 1 :]
    assert refused(wrong).code == ("id_number_damaged" if wrong.endswith("000") else "id_number_check_digit")


@given(identity_numbers(), integers(0, 16))
def test_two_neighbours_exchanged_are_found(number, place):
    exchanged = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assume(exchanged != number)
    assert refused(exchanged).code in {"id_number_check_digit", "id_number_shape", "id_number_damaged"}


def test_a_number_of_which_a_spreadsheet_kept_fifteen_digits_is_damaged_not_mistyped():
    assert refused("340824200108147000").code == "id_number_damaged"


def test_the_refusal_tells_what_the_rest_of_the_number_says():
    sentence = str(refused("320413197803120011"))
    assert "最后一位对不上，多半抄错了一位。前 17 位：金坛区、1978-03-12、男。" in sentence


def test_an_unknown_region_is_left_out_of_the_sentence():
    assert "前 17 位：1978-03-12、男。" in str(refused("123456197803120011"))


@pytest.mark.parametrize(
    "typed",
    [
        "32041319900101002",
        "3204131990010100240",
        "32O413199001010024",
        "020413199001010024",
        "3204131990010X0024",
        "abc",
        "",
        None,
        True,
        12.5,
    ],
)
def test_what_needs_a_guess_is_refused(typed):
    assert refused(typed).code == "id_number_shape"


@pytest.mark.parametrize(
    "typed", [3.20482197001015e17, 320482199001010019, "3.20482E+17", "3.20482197001015e+17", float("nan")]
)
def test_a_number_that_a_spreadsheet_has_damaged_is_called_that(typed):
    assert refused(typed).code == "id_number_damaged"


def test_a_day_that_never_was_is_refused_though_the_check_digit_fits():
    first_17 = "32041319780230001"
    assert refused(first_17 + check_digit(first_17)).code == "id_number_shape"


@pytest.mark.parametrize("typed", ["320482900101001", 320482900101001.0, "320482900101001.0"])
def test_a_number_of_the_first_generation_becomes_its_long_form(typed):
    assert is_old_number(typed)
    assert read_identity_number(typed) == "320482199001010019"


@pytest.mark.parametrize("typed", ["320482900101996", "320482901301001", "320482900230001"])
def test_fifteen_digits_that_are_not_surely_an_old_number_are_refused(typed):
    assert refused(typed).code == "id_number_shape"


def test_a_number_tells_region_birthday_and_sex():
    told = facts("320482199001010019")
    assert (told.region_code, told.born_on, told.sex, told.region_hint) == (
        "320482",
        date(1990, 1, 1),
        "男",
        "原金坛市",
    )
    assert facts("320413199001010024").sex == "女"


def test_age_changes_on_the_birthday():
    told = facts("320482199001010019")
    assert (told.age(date(2005, 12, 31)), told.age(date(2006, 1, 1))) == (15, 16)


def test_an_unknown_region_has_no_name():
    assert region_hint("999999") == ""


@pytest.mark.parametrize(
    ("born", "told"),
    [
        ("20990101", "那天还没有到"),
        ("20180101", "现在 0 岁"),
        ("20020609", "现在 15 岁"),
        ("20020608", ""),
        ("19180608", ""),
        ("19170608", "现在 101 岁"),
    ],
)
def test_an_unlikely_age_is_doubted(born, told):
    first_17 = f"320413{born}002"

    doubt = age_in_doubt(first_17 + check_digit(first_17), date(2018, 6, 8))

    assert (told in doubt, bool(doubt)) == (True, bool(told))
