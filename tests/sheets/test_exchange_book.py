"""The monthly workbook of a village: whole numbers as text, only what is to be filled in unlocked."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.domain.forms import Answer, Question
from desktop.domain.lifecycle import OperatingStatus
from desktop.sheets.ended_papers import EndedPaper, EndedPapers
from desktop.sheets.exchange_book import Book, BookLine, BookSheet, write_book
from desktop.sheets.exchange_reading import ReturnedBook, is_as_written, read_book
from tests.offices import reader, rule_pack

CODES, HEADERS, FIRST = 3, 4, 5
BOOK = "0f0e0d0c-0b0a-4908-8706-050403020100"
SHOP = "00000000-0000-0000-0000-000000000007"
FORM = rule_pack("jintan-2018").form("stall")
MADE_AT = datetime(2018, 6, 8, tzinfo=UTC)
ENDED = EndedPapers(
    date(2018, 6, 8),
    "只供查看",
    (EndedPaper("登记卡", "TF1", "钱*永（馄饨）", "沙湖村", "吊销", date(2018, 6, 1), date(2019, 6, 7)),),
)
ANSWERS: dict[str, Answer] = {
    "name": "=1+1",
    "village": "沙湖村",
    "operator_id_number": "320413198603279990",
    "phone": "17921275136",
    "business_licence": False,
    "business_items": ("hot", "cold"),
    "employee_count": 2,
    "surveyed_on": date(2018, 5, 29),
}


def written(target: Path, *lines: dict[str, Answer]) -> Path:
    rows = [BookLine(SHOP, 3, "100-0001", line, OperatingStatus.OPERATING) for line in lines]
    page = BookSheet(
        "小摊贩", "沙湖村食品小摊贩月度交换表", FORM, rows, ["00000000-0000-0000-0000-000000000008"]
    )
    statuses = (OperatingStatus.OPERATING, OperatingStatus.PAUSED)
    write_book(
        Book(BOOK, "沙湖村", ("填表说明",), (("登记册", "1"),), (page,), statuses, ENDED),
        target,
        made_at=MADE_AT,
    )
    return target


def returned(path: Path) -> ReturnedBook:
    book = read_book(reader().sheets(path.read_bytes(), path.name))
    assert book is not None
    return book


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("交换") / "沙湖.xlsx", ANSWERS)


@pytest.fixture
def page(made: Path) -> Worksheet:
    return load_workbook(made)["小摊贩"]


@pytest.fixture
def at(page: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in page[CODES] if cell.value}


def test_only_what_is_to_be_filled_in_is_unlocked(made: Path, page: Worksheet, at: dict[str, int]) -> None:
    book = load_workbook(made)
    is_open = {code for code, column in at.items() if not page.cell(FIRST, column).protection.locked}

    assert book.sheetnames == ["填表说明", "小摊贩", "失效证卡", "登记册"]
    assert (book.security.lockStructure, book["登记册"].sheet_state) == (True, "veryHidden")
    assert all(sheet.protection.sheet for sheet in book)
    assert set(at) - is_open == {"identity", "version", "archive_number", "village"}
    assert {"operator_name", "phone", "operating_status", "note"} <= is_open
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[CODES].hidden
    assert all(cell.protection.locked for cell in page[HEADERS])


def test_numbers_of_people_are_text_and_nothing_is_a_formula(page: Worksheet, at: dict[str, int]) -> None:
    cells = {code: page.cell(FIRST, column) for code, column in at.items()}

    for code in ("name", "operator_id_number", "phone", "version"):
        assert (cells[code].data_type, cells[code].number_format) == ("s", "@")
    assert cells["name"].value == "=1+1"
    assert cells["operator_id_number"].value == "320413198603279990"
    assert cells["surveyed_on"].value == "2018-05-29"
    assert cells["employee_count"].value == 2
    assert cells["business_licence"].value == "无"
    assert page.cell(FIRST + 1, at["operator_name"]).value is None


def test_a_column_offers_what_the_form_asks_for_and_says_how(page: Worksheet, at: dict[str, int]) -> None:
    offered = {
        area.min_col: rule.formula1
        for rule in page.data_validations.dataValidation
        for area in rule.sqref.ranges
        if rule.type == "list"
    }

    assert offered[at["business_licence"]] == '"有,无"'
    assert offered[at["operating_status"]] == '"正常经营,停业"'
    assert page.cell(HEADERS, at["surveyed_on"]).comment.text.startswith("写成 2018-06-08")
    assert page.cell(HEADERS, at["operator_name"]).comment.text.startswith("必填")


def test_it_says_by_itself_whose_it_is_and_which_row_is_which(made: Path) -> None:
    (sheet,) = returned(made).pages

    assert (sheet.book, sheet.kind, sheet.header_row) == (BOOK, "stall", HEADERS)
    assert [(row.identity[-1], row.version, row.is_blank) for row in sheet.rows] == [
        ("7", 3, False),
        ("8", 0, True),
    ]
    assert sheet.formulas == frozenset()


def test_the_list_of_ended_papers_is_to_be_read_only(made: Path) -> None:
    page = load_workbook(made)["失效证卡"]

    assert page["A1"].value == "失效证（卡）名单（截至2018年6月8日，共1张）"
    assert [cell.value for cell in page[4]] == [
        "1", "登记卡", "TF1", "钱*永（馄饨）", "沙湖村", "吊销", "2018-06-01", "2019-06-07",
    ]  # fmt: skip
    assert all(cell.protection.locked for row in page.iter_rows() for cell in row)
    assert [left.sheet for left in returned(made).left] == ["填表说明", "失效证卡", "登记册"]


def test_a_sender_who_signs_is_named(made: Path, tmp_path: Path) -> None:
    book = load_workbook(made)
    for column in (5, 7):
        book["小摊贩"].cell(2, column).value = "王会计" if column == 5 else "13912345678"
    book.save(tmp_path / "b.xlsx")

    assert returned(tmp_path / "b.xlsx").sender == "王会计 13912345678"


strange = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)


@settings(max_examples=3, deadline=None)
@given(texts=st.lists(strange, min_size=60, max_size=60), area=st.decimals(0, 99999, places=2))
def test_whatever_was_written_is_known_again(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], area: Decimal
) -> None:
    form = rule_pack("jintan-2018").form("eatery")
    texts = [*texts, "_x0041_", "=A1", "+1", "@x", "'1", " a ", "\x01", "\r\n甲", "1e5"]
    lines = [{**ANSWERS, "name": text, "remark": text, "area_m2": area} for text in texts]
    rows = [BookLine(SHOP, 3, "100-0001", line, OperatingStatus.OPERATING) for line in lines]
    target = tmp_path_factory.mktemp("交换") / "a.xlsx"
    page = BookSheet("小餐饮", "", form, rows, ())
    write_book(Book(BOOK, "沙湖村", (), (), (page,), (), ENDED), target, made_at=MADE_AT)

    (sheet,) = returned(target).pages
    questions: dict[str, Question] = {question.code: question for question in form.questions}
    assert [
        (code, line.get(code), row.cells[code])
        for row, line in zip(sheet.rows, lines, strict=True)
        for code in row.cells
        if code in questions and not is_as_written(questions[code], line.get(code), row.cells[code])
    ] == []
