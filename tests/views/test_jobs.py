"""The job runner: answers on the main thread, cancel is rollback, nobody dead is called."""

from threading import Event, current_thread, main_thread
from weakref import finalize

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from desktop.errors import UserError
from desktop.views.jobs import CancelledError, Jobs, Progress

TYPED_AHEAD = "jincheng"


class Desk(QObject):
    """Somebody who asks for work and hears the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.errors: list[Exception] = []
        self.threads: list[object] = []

    def done(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.append(current_thread())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)


def thread_of_work(progress: Progress) -> object:
    return current_thread()


def refuse(progress: Progress) -> None:
    raise UserError("没有这个村。")


def break_down(progress: Progress) -> None:
    raise ZeroDivisionError


class DrawnWindow(QWidget):
    """A window that writes down that it was drawn; keys typed ahead come when it is."""

    typed = Signal(str)

    def __init__(self, happened: list[str]) -> None:
        super().__init__()
        self._happened = happened

    def paintEvent(self, event: QPaintEvent) -> None:
        self._happened.append("drawn")
        QTimer.singleShot(0, self, self._type)

    def _type(self) -> None:
        for key in TYPED_AHEAD:
            self.typed.emit(key)


class Slow:
    """Work that waits at its second step until it may go on."""

    def __init__(self) -> None:
        self.began = Event()
        self.may_go_on = Event()
        self.was_rolled_back = False

    def __call__(self, progress: Progress) -> str:
        try:
            progress.step(1, 2, "第一步")
            self.began.set()
            self.may_go_on.wait(10)
            progress.step(2, 2)
        except CancelledError:
            self.was_rolled_back = True
            raise
        return "写好了"


def test_work_runs_beside_the_window_and_answers_on_its_thread(jobs: Jobs, qtbot) -> None:
    desk = Desk()

    jobs.run(thread_of_work, owner=desk, done=desk.done)

    qtbot.waitUntil(lambda: bool(desk.answers))
    assert desk.answers != [main_thread()]
    assert desk.threads == [main_thread()]


def test_work_is_done_in_the_order_it_was_asked_for(jobs: Jobs, qtbot) -> None:
    desk = Desk()

    for number in range(50):
        jobs.run(lambda progress, number=number: number, owner=desk, done=desk.done)

    qtbot.waitUntil(lambda: len(desk.answers) == 50)
    assert desk.answers == list(range(50))


def test_a_refusal_goes_to_who_asked(jobs: Jobs, qtbot) -> None:
    desk = Desk()

    jobs.run(refuse, owner=desk, done=desk.done, failed=desk.failed)

    qtbot.waitUntil(lambda: bool(desk.errors))
    assert [str(error) for error in desk.errors] == ["没有这个村。"]
    assert desk.answers == []


def test_a_refusal_nobody_waits_for_is_shown_by_the_window(jobs: Jobs, qtbot) -> None:
    desk = Desk()

    with qtbot.waitSignal(jobs.refused) as told:
        jobs.run(refuse, owner=desk, done=desk.done)

    assert told.args == ["没有这个村。"]


def test_a_bug_goes_to_one_place_and_to_who_asked(jobs: Jobs, qtbot) -> None:
    desk = Desk()

    with qtbot.waitSignal(jobs.crashed) as told:
        jobs.run(break_down, owner=desk, done=desk.done, failed=desk.failed)

    assert isinstance(told.args[0], ZeroDivisionError)
    assert [type(error) for error in desk.errors] == [ZeroDivisionError]


def test_after_a_bug_the_next_work_is_done(jobs: Jobs, qtbot) -> None:
    desk = Desk()

    jobs.run(break_down, owner=desk, done=desk.done)
    jobs.run(thread_of_work, owner=desk, done=desk.done)

    qtbot.waitUntil(lambda: len(desk.answers) == 1)


def test_cancel_is_raised_inside_the_work_and_rolls_it_back(jobs: Jobs, qtbot) -> None:
    desk, slow = Desk(), Slow()
    job = jobs.run(slow, owner=desk, done=desk.done, failed=desk.failed, label="导入")
    slow.began.wait(10)

    job.cancel()
    slow.may_go_on.set()

    qtbot.waitUntil(lambda: bool(desk.errors))
    assert isinstance(desk.errors[0], CancelledError)
    assert slow.was_rolled_back
    assert desk.answers == []


def test_work_cancelled_in_the_queue_is_never_begun(jobs: Jobs, qtbot) -> None:
    desk, first, second = Desk(), Slow(), Slow()
    jobs.run(first, owner=desk, done=desk.done)
    job = jobs.run(second, owner=desk, done=desk.done, failed=desk.failed)

    job.cancel()
    first.may_go_on.set()

    qtbot.waitUntil(lambda: bool(desk.errors))
    assert not second.began.is_set()


def test_nobody_is_called_who_is_gone(jobs: Jobs, qtbot) -> None:
    desk, slow = Desk(), Slow()
    jobs.run(slow, owner=desk, done=desk.done)
    slow.began.wait(10)

    delete(desk)
    with qtbot.waitSignal(jobs.ended):
        slow.may_go_on.set()

    assert desk.answers == []


@pytest.mark.parametrize("end", [thread_of_work, refuse])
def test_what_the_work_held_is_let_go_on_the_main_thread(jobs: Jobs, qtbot, end) -> None:
    desk, held = Desk(), Desk()
    let_go_on: list[object] = []
    finalize(held, lambda: let_go_on.append(current_thread()))

    def work(progress: Progress, held: Desk = held) -> object:
        return end(progress)

    jobs.run(work, owner=desk, done=desk.done, failed=desk.failed)
    del work, held
    qtbot.waitUntil(lambda: not jobs.running)
    desk.errors.clear()

    assert let_go_on == [main_thread()]


def test_steps_are_told_on_the_main_thread_with_the_latest_winning(jobs: Jobs, qtbot) -> None:
    desk = Desk()
    told: list[tuple[int, int, str]] = []

    def count(progress: Progress) -> int:
        for number in range(1, 1001):
            progress.step(number, 1000, "张")
        return 1000

    job = jobs.run(count, owner=desk, done=desk.done, label="排版")
    job.progressed.connect(lambda *step: told.append(step))
    qtbot.waitUntil(lambda: bool(desk.answers))

    assert told
    assert told[-1] == (1000, 1000, "张")
    assert len(told) < 1000


def test_previews_do_not_wait_for_the_database(jobs: Jobs, qtbot) -> None:
    desk, slow = Desk(), Slow()
    jobs.run(slow, owner=desk, done=desk.done)

    jobs.run_aside(thread_of_work, owner=desk, done=desk.done)

    qtbot.waitUntil(lambda: len(desk.answers) == 1)
    assert not slow.may_go_on.is_set()
    slow.may_go_on.set()


def test_stop_cancels_waits_and_calls_nobody_after(jobs: Jobs, qtbot) -> None:
    desk, slow = Desk(), Slow()
    jobs.run(slow, owner=desk, done=desk.done, failed=desk.failed)
    slow.began.wait(10)
    slow.may_go_on.set()

    jobs.stop()
    late = jobs.run(thread_of_work, owner=desk, done=desk.done)

    qtbot.wait(20)
    assert late.is_cancelled
    assert desk.answers == []
    assert desk.errors == []


def test_a_window_that_opens_is_drawn_before_the_database_is_asked(jobs: Jobs, qtbot) -> None:
    desk, happened = Desk(), []
    window = DrawnWindow(happened)
    qtbot.addWidget(window)

    jobs.draw_first(window)
    jobs.run(lambda progress: happened.append("asked"), owner=desk, done=desk.done)
    window.show()

    qtbot.waitUntil(lambda: bool(desk.answers))
    assert happened == ["drawn", "asked"]


def test_what_was_typed_ahead_is_answered_before_the_database_is_asked(jobs: Jobs, qtbot) -> None:
    desk, happened = Desk(), []
    window = DrawnWindow(happened)
    qtbot.addWidget(window)

    window.typed.connect(happened.append, Qt.ConnectionType.QueuedConnection)
    jobs.draw_first(window)
    jobs.run(lambda progress: happened.append("asked"), owner=desk, done=desk.done)
    window.show()

    qtbot.waitUntil(lambda: bool(desk.answers))
    assert happened == ["drawn", *TYPED_AHEAD, "asked"]


def test_what_was_held_back_does_not_keep_the_program_from_ending(jobs: Jobs, qtbot) -> None:
    desk, unseen = Desk(), QWidget()
    qtbot.addWidget(unseen)

    jobs.draw_first(unseen)
    jobs.run(thread_of_work, owner=desk, done=desk.done)

    jobs.stop()


def test_a_window_that_nobody_sees_is_not_waited_for(jobs: Jobs, qtbot) -> None:
    desk, unseen = Desk(), QWidget()
    qtbot.addWidget(unseen)

    jobs.draw_first(unseen)
    jobs.run(thread_of_work, owner=desk, done=desk.done)

    qtbot.waitUntil(lambda: bool(desk.answers))


def test_a_window_that_goes_before_it_was_drawn_is_not_waited_for(jobs: Jobs, qtbot) -> None:
    desk, window = Desk(), QWidget()
    jobs.draw_first(window)
    jobs.run(thread_of_work, owner=desk, done=desk.done)

    delete(window)

    qtbot.waitUntil(lambda: bool(desk.answers))


@pytest.mark.parametrize("label", ["", "导入"])
def test_what_runs_is_known_until_it_has_ended(jobs: Jobs, qtbot, label: str) -> None:
    desk, slow = Desk(), Slow()

    job = jobs.run(slow, owner=desk, done=desk.done, label=label)
    assert [found.label for found in jobs.running] == [label]

    with qtbot.waitSignal(job.ended):
        slow.may_go_on.set()
    assert jobs.running == []
