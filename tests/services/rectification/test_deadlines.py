"""The wall: what is late is computed from the due day, what cannot be counted is shown and said."""

from datetime import date, timedelta

import pytest

from desktop.domain.act import Role
from desktop.domain.lifecycle import Stage
from desktop.domain.wall import Column, WallFilters
from desktop.errors import UserError
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.workbench import Workbench
from tests.offices import TODAY, TestOffice
from tests.visits import PAIR, enter, ordered, reinspect

FRIDAY = date(2018, 6, 15)


@pytest.mark.parametrize(
    ("on", "left", "is_overdue", "words"),
    [
        (date(2018, 6, 13), 2, False, "还有 2 个工作日"),
        (FRIDAY, 0, False, "今天到期"),
        (date(2018, 6, 16), -1, True, "逾期 1 个工作日"),  # a Saturday already
        (date(2018, 6, 18), -1, True, "逾期 1 个工作日"),  # 端午节
        (date(2018, 6, 20), -2, True, "逾期 2 个工作日"),
    ],
)
def test_the_due_day_is_in_time_and_the_next_calendar_day_is_late(
    desk: TestOffice, on: date, left: int, is_overdue: bool, words: str
) -> None:
    order = ordered(desk, enter(desk), until=Until(due_on=FRIDAY))

    (row,) = Deadlines(desk.office).overdue(on, by=desk.clerk)

    assert (row.case_id, row.due_on, row.village) == (order.case_id, FRIDAY, "沙湖村")
    assert (row.workdays_left, row.is_overdue, row.words) == (left, is_overdue, words)


def test_a_due_day_on_a_day_off_is_in_time_and_is_said_to_be_one(desk: TestOffice) -> None:
    ordered(desk, enter(desk), until=Until(due_on=date(2018, 6, 17)))

    (row,) = Deadlines(desk.office).overdue(FRIDAY, within_workdays=0, by=desk.clerk)

    assert (row.workdays_left, row.is_overdue, row.words) == (0, False, "休息日到期")


def test_what_is_due_later_is_listed_when_it_lies_within_so_many_workdays(desk: TestOffice) -> None:
    late = ordered(desk, enter(desk), until=Until(due_on=date(2018, 6, 11)))
    soon = ordered(desk, enter(desk, 2), until=Until(due_on=date(2018, 6, 19)))
    deadlines = Deadlines(desk.office)

    def within(workdays: int) -> list[int]:
        rows = deadlines.overdue(date(2018, 6, 12), within_workdays=workdays, by=desk.clerk)
        return [row.case_id for row in rows]

    assert within(0) == [late.case_id]
    assert within(3) == [late.case_id]
    assert within(4) == [late.case_id, soon.case_id]
    with pytest.raises(UserError, match="天不对"):
        within(99_999)


def test_a_case_leaves_the_list_when_it_is_good_and_returns_when_it_is_not(desk: TestOffice) -> None:
    good, bad = ordered(desk, enter(desk)), ordered(desk, enter(desk, 2))
    reinspect(desk, good.case_id, on=TODAY)
    reinspect(desk, bad.case_id, "partly", on=TODAY)

    rows = Deadlines(desk.office).overdue(date(2018, 7, 2), by=desk.clerk)

    assert [(row.case_id, row.stage) for row in rows] == [(bad.case_id, Stage.FAILED)]


def test_at_the_turn_of_a_year_without_calendar_no_deadline_is_hidden(desk: TestOffice) -> None:
    last = max(desk.office.calendar.years)
    desk.clock.day = date(last, 12, 28)
    ordered(desk, enter(desk), on=desk.clock.day, until=Until(days=15))

    (row,) = Deadlines(desk.office).overdue(desk.clock.day, by=desk.clerk)

    assert (row.workdays_left, row.is_overdue) == (None, False)
    assert row.words == f"{last + 1} 年日历未装入"

    (late,) = Deadlines(desk.office).overdue(date(last + 1, 2, 1), by=desk.clerk)
    assert (late.workdays_left, late.is_overdue) == (None, True)
    assert late.words == f"已逾期，{last + 1} 年日历未装入"
    desk.clock.day = date(last + 1, 2, 1)
    today = Workbench(desk.office).today(by=desk.clerk)
    assert (today.counts.late, today.counts.longest_late_workdays) == (1, None)


def test_each_open_case_stands_in_one_column_of_the_wall(desk: TestOffice) -> None:
    cases = Rectifications(desk.office)
    dues = [date(2018, 6, 11), date(2018, 6, 17), date(2018, 6, 18), *[date(2018, 6, 25)] * 4]
    orders = [
        ordered(desk, enter(desk, number), until=Until(due_on=due)).case_id
        for number, due in enumerate(dues, 1)
    ]
    cases.report(orders[3], on=TODAY, by=desk.clerk)
    reinspect(desk, orders[4], on=TODAY)
    reinspect(desk, orders[5], "not-good", on=TODAY)
    reinspect(desk, orders[6], on=TODAY)
    cases.close_out(orders[6], on=TODAY, by=desk.clerk)
    desk.clock.day = date(2018, 6, 12)

    rows = Deadlines(desk.office).wall(WallFilters(), by=desk.clerk)

    assert {row.case_id: row.column for row in rows} == dict(
        zip(
            orders[:6],
            [
                Column.LATE,
                Column.THIS_WEEK,
                Column.LATER,
                Column.TO_REINSPECT,
                Column.TO_CLOSE_OUT,
                Column.TO_ORDER,
            ],
            strict=True,
        )
    )
    counts = Deadlines(desk.office).counts(WallFilters(), by=desk.clerk)
    assert {column: count for column, count in counts.items() if count} == dict.fromkeys(
        (row.column for row in rows), 1
    )
    for row in rows:
        only = Deadlines(desk.office).wall(WallFilters(column=row.column), by=desk.clerk)
        assert [one.case_id for one in only] == [row.case_id]


def test_the_pages_of_a_column_are_the_column_whatever_stages_stand_in_it(desk: TestOffice) -> None:
    days = [11, 25, 14, 20, 12, 17, 25]
    orders = [
        ordered(desk, enter(desk, number), until=Until(due_on=date(2018, 6, day))).case_id
        for number, day in enumerate(days, 1)
    ]
    for number, case in enumerate(orders):
        if number % 3 == 1:
            Rectifications(desk.office).report(case, on=TODAY, by=desk.clerk)
        if number % 3 == 2:
            reinspect(desk, case, "not-good", on=TODAY)
    desk.clock.day = date(2018, 6, 30)
    deadlines, late = Deadlines(desk.office), WallFilters(column=Column.LATE, inspectors=PAIR[:1])

    pages = [deadlines.wall(late, by=desk.clerk, offset=at, limit=3) for at in range(0, 9, 3)]

    expected = [case for _, case in sorted(zip(days, orders, strict=True))]
    assert [row.case_id for page in pages for row in page] == expected


def test_the_wall_is_narrowed_by_trade_village_and_problem(desk: TestOffice) -> None:
    first = ordered(desk, enter(desk), "S05").case_id
    second = ordered(desk, enter(desk, 2), "S07", "S08").case_id
    deadlines = Deadlines(desk.office)

    def chosen(**wanted: object) -> list[int]:
        return [row.case_id for row in deadlines.wall(WallFilters(**wanted), by=desk.clerk)]

    assert chosen() == [first, second]
    assert chosen(items=("S08",)) == [second]
    assert chosen(kinds=("workshop",)) == []
    assert chosen(kinds=("workshop", "stall")) == [first, second]
    assert chosen(village_ids=(999,)) == []
    assert chosen(village_ids=(999, 3)) == [first, second]


def test_a_village_sees_its_own_deadlines_only(desk: TestOffice) -> None:
    ordered(desk, enter(desk))
    elsewhere = desk.somebody("外村", Role.VILLAGE, village_id=2)
    on = TODAY + timedelta(days=60)

    assert Deadlines(desk.office).overdue(on, by=elsewhere) == ()
    assert len(Deadlines(desk.office).overdue(on, by=desk.clerk)) == 1
    assert not any(Deadlines(desk.office).counts(WallFilters(), by=elsewhere).values())


def test_the_wall_is_narrowed_by_problem_and_by_whoever_went_there(desk: TestOffice) -> None:
    first, second = (
        ordered(desk, enter(desk, number), item).case_id for number, item in ((1, "S05"), (2, "S07"))
    )
    Rectifications(desk.office).reinspect(
        second, on=TODAY, inspectors=["钱进", "何玉珍"], result="not-good", by=desk.clerk
    )
    wall = Deadlines(desk.office)

    def cases(**told: tuple[str, ...]) -> list[int]:
        rows = wall.wall(WallFilters(**told), by=desk.clerk)
        assert sum(wall.counts(WallFilters(**told), by=desk.clerk).values()) == len(rows)
        return sorted(row.case_id for row in rows)

    assert cases(items=("S05",)) == [first]
    assert cases(items=("S05", "S07")) == [first, second]
    assert cases(inspectors=("钱进",)) == [second]
    assert cases(inspectors=("赵学军", "钱进")) == [first, second]
    assert cases(items=("S05",), inspectors=("钱进",)) == []
    assert cases(inspectors=("钱",)) == []
    assert wall.inspectors(by=desk.clerk) == tuple(sorted(("赵学军", "史国平", "钱进", "何玉珍")))
