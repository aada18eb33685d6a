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
_LOOK_MS = 5
_LOOKS = 2


def is_quiet(jobs: Jobs) -> bool:
    """Tell whether no page has a question left."""
    timers = (timer for window in QApplication.topLevelWidgets() for timer in below(window, QTimer))
    pauses = (one for one in timers if one.isSingleShot() and one.interval() <= LONGEST_PAUSE_MS)
    return not jobs.running and not any(one.isActive() for one in pauses)


def wait_until_quiet(jobs: Jobs) -> None:
    """Wait until it has been quiet twice: a page may ask again for what it has just learnt."""
    until = monotonic() + PATIENCE_S
    looks = 0
    while looks < _LOOKS:
        assert monotonic() < until, "the window does not come to rest"
        QTest.qWait(_LOOK_MS)
        looks = looks + 1 if is_quiet(jobs) else 0
