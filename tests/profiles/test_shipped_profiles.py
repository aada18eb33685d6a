"""The rule packs that come with the program: complete, with their sources, and not in the code."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from

from desktop.domain.forms import CORE_FIELDS, Question, QuestionType, Source, read_answer, read_answers
from desktop.domain.numbering import NumberContext, NumberRule
from desktop.domain.paperwork import review_body
from desktop.domain.profile import DayKind, Profile, Trade
from desktop.profiles import available, load_profile
from tests.profiles.places import CLONE, places_named

SHIPPED = available().profiles
JINTAN = load_profile("jintan-2018")
WUZHI = load_profile("wuzhi-2022")
BY_NAME = {profile.name: profile for profile in SHIPPED}
TRADES = {f"{profile.name}-{trade.code}": (profile, trade) for profile in SHIPPED for trade in profile.trades}

every_profile = pytest.mark.parametrize("profile", SHIPPED, ids=BY_NAME)
every_trade = pytest.mark.parametrize(("profile", "trade"), TRADES.values(), ids=TRADES)

# What a person would type, one for each type of question; choices answer with their own first word.
TYPED = {
    QuestionType.TEXT: "柳塘路 8 号",
    QuestionType.LONG_TEXT: "豆腐、百叶",
    QuestionType.YES_NO: "有",
    QuestionType.COUNT: "5人",
    QuestionType.AREA: "30平方",
    QuestionType.DATE: "2018.4.3",
    QuestionType.IDENTITY_NUMBER: "320482199001010019",
    QuestionType.PHONE: "139 1234 5678",
    QuestionType.CREDIT_CODE: "92320413MA1T000133",
    QuestionType.VILLAGE: "白塔村",
}


def typed_for(question: Question) -> str:
    return question.choices[0].label if question.choices else TYPED[question.type]


def sources_in(thing: object, place: str) -> Iterator[tuple[str, Source]]:
    """Give every source below a value of the profile, and where it stands."""
    if isinstance(thing, Source):
        yield place, thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from sources_in(getattr(thing, field.name), f"{place}.{field.name}")
    elif isinstance(thing, tuple):
        for number, part in enumerate(thing):
            yield from sources_in(part, f"{place}[{number}]")
    elif isinstance(thing, dict):
        for key, part in thing.items():
            yield from sources_in(part, f"{place}.{key}")


def test_two_provinces_come_with_the_program() -> None:
    assert {"jintan-2018", "wuzhi-2022"} <= set(BY_NAME)


@every_profile
def test_every_value_names_its_source(profile: Profile) -> None:
    found = dict(sources_in(profile, profile.name))
    assert len(found) > 50
    assert [place for place, source in found.items() if len(source.text) < 4] == []


@every_profile
def test_what_is_assumed_asks_the_office(profile: Profile) -> None:
    assumed = [source.text for _, source in sources_in(profile, "") if source.is_assumed]
    assert assumed != []
    assert [text for text in assumed if "请本单位" not in text] == []


@every_trade
def test_a_form_reads_an_answer_of_every_question(profile: Profile, trade: Trade) -> None:
    form = profile.form(trade.code)
    reading = read_answers(form, {question.code: typed_for(question) for question in form.questions})

    assert reading.problems == ()
    assert [code for code, answer in reading.answers.items() if answer is None] == []


@every_profile
def test_every_type_of_question_is_asked_somewhere(profile: Profile) -> None:
    assert {question.type for question in profile.questions} == set(QuestionType)


@every_trade
def test_a_form_asks_what_its_trade_demands(profile: Profile, trade: Trade) -> None:
    asked = {question.code for question in profile.form(trade.code).questions}
    assert {*trade.mandatory_facts, *trade.required_answers} <= asked
    assert asked >= CORE_FIELDS - {"area_m2"}


@every_profile
def test_header_words_lead_to_one_question_only(profile: Profile) -> None:
    for trade in profile.trades:
        words = [word for question in profile.form(trade.code).questions for word in question.words]
        assert sorted(words) == sorted(set(words))


@every_trade
def test_every_trade_has_a_check_list_with_starred_items(profile: Profile, trade: Trade) -> None:
    items = profile.items(trade.code)
    assert len(items) >= 13
    assert any(item.is_starred for item in items)
    assert all(item.finding != item.text for item in items)


@every_profile
def test_both_families_of_notices_are_there_and_the_township_orders_nothing(profile: Profile) -> None:
    township, market = profile.family("township"), profile.family("market")
    assert "责令" not in township.notice_title
    assert "责令" in market.notice_title
    assert township.copy_to


@every_trade
def test_a_card_says_what_it_is_and_never_claims_to_be_a_permit(profile: Profile, trade: Trade) -> None:
    paper = trade.paper
    said = f"{paper.title}{paper.note}".replace("不是行政许可证件", "")
    assert not any(word in said for word in ("许可", "准予", "核准"))
    assert paper.code == "certificate" or "不是行政许可证件" in paper.note


@every_trade
def test_no_number_rule_claims_to_be_confirmed(profile: Profile, trade: Trade) -> None:
    assert not trade.paper.number_is_confirmed
    assert trade.paper.sources["number"].is_assumed


@given(sampled_from(sorted(TRADES)), integers(1, 9999), sampled_from([2018, 2022, 2026]))
def test_numbers_of_two_trades_never_meet(key: str, serial: int, year: int) -> None:
    profile, trade = TRADES[key]
    others = [other for other in profile.trades if other.code != trade.code]
    number = number_of(profile, trade, serial, year)

    assert rule(trade).matches(number) == serial
    assert number not in {number_of(profile, other, serial, year) for other in others}


def rule(trade: Trade) -> NumberRule:
    return NumberRule.parse(trade.paper.number_template, trade.paper.number_scope)


def number_of(profile: Profile, trade: Trade, serial: int, year: int) -> str:
    context = NumberContext(
        profile=profile.name,
        trade=trade.code,
        prefix=trade.paper.number_prefix,
        region_code=profile.region_code,
        township_code=profile.township_code,
        on=date(year, 6, 20),
    )
    return rule(trade).format(context, serial)


@every_profile
def test_a_clause_is_never_in_force_twice_on_one_day(profile: Profile) -> None:
    for one in profile.legal_basis:
        for other in profile.legal_basis:
            if one is not other and one.code == other.code:
                ends = [basis.effective_until or date.max for basis in (one, other)]
                assert max(one.effective_from, other.effective_from) > min(ends)


@every_profile
def test_whatever_is_refused_by_a_rule_is_refused_with_its_clause(profile: Profile) -> None:
    """A refusal whose clause a pack does not have would say no more than that it is so."""
    code = re.compile(r'clause\(\s*(?:self|work)\.office\.profile, "(\w+)"')
    services = (CLONE / "desktop" / "services").rglob("*.py")
    asked = {one for file in services for one in code.findall(file.read_text(encoding="utf-8"))}

    assert {"two_inspectors", "shutdown", "look_back", "track_result"} <= asked
    day = max(profile.effective_from, date(2022, 7, 7))
    assert [one for one in sorted(asked) if profile.law(one, day) is None] == []


def test_jintan_has_the_trades_papers_and_issuers_of_its_programme() -> None:
    papers = {trade.label: (trade.paper.title, trade.paper.issuer) for trade in JINTAN.trades}
    assert papers == {
        "食品小作坊": ("食品小作坊登记证", "常州市金坛区市场监督管理局"),
        "食品小摊贩": ("食品摊贩登记卡", "金城镇食品安全委员会办公室"),
        "食品小餐饮": ("食品小餐饮登记卡", "金城镇食品安全委员会办公室"),
    }
    assert [trade.paper.validity.label for trade in JINTAN.trades] == ["3年", "1年", "1年"]
    assert [len(JINTAN.items(code)) for code in ("workshop", "eatery", "stall")] == [25, 15, 13]


NORMS = (
    "亮证经营、安全承诺、自查制度落实、健康查体、进货查验记录、单据留存、"
    "食品添加剂公示、操作规范、场所清洁、包装标示规范"
)


def test_workshops_are_checked_by_all_ten_norms_in_their_order() -> None:
    heads = [item.text.split("：")[0] for item in JINTAN.items("workshop")[15:]]

    assert "、".join(heads) == NORMS


def test_a_shop_that_sells_food_is_checked_as_a_grocery_too() -> None:
    assert [item.code for item in WUZHI.items("shop") if "销售食品的" in item.text] == [
        f"G{number:02}" for number in range(1, 6)
    ]


def test_jintan_demands_for_registration_what_the_command_line_promises() -> None:
    always = {"operator_name", "operator_id_number", "village", "address", "products"}
    demanded = {trade.code: set(trade.mandatory_facts) for trade in JINTAN.trades}
    assert demanded == {"workshop": always | {"name"}, "eatery": always | {"name"}, "stall": always}


def test_jintan_counts_the_statutory_days() -> None:
    wanted = {"acceptance": 3, "site_check": 10, "decision": 20, "hand_over": 5}
    assert {code: JINTAN.period(code).days for code in wanted} == wanted
    assert {JINTAN.period(code).kind for code in wanted} == {DayKind.WORKDAYS}
    assert JINTAN.period("renewal_before_expiry").kind is DayKind.CALENDAR


def test_jintan_numbers_show_trade_place_year_and_serial() -> None:
    assert number_of(JINTAN, JINTAN.trade("stall"), 12, 2018) == "TF32041310020180012"
    assert number_of(JINTAN, JINTAN.trade("workshop"), 1, 2018) == "ZF32041310020180001"
    assert number_of(JINTAN, JINTAN.trade("eatery"), 21, 2018) == "CY32041310020180021"


def test_henan_knows_other_trades_and_files_its_stalls_without_end() -> None:
    assert [trade.short_label for trade in WUZHI.trades] == ["小作坊", "小经营店", "小摊点"]
    stall = WUZHI.trade("stall")
    assert stall.paper.title == "食品小摊点备案卡"
    assert stall.paper.number_label == "备案卡编号"
    assert stall.paper.validity.ends_on(date(2022, 7, 7)) is None
    assert "trading_hours" in stall.mandatory_facts  # 条例第三十一条
    assert WUZHI.trade("shop").paper.validity.label == "3年"
    assert not WUZHI.has_trade("eatery")


def test_henan_refuses_spirits_but_not_those_of_the_old_craft() -> None:
    words = {product.word: product.unless for product in WUZHI.prohibited("workshop")}
    assert "传统酿制白酒" in words["白酒"]
    assert {"乳制品", "罐头", "果冻", "食品添加剂"} <= words.keys()


@pytest.mark.parametrize(
    ("item", "trade", "follows"),
    [
        ("H10", "stall", ["第四十六条"]),  # water: a fine at once; for shops only what is not put right
        ("H10", "shop", ["第四十五条"]),
        ("H08", "stall", ["第四十七条", "第四十八条"]),
        ("H08", "workshop", ["第四十五条", "第四十八条"]),
    ],
)
def test_henan_says_by_trade_which_clause_follows(item: str, trade: str, follows: list[str]) -> None:
    day = date(2022, 8, 2)
    clauses = [WUZHI.law(code, day, trade) for code in WUZHI.breach(item, trade).consequences]

    assert [clause.article for clause in clauses if clause] == follows


def test_the_law_is_cited_as_it_stood_on_the_day_of_the_paper() -> None:
    articles = {}
    for day in (date(2018, 6, 1), date(2021, 7, 14), date(2021, 7, 15), date(2026, 6, 1)):
        basis = JINTAN.law("correction", day)
        articles[day] = basis.article if basis else None
    assert list(articles.values()) == ["第二十三条", "第二十三条", "第二十八条", "第二十八条"]
    assert JINTAN.law("correction", date(1990, 1, 1)) is None


def test_choices_are_read_by_word_and_by_code() -> None:
    question = JINTAN.form("stall").question("stall_type")
    assert read_answer(question, "市场内") == read_answer(question, "market") == "market"


def test_nothing_of_one_place_stands_in_the_code() -> None:
    files = [path for folder in ("desktop", "printing") for path in sorted((CLONE / folder).rglob("*.py"))]
    assert len(files) > 20
    assert [line for path in files for line in places_named(path)] == []


@pytest.mark.parametrize(
    "planted", ["'金坛区'", "f'{x}江苏省'", "('320413', 2)", "{'issuer': '常州市金坛区'}"]
)
def test_a_place_planted_in_the_code_is_caught(tmp_path: Path, planted: str) -> None:
    path = tmp_path / "planted.py"
    path.write_text(f'"""Rows of 金坛 are only an example here."""\nissuer = {planted}\n', encoding="utf-8")
    assert len(places_named(path)) == 1


@every_profile
def test_no_order_cites_an_article_that_only_says_where_the_law_holds(profile: Profile) -> None:
    """An article on scope (适用本条例) forbids nothing and punishes nothing."""
    cited = {law for one in profile.breaches for law in (*one.breaks, *one.consequences)}

    assert [law.code for law in profile.legal_basis if law.code in cited and "适用本条例" in law.says] == []


@every_profile
@pytest.mark.parametrize("on", [date(2018, 6, 8), date(2023, 12, 31), date(2024, 1, 1)])
def test_an_office_names_the_same_body_of_review_on_all_its_papers_of_one_day(
    profile: Profile, on: date
) -> None:
    orders = review_body(profile.family("market").reviews, on)
    own = [one for one in profile.registration_issuers if one.issuer == profile.family("market").issuer]

    assert [review_body(one.reviews, on) for one in own] == [orders] * len(own)
    assert ("或者" in orders) == (on < date(2024, 1, 1))


@every_trade
def test_a_card_that_is_no_permit_does_not_cite_the_permit_law(profile: Profile, trade: Trade) -> None:
    on, is_card = date(2022, 8, 1), trade.paper.code == "card"
    for code in ("acceptance_slip", "completion_notice", "refusal_decision"):
        wording = profile.wording(code, trade.code)
        titles = [profile.law(law, on).title for law in wording.laws]

        assert titles, code
        assert ("中华人民共和国行政许可法" in titles) != is_card
        assert "行政许可法" not in "".join(wording.paragraphs)
