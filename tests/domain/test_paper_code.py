"""The signed code: what is written is read back, and there is one spelling for each code and no other."""

from datetime import date

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.paper_code import (
    LONGEST_TEXT,
    CodeFacts,
    WrongCode,
    can_be_signed,
    fold_typed,
    key_id_of,
    looks_like_code,
    message_of,
    place_within,
    read_code,
    shortened,
    written,
)

FACTS = CodeFacts("stall", "TF32041310020180037", date(2019, 6, 19), "张𬭎", "柳塘路早餐点A06摊位")
LONGEST_HEAD = len("SX1-K3Y7-WORKSHOP-ZF32041310020180012-20190619")
SIGNATURE = bytes(range(200, 136, -1))

names = st.text("张王阿·𬭎𠮷㛃赵Ab（）", min_size=1, max_size=60).filter(str.strip)
numbers = st.text("0123456789ABCXYZ金城-〔〕a% ", min_size=1, max_size=24)
days = st.none() | st.dates(date(2000, 1, 1), date(2199, 12, 31))
trades = st.sampled_from(["workshop", "stall", "eatery", "shop", "grocery", "xy3"])
facts = st.builds(CodeFacts, trades, numbers, days, names, names, st.integers(1, 255))


def code_of(one: CodeFacts, signature: bytes = SIGNATURE) -> str:
    return written(message_of(one, "K3Y7"), signature)


@settings(deadline=None)
@given(facts, st.binary(min_size=64, max_size=64))
def test_what_is_written_is_read_back(one: CodeFacts, signature: bytes) -> None:
    cut = shortened(one)
    read = read_code(code_of(cut, signature))

    assert (read.key_id, read.facts, read.signature) == ("K3Y7", cut, signature)
    assert read.message == message_of(cut, "K3Y7")


@settings(deadline=None, max_examples=50)
@given(facts)
def test_a_code_stays_at_version_eight_unless_its_number_is_very_long(one: CodeFacts) -> None:
    text = code_of(shortened(one))

    made = segno.make(text, error="m", boost_error=False, micro=False)
    assert made.mode == "alphanumeric"
    head = text.rpartition("-")[0]
    assert len(text) <= LONGEST_TEXT or len(head) > LONGEST_HEAD
    assert len(text) > LONGEST_TEXT or made.version <= 8


@settings(deadline=None)
@given(facts)
def test_cutting_twice_cuts_no_more(one: CodeFacts) -> None:
    assert shortened(shortened(one)) == shortened(one)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x7F), max_size=250))
def test_whatever_somebody_types_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(WrongCode, match=r"[。；，]"):
        read_code(typed)


@settings(deadline=None)
@given(facts, st.data())
def test_a_code_that_reads_has_no_other_spelling(one: CodeFacts, data: st.DataObject) -> None:
    text = code_of(shortened(one))
    place = data.draw(st.integers(0, len(text) - 1))
    other = text[:place] + data.draw(st.sampled_from("0AZ-%z")) + text[place + 1 :]

    try:
        read = read_code(other)
    except WrongCode:
        return
    assert written(read.message, read.signature) == other


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:60],
        lambda text: text.replace("SX1", "SX2"),
        lambda text: text.replace("-STALL-", "-stall-"),
        lambda text: text.replace("20190619", "20190631"),
        lambda text: text.replace("20190619", "00000000"),
        lambda text: text.replace("TF3204", "%54F3204"),
        lambda text: text.replace("TF3204", "%FFTF3204"),
        lambda text: f" {text}",
        lambda text: f"{text}\n",
        lambda text: text * 5,
    ],
)
def test_another_spelling_of_a_code_is_refused(change) -> None:
    text = code_of(FACTS)
    read_code(text)

    with pytest.raises(WrongCode):
        read_code(change(text))


def test_what_keyboards_and_telephones_do_to_a_code_is_undone() -> None:
    text = code_of(FACTS)

    for typed in (f"  {text}\r\n", text.lower(), text.replace("-", "－"), text[:40] + "\n" + text[40:]):
        assert looks_like_code(typed)
        assert fold_typed(typed) == text


def test_of_a_long_place_the_end_is_kept_and_of_a_long_name_the_beginning() -> None:
    long = CodeFacts("workshop", "ZF32041310020180012", None, "古丽娜尔·" * 5, "石桥村老街" * 9 + "A06摊位")

    cut = shortened(long)

    assert cut.holder == "古丽娜尔·古丽娜尔·古丽娜…"
    assert cut.place.startswith("…")
    assert cut.place.endswith("A06摊位")
    assert len(cut.place) == 11


def test_what_every_place_of_the_township_begins_with_is_left_out() -> None:
    assert place_within("江苏省常州市金坛区金城镇石桥村东巷18号", "金城镇") == "石桥村东巷18号"
    assert place_within("石桥村东巷18号", "金城镇") == "石桥村东巷18号"
    assert place_within("金城镇", "金城镇") == "金城镇"


def test_a_key_is_named_by_four_characters_of_its_fingerprint() -> None:
    assert key_id_of(bytes(32)) == key_id_of(bytes(32)) != key_id_of(bytes(31) + b"\1")
    assert len(key_id_of(b"x")) == 4


def test_a_trade_that_no_code_can_name_is_said_so_before_anything_is_signed() -> None:
    assert not can_be_signed("小摊")
    with pytest.raises(ValueError, match="trade"):
        message_of(CodeFacts("food_stall", "1", None, "甲", "乙"), "K3Y7")


@pytest.mark.parametrize("lost", range(1, 60, 7))
def test_a_code_that_was_not_scanned_whole_is_to_be_scanned_again(lost: int) -> None:
    with pytest.raises(WrongCode, match="重扫一遍"):
        read_code(code_of(FACTS)[:-lost])
