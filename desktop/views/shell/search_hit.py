"""One thing that the search has found, as a line of its list shows it."""

from dataclasses import dataclass

from desktop.views.kit.chips import ChipText


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One line of the list; ``marks`` are the places in the title that the search has matched."""

    id: object
    title: str
    detail: str
    icon: str
    chip: ChipText | None = None
    marks: frozenset[int] = frozenset()
    section: str = "档案"
    key: str = ""
