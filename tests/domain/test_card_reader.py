"""Card readers type one card in many shapes; each gives name, number and address, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.card_reader import CardFacts, looks_like_card, read_card
from desktop.domain.identity import check_digit

NUMBER = "32041319780312693" + check_digit("32041319780312693")
ADDRESS = "江苏省常州市金坛区金城镇沙湖村6组31号"
CARD = CardFacts("钱龚", NUMBER, ADDRESS)


@pytest.mark.parametrize(
    "typed",
    [
        f"钱龚\t男\t汉\t19780312\t{ADDRESS}\t{NUMBER}\t常州市公安局金坛分局\t2010.01.01-2030.01.01",
        f"钱龚\t男\t汉族\t1978年3月12日\t{NUMBER}\t{ADDRESS}",
        f"钱 龚\n男\n汉\n{ADDRESS}\n{NUMBER}\n",
        f"{NUMBER}\t钱龚\t{ADDRESS}",
        f"姓名：钱龚\r\n性别：男\r\n民族：汉\r\n住址：{ADDRESS}\r\n公民身份号码：{NUMBER}\r\n",
        f"钱龚|男|汉|{ADDRESS}|{NUMBER}|长期",
        f"钱龚,男,汉,{ADDRESS},{NUMBER}",
    ],
)
def test_a_card_is_read_in_every_shape(typed: str) -> None:
    assert read_card(typed) == CARD


def test_a_card_without_an_address_leaves_it_empty() -> None:
    assert read_card(f"钱龚\t男\t{NUMBER}") == CardFacts("钱龚", NUMBER, "")


def test_a_rare_character_and_a_name_with_a_dot_survive() -> None:
    assert read_card(f"𠮷龚\t{NUMBER}") == CardFacts("𠮷龚", NUMBER, "")
    assert read_card(f"阿依古丽·买买提\t女\t维吾尔族\t{NUMBER}") == CardFacts("阿依古丽·买买提", NUMBER, "")


@pytest.mark.parametrize(
    "typed",
    ["", NUMBER, "钱龚", f"钱龚\t{NUMBER[:-1]}", f"钱龚\t{ADDRESS}", f"男\t汉\t{NUMBER}", "馄饨\t大饼\n油条"],
)
def test_what_is_no_card_is_left_alone(typed: str) -> None:
    assert read_card(typed) is None


def test_a_number_with_a_wrong_check_digit_is_no_card() -> None:
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")

    assert read_card(f"钱龚\t{wrong}\t{ADDRESS}") is None


def test_a_number_alone_is_typed_as_it_is() -> None:
    assert not looks_like_card(NUMBER)
    assert looks_like_card(f"钱龚\t{NUMBER}")


@given(st.text())
def test_no_text_breaks_the_reader(typed: str) -> None:
    found = read_card(typed)

    assert found is None or (found.name and len(found.number) == 18)


@given(st.permutations(["男", "汉", ADDRESS, NUMBER, "19780312", "常州市公安局金坛分局"]))
def test_the_order_of_the_fields_does_not_matter(fields: list[str]) -> None:
    assert read_card("\t".join(["钱龚", *fields])) == CARD
