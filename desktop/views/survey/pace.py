"""How fast records are entered: since when, how many, how many in an hour."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LEAST = timedelta(minutes=1)
"""Before this, a rate would say nothing."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A sitting at the grid; it begins with the first keystroke and not with opening the page."""

    began_at: datetime | None = None
    count: int = 0

    def typed(self, now: datetime) -> "Pace":
        """Return the pace with its beginning set, at the first keystroke."""
        return self if self.began_at is not None else replace(self, began_at=now)

    def saved(self, rows: int) -> "Pace":
        return replace(self, count=self.count + rows)

    def minutes(self, now: datetime) -> int:
        return int((now - self.began_at).total_seconds() // 60) if self.began_at is not None else 0

    def per_hour(self, now: datetime) -> int | None:
        """Return records per hour, or nothing while that would be a guess."""
        if self.began_at is None or not self.count or now - self.began_at < LEAST:
            return None
        return round(self.count / ((now - self.began_at) / timedelta(hours=1)))
