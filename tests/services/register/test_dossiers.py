"""The dossier of one establishment: everything that happened, nobody given away, one thing to do next."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.next_step import Verb
from desktop.domain.wall import WallFilters
from desktop.errors import NotAllowedError
from desktop.services.office.villages import Villages
from desktop.services.papers.papers import Papers, Sheet, Wanted
from desktop.services.papers.proofs import Proofs
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.rectification.rectifications import Until
from desktop.services.register.dossiers import Dossiers
from desktop.services.registration.applications import Applications, Step
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall
from tests.visits import enter as enter_a_stall
from tests.visits import ordered


def enter(desk: TestOffice, number: int = 1, round_id: int | None = None, **changed: object) -> int:
    typed = stall(**changed)
    saved = Surveys(desk.office).save(
        "stall", typed, by=desk.clerk, identity=UUID(int=number), round_id=round_id
    )
    return saved.id


def test_personal_numbers_are_masked_among_the_facts_too(desk: TestOffice) -> None:
    dossier = Dossiers(desk.office).open(enter(desk), by=desk.clerk)

    words = " ".join(fact.words for fact in dossier.facts)
    assert "320413198603279990" not in words
    assert "17921275136" not in words
    assert {fact.code for fact in dossier.facts if fact.is_personal} == {"operator_id_number", "phone"}


def test_the_timeline_merges_survey_change_application_paper_and_print(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    surveys = Surveys(desk.office)
    round_id = surveys.open_round(name="2018", starts_on=TODAY, ends_on=None, by=desk.clerk)
    shop = enter(desk, round_id=round_id)
    surveys.save(
        "stall",
        stall(surveyed_on="2018.6.1", employee_count="3", address="沙湖村8组1号"),
        by=desk.clerk,
        identity=UUID(int=2),
        establishment_id=shop,
        round_id=round_id,
    )
    issued = Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.clerk)
    Papers(desk.office, assets / "fonts").print(
        Wanted("card", ids=(shop,)), tmp_path / "卡.pdf", by=desk.clerk
    )

    entries = Dossiers(desk.office).timeline(shop, by=desk.clerk)

    assert [(entry.on, entry.what) for entry in entries] == [
        (TODAY, "print"),
        (TODAY, "issue"),
        (TODAY, "approve"),
        (date(2018, 6, 1), "moved"),
        (date(2018, 6, 1), "survey"),
        (date(2018, 5, 29), "survey"),
    ]
    assert entries[4].title == "摸底调查，改 2 项"
    assert issued.issued[0].number in entries[1].text


def test_one_leafs_through_the_register_and_a_village_through_its_own(desk: TestOffice) -> None:
    first = enter(desk)
    second = enter(desk, 2, village="白塔村", address="白塔村1组1号")
    third = enter(desk, 3, address="沙湖村9组1号")
    dossiers = Dossiers(desk.office)
    own = next(village.id for village in Villages(desk.office).all() if village.name == "沙湖村")
    villager = desk.somebody("村员", Role.VILLAGE, village_id=own)

    place = dossiers.open(third, by=desk.clerk).place
    assert (place.previous_id, place.next_id, place.position, place.count) == (second, None, 3, 3)
    place = dossiers.open(third, by=villager).place
    assert (place.previous_id, place.next_id, place.position, place.count) == (first, None, 2, 2)


def test_a_village_opens_no_dossier_of_another_village(desk: TestOffice) -> None:
    shop = enter(desk)
    stranger = desk.somebody("外村", Role.VILLAGE, village_id=8)

    with pytest.raises(NotAllowedError):
        Dossiers(desk.office).timeline(shop, by=stranger)


def test_what_to_do_next_follows_the_establishment_from_survey_to_print(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    dossiers, applications = Dossiers(desk.office), Applications(desk.office)
    shop = enter(desk, operator_id_number=None)
    steps = [dossiers.open(shop, by=desk.clerk).next.verb]
    Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=2), establishment_id=shop)
    steps.append(dossiers.open(shop, by=desk.clerk).next.verb)
    application = applications.apply(shop, on=TODAY, materials=(), by=desk.clerk)
    steps.append(dossiers.open(shop, by=desk.clerk).next.verb)
    assert any(not one.is_given for one in dossiers.open(shop, by=desk.clerk).materials)
    applications.take_step(application, Step.ACCEPT, on=TODAY, by=desk.clerk)
    applications.approve(application, on=TODAY, by=desk.clerk)
    steps.append(dossiers.open(shop, by=desk.clerk).next.verb)
    Papers(desk.office, assets / "fonts").print(
        Wanted("card", ids=(shop,)), tmp_path / "卡.pdf", by=desk.clerk
    )
    steps.append(dossiers.open(shop, by=desk.clerk).next.verb)

    assert steps == [Verb.EDIT, Verb.REGISTER, Verb.REGISTER, Verb.PRINT, Verb.INSPECT]


def test_a_closed_one_is_watched_for_coming_back(desk: TestOffice) -> None:
    shop = enter(desk)
    Surveys(desk.office).change_operating_status(
        shop, OperatingStatus.CLOSED, on=TODAY, note="自行关停", by=desk.clerk
    )

    dossier = Dossiers(desk.office).open(shop, by=desk.clerk)

    assert "死灰复燃" in dossier.next.sentence
    newest = Dossiers(desk.office).timeline(shop, by=desk.clerk)[0]
    assert newest.title == "改为“已关停”"


def test_looking_at_a_print_is_the_very_file_that_is_printed_and_leaves_no_trace(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    ids = (enter(desk), enter(desk, 2, address="沙湖村9组1号"))
    Registrations(desk.office).register_all(Choice(ids=ids), decided_on=TODAY, by=desk.clerk)
    papers = Papers(desk.office, assets / "fonts")
    sheet = Sheet(per_page=4, offset_mm=(1.3, -0.8))
    wanted = Wanted("card", is_unprinted=True)

    looked = papers.ready(wanted, by=desk.clerk).draw(tmp_path / "look.pdf", sheet=sheet)
    assert papers.count(by=desk.clerk, is_unprinted=True) == 2
    papers.print(wanted, tmp_path / "print.pdf", by=desk.clerk, sheet=sheet)

    assert looked.pages == 1
    assert (tmp_path / "look.pdf").read_bytes() == (tmp_path / "print.pdf").read_bytes()
    assert papers.count(by=desk.clerk, is_unprinted=True) == 0


def test_what_cannot_be_printed_is_named_with_its_characters(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    shop = enter(desk, operator_name="钱\U000e0100\ue001")
    Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.clerk)

    ready = Papers(desk.office, assets / "fonts").ready(Wanted("card", is_unprinted=True), by=desk.clerk)
    refused = ready.draw(tmp_path / "look.pdf").refused[0]

    assert refused.id == shop
    assert "U+E001" in refused.characters
    assert not (tmp_path / "look.pdf").exists()


def test_a_proof_shows_the_number_to_come_and_gives_none(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    shop = enter(desk)
    registrations = Registrations(desk.office)
    (line,) = registrations.candidates(Choice(), by=desk.clerk)
    proofs = Proofs(desk.office, assets / "fonts")

    reasons = proofs.proof(shop, line.number or "", tmp_path / "样张.pdf", by=desk.clerk)

    from printing.preview import Preview

    with Preview(tmp_path / "样张.pdf") as pages:
        assert line.number in pages.text(0)
    assert reasons == ()
    assert registrations.candidates(Choice(), by=desk.clerk)[0].number == line.number


def test_the_dossier_counts_what_is_late_as_the_wall_does(desk: TestOffice) -> None:
    shop = enter_a_stall(desk)
    ordered(desk, shop, until=Until(days=1))
    desk.clock.day = TODAY + timedelta(days=10)

    dossier = Dossiers(desk.office).open(shop, by=desk.clerk)
    (row,) = Deadlines(desk.office).wall(WallFilters(), by=desk.clerk)

    assert row.workdays_left is not None
    assert dossier.cases[0].workdays_late == -row.workdays_left < 9
    assert f"已过 {-row.workdays_left} 个工作日" in dossier.next.sentence
