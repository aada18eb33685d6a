"""Many rows at once: pasted, checked, undone, saved, and never a bad one with the good."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.domain.identity import check_digit
from desktop.services.register.leafing import Filters
from desktop.views.survey import grid_model
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.grid import EntryGridPage
from desktop.views.survey.grid_model import column_of
from desktop.views.survey.grid_rows import RowState
from tests.offices import TestOffice

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
HEADER = "姓名\t身份证号\t联系电话\t经营品种\t摊位位置"


def number(place: int) -> str:
    first = f"3204131970010{place % 9 + 1}{place:03d}"
    return first + check_digit(first)


def line(place: int, name: str = "顾来娣", **cells: str) -> str:
    typed = {
        "number": number(place),
        "phone": f"158613244{place:02d}",
        "products": "大饼、油条",
        "address": f"沙湖路{place}号",
    } | cells
    return "\t".join([name, *typed.values()])


@pytest.fixture
def grid(qtbot: QtBot, desk: SurveyDesk, settled: Settled) -> EntryGridPage:
    page = EntryGridPage(desk, "stall")
    qtbot.addWidget(page)
    page.resize(1222, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.carried.show_typed({"village": "沙湖村", "surveyor": "陈国华", "surveyed_on": "2018-06-08"})
    page.carried.changed.emit()
    page.view.setFocus()
    settled()
    return page


def paste(qtbot: QtBot, page: EntryGridPage, *lines: str) -> None:
    QGuiApplication.clipboard().setText("\r\n".join(lines) + "\r\n")
    qtbot.keyClick(page.view, Qt.Key.Key_V, CTRL)


def states(page: EntryGridPage, rows: int) -> list[RowState]:
    return [row.state for row in page.model.rows[:rows]]


def cell(page: EntryGridPage, row: int, code: str) -> str:
    return page.model.rows[row].typed.get(code, "")


def go(page: EntryGridPage, row: int, code: str) -> None:
    page.view.setCurrentIndex(page.model.index(row, column_of(page.model.questions, code)))


def test_a_block_from_excel_finds_its_columns_and_is_summed_up(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    wrong = number(3)[:-1] + ("0" if number(3)[-1] != "0" else "1")
    paste(qtbot, grid, HEADER, line(1), line(2, "𠮷娣"), line(3, "潘巧英", number=wrong))
    settled()

    assert states(grid, 4) == [RowState.GOOD, RowState.GOOD, RowState.WRONG, RowState.EMPTY]
    assert cell(grid, 1, "operator_name") == "𠮷娣"
    assert "贴入 3 行 5 列：2 行可存，1 行要改" in grid.message.sentence
    assert "2 行" in grid.save_button.text()


def test_a_block_without_header_lies_where_the_keyboard_stood(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    go(grid, 2, "phone")

    paste(qtbot, grid, "13912345678\t馄饨", "13912345679\t大饼")
    settled()

    assert (cell(grid, 2, "phone"), cell(grid, 3, "products")) == ("13912345678", "大饼")


def test_what_finds_no_place_in_the_grid_is_told(qtbot: QtBot, grid: EntryGridPage, settled: Settled) -> None:
    last = grid.model.questions[-1].code
    go(grid, 0, last)

    paste(qtbot, grid, "一\t二\t三\t四\t")
    settled()
    assert cell(grid, 0, last) == "一"
    assert "右边 3 列超出表格，没有贴入" in grid.message.sentence

    paste(qtbot, grid, f"{HEADER}\t养了几只猫", line(1) + "\t两只")
    settled()
    assert "认不出的列没有贴入：养了几只猫" in grid.message.sentence


def test_many_rows_at_once_are_checked_off_the_window_and_each_gets_its_word(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid_model, "AT_ONCE", 2)
    wrong = number(2)[:-1] + ("0" if number(2)[-1] != "0" else "1")

    paste(qtbot, grid, HEADER, line(1), line(2, "汤文彬", number=wrong), line(3, "潘巧英", phone="138"))
    assert states(grid, 3) == [RowState.CHECKING] * 3
    settled()

    assert states(grid, 3) == [RowState.GOOD, RowState.WRONG, RowState.WRONG]
    columns = grid.model.questions
    assert [(row, columns[column].code) for row, column in grid.model.wrong_cells()] == [
        (1, "operator_id_number"),
        (2, "phone"),
    ]


def test_ctrl_z_takes_the_paste_back(qtbot: QtBot, grid: EntryGridPage, settled: Settled) -> None:
    go(grid, 0, "operator_name")
    qtbot.keyClicks(grid.view, "A")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    go(grid, 1, "operator_name")
    paste(qtbot, grid, *(line(place) for place in range(1, 31)))
    settled()

    qtbot.keyClick(grid.view, Qt.Key.Key_Z, CTRL)
    settled()

    assert [row.is_empty for row in grid.model.rows] == [False] + [True] * (len(grid.model.rows) - 1)
    assert cell(grid, 0, "operator_name") == "A"
    qtbot.keyClick(grid.view, Qt.Key.Key_Z, CTRL)
    assert grid.model.rows[0].is_empty
    settled()


def test_the_good_rows_are_saved_and_the_others_stay_with_their_draft(
    qtbot: QtBot, desk: SurveyDesk, grid: EntryGridPage, settled: Settled
) -> None:
    paste(qtbot, grid, HEADER, line(1), line(2, "汤文彬"), line(3, "潘巧英", phone="1386142907"))
    settled()

    with qtbot.waitSignal(grid.saved, timeout=10_000) as saved:
        qtbot.keyClick(grid.view, Qt.Key.Key_Return, CTRL)
    settled()

    assert saved.args == [2]
    rows = desk.establishments.page(Filters(), by=desk.actor)
    assert [(row.operator_name, row.village) for row in rows] == [("顾来娣", "沙湖村"), ("汤文彬", "沙湖村")]
    assert cell(grid, 0, "operator_name") == "潘巧英"
    (draft,) = desk.drafts.list(by=desk.actor)
    assert draft.label == "成批录入 小摊贩 1 行"
    assert "100-0001 至 100-0002" in grid.message.sentence


def test_f8_goes_from_error_to_error_and_says_why_below_the_cell(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    paste(qtbot, grid, HEADER, line(1, phone="1386142907"), line(2), line(3, number="123"))
    settled()
    go(grid, 0, "operator_name")
    stops = []

    for _ in range(3):
        qtbot.keyClick(grid.view, Qt.Key.Key_F8)
        qtbot.wait(150)
        stops.append((grid.view.currentIndex().row(), grid.view.note.words.text()))

    assert [row for row, _ in stops] == [0, 2, 0]
    assert grid.view.note.isVisible()
    assert "18 位" in stops[1][1]


def test_an_error_is_said_while_it_is_typed_and_enter_leads_on(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    go(grid, 0, "phone")

    qtbot.keyClick(grid.view, "1")
    editor = QApplication.focusWidget()
    assert editor is not grid.view
    qtbot.keyClicks(editor, "39")
    assert grid.view.note.isVisible()
    qtbot.keyClicks(editor, "12345678")
    assert not grid.view.note.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()

    assert cell(grid, 0, "phone") == "13912345678"
    assert grid.view.currentIndex().column() == column_of(grid.model.questions, "phone") + 1


def test_enter_stays_with_the_input_method_while_it_composes(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    go(grid, 0, "operator_name")
    qtbot.keyClick(grid.view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()

    QApplication.sendEvent(editor, QInputMethodEvent("gu", []))
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    assert QApplication.focusWidget() is editor
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    settled()


def test_ctrl_d_fills_down(qtbot: QtBot, grid: EntryGridPage, settled: Settled) -> None:
    paste(qtbot, grid, HEADER, line(1, products="馄饨"), line(2, products=""))
    settled()
    go(grid, 1, "products")

    qtbot.keyClick(grid.view, Qt.Key.Key_D, CTRL)
    qtbot.wait(150)
    settled()

    assert cell(grid, 1, "products") == "馄饨"


def test_two_rows_with_one_number_warn_each_other(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    paste(qtbot, grid, HEADER, line(1), line(2, number=number(1)))
    settled()

    assert states(grid, 2) == [RowState.GOOD, RowState.WARNED]
    assert "与第 1 行相同" in grid.model.rows[1].problem_at("operator_id_number").message


def test_a_likely_duplicate_is_compared_beside_and_each_way_out_works(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], grid: EntryGridPage, settled: Settled
) -> None:
    paste(
        qtbot,
        grid,
        HEADER,
        line(1, "顾来娣", phone="15912347713"),
        line(2, "别人", phone="15912347713"),
        line(3, "搁着", phone="17921275136"),
    )
    settled()
    assert states(grid, 3) == [RowState.ALIKE] * 3

    go(grid, 2, "phone")
    grid.duplicates.later_button.click()
    go(grid, 1, "phone")
    grid.duplicates.other_button.click()
    go(grid, 0, "phone")
    with qtbot.waitSignal(grid.saved, timeout=10_000):
        grid.duplicates.same_button.click()
    settled()

    assert desk.establishments.detail(three[1], by=desk.actor).row.products == "大饼、油条"
    assert [row.state for row in grid.model.rows[:2]] == [RowState.WARNED, RowState.ALIKE] or [
        row.state for row in grid.model.rows[:2]
    ] == [RowState.GOOD, RowState.ALIKE]


def test_giving_up_a_batch_can_be_undone(qtbot: QtBot, grid: EntryGridPage, settled: Settled) -> None:
    paste(qtbot, grid, HEADER, line(1), line(2))
    settled()

    grid.discard_button.click()
    assert all(row.is_empty for row in grid.model.rows)
    grid.undo_button.click()
    settled()

    assert states(grid, 2) == [RowState.GOOD, RowState.GOOD]


def test_a_batch_is_found_again(
    qtbot: QtBot, desk: SurveyDesk, grid: EntryGridPage, settled: Settled
) -> None:
    paste(qtbot, grid, HEADER, line(1), line(2, "𠮷娣"))
    qtbot.waitUntil(lambda: bool(desk.drafts.list(by=desk.actor)), timeout=5000)
    settled()
    (draft,) = desk.drafts.list(by=desk.actor)

    other = EntryGridPage(desk, "stall")
    qtbot.addWidget(other)
    other.resume(draft)
    settled()

    assert cell(other, 1, "operator_name") == "𠮷娣"
    assert other.carried.typed()["village"] == "沙湖村"
    assert states(other, 2) == [RowState.GOOD, RowState.GOOD]


def test_what_a_row_does_not_say_is_carried_from_above_and_what_it_says_wins(
    qtbot: QtBot, desk: SurveyDesk, grid: EntryGridPage, settled: Settled
) -> None:
    paste(qtbot, grid, HEADER + "\t村", line(1) + "\t", line(2) + "\t后阳村", line(3) + "\t没有村")
    settled()

    assert states(grid, 3) == [RowState.GOOD, RowState.GOOD, RowState.WRONG]
    grid.save_button.click()
    settled()
    rows = desk.establishments.page(Filters(), by=desk.actor)
    assert [row.village for row in rows] == ["沙湖村", "后阳村"]


def test_the_counter_tells_records_per_hour(
    qtbot: QtBot, office: TestOffice, grid: EntryGridPage, settled: Settled
) -> None:
    paste(qtbot, grid, HEADER, line(1), line(2))
    settled()
    office.clock.moment += timedelta(minutes=6)

    grid.save_button.click()
    settled()

    assert "本次已录 2 户" in grid.carried._count.text()
    assert grid.carried._rate.text().removesuffix(" 户/小时") in {"19", "20"}
    assert "用时 6 分" in grid.carried._minutes.text()


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_the_page_fits_the_lowest_screen_also_beside_a_duplicate(
    qtbot: QtBot,
    desk: SurveyDesk,
    three: tuple[int, ...],
    grid: EntryGridPage,
    settled: Settled,
    theme: object,
    zoom: float,
) -> None:
    paste(qtbot, grid, HEADER, line(1, phone="15912347713"))
    settled()
    go(grid, 0, "phone")

    theme.set_zoom(zoom)
    grid.resize(1258, 639)
    settled()

    assert grid.duplicates.isVisible()
    assert grid.minimumSizeHint().width() <= 1258
    assert grid.minimumSizeHint().height() <= 639


def test_an_empty_grid_saves_nothing(grid: EntryGridPage) -> None:
    assert not grid.save_button.isEnabled()
    assert grid.model.savable() == []
    assert isinstance(grid.model.rows[0].identity, UUID)


def test_the_lines_between_cells_stay_when_a_neighbour_is_drawn_again(
    qtbot: QtBot, grid: EntryGridPage
) -> None:
    whole = grid.view.viewport().grab().toImage()
    cell = grid.view.visualRect(grid.model.index(2, 2))

    alone = QImage(whole)
    painter = QPainter(alone)
    painter.setClipRect(cell)
    painter.fillRect(cell, Qt.GlobalColor.magenta)
    option = QStyleOptionViewItem()
    option.rect = cell
    option.palette = grid.view.palette()
    painter.fillRect(cell, whole.pixelColor(cell.center()))
    grid.view.itemDelegate().paint(painter, option, grid.model.index(2, 2))
    painter.end()

    assert alone == whole
