"""Under which keys the survey keeps its drafts, and how the page speaks of them."""

from datetime import datetime
from uuid import UUID

PREFIX = "survey/"
NEW = "survey/new/"
CHANGE = "survey/change/"
GRID = "survey/grid/"


def new_sheet(kind: str, identity: UUID) -> str:
    """Return the key of a new sheet; each has its own, so that several can wait."""
    return f"{NEW}{kind}/{identity}"


def changed_sheet(establishment_id: int) -> str:
    return f"{CHANGE}{establishment_id}"


def grid_sheets(kind: str) -> str:
    return f"{GRID}{kind}"


def when(moment: datetime) -> str:
    """Return a moment as the wall clock shows it."""
    return moment.astimezone().strftime("%H:%M:%S")
