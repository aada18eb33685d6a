"""One phone number is read as people write it; two, or too few digits, are refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis.strategies import from_regex, lists, sampled_from, text

from desktop.domain.errors import WrongValue
from desktop.domain.phones import is_service_number, phones_of, read_phone, read_phones


@given(from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mobile_is_read_in_every_usual_spelling(number):
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    grouped = f"{number[:3]}-{number[3:7]} {number[7:]}"
    typed = (
        number,
        float(number),
        int(number),
        f"{number}.0",
        f"{number[0]}.{number[1:]}E+10",
        f"+86 {number}",
        f"86{number}",
        full_width,
        grouped,
    )
    assert {read_phone(one) for one in typed} == {number}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("051982881234", "0519-82881234"),
        ("(0519) 8288 1234", "0519-82881234"),
        ("（０５１９）８２８８１２３４", "0519-82881234"),
        ("0519—82881234", "0519-82881234"),
        ("0519-8288123", "0519-8288123"),
        ("010-12345678", "010-12345678"),
        ("0519-82881234-801", "0519-82881234-801"),
        ("0519-82881234转801", "0519-82881234-801"),
        ("400-800-8888", "4008008888"),
        ("12315", "12315"),
        ("95588", "95588"),
    ],
)
def test_landlines_and_hotlines_are_read(typed, read):
    assert read_phone(typed) == read


@given(from_regex(r"(0[1-9][0-9]{1,2}-?)?[0-9]{5,8}([-转][0-9]{1,6})?", fullmatch=True))
def test_what_was_read_is_read_again_unchanged(typed):
    with suppress(WrongValue):
        read = read_phone(typed)
        assert read_phone(read) == read


@given(text())
def test_any_text_is_read_or_refused_with_a_sentence(typed):
    with suppress(WrongValue):
        assert set(read_phone(typed)) <= set("0123456789-")


@pytest.mark.parametrize(
    "typed",
    [
        "1391234",
        "139123456789",
        "12912345678",
        "139l2345678",
        "1391234567O",
        "82881234",
        "13912345678/13812345678",
        "13912345678 13812345678",
        "无",
        "",
        None,
        float("nan"),
        1.3912345678e30,
    ],
)
def test_what_needs_a_guess_is_refused(typed):
    with pytest.raises(WrongValue) as wrong:
        read_phone(typed)
    assert wrong.value.code == "phone_shape"


def test_a_landline_without_its_area_code_is_told_so():
    with pytest.raises(WrongValue, match="区号"):
        read_phone("82881234")


def test_hotlines_are_known_as_such():
    assert [is_service_number(phone) for phone in ("12315", "4008008888", "13912345678")] == [
        True,
        True,
        False,
    ]


MOBILE = from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(
    lists(MOBILE, min_size=1, max_size=4, unique=True), sampled_from(["、", "/", ",", "；", "\n", " ", " / "])
)
def test_several_phones_in_one_cell_are_all_read(numbers, mark):
    assert phones_of(read_phones(mark.join(numbers))) == tuple(numbers)


@given(MOBILE)
def test_one_phone_is_read_as_ever_and_once(number):
    assert read_phones(f"{number}/{number}；") == read_phone(number)


@pytest.mark.parametrize("typed", ["0519-82881234/35", "13912345678、1391234567", "13912345678（妻）"])
def test_one_that_needs_a_guess_refuses_them_all(typed):
    with pytest.raises(WrongValue):
        read_phones(typed)
