"""Why somebody is still to be visited (待检查); the services say who."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.lifecycle import Labelled


class VisitReason(Labelled):
    """What a visit is due for; an establishment may be due for several."""

    DRAWN = "drawn", "随机抽取"
    FIRST = "first", "首次检查"
    PLANNED = "planned", "年度计划"
    CAMPAIGN = "campaign", "专项整治"


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit that is due: at whom, for what, by when, in which mode, by whom where that was drawn."""

    reason: VisitReason
    establishment_id: int
    kind: str
    title: str
    operator_name: str
    village: str
    about: str
    due_on: date | None
    since: date | None
    mode: str
    inspectors: tuple[str, ...] = ()
    is_look_back: bool = False
