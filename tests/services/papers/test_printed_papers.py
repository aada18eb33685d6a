"""The print log as a list: everything about each copy, found by any part of it, by village."""

from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.papers.printed_papers import PrintedPapers
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall


@pytest.fixture
def log(desk: TestOffice, assets, tmp_path) -> PrintedPapers:
    surveys, papers = Surveys(desk.office), Papers(desk.office, assets / "fonts")
    typed = stall(operator_name="张𬭎")
    shop = surveys.save("stall", typed, by=desk.clerk, identity=UUID(int=1)).id
    Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.clerk)
    papers.print(Wanted("card", ids=(shop,)), tmp_path / "一.pdf", by=desk.clerk)
    papers.print(Wanted("card", ids=(shop,)), tmp_path / "二.pdf", by=desk.clerk, reason="原件污损")
    return PrintedPapers(desk.office)


def test_each_copy_says_who_printed_it_when_why_and_into_which_file(desk: TestOffice, log) -> None:
    second, first = log.page(by=desk.clerk)

    assert (first.copy_number, first.reason, first.file) == (1, "", "一.pdf")
    assert (second.copy_number, second.reason, second.file) == (2, "原件污损", "二.pdf")
    assert second.printed_by == desk.clerk.name
    assert second.facts_sha256 == first.facts_sha256
    assert second.file_sha256 == first.file_sha256
    assert log.count(by=desk.clerk) == 2


@pytest.mark.parametrize("typed", ["污损", "二.pdf", " 原件 "])
def test_a_copy_is_found_by_part_of_what_it_says(desk: TestOffice, log, typed: str) -> None:
    assert [one.copy_number for one in log.page(typed, by=desk.clerk)] == [2]
    assert log.count(typed, by=desk.clerk) == 1


def test_both_copies_are_found_by_name_person_kind_and_digest(desk: TestOffice, log) -> None:
    digest = log.page(by=desk.clerk)[0].file_sha256

    for typed in ("𬭎", desk.clerk.name, "登记卡", digest[:12].upper()):
        assert log.count(typed, by=desk.clerk) == 2
    assert log.count("100%", by=desk.clerk) == 0


def test_a_village_sees_its_own_prints_only(desk: TestOffice, log) -> None:
    elsewhere = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)

    assert log.page(by=elsewhere) == ()
    assert log.count(by=elsewhere) == 0
