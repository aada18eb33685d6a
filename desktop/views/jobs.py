"""The job runner: whatever may take long, and every question to the database, off the main thread."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.errors import UserError

T = TypeVar("T")

UNSEEN_MS = 300
"""A window that is not drawn within this time is not seen, and what was asked for begins without it."""

_AFTER_DRAWING = Qt.EventPriority.LowEventPriority.value - 1
"""The priority of an event that comes after the keys that wait, and after what they change is drawn."""


class CancelledError(UserError):
    """The person has cancelled; raised inside the work, so that its transaction is rolled back."""

    def __init__(self) -> None:
        super().__init__("已取消，没有留下任何改动。")


class Job(QObject):
    """One piece of work as the window sees it; lives on the main thread."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, label: str, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self.is_cancelled = False

    def cancel(self) -> None:
        """Stop the work at its next step; what has been committed before that stays."""
        self.is_cancelled = True


class Progress:
    """What the work tells while it runs, and where it learns that it was cancelled."""

    def __init__(self, job: Job, tell: Callable[["Progress"], None]) -> None:
        self._job = job
        self._tell = tell
        self.latest = (0, 0, "")
        self.is_waiting = False

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        """Tell how far the work has come; raises where the person has cancelled."""
        self.check()
        self.latest = (done, total, note)
        # Steps may come faster than the window can show them: only the latest one waits.
        if not self.is_waiting:
            self.is_waiting = True
            self._tell(self)

    def report(self) -> None:
        """Show the latest step; called on the main thread."""
        self.is_waiting = False
        self._job.progressed.emit(*self.latest)

    def check(self) -> None:
        """Raise where the person has cancelled."""
        if self._job.is_cancelled:
            raise CancelledError


@dataclass(slots=True)
class _Task(Generic[T]):
    job: Job
    progress: Progress
    work: Callable[[Progress], T]
    owner: QObject
    done: Callable[[T], None]
    failed: Callable[[Exception], None] | None
    result: T | None = None
    error: Exception | None = None

    def execute(self) -> None:
        try:
            self.progress.check()
            self.result = self.work(self.progress)
        except Exception as error:  # carried to the main thread, none is lost
            self.error = error

    def let_go(self) -> None:
        """Forget what the work held; called on the main thread.

        The working thread keeps the task in hand until the next one comes. A widget that it let go last
        would be taken apart there, and Qt would end the process.
        """
        del self.work, self.owner, self.done, self.failed, self.result, self.error


class _Lane:
    """One thread and the queue it works off, in order."""

    def __init__(self, name: str, finished: Callable[[_Task[Any]], None]) -> None:
        self._queue: SimpleQueue[_Task[Any] | None] = SimpleQueue()
        self._finished = finished
        self._may_work = Event()
        self._may_work.set()
        self._thread = Thread(target=self._work, name=name, daemon=True)

    def put(self, task: _Task[Any]) -> None:
        if not self._thread.is_alive():
            self._thread.start()
        self._queue.put(task)

    def hold(self) -> None:
        """Begin nothing more until ``go_on``."""
        self._may_work.clear()

    def go_on(self) -> None:
        self._may_work.set()

    def stop(self) -> None:
        self.go_on()
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        for task in iter(self._queue.get, None):
            self._may_work.wait()
            task.execute()
            self._finished(task)


class _Drawn(QObject):
    """Watches a window until it is drawn and has answered what was typed meanwhile, and says so."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        QTimer.singleShot(UNSEEN_MS, self, then)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._drawn)
        return False

    def _drawn(self) -> None:
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTER_DRAWING)

    def customEvent(self, event: QEvent) -> None:
        self._then()


class Jobs(QObject):
    """Runs work one after another on a thread of its own and answers on the main thread."""

    started = Signal(Job)
    ended = Signal(Job)
    refused = Signal(str)
    crashed = Signal(Exception)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Job] = []
        self._is_stopped = False
        self._deliveries: SimpleQueue[_Task[Any] | Progress] = SimpleQueue()
        self._database = _Lane("database", self._hand_over)
        self._pictures = _Lane("pictures", self._hand_over)

        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        label: str = "",
    ) -> Job:
        """Do work that may touch the database; ``done`` and ``failed`` are called while the owner lives.

        A refusal without ``failed`` goes to the signal ``refused``; what is not a refusal is a bug and
        goes to ``crashed`` too. Work with a label is shown in the status strip.
        """
        return self._enqueue(self._database, work, owner, done, failed, label)

    def run_aside(
        self,
        work: Callable[[Progress], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        label: str = "",
    ) -> Job:
        """Do work without the database, such as page previews, beside the other work."""
        return self._enqueue(self._pictures, work, owner, done, failed, label)

    def draw_first(self, window: QWidget) -> None:
        """Begin no work on the database before a window that is about to be shown has its first picture.

        It is then drawn at once, and shows what was typed ahead: it does not take turns with the thread that
        reads what it will show. A window that nobody sees, such as one behind others, is waited for no longer
        than a moment.
        """
        self._database.hold()
        window.installEventFilter(_Drawn(window, self._database.go_on))
        window.destroyed.connect(self._database.go_on)  # who signs out at once is asked who comes next

    def stop(self) -> None:
        """Cancel everything and wait for the threads; call it before the windows go."""
        self._is_stopped = True
        for job in self.running:
            job.cancel()
        self._database.stop()
        self._pictures.stop()

    def _enqueue(
        self,
        lane: _Lane,
        work: Callable[[Progress], T],
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        label: str,
    ) -> Job:
        job = Job(label, self)
        if self._is_stopped:
            job.cancel()
            return job
        self.running.append(job)
        self.started.emit(job)
        lane.put(_Task(job, Progress(job, self._hand_over), work, owner, done, failed))
        return job

    def _hand_over(self, what: "_Task[Any] | Progress") -> None:
        """Pass on from a working thread; one signal for each, so that one error stops no other."""
        self._deliveries.put(what)
        self._arrived.emit()

    def _deliver(self) -> None:
        match self._deliveries.get():
            case Progress() as progress:
                progress.report()
            case _Task() as task:
                try:
                    self._finish(task)
                finally:
                    task.let_go()

    def _finish(self, task: _Task[Any]) -> None:
        self.running.remove(task.job)
        task.job.ended.emit()
        self.ended.emit(task.job)
        task.job.deleteLater()
        if self._is_stopped:
            return
        if task.error is None:
            if isValid(task.owner):
                task.done(task.result)
            return
        self._fail(task, task.error)

    def _fail(self, task: _Task[Any], error: Exception) -> None:
        is_refusal = isinstance(error, UserError)
        if not is_refusal:
            self.crashed.emit(error)
        if not isValid(task.owner):
            return
        if task.failed is not None:
            task.failed(error)
        elif is_refusal and not isinstance(error, CancelledError):
            self.refused.emit(str(error))
