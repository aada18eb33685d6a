"""Surveying: what is saved, what is refused, and what is said."""

from dataclasses import replace
from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.domain.forms import Severity
from desktop.domain.lifecycle import Disposition, OperatingStatus, RegistrationStatus, Route
from desktop.errors import ChangedMeanwhileError, NotAllowedError
from desktop.services.office.villages import Villages
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters
from desktop.services.survey.surveys import RefusedAnswers, Surveys
from tests.offices import TestOffice, stall, workshop

ONE, TWO = UUID(int=1), UUID(int=2)


def save(
    desk: TestOffice, typed: dict[str, object], kind: str = "stall", identity: UUID = ONE, **more: object
):
    return Surveys(desk.office).save(kind, typed, by=desk.clerk, identity=identity, **more)


def test_a_saved_sheet_stands_in_the_register_with_an_archive_number(desk: TestOffice) -> None:
    saved = save(desk, stall())

    (row,) = Establishments(desk.office).page(Filters(), by=desk.clerk)
    assert (row.id, row.archive_number) == (saved.id, "100-0001")
    assert row.registration_status is RegistrationStatus.UNREGISTERED
    assert (row.village, row.products, row.employee_count) == ("沙湖村", "馄饨", 2)


def test_lists_show_personal_numbers_masked_and_a_look_in_full_is_in_the_trail(desk: TestOffice) -> None:
    save(desk, stall())
    establishments = Establishments(desk.office)

    (masked,) = establishments.page(Filters(), by=desk.clerk)
    (full,) = establishments.revealed(Filters(), by=desk.clerk)

    assert masked.operator_id_number == "3204131986****9990"
    assert masked.phone == "179****5136"
    assert full.operator_id_number == "320413198603279990"
    from desktop.services.office.trail import Trail

    newest = Trail(desk.office).entries(by=desk.clerk)[0]
    assert (newest.action, newest.changes) == ("establishment.reveal", {"shown_in_full": [full.id]})


def test_every_problem_of_a_sheet_is_named_at_its_field_and_nothing_is_saved(desk: TestOffice) -> None:
    wrong = stall(
        village="没有村", operator_id_number="320413198603279991", surveyed_on="2018-02-30", operator_name=" "
    )

    with pytest.raises(RefusedAnswers) as refused:
        save(desk, wrong)

    assert {(problem.field, problem.code) for problem in refused.value.problems} == {
        ("village", "unknown_village"),
        ("operator_id_number", "id_number_check_digit"),
        ("surveyed_on", "date_impossible"),
        ("operator_name", "missing"),
    }
    assert Establishments(desk.office).count(Filters(), by=desk.clerk) == 0
    assert desk.heard == []


def test_an_identity_number_of_somebody_unborn_is_doubted(desk: TestOffice) -> None:
    saved = save(desk, stall(operator_id_number="320413209901010026"))

    (said,) = saved.warnings
    assert (said.field, said.code, said.severity) == ("operator_id_number", "age_in_doubt", Severity.WARNING)


def test_a_prohibited_product_is_said_and_stops_nothing(desk: TestOffice) -> None:
    product = next(iter(desk.office.profile.prohibited("workshop"))).word

    saved = save(desk, workshop(products=f"豆腐、{product}"), "workshop")

    assert [(w.field, w.code, w.severity) for w in saved.warnings] == [
        ("products", "prohibited_product", Severity.WARNING)
    ]


def test_two_people_on_one_record_see_each_other(desk: TestOffice) -> None:
    saved = save(desk, stall())
    save(desk, stall(products="馄饨、面条"), establishment_id=saved.id, version=saved.version)

    with pytest.raises(ChangedMeanwhileError):
        save(desk, stall(products="凉皮"), establishment_id=saved.id, version=saved.version)

    (row,) = Establishments(desk.office).page(Filters(), by=desk.clerk)
    assert row.products == "馄饨、面条"


def test_a_move_is_kept_in_the_change_log(desk: TestOffice) -> None:
    saved = save(desk, stall())

    save(
        desk,
        stall(village="白塔村", address="白塔村1组1号"),
        establishment_id=saved.id,
        version=saved.version,
    )

    from sqlalchemy import select

    from desktop.models.establishment import EstablishmentChange

    with desk.office.db.reading() as session:
        (change,) = session.scalars(select(EstablishmentChange))
    assert (change.change, change.old_value, change.new_value) == ("moved", "沙湖村3组72号", "白塔村1组1号")


def test_the_same_person_at_the_same_place_is_surely_the_same_and_elsewhere_it_is_a_question(
    desk: TestOffice,
) -> None:
    save(desk, stall())
    surveys = Surveys(desk.office)
    answers = {"village": "沙湖村", "address": "沙湖村３组 72 号", "operator_id_number": "320413198603279990"}

    (sure,) = surveys.alike("stall", answers | {"phone": "17921275136"}, by=desk.clerk)
    (unsure,) = surveys.alike("stall", answers | {"address": "沙湖村9组1号"}, by=desk.clerk)

    assert (sure.is_sure, set(sure.alike)) == (True, {"operator_id_number", "phone", "address"})
    assert (unsure.is_sure, unsure.alike) == (False, ("operator_id_number",))


def test_a_grid_is_saved_whole_or_not_at_all(desk: TestOffice) -> None:
    good, bad = stall(), stall(phone="123", address="沙湖村9组1号")

    with pytest.raises(Exception, match="第 2 行"):
        Surveys(desk.office).save_many("stall", [(good, ONE), (bad, TWO)], by=desk.clerk)

    assert Establishments(desk.office).count(Filters(), by=desk.clerk) == 0


def test_archive_numbers_follow_each_other_without_gaps_after_a_refusal(desk: TestOffice) -> None:
    first = save(desk, stall())
    with pytest.raises(RefusedAnswers):
        save(desk, stall(phone="1"), identity=TWO)
    second = save(desk, stall(address="沙湖村9组1号"), identity=TWO)

    assert (first.archive_number, second.archive_number) == ("100-0001", "100-0002")


def test_a_village_account_works_in_its_own_village_only(desk: TestOffice) -> None:
    village = Villages(desk.office).named("白塔村")
    villager = desk.somebody("老白", Role.VILLAGE, village_id=village.id)
    save(desk, stall())

    with pytest.raises(NotAllowedError):
        Surveys(desk.office).save("stall", stall(), by=villager, identity=TWO)

    assert Establishments(desk.office).count(Filters(), by=villager) == 0


def test_an_auditor_enters_nothing(desk: TestOffice) -> None:
    auditor = replace(desk.clerk, roles=frozenset({Role.AUDITOR}))

    with pytest.raises(NotAllowedError, match="录入员"):
        Surveys(desk.office).save("stall", stall(), by=auditor, identity=ONE)


@pytest.mark.parametrize(
    "typed", ["钱杰", "馄饨铺", "qjy", "jy", "5136", "9990", "17921", "100-0001", "０００１", "豆腐"]
)
def test_a_keystroke_finds_by_name_inside_a_name_initials_and_tails(desk: TestOffice, typed: str) -> None:
    saved = save(desk, stall(name="阿钱馄饨铺豆腐"))
    save(desk, stall(operator_name="李四", operator_id_number=None, phone=None, address="别处"), identity=TWO)

    hits = Establishments(desk.office).find(typed, by=desk.clerk)

    assert saved.id in {hit.id for hit in hits}
    assert Establishments(desk.office).count(Filters(search=typed), by=desk.clerk) >= 1


def test_who_was_renamed_is_found_by_the_new_name_and_no_longer_by_the_old_one(desk: TestOffice) -> None:
    saved = save(desk, stall(name="阿钱馄饨铺"))
    save(desk, stall(name="阿钱面馆"), establishment_id=saved.id, version=saved.version)

    found = {
        typed: [hit.id for hit in Establishments(desk.office).find(typed, by=desk.clerk)]
        for typed in ("面馆", "馄饨铺", "aqmg", "aqhtp", "5136")
    }

    assert found == {"面馆": [saved.id], "馄饨铺": [], "aqmg": [saved.id], "aqhtp": [], "5136": [saved.id]}


def test_a_village_finds_its_own_behind_any_number_of_others(desk: TestOffice) -> None:
    village = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)
    for number in range(9):
        others = stall(name=None, operator_name="王一", operator_id_number=None, address=f"{number}号")
        save(desk, others, identity=UUID(int=number + 1))
    own = stall(name=None, operator_name="王鑫", operator_id_number=None, village="白塔村")
    saved = save(desk, own, identity=UUID(int=99))

    found = Establishments(desk.office).find("王", by=village, limit=2)

    assert [hit.id for hit in found] == [saved.id]


def test_who_is_found_by_several_keys_is_named_once(desk: TestOffice) -> None:
    saved = save(desk, stall(name="王王王面馆", operator_name="王王"))
    other = save(desk, stall(name="王麻子", operator_name="李四", address="别处"), identity=TWO)

    found = Establishments(desk.office).find("王", by=desk.clerk, limit=2)

    assert [hit.id for hit in found] == [saved.id, other.id]


def test_a_search_for_nobody_finds_nobody(desk: TestOffice) -> None:
    save(desk, stall())

    assert Establishments(desk.office).find("赵", by=desk.clerk) == ()
    assert Establishments(desk.office).find("，", by=desk.clerk) == ()


def test_the_route_decides_the_registration_status_before_an_application(desk: TestOffice) -> None:
    saved = save(desk, stall())

    Surveys(desk.office).decide(
        saved.id, route=Route.PUT_RIGHT_FIRST, disposition=Disposition.STANDARDISE, by=desk.clerk
    )

    (row,) = Establishments(desk.office).page(Filters(), by=desk.clerk)
    assert row.registration_status is RegistrationStatus.LACKING


def test_closing_is_written_into_the_change_log_and_the_status(desk: TestOffice) -> None:
    saved = save(desk, stall())

    Surveys(desk.office).change_operating_status(
        saved.id, OperatingStatus.CLOSED, on=desk.clock.day, note="业主回乡", by=desk.clerk
    )

    (row,) = Establishments(desk.office).page(Filters(statuses=("closed",)), by=desk.clerk)
    assert row.id == saved.id


def test_a_commit_announces_its_topics_after_it_and_a_refusal_says_nothing(desk: TestOffice) -> None:
    save(desk, stall())

    assert desk.heard[-1].topics >= {"establishments"}


def test_a_look_is_masked_also_among_the_answers_and_opening_the_sheet_is_written_down(
    desk: TestOffice,
) -> None:
    saved = save(desk, stall())
    establishments = Establishments(desk.office)

    looked_at = establishments.detail(saved.id, by=desk.clerk)
    opened = establishments.sheet(saved.id, by=desk.clerk)

    assert looked_at.answers["operator_id_number"] == "3204131986****9990"
    assert looked_at.answers["phone"] == "179****5136"
    assert opened.answers["operator_id_number"] == "320413198603279990"
    from desktop.services.office.trail import Trail

    newest = Trail(desk.office).entries(by=desk.clerk)[0]
    assert (newest.action, newest.object) == ("establishment.open_sheet", f"Establishment/{saved.id}")


def test_a_village_is_not_told_who_trades_in_another_village_under_the_same_number(desk: TestOffice) -> None:
    save(desk, stall())
    answers = {"village": "白塔村", "address": "白塔村1组1号", "operator_id_number": "320413198603279990"}
    stranger = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)

    assert len(Surveys(desk.office).alike("stall", answers, by=desk.clerk)) == 1
    assert Surveys(desk.office).alike("stall", answers, by=stranger) == ()
