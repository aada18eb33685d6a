"""A number typed whole finds its own establishment and no other; initials are read as people read them."""

import pytest

from desktop.domain.search_keys import keys_for, ranges_for


def is_found(typed: str, *, name: str = "", numbers: tuple[str, ...] = ()) -> bool:
    keys = keys_for(name=name, operator_name="", numbers=numbers)
    return any(one.first <= key < one.after for one in ranges_for(typed) for key in keys)


def test_a_whole_paper_number_finds_its_own_trade_only() -> None:
    numbers = ("TF32041310020180001", "ZF32041310020180001", "CY32041310020180001")

    assert [is_found("TF32041310020180001", numbers=(number,)) for number in numbers] == [True, False, False]
    assert all(is_found("20180001", numbers=(number,)) for number in numbers)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("曾记水果摊", "zjsgt"), ("曾记水果摊", "cjsgt"), ("单记面馆", "sjmg"), ("翟记面馆", "zjmg")],
)
def test_a_shop_is_found_by_the_initials_of_its_owner_and_by_the_usual_ones(name, initials) -> None:
    assert is_found(initials, name=name)
