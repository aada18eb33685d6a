"""Personal numbers and names are hidden as far as the rule pack says, in lists and in free text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import dates, from_regex, integers, sampled_from, text

from desktop.domain.identity import check_digit
from desktop.domain.masking import PRESETS, mask, mask_all, mask_for_public, mask_person

WORDS = text("沙湖村联系电话身份证号，。： （）")
MOBILES = from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


def identity_number(region, born_on, serial):
    first_17 = f"{region}{born_on:%Y%m%d}{serial:03d}"
    return first_17 + check_digit(first_17)


@pytest.mark.parametrize(
    ("preset", "text", "masked"),
    [
        ("identity_11_14", "320482199001010019", "3204821990****0019"),
        ("identity_7_14", "320482199001010019", "320482********0019"),
        ("phone_4_7", "13812341234", "138****1234"),
        ("phone_4_7", "0519-82881234", "0519-8288****"),
        ("landline_last_4", "0519-82881234", "0519-8288****"),
        ("phone_4_7", "0519-82881234-801", "0519-8288****"),
        ("surname", "张大明", "张*"),
        ("surname", "张𬭎", "张*"),
        ("surname_and_last", "张大明", "张*明"),
        ("surname_and_last", "𠮷大𬭎", "𠮷*𬭎"),
        ("surname_and_last", "张三", "张*"),
    ],
)
def test_each_preset_hides_what_its_label_says(preset, text, masked):
    assert mask(text, preset) == masked


@given(text(min_size=1), sampled_from(sorted(PRESETS)))
def test_no_text_is_ever_shown_whole(typed, preset):
    masked = mask(typed, preset)
    assert "*" in masked
    assert masked != typed or set(typed) & {"*"}


@given(WORDS, dates(date(1900, 1, 1), date(2099, 12, 31)), integers(0, 999), WORDS, MOBILES, WORDS)
def test_free_text_keeps_its_words_and_loses_its_numbers(before, born_on, serial, between, mobile, after):
    number = identity_number("320482", born_on, serial)
    masked = mask_all(f"{before}{number}，{between}{mobile}{after}")
    assert masked == f"{before}{mask(number, 'identity_7_14')}，{between}{mask(mobile, 'phone_4_7')}{after}"


@pytest.mark.parametrize(
    "personal",
    [
        "411381 19740201 8638",
        "411381-19740201-8638",
        "４１１３８１１９５７０５２２８６３３",
        "32048219900101001x",
        "320482900101001",
        "138 1234 1234",
        "+86 138-1234-1234",
        "8613812341234",
        "tel13812341234",
        "0519-82881234",
        "０５１９－８２８８１２３４",
    ],
)
def test_numbers_written_in_other_ways_are_found_too(personal):
    masked = mask_all(f"登记“{personal}”")
    assert "****" in masked
    assert personal not in masked


@pytest.mark.parametrize(
    "harmless",
    [
        "TF32041310020180012",
        "JY13204130000013",
        "TD1320413100000001",
        "92320413MA1T000133",
        "110108000000016",
        "2018-06-01 08:30:00",
        "b94d27b9934d3e08a52e52d7da7d13812341234effcde9088f7ac2efcde90880",
        "金额 12345.67 元，12315，20180403",
    ],
)
def test_numbers_of_papers_licences_days_and_checksums_stay(harmless):
    assert mask_all(harmless) == harmless


@given(text())
def test_masking_free_text_twice_changes_nothing_more(typed):
    assert mask_all(mask_all(typed)) == mask_all(typed)


def test_a_person_is_masked_also_inside_the_name_of_a_shop() -> None:
    assert mask_person("钱杰永馄饨（钱杰永）", "钱杰永", "surname_and_last") == "钱*永馄饨（钱*永）"
    assert mask_person("馄饨店", "", "surname_and_last") == "馄饨店"


@pytest.mark.parametrize(
    ("text", "person", "masked"),
    [
        ("张三豆腐坊", "张三、李四", "张*豆腐坊"),
        ("张三、李四", "张三、李四", "张*、李*"),
        ("李四馄饨", "张三， 李四", "李*馄饨"),
        ("张三丰与张三", "张三、张三丰", "张*丰与张*"),
    ],
)
def test_each_of_several_partners_is_masked_wherever_it_is_named(text: str, person: str, masked: str) -> None:
    assert mask_person(text, person, "surname_and_last") == masked


def test_what_everybody_may_read_shows_neither_a_partner_nor_a_number() -> None:
    public = mask_for_public("张三豆腐坊13812345678", "张三、李四", "surname_and_last")

    assert public == "张*豆腐坊138****5678"
