"""The ledgers of the villages, and many that look otherwise, read as their writers meant them."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.sheets.cells import column_letter
from desktop.sheets.ledger import LedgerBook
from tests.sheets.conftest import LEDGERS, Read

FILES = sorted(path for path in LEDGERS.iterdir() if path.suffix in {".xlsx", ".xls", ".csv"})
FILES = [path for path in FILES if path.name != "villages.csv"]
IDS = ("320413196207227743", "340824200108147266", "320413198603279990", "340824195305012068")
PHONES = ("13761529721", "18970735877", "17921275136", "13970743766")
HEAD = ("序号", "名称", "经营者", "身份证号", "电话", "村", "地址", "品种", "人数", "健康证数", "调查日期")


def a_row(number: int = 1, **changed: object) -> tuple[object, ...]:
    cells: dict[str, object] = {
        "序号": number,
        "名称": "张记豆腐坊",
        "经营者": "张三",
        "身份证号": IDS[number % 4],
        "电话": PHONES[number % 4],
        "村": "白塔村",
        "地址": f"白塔村{number}组2号",
        "品种": "豆腐",
        "人数": 3,
        "健康证数": 2,
        "调查日期": "2018-04-03",
    }
    return tuple((cells | changed)[head] for head in HEAD)


def stated(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_ledger_reads_as_it_is_expected_to(path: Path, read_file: Callable[[Path], LedgerBook]) -> None:
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))

    book = read_file(path)

    rows = [row for ledger in book.ledgers for row in ledger.rows]
    assert [
        (one["name"], one["kind"], one["header_row"], one["counts"]["rows"]) for one in expected["sheets"]
    ] == [(one.name, one.kind, one.header_row, len(one.rows)) for one in book.ledgers]
    assert sorted(left.sheet for left in book.left) == sorted(expected.get("not_imported", []))
    assert sorted(
        (one["sheet"], one["row"], one["column"], one["field"], one["code"]) for one in expected["problems"]
    ) == sorted(
        (ledger.name, problem.row, problem.column, problem.field, problem.code)
        for ledger in book.ledgers
        for row in ledger.rows
        for problem in row.problems
    )
    read_as = [{field: stated(row.answers.get(field)) for field in row.answers} for row in rows]
    for record in expected["records"]:
        assert any(record.items() <= read.items() for read in read_as)
    for readable in expected.get("readable", []):
        (row,) = (row for row in rows if row.row == readable["row"])
        assert row.answers[readable["field"]] == readable["value"]


WORDS = {
    "name": ("店招", "商铺", "门头", "单位名称（字号）", "摊位名", "名　称"),
    "village": ("村（居）", "行政村（社区）", "村/社区", "所属村（居）委会"),
    "address": ("经营场所（地址）", "设摊位置", "地 址", "店铺位置"),
    "operator_name": ("姓 名", "经营者（负责人）", "业主（法人）", "经营者\n姓名", "老板名"),
    "operator_id_number": ("身份证号码（18位）", "公民身份证", "负责人身份证号", "证号"),
    "phone": ("联系电话（手机）", "手机（必填）", "电　话", "负责人联系电话"),
    "products": ("经营食品", "卖的东西", "经营范围及品种", "类别", "名目"),
    "employee_count": ("从业人数（人）", "从业人员(名)", "几人"),
    "health_certificate_count": ("健康证（张）", "其中：持健康证", "有健康证明人数"),
    "business_licence": ("有无营业执照", "营业执照（有/无）", "办照"),
    "surveyed_on": ("调查时间", "日 期", "走访日期"),
}


@pytest.mark.parametrize("seed", range(40))
def test_columns_are_found_in_any_order_under_other_words(
    seed: int, read: Read, read_file: Callable[[Path], LedgerBook]
) -> None:
    chance = random.Random(seed)
    rows = read_file(LEDGERS / "01-tidy-stalls.xlsx").ledgers[0].rows
    fields = chance.sample(list(WORDS), len(WORDS))
    heads = [chance.choice(WORDS[field]) for field in fields]
    lines: list[tuple[object, ...]] = [("白塔村食品摊贩摸底表",), ("填报单位：白塔村",)][
        : chance.randrange(3)
    ]
    words = {True: "有", False: "无"}
    data = [
        tuple(words.get(value, value) if isinstance(value, bool) else value for value in values)
        for values in ([row.answers.get(field) for field in fields] for row in rows)
    ]

    (ledger,) = read([*lines, heads, *data, ("合计",)], kind="stall").ledgers

    assert ledger.header_row == len(lines) + 1
    assert ledger.columns == {column_letter(column): field for column, field in enumerate(fields, 1)}
    assert [row.answers["phone"] for row in ledger.rows] == [row.answers["phone"] for row in rows]


def test_a_header_on_two_lines_needs_no_merged_cells(read: Read) -> None:
    lines = [
        ("白塔村食品小作坊摸底表",),
        ("序号", "单位名称", "负责人", "", "", "地址", "品种", "人员", "", "日期"),
        ("", "", "姓名", "身份证", "电话", "", "", "总数", "健康证", ""),
        (1, "甲记豆腐坊", "张三", IDS[0], PHONES[0], "白塔村1组2号", "豆腐", "3", "2", "2018.4.3"),
        (2, "乙记酒坊", "李四", IDS[1], PHONES[1], "后阳村1组5号", "白酒", "3人", "2", "18.4.3"),
    ]

    (ledger,) = read(lines).ledgers

    assert (ledger.kind, ledger.header_row) == ("workshop", 3)
    assert ledger.columns["C"] == "operator_name"
    assert ledger.columns["I"] == "health_certificate_count"
    assert [row.answers["village"] for row in ledger.rows] == ["白塔村", "后阳村"]


def test_lines_that_name_a_village_group_the_rows_below(read: Read) -> None:
    lines = [
        ("食品摊贩登记",),
        ("序号", "姓名", "身份证号", "电话", "地点", "经营品种"),
        ("白塔村",),
        (1, "张三", IDS[0], PHONES[0], "菜场门口", "煎饼"),
        ("小计", "1户"),
        ("后阳村",),
        (1, "李四", IDS[1], PHONES[1], "桥头", "豆浆"),
        ("合计", "2户"),
        ("填表人：王五", "", "", "审核人：赵六"),
    ]

    (ledger,) = read(lines).ledgers

    assert [(row.row, row.answers["village"]) for row in ledger.rows] == [(4, "白塔村"), (7, "后阳村")]


def test_a_column_of_kinds_decides_for_each_row(read: Read) -> None:
    lines = [
        ("类别", "店名", "负责人", "身份证", "电话", "村", "地址"),
        ("小作坊", "甲坊", "张三", IDS[0], PHONES[0], "白塔村", "1组2号"),
        ("食品小餐饮", "乙面馆", "李四", IDS[1], PHONES[1], "后阳", "2组3号"),
        ("摊贩", "", "王五", IDS[2], PHONES[2], "沙湖村委会", "3组3号"),
        ("网吧", "丙", "赵六", IDS[3], PHONES[3], "沙湖村", "5组1号"),
    ]

    (ledger,) = read(lines).ledgers

    assert ledger.kind is None
    assert [row.kind for row in ledger.rows[:3]] == ["workshop", "eatery", "stall"]
    assert [(p.column, p.code) for p in ledger.rows[3].problems] == [("A", "unknown_value")]


def test_foods_are_products_whatever_stands_above_them(read: Read) -> None:
    lines = [
        ("食品摊贩",),
        ("摊主", "证号", "联系", "村", "位置", "名称"),
        ("张三", IDS[0], PHONES[0], "白塔村", "1组3号", "煎饼"),
        ("李四", IDS[1], PHONES[1], "白塔村", "1组5号", "豆浆"),
    ]

    (ledger,) = read(lines).ledgers

    assert ledger.columns == {
        "A": "operator_name",
        "B": "operator_id_number",
        "C": "phone",
        "D": "village",
        "E": "address",
        "F": "products",
    }


@pytest.mark.parametrize(
    ("head", "typed", "field", "value"),
    [
        ("电话", 13912345678.0, "phone", "13912345678"),
        ("电话", "139-1234-5678", "phone", "13912345678"),
        ("电话", "无", "phone", None),
        ("身份证号", "3204131962 0722 7743", "operator_id_number", IDS[0]),
        ("身份证号", IDS[0] + "\t", "operator_id_number", IDS[0]),
        ("人数", "５人", "employee_count", 5),
        ("健康证数", "无", "health_certificate_count", 0),
        ("调查日期", 43193.0, "surveyed_on", "2018-04-03"),
        ("调查日期", "18.4.3", "surveyed_on", "2018-04-03"),
        ("村", "白塔", "village", "白塔村"),
    ],
)
def test_what_a_person_reads_without_doubt_is_read(
    head: str, typed: object, field: str, value: object, read: Read
) -> None:
    (ledger,) = read([HEAD, a_row(1), a_row(2), a_row(3, **{head: typed})], kind="workshop").ledgers

    assert stated(ledger.rows[2].answers[field]) == value
    assert ledger.rows[2].problems == ()


@pytest.mark.parametrize(
    ("head", "typed", "code"),
    [
        ("身份证号", 3.20482197001015e17, "id_number_damaged"),
        ("身份证号", "3.20482E+17", "id_number_damaged"),
        ("身份证号", "32041319620722774", "id_number_shape"),
        ("身份证号", "32O413196207227743", "id_number_shape"),
        ("身份证号", "320413196207227744", "id_number_check_digit"),
        ("电话", "1391234567O", "phone_shape"),
        ("人数", "若干", "not_a_number"),
        ("人数", "-1", "out_of_range"),
        ("健康证数", 9, "more_than_employees"),
        ("调查日期", "2018年2月30日", "date_impossible"),
        ("调查日期", "2018.4", "date_unreadable"),
        ("村", "不存在的村", "unknown_village"),
        ("经营者", "", "missing"),
        ("名称", "/", "missing"),
        ("地址", "", "missing"),
    ],
)
def test_what_needs_a_guess_is_refused_at_its_cell(head: str, typed: object, code: str, read: Read) -> None:
    (ledger,) = read([HEAD, a_row(1), a_row(2), a_row(3, **{head: typed})], kind="workshop").ledgers

    (problem,) = ledger.rows[2].problems
    assert (problem.row, problem.column, problem.code) == (4, column_letter(HEAD.index(head) + 1), code)
    assert problem.severity == "error"


def test_a_row_has_each_of_its_problems_and_a_cell_only_one(read: Read) -> None:
    wrong = a_row(3, 身份证号="3.2E+17", 电话="139", 村="东村", 人数="若干", 调查日期="某天")

    (ledger,) = read([HEAD, a_row(1), a_row(2), wrong], kind="workshop", formulas=[(4, 3)]).ledgers

    assert {(p.field, p.code) for p in ledger.rows[2].problems} == {
        ("operator_name", "formula"),
        ("operator_id_number", "id_number_damaged"),
        ("phone", "phone_shape"),
        ("village", "unknown_village"),
        ("employee_count", "not_a_number"),
        ("surveyed_on", "date_unreadable"),
    }


def test_a_column_that_is_not_there_is_no_error(read: Read) -> None:
    lines = [("摊主", "手机", "所在村"), ("张三", PHONES[0], "白塔村"), ("李四", PHONES[1], "白塔村")]

    (ledger,) = read(lines, kind="stall").ledgers

    assert [row.problems for row in ledger.rows] == [(), ()]


def test_rows_filled_in_beforehand_with_a_number_only_are_no_rows(read: Read) -> None:
    empty = tuple(4 if head == "序号" else "" for head in HEAD)

    (ledger,) = read([HEAD, a_row(1), empty, a_row(2)], kind="workshop").ledgers

    assert [row.row for row in ledger.rows] == [2, 4]


def test_formulas_in_totals_and_in_columns_that_nobody_reads_are_no_problem(read: Read) -> None:
    total = tuple("合计" if head == "序号" else "" for head in HEAD)

    (ledger,) = read([HEAD, a_row(1), total], kind="workshop", formulas=[(2, 1), (3, 9)]).ledgers

    assert [row.problems for row in ledger.rows] == [()]


def test_sheets_that_are_no_ledgers_are_named_with_their_reason(read: Read) -> None:
    notes = read([("请各村于每月25日前上报。",), ("一、身份证号按文本填写。",)])
    counts = read([("村", "小作坊", "小摊贩", "小餐饮"), ("白塔村", 1, 2, 3), ("后阳村", 1, 2, 3)])
    empty = read([("", "")])

    assert [book.ledgers for book in (notes, counts, empty)] == [(), (), ()]
    assert all(book.left[0].reason for book in (notes, counts, empty))


def test_a_ledger_without_any_village_asks_for_one(read: Read) -> None:
    lines = [
        ("姓名", "身份证号", "电话", "地点", "经营品种"),
        ("张三", IDS[0], PHONES[0], "菜场门口", "煎饼"),
    ]

    without = read(lines, kind="stall")
    told = read(lines, kind="stall", village="沙湖村")

    assert "--village" in without.left[0].reason
    assert told.ledgers[0].rows[0].answers["village"] == "沙湖村"


def test_a_sheet_that_names_another_trade_is_not_taken_for_the_wanted_one(read: Read) -> None:
    book = read([("食品小餐饮台账",), HEAD, a_row(1)], kind="stall")

    assert "食品小餐饮" in book.left[0].reason
