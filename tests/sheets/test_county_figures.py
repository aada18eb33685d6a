"""What the empty cells of a form of figures hold is told by their labels, or they stay empty."""

from collections.abc import Iterable, Sequence

import pytest

from desktop.sheets.cells import Area, Cell, SheetCells, column_letter
from desktop.sheets.county_figures import Figures, read_figures
from desktop.sheets.county_labels import Labels, own_names
from desktop.sheets.named_villages import VillageNames
from tests.offices import rule_pack

VILLAGES = ("白塔村", "后阳村")
Rows = Sequence[Sequence[Cell]]


def labels(pack: str = "jintan-2018") -> Labels:
    profile = rule_pack(pack)
    names = VillageNames(VILLAGES, lambda typed: typed if typed in VILLAGES else None, lambda typed: None)
    return Labels(profile.countables, profile.trades, names)


def read(
    rows: Rows,
    merged: Iterable[tuple[int, int, int, int]] = (),
    formulas: Iterable[tuple[int, int]] = (),
    name: str = "Sheet1",
) -> Figures:
    areas = tuple(Area(*one) for one in merged)
    sheet = SheetCells(name, tuple(map(tuple, rows)), merged=areas, formulas=frozenset(formulas))
    return read_figures(sheet, labels())


def said(figures: Figures) -> dict[str, str]:
    """Return what each cell is taken for, in short."""
    return {
        f"{column_letter(one.column)}{one.row}": "/".join((one.said.fact, one.said.kind, one.said.village))
        for one in figures.cells
    }


def left(figures: Figures) -> list[tuple[str, str, int]]:
    return [(one.place, one.reason, one.count) for one in figures.unread]


def test_villages_by_merged_trades_are_filled_and_totals_that_are_formulas_are_not() -> None:
    figures = read(
        [
            ["金坛区食品三小情况统计表"],
            ["填报单位（盖章）：", None, "填报日期：2018年  月  日"],
            ["序号", "村（社区）", "小作坊", None, "小摊贩（家）", "备注"],
            [None, None, "总数", "其中：已登记", None, None],
            [1, "白塔村", None, None, None, None],
            [2, "后阳村", 5, None, None, None],
            ["合计", None, None, None, None, None],
        ],
        merged=[(1, 1, 1, 6), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4), (3, 5, 4, 5), (3, 6, 4, 6)],
        formulas=[(7, 3), (7, 4)],
    )

    assert said(figures) == {
        "C5": "total/workshop/白塔村",
        "D5": "registered/workshop/白塔村",
        "E5": "total/stall/白塔村",
        "D6": "registered/workshop/后阳村",
        "E6": "total/stall/后阳村",
        "E7": "total/stall/",
    }
    assert left(figures) == [("F5", "没有认出“备注”", 3)]


def test_a_long_table_has_its_facts_at_the_left_and_its_trades_above() -> None:
    figures = read(
        [
            ["“三小行业”食品安全专项检查统计表"],
            ["序号", "项目", "单位", "小作坊", "合计"],
            [1, "登记率", "%"],
            [2, "检查户次（户次）", "户次"],
            [3, "校园周边检查户次", "户次"],
            ["4", "本月发证", "张"],
        ],
        merged=[(1, 1, 1, 5)],
    )

    assert said(figures) == {
        "D3": "registration_rate/workshop/",
        "E3": "registration_rate//",
        "D4": "inspections/workshop/",
        "E4": "inspections//",
        "D6": "issued/workshop/",
        "E6": "issued//",
    }
    assert {one.said.period for one in figures.cells if one.row == 6} == {"month"}
    assert {one.row for one in figures.cells if one.said.says_percent} == {3}
    assert left(figures) == [("D5", "没有认出“校园周边检查户次”", 2)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["小作坊总数（家）"], ["已登记数"], ["从业人数"]],
            {"B1": "total/workshop/", "B2": "registered/workshop/", "B3": "employees/workshop/"},
        ),
        (
            [["小作坊总数", None, "已登记数"], ["小餐饮总数", None, "已登记数"]],
            {
                "B1": "total/workshop/",
                "D1": "registered/workshop/",
                "B2": "total/eatery/",
                "D2": "registered/eatery/",
            },
        ),
        (
            [["小作坊总数", None, "小餐饮总数"], ["未登记", None, "未登记"]],
            {
                "B1": "total/workshop/",
                "D1": "total/eatery/",
                "B2": "unregistered/workshop/",
                "D2": "unregistered/eatery/",
            },
        ),
        (
            [["小作坊总数", None, "小餐饮总数"], ["从业人数", None]],
            {"B1": "total/workshop/", "D1": "total/eatery/"},
        ),
        (
            [["总数", "已登记（备案）数", "登记率（%）"]],
            {"A2": "total//", "B2": "registered//", "C2": "registration_rate//"},
        ),
        ([["序号", "企业名称", "从业人数"], [None, None, None]], {}),
        ([["项目", "数量"], ["备注", None]], {}),
    ],
)
def test_a_form_has_its_label_right_beside_or_right_above(rows: Rows, expected: dict[str, str]) -> None:
    assert said(read(rows)) == expected


def test_a_group_that_nobody_merged_holds_on_until_the_next() -> None:
    above = [["村", "小作坊", None, "小餐饮", None], [None, "总数", "已登记", "总数", "已登记"], ["白塔村"]]
    beside = [["小作坊", "总数"], [None, "已登记"], ["小餐饮", "总数"], [None, "已登记"]]

    assert said(read(above)) == {
        "B3": "total/workshop/白塔村",
        "C3": "registered/workshop/白塔村",
        "D3": "total/eatery/白塔村",
        "E3": "registered/eatery/白塔村",
    }
    assert said(read(beside)) == {
        "C1": "total/workshop/",
        "C2": "registered/workshop/",
        "C3": "total/eatery/",
        "C4": "registered/eatery/",
    }


def test_a_part_is_of_the_number_before_it() -> None:
    rows = [
        ["项目", "单位", "数量"],
        ["三小总数", "户"],
        ["其中：小作坊", "户"],
        ["小摊贩", "户"],
        ["已登记数", "户"],
        ["其中：小作坊", "户"],
        ["其中：小吃店", "户"],
        ["小摊贩", "户"],
    ]
    heads = [
        ["村", "总数", "其中", None, "已登记数", "其中", None],
        [None, None, "小作坊", "小摊贩", None, "小作坊", "小摊贩"],
        ["白塔村"],
    ]
    merged = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5), (1, 6, 1, 7)]

    assert said(read(rows)) == {
        "C2": "total//",
        "C3": "total/workshop/",
        "C4": "total/stall/",
        "C5": "registered//",
        "C6": "registered/workshop/",
        "C8": "registered/stall/",
    }
    assert said(read(heads, merged)) == {
        "B3": "total//白塔村",
        "C3": "total/workshop/白塔村",
        "D3": "total/stall/白塔村",
        "E3": "registered//白塔村",
        "F3": "registered/workshop/白塔村",
        "G3": "registered/stall/白塔村",
    }


def test_a_table_that_only_names_trades_counts_houses_where_its_title_says_so() -> None:
    rows = [["村", "小作坊", "小摊贩"], ["白塔村"]]
    titled = [["食品三小摸底情况汇总表"], *rows]
    registered = [["食品三小登记情况统计表"], *rows]

    assert said(read(titled, [(1, 1, 1, 3)])) == {"B3": "total/workshop/白塔村", "C3": "total/stall/白塔村"}
    assert left(read(registered, [(1, 1, 1, 3)])) == [("B3", "看不出要填哪个数", 2)]
    numbered = [["序号", "村", "小作坊（户）"], ["一", "白塔村"], ["（二）", "后阳村"]]
    assert set(said(read(numbered))) == {"C2", "C3"}


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (
            ["小作坊总数（家）", "已登记数", "关停"],
            ["total/workshop", "registered/workshop", "closed/workshop"],
        ),
        (
            ["小作坊总数", "已登记数", "小摊贩总数", "已登记数"],
            ["total/workshop", "registered/workshop", "total/stall", "registered/stall"],
        ),
        (
            ["总数", "已登记数", "小作坊总数", "已登记数"],
            ["total/", "registered/", "total/workshop", "registered/workshop"],
        ),
        (["小作坊总数", "小摊贩总数", "已登记数"], ["total/workshop", "total/stall"]),
        (["小作坊总数", "小摊贩总数", "合计"], ["total/workshop", "total/stall"]),
        (["已登记数", "小作坊总数"], ["", "total/workshop"]),
        (["总数", "已登记数"], ["total/", "registered/"]),
    ],
)
def test_a_head_that_names_no_trade_belongs_to_the_one_before_it(
    heads: list[str], expected: list[str]
) -> None:
    across = said(read([["村", *heads], ["白塔村"], ["合计"]]))
    down = said(read([["项目", "白塔村", "合计"], *([head] for head in heads)]))

    wanted = [one for one in expected if one]
    assert [one.removesuffix("/白塔村") for one in across.values() if one.endswith("村")] == wanted
    assert [one.removesuffix("/") for one in across.values() if one.endswith("/")] == wanted
    assert sorted(down.values()) == sorted(across.values())


def test_what_is_asked_once_after_two_trades_is_named_and_not_guessed() -> None:
    figures = read([["小作坊总数", None, "小餐饮总数"], ["从业人数", None], ["填表人", None]])

    assert left(figures) == [("B2", "没有写是哪一类", 1)]
    assert [(one.row, one.column, one.what) for one in figures.senders] == [(3, 2, "person_of_sender")]


def test_trade_and_village_of_the_title_hold_where_no_label_names_any() -> None:
    rows = [["白塔村食品小作坊统计表"], ["项目", "数量"], ["总数"], ["已登记"]]

    assert set(said(read(rows, [(1, 1, 1, 4)])).values()) == {
        "total/workshop/白塔村",
        "registered/workshop/白塔村",
    }
    headings = [["项目", "单位", "数量"], ["一、小作坊"], ["总数", "户"], ["二、小摊贩"], ["总数", "户"]]
    assert said(read(headings, [(2, 1, 2, 3), (4, 1, 4, 3)])) == {
        "C3": "total/workshop/",
        "C5": "total/stall/",
    }


def test_a_part_of_a_trade_is_not_the_trade() -> None:
    names = dict(own_names(rule_pack("wuzhi-2022").trades))

    assert names["小经营店"] == "shop"
    assert "小餐饮" not in names
    assert dict(own_names(rule_pack("jintan-2018").trades))["食品摊贩"] == "stall"
    read_label = labels("wuzhi-2022").read
    assert (read_label("小餐饮（家）"), read_label("小作坊（含小食杂）")) == (None, None)
