"""A card reader types like a keyboard, only faster; people are never taken for one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.survey.card_filling import CardFilling
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.form import SurveyFormPage

NUMBER = "320413198603279990"
CARD = f"钱龚\t男\t汉\t1986-03-27\t江苏省金坛区金城镇沙湖村6组31号\t{NUMBER}\t"


class Ticks:
    """A clock of milliseconds that goes on by as much as the test says at each key."""

    def __init__(self) -> None:
        self.now = 0
        self.pause = 5

    def __call__(self) -> int:
        self.now += self.pause
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def form(qtbot: QtBot, desk: SurveyDesk, settled: Callable[[], None], ticks: Ticks) -> SurveyFormPage:
    page = SurveyFormPage(desk, "stall")
    page.cards.watch(False)
    page.cards = CardFilling(page, page.fields, ticks)
    page.cards.filled.connect(page._card_filled)
    qtbot.addWidget(page)
    page.resize(1222, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.fields.focus_first()
    settled()
    return page


def type_as_reader(qtbot: QtBot, text: str) -> None:
    for char in text:
        target = QApplication.focusWidget()
        if char == "\t":
            qtbot.keyClick(target, Qt.Key.Key_Tab)
        elif char.isascii():
            qtbot.keyClicks(target, char)
        else:
            event = QInputMethodEvent()
            event.setCommitString(char)
            QApplication.sendEvent(target, event)


def test_a_reader_fills_name_number_and_address_wherever_the_keyboard_was(
    qtbot: QtBot, form: SurveyFormPage, settled: Callable[[], None]
) -> None:
    form.fields.focus_code("address")
    qtbot.keyClicks(QApplication.focusWidget(), "")

    type_as_reader(qtbot, CARD)
    qtbot.waitUntil(lambda: form.fields.typed()["operator_name"] == "钱龚")
    settled()

    typed = form.fields.typed()
    assert (typed["operator_id_number"], typed["home_address"]) == (
        NUMBER,
        "江苏省金坛区金城镇沙湖村6组31号",
    )
    assert typed["address"] == ""
    assert form.fields.current_code() == "phone"
    assert "钱龚" in form.message.sentence


def test_what_stood_in_the_field_before_comes_back(
    qtbot: QtBot, form: SurveyFormPage, ticks: Ticks, settled: Callable[[], None]
) -> None:
    form.fields.focus_code("address")
    ticks.pause = 200
    qtbot.keyClicks(QApplication.focusWidget(), "A12")
    ticks.pause = 5
    ticks.now += 1000

    type_as_reader(qtbot, CARD)
    qtbot.waitUntil(lambda: form.fields.typed()["operator_name"] == "钱龚")
    settled()

    assert form.fields.typed()["address"] == "A12"


def test_a_person_who_types_the_same_is_let_alone(
    qtbot: QtBot, form: SurveyFormPage, ticks: Ticks, settled: Callable[[], None]
) -> None:
    ticks.pause = 60
    form.fields.focus_code("operator_id_number")

    qtbot.keyClicks(QApplication.focusWidget(), NUMBER)
    qtbot.wait(200)
    settled()

    assert form.fields.typed()["operator_id_number"] == NUMBER
    assert form.fields.current_code() == "operator_id_number"


def test_a_scanner_of_bar_codes_loses_no_character(
    qtbot: QtBot, form: SurveyFormPage, settled: Callable[[], None]
) -> None:
    form.fields.focus_code("paper_number")

    with qtbot.waitSignal(form.cards.typing.gave_up):
        type_as_reader(qtbot, "TF32041310020180012")
    settled()

    assert form.fields.typed()["paper_number"] == "TF32041310020180012"


def test_a_pasted_card_fills_and_a_pasted_text_is_pasted(
    qtbot: QtBot, form: SurveyFormPage, settled: Callable[[], None]
) -> None:
    form.fields.focus_code("operator_name")
    QGuiApplication.clipboard().setText(CARD)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.fields.typed()["operator_name"] == "钱龚"

    form.fields.focus_code("phone")
    QGuiApplication.clipboard().setText("13912345678")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert form.fields.typed()["phone"] == "13912345678"


@pytest.mark.parametrize("stops", [(1,), (1, 2), (2,)])
def test_a_slow_desk_loses_no_character_of_the_name(
    qtbot: QtBot, form: SurveyFormPage, ticks: Ticks, settled: Callable[[], None], stops: tuple[int, ...]
) -> None:
    """The first key opens, checks and keeps; meanwhile the reader has gone on."""
    form.fields.focus_code("address")
    ticks.now += 5_000

    for start, end in zip((0, *stops), (*stops, len(CARD)), strict=True):
        type_as_reader(qtbot, CARD[start:end])
        ticks.now += 120
    qtbot.waitUntil(lambda: form.fields.typed()["operator_id_number"] == NUMBER)
    settled()

    typed = form.fields.typed()
    assert (typed["operator_name"], typed["address"]) == ("钱龚", "")


def test_who_types_and_then_lays_a_card_on_the_reader_keeps_what_was_typed(
    qtbot: QtBot, form: SurveyFormPage, ticks: Ticks, settled: Callable[[], None]
) -> None:
    form.fields.focus_code("address")
    ticks.pause = 110
    qtbot.keyClicks(QApplication.focusWidget(), "A12-34")
    ticks.pause = 5
    ticks.now += 1_000

    type_as_reader(qtbot, CARD)
    qtbot.waitUntil(lambda: form.fields.typed()["operator_name"] == "钱龚")
    settled()

    assert form.fields.typed()["address"] == "A12-34"
