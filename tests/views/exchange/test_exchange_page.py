from dataclasses import replace

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop.domain.act import Role
from desktop.services.register.establishments import Establishments, Filters
from desktop.views.exchange.drop_area import dropped_files
from desktop.views.exchange.page import ExchangePage
from desktop.views.exchange.sheet_list import ColumnChooser
from desktop.views.kit.arrange import below
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import spoken
from tests.offices import LEDGERS

TIDY = LEDGERS / "01-tidy-stalls.xlsx"
DAMAGED = LEDGERS / "03-damaged-eateries.xlsx"
DOUBLE = LEDGERS / "05-duplicates-rare-names.xlsx"


def count(office):
    return Establishments(office.office).count(Filters(), by=office.clerk)


def cells(table):
    return [[spoken(cell) for cell in row.cells] for row in table.model.rows]


def imported(page, qtbot):
    with qtbot.waitSignals([page.imported, page.start.loaded]):
        page.review.import_button.click()


def drop_of(*paths):
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    spot, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    drop = QDropEvent(spot, copy, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    # The event does not own what it carries.
    drop.carried = carried
    return drop


def test_a_review_writes_nothing(office, page, looked_over):
    review = looked_over(TIDY)

    assert review.import_button.text() == "导入 40 户（新增 40）"
    assert page.start.list.model.rows == ()
    assert count(office) == 0


def test_importing_says_what_it_wrote_and_lists_it(office, page, looked_over, qtbot):
    looked_over(TIDY)

    imported(page, qtbot)

    assert page.start.isVisible()
    assert page.start.news.sentence == "已导入：新增 40 户，改动 0 户。"
    assert cells(page.start.list)[0][0] == "01-tidy-stalls.xlsx"
    assert count(office) == 40


def test_each_problem_stands_at_its_cell_in_a_sentence(page, looked_over):
    review = looked_over(DAMAGED)

    lines = cells(review.problems)

    assert len(lines) == 9
    assert lines[0][:3] == ["小餐饮 D4", "身份证号", "3.20482E+17"]
    assert "末几位已经丢失" in lines[0][3]
    assert "末几位已经丢失" in review.whole.text()


def test_bad_rows_stay_behind_and_the_button_says_so(page, looked_over, qtbot):
    review = looked_over(DAMAGED)

    assert review.import_button.text() == "导入没有错的 21 户（新增 21）"
    imported(page, qtbot)
    assert "有错的 9 行没有导入" in page.start.news.sentence


def test_likely_duplicates_are_shown_with_what_is_alike(looked_over):
    review = looked_over(DOUBLE)

    assert [line[1] for line in cells(review.duplicates)] == ["同一户", "疑似"]
    assert review.import_button.text() == "导入 21 户（新增 20，待核实 1）"


def test_of_several_workbooks_each_line_names_its_own(looked_over):
    review = looked_over(DAMAGED, DOUBLE)

    assert cells(review.problems)[0][0] == "小餐饮 D4（03-damaged-eateries.xlsx）"
    assert cells(review.duplicates)[0][0] == "摊贩 第 22 行（05-duplicates-rare-names.xlsx）"


def test_a_workbook_that_is_there_already_offers_nothing_to_write(page, looked_over, qtbot):
    looked_over(TIDY)
    imported(page, qtbot)

    review = looked_over(TIDY)

    assert review.import_button.text() == "没有要写入的"
    assert not review.import_button.isEnabled()


def test_another_village_is_tried_at_once(desk, looked_over, qtbot):
    review = looked_over(TIDY)
    review.village.setCurrentIndex(1)

    with qtbot.waitSignal(review.looked_over):
        review.village.activated.emit(1)

    assert review.import_button.isEnabled()


def test_a_file_that_is_no_workbook_is_refused_above_the_review(looked_over, tmp_path):
    path = tmp_path / "假的.xlsx"
    path.write_bytes(b"PK not a workbook")

    review = looked_over(path)

    assert not review.told.isHidden()
    assert "假的.xlsx" in review.told.sentence
    assert not review.import_button.isEnabled()


def test_a_refused_file_leaves_no_offer_of_the_one_before(looked_over, tmp_path):
    looked_over(TIDY)

    review = looked_over(tmp_path / "没有这个.xlsx")

    assert "没有这个.xlsx 打不开" in review.told.sentence
    assert not review.import_button.isEnabled()
    assert review.problems.model.rows == ()


def test_escape_leaves_the_review_and_nothing_behind(office, page, looked_over):
    looked_over(TIDY)

    assert page.go_back()

    assert page.start.isVisible()
    assert not page.go_back()
    assert count(office) == 0


def test_problems_are_marked_in_a_copy_that_overwrites_nothing(desk, looked_over, qtbot):
    review = looked_over(DAMAGED)

    for _ in range(2):
        review.told.hide()
        review.mark_button.click()
        qtbot.waitUntil(review.told.isVisible)

    names = sorted(path.name for path in desk.exports.iterdir())
    assert names == ["03-damaged-eateries-问题标注-2.xlsx", "03-damaged-eateries-问题标注.xlsx"]


def test_an_import_is_taken_back_with_its_reason(office, page, looked_over, qtbot):
    looked_over(TIDY)
    imported(page, qtbot)
    page.start.undo_button.click()
    pane = page.start.undo_pane
    pane.reason.set_value("村里报错了")

    with qtbot.waitSignals([pane.undone, page.start.loaded]):
        pane.undo_button.click()

    assert pane.what.text() == "已撤回：删去 40 户，恢复 0 户。"
    assert count(office) == 0


def test_without_a_reason_nothing_is_taken_back(office, page, looked_over, qtbot):
    looked_over(TIDY)
    imported(page, qtbot)
    page.start.undo_button.click()

    page.start.undo_pane.undo_button.click()

    assert "为什么撤回" in page.start.undo_pane.reason.error
    assert count(office) == 40


def test_an_import_that_was_taken_back_cannot_be_taken_back_again(page, looked_over, qtbot):
    looked_over(TIDY)
    imported(page, qtbot)
    page.start.undo_button.click()
    page.start.undo_pane.reason.set_value("村里报错了")
    with qtbot.waitSignals([page.start.undo_pane.undone, page.start.loaded]):
        page.start.undo_pane.undo_button.click()

    qtbot.waitUntil(lambda: cells(page.start.list)[0][-1] == "已撤回")

    assert not page.start.undo_button.isEnabled()


def test_dropped_workbooks_are_reviewed(page, qtbot):
    drop = drop_of(TIDY)

    with qtbot.waitSignal(page.review.looked_over):
        page.start.drop_area.dropEvent(drop)

    assert page.review.import_button.text() == "导入 40 户（新增 40）"


@pytest.mark.parametrize("names", [["照片.jpg"], ["台账.xlsx", "说明.docx"], []])
def test_what_is_no_workbook_is_not_accepted(theme, tmp_path, names):
    drop = drop_of(*(tmp_path / name for name in names))

    assert dropped_files(drop) == ()


def test_who_may_not_import_is_told_so(desk, theme, qtbot):
    auditor = replace(desk.actor, roles=frozenset({Role.AUDITOR}))
    page = ExchangePage(replace(desk, actor=auditor))
    qtbot.addWidget(page)

    page.show()

    assert not page.choose_button.isEnabled()
    assert "不能导入" in page.start.list._nothing.text()


def test_the_keyboard_stands_on_what_was_found(page, looked_over, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    review = looked_over(DAMAGED)
    assert review.problems.view.hasFocus()
    qtbot.keyClick(review.problems.view, Qt.Key.Key_Down)

    assert "多半抄错了一位" in review.whole.text()


def test_ctrl_enter_imports(page, looked_over, qtbot):
    looked_over(TIDY)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    with qtbot.waitSignals([page.imported, page.start.loaded]):
        qtbot.keyClick(page.review, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("steps", [0, 3])
def test_every_button_has_room_for_its_words(page, looked_over, theme, steps):
    for _ in range(steps):
        theme.zoom_in()
    review = looked_over(DAMAGED)
    page.resize(1270, 650)

    for button in (review.import_button, review.mark_button, review.cancel_button, page.other_button):
        assert button.width() >= button.minimumSizeHint().width()


def test_a_review_names_the_columns_that_are_not_read(page, looked_over, tmp_path, qtbot):
    book = Workbook()
    for line in (
        ("食品摊贩摸底表",),
        ("姓名", "身份证号", "电话", "固定电话", "村", "地址", "品种", "民族", "备注", "备注2"),
        ("张三", "320413196207227743", "13761529721", "", "白塔村", "1组2号", "煎饼", "汉", "夫妻店", "常年"),
    ):
        book.active.append(line)
    book.save(tmp_path / "摊贩.xlsx")

    review = looked_over(tmp_path / "摊贩.xlsx")

    def is_said():
        return "没有读取：H 列“民族”、J 列“备注2”" in [
            words.text() for words in review.findChildren(Words) if words.isVisible()
        ]

    qtbot.waitUntil(is_said)


@pytest.fixture
def months(tmp_path):
    """A ledger of three stalls; two state the month of the visit alone, one has a letter in its number."""
    head = ("姓名", "身份证号", "电话", "村", "摊位位置", "经营品种", "调查日期")
    rows = (
        ("张三", "32O413196207227743", "13761529721", "白塔村", "白塔村1组2号", "煎饼", "2018.4"),
        ("李四", "340824200108147266", "18970735877", "后阳村", "后阳村3组4号", "豆浆", "2018.4"),
        ("王五", "", "13800001111", "后阳村", "后阳村3组5号", "油条", "2018.5.2"),
    )
    book = Workbook()
    for line in (("食品摊贩摸底表",), head, *rows):
        book.active.append(line)
    book.save(tmp_path / "摊贩.xlsx")
    return tmp_path / "摊贩.xlsx"


def test_all_cells_that_are_wrong_alike_are_mended_at_once(office, page, months, looked_over, qtbot):
    review = looked_over(months)
    assert [line[1] for line in cells(review.problems)] == ["身份证号", "调查日期", "调查日期"]
    assert review.mending.value.value() == "320413196207227743"

    with qtbot.waitSignal(review.looked_over):
        review.mending.one_button.click()
    assert review.mending.value.value() == "2018-04-01"
    assert review.mending.all_button.text() == "同样的 2 处都改"
    with qtbot.waitSignal(review.looked_over):
        review.mending.all_button.click()

    assert not review.mending.isVisible()
    assert review.import_button.text() == "导入 3 户（新增 3）"
    imported(page, qtbot)
    assert count(office) == 3


def test_what_was_mended_can_be_taken_back_before_importing(months, looked_over, qtbot):
    review = looked_over(months)
    with qtbot.waitSignal(review.looked_over):
        review.mending.one_button.click()

    with qtbot.waitSignal(review.looked_over):
        review.unmend_button.click()

    assert len(cells(review.problems)) == 3
    assert not review.unmend_button.isVisible()


def test_a_wrong_guess_is_one_drop_down_away(page, months, looked_over, qtbot):
    review = looked_over(months)
    (chooser,) = [
        one for one in below(review.sheets, ColumnChooser) if one.accessibleName().startswith("Sheet F")
    ]
    assert chooser.currentText() == "品种"

    with qtbot.waitSignal(review.looked_over):
        chooser.setCurrentIndex(chooser.findData("remark"))
        chooser.activated.emit(chooser.currentIndex())

    assert "F" in [one.letter for one in below(review.sheets, ColumnChooser) if one.currentData() == "remark"]
