"""What the window tells: a job in the strip, refusals, bugs, good news and the way back."""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.errors import UserError
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords
from desktop.views.shell.window import BROKEN, MainWindow
from tests.views.shell.frames import CTRL, press


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
