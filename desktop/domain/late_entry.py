"""What is entered days after it was done (补录): why, and which second person stands behind it."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.rectification import CaseStep

OWN_ACTS = frozenset(
    {
        CaseStep.ORDERED,
        CaseStep.EXTENDED,
        CaseStep.REINSPECTED,
        CaseStep.SUPERVISED,
        CaseStep.TRANSFERRED,
        CaseStep.CLOSED_OUT,
    }
)
"""What the office itself does about a case.

Service and report have a paper of somebody else's that bears their day; the other steps come with an
inspection, a look-back or a closing down, which accounts for itself.
"""


@dataclass(frozen=True, slots=True)
class LateEntry:
    """Why something is entered late, and who of the others agrees; true where both are told."""

    reason: str = ""
    approved_by: str = ""

    @property
    def is_told(self) -> bool:
        """True where anything is told, be it only half of it."""
        return bool(self.reason.strip() or self.approved_by.strip())

    def __bool__(self) -> bool:
        return bool(self.reason.strip() and self.approved_by.strip())


IN_TIME = LateEntry()


def days_late(on: date, today: date, *, most: int) -> int:
    """Return how many days ago something was done; 0 where that is no more than the rule pack allows."""
    days = (today - on).days
    return days if days > most else 0
