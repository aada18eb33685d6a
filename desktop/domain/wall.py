"""What stands on the wall (整改销号) and how it can be asked; the services answer."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.lifecycle import Labelled, Stage


class Column(Labelled):
    """A column of the wall; each open case stands in exactly one."""

    LATE = "late", "逾期"
    THIS_WEEK = "this_week", "本周到期"
    LATER = "later", "以后到期"
    TO_REINSPECT = "to_reinspect", "待复查"
    TO_CLOSE_OUT = "to_close_out", "待销号"
    TO_ORDER = "to_order", "待责令"
    TRANSFERRED = "transferred", "已移送"


@dataclass(frozen=True, slots=True)
class WallFilters:
    """Which part of the wall is wanted; an empty one is all that is open.

    Several values of one filter are alternatives, and all filters must hold. ``items`` are codes of the check
    lists, ``inspectors`` names of whoever found it or went there again.
    """

    column: Column | None = None
    kinds: tuple[str, ...] = ()
    village_ids: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    inspectors: tuple[str, ...] = ()
    establishment_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A case with its time: 0 workdays left on the due day, −1 or less from the next calendar day.

    ``workdays_left`` is ``None`` where the case has no due day, or its year's calendar is not loaded.
    """

    case_id: int
    establishment_id: int
    archive_number: str
    kind: str
    title: str
    operator_name: str
    village: str
    stage: Stage
    column: Column
    due_on: date | None
    workdays_left: int | None
    is_overdue: bool
    is_starred: bool
    asked_on: date

    @property
    def words(self) -> str:
        """Say the time that is left as people say it."""
        if self.due_on is None:
            return "未定期限"
        if self.workdays_left is None:
            late = "已逾期，" if self.is_overdue else ""
            return f"{late}{max(self.due_on, self.asked_on).year} 年日历未装入"
        if self.is_overdue:
            return f"逾期 {-self.workdays_left} 个工作日"
        if self.due_on == self.asked_on:
            return "今天到期"
        return f"还有 {self.workdays_left} 个工作日" if self.workdays_left else "休息日到期"
