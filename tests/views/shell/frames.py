"""A window with four places, a search that finds three, and the keys that one presses."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.views.hub import Screen
from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.typing_line import TypingLine
from desktop.views.shell.search_hit import SearchHit
from desktop.views.shell.top_bar import Identity
from desktop.views.shell.window import MainWindow

IDENTITY = Identity("金城镇", "周敏", "镇食安办", "江苏·常州·金坛（2018）规则包")


HITS = (
    SearchHit(17, "沙湖豆腐坊", "100-0117 · 沙湖村", "factory"),
    SearchHit(18, "沙湖东坊大饼", "100-0118 · 沙湖村", "shopping-cart"),
    SearchHit("new", "新建摸底", "录入一户新的", "plus", section="办理"),
)


class Finder:
    """Finds the same three for everything but 没有."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> Sequence[SearchHit]:
        self.asked.append(text)
        return () if text == "没有" else HITS


class Wall(Screen):
    """A page with a step inside and something to search in."""

    def __init__(self, hub) -> None:
        super().__init__(hub)
        self.asked = 0
        self.steps = 1
        self.line = TypingLine()
        self.setLayout(
            column(self.line, row(None, Button("台账"), PrimaryButton("开出整改", shortcut="Ctrl+N")), None)
        )

    def refresh(self) -> None:
        self.asked += 1

    def go_back(self) -> bool:
        self.steps -= 1
        return self.steps >= 0

    def focus_search(self) -> None:
        self.line.setFocus()


def press(qtbot, window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def type_and_wait(qtbot, window: MainWindow, text: str) -> None:
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    # Qt's own test keyboard has Latin keys only; an input method commits the text as a whole.
    if text.isascii():
        qtbot.keyClicks(window.place_search.line, text)
    else:
        window.place_search.line.insert(text)
    qtbot.waitUntil(window.place_search.hits.isVisible)
