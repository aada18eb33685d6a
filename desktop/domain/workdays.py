"""The days that the law counts: workdays without holidays, with 调休 weekends, and calendar days."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from desktop.domain.errors import WrongValue
from desktop.domain.strict_toml import StrictTable

_SATURDAY = 5
_MOST_DAYS = 3_660


class MissingYear(WrongValue):
    """A period reaches into a year whose holidays are not known yet."""

    def __init__(self, year: int) -> None:
        super().__init__(
            "missing_year",
            f"{year} 年日历未装入，数不出工作日；"
            f"请管理员装入国务院办公厅公布的 {year} 年放假安排，再办这一步",
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year as the State Council announced it: weekdays off, and weekend days that are worked."""

    year: int
    source: str
    days_off: tuple[date, ...]
    working_weekends: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years that are loaded; a day outside them is ``MissingYear``, never a guess."""

    years: frozenset[int]
    days_off: tuple[date, ...]
    working_weekends: tuple[date, ...]

    @classmethod
    def of(cls, tables: Iterable[YearTable]) -> "Calendar":
        """Put years together; of two tables for one year the later wins (an office's own, say)."""
        by_year = {table.year: table for table in tables}
        return cls(
            frozenset(by_year),
            tuple(sorted(day for table in by_year.values() for day in table.days_off)),
            tuple(sorted(day for table in by_year.values() for day in table.working_weekends)),
        )

    def is_workday(self, day: date) -> bool:
        """Return whether the offices work on this day."""
        if day.year not in self.years:
            raise MissingYear(day.year)
        return self._upto(day) != self._upto(day - timedelta(days=1))

    def add_workdays(self, from_day: date, workdays: int) -> date:
        """Return the ``workdays``-th workday after a day, which itself does not count; 0 is the day."""
        day = from_day
        left = _checked(workdays, least=0)
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_workday(day)
        return day

    def due_on(self, ordered_on: date, workdays: int) -> date:
        """Return the last day in time; the day of the order does not count, the due day is still in time.

        行政许可法 art. 82: 以工作日计算，不含法定节假日.
        """
        return self.add_workdays(ordered_on, _checked(workdays))

    def workdays_between(self, start: date, end: date) -> int:
        """Count the workdays after ``start`` up to and with ``end``; 0 where ``end`` is not later."""
        if end <= start:
            return 0
        for year in range((start + timedelta(days=1)).year, end.year + 1):
            if year not in self.years:
                raise MissingYear(year)
        return self._upto(end) - self._upto(start)

    def workdays_left(self, today: date, due_on: date) -> int:
        """Return 0 on the due day, and −1 or less from the next calendar day, a weekend too."""
        if today <= due_on:
            return self.workdays_between(today, due_on)
        return min(-1, -self.workdays_between(due_on, today))

    def _upto(self, day: date) -> int:
        """Count workdays from the beginning of time: weekdays, less days off, plus worked weekends."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)  # ordinal 1 was a Monday
        weekdays = weeks * 5 + min(weekday + 1, 5)
        return weekdays - bisect_right(self.days_off, day) + bisect_right(self.working_weekends, day)


def add_days(from_day: date, days: int) -> date:
    """Return the last day in time of a period in calendar days; the day it begins does not count."""
    return from_day + timedelta(days=_checked(days))


def parse_year(text: str, file: str) -> YearTable:
    """Read one year file; ``WrongFile`` names line and key of the first thing that is not as it must be."""
    top = StrictTable.of_text(text, file)
    year = top.integer("year", least=2000)
    table = YearTable(
        year=year,
        source=top.text("source"),
        days_off=_days(top, "days_off", year, on_weekend=False),
        working_weekends=_days(top, "working_weekends", year, on_weekend=True),
    )
    if not table.days_off:
        raise top.refuse("days_off", "没有一天放假，这不像一年的放假安排；请照国务院办公厅的通知填写")
    top.finish()
    return table


def shipped_years() -> tuple[YearTable, ...]:
    """Return the years that come with the program."""
    folder = files("desktop.domain") / "year_tables"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(parse_year((folder / name).read_text(encoding="utf-8"), name) for name in names)


def _days(table: StrictTable, key: str, year: int, *, on_weekend: bool) -> tuple[date, ...]:
    days = []
    for text in table.texts(key):
        try:
            day = date.fromisoformat(text)
        except ValueError as wrong:
            raise table.refuse(key, f'“{text}”不是日期，应如 "{year}-10-01"') from wrong
        if day.year != year:
            raise table.refuse(key, f"{text} 不在 {year} 年")
        if (day.weekday() >= _SATURDAY) != on_weekend:
            wanted = "只写调休上班的周六、周日" if on_weekend else "只写放假的周一至周五，周末本来不上班"
            raise table.refuse(key, f"{text} 是星期{'一二三四五六日'[day.weekday()]}；这里{wanted}")
        days.append(day)
    if len(set(days)) != len(days):
        raise table.refuse(key, "有一天写了两次")
    return tuple(days)


def _checked(days: int, *, least: int = 1) -> int:
    if least <= days <= _MOST_DAYS:
        return days
    raise WrongValue("out_of_range", f"期限 {days} 天不对，应为 {least} 到 {_MOST_DAYS} 天")
