"""What the office did days ago and enters today: why, and which second person stands behind it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from desktop.domain.late_entry import IN_TIME, LateEntry
from desktop.domain.lifecycle import Route, Stage
from desktop.errors import RuleError, UserError
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.dossiers import Dossiers
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice
from tests.visits import PAIR, enter, ordered, reinspect, visit

AGREED = LateEntry("单子压在抽屉里", "陈国华")
DUE = date(2018, 6, 18)
Act = Callable[[LateEntry], object]


def acts(desk: TestOffice) -> dict[str, Act]:
    """Return every act of the cycle, each on the day on which its ground was there."""
    cases, shutdowns = Rectifications(desk.office), Shutdowns(desk.office)
    found = visit(desk, enter(desk, 1), "S05").findings[0].id
    failed, late, passed = (ordered(desk, enter(desk, number)).case_id for number in (2, 3, 4))
    reinspect(desk, failed, "not-good", on=TODAY)
    reinspect(desk, passed, on=TODAY)
    running, closing = ordered(desk, enter(desk, 5)).case_id, enter(desk, 6)
    Surveys(desk.office).decide(closing, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    by, until, over = desk.clerk, Until(days=20), DUE + timedelta(days=1)
    return {
        "责令整改": lambda told: cases.order([found], until=until, on=TODAY, late=told, by=by),
        "再次责令": lambda told: cases.order_again(failed, until=until, on=TODAY, late=told, by=by),
        "延期": lambda told: cases.extend(
            running, until=DUE + timedelta(days=9), on=TODAY, reason="等设备", late=told, by=by
        ),
        "复查": lambda told: cases.reinspect(
            running, on=TODAY, inspectors=PAIR, result="good", late=told, by=by
        ),
        "挂账督办": lambda told: cases.supervise(late, on=over, late=told, by=by),
        "移送": lambda told: cases.transfer(late, on=over, note="移送城管", late=told, by=by),
        "销号": lambda told: cases.close_out(passed, on=TODAY, late=told, by=by),
        "回头看": lambda told: LookBacks(desk.office).record(
            closing, on=TODAY, inspectors=PAIR, outcome="kept", late=told, by=by
        ),
        "限期关停": lambda told: shutdowns.order_to_close(
            closing, close_by=over, on=TODAY, reason="不具备条件", late=told, by=by
        ),
        "取缔": lambda told: shutdowns.force(closing, on=TODAY, reason="拒不关停", late=told, by=by),
    }


def test_who_accounts_for_a_late_entry_tells_a_reason_and_another_person(desk: TestOffice) -> None:
    every = acts(desk)
    desk.clock.day = DUE + timedelta(days=5)

    for what, act in every.items():
        for told in (LateEntry("忘了"), LateEntry("", "陈国华")):
            with pytest.raises(RuleError, match="补录原因并经第二人同意"):
                act(told)
        with pytest.raises(RuleError, match="自己同意"):
            act(LateEntry("忘了", "周 敏"))
        assert act(AGREED), what


def test_papers_are_keyed_in_by_the_stack_days_later(desk: TestOffice) -> None:
    every = acts(desk)
    desk.clock.day = DUE

    assert all(act(IN_TIME) for what, act in every.items() if what not in {"挂账督办", "移送", "限期关停"})


def test_the_dossier_says_what_was_entered_late_why_and_who_agreed(desk: TestOffice) -> None:
    one = enter(desk)
    case = ordered(desk, one).case_id
    desk.clock.day = TODAY + timedelta(days=4)
    Rectifications(desk.office).reinspect(
        case, on=TODAY, inspectors=PAIR, result="good", late=AGREED, by=desk.clerk
    )

    timeline = Dossiers(desk.office).timeline(one, by=desk.clerk)
    told = [(line.on, line.title, line.text) for line in timeline]
    assert (TODAY, "补录复查", "单子压在抽屉里（同意人 陈国华）") in told


def test_an_extension_that_is_entered_after_its_term_was_agreed_to_by_a_second_person(
    desk: TestOffice,
) -> None:
    """It was given in time or it was not: a day that is claimed afterwards is no proof."""
    case = ordered(desk, enter(desk)).case_id
    cases = Rectifications(desk.office)
    desk.clock.day = DUE + timedelta(days=1)
    told = {"until": DUE + timedelta(days=9), "on": DUE, "reason": "等设备", "by": desk.clerk}

    with pytest.raises(RuleError, match="期限 2018-06-18 已过，补录期限内批准的延期，要写明补录原因"):
        cases.extend(case, **told)
    state = cases.extend(case, **told, late=AGREED)

    assert (state.stage, state.due_on) == (Stage.ORDERED, DUE + timedelta(days=9))


def test_a_day_of_another_century_and_a_term_of_years_are_slips(desk: TestOffice) -> None:
    one = enter(desk)
    case = ordered(desk, one).case_id
    cases, shutdowns = Rectifications(desk.office), Shutdowns(desk.office)
    found = visit(desk, one, "S06").findings[0].id
    far, by = TODAY.replace(year=2081), desk.clerk

    for until in (Until(due_on=far), Until(days=367), Until(workdays=300)):
        with pytest.raises(UserError, match="离 2018-06-08 超过一年，请核对年份"):
            cases.order([found], until=until, on=TODAY, by=by)
    with pytest.raises(UserError, match="新期限 2081-06-08 离 2018-06-08 超过一年"):
        cases.extend(case, until=far, on=TODAY, reason="设备未到", by=by)
    with pytest.raises(UserError, match="关停期限 2081-06-08 离"):
        shutdowns.order_to_close(one, close_by=far, on=TODAY, reason="不具备条件", by=by)
    with pytest.raises(UserError, match="日期 1918-06-08 太早了"):
        visit(desk, one, on=TODAY.replace(year=1918))
