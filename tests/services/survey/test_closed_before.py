"""Who was closed down by order is met again: another trade, another place, another person at the door."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from openpyxl import Workbook

from desktop.domain.lifecycle import OperatingStatus, Route
from desktop.services.imports.imports import Imports
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.parked_duplicates import ParkedDuplicates
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Saved, Surveys
from tests.offices import TODAY, TestOffice, stall
from tests.visits import PAIR

OTHER = "320482199001010019"
ELSEWHERE = "沙湖村9组1号"


def save(desk: TestOffice, number: int, kind: str = "stall", **changed: object) -> Saved:
    return Surveys(desk.office).save(kind, stall(**changed), by=desk.clerk, identity=UUID(int=number))


def register(desk: TestOffice, one: int) -> str:
    """Return why an establishment is not registered; nothing where it is."""
    batch = Registrations(desk.office).register_all(Choice(ids=(one,)), decided_on=TODAY, by=desk.clerk)
    return "".join(refused.reason for refused in batch.refused)


def look_back(desk: TestOffice, one: int, outcome: str) -> None:
    LookBacks(desk.office).record(one, on=TODAY, inspectors=PAIR, outcome=outcome, note="", by=desk.clerk)


@pytest.fixture
def closed(desk: TestOffice) -> int:
    """Return a stall that was ordered to close and found closed."""
    one = save(desk, 1).id
    Surveys(desk.office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    shutdowns = Shutdowns(desk.office)
    shutdowns.order_to_close(one, close_by=TODAY, on=TODAY, reason="拒不整改", by=desk.clerk)
    shutdowns.verify(one, on=TODAY, reason="已搬空", by=desk.clerk)
    return one


def test_the_same_person_waits_in_any_trade_until_the_closed_one_was_looked_at(
    desk: TestOffice, closed: int
) -> None:
    saved = save(desk, 2, "eatery", name="姜记面馆", address=ELSEWHERE)

    assert [said.code for said in saved.warnings] == ["met_again"]
    assert "同一经营者的 100-0001 已关停，谨防“死灰复燃”" in register(desk, saved.id)
    look_back(desk, closed, "kept")
    assert register(desk, saved.id) == ""


def test_another_person_at_the_very_place_waits_and_one_beside_it_does_not(
    desk: TestOffice, closed: int
) -> None:
    here = save(desk, 2, operator_name="姜春", operator_id_number=OTHER, phone=None).id
    beside = save(desk, 3, operator_name="姜春", operator_id_number=None, phone=None, address=ELSEWHERE)

    assert "同一地点的 100-0001 已关停" in register(desk, here)
    assert beside.warnings == ()


def test_what_reopened_bars_until_it_is_closed_and_looked_at_again(desk: TestOffice, closed: int) -> None:
    here = save(desk, 2, operator_name="姜春", operator_id_number=OTHER, phone=None).id

    look_back(desk, closed, "reopened")

    assert "同一地点的 100-0001 限期关停中" in register(desk, here)


def test_who_closed_of_his_own_accord_bars_nobody_after_him(desk: TestOffice) -> None:
    one = save(desk, 1).id
    Surveys(desk.office).change_operating_status(
        one, OperatingStatus.CLOSED, on=TODAY, note="自行停业", by=desk.clerk
    )

    successor = save(desk, 2, operator_name="姜春", operator_id_number=OTHER, phone=None)

    assert successor.warnings == ()
    assert register(desk, successor.id) == ""


@pytest.fixture
def take_in(desk: TestOffice, tmp_path: Path) -> Callable[..., str]:
    """Import one row of a stall and return what is said of it, nothing where it is new."""

    def take(person: str, number: str, address: str) -> str:
        head = ("姓名", "身份证号", "电话", "村", "摊位位置", "经营品种", "人数", "健康证数", "调查日期")
        row = (person, number, "13761529721", "沙湖村", address, "煎饼", 2, 2, "2018.5.1")
        workbook = Workbook()
        for line in (("食品摊贩摸底表",), head, row):
            workbook.active.append(line)
        workbook.save(tmp_path / "摊贩.xlsx")
        imports = Imports(desk.office, Surveys(desk.office), uuid4)
        (file,) = imports.take_in([tmp_path / "摊贩.xlsx"], by=desk.clerk).files
        return "".join(one.note for one in file.duplicates)

    return take


def test_an_import_parks_another_person_at_the_closed_place(
    desk: TestOffice, closed: int, take_in: Callable[..., str]
) -> None:
    assert "死灰复燃" in take_in("姜春", OTHER, "金城镇沙湖村3组72号")
    assert take_in("姜春", OTHER, ELSEWHERE) == ""


def test_an_import_parks_who_was_closed_down_in_another_trade(
    desk: TestOffice, take_in: Callable[..., str]
) -> None:
    one = save(desk, 1, "eatery", name="钱记面馆").id
    Surveys(desk.office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).order_to_close(one, close_by=TODAY, on=TODAY, reason="拒不整改", by=desk.clerk)
    Shutdowns(desk.office).force(one, on=TODAY, reason="拒不关停", by=desk.clerk)

    assert "死灰复燃" in take_in("钱杰永", "320413198603279990", ELSEWHERE)

    parked = ParkedDuplicates(desk.office, Surveys(desk.office), uuid4)
    (row,) = parked.waiting(by=desk.clerk)
    assert row.match is not None
    assert (row.match.id, any(field.differs for field in row.fields)) == (one, False)
    decided = parked.decide_different(row.id, version=row.version, by=desk.clerk)
    assert "回头看" in decided.next_step
    assert "同一经营者的 100-0001 已取缔" in register(desk, decided.establishment_id or 0)


def test_who_was_closed_down_is_met_while_the_sheet_is_typed(desk: TestOffice, closed: int) -> None:
    surveys, typed = Surveys(desk.office), stall(name="姜记面馆", address=ELSEWHERE)

    said = surveys.check("eatery", typed, by=desk.clerk)

    assert [one.code for one in said] == ["met_again"]
    assert "同一经营者的 100-0001 已关停" in said[0].message


def test_a_record_that_is_changed_is_not_met_by_itself(desk: TestOffice, closed: int) -> None:
    surveys = Surveys(desk.office)

    assert surveys.check("stall", stall(), establishment_id=closed, by=desk.clerk) == ()


def test_a_sheet_with_nothing_but_its_village_asks_nobody(desk: TestOffice, closed: int) -> None:
    said = Surveys(desk.office).check("stall", {"village": stall()["village"]}, by=desk.clerk)

    assert "met_again" not in {one.code for one in said}
