"""What every service works with: database, rule pack, clock, calendar and the reader of workbooks."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.act import Act, Actor
from desktop.domain.profile import Profile
from desktop.domain.workdays import Calendar
from desktop.errors import UserError
from desktop.sheets.untrusted import WorkbookReader
from desktop.storage.database import Database

FIRST_YEAR = 2000
"""Before it there was no such office: a day before that is a slip of the hand."""

LONGEST_TERM_DAYS = 366


@dataclass(frozen=True, slots=True)
class LayoutFolders:
    """Where layouts of papers lie: the office's own folder, which wins, and the rule pack's."""

    own: Path | None = None
    shipped: Path | None = None


@dataclass(frozen=True, slots=True)
class OpenOffice:
    """An office that is open for work; ``fonts`` is where the fonts of its papers are."""

    db: Database
    profile: Profile
    clock: Clock
    calendar: Calendar
    layouts: LayoutFolders = field(default_factory=LayoutFolders)
    workbooks: WorkbookReader = field(default_factory=WorkbookReader)
    fonts: Path | None = None

    def act(self, by: Actor, action: str, *, reason: str = "") -> Act:
        """Return the act under which a use case is written to the trail."""
        return Act(by=by, action=action, on=self.clock.today(), at=self.clock.now(), reason=reason)

    def refuse_future(self, day: date) -> None:
        """Refuse a day that has not come yet, or of another century: a slip of the hand."""
        if day > self.clock.today():
            raise UserError(f"日期 {day} 还没有到，请填今天或以前的日期")
        if day.year < FIRST_YEAR:
            raise UserError(f"日期 {day} 太早了，请核对年份")

    def refuse_long(self, what: str, start: date, end: date) -> None:
        """Refuse a term of more than a year: nobody means it, and what is due then is forgotten till then."""
        if (end - start).days > LONGEST_TERM_DAYS:
            raise UserError(f"{what} {end} 离 {start} 超过一年，请核对年份和天数")
