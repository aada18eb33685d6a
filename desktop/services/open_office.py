"""What every service works with: database, rule pack, clock and calendar of one open office."""

from dataclasses import dataclass

from desktop.clock import Clock
from desktop.domain.act import Act, Actor
from desktop.domain.profile import Profile
from desktop.domain.workdays import Calendar
from desktop.storage.database import Database


@dataclass(frozen=True, slots=True)
class OpenOffice:
    """An office that is open for work."""

    db: Database
    profile: Profile
    clock: Clock
    calendar: Calendar

    def act(self, by: Actor, action: str, *, reason: str = "") -> Act:
        """Return the act under which a use case is written to the trail."""
        return Act(by=by, action=action, on=self.clock.today(), at=self.clock.now(), reason=reason)
