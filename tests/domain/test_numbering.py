"""Numbers of papers follow the template of the rule pack, and no two papers can share one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, sampled_from

from desktop.domain.errors import WrongValue
from desktop.domain.numbering import SCOPE_PARTS, NumberContext, NumberRule, check_digit

CONTEXT = NumberContext(
    profile="here-2018",
    trade="stall",
    prefix="TF",
    region_code="320413",
    township_code="320413100",
    on=date(2018, 6, 1),
    village_code="320413100207",
    trade_digit="2",
)
OURS = "{字头}{县6}{乡镇3}{年4}{序4}"
TEMPLATES = {
    OURS: "TF32041310020180012",
    "{字头}{省2}{市2}{县2}{乡镇3}{年4}{序:4}": "TF32041310020180012",
    "TD{类别1}{省2}{市2}{县2}{乡镇3}{序:6}": "TD2320413100000012",
    "JY{类别1}{省2}{市2}{县2}{序:6}{校验:MOD11-10}": "JY23204130000125",
    "{字头}{村3}-{年2}{月2}-{序:3}": "TF207-1806-012",
}


@pytest.mark.parametrize(("template", "number"), TEMPLATES.items())
def test_each_kind_of_template_makes_its_number_and_knows_it_again(template, number):
    rule = NumberRule.parse(template, ())
    assert rule.format(CONTEXT, 12) == number
    assert rule.matches(number) == 12


def test_a_township_can_number_with_its_short_name():
    rule = NumberRule.parse("{字头}{年4}{序:4}", ("year",))
    assert rule.format(replace(CONTEXT, prefix="金城", on=date(2026, 1, 1)), 1) == "金城20260001"


def test_the_check_digit_is_that_of_the_standard():
    assert check_digit("11010800000001") == "6"


def test_the_published_formats_are_templates_digit_by_digit() -> None:
    ningjin = replace(CONTEXT, region_code="130528", township_code="130528101", trade_digit="2")
    stall_card = NumberRule.parse("TD{类别1}{省2}{市2}{县2}{乡镇3}{序:6}", ())
    trading = NumberRule.parse("JY{类别1}{省2}{市2}{县2}{序:6}{校验:MOD11-10}", ())
    making = NumberRule.parse("SC{类别3}{省2}{市2}{县2}{序:4}{校验:MOD11-10}", ())

    numbers = [rule.format(ningjin, 37) for rule in (stall_card, trading)]
    numbers.append(making.format(replace(ningjin, trade_digit="101"), 37))

    assert numbers[0] == "TD2" + "13" + "05" + "28" + "101" + "000037"
    assert [len(number) for number in numbers] == [2 + 16, 2 + 14, 2 + 14]
    assert numbers[1][:-1] == "JY2" + "130528" + "000037"
    assert numbers[2][:-1] == "SC101" + "130528" + "0037"
    assert [check_digit(number[:-1]) for number in numbers[1:]] == [number[-1] for number in numbers[1:]]


def test_a_check_digit_finds_every_single_wrong_digit() -> None:
    good = "11010800000001" + check_digit("11010800000001")
    for place in range(len(good)):
        for digit in set("0123456789") - {good[place]}:
            wrong = good[:place] + digit + good[place + 1 :]
            assert check_digit(wrong[:-1]) != wrong[-1]


@given(sampled_from(sorted(TEMPLATES)), integers(1, 999), dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_serial_comes_back_out_of_every_number(template, serial, on):
    rule = NumberRule.parse(template, ())
    assert rule.matches(rule.format(replace(CONTEXT, on=on), serial)) == serial


@given(integers(1, 999_998), sampled_from("0123456789"))
def test_a_wrong_check_digit_is_not_our_number(serial, last):
    rule = NumberRule.parse("JY{类别1}{省2}{市2}{县2}{序:6}{校验:MOD11-10}", ())
    number = rule.format(CONTEXT, serial)
    assert (rule.matches(number[:-1] + last) is None) == (last != number[-1])


@given(integers(1, 99), integers(1, 99))
def test_two_papers_of_one_counter_never_share_a_number(one, other):
    rule = NumberRule.parse(OURS, ("year", "trade"))
    assert (rule.format(CONTEXT, one) == rule.format(CONTEXT, other)) == (one == other)


@pytest.mark.parametrize(
    "number", ["", "TF3204131002018012", "TF32041310020180000", "XX", "TF3204131002018001２"]
)
def test_another_number_is_not_ours(number):
    assert NumberRule.parse(OURS, ()).matches(number) is None


@pytest.mark.parametrize("serial", [0, -1, 10_000])
def test_a_serial_that_has_no_room_is_refused_and_never_widened(serial):
    with pytest.raises(WrongValue, match="顺序号") as wrong:
        NumberRule.parse(OURS, ()).format(CONTEXT, serial)
    assert wrong.value.code == "out_of_range"


@pytest.mark.parametrize("part", SCOPE_PARTS)
def test_a_counter_begins_anew_for_each_part_of_its_scope(part):
    other = {
        "profile": {"profile": "here-2026"},
        "county": {"region_code": "320482"},
        "township": {"township_code": "320413104"},
        "village": {"village_code": "320413100208"},
        "year": {"on": date(2019, 1, 1)},
        "trade": {"trade": "eatery"},
    }
    rule = NumberRule.parse("{字头}{村3}{年4}{序:4}", (part,))
    assert rule.scope_key(CONTEXT) != rule.scope_key(replace(CONTEXT, **other[part]))
    for unrelated in SCOPE_PARTS:
        if unrelated != part:
            assert rule.scope_key(CONTEXT) == rule.scope_key(replace(CONTEXT, **other[unrelated]))


@pytest.mark.parametrize(
    ("template", "scope"),
    [
        ("", ()),
        ("{", ()),
        ("{序:4", ()),
        ("{字头}", ()),
        ("{序:4}{序:4}", ()),
        ("{序:0}", ()),
        ("{顺序}{序:4}", ()),
        ("{校验:MOD11-10}{序:4}", ()),
        ("{字头}{序:4}", ("year",)),
        ("{字头}{年4}{序:4}", ("village",)),
        ("{年4}{序:4}", ("trade",)),
        ("{字头}{序:4}", ("month",)),
    ],
)
def test_a_template_that_cannot_number_is_refused_with_a_sentence(template, scope):
    with pytest.raises(WrongValue, match="编号规则"):
        NumberRule.parse(template, scope)


def test_letters_of_the_template_tell_the_trades_apart_as_a_prefix_does():
    assert NumberRule.parse("TD{县6}{序:6}", ("trade",)).format(CONTEXT, 1) == "TD320413000001"


@pytest.mark.parametrize(
    ("template", "lacking"),
    [
        ("{村3}{序:4}", {"village_code": ""}),
        ("{字头}{序:4}", {"prefix": ""}),
        ("{县6}{序:4}", {"region_code": "32"}),
    ],
)
def test_a_fact_that_the_number_needs_and_nobody_gave_is_told(template, lacking):
    with pytest.raises(WrongValue) as wrong:
        NumberRule.parse(template, ()).format(replace(CONTEXT, **lacking), 1)
    assert wrong.value.code == "missing"


def test_a_number_is_grouped_as_papers_show_it_and_an_older_one_is_left_alone() -> None:
    rule = NumberRule.parse("{字头}{省2}{市2}{县2}{乡镇3}{年4}{序:4}", ("year", "trade"))

    assert rule.grouped("ZF32041310020180012") == "ZF 320413100 2018 0012"
    assert rule.grouped("旧2016-7") == "旧2016-7"
