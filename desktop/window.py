"""The window put together: services on one side, places on the other, one desk between them."""

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLibraryInfo, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from desktop.domain.act import Actor
from desktop.domain.folding import fold_name
from desktop.domain.pinyin import initials
from desktop.log import start_log, stop_log
from desktop.screen import choose_input_method
from desktop.services.establishments import Hit
from desktop.services.offices import OfficeFacts, Offices
from desktop.services.villages import VillageRow
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.theme import Theme
from desktop.views.memory import Memory
from desktop.views.pictures import picture
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.page import RegistrationPage
from desktop.views.shell.search_hits import SearchHit
from desktop.views.shell.top_bar import Identity
from desktop.views.shell.window import MainWindow
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.place import SurveyPlace
from desktop.views.workbench.desk import WorkbenchDesk
from desktop.views.workbench.page import WorkbenchPage

PLACES = ("workbench", "survey", "registration")
QUIET_MS = 150
"""A page may ask again for what it has just learnt; this long without a job is quiet."""

TRADE_ICONS = {"workshop": "factory", "stall": "shopping-cart", "eatery": "utensils", "shop": "store"}


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known before the first page can be built; read off the main thread."""

    facts: OfficeFacts
    villages: tuple[VillageRow, ...]
    preferences: Mapping[str, str]


def read_known(program: Program, actor: Actor) -> Known:
    """Read what the window needs to open."""
    return Known(
        facts=Offices(program.database).facts(),
        villages=program.villages.all(),
        preferences=program.preferences.all(by=actor),
    )


def run_window(program: Program, *, signed_in: Actor | None = None) -> int:
    """Open the window and stay until it is closed; somebody signs in first unless they have already."""
    handler = start_log(program.data.logs)
    try:
        plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
        if chosen := choose_input_method(os.environ, plugins / "platforminputcontexts"):
            logging.getLogger(__name__).info(
                "fcitx runs without its plugin for this Qt: typing by %s", chosen
            )
        app = QApplication.instance() or QApplication(sys.argv[:1])
        if not isinstance(app, QApplication):
            raise TypeError("an application without windows runs already")
        theme = Theme(fonts=program.assets.fonts, icons=program.assets.icons)
        theme.apply(app)
        jobs = Jobs()
        jobs.crashed.connect(_write_down)
        entrance = Entrance(program, theme, jobs)
        entrance.enter(signed_in)
        code = app.exec()
        jobs.stop()
        entrance.leave()
        return code
    finally:
        stop_log(handler)


def _write_down(error: Exception) -> None:
    logging.getLogger(__name__).error("a job failed", exc_info=error)


class Entrance(QObject):
    """From the start of the program to the window of the person who signs in."""

    opened = Signal(object)

    def __init__(self, program: Program, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._program = program
        self._theme = theme
        self._jobs = jobs
        self._actor: Actor | None = None
        self.office_window: OfficeWindow | None = None

    def enter(self, actor: Actor | None) -> None:
        """Read what the window needs, off this thread, and open it."""
        if actor is None:
            raise NotImplementedError
        self._actor = actor
        program = self._program

        def read(progress: Progress) -> Known:
            return read_known(program, actor)

        self._jobs.run(read, owner=self, done=self._known)

    def leave(self) -> None:
        """Let go of the window and the database."""
        self.office_window = None
        self._program.database.close()

    def _known(self, known: Known) -> None:
        if self._actor is None:
            raise RuntimeError("nobody has signed in")
        self.office_window = OfficeWindow(self._program, self._actor, known, self._theme, self._jobs)
        self.office_window.open()
        self.opened.emit(self.office_window)


class OfficeWindow(QObject):
    """All places of the person who is signed in, and the ways between them."""

    def __init__(self, program: Program, actor: Actor, known: Known, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._program = program
        self._actor = actor
        self._known = known
        self._jobs = jobs
        self.hub = ChangeHub(self)
        self.memory = Memory(program.preferences, actor, jobs, known.preferences)
        profile = program.office.profile
        identity = Identity(
            township=known.facts.township,
            person=actor.name,
            office=profile.office,
            rule_pack=profile.title,
            is_demo=known.facts.is_sample,
        )
        self.window = MainWindow(theme, identity, self._search, jobs)

        self._add_places()

        program.database.listen(self.hub.announce)
        self.window.hit_chosen.connect(self._hit_chosen)

    def open(self) -> None:
        """Show the window at its first place."""
        self.window.go("workbench")
        self.window.show()

    def _add_places(self) -> None:
        add = self.window.add_place
        add("workbench", "工作台", "layout-dashboard", self._workbench)
        add("survey", "摸底调查", "clipboard-list", self._survey)
        add("registration", "登记发证", "badge-check", self._registration)

    def _workbench(self) -> WorkbenchPage:
        program = self._program
        page = WorkbenchPage(
            WorkbenchDesk(
                workbench=program.workbench,
                happenings=program.happenings,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
            )
        )
        page.go_asked.connect(self._go_asked)
        page.new_asked.connect(self._new_asked)
        return page

    def _survey(self) -> SurveyPlace:
        program = self._program
        return SurveyPlace(
            SurveyDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                establishments=program.establishments,
                surveys=program.surveys,
                drafts=program.drafts,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
                remembered=self.memory,
                new_identity=program.new_identity,
            )
        )

    def _registration(self) -> RegistrationPage:
        program = self._program
        page = RegistrationPage(
            RegistrationDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                establishments=program.establishments,
                applications=program.applications,
                registrations=program.registrations,
                papers=program.papers,
                proofs=program.proofs,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
                remembered=self.memory,
                exports=program.data.exports,
                scratch=program.data.scratch,
            )
        )
        page.edit_asked.connect(self._edit_asked)
        return page

    def _search(self, typed: str) -> Sequence[SearchHit]:
        hits = self._program.establishments.find(typed, by=self._actor)
        labels = {trade.code: trade.label for trade in self._program.office.profile.trades}
        return [_search_hit(hit, typed, labels) for hit in hits]

    def _go_asked(self, place: str, what: object) -> None:
        self.window.go(place)

    def _hit_chosen(self, hit: SearchHit) -> None:
        if isinstance(hit.id, int):
            self._edit_asked(hit.id)

    def _survey_place(self) -> SurveyPlace:
        self.window.go("survey")
        place = self.window.page("survey")
        if not isinstance(place, SurveyPlace):
            raise TypeError("the place survey holds another page")
        return place

    def _new_asked(self) -> None:
        self._survey_place().register.new_button.click()

    def _edit_asked(self, establishment_id: int) -> None:
        self._survey_place().begin_change(establishment_id)


def _search_hit(hit: Hit, typed: str, labels: Mapping[str, str]) -> SearchHit:
    detail = f"{hit.archive_number} · {labels.get(hit.kind, hit.kind)} · {hit.village} · {hit.operator_name}"
    icon = TRADE_ICONS.get(hit.kind, "store")
    return SearchHit(id=hit.id, title=hit.title, detail=detail, icon=icon, marks=_marks(hit.title, typed))


def _marks(title: str, typed: str) -> frozenset[int]:
    """Return the places in a title that a search has matched: by its characters, or by their initials."""
    wanted = fold_name(typed)
    for letters in (title.lower(), "".join(initials(character)[:1].lower() for character in title)):
        start = letters.find(wanted)
        if wanted and start >= 0 and len(letters) == len(title):
            return frozenset(range(start, start + len(wanted)))
    return frozenset()


def window_pictures(program: Program, folder: Path) -> tuple[Path, ...]:
    """Draw each place of the window into a folder, light at 100 %; no screen is needed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("an application without windows runs already")
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
    office.window.close()
    return tuple(drawn)


def settle(window: MainWindow, jobs: Jobs) -> None:
    """Show a window and wait until no job runs any more and nothing is left to draw."""
    window.resize(1366, 768)
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
