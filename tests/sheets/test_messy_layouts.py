"""Ledgers that nobody has seen before, built as files, read as their writers meant them: the layouts."""

from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.building import (
    HEAD,
    IDS,
    NAMES,
    PHONES,
    ROWS,
    Line,
    Open,
    a_book,
    merging,
    problems,
    said,
    the_only,
)


def test_everyday_words_days_in_three_spellings_and_a_total_with_a_gap(opened: Open) -> None:
    lines = [
        ("沙湖村食品摊贩基本情况登记",),
        (),
        *[
            (
                "编号",
                "摊名",
                "摊主",
                "摊主身份证",
                "负责人手机",
                "摊位地址",
                "卖什么",
                "帮工人数",
                "登记时间",
                "登记人",
            )
        ],
        (1, "老王煎饼", "王 明", IDS[0], PHONES[0], "沙湖村3组路口", "煎饼", "2人", "2018年4月3日", "李村"),
        (2, "", NAMES[1], IDS[1], PHONES[1], "沙湖村菜场", "豆浆", "１人", date(2018, 4, 5), "李村"),
        (3, "", NAMES[2], "3204131986 0327 9990", PHONES[2], "沙湖村桥头", "馄饨", "三人", "18.4.6", "李村"),
        ("合  计", "3户"),
        ("填报人：李村", "", "审核人：张三"),
        ("注：本表一式两份",),
    ]

    ledger = the_only(opened("沙湖.xlsx", a_book(("Sheet1", lines))))

    assert (ledger.kind, ledger.header_row, len(ledger.rows), problems(ledger)) == ("stall", 3, 3, [])
    assert ledger.columns["E"] == "phone"
    assert ledger.unread == {"A": "编号"}
    assert said(ledger, "operator_name") == ["王明", NAMES[1], NAMES[2]]
    assert said(ledger, "surveyed_on") == [date(2018, 4, 3), date(2018, 4, 5), date(2018, 4, 6)]
    assert said(ledger, "employee_count") == [2, 1, 3]
    assert said(ledger, "village") == ["沙湖村"] * 3


def test_a_merged_header_in_row_seven_below_an_annex_and_sender_lines(opened: Open) -> None:
    lines = [
        ("附件1",),
        ("金坛区金城镇食品小作坊摸底排查情况一览表",),
        ("（2018年5月）",),
        ("填报单位（盖章）：后阳村村民委员会",),
        ("联系人：周敏 联系电话：0519-82881234",),
        (
            "序号",
            "作坊名称",
            "业主情况",
            None,
            None,
            "生产地址",
            "场所面积",
            "从业人员数",
            None,
            "主要加工品种",
        ),
        (
            None,
            None,
            "姓名",
            "身份证号码",
            "联系方式",
            None,
            "(平方米)",
            "总数（人）",
            "持健康证（人）",
            None,
        ),
        *[
            (
                i + 1,
                f"第{i}豆腐坊",
                NAMES[i],
                IDS[i],
                int(PHONES[i]),
                f"后阳村{i}组",
                "30㎡",
                "３人",
                2.0,
                "豆腐",
            )
            for i in range(4)
        ],
    ]
    merge = merging("C6:E6", "H6:I6", "A6:A7", "B6:B7", "F6:F7", "J6:J7")

    ledger = the_only(opened("x.xlsx", a_book(("作坊", lines), arrange=merge)))

    assert (ledger.kind, ledger.header_row, problems(ledger)) == ("workshop", 7, [])
    assert list(ledger.columns.values()) == [
        *("name", "operator_name", "operator_id_number", "phone", "address", "area_m2"),
        *("employee_count", "health_certificate_count", "products"),
    ]
    assert said(ledger, "phone") == list(PHONES)
    assert {str(area) for area in said(ledger, "area_m2")} == {"30.00"}


GB_HEAD = "类别 店招 法人 证件号码 手机号码 固定电话 所属村 门牌号 面积(㎡) 员工数 健康证 主营 采集日期"
GB_ROWS = (
    f"小餐饮 金水面馆 张𠮷 {IDS[0]} {PHONES[0]} 0519-82881234 白塔村委会 白塔路12号 45.50 4 3 面条 20180403",
    f"小餐饮 金山饭店 李四 '{IDS[1]} {PHONES[1]} / 白塔村3组 白塔路14号 １２０平方 8 8 炒菜,小吃 2018-4-3",
    f"小餐饮 金火锅 王五 {IDS[3].lower()} {PHONES[2]} / 金城镇白塔村 白塔路16号 60平米 5 5 火锅 43193",
)


@pytest.mark.parametrize("mark", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_text_table_with_any_mark_between_its_cells(opened: Open, mark: str, encoding: str) -> None:
    lines = [line.split() for line in (GB_HEAD, *GB_ROWS)]
    quoted = [[f'"{cell}"' if mark in cell else cell for cell in line] for line in lines]

    book = opened("一季度.csv", "\r\n".join(mark.join(line) for line in quoted).encode(encoding))

    ledger = the_only(book)
    assert (ledger.name, ledger.kind, ledger.header_row, problems(ledger)) == ("一季度", "eatery", 1, [])
    assert [column for column, field in ledger.columns.items() if field == "phone"] == ["E", "F"]
    assert said(ledger, "phone") == [f"{PHONES[0]}、0519-82881234", PHONES[1], PHONES[2]]
    assert said(ledger, "operator_id_number") == [IDS[0], IDS[1], IDS[3]]
    assert said(ledger, "village") == ["白塔村"] * 3
    assert said(ledger, "address") == ["白塔路12号", "3组白塔路14号", "白塔路16号"]
    assert said(ledger, "surveyed_on") == [date(2018, 4, 3)] * 3


def test_merged_village_cells_count_for_each_row_and_blank_ones_for_none(opened: Open) -> None:
    head = ("所在村", "姓名", "身份证号码", "电话", "摊位", "品种")
    villages = ("沙湖村", None, "培丰村", None)
    rows = [(villages[i], NAMES[i], IDS[i], PHONES[i], f"集市{i}号", "煎饼") for i in range(4)]

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [head, *rows]), arrange=merging("A2:A3"))))

    assert said(ledger, "village") == ["沙湖村", "沙湖村", "培丰村", None]
    assert problems(ledger) == [(5, "A", "missing")]


def test_columns_without_words_are_told_by_their_values(opened: Open) -> None:
    head = ("", "负责人", "", "号码", "", "在哪", "", "日子")
    rows = [
        (i + 1, NAMES[i], IDS[i], PHONES[i], "沙湖村", f"沙湖村{i}组1号", "煎饼", f"2018.5.{i + 1}")
        for i in range(4)
    ]

    ledger = the_only(opened("x.xlsx", a_book(("摊贩", [head, *rows]))))

    assert list(ledger.columns.values()) == [
        *("operator_name", "operator_id_number", "phone", "village", "address", "products", "surveyed_on")
    ]
    assert ledger.unread == {"A": ""}


def test_sheets_of_one_trade_are_all_read_and_all_others_named(opened: Open) -> None:
    head = ("姓名", "身份证号", "电话", "村", "地址", "品种")
    rows = [(NAMES[i], IDS[i], PHONES[i], "白塔村", f"{i}号", "煎饼") for i in range(2)]

    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden" if sheet.title == "旧表" else "visible"

    sheets = (
        *(("小作坊", [head]), ("旧表", [head, rows[0]])),
        *(("流动摊贩", [head, rows[0]]), ("固定摊贩", [head, rows[1]]), ("空表", [])),
    )
    book = opened("x.xlsx", a_book(*sheets, arrange=hide))

    assert [(ledger.name, ledger.kind) for ledger in book.ledgers] == [
        ("流动摊贩", "stall"),
        ("固定摊贩", "stall"),
    ]
    assert {left.sheet: left.reason[:4] for left in book.left} == {
        "小作坊": "只有表头",
        "旧表": "工作表是",
        "空表": "工作表是",
    }


@pytest.mark.parametrize(
    "below",
    [
        ("合  计", None, None, None, None, None, None, 6),
        ("总 计：3",),
        ("", "以上合计3户"),
        ("", "", "", "", "", "合计", None, 6),
        ("合计（户）", 3),
        ("累计3户",),
        ("全镇合计", "", "", "", "", "", "", 9),
        ("合计：共3户，从业人员6人",),
        ("备注：以上数据截至5月底",),
        ("注", "身份证号必填"),
        ("1.本表由村委会填写，一式两份。",),
        ("填表人：李村", "", "", "联系电话：0519-82881234", "", "", "2018年5月30日"),
        ("填报单位（公章）", "", "", "填报日期", "2018.5.30"),
        ("联系人", "张三", "", "电话", "0519-82881234"),
        ("", "", "", "", "", "", "", "单位负责人：王", "审核：李"),
        ("第1页 共1页",),
        HEAD,
    ],
)
def test_totals_notes_and_footers_are_no_establishments(opened: Open, below: Line) -> None:
    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [("小摊贩",), HEAD, *ROWS, below]))))

    assert ([row.row for row in ledger.rows], problems(ledger)) == ([3, 4, 5], [])


def test_a_table_that_begins_in_column_c_with_numbered_columns_and_an_example(opened: Open) -> None:
    head = ("编号", "店名", "经营者姓名", "公民身份号码", "手机", "详细地址", "用工人数", "使用面积", "菜品")
    example = ("例", "示范饭店", "张某某", IDS[0], "13900000000", "白塔村1组1号", 3, 50, "炒菜")
    rows = [
        (i + 1, f"{i}号饭店", NAMES[i], IDS[i], float(PHONES[i]), f"白塔村{i}组1号", 3.0, "50平米", "炒菜")
        for i in range(2)
    ]
    lines = [
        ("白塔村食品小餐饮情况统计表",),
        (),
        (),
        head,
        tuple(range(1, 10)),
        example,
        *rows,
        head,
        rows[1],
    ]

    ledger = the_only(opened("x.xlsx", a_book(("汇总", [(None, None, *line) for line in lines]))))

    assert (ledger.header_row, [row.row for row in ledger.rows]) == (4, [7, 8, 10])
    assert list(ledger.columns) == list("DEFGHIJK")
    assert problems(ledger) == []


def test_three_lines_of_header_with_a_kind_in_each_row(opened: Open) -> None:
    lines = [
        ("食品三小单位排查台账",),
        ("村名", "基本信息", None, None, None, None, "从业人员", None, "类别"),
        (None, "名称", "法人", None, None, "地址", "总数", "其中", None),
        (None, None, "姓名", "身份证号", "电话", None, None, "健康证", None),
        *[
            (village, f"方边{i}坊", NAMES[i], IDS[i], PHONES[i], f"{i}组{i}号", 3, 2, kind)
            for i, (village, kind) in enumerate(
                [("方边村", "小作坊"), (None, "食品小餐饮"), ("冯庄社区", "流动摊贩")]
            )
        ],
    ]
    merge = merging("A2:A4", "B2:F2", "G2:H2", "I2:I4", "B3:B4", "C3:E3", "F3:F4", "G3:G4", "A5:A6")

    ledger = the_only(opened("x.xlsx", a_book(("Sheet1", lines), arrange=merge)))

    assert (ledger.kind, ledger.header_row, problems(ledger)) == (None, 4, [])
    assert [row.kind for row in ledger.rows] == ["workshop", "eatery", "stall"]
    assert said(ledger, "village") == ["方边村", "方边村", "冯庄社区"]
    assert said(ledger, "health_certificate_count") == [2, 2, 2]


def test_lines_that_name_a_trade_tell_a_sheet_of_all_three(opened: Open) -> None:
    rows = [
        (1, "前庄豆腐坊", NAMES[0], IDS[0], PHONES[0], "1组", "豆腐"),
        (2, "", *ROWS[1][1:4], "2组", "煎饼"),
    ]
    head = ("序号", "名称", "当家人", "身份证号码", "联系电话", "经营地址", "经营内容")

    ledger = the_only(
        opened(
            "三小.xlsx", a_book(("前庄", [head, ("一、食品小作坊",), rows[0], ("二、食品摊贩",), rows[1]]))
        )
    )

    assert [row.kind for row in ledger.rows] == ["workshop", "stall"]
    assert (said(ledger, "village"), said(ledger, "operator_name")) == (["前庄村"] * 2, [NAMES[0], NAMES[1]])


def test_a_trade_that_the_rule_pack_lacks_is_no_eatery_because_it_is_called_a_shop(opened: Open) -> None:
    head = ("类型", *HEAD[1:])
    lines = [head, *[(kind, *ROWS[0][1:]) for kind in ("小摊贩", "面馆", "小食杂店", "理发店")]]

    ledger = the_only(opened("x.xlsx", a_book(("名单", lines))))

    assert [row.kind for row in ledger.rows][:2] == ["stall", "eatery"]
    assert [problem for problem in problems(ledger) if problem[1] == "A"] == [
        (4, "A", "unknown_value"),
        (5, "A", "unknown_value"),
    ]


def test_a_column_of_days_keeps_its_word_where_half_of_them_are_damaged(opened: Open) -> None:
    lines = [
        (*HEAD[:-1], "摸排日"),
        *[(*ROWS[0][:-1], day) for day in ("2018、5、3", "2018年5月3日上午", "3/5/2018", "2018年5月")],
    ]

    ledger = the_only(opened("x.xlsx", a_book(("摊贩", lines))))

    assert said(ledger, "surveyed_on") == [date(2018, 5, 3)] * 2 + [None] * 2


def test_what_people_write_for_no_phone_is_none(opened: Open) -> None:
    lines = [HEAD, *[(*ROWS[0][:3], nothing, *ROWS[0][4:]) for nothing in ("没有电话", "拒绝提供", "未知")]]

    ledger = the_only(opened("x.xlsx", a_book(("摊贩", [*lines, ROWS[1]]))))

    assert (problems(ledger), said(ledger, "phone")) == ([], [None, None, None, PHONES[1]])


def test_numbered_lines_head_their_rows_and_sentences_below_do_not(opened: Open) -> None:
    head = tuple(word for word in HEAD if word != "村")
    rows = [(*row[:4], "1组1号", *row[6:]) for row in ROWS]
    lines = [
        head,
        ("一、白塔村",),
        rows[0],
        ("二、后阳村（共1户）",),
        rows[1],
        ("三、金城镇沙湖村村民委员会",),
        rows[2],
        ("1、本表由白塔村填写，一式两份。",),
    ]

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", lines))))

    assert (said(ledger, "village"), problems(ledger)) == (["白塔村", "后阳村", "沙湖村"], [])


@pytest.mark.parametrize(
    "below",
    [
        (None, None, "(18位)", "(11位)", None, None, "（品名）", "(人)", "年月日"),
        (1, "例：张三", "320413196207227743", "13761529721", "培丰村", "1组2号", "煎饼", 1, "2018.5.1"),
        (1, "张三（示例）", "320413196207227743", "13761529721", "培丰村", "1组2号", "煎饼", 1, "2018.5.1"),
    ],
)
def test_units_and_examples_below_a_header_are_no_establishments(opened: Open, below: Line) -> None:
    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [HEAD, below, *ROWS]))))
    assert (len(ledger.rows), problems(ledger)) == (3, [])


def test_cells_merged_over_two_columns_leave_no_column_behind(opened: Open) -> None:
    lines = [(*HEAD[:2], None, *HEAD[2:]), *((*row[:2], None, *row[2:]) for row in ROWS)]
    areas = [f"B{row}:C{row}" for row in range(1, 5)]

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", lines), arrange=merging(*areas))))

    assert said(ledger, "operator_name") == list(NAMES[:3])
    assert (ledger.unread, ledger.columns["D"]) == ({"A": "序号"}, "operator_id_number")
