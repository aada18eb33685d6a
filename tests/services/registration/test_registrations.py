"""Registering: who is eligible, what number they get, and what the statutory steps demand."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus, Route
from desktop.domain.workdays import Calendar
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.services.office.trail import Trail
from desktop.services.register.dossiers import Dossiers
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters
from desktop.services.registration.applications import Applications, Step
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall, workshop


def enter(desk: TestOffice, typed: dict[str, object], kind: str = "stall", number: int = 1) -> int:
    return Surveys(desk.office).save(kind, typed, by=desk.clerk, identity=UUID(int=number)).id


def register(desk: TestOffice, *ids: int, on: date = TODAY):
    return Registrations(desk.office).register_all(Choice(ids=ids), decided_on=on, by=desk.clerk)


def test_all_eligible_are_registered_and_numbered_one_after_the_other(desk: TestOffice) -> None:
    first = enter(desk, stall())
    second = enter(desk, stall(address="沙湖村9组1号"), number=2)

    batch = Registrations(desk.office).register_all(Choice(kind="stall"), decided_on=TODAY, by=desk.clerk)

    assert [one.id for one in batch.issued] == [first, second]
    assert [one.number[-4:] for one in batch.issued] == ["0001", "0002"]
    assert batch.refused == ()
    (row, _) = Establishments(desk.office).page(Filters(), by=desk.clerk)
    assert (row.registration_status, row.paper_status) == (RegistrationStatus.REGISTERED, PaperStatus.VALID)
    assert row.paper_number == batch.issued[0].number


def test_a_card_of_one_year_ends_the_day_before_its_anniversary(desk: TestOffice) -> None:
    batch = register(desk, enter(desk, stall()))

    assert (batch.issued[0].valid_from, batch.issued[0].valid_until) == (TODAY, date(2019, 6, 7))


def test_who_is_eligible_comes_first_however_many_are_not(desk: TestOffice) -> None:
    for number in (1, 2, 3):
        enter(desk, stall(address=f"沙湖村1组{number}号", operator_id_number=None), number=number)
    able = [enter(desk, stall(address=f"沙湖村9组{number}号"), number=number) for number in (4, 5)]
    registrations = Registrations(desk.office)

    short = registrations.candidates(Choice(), by=desk.clerk, limit=2)
    longer = registrations.candidates(Choice(), by=desk.clerk, limit=4)

    assert [line.id for line in short] == able
    assert [line.number[-4:] for line in short if line.number] == ["0001", "0002"]
    assert [line.id for line in longer] == [*able, 1, 2]


def test_one_place_has_one_living_paper_however_its_village_is_written(desk: TestOffice) -> None:
    written = ("3组5号", "沙湖村3组5号", "金城镇沙湖村委会三组5号")
    people = ("320413198603279990", "320482199001010019", "320413196207227743")
    for number, (address, person) in enumerate(zip(written, people, strict=True), 1):
        enter(desk, stall(address=address, operator_id_number=person), number=number)

    batch = Registrations(desk.office).register_all(Choice(kind="stall"), decided_on=TODAY, by=desk.clerk)

    assert [one.id for one in batch.issued] == [1]
    assert all(
        f"同一地点已有有效的食品摊贩登记卡（{batch.issued[0].number}）" in one.reason for one in batch.refused
    )
    assert len(batch.refused) == 2


def test_a_second_living_paper_at_one_place_is_refused_with_the_first_ones_number(desk: TestOffice) -> None:
    first = register(desk, enter(desk, stall())).issued[0]
    other = enter(
        desk, stall(operator_name="李四", operator_id_number=None, address="沙湖村３组72号"), number=2
    )
    other = enter(
        desk,
        stall(operator_name="李四", operator_id_number="320482199001010019", address="沙湖村３组72号"),
        number=3,
    )

    (refused,) = register(desk, other).refused

    assert first.number in refused.reason
    assert "同一地点" in refused.reason


def test_two_at_one_place_in_one_batch_get_one_paper(desk: TestOffice) -> None:
    enter(desk, stall())
    enter(desk, stall(operator_name="李四", operator_id_number="320482199001010019"), number=2)

    batch = Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)

    assert (len(batch.issued), len(batch.refused)) == (1, 1)


def test_every_reason_is_said_not_only_the_first(desk: TestOffice) -> None:
    one = enter(desk, stall(operator_id_number=None, products=None))
    Surveys(desk.office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)

    (refused,) = register(desk, one).refused

    assert "限期关停" in refused.reason
    assert "缺" in refused.reason


def test_a_refused_batch_gives_no_number_away(desk: TestOffice) -> None:
    lacking = enter(desk, stall(products=None))
    register(desk, lacking)
    good = enter(desk, stall(address="沙湖村9组1号"), number=2)

    batch = register(desk, good)

    assert batch.issued[0].number.endswith("0001")


def test_a_number_makes_an_establishment_findable_by_its_tail(desk: TestOffice) -> None:
    issued = register(desk, enter(desk, stall())).issued[0]

    (hit,) = Establishments(desk.office).find(issued.number[-6:], by=desk.clerk)

    assert hit.id == issued.id


def test_nobody_is_registered_on_a_day_to_come(desk: TestOffice) -> None:
    with pytest.raises(UserError, match="还没有到"):
        register(desk, enter(desk, stall()), on=date(2018, 6, 9))


def test_an_unknown_establishment_is_named(desk: TestOffice) -> None:
    with pytest.raises(UserError, match="77"):
        register(desk, 77)


def test_a_clerk_does_not_decide(desk: TestOffice) -> None:
    clerk = desk.somebody("录入", Role.CLERK)

    with pytest.raises(NotAllowedError):
        Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=clerk)


def test_an_application_goes_through_its_steps_to_a_paper(desk: TestOffice) -> None:
    applications = Applications(desk.office)
    one = enter(desk, workshop(), "workshop")

    application = applications.apply(one, on=date(2018, 6, 1), materials=[], by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=date(2018, 6, 4), by=desk.clerk)
    applications.take_step(
        application, Step.SITE_CHECK, on=date(2018, 6, 6), people=["赵学军", "史国平"], by=desk.clerk
    )
    (row,) = applications.under_way(by=desk.clerk)
    issued = applications.approve(application, on=TODAY, by=desk.clerk)

    assert (row.status, row.workdays_used, row.workdays_allowed) == (RegistrationStatus.SITE_CHECK, 4, 20)
    assert (issued.paper, issued.valid_until) == ("certificate", date(2021, 6, 7))
    assert applications.under_way(by=desk.clerk) == ()


def test_a_due_day_in_a_year_without_calendar_is_said_and_counted_when_the_year_is_loaded(
    desk: TestOffice,
) -> None:
    last = max(desk.office.calendar.years)
    desk.clock.day = date(last, 12, 28)
    applications = Applications(desk.office)
    one = enter(desk, workshop(), "workshop")
    application = applications.apply(one, on=desk.clock.day, materials=[], by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=desk.clock.day, by=desk.clerk)

    (row,) = applications.under_way(by=desk.clerk)
    calendar = Calendar(desk.office.calendar.years | {last + 1}, (), ())
    (known,) = Applications(replace(desk.office, calendar=calendar)).under_way(by=desk.clerk)

    assert (row.due_on, row.due_words) == (None, f"20 个工作日，{last + 1} 年日历未装入")
    assert known.due_words == f"{last + 1}-01-25 到期"


def test_a_site_check_by_one_person_is_refused_with_the_article(desk: TestOffice) -> None:
    applications = Applications(desk.office)
    application = applications.apply(
        enter(desk, workshop(), "workshop"), on=TODAY, materials=[], by=desk.clerk
    )
    applications.take_step(application, Step.ACCEPT, on=TODAY, by=desk.clerk)

    with pytest.raises(RuleError, match="第三十四条"):
        applications.take_step(application, Step.SITE_CHECK, on=TODAY, people=["赵学军"], by=desk.clerk)


def test_steps_cannot_be_jumped(desk: TestOffice) -> None:
    applications = Applications(desk.office)
    application = applications.apply(enter(desk, stall()), on=TODAY, materials=[], by=desk.clerk)

    with pytest.raises(RuleError, match="已申请"):
        applications.approve(application, on=TODAY, by=desk.clerk)


def test_candidates_show_the_numbers_they_will_get_and_why_others_get_none(desk: TestOffice) -> None:
    enter(desk, stall())
    enter(desk, stall(products=None, address="沙湖村9组1号"), number=2)

    good, bad = Registrations(desk.office).candidates(Choice(kind="stall"), by=desk.clerk)

    assert good.number is not None
    assert good.number.endswith("0001")
    assert (bad.number, bool(bad.reasons)) == (None, True)


def test_after_everything_the_chain_and_the_numbers_check_out(desk: TestOffice) -> None:
    register(desk, enter(desk, stall()))

    assert Trail(desk.office).check(by=desk.clerk) == ()


def test_a_trail_that_was_tampered_with_is_found(desk: TestOffice) -> None:
    from sqlalchemy import text

    register(desk, enter(desk, stall()))
    with desk.office.db.connection() as connection:
        connection.execute(text("UPDATE audit_entry SET account = '别人' WHERE id = 3"))
        if desk.office.db.is_postgresql:
            connection.commit()

    (finding,) = Trail(desk.office).check(by=desk.clerk)

    assert (finding.code, "第 3 条" in finding.sentence) == ("audit", True)


def test_a_batch_decides_the_application_that_is_under_way(desk: TestOffice) -> None:
    shop = enter(desk, stall())
    applications = Applications(desk.office)
    applications.apply(shop, on=TODAY, materials=(), by=desk.clerk)

    assert len(register(desk, shop).issued) == 1

    assert applications.under_way(by=desk.clerk) == ()


def test_a_decision_whose_paper_would_have_run_out_by_now_is_refused_and_takes_no_number(
    desk: TestOffice,
) -> None:
    shop = enter(desk, stall())

    with pytest.raises(RuleError, match="按 2016-01-01 决定，食品摊贩登记卡只到 2016-12-31，现在已经过期"):
        register(desk, shop, on=date(2016, 1, 1))

    assert register(desk, shop).issued[0].number.endswith("0001")


def test_nothing_is_decided_on_a_day_before_its_application(desk: TestOffice) -> None:
    applications = Applications(desk.office)
    application = applications.apply(enter(desk, stall()), on=TODAY, materials=(), by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=TODAY, by=desk.clerk)

    with pytest.raises(UserError, match="早于上一步（或申请）的日期"):
        applications.approve(application, on=date(2018, 1, 2), by=desk.clerk)


def test_a_batch_waits_for_no_day_before_its_application_came_in(desk: TestOffice) -> None:
    one = enter(desk, stall())
    Applications(desk.office).apply(one, on=TODAY, materials=[], by=desk.clerk)

    batch = register(desk, one, on=date(2018, 6, 1))

    assert batch.issued == ()
    assert "决定日期不能早于这一天" in batch.refused[0].reason
    assert Applications(desk.office).under_way(by=desk.clerk)[0].status is RegistrationStatus.APPLIED


def test_who_applied_first_for_a_place_is_decided_first(desk: TestOffice) -> None:
    late = enter(desk, stall())
    first = enter(desk, stall(operator_name="李四", operator_id_number="320482199001010019"), number=2)
    Applications(desk.office).apply(first, on=date(2018, 6, 1), materials=[], by=desk.clerk)

    (line, _) = sorted(
        Registrations(desk.office).candidates(Choice(), by=desk.clerk), key=lambda line: line.id
    )
    batch = Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)

    assert "先提出申请" in line.reasons[0]
    assert ([one.id for one in batch.issued], [one.id for one in batch.refused]) == ([first], [late])
    assert "2018-06-01 先提出申请" in batch.refused[0].reason


def test_a_batch_puts_down_that_the_office_has_seen_what_was_missing(desk: TestOffice) -> None:
    one = enter(desk, stall())
    applications = Applications(desk.office)
    application = applications.apply(one, on=TODAY, materials=[], by=desk.clerk)
    applications.take_step(application, Step.COMPLETE, on=TODAY, by=desk.clerk)

    register(desk, one)

    materials = Dossiers(desk.office).open(one, by=desk.clerk).materials
    assert materials
    assert all(material.is_given for material in materials)
