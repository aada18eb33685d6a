"""The ticks before the rows of a table, and its context menu."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication

from desktop.views.jobs import Jobs
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_source import Query
from tests.views.kit.registers import COLUMNS, Register


@pytest.fixture
def ticked(theme, jobs: Jobs, remembered, qtbot) -> PagedTable:
    """Twenty records with ticks before them."""
    table = PagedTable("batch", COLUMNS, Register(20), jobs, remembered, unit="户", has_ticks=True)
    qtbot.addWidget(table)
    table.resize(900, 480)
    table.show()
    with qtbot.waitSignal(table.loaded):
        table.ask(Query())
    return table


def press_tick(qtbot, table: PagedTable, row: int, *held: Qt.KeyboardModifier) -> None:
    ticks = table.view.ticks
    spot = QPoint(ticks.width() // 2, ticks.sectionViewportPosition(row) + 5)
    modifier = held[0] if held else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, modifier, spot)


def chosen(table: PagedTable) -> list[int]:
    return [found.id for found in table.selected_rows()]


def test_ticks_choose_many_without_a_key_held(ticked: PagedTable, qtbot) -> None:
    for row in (1, 4, 6, 4):
        press_tick(qtbot, ticked, row)

    assert chosen(ticked) == [1, 6]


def test_shift_ticks_all_between(ticked: PagedTable, qtbot) -> None:
    press_tick(qtbot, ticked, 2)
    press_tick(qtbot, ticked, 5, Qt.KeyboardModifier.ShiftModifier)

    assert chosen(ticked) == [2, 3, 4, 5]


def test_space_ticks_and_arrows_leave_the_ticks_alone(ticked: PagedTable, qtbot) -> None:
    ticked.view.setFocus()
    ticked.view.selectionModel().setCurrentIndex(
        ticked.model.index(3, 1), QItemSelectionModel.SelectionFlag.NoUpdate
    )

    qtbot.keyClick(ticked.view, Qt.Key.Key_Space)
    qtbot.keyClick(ticked.view, Qt.Key.Key_Down)
    qtbot.keyClick(ticked.view, Qt.Key.Key_Down)
    qtbot.keyClick(ticked.view, Qt.Key.Key_Space)

    assert chosen(ticked) == [3, 5]
    assert ticked.current_row().id == 5


def test_the_tick_above_chooses_all_and_then_none(ticked: PagedTable) -> None:
    ticked.view._all.click()
    assert ticked.selected_count() == 20

    ticked.view._all.click()
    assert ticked.selected_count() == 0


def test_the_context_menu_opens_by_keyboard_with_what_the_page_adds(ticked: PagedTable, qtbot) -> None:
    ticked.add_action(QAction("登记并制卡", ticked))
    ticked.view.setFocus()

    QApplication.sendEvent(
        ticked.view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    )

    words = [action.text().partition("\t")[0] for action in ticked._menu.actions()]
    assert ticked._menu.isVisible()
    assert words == ["打开", "复制所选行", "选择列…", "登记并制卡"]
    ticked._menu.close()
