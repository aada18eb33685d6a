"""What the workbench shows of a day: numbers, things to do, how far the villages are, what happened."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Subject(StrEnum):
    """What a thing to do is about; it says which page does it."""

    CASE = "case"
    FINDING = "finding"
    APPLICATION = "application"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do next: about whom, by when, and where it stands."""

    subject: Subject
    id: int
    establishment_id: int
    title: str
    village: str
    text: str
    status: str
    due_on: date | None
    workdays_left: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the tiles and of what waits for somebody's word.

    ``longest_late_workdays`` is ``None`` where the calendar that would tell is not loaded.
    """

    late: int
    longest_late_workdays: int | None
    due_soon: int
    due_today: int
    to_reinspect: int
    to_close_out: int
    expiring: int
    findings: int
    to_order: int
    under_way: int
    to_collect: int
    silent_villages: int
    villages: int
    parked_duplicates: int
    drafts: int

    @property
    def to_do(self) -> int:
        return self.late + self.due_soon + self.to_reinspect + self.to_close_out + self._other

    @property
    def _other(self) -> int:
        return self.findings + self.to_order + self.under_way + self.expiring


@dataclass(frozen=True, slots=True)
class VillageRate:
    """How many of those that trade in a village are registered, and when it was last surveyed."""

    village_id: int
    village: str
    registered: int
    trading: int
    surveyed_on: date | None

    @property
    def rate(self) -> float:
        return self.registered / self.trading if self.trading else 0.0


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the workbench shows."""

    counts: Counts
    to_do: tuple[ToDo, ...]
    rates: tuple[VillageRate, ...]


@dataclass(frozen=True, slots=True)
class RunningCampaign:
    """A campaign that was not ended: its name, how long its phase still runs."""

    id: int
    name: str
    words: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class VisitsToday:
    """Whom to visit, as the workbench says it.

    ``first`` is ``None`` where the province sets no time for a first inspection, ``planned`` counts whose
    turn comes by the end of the month or is over; it is ``None`` where no plan was decided for this year, or
    the register is too large to count that while somebody waits.
    """

    drawn: int
    first: int | None
    planned: int | None
    campaigns: tuple[RunningCampaign, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One act: when, who, what, about whom; ``count`` tells how many establishments it touched."""

    at: datetime
    on: date
    account: str
    action: str
    title: str
    count: int
    establishment_id: int | None
