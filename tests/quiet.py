"""When a window has nothing left to do: no job is under way, and no page rests before it asks."""

from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.views.jobs import Jobs
from desktop.views.kit.arrange import below

LONGEST_PAUSE_MS = 400
"""No page rests longer than this before it asks; drafts and masks take longer and are not waited for."""
PATIENCE_S = 20
_LOOK_MS = 1
_LOOKS = 2


def is_quiet(jobs: Jobs) -> bool:
    """Tell whether no page has a question left."""
    return not jobs.running and not _resting()


def wait_until_quiet(jobs: Jobs) -> None:
    """Wait until it has been quiet twice: a page may ask again for what it has just learnt.

    Nobody sits before the window: where only rests are left, they end at once.
    """
    until = monotonic() + PATIENCE_S
    looks = 0
    while looks < _LOOKS:
        assert monotonic() < until, "the window does not come to rest"
        QTest.qWait(_LOOK_MS)
        if is_quiet(jobs):
            looks += 1
            continue
        looks = 0
        if not jobs.running:
            for pause in _resting():
                pause.stop()
                pause.timeout.emit()


def _resting() -> list[QTimer]:
    """Return the rests of pages that are running."""
    timers = (timer for window in QApplication.topLevelWidgets() for timer in below(window, QTimer))
    return [
        one for one in timers if one.isActive() and one.isSingleShot() and one.interval() <= LONGEST_PAUSE_MS
    ]
