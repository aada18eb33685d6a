"""Chinese is typed through an input method: what is only composed is no text, no search, no key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.services.register.leafing import Filters
from desktop.views.kit.arrange import below
from desktop.views.survey.card_filling import CardFilling
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.form import SurveyFormPage
from desktop.views.survey.grid import EntryGridPage
from desktop.views.survey.grid_model import column_of
from desktop.views.survey.page import SurveyPage
from tests.offices import stall
from tests.views.composing import commit, compose, spell

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
PRESSED = [
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_Return, CTRL),
    (Qt.Key.Key_S, CTRL),
    (Qt.Key.Key_Escape, NONE),
]
"""Keys that act on a page; while somebody composes they belong to the input method."""


@pytest.fixture
def shown(qtbot: QtBot, settled: Settled) -> Callable[..., None]:
    def show(page) -> None:
        qtbot.addWidget(page)
        page.resize(1222, 700)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        settled()

    return show


@pytest.fixture
def form(desk: SurveyDesk, shown) -> SurveyFormPage:
    page = SurveyFormPage(desk, "stall")
    shown(page)
    page.cards.watch(False)
    return page


@pytest.fixture
def grid(desk: SurveyDesk, shown) -> EntryGridPage:
    page = EntryGridPage(desk, "stall")
    shown(page)
    page.view.setFocus()
    return page


def press_all(qtbot: QtBot) -> None:
    for key, held in PRESSED:
        qtbot.keyClick(QApplication.focusWidget(), key, held)


def test_a_search_waits_for_the_words(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled, shown
) -> None:
    page = SurveyPage(desk)
    shown(page)
    asked: list[str] = []
    page.search.searched.connect(asked.append)
    page.focus_search()

    spell("gu'lai'di")
    press_all(qtbot)
    settled()
    assert (asked, page.table.count) == ([], 3)
    commit("顾来娣")
    settled()

    assert (asked, page.table.count) == (["顾来娣"], 1)


def test_a_line_of_the_form_is_neither_saved_nor_left(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled
) -> None:
    form.fields.fill(stall())
    form.fields.focus_code("operator_name")
    QApplication.focusWidget().selectAll()

    spell("gu'lai'di")
    press_all(qtbot)
    settled()
    assert desk.establishments.count(Filters(), by=desk.actor) == 0
    assert form.fields.current_code() == "operator_name"
    commit("顾来娣")

    assert form.fields.typed()["operator_name"] == "顾来娣"


def test_a_box_of_several_lines_is_neither_saved_nor_left(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled
) -> None:
    form.fields.fill(stall())
    area = next(area for area in below(form, QPlainTextEdit) if area.isEnabled())
    code = next(
        code for code, asked in form.fields.fields.items() if area in below(asked.field, QPlainTextEdit)
    )
    form.fields.focus_code(code)
    before = area.toPlainText()

    spell("dou'fu")
    press_all(qtbot)
    settled()
    assert desk.establishments.count(Filters(), by=desk.actor) == 0
    assert (QApplication.focusWidget(), area.toPlainText()) == (area, before)
    commit("豆腐")

    assert area.toPlainText().replace(before, "") == "豆腐"


def test_a_cell_that_nobody_has_opened_takes_the_words_too(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    products = column_of(grid.model.questions, "products")
    grid.model.put("先前", [(0, "products", "百叶"), (0, "operator_name", "顾来娣")])
    grid.view.setCurrentIndex(grid.model.index(0, products))

    spell("dou'fu")
    press_all(qtbot)
    qtbot.keyClick(grid.view, Qt.Key.Key_Delete)
    assert grid.model.rows[0].typed == {"products": "百叶", "operator_name": "顾来娣"}
    assert grid.view.currentIndex().column() == products
    commit("豆腐")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled()

    assert grid.model.rows[0].typed["products"] == "豆腐"
    assert grid.view.currentIndex().column() == products + 1


def test_an_open_cell_is_checked_by_its_words_alone(
    qtbot: QtBot, grid: EntryGridPage, settled: Settled
) -> None:
    grid.view.setCurrentIndex(grid.model.index(0, column_of(grid.model.questions, "village")))
    qtbot.keyClick(grid.view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    checked: list[str] = []
    grid.view.itemDelegate().typing.connect(lambda _, sentence: checked.append(sentence))

    spell("sha'hu")
    press_all(qtbot)
    assert (checked, QApplication.focusWidget()) == ([], editor)
    commit("沙湖村")
    assert checked == [""]
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()

    assert grid.model.rows[0].typed["village"] == "沙湖村"


def test_who_composes_fast_is_no_card_reader(qtbot: QtBot, form: SurveyFormPage, settled: Settled) -> None:
    cards = CardFilling(form, form.fields, lambda: 0)
    cards.watch(True)
    told: list[object] = []
    for signal in (cards.typing.read, cards.typing.gave_up):
        signal.connect(lambda *said: told.append(said))
    form.fields.focus_code("address")

    spell("jiang'su'sheng'jin'tan'qu'jin'cheng'zhen")
    commit("江苏省金坛区金城镇")
    spell("sha'hu'cun")
    commit("沙湖村")
    qtbot.wait(200)
    settled()

    assert told == []
    assert form.fields.typed()["address"] == "江苏省金坛区金城镇沙湖村"
    cards.watch(False)


def test_a_shortcut_of_the_window_waits_in_every_kind_of_field(
    qtbot: QtBot, form: SurveyFormPage, settled: Settled
) -> None:
    fired: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+K"), form)
    shortcut.activated.connect(lambda: fired.append("Ctrl+K"))
    fields = [
        piece
        for piece in (*below(form, QLineEdit), *below(form, QPlainTextEdit))
        if piece.isVisible() and piece.isEnabled() and not piece.isReadOnly()
    ]
    kinds = {type(piece): piece for piece in fields}
    assert len(kinds) > 1

    for piece in kinds.values():
        piece.setFocus()
        compose("sha")
        qtbot.keyClick(piece, Qt.Key.Key_K, CTRL)
        assert fired == [], type(piece)
        compose("")
    qtbot.keyClick(piece, Qt.Key.Key_K, CTRL)

    assert fired == ["Ctrl+K"]
