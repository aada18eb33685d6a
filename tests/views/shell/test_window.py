"""The main window: places, search, keys, what the strip says, and how it takes zoom and small screens."""

from collections.abc import Sequence
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.errors import UserError
from desktop.views.hub import Screen
from desktop.views.kit.arrange import box, column, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.tokens import Status
from desktop.views.kit.typing_line import TypingLine
from desktop.views.kit.words import ShortWords, Words
from desktop.views.shell.search_hits import SearchHit
from desktop.views.shell.top_bar import Identity
from desktop.views.shell.window import BROKEN, MainWindow

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


def test_the_strip_shows_a_running_job_and_stops_it(window: MainWindow, jobs, qtbot) -> None:
    began, may_go_on = Event(), Event()
    heard: list[Exception] = []

    def work(progress):
        progress.step(41, 67)
        began.set()
        may_go_on.wait(10)
        progress.step(42, 67)

    jobs.run(work, owner=window, done=heard.append, failed=heard.append, label="排版")
    began.wait(10)
    words = window.strip.findChildren(ShortWords)
    qtbot.waitUntil(lambda: "正在排版 41 / 67" in [label.text() for label in words])

    stop = next(button for button in window.strip.findChildren(QAbstractButton) if button.text() == "取消")
    stop.click()
    may_go_on.set()

    qtbot.waitUntil(lambda: bool(heard))
    assert str(heard[0]) == "已取消，没有留下任何改动。"
    assert not stop.isVisible()


def test_a_short_question_does_not_flicker_in_the_strip(window: MainWindow, jobs, qtbot) -> None:
    stop = next(button for button in window.strip.findChildren(QAbstractButton) if button.text() == "取消")

    with qtbot.waitSignal(jobs.ended):
        jobs.run(lambda progress: None, owner=window, done=lambda nothing: None)
        assert not stop.isVisible()


def test_a_refusal_is_told_above_the_page_and_stays(window: MainWindow, jobs, qtbot) -> None:
    def refuse(progress):
        raise UserError("没有这个村，请先在设置里添加。")

    jobs.run(refuse, owner=window, done=lambda nothing: None)

    qtbot.waitUntil(lambda: window.notices.sentences == ["没有这个村，请先在设置里添加。"])
    assert not window.notices._shown[0]._time.isActive()


def test_a_bug_is_told_without_its_insides(window: MainWindow, jobs, qtbot) -> None:
    jobs.run(lambda progress: 1 / 0, owner=window, done=lambda nothing: None)

    qtbot.waitUntil(lambda: window.notices.sentences == [BROKEN])


def test_good_news_goes_by_itself(window: MainWindow, qtbot) -> None:
    window.say(Status.SUCCESS, "已登记 6 户。")
    assert window.notices.isVisible()

    window.notices._shown[0]._time.timeout.emit()

    assert window.notices.sentences == []
    assert not window.notices.isVisible()


def test_what_was_done_can_be_undone_from_its_message(window: MainWindow, qtbot) -> None:
    undo = SmallButton("撤销", "undo-2", shortcut="Ctrl+Z")
    window.say(Status.SUCCESS, "已登记 6 户。", undo)

    with qtbot.waitSignal(undo.clicked):
        press(qtbot, window, Qt.Key.Key_Z, CTRL)

    assert window.notices.sentences == []


def test_messages_never_push_the_page_away(window: MainWindow) -> None:
    for number in range(9):
        window.say(Status.WARNING, f"第 {number} 个村还没报。")
    window.say(Status.WARNING, "第 8 个村还没报。")

    assert window.notices.sentences == [f"第 {number} 个村还没报。" for number in (8, 7, 6)]


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
