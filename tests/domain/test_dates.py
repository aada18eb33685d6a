"""Days are read as people write them; what would need a guess is refused."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, floats, integers, text

from desktop.domain.dates import read_date
from desktop.domain.errors import WrongValue

DAY = date(2018, 4, 3)
DAYS = dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "2018.4.3",
        "18.4.3",
        "2018-4-3",
        "2018/04/03",
        "20180403",
        20180403,
        20180403.0,
        "2018年4月3日",
        "2018年4月3号",
        "二〇一八年四月三日",
        "二○一八年四月三日",
        "２０１８．４．３",
        "2018.4.3\t",
        "2018.4.3.",
        "2018-04-03 00:00:00",
        "2018-04-03T08:30",
        43193,
        43193.75,
        "43193",
        DAY,
        datetime(2018, 4, 3, 23, 59),  # noqa: DTZ001 - cells hold moments without a zone
    ],
)
def test_the_third_of_april_is_read_in_every_usual_spelling(typed):
    assert read_date(typed) == DAY


@given(DAYS)
def test_every_day_is_read_back_from_each_of_its_spellings(day):
    spellings = (
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        (day - date(1899, 12, 30)).days,
    )
    assert {read_date(typed) for typed in spellings} == {day}


@pytest.mark.parametrize(
    "typed", ["2018-02-30", "2018年2月30日", 20180230, "2018.13.3", "2019.2.29", "二〇一八年四月三十一日"]
)
def test_a_day_that_never_was_is_impossible(typed):
    with pytest.raises(WrongValue, match="请核对") as wrong:
        read_date(typed)
    assert wrong.value.code == "date_impossible"


@pytest.mark.parametrize(
    "typed",
    [
        "2018.4",
        2018.4,
        "4月3日",
        "4/3/2018",
        "03.4.18",
        "180403",
        18_263,
        "73051",
        "二〇一八年四月二三日",
        "2018",
        2018,
        "去年",
        "",
        None,
        True,
        float("nan"),
    ],
)
def test_what_needs_a_guess_is_unreadable(typed):
    with pytest.raises(WrongValue) as wrong:
        read_date(typed)
    assert wrong.value.code == "date_unreadable"


@given(text() | floats() | integers())
def test_anything_at_all_is_read_as_a_day_or_refused_with_a_sentence(typed):
    with suppress(WrongValue):
        assert date(1900, 1, 1) <= read_date(typed) < date(2100, 1, 1)


def test_serial_days_follow_each_other():
    assert read_date(43194) - read_date(43193) == timedelta(days=1)
