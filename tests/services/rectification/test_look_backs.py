"""Looking back: what was closed out is confirmed or comes back, what was closed stays closed or is met."""

from datetime import timedelta
from uuid import UUID

import pytest

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, Stage
from desktop.errors import RuleError, UserError
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.establishments import Establishments
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall
from tests.visits import PAIR, enter, ordered, reinspect


def closed_out(desk: TestOffice, one: int, item: str = "S10") -> int:
    case = ordered(desk, one, item).case_id
    reinspect(desk, case, on=TODAY)
    Rectifications(desk.office).close_out(case, on=TODAY, by=desk.clerk)
    return case


def look(desk: TestOffice, one: int, outcome: str, note: str = ""):
    return LookBacks(desk.office).record(
        one, on=TODAY, inspectors=PAIR, outcome=outcome, note=note, by=desk.clerk
    )


def status_of(desk: TestOffice, one: int) -> OperatingStatus:
    return Establishments(desk.office).detail(one, by=desk.clerk).row.operating_status


def test_what_was_kept_confirms_the_cases_that_were_closed_out(desk: TestOffice) -> None:
    one = enter(desk)
    case, still_open = closed_out(desk, one), ordered(desk, one).case_id

    done = look(desk, one, "kept")

    cases = Rectifications(desk.office)
    assert (done.outcome, done.case_id) == ("kept", None)
    assert cases.case(case, by=desk.clerk).stage is Stage.CONSOLIDATING
    assert cases.case(still_open, by=desk.clerk).stage is Stage.ORDERED


def test_what_rebounded_opens_a_case_that_names_the_one_before(desk: TestOffice) -> None:
    one = enter(desk)
    before = closed_out(desk, one)

    done = look(desk, one, "rebounded", "又用过期原料")

    assert done.case_id is not None
    cases = Rectifications(desk.office)
    case = cases.case(done.case_id, by=desk.clerk)
    assert (case.stage, case.follows_id, case.is_starred) == (Stage.RELAPSED, before, True)
    assert [(step.step, step.note) for step in case.steps] == [("relapsed", "回头看：又用过期原料")]
    assert cases.case(before, by=desk.clerk).stage is Stage.CLOSED_OUT


def test_a_relapse_is_ordered_before_it_is_reinspected(desk: TestOffice) -> None:
    one = enter(desk)
    case = look(desk, one, "rebounded").case_id
    assert case is not None

    with pytest.raises(RuleError, match="还没有责令整改"):
        reinspect(desk, case, on=TODAY)
    order = Rectifications(desk.office).order_again(case, until=Until(days=3), on=TODAY, by=desk.clerk)

    assert (order.stage, order.number) == (Stage.ORDERED, "金食安办告〔2018〕1号")


def test_a_closed_one_that_trades_again_must_close_again(desk: TestOffice) -> None:
    one = enter(desk)
    reinspect(desk, ordered(desk, one).case_id, "not-good", on=TODAY)
    Shutdowns(desk.office).verify(one, on=TODAY, reason="已搬空", by=desk.clerk)
    with pytest.raises(RuleError, match="死灰复燃"):
        look(desk, one, "rebounded")

    done = look(desk, one, "reopened")

    assert done.case_id is not None
    case = Rectifications(desk.office).case(done.case_id, by=desk.clerk)
    assert (case.stage, case.is_starred) == (Stage.RELAPSED, True)
    assert status_of(desk, one) is OperatingStatus.CLOSING
    forced = Shutdowns(desk.office).force(one, on=TODAY, reason="死灰复燃", by=desk.clerk)
    assert forced.operating_status is OperatingStatus.SHUT_DOWN
    assert Rectifications(desk.office).case(case.id, by=desk.clerk).stage is Stage.ENDED


def test_nothing_reopens_that_was_never_closed(desk: TestOffice) -> None:
    with pytest.raises(RuleError, match=r"不算“死灰复燃”.*五（三）"):
        look(desk, enter(desk), "reopened")


def test_who_moved_or_changed_trade_is_put_down_as_such(desk: TestOffice) -> None:
    moved = enter(desk)
    changed = Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=9)).id
    Registrations(desk.office).register_all(Choice(ids=(changed,)), decided_on=TODAY, by=desk.clerk)

    look(desk, moved, "moved")
    look(desk, changed, "changed-trade")

    assert status_of(desk, moved) is OperatingStatus.MOVED
    row = Establishments(desk.office).detail(changed, by=desk.clerk).row
    assert (row.operating_status, row.paper_status) == (OperatingStatus.CLOSED, PaperStatus.DEREGISTERED)


def test_a_look_back_is_by_two_on_a_day_that_has_come_with_a_known_outcome(desk: TestOffice) -> None:
    one = enter(desk)
    looking = LookBacks(desk.office)

    with pytest.raises(RuleError, match="两名以上"):
        looking.record(one, on=TODAY, inspectors=["甲"], outcome="kept", by=desk.clerk)
    with pytest.raises(UserError, match="还没有到"):
        looking.record(one, on=TODAY + timedelta(days=1), inspectors=PAIR, outcome="kept", by=desk.clerk)
    with pytest.raises(UserError, match="没有“好”这种"):
        look(desk, one, "好")


def test_look_backs_are_kept_with_who_looked(desk: TestOffice) -> None:
    one = enter(desk)
    look(desk, one, "kept")
    look(desk, one, "出现反弹", "又占道")

    newest, first = LookBacks(desk.office).history(one, by=desk.clerk)

    assert (newest.outcome, newest.note, newest.inspectors) == ("rebounded", "又占道", PAIR)
    assert first.outcome == "kept"


def test_who_was_closed_is_not_looked_back_at_before_the_closing(desk: TestOffice) -> None:
    one = enter(desk)
    ordered(desk, one, until=Until(days=1))
    desk.clock.day = TODAY + timedelta(days=3)
    Shutdowns(desk.office).force(one, on=desk.clock.day, reason="逾期未改", by=desk.clerk)

    for outcome in ("kept", "reopened"):
        with pytest.raises(RuleError, match="2018-06-08 早于“已取缔”的日期 2018-06-11"):
            look(desk, one, outcome)
