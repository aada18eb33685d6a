"""The paged table: loads what is seen, keeps what a person has arranged, copies as Excel takes it."""

import json
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.errors import UserError
from desktop.views.jobs import Jobs
from desktop.views.kit.chips import ChipText
from desktop.views.kit.choices import Choice
from desktop.views.kit.look import look
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_filter import ChipFilter
from desktop.views.kit.table_model import KEPT_PAGES, LOADING, PAGE
from desktop.views.kit.table_source import Column, Query, TableRow
from desktop.views.kit.tokens import Status
from desktop.views.kit.typing_line import TypingLine

VALID = ChipText("有效", "circle-check", Status.SUCCESS, True)

COLUMNS = (
    Column("number", "档案编号", has_text_filter=True),
    Column("name", "名称", 9, has_text_filter=True),
    Column("kind", "类别", 5, choices=(Choice("stall", "小摊贩"), Choice("eatery", "小餐饮"))),
    Column("paper", "证卡", is_sortable=False),
    Column("area", "面积", is_number=True),
    Column("surveyor", "调查员", is_shown=False),
)


class Register:
    """A register of any size that notes what it was asked."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pages: list[int] = []
        self.queries: list[Query] = []
        self.refusal = ""

    def count(self, query: Query) -> int:
        if self.refusal:
            raise UserError(self.refusal)
        self.queries.append(query)
        return 0 if query.value("name") == "没有" else self.size

    def page(self, query: Query, offset: int, limit: int) -> Sequence[TableRow]:
        self.pages.append(offset // PAGE)
        last = min(offset + limit, self.size)
        return [
            TableRow(n, (f"100-{n:04}", f"第{n}家\t店", "小摊贩", VALID, None, "陈国华"))
            for n in range(offset, last)
        ]


@pytest.fixture
def make(theme, jobs: Jobs, remembered, qtbot):
    def make(size: int) -> tuple[PagedTable, Register]:
        source = Register(size)
        table = PagedTable("register", COLUMNS, source, jobs, remembered, unit="户")
        qtbot.addWidget(table)
        table.resize(900, 480)
        table.show()
        with qtbot.waitSignal(table.loaded):
            table.ask(Query(sort="number"))
        return table, source

    return make


def select(table: PagedTable, first: int, last: int) -> None:
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in range(first, last + 1):
        table.view.selectionModel().select(table.model.index(number, 0), flags)


def texts(table: PagedTable, row: int) -> list[str]:
    return [str(table.model.index(row, n).data()) for n in range(table.model.columnCount())]


def test_of_a_million_records_one_page_is_loaded(make) -> None:
    table, source = make(1_000_000)

    assert table.count == 1_000_000
    assert source.pages == [0]
    assert texts(table, 3)[:3] == ["100-0003", "第3家\t店", "小摊贩"]


def test_an_empty_cell_is_a_dash_and_a_chip_is_its_word(make) -> None:
    table, _ = make(10)

    assert texts(table, 0)[3:5] == ["有效", "—"]


def test_a_jump_shows_dots_until_its_page_has_come(make, qtbot) -> None:
    table, source = make(1_000_000)

    assert texts(table, 500_000)[0] == LOADING

    qtbot.waitUntil(lambda: texts(table, 500_000)[0] == "100-500000")
    assert source.pages == [0, 500_000 // PAGE]


def test_who_drags_through_the_register_loads_only_where_he_stops(make, qtbot) -> None:
    table, source = make(1_000_000)

    for number in range(0, 1_000_000, 2_000):
        table.model.row(number)
    last = 998_000

    qtbot.waitUntil(lambda: table.model.row(last) is not None)
    assert len(source.pages) < 10


def test_pages_long_unseen_are_forgotten(make, qtbot) -> None:
    table, source = make(1_000_000)
    table.hide()

    for page in range(1, KEPT_PAGES + 1):
        qtbot.waitUntil(lambda page=page: table.model.row(page * PAGE) is not None)
    asked = len(source.pages)
    table.model.row(0)

    qtbot.waitUntil(lambda: len(source.pages) > asked)
    assert source.pages[-1] == 0


def test_a_click_on_a_title_sorts_and_a_second_turns_it_round(make, qtbot) -> None:
    table, source = make(10)

    for wanted in [("name", False), ("name", True)]:
        with qtbot.waitSignal(table.loaded):
            table.header.sectionClicked.emit(1)
        assert (source.queries[-1].sort, source.queries[-1].is_descending) == wanted


def test_a_column_that_cannot_be_sorted_stays_as_it_is(make, qtbot) -> None:
    table, source = make(10)

    table.header.sectionClicked.emit(3)

    qtbot.wait(20)
    assert len(source.queries) == 1


def test_letters_typed_quickly_under_a_title_ask_once(make, qtbot) -> None:
    table, source = make(10)

    table.header.focus_first()
    with qtbot.waitSignal(table.loaded):
        qtbot.keyClicks(table.focusWidget(), "100-0")

    assert [query.filters for query in source.queries] == [(), (("number", "100-0"),)]


def test_a_choice_under_a_title_filters_and_all_takes_it_away(make, qtbot) -> None:
    table, source = make(10)
    editor = next(
        e
        for e in table.header.findChildren(object)
        if getattr(e, "count", None) and e.property("column") == "kind"
    )

    for place, wanted in [(1, (("kind", "stall"),)), (0, ())]:
        with qtbot.waitSignal(table.loaded):
            editor.setCurrentIndex(place)
        assert source.queries[-1].filters == wanted


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


def test_asking_again_keeps_the_place_and_the_selected_record(make, qtbot) -> None:
    table, _ = make(5_000)
    table.view.verticalScrollBar().setValue(3_000)
    qtbot.waitUntil(lambda: table.model.row(3_005) is not None)
    flag = QItemSelectionModel.SelectionFlag
    table.view.selectionModel().setCurrentIndex(table.model.index(3_005, 0), flag.ClearAndSelect | flag.Rows)

    with qtbot.waitSignal(table.loaded):
        table.refresh()

    assert table.view.verticalScrollBar().value() == 3_000
    assert table.current_row().id == 3_005


def test_a_register_that_has_shrunk_shows_its_end(make, qtbot) -> None:
    table, source = make(5_000)
    table.view.verticalScrollBar().setValue(4_900)
    qtbot.waitUntil(lambda: table.model.row(4_900) is not None)

    source.size = 30
    with qtbot.waitSignal(table.loaded):
        table.refresh()

    assert table.count == 30
    qtbot.waitUntil(lambda: texts(table, 29)[0] == "100-0029")


def test_the_footer_says_what_is_selected_and_shown(make) -> None:
    table, _ = make(1_234)
    select(table, 1, 3)

    words = [label.text() for label in table.findChildren(type(table._note))]
    assert "已选 3 户" in words
    assert any(text.startswith("第 1–") and text.endswith("，共 1,234 户") for text in words)


def test_selected_rows_are_copied_as_excel_takes_them(make, qtbot) -> None:
    table, _ = make(10)
    select(table, 1, 2)

    table.view.setFocus()
    with qtbot.waitSignal(table.copied) as told:
        qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert told.args == [2]
    assert QGuiApplication.clipboard().text().split("\n") == [
        "档案编号\t名称\t类别\t证卡\t面积",
        "100-0001\t第1家 店\t小摊贩\t有效\t—",
        "100-0002\t第2家 店\t小摊贩\t有效\t—",
    ]


def test_all_records_can_be_copied_though_few_are_loaded(make, qtbot) -> None:
    table, _ = make(1_000)
    table.view.selectAll()
    assert table.selected_count() == 1_000

    with qtbot.waitSignal(table.copied) as told:
        table.copy_selected()

    assert told.args == [1_000]
    assert QGuiApplication.clipboard().text().count("\n") == 1_000


def test_enter_opens_the_record_under_the_keyboard(make, qtbot) -> None:
    table, _ = make(10)
    table.view.setCurrentIndex(table.model.index(4, 1))

    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)

    assert told.args == [4]


def test_two_clicks_open_the_record_under_the_mouse(make, qtbot) -> None:
    table, _ = make(10)
    spot = table.view.visualRect(table.model.index(2, 1)).center()

    with qtbot.waitSignal(table.opened) as told:
        qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))

    assert told.args == [2]


def test_a_column_meant_to_be_hidden_starts_hidden(make) -> None:
    table, _ = make(10)

    assert [table.header.isSectionHidden(n) for n in range(len(COLUMNS))] == [False] * 5 + [True]


def test_order_width_and_choice_of_columns_are_remembered(make, remembered) -> None:
    first, _ = make(10)
    first.header.moveSection(0, 2)
    first.header.resizeSection(1, 222)
    first.chooser.show_state(first._order(), first._hidden())
    first.chooser.list.item(first._order().index("kind")).setCheckState(Qt.CheckState.Unchecked)

    again, _ = make(10)

    assert again._order() == ("name", "kind", "number", "paper", "area", "surveyor")
    assert again.header.sectionSize(1) == 222
    assert again.header.isSectionHidden(2)
    assert json.loads(remembered.get("table/register"))["hidden"] == ["kind", "surveyor"]


def test_what_was_remembered_of_columns_that_are_gone_harms_nothing(make, remembered) -> None:
    kept = {"order": ["gone", "area", "name"], "hidden": ["gone"], "widths": {"gone": 5, "name": 99}}
    remembered.set("table/register", json.dumps(kept))

    table, _ = make(10)

    assert table._order()[:2] == ("area", "name")
    assert table.header.sectionSize(1) == 99


def test_a_column_is_moved_by_keyboard_alone(make, qtbot) -> None:
    table, _ = make(10)
    table.open_chooser(table)

    qtbot.keyClick(table.chooser.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(table.chooser.list, Qt.Key.Key_Space)
    table.chooser.close()

    assert table._order()[:2] == ("name", "number")
    assert table._hidden() == {"number", "surveyor"}


def test_the_first_arrangement_comes_back(make) -> None:
    table, _ = make(10)
    table.header.moveSection(0, 3)
    table.header.hideSection(1)

    table.reset_columns()

    assert table._order() == tuple(column.key for column in COLUMNS)
    assert table._hidden() == {"surveyor"}


def test_zoom_takes_rows_and_columns_along(make, theme) -> None:
    table, _ = make(10)
    row, width = table.view.rowHeight(0), table.header.sectionSize(1)

    theme.set_zoom(1.5)

    assert table.view.rowHeight(0) == look().at.row_register == round(row * 1.5)
    assert table.header.sectionSize(1) == round(width * 1.5)
    theme.zoom_reset()
    assert abs(table.header.sectionSize(1) - width) <= 1


def test_a_register_that_cannot_be_read_says_why(make, qtbot) -> None:
    table, source = make(10)
    source.refusal = "登记库正被别的程序占用，请关掉它再试。"

    with qtbot.waitSignal(table.failed) as told:
        table.refresh()

    assert told.args == ["登记库正被别的程序占用，请关掉它再试。"]
    assert table.count == 10


def test_an_answer_that_was_overtaken_is_not_shown(make, qtbot) -> None:
    table, _ = make(10)

    refusals: list[str] = []
    table.failed.connect(refusals.append)

    for _ in range(5):
        table.ask(table.query.filtered("name", "没有"))
    with qtbot.waitSignal(table.loaded):
        table.ask(Query(sort="name"))
    qtbot.wait(30)

    assert table.count == 10
    assert refusals == []


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


class CountedRegister(Register):
    """Can also say how many records each chip has."""

    def counts(self, query: Query, key: str) -> dict[str, int]:
        self.queries.append(query)
        return {"valid": 97, "expired": 12}


@pytest.fixture
def chipped(theme, jobs: Jobs, remembered, qtbot) -> tuple[PagedTable, CountedRegister]:
    """A table with a filter of chips."""
    expired = ChipText("过期", "calendar-x", Status.DANGER)
    columns = (COLUMNS[0], Column("paper", "证卡", chips=(("valid", VALID), ("expired", expired))))
    source = CountedRegister(20)
    table = PagedTable("chipped", columns, source, jobs, remembered, unit="户")
    qtbot.addWidget(table)
    table.resize(900, 480)
    table.show()
    with qtbot.waitSignal(table.loaded):
        table.ask(Query().filtered("number", "100"))
    return table, source


def test_a_filter_of_chips_says_what_remains_before_one_presses(chipped, qtbot) -> None:
    table, source = chipped
    editor = table.header.findChild(ChipFilter)

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


def test_several_chips_are_counted_together_and_cleared_at_once(chipped, qtbot) -> None:
    table, source = chipped
    editor = table.header.findChild(ChipFilter)
    editor.show_value("valid,expired")
    assert editor.currentText() == "有效等 2 种"

    editor.showPopup()
    with qtbot.waitSignal(table.loaded):
        editor.sheet._clear_button.click()

    assert source.queries[-1].values("paper") == ()
    assert editor.currentText() == "全部"


def test_counts_are_asked_without_the_columns_own_filter(chipped, qtbot) -> None:
    table, source = chipped
    with qtbot.waitSignal(table.loaded):
        table.ask(table.query.filtered("paper", "valid"))

    editor = table.header.findChild(ChipFilter)
    editor.showPopup()
    qtbot.waitUntil(lambda: editor.sheet._counts is not None)
    editor.sheet.close()

    assert source.queries[-1].filters == (("number", "100"),)


def test_what_somebody_is_typing_is_not_overwritten_by_another_filter(chipped, qtbot) -> None:
    table, source = chipped
    line = table.header.findChild(TypingLine)
    assert line.text() == "100"

    line.setText("100-0007")
    table.ask(table.query.filtered("paper", "valid"))

    assert line.text() == "100-0007"
    assert table.header.findChild(ChipFilter).currentText() == "有效"
    qtbot.waitUntil(lambda: source.queries[-1].value("number") == "100-0007")
    assert source.queries[-1].values("paper") == ("valid",)
