"""The one place where the program asks what day and what moment it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the day on which the work is done and the real moment of an entry."""

    def today(self) -> date: ...

    def now(self) -> datetime:
        """Return the real moment in UTC; it is kept beside every claimed day as ``entered_at``."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def today(self) -> date:
        return datetime.now().astimezone().date()  # noqa: TID251 - this is the one place

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the one place


@dataclass(frozen=True, slots=True)
class WorkingDayClock:
    """A day chosen by the person (``--today``); moments stay real."""

    day: date
    real: Clock = SystemClock()

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return self.real.now()
