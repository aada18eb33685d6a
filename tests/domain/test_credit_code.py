"""Licence numbers are checked by their own check digits."""

import pytest
from hypothesis import assume, given
from hypothesis.strategies import from_regex, integers, sampled_from

from desktop.domain.credit_code import read_credit_code
from desktop.domain.errors import WrongValue

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def last_character(first_17):
    """The formula of GB 32100-2015, written out."""
    total = sum(ALPHABET.index(mark) * pow(3, place, 31) for place, mark in enumerate(first_17))
    return ALPHABET[(31 - total % 31) % 31]


BODIES = from_regex(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True)


def refused(typed):
    with pytest.raises(WrongValue) as wrong:
        read_credit_code(typed)
    return wrong.value


@given(BODIES)
def test_a_code_made_by_the_standard_is_good_however_it_is_typed(body):
    code = body + last_character(body)
    full_width = "".join(chr(ord(mark) + 0xFEE0) for mark in code)
    typed = (code, code.lower(), full_width, f" {code[:8]} {code[8:]}\t")
    assert {read_credit_code(one) for one in typed} == {code}


@given(BODIES, integers(8, 17), sampled_from(ALPHABET))
def test_any_one_wrong_character_is_found(body, place, mark):
    code = body + last_character(body)
    assume(code[place] != mark)
    assert refused(code[:place] + mark + code[place + 1 :]).code == "credit_code_check_digit"


def test_a_sum_that_divides_evenly_ends_in_nought():
    assert read_credit_code("92320413MA1T000133") == "92320413MA1T000133"
    zero = next(body for n in range(1000) if last_character(body := f"92320413MA1T{n:05d}") == "0")
    assert read_credit_code(zero + "0") == zero + "0"


def test_letters_that_the_alphabet_leaves_out_are_named():
    wrong = refused("91350100M000100Y4Z")
    assert wrong.code == "credit_code_shape"
    assert "Z" in str(wrong)
    assert read_credit_code("91350100M000100Y43") == "91350100M000100Y43"


@pytest.mark.parametrize(
    "typed", ["110108000000016", " 110108 000000016", 110108000000016.0, "110108000000016.0"]
)
def test_an_old_registration_number_of_fifteen_digits_is_good(typed):
    assert read_credit_code(typed) == "110108000000016"


def test_an_old_registration_number_with_a_wrong_end_is_refused():
    assert refused("110108000000017").code == "credit_code_check_digit"


@pytest.mark.parametrize("typed", ["", None, "9232041", "92320413MA1T00013", 9.1350100000010e17, "九二三二"])
def test_what_has_another_shape_is_refused(typed):
    assert refused(typed).code == "credit_code_shape"
