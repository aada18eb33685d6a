"""A workbook of a village is looked over and merged; what clashes is decided field by field on one screen."""

from uuid import uuid4

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from desktop.services.register.establishments import Establishments, Filters
from desktop.services.survey.surveys import Surveys
from desktop.views.registration.short_model import spoken
from tests.offices import stall


@pytest.fixture
def book(office, desk, tmp_path):
    """A workbook whose stall was changed here and there, and that the village says has paused."""
    surveys = Surveys(office.office)
    saved = surveys.save("stall", stall(), by=office.clerk, identity=uuid4())
    path = tmp_path / "沙湖村.xlsx"
    village = next(one for one in desk.villages if one.name == "沙湖村")
    desk.books.make(village, path, by=office.clerk)
    changed = stall(products="馄饨、面条", phone="13800000001")
    surveys.save("stall", changed, by=office.clerk, identity=uuid4(), establishment_id=saved.id, version=1)
    workbook = load_workbook(path)
    page = workbook["小摊贩"]
    at = {str(cell.value): cell.column for cell in page[3] if cell.value}
    edits = {"products": "馄饨、豆浆", "phone": "13800000002", "operating_status": "停业", "note": "歇夏"}
    for code, value in {**edits, "surveyor": "李国强"}.items():
        page.cell(5, at[code]).value = value
    workbook.save(path)
    return path


@pytest.fixture
def waiting(page, book, looked_over, qtbot):
    looked_over(book)
    with qtbot.waitSignal(page.imported):
        page.review.import_button.click()
    page.show_conflicts()
    page.refresh()
    qtbot.waitUntil(lambda: page.conflicts.compare.row is not None)
    return page.conflicts


def stall_now(office):
    (row,) = Establishments(office.office).revealed(Filters(), by=office.clerk)
    return row.phone, row.products, row.operating_status.label


def test_a_workbook_that_was_made_here_is_merged_and_says_what_it_will_do(page, book, looked_over, office):
    review = looked_over(book)

    assert review.import_button.text() == "合并（改动 1，等着定 1）"
    assert [spoken(row.cells[2]) for row in review.duplicates.model.rows] == ["联系电话", "品种", "经营状态"]
    assert not review.kind.isVisible()
    assert stall_now(office) == ("13800000001", "馄饨、面条", "正常经营")


def test_each_field_has_its_own_choice_and_the_office_keeps_what_nobody_chose(office, page, waiting, qtbot):
    assert page.start.news.sentence.startswith("已合并沙湖村6月的交换表：新增 0 户，改动 1 户，3 处等你")
    assert waiting.compare.note.sentence == "村里说明：歇夏"
    assert set(waiting.compare.sides) == {"phone", "products", "operating_status"}
    waiting.compare.sides["products"].segments[1].click()

    with qtbot.waitSignal(waiting.loaded):
        waiting.settle_button.click()

    assert stall_now(office) == ("13800000001", "馄饨、豆浆", "正常经营")
    assert waiting.news.sentence == "已定。100-0001：取了村里改的 1 处。"
    qtbot.waitUntil(lambda: waiting.list.model.rows == ())


def test_all_of_the_village_is_taken_by_two_keys(office, waiting, qtbot):
    waiting.activateWindow()
    qtbot.keyClick(waiting.window(), Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(waiting.settle_button.hasFocus)

    with qtbot.waitSignal(waiting.loaded):
        qtbot.keyClick(waiting.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: stall_now(office) == ("13800000002", "馄饨、豆浆", "停业"))
