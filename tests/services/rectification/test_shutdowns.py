"""Closing down: only who did not meet an order, or route three; the paper ends with the trade."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Route, Stage
from desktop.domain.wall import WallFilters
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.models.registration import Paper
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.establishments import Establishments
from desktop.services.registration.eligibility import read_barred
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.figures import counted
from tests.offices import TODAY, TestOffice, stall
from tests.visits import enter, ordered, reinspect

AFTER = date(2018, 6, 19)  # the day after the due day of an order of ten days


def on_route_three(desk: TestOffice) -> int:
    one = enter(desk)
    Surveys(desk.office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    return one


def registered(desk: TestOffice) -> int:
    one = Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=77)).id
    batch = Registrations(desk.office).register_all(Choice(ids=(one,)), decided_on=TODAY, by=desk.clerk)
    assert batch.refused == ()
    return one


def test_route_three_is_ordered_to_close_and_found_closed(desk: TestOffice) -> None:
    one = on_route_three(desk)
    shutdowns = Shutdowns(desk.office)

    closing = shutdowns.order_to_close(
        one,
        close_by=date(2018, 6, 30),
        on=TODAY,
        reason="不具备条件",
        document="金食安办〔2018〕9号",
        by=desk.clerk,
    )
    desk.clock.day = date(2018, 7, 2)
    closed = shutdowns.verify(one, on=date(2018, 7, 1), reason="已搬空", by=desk.clerk)

    assert closing.operating_status is OperatingStatus.CLOSING
    assert (closed.operating_status, closed.paper_status) == (OperatingStatus.CLOSED, PaperStatus.NONE)
    first, second = shutdowns.history(one, by=desk.clerk)
    assert (first.kind, first.close_by, first.document) == (
        "ordered",
        date(2018, 6, 30),
        "金食安办〔2018〕9号",
    )
    assert (second.kind, second.decided_on, second.by) == ("verified", date(2018, 7, 1), "周敏")


def test_whoever_met_every_order_is_not_closed_down(desk: TestOffice) -> None:
    one = enter(desk)
    case = ordered(desk, one).case_id
    shutdowns = Shutdowns(desk.office)
    desk.clock.day = date(2018, 6, 18)  # the due day itself is in time

    for refused in (
        lambda: shutdowns.order_to_close(one, close_by=AFTER, on=desk.clock.day, reason="x", by=desk.clerk),
        lambda: shutdowns.verify(one, on=desk.clock.day, reason="x", by=desk.clerk),
        lambda: shutdowns.force(one, on=desk.clock.day, reason="x", by=desk.clerk),
    ):
        with pytest.raises(RuleError, match=r"没有到期未改的整改.*五（二）2"):
            refused()
    reinspect(desk, case, on=desk.clock.day)
    desk.clock.day = AFTER
    with pytest.raises(RuleError, match="没有到期未改的整改"):
        shutdowns.force(one, on=AFTER, reason="x", by=desk.clerk)


def test_a_late_case_passes_over_into_the_shutdown_and_leaves_the_overdue_list(desk: TestOffice) -> None:
    one = enter(desk)
    case = ordered(desk, one).case_id
    desk.clock.day = AFTER
    assert len(Deadlines(desk.office).overdue(AFTER, by=desk.clerk)) == 1

    Shutdowns(desk.office).order_to_close(
        one, close_by=date(2018, 6, 30), on=AFTER, reason="拒不整改", by=desk.clerk
    )

    detail = Rectifications(desk.office).case(case, by=desk.clerk)
    assert detail.stage is Stage.TRANSFERRED
    assert [step.step for step in detail.steps] == ["found", "ordered", "supervised", "transferred"]
    assert Deadlines(desk.office).overdue(AFTER, by=desk.clerk) == ()


@pytest.mark.parametrize("way", ["verify", "force"])
def test_every_open_case_ends_with_the_trade_and_leaves_the_wall(desk: TestOffice, way: str) -> None:
    one = enter(desk)
    handed_over, in_time = ordered(desk, one).case_id, ordered(desk, one, "S07", until=Until(days=90)).case_id
    passed = ordered(desk, one, "S08").case_id
    reinspect(desk, passed, on=TODAY)
    cases, shutdowns = Rectifications(desk.office), Shutdowns(desk.office)
    desk.clock.day = AFTER
    shutdowns.order_to_close(one, close_by=date(2018, 6, 30), on=AFTER, reason="拒不整改", by=desk.clerk)
    assert cases.case(handed_over, by=desk.clerk).stage is Stage.TRANSFERRED

    getattr(shutdowns, way)(one, on=AFTER, reason="已搬空", by=desk.clerk)

    history = cases.case(handed_over, by=desk.clerk)
    assert [step.step for step in history.steps][-3:] == ["supervised", "transferred", "ended"]
    assert cases.case(in_time, by=desk.clerk).stage is Stage.ENDED
    wall = Deadlines(desk.office).wall(WallFilters(), by=desk.clerk)
    assert [row.case_id for row in wall] == [passed]  # it was good, and is still closed out by another
    assert cases.close_out(passed, on=AFTER, by=desk.clerk).stage is Stage.CLOSED_OUT


def test_a_case_that_has_ended_bars_no_registration_and_counts_as_neither_right_nor_wrong(
    desk: TestOffice,
) -> None:
    one = enter(desk)
    reinspect(desk, ordered(desk, one, "S10").case_id, "not-good", on=TODAY)
    Shutdowns(desk.office).force(one, on=TODAY, reason="拒不整改", by=desk.clerk)

    with desk.office.db.reading() as session:
        facts = ("put_right", "not_put_right", "closed_out")
        found = counted(session, facts, today=TODAY, period=None, village_id=None)
        records = [session.get_one(Establishment, one)]
        assert read_barred(session, desk.office.profile, records, TODAY).starred == set()
    assert [found.number(fact) for fact in facts] == [0, 0, 0]


def test_what_was_handed_over_is_reinspected_and_closed_out_when_it_was_dealt_with(desk: TestOffice) -> None:
    case = ordered(desk, enter(desk)).case_id
    cases = Rectifications(desk.office)
    desk.clock.day = AFTER
    cases.supervise(case, on=AFTER, by=desk.clerk)
    cases.transfer(case, on=AFTER, note="移送城管", by=desk.clerk)
    with pytest.raises(RuleError, match="早于“移送／立案”"):
        reinspect(desk, case, on=TODAY)

    reinspect(desk, case, on=AFTER)

    assert cases.close_out(case, on=AFTER, by=desk.clerk).stage is Stage.CLOSED_OUT


def test_a_failed_reinspection_is_an_order_that_was_not_met(desk: TestOffice) -> None:
    one = enter(desk)
    reinspect(desk, ordered(desk, one).case_id, "not-good", on=TODAY)

    done = Shutdowns(desk.office).force(one, on=TODAY, reason="拒不整改", by=desk.clerk)

    assert done.operating_status is OperatingStatus.SHUT_DOWN


@pytest.mark.parametrize("way", ["verify", "force"])
def test_the_paper_ends_with_the_trade_and_its_number_stays(desk: TestOffice, way: str) -> None:
    one = registered(desk)
    reinspect(desk, ordered(desk, one).case_id, "not-good", on=TODAY)

    done = getattr(Shutdowns(desk.office), way)(one, on=TODAY, reason="拒不整改", by=desk.clerk)

    assert done.paper_status is PaperStatus.DEREGISTERED
    with desk.office.db.reading() as session:
        paper = session.scalars(select(Paper)).one()
        change = session.scalars(select(EstablishmentChange)).one()
    assert (paper.status_on, paper.living_place, "拒不整改" in paper.status_reason) == (TODAY, None, True)
    assert (change.old_value, change.new_value) == ("operating", done.operating_status)
    row = Establishments(desk.office).detail(one, by=desk.clerk).row
    assert row.registration_status is RegistrationStatus.UNREGISTERED
    assert row.paper_number == paper.number


def test_an_order_to_close_leaves_the_paper_until_it_is_found_closed(desk: TestOffice) -> None:
    one = registered(desk)
    Surveys(desk.office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)

    done = Shutdowns(desk.office).order_to_close(one, close_by=AFTER, on=TODAY, reason="x", by=desk.clerk)

    assert (done.operating_status, done.paper_status) == (OperatingStatus.CLOSING, PaperStatus.VALID)


def test_the_authority_of_the_rule_pack_shuts_down(desk: TestOffice) -> None:
    one = on_route_three(desk)
    Shutdowns(desk.office).force(one, on=TODAY, reason="拒不关停", document="坛政〔2018〕3号", by=desk.clerk)

    (row,) = Shutdowns(desk.office).history(one, by=desk.clerk)

    assert row.authority == desk.office.profile.shutdown_authority
    assert row.document == "坛政〔2018〕3号"


def test_who_is_closed_is_not_closed_again(desk: TestOffice) -> None:
    one = on_route_three(desk)
    shutdowns = Shutdowns(desk.office)
    shutdowns.verify(one, on=TODAY, reason="已搬空", by=desk.clerk)

    with pytest.raises(RuleError, match="回头看"):
        shutdowns.force(one, on=TODAY, reason="x", by=desk.clerk)


def test_days_of_closing_down_follow_one_another(desk: TestOffice) -> None:
    one = on_route_three(desk)
    shutdowns = Shutdowns(desk.office)

    with pytest.raises(UserError, match="关停期限"):
        shutdowns.order_to_close(one, close_by=TODAY - timedelta(days=1), on=TODAY, reason="x", by=desk.clerk)
    with pytest.raises(UserError, match="还没有到"):
        shutdowns.verify(one, on=AFTER, reason="x", by=desk.clerk)
    with pytest.raises(UserError, match="理由"):
        shutdowns.force(one, on=TODAY, reason=" ", by=desk.clerk)
    shutdowns.order_to_close(one, close_by=AFTER, on=TODAY, reason="x", by=desk.clerk)
    with pytest.raises(RuleError, match="早于限期关停"):
        shutdowns.verify(one, on=TODAY - timedelta(days=1), reason="x", by=desk.clerk)


def test_only_a_reviewer_closes_down(desk: TestOffice) -> None:
    one = on_route_three(desk)
    clerk = desk.somebody("录入", Role.CLERK)

    with pytest.raises(NotAllowedError):
        Shutdowns(desk.office).force(one, on=TODAY, reason="x", by=clerk)
