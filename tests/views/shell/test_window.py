"""The main window: places, keys, and how it takes zoom and small screens."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.views.shell.top_bar import Identity
from desktop.views.shell.window import MainWindow
from tests.views.shell.frames import ALT, CTRL, press


def test_a_page_is_built_when_somebody_first_goes_there(window: MainWindow) -> None:
    assert window.built == ["workbench"]

    window.go("survey")
    window.go("workbench")
    window.go("survey")

    assert window.built == ["workbench", "survey"]
    assert window.place == "survey"


def test_places_open_by_their_number(window: MainWindow, qtbot) -> None:
    press(qtbot, window, Qt.Key.Key_2, ALT)
    assert window.place == "survey"

    press(qtbot, window, Qt.Key.Key_4, ALT)
    assert window.place == "settings"


def test_esc_goes_back_inside_the_page_first_then_to_the_place_before(window: MainWindow, qtbot) -> None:
    window.go("survey")
    window.go("wall")

    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.place == "wall"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.place == "survey"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.place == "workbench"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.place == "workbench"


def test_esc_belongs_to_the_input_method_while_it_composes(window: MainWindow, qtbot) -> None:
    window.go("wall")
    page = window.page("wall")
    page.steps = 0
    page.line.setFocus()
    QApplication.sendEvent(page.line, QInputMethodEvent("sha", []))

    window.go_back()

    assert window.place == "wall"


def test_f5_asks_the_page_again(window: MainWindow, qtbot) -> None:
    window.go("wall")

    press(qtbot, window, Qt.Key.Key_F5)

    assert window.page("wall").asked == 2


def test_ctrl_f_searches_in_the_page_that_can(window: MainWindow, qtbot) -> None:
    window.go("wall")

    press(qtbot, window, Qt.Key.Key_F, CTRL)

    assert window.page("wall").line.hasFocus()


def test_f1_asks_for_the_help_of_this_place(window: MainWindow, qtbot) -> None:
    window.go("survey")

    with qtbot.waitSignal(window.help_asked) as told:
        press(qtbot, window, Qt.Key.Key_F1)

    assert told.args == ["survey"]


def test_f11_fills_the_screen_and_comes_back(window: MainWindow, qtbot) -> None:
    press(qtbot, window, Qt.Key.Key_F11)
    assert window.isFullScreen()

    press(qtbot, window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_the_whole_window_zooms_by_keyboard(window: MainWindow, theme, qtbot) -> None:
    tall = window.top_bar.height()

    press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    qtbot.waitUntil(lambda: window.top_bar.height() == round(tall * 1.25))

    press(qtbot, window, Qt.Key.Key_Minus, CTRL)
    assert theme.zoom == 1.1
    press(qtbot, window, Qt.Key.Key_0, CTRL)
    assert theme.zoom == 1.0
    assert "100%" in [label.text() for label in window.strip.findChildren(QLabel)]


def test_a_small_window_puts_words_under_icons_and_keeps_the_keys(window: MainWindow, qtbot) -> None:
    wide = window.rail.width()

    window.resize(1000, 700)

    assert window.rail.width() < wide
    assert not window.top_bar.help_button.isVisible()
    with qtbot.waitSignal(window.help_asked):
        press(qtbot, window, Qt.Key.Key_F1)


def test_the_count_that_waits_is_spoken_too(window: MainWindow) -> None:
    window.set_badge("wall", "7")

    spoken = [button.accessibleName() for button in window.rail.findChildren(QAbstractButton)]
    assert "整改销号，7 项" in spoken


def test_a_sample_township_is_marked(theme, jobs, finder, qtbot) -> None:
    demo = Identity("金城镇", "周敏", "镇食安办", "规则包", is_demo=True)
    window = MainWindow(theme, demo, finder, jobs)
    qtbot.addWidget(window)

    assert "示例数据" in window.windowTitle()
    assert any(child.accessibleName() == "示例数据" for child in window.top_bar.findChildren(QWidget))


@pytest.mark.parametrize("zoom", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("size", [(1366, 768), (1366, 698), (1920, 1080)])
def test_nothing_in_the_frame_is_clipped(window: MainWindow, theme, zoom: float, size, qtbot) -> None:
    window.set_badge("wall", "7")
    window.strip.say_saved("全部已保存 10:42")
    window.strip.say_count("本机 685 户")
    window.strip.say_backup("上次备份 今天 08:30")

    theme.set_zoom(zoom)
    window.resize(*size)
    qtbot.wait(1)

    pieces = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    clipped = [
        (
            type(piece).__name__,
            getattr(piece, "text", str)(),
            piece.size().toTuple(),
            piece.sizeHint().toTuple(),
        )
        for piece in pieces
        if piece.isVisible()
        and (piece.width() < piece.sizeHint().width() or piece.height() < piece.minimumSizeHint().height())
    ]
    assert clipped == []
    right = window.rect().right()
    outside = [
        piece
        for piece in pieces
        if piece.isVisible() and piece.mapTo(window, QPoint(piece.width(), 0)).x() > right + 1
    ]
    assert outside == []


def test_eight_places_fit_the_lowest_screen_at_the_largest_type_in_use(window: MainWindow, theme) -> None:
    for number in range(4):
        window.add_place(f"more{number}", "数据交换", "arrow-left-right", QWidget)

    theme.set_zoom(1.5)

    assert window.minimumSizeHint().height() <= 768 - 70
    assert window.minimumSizeHint().width() <= 1366


def test_every_button_of_the_frame_has_a_name_and_takes_the_keyboard(window: MainWindow) -> None:
    buttons = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]

    assert [button for button in buttons if not button.accessibleName()] == []
    assert [
        button.accessibleName() for button in buttons if button.focusPolicy() & Qt.FocusPolicy.TabFocus == 0
    ] == []
