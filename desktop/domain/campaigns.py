"""Campaigns (专项整治): phases, the schedule of what is done when (配档表), how long a phase still runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MOST_OF_FOCUS, MOST_OF_MEASURES, MOST_OF_REMARK = 200, 400, 40
"""So many letters a line of the schedule takes; a longer one would fill a sheet by itself."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase; between two phases there may be a gap, as in the plan of 2018."""

    name: str
    starts_on: date
    ends_on: date

    def as_json(self) -> dict[str, Any]:
        """Return it as a record keeps it."""
        return {"name": self.name.strip(), "starts_on": str(self.starts_on), "ends_on": str(self.ends_on)}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Phase":
        """Return what a record kept."""
        return cls(kept["name"], date.fromisoformat(kept["starts_on"]), date.fromisoformat(kept["ends_on"]))


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the schedule: by when or from when to when, the focus, the measures, a remark."""

    starts_on: date | None
    ends_on: date
    focus: str
    measures: str
    remark: str = ""

    @property
    def when(self) -> str:
        """Say the time as such schedules do: 2022年2月底前, 2022年4月～6月."""
        first, last = self.starts_on, self.ends_on
        ends_a_month = (last + timedelta(days=1)).day == 1
        if first is None:
            return f"{last.year}年{last.month}月{'底' if ends_a_month else f'{last.day}日'}前"
        if first.day == 1 and ends_a_month:
            if (first.year, first.month) == (last.year, last.month):
                return f"{last.year}年{last.month}月"
            year = f"{last.year}年" if last.year != first.year else ""
            return f"{first.year}年{first.month}月～{year}{last.month}月"
        return f"{_day(first)}～{_day(last)}"

    def as_json(self) -> dict[str, Any]:
        """Return it as a record keeps it."""
        return {
            "starts_on": str(self.starts_on) if self.starts_on else None,
            "ends_on": str(self.ends_on),
            "focus": self.focus.strip(),
            "measures": self.measures.strip(),
            "remark": self.remark.strip(),
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Task":
        """Return what a record kept."""
        starts_on = kept["starts_on"]
        return cls(
            starts_on=date.fromisoformat(starts_on) if starts_on else None,
            ends_on=date.fromisoformat(kept["ends_on"]),
            focus=kept["focus"],
            measures=kept["measures"],
            remark=kept["remark"],
        )


@dataclass(frozen=True, slots=True)
class Countdown:
    """How long something still runs, in words; late is what has passed and was not ended."""

    words: str
    is_late: bool = False


def countdown(phases: Sequence[Phase], today: date) -> Countdown:
    """Say which phase runs and for how many more days; the last day still belongs to it."""
    for phase in phases:
        if today < phase.starts_on:
            return Countdown(
                f"“{phase.name}”{_day(phase.starts_on)}开始，还有 {(phase.starts_on - today).days} 天"
            )
        if today <= phase.ends_on:
            left = (phase.ends_on - today).days
            return Countdown(f"“{phase.name}”{f'还有 {left} 天' if left else '今天结束'}")
    return Countdown(f"已过结束日 {(today - phases[-1].ends_on).days} 天，还没有收尾", is_late=True)


def disorder(phases: Sequence[Phase], tasks: Sequence[Task]) -> str:
    """Say what is wrong with phases or with the schedule; empty where nothing is."""
    if not phases:
        return "专项整治至少要有一个阶段，写明名称、开始和结束日期"
    before: Phase | None = None
    for place, phase in enumerate(phases, 1):
        if not phase.name.strip():
            return f"第 {place} 个阶段没有名称，请补上"
        if phase.ends_on < phase.starts_on:
            return f"“{phase.name}”结束日 {phase.ends_on} 早于开始日 {phase.starts_on}，请核对"
        if before is not None and phase.starts_on <= before.ends_on:
            return f"“{phase.name}”与“{before.name}”的日期重叠，应从 {before.ends_on} 之后开始"
        before = phase
    for place, task in enumerate(tasks, 1):
        if not task.focus.strip():
            return f"配档表第 {place} 行没有工作重点，请补上"
        if task.starts_on is not None and task.ends_on < task.starts_on:
            return f"配档表第 {place} 行结束日 {task.ends_on} 早于开始日 {task.starts_on}，请核对"
        for what, text, most in (
            ("工作重点", task.focus, MOST_OF_FOCUS),
            ("推进措施", task.measures, MOST_OF_MEASURES),
            ("备注", task.remark, MOST_OF_REMARK),
        ):
            if len(text) > most:
                return f"配档表第 {place} 行的{what}有 {len(text)} 个字，最多 {most} 个，请写短些或者分成几行"
    return ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
