"""Citing the law: each law once, its articles in their order."""

from datetime import date

from desktop.domain.citation import cite
from desktop.domain.forms import Source
from desktop.domain.profile import LegalBasis


def clause(title: str, article: str) -> LegalBasis:
    return LegalBasis("x", title, article, "", date(2015, 10, 1), None, Source("法律文本"))


def test_a_law_is_named_once_and_its_articles_stand_in_their_order() -> None:
    food = [
        clause("食品安全法", f"第{number}条") for number in ("一百二十七", "三十四", "五", "十", "三十三")
    ]
    other = clause("江苏省条例", "关于法律责任的条款")

    assert cite([*food, other, food[1]]) == (
        "《食品安全法》第五条、第十条、第三十三条、第三十四条、第一百二十七条和《江苏省条例》关于法律责任的条款"
    )
    assert cite([]) == ""
