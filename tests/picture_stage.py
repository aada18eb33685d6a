"""The window on the sample township, for those who draw it."""

from typing import Any

from desktop.app import Program
from desktop.domain.wall import Column, WallFilters
from desktop.pages import read_known
from desktop.places import OfficeWindow
from desktop.services.registration.registrations import Choice
from desktop.views.garbage import Garbage
from desktop.views.jobs import Jobs
from desktop.views.kit.theme import Theme
from desktop.views.survey.place import SurveyPlace
from desktop.window import FIRST_SIZE
from tests.quiet import wait_until_quiet


class Stage:
    """The window on the sample township, and what a scene needs to set itself up."""

    def __init__(self, program: Program, theme: Theme) -> None:
        self.program = program
        self.theme = theme
        self.actor = program.actor
        self.garbage = Garbage()
        self.jobs = Jobs()
        self.office = OfficeWindow(program, self.actor, read_known(program, self.actor), theme, self.jobs)
        self.window = self.office.window
        self.office.open()  # at the workbench, which counts what is late for the rail
        self.settle()
        self.window.activateWindow()

    def settle(self) -> None:
        """Wait until nothing is under way; a page may rest a moment before it asks for what it shows."""
        self.window.resize(*FIRST_SIZE)
        self.window.show()
        wait_until_quiet(self.jobs)

    def go(self, place: str) -> Any:
        """Open a place and return its page with all of it there."""
        self.window.go(place)
        self.settle()
        return self.window.page(place)

    def survey(self) -> SurveyPlace:
        """Return the place 摸底调查 with its register in sight."""
        place = self.window.page("survey")
        assert isinstance(place, SurveyPlace)
        place.go_back()
        self.go("survey")
        return place

    def case_in(self, column: Column) -> int:
        """Return the most urgent case of a column of the wall."""
        return self.program.wall.cards(WallFilters(column=column), by=self.actor)[0].row.case_id

    def candidates(self) -> tuple[int, ...]:
        """Return who can be registered now."""
        lines = self.program.registrations.candidates(Choice(), by=self.actor)
        return tuple(line.id for line in lines if not line.reasons)

    def close(self) -> None:
        """Let go of the threads, the window and the database."""
        self.jobs.stop()
        self.window.close()
        self.garbage.stop()
        self.program.database.close()
