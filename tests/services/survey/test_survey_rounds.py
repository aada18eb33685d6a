"""Survey rounds: which one is under way, what counts for it, and how far it has come."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus
from desktop.errors import NotAllowedError, UserError
from desktop.models.establishment import SurveyResponse
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.survey.surveys import Surveys
from tests.offices import LEDGERS, TODAY, TestOffice, stall

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def opened(desk: TestOffice, name: str = "2018年摸底调查", **days: date | None) -> int:
    more: dict[str, date | None] = {"starts_on": date(2018, 4, 1), "ends_on": None} | days
    return Surveys(desk.office).open_round(name=name, by=desk.clerk, **more)  # type: ignore[arg-type]


def sheets_of(desk: TestOffice) -> list[tuple[int, int]]:
    with desk.office.db.reading() as session:
        query = select(SurveyResponse.survey_id, SurveyResponse.establishment_id)
        return [(found[0], found[1]) for found in session.execute(query.order_by(SurveyResponse.id))]


def test_the_current_round_is_the_newest_open_one_whose_days_contain_today(desk: TestOffice) -> None:
    surveys = Surveys(desk.office)
    assert surveys.current_round() is None
    opened(desk, "去年", starts_on=date(2017, 4, 1), ends_on=date(2018, 6, 7))
    older = opened(desk, "春季", starts_on=date(2018, 3, 1), ends_on=TODAY)
    newer = opened(desk, "夏季", starts_on=TODAY)
    opened(desk, "秋季", starts_on=date(2018, 9, 1))

    assert surveys.current_round().id == newer
    surveys.close_round(newer, by=desk.clerk)
    assert surveys.current_round().id == older
    surveys.close_round(older, by=desk.clerk)
    assert surveys.current_round() is None


def test_form_and_grid_count_for_the_round_under_way_without_knowing_it(desk: TestOffice) -> None:
    surveys = Surveys(desk.office)
    before = surveys.save("stall", stall(), by=desk.clerk, identity=ONE)
    round_id = opened(desk)

    surveys.save("stall", stall(), by=desk.clerk, identity=ONE, establishment_id=before.id)
    (second,) = surveys.save_many("stall", [(stall(address="沙湖村9组1号"), TWO)], by=desk.clerk)
    surveys.enter_all([("stall", stall(address="沙湖村9组2号"), THREE)], by=desk.clerk)

    assert sheets_of(desk)[:2] == [(round_id, before.id), (round_id, second.id)]
    assert len(sheets_of(desk)) == 3


def test_without_a_round_a_sheet_belongs_to_none(desk: TestOffice) -> None:
    Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=ONE)

    assert sheets_of(desk) == []


def test_an_import_counts_for_the_round_and_its_undoing_takes_that_back(desk: TestOffice) -> None:
    opened(desk)
    numbers = iter(range(1, 9_000))
    imports = Imports(desk.office, Surveys(desk.office), lambda: UUID(int=next(numbers)))
    answer = imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=desk.clerk)
    assert sheets_of(desk)

    undone = imports.undo(answer.files[0].import_id, reason="导错了", by=desk.clerk)

    assert sheets_of(desk) == []
    assert undone.kept == ()


def test_progress_counts_each_establishment_once_by_village(desk: TestOffice) -> None:
    surveys = Surveys(desk.office)
    first = surveys.save("stall", stall(), by=desk.clerk, identity=ONE)
    surveys.save("stall", stall(village="白塔村", address="白塔村1组1号"), by=desk.clerk, identity=TWO)
    round_id = opened(desk)
    for _ in range(2):
        surveys.save("stall", stall(), by=desk.clerk, identity=ONE, establishment_id=first.id)

    progress = surveys.round_progress(round_id, by=desk.clerk)

    assert (progress.answered, progress.total) == (1, 2)
    by_village = {one.village: (one.answered, one.total) for one in progress.villages}
    assert (by_village["沙湖村"], by_village["白塔村"]) == ((1, 1), (0, 1))
    assert len(by_village) == len(Villages(desk.office).all())


def test_a_closed_one_is_not_waited_for_but_counts_where_it_had_answered(desk: TestOffice) -> None:
    surveys = Surveys(desk.office)
    silent = surveys.save("stall", stall(), by=desk.clerk, identity=ONE)
    round_id = opened(desk)
    heard = surveys.save("stall", stall(address="沙湖村9组1号"), by=desk.clerk, identity=TWO)
    for one in (silent, heard):
        surveys.change_operating_status(
            one.id, OperatingStatus.CLOSED, on=TODAY, note="业主回乡", by=desk.clerk
        )

    progress = surveys.round_progress(round_id, by=desk.clerk)

    assert (progress.answered, progress.total) == (1, 1)


def test_a_village_account_sees_the_progress_of_its_own_village_and_opens_no_round(desk: TestOffice) -> None:
    round_id = opened(desk)
    village = Villages(desk.office).named("白塔村")
    villager = desk.somebody("老白", Role.VILLAGE, village_id=village.id)
    surveys = Surveys(desk.office)

    (own,) = surveys.round_progress(round_id, by=villager).villages
    assert own.village == "白塔村"
    with pytest.raises(NotAllowedError, match="由镇里开和关"):
        surveys.close_round(round_id, by=villager)
    with pytest.raises(NotAllowedError, match="由镇里开和关"):
        surveys.open_round(name="村里的", starts_on=TODAY, ends_on=None, by=villager)


def test_a_round_without_a_name_twice_the_same_or_running_backwards_is_refused(desk: TestOffice) -> None:
    opened(desk, "春季")
    with pytest.raises(UserError, match="要有名称"):
        opened(desk, "  ")
    with pytest.raises(UserError, match="已有叫“春季”"):
        opened(desk, " 春季 ")
    with pytest.raises(UserError, match="早于开始日期"):
        opened(desk, "倒着", starts_on=TODAY, ends_on=date(2018, 6, 1))


def test_a_round_is_closed_once_and_only_if_it_is_there(desk: TestOffice) -> None:
    round_id = opened(desk)
    surveys = Surveys(desk.office)
    surveys.close_round(round_id, by=desk.clerk)

    with pytest.raises(UserError, match="已经关闭"):
        surveys.close_round(round_id, by=desk.clerk)
    with pytest.raises(UserError, match="没有编号为 99"):
        surveys.close_round(99, by=desk.clerk)
    assert "surveys" in desk.heard[-1].topics
