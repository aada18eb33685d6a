"""Ledgers that nobody has seen before, built as files: what stands in their cells."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.building import (
    HEAD,
    IDS,
    NAMES,
    PHONES,
    ROWS,
    Open,
    a_book,
    problems,
    said,
    the_only,
)


def test_formulas_and_old_characters_are_told_at_their_cells(opened: Open) -> None:
    lines = [
        ("名称", "负责人", "身份证号", "电话", "村", "地址", "品种", "面积"),
        ("", "", "", "", "", "", "", "㎡"),
        ("甲坊", NAMES[0], IDS[0], PHONES[0], "白塔村", "白塔村1组1号", "豆腐", "=10*3"),
        ("乙坊\ue123", NAMES[1], "=A1", PHONES[1], "白塔村", "=F3", "豆干", 30),
        ("合计", "", "", "", "", "", "", "=SUM(H3:H4)"),
    ]

    ledger = the_only(opened("x.xlsx", a_book(("小作坊", lines))))

    assert sorted(problems(ledger)) == [
        (3, "H", "formula"),
        (4, "A", "private_use_character"),
        (4, "C", "formula"),
        (4, "F", "formula"),
    ]


def test_phones_of_further_columns_are_taken_too_but_nobody_elses(opened: Open) -> None:
    head = (*HEAD, "固定电话", "紧急联系人电话", "填表人电话", "手机2")
    more = (
        ("0519-82881234", "", "", PHONES[3]),
        ("", "", PHONES[3], "1391234567"),
        ("", PHONES[3], "", None),
    )
    rows = [(*row, *phones) for row, phones in zip(ROWS, more, strict=True)]

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [head, *rows]))))

    assert said(ledger, "phone") == [f"{PHONES[0]}、0519-82881234、{PHONES[3]}", PHONES[1], PHONES[2]]
    assert problems(ledger) == [(3, "M", "phone_shape")]
    assert ledger.unread == {"A": "序号", "K": "紧急联系人电话", "L": "填表人电话"}


def test_every_column_is_read_or_named(opened: Open) -> None:
    head = (*HEAD, "备注", "备注2", "健康证号", "", "民族", "电话")
    rows = [(*row, "甲", "乙", "J001", "x9", "汉", f"{PHONES[0]}、{PHONES[1]}") for row in ROWS]

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [head, *rows]))))

    assert sorted([*ledger.columns, *ledger.unread]) == list("ABCDEFGHIJKLMNO")
    assert ledger.unread == {"A": "序号", "K": "备注2", "L": "健康证号", "M": "", "N": "民族"}


DAYS = [
    *(
        "2018年04月03号",
        "2018-4-3 10:20",
        "2018/04/03",
        "２０１８．４．３",
        "18年4月3日",
        "'2018-4-3",
        "20180403\t",
        "2018年4月3日 星期二",
        "2018.4.3（周二）",
        "2018，4，3",
        "2018。4。3",
        "2018·4·3",
        "民国107年4月3日",
    ),
    *("二〇一八年四月三日", "2018 4 3", "43193", 43193, 43193.0, 20180403, date(2018, 4, 3)),
]
NO_DAYS = {
    **dict.fromkeys(("4月3日", "107.4.3", "2018.4.3-4.5", "2018.4", "3/4/2018"), "date_unreadable"),
    "2018/13/01": "date_impossible",
    "20180230": "date_impossible",
    "1018.4.3": "out_of_range",
}


def test_a_day_is_read_in_every_form_and_what_needs_a_guess_is_not(opened: Open) -> None:
    rows = [(*ROWS[0][:-1], day) for day in (*DAYS, *NO_DAYS)]

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [HEAD, *rows]))))

    assert said(ledger, "surveyed_on") == [date(2018, 4, 3)] * len(DAYS) + [None] * len(NO_DAYS)
    assert [code for _, _, code in problems(ledger)] == list(NO_DAYS.values())


NUMBERS = {
    "340824200108147000": "id_number_damaged",
    "320482-19900101-0019": "320482199001010019",
    "’320482199001010019": "320482199001010019",
    "34082419760505682ｘ": IDS[3],
    "３２０４８２１９９００１０１００１９": "320482199001010019",
    320482199001010019: "id_number_damaged",
    "3.20482E+17": "id_number_damaged",
    "32048219900101001": "id_number_shape",
    "320482199001010O19": "id_number_shape",
    "320482199001010018": "id_number_check_digit",
}


def test_an_identity_number_survives_its_spellings_and_not_its_damage(opened: Open) -> None:
    rows = [*ROWS, *[(4, NAMES[3], number, *ROWS[0][3:]) for number in NUMBERS]]

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [HEAD, *rows]))))

    found = [
        row.problems[0].code if row.problems else row.answers["operator_id_number"] for row in ledger.rows[3:]
    ]
    assert found == list(NUMBERS.values())


@pytest.mark.parametrize("word", ["姓名及电话", "经营者", "负责人及联系方式"])
def test_a_name_and_its_phone_in_one_cell_are_two_answers(opened: Open, word: str) -> None:
    head = ("村", word, "身份证", "品种", "地址")
    cells = ("曾刚玲 13761529721", "尹志斌（电话：0519-82881234）", "钱杰永/179 2127 5136", "苏平")
    lines = [head, *[("白塔村", cell, IDS[at], "饼", f"{at}组") for at, cell in enumerate(cells)]]

    ledger = the_only(opened("x.xlsx", a_book(("摊贩", lines))))

    assert said(ledger, "operator_name") == list(NAMES)
    assert said(ledger, "phone") == [PHONES[0], "0519-82881234", PHONES[2], None]
    assert (problems(ledger), ledger.columns["B"]) == ([], "operator_name")


def test_a_phone_behind_one_name_goes_to_the_phones(opened: Open) -> None:
    odd = [
        (*ROWS[0][:1], f"{NAMES[0]} {PHONES[1]}", *ROWS[0][2:]),
        (2, f"尹志斌{PHONES[2]}", IDS[1], "", *ROWS[1][4:]),
    ]

    ledger = the_only(opened("x.xlsx", a_book(("摊贩", [HEAD, *odd, ROWS[2]]))))

    assert (problems(ledger), said(ledger, "operator_name")) == ([], list(NAMES[:3]))
    assert said(ledger, "phone") == [f"{PHONES[0]}、{PHONES[1]}", PHONES[2], PHONES[2]]


def test_words_beside_a_phone_a_count_and_a_village_say_nothing_more(opened: Open) -> None:
    row = (1, *ROWS[0][1:3], "电话：13761529721", "白塔村\n（2户）", "1组", "饼", "2本", "2018.5.1")

    ledger = the_only(opened("x.xlsx", a_book(("摊贩", [HEAD, row, *ROWS[1:]]))))

    assert problems(ledger) == []
    assert (said(ledger, "phone")[0], said(ledger, "village")[0]) == (PHONES[0], "白塔村")


@pytest.mark.parametrize(
    ("title", "village"), [("后阳小摊贩", "后阳村"), ("后阳路小摊贩", None), ("白塔后阳小摊贩", None)]
)
def test_a_title_names_its_village_without_the_last_character(
    opened: Open, title: str, village: str | None
) -> None:
    rows = [(*row[:4], "", "1组", *row[6:]) for row in ROWS]
    lines = [(title,), [word if word != "村" else "" for word in HEAD], *rows]

    book = opened("x.xlsx", a_book(("Sheet1", lines)))

    assert [said(ledger, "village") for ledger in book.ledgers] == ([[village] * 3] if village else [])


def test_when_a_trade_began_is_no_time_of_day_and_no_survey(opened: Open) -> None:
    head = (*HEAD[:-1], "开始经营时间", "登记时间", "登记人签名")
    lines = [head, *[(*row[:-1], "2015年", "2018.5.9", "李村") for row in ROWS]]

    ledger = the_only(opened("x.xlsx", a_book(("摊贩", lines))))

    assert (said(ledger, "trading_hours"), said(ledger, "surveyor")) == ([None] * 3, ["李村"] * 3)
    assert said(ledger, "surveyed_on") == [date(2018, 5, 9)] * 3
    assert ledger.unread == {"A": "序号", "I": "开始经营时间"}


def test_bare_days_of_a_workbook_that_counts_from_1904_are_counted_from_there(opened: Open) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    days = (date(2018, 5, 1), 41_760, 20180503)
    for line in (HEAD, *((*row[:-1], day) for row, day in zip(ROWS, days, strict=True))):
        book.worksheets[0].append(list(line))
    kept = io.BytesIO()
    book.save(kept)

    ledger = the_only(opened("小摊贩.xlsx", kept.getvalue()))

    assert said(ledger, "surveyed_on") == [date(2018, 5, 1), date(2018, 5, 2), date(2018, 5, 3)]


def test_hidden_rows_are_read_and_the_first_of_them_says_so(opened: Open) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["H"].hidden = True
        for row in (3, 4):
            sheet.row_dimensions[row].hidden = True

    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [HEAD, *ROWS]), arrange=hide)))

    assert (len(ledger.rows), problems(ledger)) == (3, [(3, "B", "hidden_row")])
    assert said(ledger, "employee_count") == [2, 2, 2]
    assert "第 3 行等 2 行在表里是隐藏的" in ledger.rows[1].problems[0].message


def test_words_over_two_columns_that_were_exchanged_are_told_by_the_values(opened: Open) -> None:
    head = (*HEAD[:2], "电话", "身份证号", *HEAD[4:])
    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [head, *ROWS]))))
    assert said(ledger, "phone") == list(PHONES[:3])
    assert said(ledger, "operator_id_number") == list(IDS[:3])


def test_a_named_column_of_damaged_figures_is_wrong_at_its_cells_and_not_left_out(opened: Open) -> None:
    lines = [
        ("店名", "负责人", "身份证号", "电话", "地址", "面积", "健康证"),
        *[
            (f"{NAMES[i]}饭店", NAMES[i], IDS[i], PHONES[i], f"{i}组1号", area, "有")
            for i, area in enumerate(("约30平方", "30-40", "5*6", "30.5M²"))
        ],
    ]
    ledger = the_only(opened("白塔村小餐饮.xlsx", a_book(("Sheet1", lines))))
    assert problems(ledger) == [(row, "F", "not_a_number") for row in (2, 3, 4)]
    assert ledger.unread == {"G": "健康证"}


def test_an_error_that_a_formula_left_behind_is_told_at_its_cell(opened: Open) -> None:
    rows = [(*ROWS[0][:3], "#N/A", *ROWS[0][4:]), *ROWS[1:]]
    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [HEAD, *rows]))))
    assert problems(ledger) == [(2, "D", "formula")]


def test_what_only_names_an_identity_number_is_not_of_it(opened: Open) -> None:
    numbers = (f"身份证：{IDS[0]}", f"{IDS[1]}（本人）", f"{IDS[2]}（妻）")
    rows = [(*row[:2], number, *row[3:]) for row, number in zip(ROWS, numbers, strict=True)]
    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [HEAD, *rows]))))
    assert said(ledger, "operator_id_number") == [*IDS[:2], None]
    assert problems(ledger) == [(4, "C", "id_number_shape")]


@pytest.mark.parametrize("word", ["店名及负责人", "经营户", "名称（负责人）"])
def test_a_shop_and_its_operator_in_one_cell_are_two_answers(opened: Open, word: str) -> None:
    cells = ("甲记饭店 曾刚玲", "乙记小吃店（尹志斌）", "钱杰永/丙记面馆", "丁记饭店")
    head = ("村", word, "身份证", "电话", "地址", "品种")
    lines = [head, *[("白塔村", cell, IDS[i], PHONES[i], f"{i}组", "炒菜") for i, cell in enumerate(cells)]]

    ledger = the_only(opened("小餐饮.xlsx", a_book(("Sheet1", lines))))

    assert said(ledger, "name") == ["甲记饭店", "乙记小吃店", "丙记面馆", "丁记饭店"]
    assert said(ledger, "operator_name") == [*NAMES[:3], None]
    assert problems(ledger) == [(5, "B", "missing")]


def test_what_stands_around_a_name_is_not_printed_on_the_card(opened: Open) -> None:
    names = (f"{NAMES[0]}（女）", f"户主：{NAMES[1]}", "买买提·艾力（男）")
    rows = [(row[0], name, *row[2:]) for row, name in zip(ROWS, names, strict=True)]
    ledger = the_only(opened("x.xlsx", a_book(("小摊贩", [HEAD, *rows]))))
    assert said(ledger, "operator_name") == [*NAMES[:2], "买买提·艾力"]
