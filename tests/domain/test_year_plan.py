"""The yearly plan: the parts of a year, what is due next, and who is bound by which part."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import dates, integers, lists

from desktop.domain.year_plan import Standing, parts, standing

NEW_YEAR = date(2022, 1, 1)


def test_three_times_a_year_is_due_by_the_ends_of_april_august_and_december() -> None:
    assert parts(2022, 3) == (date(2022, 4, 30), date(2022, 8, 31), date(2022, 12, 31))
    assert parts(2024, 6)[0] == date(2024, 2, 29)
    assert parts(2022, 0) == ()


def test_each_inspection_moves_the_day_on_until_nothing_is_due() -> None:
    seen = [date(2022, 3, 1), date(2022, 7, 1)]

    assert standing(2022, 2, NEW_YEAR, []) == Standing(2, 0, date(2022, 6, 30))
    assert standing(2022, 2, NEW_YEAR, seen[:1]) == Standing(2, 1, date(2022, 12, 31))
    assert standing(2022, 2, NEW_YEAR, seen) == Standing(2, 2, None)


def test_parts_that_had_ended_bind_nobody_and_their_inspections_do_not_count() -> None:
    in_may = date(2022, 5, 10)

    assert standing(2022, 4, in_may, [date(2022, 2, 1)]) == Standing(3, 0, date(2022, 6, 30))
    assert standing(2022, 4, date(2022, 3, 31), []).wanted == 4, "its last day still binds"
    assert standing(2022, 4, date(2023, 1, 1), []) == Standing(0, 0, None)


@given(integers(0, 12), dates(NEW_YEAR, date(2022, 12, 31)), lists(dates(date(2021, 6, 1), date(2023, 6, 1))))
def test_what_is_left_and_the_due_day_agree(times: int, since: date, inspected: list[date]) -> None:
    stands = standing(2022, times, since, sorted(inspected))

    assert 0 <= stands.done <= stands.wanted <= times
    assert (stands.due_on is None) == (stands.left == 0)
    assert stands.due_on is None or since <= stands.due_on
    assert stands.due_on is None or (stands.due_on + timedelta(days=1)).day == 1
