"""The sheet of all shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.views.shell.window import MainWindow
from tests.views.fitting import settled
from tests.views.shell.frames import CTRL, press


def test_all_shortcuts_are_shown_with_those_of_the_page(window: MainWindow, qtbot) -> None:
    window.go("wall")

    window.top_bar.shortcuts_button.click()

    sheet = window._sheet
    words = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert sheet.isVisible()
    assert {"找一户", "开出整改", "整改销号"} <= set(words)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.place == "wall"


def test_the_open_sheet_takes_a_new_zoom_and_a_new_size_of_the_window(window: MainWindow, qtbot) -> None:
    window.go("wall")
    window.show_shortcuts()
    sheet = window._sheet

    def lies_in_the_middle() -> bool:
        aside = abs(sheet.geometry().center().x() - window.rect().center().x())
        above = abs(sheet.geometry().center().y() - window.rect().center().y())
        return sheet.size() == sheet.sizeHint() and max(aside, above) <= 1

    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    qtbot.waitUntil(lies_in_the_middle)
    assert settled(qtbot, sheet) == []
    window.resize(1280, 720)
    qtbot.waitUntil(lies_in_the_middle)
    press(qtbot, window, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lies_in_the_middle)
    assert window.rect().contains(sheet.geometry())
