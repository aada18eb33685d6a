"""A month, a quarter or a year that somebody reports about (统计期)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from re import fullmatch

from desktop.domain.errors import WrongValue

MONTH, QUARTER, YEAR = "month", "quarter", "year"
_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """From its first to its last day; ``kind`` is month, quarter or year."""

    kind: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def label(self) -> str:
        """Return it as people write it."""
        match self.kind:
            case "month":
                return f"{self.first.year}年{self.first.month}月"
            case "quarter":
                return f"{self.first.year}年第{self.first.month // 3 + 1}季度"
            case _:
                return f"{self.first.year}年"


def read_period(typed: str) -> ReportingPeriod:
    """Read 2018-06, 2018-Q2 or 2018."""
    found = fullmatch(r"((?:19|20|21)\d\d)(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", typed.strip())
    if found is None:
        raise WrongValue("period", f"“{typed}”不是统计期；写成 2018-06（月）、2018-Q2（季）或 2018（年）")
    year, month, quarter = int(found[1]), found[2], found[3]
    if month:
        return _from(MONTH, date(year, int(month), 1))
    return _from(QUARTER, date(year, 3 * int(quarter) - 2, 1)) if quarter else _from(YEAR, date(year, 1, 1))


def period_of(kind: str, day: date) -> ReportingPeriod:
    """Return the month, quarter or year in which a day lies."""
    months = _MONTHS[kind]
    return _from(kind, date(day.year, (day.month - 1) // months * months + 1, 1))


def _from(kind: str, first: date) -> ReportingPeriod:
    last = first.month + _MONTHS[kind] - 1
    return ReportingPeriod(kind, first, date(first.year, last, monthrange(first.year, last)[1]))
