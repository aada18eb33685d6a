"""The ledger of numbers in the window: what became of each, and the four things done beside it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.domain.ledger import NumberState
from desktop.views.registration.blanks_pane import SPOIL
from desktop.views.registration.numbers_tab import BLANKS, GAPS, RANGE, TAKE_IN, NumbersTab
from desktop.views.registration.range_pane import RECORD, RETURN
from desktop.views.registration.short_model import spoken
from tests.offices import TODAY

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(desk, qtbot) -> NumbersTab:
    tab = NumbersTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 620)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    return tab


def rows(tab: NumbersTab) -> list[tuple[str, str]]:
    return [(spoken(row.cells[0])[-4:], spoken(row.cells[1])) for row in tab.table.model.rows]


def show(tab: NumbersTab, side: str) -> None:
    tab.side.set_value(side)
    tab.side.changed.emit(side)


def press(qtbot, tab: NumbersTab, pane) -> str:
    with qtbot.waitSignal(tab.told) as told:
        qtbot.keyClick(pane.day.line, Qt.Key.Key_Return, CTRL)
    return told.args[0]


def test_the_newest_number_stands_first_with_what_became_of_it(desk, enter, issue, tab, qtbot) -> None:
    issue(enter(), enter())
    tab.refresh()

    qtbot.waitUntil(lambda: rows(tab) == [("0002", "已发"), ("0001", "已发")])
    assert tab._account.text() == "共 2 个：已发 2"


def test_a_gap_is_found_in_its_list_and_explained_there(desk, enter, tab, qtbot) -> None:
    desk.keeping.take_in(
        enter(), "TF32041310020180002", issued_on=date(2018, 3, 1), valid_until=None, by=desk.actor
    )
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 2)
    tab.show_gaps()
    qtbot.waitUntil(lambda: rows(tab) == [("0001", "空号，未说明")])

    tab.gap.reason.set_value("存根已毁")
    assert press(qtbot, tab, tab.gap) == "TF32041310020180001 已记为“空号，已说明”。"

    qtbot.waitUntil(lambda: rows(tab) == [])
    assert tab.sequence.currentData() == GAPS


def test_a_range_is_set_aside_used_and_returned(desk, enter, tab, qtbot) -> None:
    shop = enter()
    pane = tab.range
    show(tab, RANGE)
    pane.kind.set_value("stall")
    pane.village.set_value("3")
    pane.count.set_number(2)
    assert "TF32041310020180001 至 TF32041310020180002" in press(qtbot, tab, pane)
    qtbot.waitUntil(lambda: pane.range._list.count() == 2)

    pane.what.set_value(RECORD)
    pane.what.changed.emit()
    pane.range.set_value("1")
    pane.number.set_value("TF32041310020180002")
    pane.who.search.line.setText("钱杰永")
    qtbot.waitUntil(lambda: pane.who.found.current_id() == shop)
    qtbot.keyClick(pane.who.search.line, Qt.Key.Key_Return)
    assert "编号 TF32041310020180002" in press(qtbot, tab, pane)

    pane.what.set_value(RETURN)
    pane.what.changed.emit()
    pane.range.set_value("1")
    assert press(qtbot, tab, pane) == "已退回 1 个没有用的号。"
    (first, second) = desk.ledger.lines(desk.ledger.ranges(by=desk.actor)[0].scope, by=desk.actor)
    assert (first.state, second.state) == (NumberState.RETURNED, NumberState.ISSUED)


def test_an_old_paper_needs_somebody_whose_it_is(desk, enter, tab, qtbot) -> None:
    shop, pane = enter(), tab.take_in
    show(tab, TAKE_IN)
    pane.number.set_value("金城2017-7")
    pane.issued_on.set_day(date(2018, 3, 1))
    qtbot.keyClick(pane.number.line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: pane.refusal.sentence == "先查出是谁的证，按回车选定。")

    pane.who.search.line.setText("钱杰永")
    qtbot.waitUntil(lambda: pane.who.found.current_id() == shop)
    qtbot.keyClick(pane.who.search.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(tab.told) as told:
        qtbot.keyClick(pane.number.line, Qt.Key.Key_Return, CTRL)

    assert "旧证 金城2017-7 已补录" in told.args[0]


def test_blanks_come_into_stock_and_a_spoilt_one_says_why(desk, tab, qtbot) -> None:
    pane = tab.blanks
    show(tab, BLANKS)
    pane.kind.set_value("stall")
    pane.first.set_value("金A001")
    pane.last.set_value("金A010")
    assert press(qtbot, tab, pane) == "空白证 金A001 至 金A010 已入库。"

    pane.what.set_value(SPOIL)
    pane.what.changed.emit()
    pane.first.set_value("金A003")
    pane.reason.set_value("卡纸")
    assert press(qtbot, tab, pane) == "1 张空白证已记为损坏。"

    (row,) = desk.blanks.stock(by=desk.actor)
    assert (row.received_on, row.spoilt, row.left) == (TODAY, 1, 9)


def test_a_sequence_of_more_than_a_page_goes_back_and_forth(desk, tab, qtbot) -> None:
    desk.keeping.reserve("stall", 3, 300, on=TODAY, reason="", by=desk.actor)
    qtbot.waitUntil(lambda: len(rows(tab)) == 200)
    assert rows(tab)[0][0] == "0300"

    tab._older.click()

    qtbot.waitUntil(lambda: rows(tab)[0][0] == "0200")
    assert tab._older.isHidden()
    tab._newer.click()
    qtbot.waitUntil(lambda: rows(tab)[0][0] == "0300")


def test_a_stated_number_is_taken_in_from_its_list(desk, enter, tab, qtbot) -> None:
    enter(paper_number="老证-7")
    tab.refresh()
    qtbot.waitUntil(lambda: not desk.jobs.running)

    tab.show_stated()
    qtbot.waitUntil(lambda: not desk.jobs.running)

    assert [row.cells[0] for row in tab.table.model.rows] == ["老证-7"]
    assert tab.side.value() == TAKE_IN
    assert tab.take_in.number.value() == "老证-7"
    tab.take_in.issued_on.set_value("2017-05-01")
    tab.take_in.button.click()
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert tab.table.model.rows == ()
    assert [line.number for line in desk.ledger.old_numbers(by=desk.actor)] == ["老证-7"]
