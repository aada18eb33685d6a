"""Renewing a paper: in its window, late where the rule pack says so, and else by a new application."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import PaperAct
from desktop.errors import RuleError
from desktop.services.papers.papers import Papers
from desktop.services.registration.applications import Applications, Step
from tests.lives import enter, issue, issued, take
from tests.offices import TODAY, TestOffice, workshop

SOON = date(2019, 5, 20)
"""A day on which a card of 2018-06-08 (to 2019-06-07) is about to run out."""


def test_a_renewal_in_its_window_counts_the_new_term_from_the_end_of_the_old_one(desk: TestOffice) -> None:
    old = issued(desk)
    desk.clock.day = date(2019, 4, 20)

    step = take(desk, PaperAct.RENEWAL, old)

    assert (step.number, step.valid_from, step.valid_until) == (
        step.was_number,
        date(2019, 4, 20),
        date(2020, 6, 7),
    )


def test_a_renewal_before_its_window_is_refused_with_the_day_it_opens(desk: TestOffice) -> None:
    old = issued(desk)
    desk.clock.day = date(2019, 3, 8)

    with pytest.raises(RuleError, match="2019-03-09 起才能延续"):
        take(desk, PaperAct.RENEWAL, old)


def test_a_card_is_still_renewed_late_where_the_rule_pack_says_so(desk: TestOffice) -> None:
    old = issued(desk)
    desk.clock.day = SOON

    assert take(desk, PaperAct.RENEWAL, old).valid_until == date(2020, 6, 7)


def test_a_late_renewal_of_a_certificate_goes_as_a_new_application_and_the_old_number_lapses(
    desk: TestOffice,
) -> None:
    shop = enter(desk, workshop(), "workshop")
    old = issue(desk, shop)
    desk.clock.day = date(2021, 5, 9)
    with pytest.raises(
        RuleError, match=r"应在 2021-05-08 以前申请延续（中华人民共和国行政许可法第五十条）.*新申请"
    ):
        take(desk, PaperAct.RENEWAL, old)

    applications = Applications(desk.office)
    application = applications.apply(shop, on=desk.clock.day, materials=(), by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=desk.clock.day, by=desk.clerk)
    new = applications.approve(application, on=desk.clock.day, by=desk.clerk)

    assert new.number.endswith("20210001")
    assert [row.status for row in Papers(desk.office, Path()).page(by=desk.clerk)] == [
        PaperStatus.VALID,
        PaperStatus.REPLACED,
    ]


def test_a_new_application_beside_a_paper_that_is_good_for_long_is_refused(desk: TestOffice) -> None:
    shop = enter(desk)
    issue(desk, shop)

    with pytest.raises(RuleError, match="已有有效的食品摊贩登记卡（TF32041310020180001）"):
        Applications(desk.office).apply(shop, on=TODAY, materials=(), by=desk.clerk)


def test_who_ran_out_may_apply_anew_step_by_step(desk: TestOffice) -> None:
    shop = enter(desk)
    issue(desk, shop)
    desk.clock.day = date(2019, 6, 8)
    applications = Applications(desk.office)

    application = applications.apply(shop, on=desk.clock.day, materials=(), by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=desk.clock.day, by=desk.clerk)

    assert applications.approve(application, on=desk.clock.day, by=desk.clerk).number.endswith("20190001")


@pytest.mark.parametrize(
    ("act", "way_out"),
    [
        (PaperAct.RENEWAL, "请按新申请办理登记"),
        (PaperAct.AMENDMENT, "请按新申请办理登记"),
        (PaperAct.REISSUE, "请按新申请办理登记"),
        (PaperAct.VOIDING, "请办注销"),
        (PaperAct.WITHDRAWAL, "请办注销"),
    ],
)
def test_what_has_run_out_is_followed_by_an_application_or_deregistered(
    desk: TestOffice, act: PaperAct, way_out: str
) -> None:
    old = issued(desk)
    desk.clock.day = date(2019, 6, 8)

    with pytest.raises(RuleError, match=f"已过期，不能{act.label}.*{way_out}"):
        take(desk, act, old, reason="遗失")
