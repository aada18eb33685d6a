"""Writes the year files of workdays from the tables of the chinesecalendar package; run by developers."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "desktop" / "domain" / "year_tables"
YEARS = range(2015, 2027)
_SATURDAY = 5


def year_file(year: int, holidays: Iterable[date], workdays: Iterable[date]) -> str:
    """Return the text of one year's file: weekdays off and weekend days worked."""
    days_off = [day for day in holidays if day.year == year and day.weekday() < _SATURDAY]
    worked = [day for day in workdays if day.year == year and day.weekday() >= _SATURDAY]
    return (
        f"# {year} 年放假的工作日和调休上班的周末；其余周一至周五上班，周六、周日休息。\n"
        f"year = {year}\n"
        f'source = "国务院办公厅关于 {year} 年部分节假日安排的通知（据 chinesecalendar 整理）"\n'
        f"days_off = {_listed(days_off)}\n"
        f"working_weekends = {_listed(worked)}\n"
    )


def _listed(days: Iterable[date]) -> str:
    return "[\n" + "".join(f'    "{day.isoformat()}",\n' for day in sorted(days)) + "]"


def main() -> None:
    """Write every year anew."""
    from chinese_calendar.constants import holidays, workdays

    FOLDER.mkdir(exist_ok=True)
    for year in YEARS:
        path = FOLDER / f"{year}.toml"
        path.write_text(year_file(year, holidays, workdays), encoding="utf-8")


if __name__ == "__main__":
    main()
