"""A window with four places."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.views.kit.arrange import box, column
from desktop.views.kit.words import Words
from desktop.views.shell.window import MainWindow
from tests.views.shell.frames import IDENTITY, Finder, Wall


@pytest.fixture
def finder() -> Finder:
    return Finder()


@pytest.fixture
def window(theme, jobs, hub, finder, qtbot) -> MainWindow:
    window = MainWindow(theme, IDENTITY, finder, jobs)
    window.built = []

    def plain(key: str):
        def build() -> QWidget:
            window.built.append(key)
            return box(column(Words(key), None))

        return build

    window.add_place("workbench", "工作台", "layout-dashboard", plain("workbench"))
    window.add_place("survey", "摸底调查", "clipboard-list", plain("survey"))
    window.add_place("wall", "整改销号", "list-checks", lambda: Wall(hub))
    window.add_place("settings", "设置", "settings", plain("settings"), at_bottom=True)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.go("workbench")
    return window
