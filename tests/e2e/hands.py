"""What a person does at the window: look for a word, click on it, type, and wait until it has answered."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QMenu,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.places import OfficeWindow
from desktop.views.jobs import Jobs
from desktop.views.kit.arrange import below
from desktop.views.kit.combo_box import ComboBox
from tests.quiet import wait_until_quiet

Kind = TypeVar("Kind", bound=QWidget)

PATIENCE_MS = 10_000
MOST_TABS, MOST_ARROWS = 200, 10


class Hands:
    """Two hands at one window; nothing is touched that a person could not see."""

    def __init__(self, office: OfficeWindow, jobs: Jobs, qtbot: QtBot) -> None:
        self.office = office
        self.window = office.window
        self._jobs = jobs
        self._bot = qtbot

    def settle(self) -> None:
        """Wait until no page has a question left; a pause before one ends at once."""
        # A button that is pressed by its shortcut is down for a moment before it acts.
        self.until(lambda: not any(button.isDown() for button in _seen(self.window, QAbstractButton)))
        wait_until_quiet(self._jobs)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._bot.waitUntil(is_so, timeout=PATIENCE_MS)

    # The mouse

    def go(self, place: str) -> None:
        """Click on a place in the rail."""
        self.press(place, inside=self.window.rail)

    def press(self, word: str, *, inside: QWidget | None = None) -> None:
        """Click on the button that says this."""
        self.click(self.button(word, inside=inside))

    def button(self, word: str, *, inside: QWidget | None = None) -> QAbstractButton:
        """Return the one button in sight that says this, by its text or to a screen reader."""
        found = [one for one in _seen(inside or self.window, QAbstractButton) if _says(one, word)]
        assert len(found) == 1, f"{len(found)} buttons say “{word}”"
        assert found[0].isEnabled(), f"“{word}” cannot be pressed"
        return found[0]

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget, and nowhere but where it is really seen."""
        self._bot.waitUntil(lambda: _reach(widget), timeout=PATIENCE_MS)
        hit, spot = _hit(widget), widget.rect().center()
        assert hit is not None
        QTest.mouseClick(hit, Qt.MouseButton.LeftButton, pos=hit.mapFrom(widget, spot))
        self.settle()

    def click_row(self, view: QAbstractItemView, row: int, column: int = 0, *, twice: bool = False) -> None:
        """Click on a row of a list or table."""
        spot = view.visualRect(view.model().index(row, column)).center()
        assert view.viewport().rect().contains(spot), f"row {row} of {_name(view)} is out of sight"
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        if twice:
            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def click_in_menu(self, menu: QMenu, word: str) -> None:
        """Click on a line of an open menu."""
        self.until(menu.isVisible)
        line = next(action for action in menu.actions() if word in action.text())
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(line).center())
        self.come_back()

    def come_back(self) -> None:
        """Give the window the keyboard again: without a screen nobody does so when a menu has closed."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.settle()

    def choose(self, combo: QComboBox, word: str) -> None:
        """Open a list and click on one of its lines."""
        self.click(combo)
        if isinstance(combo, ComboBox) and combo.offered is not None:
            (line,) = combo.offered.list.findItems(word, Qt.MatchFlag.MatchExactly)
            self.click_row(combo.offered.list, combo.offered.list.row(line))
            assert combo.currentText() == word
            return
        self.until(combo.view().isVisible)
        place = combo.findText(word)
        assert place >= 0, f"{_name(combo)} does not offer {word}"
        combo.view().scrollTo(combo.model().index(place, 0))
        spot = combo.view().visualRect(combo.model().index(place, 0)).center()
        QTest.mouseMove(combo.view().viewport(), spot)
        QTest.mouseClick(combo.view().viewport(), Qt.MouseButton.LeftButton, pos=spot)
        # The list takes no click in the moment in which it opens; Enter takes the line under the mouse.
        if combo.view().isVisible():
            QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        self.until(lambda: not combo.view().isVisible())
        assert combo.currentText() == word
        self.come_back()

    def fill(self, widget: QWidget, text: str) -> None:
        """Click into a field, take out what stands there, and type."""
        self.click(widget)
        self.keys("Ctrl+A")
        self.type(text)

    # The keyboard

    @property
    def focus(self) -> QWidget:
        """Return what has the keyboard."""
        focus = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert focus is not None, "nothing has the keyboard"
        return focus

    def keys(self, *pressed: str) -> None:
        """Press keys one after the other, each time where the keyboard is."""
        for one in pressed:
            QTest.keySequence(self.focus, QKeySequence(one))
            self.settle()

    def type(self, text: str) -> None:
        """Type a text: letters by their keys, Chinese as an input method hands it over."""
        for character in text:
            if character.isascii():
                QTest.keyClick(self.focus, character)
            else:
                typed = QInputMethodEvent()
                typed.setCommitString(character)
                QApplication.sendEvent(self.focus, typed)
        self.settle()

    def answer(self, text: str) -> None:
        """Type an answer; in a list, go down to it."""
        combo = self.focus
        if not isinstance(combo, QComboBox):
            self.type(text)
            return
        for _ in range(combo.count()):
            if combo.currentText() == text:
                return
            QTest.keyClick(combo, Qt.Key.Key_Down)
        raise AssertionError(f"{_name(combo)} does not offer {text}")

    def arrow_to(self, word: str) -> None:
        """Go on with the right arrow until the keyboard is where this is said, and choose it."""
        for _ in range(MOST_ARROWS):
            if _says(self.focus, word):
                self.keys("Return")
                return
            QTest.keyClick(self.focus, Qt.Key.Key_Right)
        raise AssertionError(f"the arrow never comes to “{word}”")

    def tab_to(self, name: str) -> None:
        """Press Tab until the keyboard is where this is said."""
        for _ in range(MOST_TABS):
            if _says(self.focus, name):
                return
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to “{name}”")


def _seen(root: QWidget, kind: type[Kind]) -> Iterator[Kind]:
    return (one for one in below(root, kind) if one.isVisible())


def _says(widget: QWidget, word: str) -> bool:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return word in {text, widget.accessibleName()}


def _reach(widget: QWidget) -> None:
    """Scroll to a widget; what was opened a moment ago has no place yet, and the caller tries again."""
    outer = widget.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(widget)
        outer = outer.parentWidget()
    hit = _hit(widget)
    is_free = hit is not None and (hit is widget or widget.isAncestorOf(hit))
    assert is_free, f"{_name(widget)} is covered by {_name(hit)}"


def _hit(widget: QWidget) -> QWidget | None:
    """Return what a click in the middle of a widget would really meet."""
    return widget.window().childAt(widget.mapTo(widget.window(), widget.rect().center()))


def _name(thing: QObject | None) -> str:
    if not isinstance(thing, QWidget):
        return "nothing"
    return f"{type(thing).__name__} “{thing.accessibleName()}”"
