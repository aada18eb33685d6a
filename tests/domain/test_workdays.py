"""The days that the law counts: compared with a slow count, day by day."""

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday as announced_workday
from hypothesis import given
from hypothesis.strategies import dates, integers

from desktop.domain.errors import WrongValue
from desktop.domain.strict_toml import WrongFile
from desktop.domain.workdays import Calendar, MissingYear, add_days, parse_year, shipped_years
from installer.workdays import YEARS, year_file

CALENDAR = Calendar.of(shipped_years())
DAYS = dates(date(2015, 6, 1), date(2025, 6, 30))  # so that no period leaves the years that are loaded
GOOD = 'year = 2027\nsource = "通知"\ndays_off = ["2027-01-01"]\nworking_weekends = ["2027-02-06"]\n'


def slow_count(start, end):
    """Count workdays after start up to end, one by one."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(announced_workday(day) for day in days)


def test_every_day_of_the_shipped_years_is_as_announced():
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [day for day in days if CALENDAR.is_workday(day) != announced_workday(day)] == []


@given(DAYS, integers(1, 60))
def test_a_deadline_is_a_workday_with_exactly_that_many_counted(ordered_on, workdays):
    due_on = CALENDAR.due_on(ordered_on, workdays)
    assert announced_workday(due_on)
    assert slow_count(ordered_on, due_on) == workdays


@given(DAYS, integers(-90, 90))
def test_workdays_left_are_those_after_today_and_at_most_minus_one_when_late(today, distance):
    due_on = today + timedelta(days=distance)
    left = CALENDAR.workdays_left(today, due_on)
    if distance >= 0:
        assert left == slow_count(today, due_on)
    else:
        assert left == min(-1, -slow_count(due_on, today))


def test_the_due_day_itself_is_in_time_and_the_saturday_after_is_late():
    friday = date(2018, 5, 25)
    assert CALENDAR.workdays_left(friday, friday) == 0
    assert [CALENDAR.workdays_left(friday + timedelta(days=n), friday) for n in (1, 2, 3, 4)] == [
        -1,
        -1,
        -1,
        -2,
    ]


def test_a_worked_weekend_counts_and_a_holiday_does_not():
    assert CALENDAR.due_on(date(2018, 9, 28), 2) == date(2018, 9, 30)
    assert CALENDAR.due_on(date(2018, 9, 30), 1) == date(2018, 10, 8)


@given(DAYS, integers(1, 400))
def test_calendar_days_count_every_day(start, days):
    assert add_days(start, days) - start == timedelta(days=days)


def test_a_year_that_is_not_loaded_is_said_and_never_guessed():
    with pytest.raises(MissingYear, match="2027 年日历未装入") as missing:
        CALENDAR.due_on(date(2026, 12, 30), 5)
    assert missing.value.year == 2027


def test_a_late_case_of_a_year_that_is_not_loaded_is_said_too():
    with pytest.raises(MissingYear):
        CALENDAR.workdays_left(date(2027, 1, 5), date(2026, 12, 25))


def test_only_the_days_that_are_counted_need_their_year():
    new_years_eve, new_year = date(2014, 12, 31), date(2015, 1, 5)
    assert CALENDAR.workdays_between(new_years_eve, new_year) == 2
    with pytest.raises(MissingYear, match="2014"):
        CALENDAR.workdays_between(new_years_eve - timedelta(days=1), new_year)


@pytest.mark.parametrize("days", [0, -1, 1_000_000])
def test_a_period_of_no_days_or_of_thousands_of_years_is_refused(days):
    for count in (CALENDAR.due_on, add_days):
        with pytest.raises(WrongValue, match="期限"):
            count(date(2018, 6, 1), days)


def test_of_two_tables_for_one_year_the_offices_own_wins():
    own = parse_year(GOOD.replace("2027-01-01", "2027-01-04"), "2027.toml")
    calendar = Calendar.of([parse_year(GOOD, "2027.toml"), own])
    assert [calendar.is_workday(date(2027, 1, day)) for day in (1, 4)] == [True, False]


def test_an_office_can_load_the_next_year():
    calendar = Calendar.of([*shipped_years(), parse_year(GOOD, "2027.toml")])
    assert [calendar.is_workday(date(2027, *day)) for day in ((1, 1), (1, 4), (2, 6), (2, 7))] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("good", "wrong", "told"),
    [
        ("2027-01-01", "2028-01-01", "不在 2027 年"),
        ("2027-01-01", "2027-01-02", "星期六"),
        ("2027-02-06", "2027-02-05", "星期五"),
        ("2027-01-01", "元旦", "不是日期"),
        ('"2027-01-01"', '"2027-01-01", "2027-01-01"', "两次"),
        ('["2027-01-01"]', "[]", "放假"),
        ("days_off", "daysoff", "days_off"),
        ('2027-01-01"]', '2027-01-01"', "2027.toml"),
        ("year = 2027", "year = 2027\nholiday = 1", "holiday"),
    ],
)
def test_a_year_file_that_is_not_as_it_must_be_is_refused_with_its_place(good, wrong, told):
    with pytest.raises(WrongFile, match=told) as refusal:
        parse_year(GOOD.replace(good, wrong, 1), "2027.toml")
    assert refusal.value.line >= 1


def test_the_developers_script_writes_what_the_program_reads():
    days = [date(2027, 1, 1), date(2027, 1, 2), date(2026, 1, 1)]
    table = parse_year(year_file(2027, days, [date(2027, 2, 6)]), "2027.toml")
    assert (table.days_off, table.working_weekends) == ((date(2027, 1, 1),), (date(2027, 2, 6),))
