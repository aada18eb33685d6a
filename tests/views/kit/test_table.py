"""The paged table: loads what is seen, keeps what a person has arranged, copies as Excel takes it."""

import json
from threading import Event

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.views.kit.look import look
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_model import KEPT_PAGES, LOADING, PAGE
from desktop.views.kit.table_source import Query
from tests.views.kit.registers import COLUMNS


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


class Pictures(QObject):
    """Notes of each picture of a table whether all of its rows were there."""

    def __init__(self, table: PagedTable) -> None:
        super().__init__(table)
        self.seen: list[bool] = []
        self._table = table
        QApplication.processEvents()  # the first picture is drawn
        table.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            first = self._table.view.rowAt(0)
            self.seen.append(None not in self._table.model.rows(first, first + 5))
        return False


def test_a_jump_is_one_picture_without_dots(make, qtbot) -> None:
    table, _ = make(1_000_000)
    pictures = Pictures(table)

    table.view.verticalScrollBar().setValue(500_000)

    qtbot.waitUntil(lambda: pictures.seen != [])
    assert all(pictures.seen)


def test_rows_that_are_slow_to_come_are_dots_meanwhile(make, qtbot) -> None:
    table, source = make(1_000_000)
    may_come, page = Event(), source.page
    source.page = lambda *asked: page(*asked) if may_come.wait() else ()
    pictures = Pictures(table)

    table.view.verticalScrollBar().setValue(500_000)
    qtbot.waitUntil(lambda: False in pictures.seen)
    may_come.set()

    qtbot.waitUntil(lambda: pictures.seen[-1])


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
