"""The day of a visit is a day on which somebody can have been there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates

from desktop.domain.forms import check_days
from desktop.profiles import load_profile

TODAY = date(2018, 6, 8)
FORM = load_profile("jintan-2018").form("stall")


@given(dates(date(2000, 1, 1), TODAY))
def test_a_visit_up_to_today_is_fine(day: date) -> None:
    assert check_days(FORM, {"surveyed_on": day}, TODAY) == []


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2081, 4, 3), date(1999, 12, 31)])
def test_a_visit_to_come_or_before_there_were_any_is_out_of_range(day: date) -> None:
    (problem,) = check_days(FORM, {"surveyed_on": day}, TODAY)

    assert (problem.field, problem.code) == ("surveyed_on", "out_of_range")
    assert str(day) in problem.message


def test_no_day_is_no_problem_here() -> None:
    assert check_days(FORM, {}, TODAY) == []
