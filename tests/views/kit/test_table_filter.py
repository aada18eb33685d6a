"""What stands under the titles of a table: filters in which several values may be ticked."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.views.jobs import Jobs
from desktop.views.kit.chips import ChipText
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_filter import ValueFilter, ValueSheet
from desktop.views.kit.table_source import Column, Query
from desktop.views.kit.tokens import Status
from tests.views.kit.registers import COLUMNS, VALID, Register


def test_a_filter_that_finds_nothing_says_so_and_offers_the_way_back(make, qtbot) -> None:
    table, source = make(10)
    with qtbot.waitSignal(table.loaded):
        table.ask(table.query.filtered("name", "没有"))
    nothing = table.view.viewport().children()[-1]
    assert nothing.isVisible()

    with qtbot.waitSignal(table.loaded):
        table.clear_filters()

    assert source.queries[-1].filters == ()
    assert not nothing.isVisible()


class CountedRegister(Register):
    """Can also say how many records each value has."""

    def counts(self, query: Query, key: str) -> dict[str, int]:
        self.queries.append(query)
        return {"valid": 97, "expired": 12}


@pytest.fixture
def counted(theme, jobs: Jobs, remembered, qtbot) -> tuple[PagedTable, CountedRegister]:
    """A table that knows how many papers are valid and expired."""
    expired = ChipText("过期", "calendar-x", Status.DANGER)
    columns = (COLUMNS[0], Column("paper", "证卡", choices=(("valid", VALID), ("expired", expired))))
    source = CountedRegister(20)
    table = PagedTable("counted", columns, source, jobs, remembered, unit="户")
    qtbot.addWidget(table)
    table.resize(900, 480)
    table.show()
    with qtbot.waitSignal(table.loaded):
        table.ask(Query().filtered("number", "100"))
    return table, source


def test_a_filter_of_values_says_what_remains_before_one_presses(counted, qtbot) -> None:
    table, source = counted
    editor = table.header.findChild(ValueFilter)

    editor.showPopup()
    qtbot.waitUntil(lambda: editor.sheet._apply_button.text() == "筛出 109 户")
    qtbot.keyClick(editor.sheet.list, Qt.Key.Key_Down)
    qtbot.keyClick(editor.sheet.list, Qt.Key.Key_Space)
    assert editor.sheet._apply_button.text() == "筛出 12 户"
    with qtbot.waitSignal(table.loaded):
        qtbot.keyClick(editor.sheet.list, Qt.Key.Key_Return)

    assert source.queries[-1].values("paper") == ("expired",)
    assert source.queries[-1].value("number") == "100"
    assert editor.currentText() == "过期"


def test_several_values_are_counted_together_and_cleared_at_once(counted, qtbot) -> None:
    table, source = counted
    editor = table.header.findChild(ValueFilter)
    editor.show_value("valid,expired")
    assert editor.currentText() == "有效等 2 项"

    editor.showPopup()
    with qtbot.waitSignal(table.loaded):
        editor.sheet._clear_button.click()

    assert source.queries[-1].values("paper") == ()
    assert editor.currentText() == "全部"


def test_counts_are_asked_without_the_columns_own_filter(counted, qtbot) -> None:
    table, source = counted
    with qtbot.waitSignal(table.loaded):
        table.ask(table.query.filtered("paper", "valid"))

    editor = table.header.findChild(ValueFilter)
    editor.showPopup()
    qtbot.waitUntil(lambda: editor.sheet._counts is not None)
    editor.sheet.close()

    assert source.queries[-1].filters == (("number", "100"),)


def test_the_table_begins_with_what_somebody_filtered_by_the_last_time(
    make, jobs: Jobs, remembered, qtbot
) -> None:
    table, _ = make(10)
    with qtbot.waitSignal(table.loaded):
        table.header.filter_asked.emit("kind", "stall,eatery")
    with qtbot.waitSignal(table.loaded):
        table.header.sort_asked.emit("name")
    table.ask(Query().filtered("kind", "stall"))  # what a tile of the workbench asks for is not kept

    again = PagedTable("register", COLUMNS, Register(10), jobs, remembered)
    qtbot.addWidget(again)
    fewer = tuple(replace(one, choices=one.choices[:1]) for one in COLUMNS)
    without_eateries = PagedTable("register", fewer, Register(10), jobs, remembered)
    qtbot.addWidget(without_eateries)

    assert again.query == Query((("kind", "stall,eatery"),), sort="name")
    assert again.header.findChild(ValueFilter).ticked == ("stall", "eatery")
    assert without_eateries.query.values("kind") == ("stall",)


VILLAGES = ("白塔村", "冯庄村", "沙湖村", "前庄村", "罗村", "岸头村", "后阳村", "方边村", "培丰村")


@pytest.fixture
def villages(theme, jobs: Jobs, remembered, qtbot) -> tuple[PagedTable, Register]:
    """A table with more villages than one takes in at a glance."""
    named = tuple((str(number), name) for number, name in enumerate(VILLAGES, 1))
    source = Register(20)
    table = PagedTable("villages", (Column("village", "村", choices=named),), source, jobs, remembered)
    qtbot.addWidget(table)
    table.resize(900, 480)
    table.show()
    with qtbot.waitSignal(table.loaded):
        table.ask(Query())
    return table, source


def shown(sheet: ValueSheet) -> list[str]:
    items = [sheet.list.item(place) for place in range(sheet.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_two_villages_are_found_by_initials_and_ticked_without_leaving_the_line(villages, qtbot) -> None:
    table, source = villages
    editor = table.header.findChild(ValueFilter)
    editor.showPopup()
    sheet = editor.sheet
    assert sheet.line.hasFocus()

    qtbot.keyClicks(sheet.line, "bt")
    assert shown(sheet) == ["白塔村"]
    qtbot.keyClick(sheet.line, Qt.Key.Key_Space)
    assert (sheet.line.text(), len(shown(sheet))) == ("", len(VILLAGES))
    qtbot.keyClicks(sheet.line, "qian")
    with qtbot.waitSignal(table.loaded):
        qtbot.keyClick(sheet.line, Qt.Key.Key_Return)

    assert source.queries[-1].values("village") == ("1", "4")
    assert editor.toolTip() == "白塔村、前庄村"


def test_letters_that_are_being_composed_narrow_the_list_and_decide_nothing(villages, qtbot) -> None:
    table, source = villages
    editor = table.header.findChild(ValueFilter)
    editor.showPopup()
    line = editor.sheet.line

    QApplication.sendEvent(line, QInputMethodEvent("sha'hu", []))
    qtbot.keyClick(line, Qt.Key.Key_Space)
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert shown(editor.sheet) == ["沙湖村"]
    assert editor.sheet.isVisible()
    assert len(source.queries) == 1
    commit = QInputMethodEvent("", [])
    commit.setCommitString("沙湖")
    QApplication.sendEvent(line, commit)
    with qtbot.waitSignal(table.loaded):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert source.queries[-1].values("village") == ("3",)


def test_what_fits_no_value_ticks_none(villages, qtbot) -> None:
    table, _ = villages
    editor = table.header.findChild(ValueFilter)
    editor.showPopup()

    qtbot.keyClicks(editor.sheet.line, "xyz")
    qtbot.keyClick(editor.sheet.line, Qt.Key.Key_Space)

    assert shown(editor.sheet) == []
    assert editor.sheet._nothing.isVisible()
    assert editor.sheet._ticked() == []
    editor.sheet.close()


def test_arrows_in_the_line_walk_over_what_is_left(villages, qtbot) -> None:
    table, source = villages
    editor = table.header.findChild(ValueFilter)
    editor.showPopup()

    qtbot.keyClicks(editor.sheet.line, "zhuang")
    qtbot.keyClick(editor.sheet.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.loaded):
        qtbot.keyClick(editor.sheet.line, Qt.Key.Key_Return)

    assert source.queries[-1].values("village") == ("4",)


def test_values_that_may_overlap_are_not_added_up(theme, qtbot) -> None:
    header = ValueFilter("整改", (("found", "待整改"), ("ordered", "整改中")))
    qtbot.addWidget(header)

    header.sheet.open_with(("found",))
    header.sheet.show_counts({"found": 3, "ordered": 2})

    assert header.sheet._apply_button.text() == "筛选"
