"""The place 摸底调查: from the register to a sheet or a grid and back, by keyboard alone, nothing lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.register.leafing import Filters
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.form import SurveyFormPage
from desktop.views.survey.grid import EntryGridPage
from desktop.views.survey.place import SurveyPlace
from tests.offices import stall

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(qtbot: QtBot, desk: SurveyDesk, settled: Settled) -> SurveyPlace:
    place = SurveyPlace(desk)
    qtbot.addWidget(place)
    place.resize(1222, 700)
    with qtbot.waitActive(place):
        place.show()
        place.activateWindow()
    settled()
    return place


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def test_a_stall_is_entered_by_keyboard_alone(
    qtbot: QtBot, desk: SurveyDesk, place: SurveyPlace, settled: Settled
) -> None:
    place.register.table.view.setFocus()
    press(qtbot, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(place.register.new_menu.isVisible)
    qtbot.keyClick(place.register.new_menu, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: isinstance(place.shown, SurveyFormPage))
    form = place.shown
    form.cards.watch(False)  # a test types as fast as a card reader
    typed = {"address": "SHL 1", "operator_name": "GU", "phone": "15861324401", "products": "DB"}

    for _ in form.form.questions:
        code = form.fields.current_code()
        if code == "village":
            press(qtbot, Qt.Key.Key_Down)
        qtbot.keyClicks(QApplication.focusWidget(), typed.get(code, ""))
        press(qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(form.saved, timeout=10_000):
        press(qtbot, Qt.Key.Key_Return, CTRL)
    settled()

    (row,) = desk.establishments.page(Filters(), by=desk.actor)
    assert (row.operator_name, row.address, row.products) == ("GU", "SHL 1", "DB")
    assert row.village == desk.villages[0].name
    assert place.go_back()
    settled()
    assert place.shown is place.register
    assert place.register.table.count == 1
    assert not place.go_back()


def test_the_next_sheet_is_ready_after_an_update_of_a_duplicate(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], place: SurveyPlace, settled: Settled
) -> None:
    place.begin_new("stall")
    form = place.shown
    form.fields.fill(stall())
    settled()
    form.duplicates.same_button.click()
    settled()

    with qtbot.waitSignal(form.saved, timeout=10_000):
        form.save_button.click()
    settled()

    assert place.shown is form
    assert form.sheet.is_new


def test_a_change_leads_back_to_the_register(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], place: SurveyPlace, settled: Settled
) -> None:
    place.begin_change(three[2])
    settled()
    form = place.shown
    assert form.form.kind == "workshop"
    form.fields.fill({"products": "百叶"})

    with qtbot.waitSignal(form.saved, timeout=10_000):
        form.save_button.click()
    settled()

    assert place.shown is place.register
    assert desk.establishments.detail(three[2], by=desk.actor).row.products == "百叶"


def test_form_and_grid_are_one_key_apart_and_each_keeps_its_draft(
    qtbot: QtBot, desk: SurveyDesk, place: SurveyPlace, settled: Settled
) -> None:
    place.begin_new("stall")
    form = place.shown
    form.fields.fill({"operator_name": "顾来娣"})

    form.view_switch.segments[1].click()
    settled()
    assert isinstance(place.shown, EntryGridPage)
    place.shown.model.put("", [(0, "operator_name", "汤文彬")])
    place.shown.view_switch.segments[0].click()
    settled()

    assert isinstance(place.shown, SurveyFormPage)
    labels = {draft.label for draft in desk.drafts.list(by=desk.actor)}
    assert labels == {"小摊贩 顾来娣", "成批录入 小摊贩 1 行"}


@pytest.mark.parametrize("how", ["sheet", "change", "grid"])
def test_every_kind_of_draft_is_gone_on_with(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], place: SurveyPlace, settled: Settled, how: str
) -> None:
    if how == "grid":
        place.begin_grid("eatery")
        place.shown.model.put("", [(0, "operator_name", "汤文彬")])
    else:
        place.begin_new("eatery") if how == "sheet" else place.begin_change(three[0])
        settled()
        place.shown.fields.fill({"operator_name": "汤文彬"})
    place.go_back()
    settled()

    place.register.resume_button.click()
    settled()

    page = place.shown
    if isinstance(page, EntryGridPage):
        assert page.model.rows[0].typed["operator_name"] == "汤文彬"
    else:
        assert page.fields.typed()["operator_name"] == "汤文彬"
        assert page.sheet.establishment_id == (three[0] if how == "change" else None)
