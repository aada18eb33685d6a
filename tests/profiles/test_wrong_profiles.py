"""A rule pack that is not as it must be is refused with file, line, key and what was expected."""

from pathlib import Path
from re import escape

import pytest

from desktop.domain.errors import WrongValue
from desktop.domain.strict_toml import WrongFile
from desktop.profiles import SHIPPED, available, load_profile

GOOD = (SHIPPED / "jintan-2018.toml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def refusal_of(folder: Path, text: str) -> WrongFile:
    (folder / "jintan-2018.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongFile) as refused:
        load_profile("jintan-2018", [folder])
    return refused.value


CASES = {
    "a misspelt key": ('office = "', 'ofice = "', "profile.ofice", "不认识这一项"),
    "a text for a number": (
        "expiring_days = 60",
        'expiring_days = "60"',
        "trade[0].paper.expiring_days",
        "整数",
    ),
    "a paper that outlives everybody": ("years = 3", "years = 9000", "validity.years", "0 到 100 的整数"),
    "a time of day": (
        "effective_from = 2018-04-01",
        "effective_from = 2018-04-01T08:00:00",
        "effective_from",
        "不写时间",
    ),
    "an empty title": ('title = "江苏·常州·金坛（2018）"', 'title = "  "', "profile.title", "不能是空的"),
    "a sign that nobody sees": (
        'title = "江苏·常州·金坛（2018）"',
        'title = "金坛\\u0000"',
        "profile.title",
        "U+0000",
    ),
    "letters for a region": ('region_code = "320413"', 'region_code = "abc"', "region_code", "6 位数字"),
    "no prefix where the number has one": ('prefix = "ZF"', 'prefix = ""', "number.prefix", "{字头}"),
    "a number for a text": ('prefix = "ZF"', "prefix = 7", "trade[0].paper.number.prefix", "文字"),
    "a text for a yes or no": (
        "is_confirmed = false",
        'is_confirmed = "no"',
        "is_confirmed",
        "true 或 false",
    ),
    "a text for a day": (
        "effective_from = 2018-04-01",
        'effective_from = "四月"',
        "profile.effective_from",
        "日期",
    ),
    "an unknown trade": ('trades = ["stall"]', 'trades = ["booth"]', "trades", "workshop、stall、eatery"),
    "an unknown fact": ('fact = "validity"', 'fact = "zodiac"', "trade[0].paper.row[5].fact", "之一"),
    "an unknown type": ('type = "village"', 'type = "hamlet"', "question[1].type", "之一"),
    "an unknown section": ('section = "operator"', 'section = "cellar"', "section", "identity"),
    "an unknown way of counting": (
        'kind = "workdays"',
        'kind = "lunar"',
        "period[0].kind",
        "workdays、calendar",
    ),
    "an unknown way of masking": ('phone = "phone_4_7"', 'phone = "none"', "masking.phone", "phone_4_7"),
    "a name of two numbers": ('words = ["停业"', 'words = ["总数", "停业"', "words", "只能指一件事"),
    "a number that nobody counts": ('code = "paused"', 'code = "sleeping"', "code", "之一"),
    "an unknown token": ("{序:4}", "{序}", "trade[0].paper.number.template", "编号规则"),
    "a colour that is none": ('accent = "17564A"', 'accent = "green"', "trade[0].paper.accent", "六位颜色"),
    "a list of which one item has a score": (
        'code = "S05"',
        'code = "S05"\nscore = 5',
        "code",
        "要么每项都写分值",
    ),
    "an item that breaks two": (
        'items = ["W09", "W10"]',
        'items = ["W09", "W10", "W01"]',
        "items",
        "只能有一处",
    ),
    "a breach of an unknown law": ('breaks = ["hygiene"]', 'breaks = ["hygeine"]', "breaks", "只能用"),
    "a family signed by nobody known": (
        'signed_by = ["market"]',
        'signed_by = ["county"]',
        "family[1].signed_by",
        "只能用",
    ),
    "a word that nobody fills in": (
        "请于{期限}前（含当日）完成整改",
        "请于{日期}前（含当日）完成整改",
        "paragraphs",
        "不认识“{日期}”",
    ),
    "a notice without its list": ('"{问题}", "请于', '"请于', "paragraphs", "须有一段只写“{问题}”"),
    "an option too few": (
        'options = ["报请销号", "再次责令整改"',
        'options = ["再次责令整改"',
        "options",
        "应为 4 项",
    ),
    "an empty source": (
        'source = "假定：登记证三年，请本单位确认"',
        'source = " "',
        "validity.source",
        "出处",
    ),
    "a negative number of days": ("days = 3\n", "days = -3\n", "period[0].days", "1 到 9999"),
    "a fact that no question asks for": (
        'mandatory_facts = ["name", ',
        'mandatory_facts = ["shoe_size", ',
        "trade[0].mandatory_facts",
        "shoe_size",
    ),
}


@pytest.mark.parametrize(("good", "wrong", "key", "expected"), CASES.values(), ids=CASES)
def test_a_wrong_value_is_named_with_line_and_key(
    tmp_path: Path, good: str, wrong: str, key: str, expected: str
) -> None:
    text = GOOD.replace(good, wrong, 1)
    refused = refusal_of(tmp_path, text)

    assert refused.file == "jintan-2018.toml"
    assert refused.line == line_of(text, wrong)
    assert refused.key.endswith(key)
    assert expected in refused.expected
    assert str(refused).startswith(f"jintan-2018.toml 第 {refused.line} 行，")


def test_a_missing_key_is_named_with_the_line_of_its_table(tmp_path: Path) -> None:
    text = GOOD.replace('survey_title = "金坛区食品小作坊基本情况调查表"\n', "", 1)
    refused = refusal_of(tmp_path, text)
    assert (refused.key, refused.line) == ("trade[0].survey_title", line_of(text, "[[trade]]"))


@pytest.mark.parametrize("table", ["masking", "profile"])
def test_a_missing_table_is_named(tmp_path: Path, table: str) -> None:
    refused = refusal_of(tmp_path, GOOD.replace(f"[{table}]\n", "[something]\n", 1))
    assert refused.key == table
    assert f"[{table}]" in refused.expected


@pytest.mark.parametrize("code", ["acceptance", "decision", "late_entry"])
def test_a_missing_period_is_named(tmp_path: Path, code: str) -> None:
    refused = refusal_of(tmp_path, GOOD.replace(f'code = "{code}"\nlabel', 'code = "other"\nlabel', 1))
    assert code in refused.expected


@pytest.mark.parametrize(
    ("key", "code", "other"),
    [
        ("question[8].code", "phone", "home_address"),
        ("check_item[2].code", "W02", "W03"),
        ("trade[2].code", "stall", "eatery"),
    ],
)
def test_a_code_used_twice_is_refused_where_it_stands_again(
    tmp_path: Path, key: str, code: str, other: str
) -> None:
    refused = refusal_of(tmp_path, GOOD.replace(f'code = "{other}"', f'code = "{code}"', 1))
    assert (refused.key, refused.line) == (key, line_of(GOOD, f'code = "{other}"'))
    assert f"“{code}”写了两次" in refused.expected


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    text = GOOD.replace('county = "常州市金坛区"', 'county = "常州市金坛区', 1)
    refused = refusal_of(tmp_path, text)
    assert refused.line == line_of(text, "county =")


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "jintan-2018.toml").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(WrongFile, match=r"第 1 行，编码：.*UTF-8"):
        load_profile("jintan-2018", [tmp_path])


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "jintan-2018.toml").write_text(GOOD, encoding="utf-8-sig")
    assert load_profile("jintan-2018", [tmp_path]).name == "jintan-2018"


def test_a_file_must_bear_the_name_that_it_states(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(WrongFile, match=escape("ours.toml 第 5 行，profile.name")):
        load_profile("ours", [tmp_path])


def test_an_unknown_name_is_refused_with_those_that_are_here() -> None:
    sentence = "没有名为“../jintan-2018”的规则包；这里有：jintan-2018、wuzhi-2022"
    with pytest.raises(WrongValue, match=escape(sentence)):
        load_profile("../jintan-2018")


def test_the_office_s_own_rule_pack_wins(tmp_path: Path) -> None:
    own = GOOD.replace('title = "江苏·常州·金坛（2018）"', 'title = "本镇自定"', 1)
    (tmp_path / "jintan-2018.toml").write_text(own, encoding="utf-8")

    assert load_profile("jintan-2018", [tmp_path]).title == "本镇自定"
    assert [profile.title for profile in available([tmp_path]).profiles] == ["本镇自定", "河南·武陟（2022）"]
    assert load_profile("jintan-2018").title == "江苏·常州·金坛（2018）"


def test_an_item_that_breaks_no_law_is_named(tmp_path: Path) -> None:
    refused = refusal_of(tmp_path, GOOD.replace('items = ["W09", "W10"]', 'items = ["W09"]', 1))

    assert "“W10”（workshop）没有写违反哪条规定" in str(refused)
