"""Who acts, from which desk, on which day and why: every write is given one of these."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; the office gives one person several (RELIABILITY: roles)."""

    ADMINISTRATOR = "administrator"
    REVIEWER = "reviewer"
    CLERK = "clerk"
    VILLAGE = "village"
    AUDITOR = "auditor"
    MARKET = "market"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Role.ADMINISTRATOR: "系统管理员",
    Role.REVIEWER: "审核员",
    Role.CLERK: "录入员",
    Role.VILLAGE: "村级",
    Role.AUDITOR: "审计员",
    Role.MARKET: "市场监管",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who is signed in."""

    account_id: int
    name: str
    roles: frozenset[Role]
    village_id: int | None
    desk: str


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is being done."""

    by: Actor
    action: str
    on: date
    at: datetime
    reason: str = ""

    def because(self, reason: str) -> "Act":
        """Return the same act with its reason."""
        return replace(self, reason=reason)
