"""Two tables on one sheet are neither lost nor read by the wrong columns."""

import pytest

from tests.sheets.building import HEAD, ROWS, problems, said, the_only
from tests.sheets.conftest import Read

STALLS = ("序号", "村", "摊主", "身份证", "手机", "地址", "品种")
EATERIES = ("序号", "村", "店名", "经营者", "身份证", "手机", "地址", "品种")


def stall(number: int, operator: str = "张三") -> tuple[object, ...]:
    return (number, "白塔村", operator, "320413196207227743", "13761529721", f"白塔村{number}组2号", "馄饨")


def eatery(number: int) -> tuple[object, ...]:
    return (number, "后阳村", "张记面馆", *stall(number)[2:])


def test_a_second_table_with_other_columns_is_named_and_nothing_of_the_sheet_is_taken(read: Read) -> None:
    lines = (STALLS, *(stall(n) for n in range(1, 5)), (), ("小餐饮",), EATERIES, eatery(1), eatery(2))

    book = read(lines, kind="stall")

    assert not book.ledgers
    assert [left.reason for left in book.left] == [
        "一张工作表里有两个表（第 1 行和第 8 行都是表头），分不清哪一行归哪个表，没有导入；"
        "请把它们分到两张工作表里再导入"
    ]


def test_a_second_table_below_the_fuller_one_is_named_too(read: Read) -> None:
    book = read((EATERIES, eatery(1), eatery(2), (), STALLS, stall(1), stall(2)), kind="eatery")

    assert not book.ledgers
    assert "第 1 行和第 5 行都是表头" in book.left[0].reason


def test_a_header_that_each_printed_page_repeats_is_no_second_table(read: Read) -> None:
    book = read((STALLS, stall(1), ("小计", 1), STALLS, stall(2), ("合计", 2)), kind="stall")

    assert [row.row for row in book.ledgers[0].rows] == [2, 5]


def test_a_heading_that_names_a_trade_says_what_the_rows_below_it_are(read: Read) -> None:
    lines = (EATERIES, ("一、小餐饮",), eatery(1), ("二、小摊贩",), EATERIES, eatery(2))

    rows = read(lines).ledgers[0].rows

    assert [row.kind for row in rows] == ["eatery", "stall"]


def test_a_column_whose_values_are_foods_is_products_even_under_the_word_of_a_closed_list(read: Read) -> None:
    header = (*STALLS[:-1], "经营项目")

    (ledger,) = read((header, stall(1), stall(2)), kind="stall").ledgers

    assert ledger.column_of("products") == "G"


def test_two_tables_side_by_side_are_named_and_nothing_of_the_sheet_is_taken(read: Read) -> None:
    head = HEAD[1:7]
    lines = [(*head, None, *head), (*ROWS[0][1:7], None, *ROWS[1][1:7])]

    book = read(lines, sheet="小摊贩")

    assert book.ledgers == ()
    assert "左右并排着两个表（从 H 列起" in book.left[0].reason


@pytest.mark.parametrize(
    "figures",
    [
        [("培丰村", 2), ("白塔村", 1), ("合计", 3)],
        [("白塔村", 2), (None, None), (None, None)],
    ],
)
def test_figures_beside_a_ledger_are_none_of_its_answers_and_are_named(
    read: Read, figures: list[tuple[object, ...]]
) -> None:
    head = tuple(word for word in HEAD if word != "村")
    rows = [row[:4] + row[5:] for row in ROWS]
    lines = [(*head, None, "村", "户数"), *((*row, None, *figures[i]) for i, row in enumerate(rows))]

    ledger = the_only(read(lines, sheet="小摊贩"))

    assert (said(ledger, "village"), problems(ledger)) == (["培丰村"] * 3, [])
    assert ledger.unread == {"A": "序号", "J": "村", "K": "户数"}


def test_columns_behind_an_empty_one_are_of_the_same_table(read: Read) -> None:
    lines = [(*HEAD[:6], None, *HEAD[6:]), *((*row[:6], None, *row[6:]) for row in ROWS)]
    ledger = the_only(read(lines, sheet="小摊贩"))
    assert said(ledger, "products") == ["煎饼"] * 3
