"""Risk levels: where a trade begins, what raises it, and that a decision stands above."""

from desktop.domain.risk import Happened, RiskFacts, assess
from desktop.profiles import load_profile

RULES = load_profile("jintan-2018").risk


def level(facts: RiskFacts, decided: str | None = None) -> tuple[str, str]:
    risk = assess(RULES, facts, decided)
    return risk.level.code, risk.reasons


def test_a_trade_begins_at_its_level_and_each_sign_raises_it() -> None:
    assert level(RiskFacts("stall", "馄饨")) == ("A", "")
    assert level(RiskFacts("workshop", "挂面")) == ("B", "")
    assert level(RiskFacts("stall", "凉拌菜、卤味")) == ("B", "高风险品种")
    assert level(RiskFacts("workshop", "速冻水饺", school_distance_m=150)) == ("D", "冷链食品、校园周边")


def test_what_happened_raises_it_and_the_highest_is_the_end() -> None:
    everything = RiskFacts("workshop", "肉制品", happened=frozenset(Happened))

    assert level(everything)[0] == "D"
    assert level(RiskFacts("stall", "馄饨", happened=frozenset({Happened.STARRED})))[0] == "B"


def test_a_food_category_counts_like_a_word() -> None:
    assert level(RiskFacts("workshop", "米面", food_categories=("111",))) == ("C", "冷链食品")


def test_a_school_at_the_very_distance_is_not_near() -> None:
    assert level(RiskFacts("stall", "馄饨", school_distance_m=200)) == ("A", "")


def test_a_decision_stands_above_the_facts_and_says_so() -> None:
    assert level(RiskFacts("stall", "卤味"), "D") == ("D", "评定（高风险品种）")
    assert level(RiskFacts("stall", "馄饨"), "") == ("A", "")
