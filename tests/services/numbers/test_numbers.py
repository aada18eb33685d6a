import pytest

from desktop.errors import UserError
from desktop.services.numbers.next_numbers import Numbers
from desktop.services.office.villages import Villages


@pytest.fixture
def village_id(desk):
    return Villages(desk.office).all()[0].id


def test_the_next_number_is_shown_with_how_many_were_given(desk, village_id):
    following = Numbers(desk.office).next("stall", village_id, by=desk.clerk)

    assert following.number == "TF32041310020180001"
    assert following.grouped == "TF 320413100 2018 0001"
    assert following.given == 0


def test_looking_at_a_number_reserves_nothing(desk, village_id):
    numbers = Numbers(desk.office)

    first, second = (numbers.next("stall", village_id, by=desk.clerk) for _ in range(2))

    assert first == second


def test_another_rule_is_tried_and_not_kept(desk, village_id):
    numbers = Numbers(desk.office)

    tried = numbers.next("stall", village_id, by=desk.clerk, template="{字头}{年2}-{序:6}")

    assert tried.number == "TF18-000001"
    assert numbers.next("stall", village_id, by=desk.clerk).number == "TF32041310020180001"


@pytest.mark.parametrize(
    ("template", "said"),
    [("{字头}{年4}", "顺序号"), ("{字头}{序:4}", "重号"), ("{字头", "花括号"), ("{月亮}{序:4}", "不认识")],
)
def test_a_wrong_rule_is_refused_in_a_sentence(desk, village_id, template, said):
    with pytest.raises(UserError, match=said):
        Numbers(desk.office).next("stall", village_id, by=desk.clerk, template=template)
