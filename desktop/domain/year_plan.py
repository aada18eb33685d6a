"""The yearly plan (年度检查计划): how often each risk level is inspected, and when the next time is due.

An establishment that is inspected three times a year is due by the ends of April, August and December. Parts
of the year that had ended before the plan was decided, or before somebody was known, bind nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.lifecycle import Labelled


class SamplingResult(Labelled):
    """What came of a sample (抽检结果)."""

    WAITING = "waiting", "待出结果"
    GOOD = "good", "合格"
    BAD = "bad", "不合格"


@dataclass(frozen=True, slots=True)
class PlanTimes:
    """How many inspections and samples a year each level is given, by the codes of the levels."""

    inspections: Mapping[str, int]
    samplings: Mapping[str, int]

    def of(self, level: str) -> tuple[int, int]:
        return self.inspections.get(level, 0), self.samplings.get(level, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one stands to the plan: how often it must be inspected, was, and by when next."""

    wanted: int
    done: int
    due_on: date | None

    @property
    def left(self) -> int:
        return max(self.wanted - self.done, 0)


def parts(year: int, times: int) -> tuple[date, ...]:
    """Return the last days of the equal parts of a year, at the ends of months."""
    ends = []
    for part in range(1, times + 1):
        month = -(-12 * part // times)
        first_after = date(year + month // 12, month % 12 + 1, 1)
        ends.append(first_after - timedelta(days=1))
    return tuple(ends)


def standing(year: int, times: int, since: date, inspected: Sequence[date]) -> Standing:
    """Return how one stands that is to be inspected so many times in the year, and is bound since a day."""
    ends = parts(year, times)
    bound = [end for end in ends if end >= since]
    before = [end for end in ends if end < since]
    start = before[-1] if before else date(year - 1, 12, 31)
    done = sum(start < day <= date(year, 12, 31) for day in inspected)
    return Standing(len(bound), min(done, len(bound)), bound[done] if done < len(bound) else None)
