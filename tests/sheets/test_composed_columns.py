"""Answers spread over several columns are read as one: 年 月 日, ticks under 有 and 无, under trades."""

from datetime import date

import pytest

from tests.sheets.building import IDS, NAMES, PHONES, Line, problems, said, the_only
from tests.sheets.conftest import Read

STALL = ("姓名", "身份证号", "电话", "地址")
EATERY = ("店名", *STALL)


def people(*more: Line, shop: bool = False) -> list[Line]:
    """Return a row for each of these ends, each of somebody else."""
    rows = [(NAMES[i], IDS[i], PHONES[i], f"{i + 1}组2号", *end) for i, end in enumerate(more)]
    return [(f"{row[0][0]}记饭店", *row) for row in rows] if shop else rows


@pytest.mark.parametrize(
    "head",
    [
        [(*STALL, "品种", "调查日期", None, None), (None,) * 5 + ("年", "月", "日")],
        [(*STALL, "品种", "调查年", "月", "日")],
        [(*STALL, "品种", "调查年份", "调查月份", "调查日")],
    ],
)
def test_a_day_over_three_columns_is_one_and_wrong_in_its_first_cell(read: Read, head: list[Line]) -> None:
    rows = people(
        ("煎饼", 2018.0, 5, 1), ("粥", "2018年", "5月", "12日"), ("粥", 2018, 2, 30), ("粥", "18", "5", None)
    )
    merged = [] if len(head) == 1 else [(1, 6, 1, 8), *((1, column, 2, column) for column in range(1, 6))]

    ledger = the_only(read([*head, *rows], sheet="白塔村小摊贩", merged=merged))

    assert said(ledger, "surveyed_on") == [date(2018, 5, 1), date(2018, 5, 12), None, None]
    last = len(head) + 4
    assert problems(ledger) == [(last - 1, "F", "date_impossible"), (last, "F", "date_unreadable")]
    assert (ledger.columns["F"], ledger.unread) == ("surveyed_on", {})
    values = [problem.value for row in ledger.rows for problem in row.problems]
    assert values == ["2018年2月30日", "18年5月"]


def test_a_line_of_parts_below_a_header_belongs_to_it_also_without_merged_cells(read: Read) -> None:
    head = [(*STALL, "品种", "调查日期", "", ""), ("",) * 5 + ("年", "月", "日")]
    ledger = the_only(read([*head, *people(("煎饼", 2018, 5, 1))], sheet="白塔村小摊贩"))
    assert (ledger.header_row, len(ledger.rows)) == (2, 1)
    assert said(ledger, "surveyed_on") == [date(2018, 5, 1)]


def test_a_day_of_birth_over_three_columns_is_no_survey(read: Read) -> None:
    head = [(*STALL, "品种", "出生日期", None, None), (None,) * 5 + ("年", "月", "日")]
    ledger = the_only(
        read(
            [*head, *people(("煎饼", 1978, 5, 1), ("粥", 1980, 5, 2))],
            sheet="白塔村小摊贩",
            merged=[(1, 6, 1, 8), *((1, column, 2, column) for column in range(1, 6))],
        )
    )
    assert (ledger.unread, said(ledger, "surveyed_on")) == ({"F": "出生日期"}, [None, None])


def test_ticks_under_yes_and_no_are_one_answer_and_two_are_asked_again(read: Read) -> None:
    head = [
        (*EATERY, "营业执照", None, "网络经营", None, "已办健康证", "未办健康证"),
        (None,) * 5 + ("有", "无", "是(√)", "否(√)"),
    ]
    rows = people(
        ("√", None, None, "✓", "1", None),
        (None, "√", 1, None, None, "是"),
        (None, None, "√", "√", None, None),
        ("×", None, None, "否", None, None),
        shop=True,
    )

    ledger = the_only(
        read(
            [*head, *rows],
            sheet="白塔村小餐饮",
            merged=[(1, 6, 1, 7), (1, 8, 1, 9), *((1, c, 2, c) for c in (1, 2, 3, 4, 5, 10, 11))],
        )
    )

    assert said(ledger, "business_licence") == [True, False, None, False]
    assert said(ledger, "sells_online") == [False, True, None, False]
    assert problems(ledger) == [(5, "H", "unknown_value")]
    assert ledger.unread.keys() <= {"J"}


def test_counts_under_yes_and_no_are_no_ticks(read: Read) -> None:
    head = [(*EATERY, "健康证", None), (None,) * 5 + ("有", "无")]
    rows = people((3, 1), (2, 2), shop=True)
    ledger = the_only(read([*head, *rows], sheet="白塔村小餐饮", merged=[(1, 6, 1, 7)]))
    assert ledger.unread == {"G": "健康证无"}


def test_where_no_tick_stands_the_answer_is_no(read: Read) -> None:
    head = (*EATERY, "有营业执照", "网络经营（打√）", "索证索票")
    rows = people(("√", None, "有"), (None, "√", None), ("√", None, None), shop=True)

    ledger = the_only(read([head, *rows], sheet="白塔村小餐饮"))

    assert said(ledger, "business_licence") == [True, False, True]
    assert said(ledger, "sells_online") == [False, True, False]
    assert said(ledger, "has_purchase_records") == [True, None, None]


def test_a_tick_under_a_trade_says_the_trade_and_none_or_two_are_asked(read: Read) -> None:
    head = [(*EATERY, "类别", None, None), (None,) * 5 + ("小作坊", "小摊贩", "小餐饮")]
    rows = people(("√", None, None), (None, "√", None), (None, None, "√"), (None, "√", "√"), shop=True)
    merged = [(1, 6, 1, 8), *((1, column, 2, column) for column in range(1, 6))]

    ledger = the_only(read([*head, *rows], sheet="白塔村", merged=merged))

    assert [row.kind for row in ledger.rows][:3] == ["workshop", "stall", "eatery"]
    assert problems(ledger) == [(6, "F", "unknown_value")]


def test_ticks_under_foods_are_the_products(read: Read) -> None:
    head = [(*STALL, "经营品种", None, None), (None,) * 4 + ("煎饼", "豆浆", "其他")]
    rows = people(("√", "√", None), (None, None, "粽子"), ("√", None, None), ("√", "√", "√"))
    merged = [(1, 5, 1, 7), *((1, column, 2, column) for column in range(1, 5))]

    ledger = the_only(read([*head, *rows], sheet="白塔村小摊贩", merged=merged))

    assert said(ledger, "products") == ["煎饼、豆浆", "粽子", "煎饼", "煎饼、豆浆、其他"]


def test_a_group_beside_the_house_belongs_to_the_address(read: Read) -> None:
    head = ("村名", "组别", "门牌号", *STALL[:3], "品种")
    numbers = (
        ("1组", "12号"),
        ("2", "12号"),
        ("三", "白塔村7号"),
        (4, "5组8号"),
        ("河东", "1号"),
        ("2组", None),
    )
    rows = [
        ("白塔村", group, house, NAMES[i % 4], IDS[i % 4], PHONES[i % 4], "煎饼")
        for i, (group, house) in enumerate(numbers)
    ]

    ledger = the_only(read([head, *rows], sheet="小摊贩"))

    assert said(ledger, "address") == ["1组12号", "2组12号", "白塔村三组7号", "5组8号", "1号", None]
    assert problems(ledger) == [(7, "C", "missing")]


def test_a_formula_in_any_of_its_columns_is_no_answer(read: Read) -> None:
    head = (*STALL, "品种", "调查年", "月", "日")
    rows = people(("煎饼", 2018, 5, 1), ("粥", 2018, 5, 2))
    ledger = the_only(read([head, *rows], sheet="白塔村小摊贩", formulas=[(3, 7)]))
    assert problems(ledger) == [(3, "G", "formula")]
    assert said(ledger, "surveyed_on") == [date(2018, 5, 1), None]


def test_what_was_mended_in_its_first_column_is_the_answer(read: Read) -> None:
    head = (*EATERY, "有照", "无照", "小作坊", "小餐饮", "调查年", "月", "日")
    rows = people(
        ("√", None, None, "√", 2018, 2, 28),
        ("有", "√", "小餐饮", "√", "2018-03-01", 2, 30),
        ("无", None, "小作坊", "√", date(2018, 3, 2), 2, 30),
        (None, "√", "√", None, 2018, 3, 3),
        shop=True,
    )

    ledger = the_only(read([head, *rows], sheet="白塔村"))

    assert problems(ledger) == []
    assert said(ledger, "business_licence") == [True, True, False, False]
    assert [row.kind for row in ledger.rows] == ["eatery", "eatery", "workshop", "workshop"]
    assert said(ledger, "surveyed_on") == [date(2018, 2, 28), *(date(2018, 3, day) for day in (1, 2, 3))]


def test_several_words_for_one_trade_are_that_trade(read: Read) -> None:
    head = (*EATERY, "小作坊", "小摊贩", "流动摊贩", "小餐饮")
    rows = people((None, "√", "√", None), (None, None, 1, None), ("√", None, None, None), shop=True)
    ledger = the_only(read([head, *rows], sheet="白塔村"))
    assert [row.kind for row in ledger.rows] == ["stall", "stall", "workshop"]
    assert problems(ledger) == []
