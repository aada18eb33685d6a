"""The search in the bar: by keyboard, beside an input method, never behind what was typed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.views.shell.window import MainWindow
from tests.views.shell.frames import Finder, press, type_and_wait


def test_a_search_by_keyboard_opens_what_is_chosen(window: MainWindow, finder: Finder, qtbot) -> None:
    type_and_wait(qtbot, window, "shdf")

    with qtbot.waitSignal(window.hit_chosen) as told:
        press(qtbot, window, Qt.Key.Key_Down)
        press(qtbot, window, Qt.Key.Key_Return)

    assert told.args[0].id == 18
    assert finder.asked[-1] == "shdf"
    assert not window.place_search.hits.isVisible()


def test_down_steps_over_the_headings(window: MainWindow, qtbot) -> None:
    type_and_wait(qtbot, window, "sh")

    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_Down)
    assert window.place_search.hits.current().id == "new"

    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_Up)
    assert window.place_search.hits.current().id == 17


def test_esc_closes_the_search_and_gives_the_keyboard_back(window: MainWindow, qtbot) -> None:
    window.go("wall")
    window.page("wall").line.setFocus()
    type_and_wait(qtbot, window, "sh")

    press(qtbot, window, Qt.Key.Key_Escape)

    assert not window.place_search.hits.isVisible()
    assert window.place_search.line.text() == "sh"
    assert window.page("wall").line.hasFocus()
    assert window.place == "wall"


def test_enter_does_nothing_in_the_search_while_the_input_method_composes(window: MainWindow, qtbot) -> None:
    type_and_wait(qtbot, window, "sh")
    QApplication.sendEvent(window.place_search.line, QInputMethodEvent("shahu", []))

    with qtbot.assertNotEmitted(window.hit_chosen, wait=30):
        press(qtbot, window, Qt.Key.Key_Return)


def test_a_search_without_hits_says_what_to_try(window: MainWindow, qtbot) -> None:
    type_and_wait(qtbot, window, "没有")

    words = [label.text() for label in window.place_search.hits.findChildren(QLabel) if label.isVisible()]
    assert "没有找到“没有”。换个写法，或只打首字母。" in words


def test_letters_that_are_overtaken_are_not_searched(window: MainWindow, finder: Finder, qtbot) -> None:
    type_and_wait(qtbot, window, "shdoufu")

    assert len(finder.asked) < len("shdoufu")
    assert finder.asked[-1] == "shdoufu"
