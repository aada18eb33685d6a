"""Putting right by a date: no step before the one it follows, no deadline bent, nobody closes out alone."""

from datetime import date, timedelta

import pytest

from desktop.domain.act import Role
from desktop.domain.lifecycle import Stage
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.services.office.trail import Trail
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.rectification.rectifications import Rectifications, Until
from tests.offices import TODAY, TestOffice
from tests.visits import PAIR, enter, ordered, reinspect, visit

DUE = date(2018, 6, 18)  # ten days after the order, whose own day does not count


def test_a_case_goes_from_the_finding_to_its_closing_out(desk: TestOffice) -> None:
    cases = Rectifications(desk.office)
    order = ordered(desk, enter(desk), "S05", "S07")
    desk.clock.day = date(2018, 6, 15)
    cases.serve(order.case_id, on=date(2018, 6, 9), how="直接送达", by=desk.clerk)
    cases.report(order.case_id, on=date(2018, 6, 14), by=desk.clerk)
    reinspect(desk, order.case_id, on=date(2018, 6, 15))
    desk.clock.day = date(2018, 6, 20)

    done = cases.close_out(order.case_id, on=date(2018, 6, 20), by=desk.clerk)

    case = cases.case(order.case_id, by=desk.clerk)
    assert (done.stage, case.stage) == (Stage.CLOSED_OUT, Stage.CLOSED_OUT)
    steps = ["found", "ordered", "served", "reported", "reinspected", "closed_out"]
    assert [step.step for step in case.steps] == steps
    assert (case.closed_out_on, case.is_overdue) == (date(2018, 6, 20), False)
    assert [finding.item for finding in case.findings] == ["S05", "S07"]


def test_the_claimed_day_and_the_moment_of_entry_are_both_kept(desk: TestOffice) -> None:
    cases = Rectifications(desk.office)
    claimed = TODAY - timedelta(days=2)
    before = desk.clock.now()
    finding = visit(desk, enter(desk), "S05", on=claimed).findings[0]
    between = desk.clock.now()
    order = cases.order([finding.id], until=Until(days=10), on=claimed, by=desk.clerk)

    found, given = cases.case(order.case_id, by=desk.clerk).steps

    assert (found.on, given.on) == (claimed, claimed)
    assert before < found.entered_at < between < given.entered_at
    assert (found.by, given.by) == ("周敏", "周敏")


def test_neither_service_nor_report_is_waited_for(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))

    reinspect(desk, order.case_id, on=TODAY)

    assert Rectifications(desk.office).case(order.case_id, by=desk.clerk).stage is Stage.PASSED


@pytest.mark.parametrize(
    ("until", "due_on"),
    [
        (Until(days=10), date(2018, 6, 18)),
        (Until(workdays=5), date(2018, 6, 15)),
        (Until(workdays=6), date(2018, 6, 19)),  # the 18th is 端午节
        (Until(due_on=date(2018, 6, 30)), date(2018, 6, 30)),
    ],
)
def test_the_day_of_the_order_does_not_count(desk: TestOffice, until: Until, due_on: date) -> None:
    assert ordered(desk, enter(desk), until=until).due_on == due_on


def test_an_order_in_workdays_of_a_year_without_calendar_is_refused_others_are_not(desk: TestOffice) -> None:
    last = max(desk.office.calendar.years)
    desk.clock.day = date(last, 12, 28)
    one = enter(desk)

    with pytest.raises(RuleError, match=f"{last + 1} 年日历未装入"):
        ordered(desk, one, on=desk.clock.day, until=Until(workdays=15))
    order = ordered(desk, one, on=desk.clock.day, until=Until(days=15))

    assert order.due_on == date(last + 1, 1, 12)
    assert order.number.endswith("1号")


@pytest.mark.parametrize(
    "until", [Until(days=0), Until(workdays=-3), Until(), Until(due_on=date(2018, 6, 7))]
)
def test_a_period_that_is_none_is_refused(desk: TestOffice, until: Until) -> None:
    with pytest.raises(UserError):
        ordered(desk, enter(desk), until=until)


def test_orders_are_numbered_by_family_and_year_without_gaps(desk: TestOffice) -> None:
    cases = Rectifications(desk.office)
    first = ordered(desk, enter(desk))
    found = visit(desk, enter(desk, 2), "S05", "S07")
    with pytest.raises(UserError, match="没有“county”"):
        cases.order([found.findings[0].id], until=Until(days=3), on=TODAY, family="county", by=desk.clerk)
    second = cases.order([found.findings[0].id], until=Until(days=3), on=TODAY, by=desk.clerk)
    market = cases.order(
        [found.findings[1].id], until=Until(days=3), on=TODAY, family="market", by=desk.clerk
    )
    desk.clock.day = date(2019, 1, 4)
    next_year = ordered(desk, enter(desk, 3), on=desk.clock.day)

    assert first.number == "金食安办告〔2018〕1号"
    assert second.number == "金食安办告〔2018〕2号"
    assert market.number == "坛市监责改〔2018〕1号"
    assert next_year.number == "金食安办告〔2019〕1号"
    assert Trail(desk.office).check(by=desk.clerk) == ()


def test_findings_of_two_inspections_may_share_one_order_of_two_places_not(desk: TestOffice) -> None:
    one, other = enter(desk), enter(desk, 2)
    ids = [visit(desk, place, "S05").findings[0].id for place in (one, one, other)]
    cases = Rectifications(desk.office)

    with pytest.raises(RuleError, match="不是同一户"):
        cases.order(ids, until=Until(days=3), on=TODAY, by=desk.clerk)
    order = cases.order(ids[:2], until=Until(days=3), on=TODAY, by=desk.clerk)

    assert len(cases.case(order.case_id, by=desk.clerk).findings) == 2


def test_a_finding_is_ordered_once(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    finding = cases.case(order.case_id, by=desk.clerk).findings[0]

    with pytest.raises(RuleError, match="已经下达过文书"):
        cases.order([finding.id], until=Until(days=3), on=TODAY, by=desk.clerk)
    with pytest.raises(UserError, match="99"):
        cases.order([99], until=Until(days=3), on=TODAY, by=desk.clerk)


def test_an_order_does_not_lie_before_its_finding_nor_in_the_future(desk: TestOffice) -> None:
    found = visit(desk, enter(desk), "S05").findings[0].id
    cases = Rectifications(desk.office)

    with pytest.raises(RuleError, match="早于“发现”"):
        cases.order([found], until=Until(days=3), on=TODAY - timedelta(days=1), by=desk.clerk)
    with pytest.raises(UserError, match="还没有到"):
        cases.order([found], until=Until(days=3), on=TODAY + timedelta(days=1), by=desk.clerk)


def test_no_step_lies_before_the_one_it_follows(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    early = TODAY - timedelta(days=1)

    for step in (
        lambda: cases.serve(order.case_id, on=early, how="直接送达", by=desk.clerk),
        lambda: cases.report(order.case_id, on=early, by=desk.clerk),
        lambda: cases.extend(
            order.case_id, until=DUE + timedelta(days=5), on=early, reason="x", by=desk.clerk
        ),
        lambda: reinspect(desk, order.case_id, on=early),
    ):
        with pytest.raises(RuleError, match="早于“责令整改”"):
            step()
    reinspect(desk, order.case_id, on=TODAY)
    with pytest.raises(RuleError, match="早于“复查”"):
        cases.close_out(order.case_id, on=early, by=desk.clerk)


def test_an_order_is_served_once_and_says_how(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)

    with pytest.raises(UserError, match="送达方式"):
        cases.serve(order.case_id, on=TODAY, how=" ", by=desk.clerk)
    cases.serve(order.case_id, on=TODAY, how="留置送达", by=desk.clerk)
    with pytest.raises(RuleError, match="不必再录"):
        cases.serve(order.case_id, on=TODAY, how="直接送达", by=desk.clerk)


def test_on_the_due_day_time_may_still_be_given_a_day_later_not(desk: TestOffice) -> None:
    cases = Rectifications(desk.office)
    in_time, late = ordered(desk, enter(desk)), ordered(desk, enter(desk, 2))
    until = DUE + timedelta(days=10)

    desk.clock.day = DUE
    state = cases.extend(in_time.case_id, until=until, on=DUE, reason="等设备到货", by=desk.clerk)
    desk.clock.day = DUE + timedelta(days=1)
    with pytest.raises(RuleError, match="已过"):
        cases.extend(late.case_id, until=until, on=desk.clock.day, reason="忘了", by=desk.clerk)

    assert (state.due_on, state.stage) == (until, Stage.ORDERED)
    step = cases.case(in_time.case_id, by=desk.clerk).steps[-1]
    assert step.note == "等设备到货（2018-06-18 延至 2018-06-28，批准人 周敏）"


def test_an_extension_gives_more_time_for_a_reason(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)

    with pytest.raises(UserError, match="没有晚于"):
        cases.extend(order.case_id, until=DUE, on=TODAY, reason="慢", by=desk.clerk)
    with pytest.raises(RuleError, match="原因"):
        cases.extend(order.case_id, until=DUE + timedelta(days=1), on=TODAY, reason=" ", by=desk.clerk)


def test_a_reinspection_before_the_order_is_refused(desk: TestOffice) -> None:
    found = visit(desk, enter(desk), "S05")

    assert found.findings[0].case_id is None
    with pytest.raises(UserError, match="没有编号为 1 的整改"):
        reinspect(desk, 1, on=TODAY)


def test_a_reinspection_takes_two_and_a_known_result(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)

    with pytest.raises(RuleError, match="两名以上"):
        cases.reinspect(order.case_id, on=TODAY, inspectors=["史国平"], result="good", by=desk.clerk)
    with pytest.raises(UserError, match="没有“行”"):
        cases.reinspect(order.case_id, on=TODAY, inspectors=PAIR, result="行", by=desk.clerk)


@pytest.mark.parametrize("result", ["partly", "not-good"])
def test_what_is_not_good_wants_a_second_order(desk: TestOffice, result: str) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    reinspect(desk, order.case_id, result, on=TODAY)

    with pytest.raises(RuleError, match="复查不合格"):
        cases.report(order.case_id, on=TODAY, by=desk.clerk)
    with pytest.raises(RuleError, match="复查不合格"):
        reinspect(desk, order.case_id, on=TODAY)
    with pytest.raises(RuleError, match="复查合格以后才能销号"):
        cases.close_out(order.case_id, on=TODAY, by=desk.clerk)
    again = cases.order_again(order.case_id, until=Until(days=3), on=TODAY, by=desk.clerk)

    case = cases.case(order.case_id, by=desk.clerk)
    assert (again.case_id, again.stage, case.due_on) == (order.case_id, Stage.ORDERED, date(2018, 6, 11))
    assert [one.number[-2:] for one in case.orders] == ["1号", "2号"]
    assert case.steps[2].result == result


def test_a_second_order_does_not_come_before_a_reinspection(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))

    with pytest.raises(RuleError, match="整改中"):
        Rectifications(desk.office).order_again(order.case_id, until=Until(days=3), on=TODAY, by=desk.clerk)


def test_nobody_closes_out_what_they_reinspected(desk: TestOffice) -> None:
    second = desk.somebody("史国平", Role.REVIEWER)
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    cases.reinspect(order.case_id, on=TODAY, inspectors=["赵学军", "史 国平"], result="good", by=desk.clerk)

    with pytest.raises(RuleError, match="不能自己销号"):
        cases.close_out(order.case_id, on=TODAY, by=second)
    done = cases.close_out(order.case_id, on=TODAY, by=desk.clerk)  # keying in is not inspecting

    assert done.stage is Stage.CLOSED_OUT
    assert cases.case(order.case_id, by=desk.clerk).steps[2].people == ("赵学军", "史国平")


def test_only_the_last_reinspection_bars_its_inspectors(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    cases.reinspect(order.case_id, on=TODAY, inspectors=["周敏", "赵学军"], result="partly", by=desk.clerk)
    cases.order_again(order.case_id, until=Until(days=3), on=TODAY, by=desk.clerk)
    reinspect(desk, order.case_id, on=TODAY)

    assert cases.close_out(order.case_id, on=TODAY, by=desk.clerk).stage is Stage.CLOSED_OUT


def test_what_is_closed_out_stays_closed_out(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    reinspect(desk, order.case_id, on=TODAY)
    cases.close_out(order.case_id, on=TODAY, by=desk.clerk)

    for step in (
        lambda: reinspect(desk, order.case_id, on=TODAY),
        lambda: cases.report(order.case_id, on=TODAY, by=desk.clerk),
        lambda: cases.serve(order.case_id, on=TODAY, how="直接送达", by=desk.clerk),
        lambda: cases.close_out(order.case_id, on=TODAY, by=desk.clerk),
        lambda: cases.extend(order.case_id, until=DUE, on=TODAY, reason="x", by=desk.clerk),
        lambda: cases.order_again(order.case_id, until=Until(days=3), on=TODAY, by=desk.clerk),
    ):
        with pytest.raises(RuleError, match="已销号"):
            step()


def test_only_a_late_case_is_supervised_and_then_transferred(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    desk.clock.day = DUE
    with pytest.raises(RuleError, match="还没有过"):
        cases.supervise(order.case_id, on=DUE, by=desk.clerk)
    with pytest.raises(RuleError, match="整改中"):
        cases.transfer(order.case_id, on=DUE, note="市场监管", by=desk.clerk)

    desk.clock.day = DUE + timedelta(days=1)
    supervised = cases.supervise(order.case_id, on=desk.clock.day, by=desk.clerk)
    transferred = cases.transfer(order.case_id, on=desk.clock.day, note="移送城管", by=desk.clerk)

    assert (supervised.stage, transferred.stage) == (Stage.SUPERVISED, Stage.TRANSFERRED)


def test_a_supervised_case_may_still_be_put_right(desk: TestOffice) -> None:
    order = ordered(desk, enter(desk))
    cases = Rectifications(desk.office)
    desk.clock.day = DUE + timedelta(days=1)
    cases.supervise(order.case_id, on=desk.clock.day, by=desk.clerk)

    reinspect(desk, order.case_id, on=desk.clock.day)

    assert cases.close_out(order.case_id, on=desk.clock.day, by=desk.clerk).stage is Stage.CLOSED_OUT


def test_who_may_do_what(desk: TestOffice) -> None:
    clerk = desk.somebody("录入", Role.CLERK)
    village = desk.somebody("村里", Role.VILLAGE, village_id=1)
    cases = Rectifications(desk.office)
    found = Inspections(desk.office).record(
        enter(desk), on=TODAY, inspectors=PAIR, faults=[Fault("S05")], by=desk.clerk
    )
    ids = [finding.id for finding in found.findings]

    with pytest.raises(NotAllowedError, match="下达整改文书"):
        cases.order(ids, until=Until(days=10), on=TODAY, by=village)
    order = cases.order(ids, until=Until(days=10), on=TODAY, by=clerk)
    with pytest.raises(NotAllowedError, match="批准延期"):
        cases.extend(order.case_id, until=DUE + timedelta(days=1), on=TODAY, reason="慢", by=clerk)
    cases.reinspect(order.case_id, on=TODAY, inspectors=PAIR, result="good", by=clerk)
    with pytest.raises(NotAllowedError, match="销号"):
        cases.close_out(order.case_id, on=TODAY, by=clerk)


def test_every_step_goes_into_the_trail_and_the_wall_hears_of_it(desk: TestOffice) -> None:
    one = enter(desk)
    desk.heard.clear()

    ordered(desk, one)

    topics = set().union(*(changes.topics for changes in desk.heard))
    assert {"inspections", "findings", "rectifications"} <= topics
    assert Trail(desk.office).check(by=desk.clerk) == ()


def test_what_was_put_right_is_ordered_no_more(desk: TestOffice) -> None:
    cases, case = Rectifications(desk.office), ordered(desk, enter(desk), "S05", "S06", "S10").case_id
    first, second, third = (one.id for one in cases.case(case, by=desk.clerk).findings)

    def check(result: str, *unmet: int) -> None:
        told = {"on": TODAY, "inspectors": PAIR, "by": desk.clerk}
        cases.reinspect(case, result=result, unmet=unmet, **told)

    check("partly", second, third)
    assert cases.case(case, by=desk.clerk).put_right == {first}
    cases.order_again(case, until=Until(days=3), on=TODAY, by=desk.clerk)
    with pytest.raises(UserError, match=f"问题 {first} 不在整改 {case} 里，或者已经改好"):
        check("partly", first)
    with pytest.raises(UserError, match="一项也没有改好，复查结果应为“不合格”"):
        check("partly", second, third)
    with pytest.raises(UserError, match="“合格”的不用写哪几项没改好"):
        check("good", third)
    check("not-good")
    assert cases.case(case, by=desk.clerk).put_right == {first}
    cases.order_again(case, until=Until(days=3), on=TODAY, by=desk.clerk)
    check("good")
    assert cases.case(case, by=desk.clerk).put_right == {first, second, third}
