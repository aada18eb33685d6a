"""What holds for every place of the window: nothing is cut off where it is large, everything has a name."""

from dataclasses import replace
from shutil import copytree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QScrollBar, QWidget

from desktop.app import program_for
from desktop.paths import DataFolder
from desktop.views.kit.arrange import below
from desktop.views.kit.words import ShortWords
from desktop.views.pictures import settle
from desktop.views.shell.shortcuts import ShortcutSheet
from desktop.window import PLACES
from tests.offices import PASSWORD, StoppedClock

ZOOM = 1.5
WIDTH, HEIGHT = 1366, 768
TASK_BAR = 70


@pytest.fixture(scope="module")
def sample(tmp_path_factory, assets):
    """A sample township that is made once, and its day."""
    folder = tmp_path_factory.mktemp("sample")
    environment = {"SANXIAO_ASSETS": str(assets)}
    empty = program_for(data=folder, database_url=None, clock=StoppedClock(), environment=environment)
    made = empty.sample_in(folder / "made", password=PASSWORD, has_chosen_day=False, count=40, seed=1)
    made.database.close()
    return made


@pytest.fixture
def program(sample, tmp_path):
    """A sample township, so that no place is empty."""
    made = replace(sample, data=DataFolder(copytree(sample.data.root, tmp_path / "sample")))
    yield made
    made.database.close()


@pytest.fixture
def places(sit_down, program):
    """Go through all places of the window, each with all of it there."""

    def places():
        hands = sit_down(program.actor)
        for place in PLACES:
            hands.window.go(place)
            hands.window.resize(WIDTH, HEIGHT)
            hands.settle()
            settle(hands.window)
            yield place, hands

    return places


def seen(page, kind=QWidget):
    return [one for one in below(page, kind) if one.isVisible()]


def cut_off(page):
    """Return what is smaller than what it says; what is elided on purpose says so by its class."""
    for one in [*seen(page, QLabel), *seen(page, QAbstractButton)]:
        if isinstance(one, ShortWords) or not one.text():
            continue
        wanted = one.sizeHint()
        if isinstance(one, QLabel) and one.wordWrap():
            wanted.setWidth(0)
            wanted.setHeight(one.heightForWidth(one.width()))
        if one.width() < wanted.width() or one.height() < wanted.height():
            yield f"{type(one).__name__} “{one.text()}”: {one.size().toTuple()} for {wanted.toTuple()}"


def nameless(page):
    """Return what takes the keyboard and tells a screen reader nothing."""
    for one in seen(page):
        takes_keyboard = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        inside = isinstance(one.parentWidget(), QAbstractScrollArea) or isinstance(one, QScrollBar)
        if takes_keyboard and not inside and not (one.accessibleName() or _text(one)):
            yield f"{type(one).__name__} in {type(one.parentWidget()).__name__}"


def _text(one):
    return one.text() if isinstance(one, QAbstractButton | QLineEdit) else ""


def test_no_label_and_no_button_is_cut_off_at_150_percent_and_what_takes_the_keyboard_has_a_name(
    places, theme
):
    theme.set_zoom(ZOOM)

    wrong = {
        place: found
        for place, hands in places()
        if (found := [*cut_off(hands.window), *nameless(hands.window)])
    }
    assert wrong == {}


def test_zooming_in_keeps_the_window_on_a_small_screen(places, theme):
    *_, (_, hands) = places()
    theme.set_zoom(ZOOM)

    too_large = {}
    for place in PLACES:
        hands.window.go(place)
        hands.settle()
        least = hands.window.minimumSizeHint()
        if least.width() > WIDTH or least.height() > HEIGHT - TASK_BAR:
            too_large[place] = least.toTuple()
    assert too_large == {}


def test_f1_answers_with_what_the_keys_of_the_place_do(sit_down, program, qtbot):
    hands = sit_down(program.actor)
    hands.window.go("survey")

    qtbot.keyClick(hands.window, Qt.Key.Key_F1)

    sheet = hands.window.findChild(ShortcutSheet)
    assert sheet.isVisible()
