"""The window: opened for the person who signs in, closed without losing anything, drawn into pictures."""

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QLibraryInfo,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Program
from desktop.domain.act import Actor
from desktop.errors import UserError
from desktop.log import start_log, stop_log
from desktop.pages import Known, read_known
from desktop.places import OfficeWindow
from desktop.screen import choose_input_method
from desktop.views.garbage import Garbage
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.panels import EmptyState
from desktop.views.kit.stylesheet import wear
from desktop.views.kit.theme import Theme
from desktop.views.pictures import picture
from desktop.views.shell.window import MainWindow

PLACES = ("workbench", "survey", "dossier", "registration", "rectification", "exchange", "tables", "settings")
FIRST_SIZE = (1366, 768)
QUIET_MS = 150
"""A page may ask again for what it has just learnt; this long without a job is quiet."""

_NO_NEWS = "This plugin does not support"
_LEVELS = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}


def run_window(program: Program, *, signed_in: Actor | None = None) -> int:
    """Open the window and stay until it is closed; somebody signs in first unless they have already."""
    handler = start_log(program.data.logs)
    try:
        plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
        if chosen := choose_input_method(os.environ, plugins / "platforminputcontexts"):
            logging.getLogger(__name__).info(
                "fcitx runs without its plugin for this Qt: typing by %s", chosen
            )
        qInstallMessageHandler(_hear_qt)
        app = QApplication.instance() or QApplication(sys.argv[:1])
        if not isinstance(app, QApplication):
            raise TypeError("an application without windows runs already")
        garbage = Garbage()
        theme = Theme(fonts=program.assets.fonts, icons=program.assets.icons)
        theme.apply(app)
        jobs = Jobs()
        jobs.crashed.connect(_write_down)
        entrance = Entrance(program, theme, jobs)
        entrance.enter(signed_in)
        code = app.exec()
        jobs.stop()
        entrance.leave()
        garbage.stop()
        return code
    finally:
        stop_log(handler)


def _hear_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Write what Qt says into the log; what its plugins cannot do is no news to anybody."""
    level = logging.DEBUG if message.startswith(_NO_NEWS) else _LEVELS.get(kind, logging.WARNING)
    logging.getLogger("qt").log(level, message)


def _write_down(error: Exception) -> None:
    logging.getLogger(__name__).error("a job failed", exc_info=error)


class Entrance(QObject):
    """From the start of the program to the window of the person who signs in, and out again."""

    opened = Signal(object)

    def __init__(self, program: Program, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._program = program
        self._theme = theme
        self._jobs = jobs
        self._actor: Actor | None = None
        self.welcome: QWidget | None = None
        self.office_window: OfficeWindow | None = None

    def enter(self, actor: Actor | None) -> None:
        """Open the window for somebody, or ask first who it is, or first of all for a register."""
        if actor is None:
            self._ask_register()
        else:
            self._signed_in(actor)

    def leave(self) -> None:
        """Let go of the window and the database."""
        self._show(None)
        self.office_window = None
        self._program.database.close()

    def _ask_register(self) -> None:
        program = self._program

        def ask(progress: Progress) -> str:
            if not program.has_register():
                return ""
            return program.office_facts.township

        self._jobs.run(ask, owner=self, done=self._register_known, failed=self._failed)

    def _register_known(self, township: str) -> None:
        from desktop.views.welcome.desk import FirstStartDesk, SignInDesk
        from desktop.views.welcome.first_start import FirstStart
        from desktop.views.welcome.sign_in import SignIn

        program = self._program
        if township:
            desk = SignInDesk(program.accounts, program.sign_ins, self._jobs, program.desk, township)
            sign_in = SignIn(desk)
            sign_in.signed_in.connect(self._signed_in)
            self._show(sign_in)
        else:
            first = FirstStart(FirstStartDesk(lambda: program.profiles, program.make, self._jobs))
            first.made.connect(self._ask_register)
            self._show(first)

    def _signed_in(self, actor: Actor) -> None:
        self._actor = actor
        program = self._program

        def read(progress: Progress) -> Known:
            return read_known(program, actor)

        self._jobs.run(read, owner=self, done=self._known, failed=self._failed)

    def _known(self, known: Known) -> None:
        if self._actor is None:
            raise RuntimeError("nobody has signed in")
        before = self.office_window
        self.office_window = OfficeWindow(self._program, self._actor, known, self._theme, self._jobs)
        self.office_window.window.sign_out_asked.connect(self._sign_out)
        self.office_window.reopen_asked.connect(self._reopen)
        self.office_window.open()
        self._show(None)
        if before is not None:
            before.close()
        self.opened.emit(self.office_window)

    def _sign_out(self) -> None:
        """Go back to the sign-in; drafts are kept, so nothing that was typed is lost."""
        before, self.office_window = self.office_window, None
        self._actor = None
        self._ask_register()
        if before is not None:
            before.close()

    def _reopen(self) -> None:
        """Open the office anew, for the same person, with what the data folder says now."""
        self._program = self._program.opened_anew()
        if self._actor is not None:
            self._signed_in(self._actor)

    def _failed(self, error: Exception) -> None:
        """Say on a page of its own why the program cannot begin; closing it ends the program."""
        if not isinstance(error, UserError):
            _write_down(error)
        self._show(EmptyState("circle-alert", "打不开登记册", explanation=str(error)))

    def _show(self, welcome: QWidget | None) -> None:
        if self.welcome is not None:
            self.welcome.close()
            self.welcome.deleteLater()
        self.welcome = welcome
        if welcome is not None:
            welcome.setWindowTitle("食品三小登记")
            welcome.resize(*FIRST_SIZE)
            wear(welcome)
            welcome.show()


def window_pictures(program: Program, folder: Path) -> tuple[Path, ...]:
    """Draw each place of the window into a folder, light at 100 %; no screen is needed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # also where there is a screen: nobody asked for a window
    before = qInstallMessageHandler(_hear_qt)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("an application without windows runs already")
    garbage = Garbage()
    theme = Theme(fonts=program.assets.fonts, icons=program.assets.icons)
    theme.apply(app)
    jobs = Jobs()
    actor = program.actor
    office = OfficeWindow(program, actor, read_known(program, actor), theme, jobs)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for number, place in enumerate(PLACES, 1):
        office.window.go(place)
        settle(office.window, jobs)
        path = folder / f"{number:02d}-{place}.png"
        picture(office.window, path)
        drawn.append(path)
    jobs.stop()
    office.close()
    garbage.stop()
    qInstallMessageHandler(before)
    return tuple(drawn)


def settle(window: MainWindow, jobs: Jobs) -> None:
    """Show a window and wait until no job runs any more and nothing is left to draw."""
    window.resize(*FIRST_SIZE)
    window.show()
    quiet = QEventLoop()
    patience = QTimer()
    patience.setInterval(QUIET_MS)

    def look() -> None:
        if not jobs.running:
            quiet.quit()

    patience.timeout.connect(look)
    patience.start()
    quiet.exec()
    patience.stop()
