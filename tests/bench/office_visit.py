"""Somebody visits the window on a large register: when it was painted, usable, filled, what it then held."""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.app import program_for
from desktop.clock import WorkingDayClock
from desktop.domain.act import Actor, Role
from desktop.places import OfficeWindow
from desktop.views.garbage import Garbage
from desktop.views.jobs import Jobs
from desktop.views.kit.theme import Theme
from desktop.window import Entrance
from tests.bench.memory import held_mb
from tests.bench.milestones import FirstPaint, say

_DAY = date(2018, 6, 8)
_LOOK_MS = 1
_QUIET_LOOKS = 20
_WALK = (0.5, 0.9, 0.1, 0.99, 0.3, 0.0)
"""Where the scroll bar of the register is put before memory is counted again."""


class Visit(QObject):
    """Somebody who opens the window, goes to the register and drags its scroll bar about."""

    def __init__(self, entrance: Entrance, jobs: Jobs) -> None:
        super().__init__()
        self._entrance = entrance
        self._jobs = jobs
        self._quiet = 0
        self._steps = [self._at_the_register, *[self._at_a_place] * len(_WALK), self._leave]
        self._places = list(_WALK)
        self._office: OfficeWindow | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)

        entrance.opened.connect(self._opened)
        self._look.timeout.connect(self._looked)

    def _opened(self, office: OfficeWindow) -> None:
        self._office = office
        office.window.resize(1366, 768)
        FirstPaint(office.window).painted.connect(self._painted)

    def _painted(self) -> None:
        """Type a letter at once: a window is usable when the letter stands in it."""
        say("painted", held_mb())
        search = self._office_window().window.place_search
        search.start()
        search.line.textChanged.connect(self._typed)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, "s")
            QApplication.postEvent(search.line, key)

    def _typed(self) -> None:
        line = self._office_window().window.place_search.line
        line.textChanged.disconnect(self._typed)
        FirstPaint(line).painted.connect(self._usable)

    def _usable(self) -> None:
        say("usable", held_mb())
        search = self._office_window().window.place_search
        search.line.clear()
        search.leave()
        self._look.start()

    def _looked(self) -> None:
        """Go on when no job runs: at the first page at once, later when it has been quiet for a while."""
        if self._jobs.running:
            self._quiet = 0
            return
        self._quiet += 1
        if len(self._steps) == len(_WALK) + 2:
            self._office_window().window.repaint()
            say("complete", held_mb())
        elif self._quiet < _QUIET_LOOKS:
            return
        self._quiet = 0
        self._steps.pop(0)()

    def _office_window(self) -> OfficeWindow:
        assert self._office is not None
        return self._office

    def _at_the_register(self) -> None:
        self._office_window().window.go("survey")

    def _at_a_place(self) -> None:
        from desktop.views.kit.table import PagedTable  # the start of the program does without its code

        table = self._office_window().window.findChild(PagedTable)
        assert isinstance(table, PagedTable)
        bar = table.view.verticalScrollBar()
        bar.setValue(int(bar.maximum() * self._places.pop(0)))

    def _leave(self) -> None:
        self._look.stop()
        say("memory", held_mb())
        QApplication.quit()


def visit_office(data: Path) -> None:
    """Open the window as the program does once somebody has signed in."""
    program = program_for(data=data, database_url=None, clock=WorkingDayClock(_DAY))
    app = QApplication(sys.argv[:1])
    garbage = Garbage()
    theme = Theme(fonts=program.assets.fonts, icons=program.assets.icons)
    theme.apply(app)
    jobs = Jobs()
    entrance = Entrance(program, theme, jobs)
    visit = Visit(entrance, jobs)
    entrance.enter(Actor(1, "周敏", frozenset(Role), None, "测试机"))
    app.exec()
    jobs.stop()
    visit.deleteLater()
    entrance.leave()
    garbage.stop()
