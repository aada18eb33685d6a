"""A row that may be there already waits for somebody's word, and each word goes the way an import goes."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from desktop.domain.act import Actor, Role
from desktop.domain.duplicates import Decision
from desktop.domain.lifecycle import OperatingStatus, Route
from desktop.errors import ChangedMeanwhileError, NotAllowedError, UserError
from desktop.models.audit import AuditEntry
from desktop.models.establishment import Establishment, SurveyResponse
from desktop.models.imports import ParkedDuplicate
from desktop.services.imports.imports import Imports
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.establishments import Establishments, Filters
from desktop.services.register.parked_duplicates import ParkedDuplicates, ParkedRow
from desktop.services.survey.surveys import Surveys
from desktop.services.workbench import Workbench
from tests.offices import TODAY, TestOffice

HEAD = ("姓名", "身份证号", "电话", "村", "摊位位置", "经营品种", "人数", "健康证数", "调查日期")
ZHANG = ("张三", "320413196207227743", "13761529721", "白塔村", "白塔村1组2号", "煎饼", 3, 2, "2018.5.1")
AT_OTHER_PLACE = (*ZHANG[:4], "白塔村5组9号", "煎饼、豆浆", 3, 2, "2018.5.9")
IN_OTHER_VILLAGE = (*ZHANG[:3], "后阳村", "后阳村3组4号", "豆浆", 1, 1, "2018.5.9")
LI = ("李四", "340824200108147266", "18970735877", "后阳村", "后阳村3组8号", "豆浆", 1, 1, "2018.5.2")
TakeIn = Callable[..., int]


@pytest.fixture
def imports(desk: TestOffice) -> Imports:
    return Imports(desk.office, Surveys(desk.office), uuid4)


@pytest.fixture
def parked(desk: TestOffice) -> ParkedDuplicates:
    numbers = iter(range(1, 1000))
    return ParkedDuplicates(desk.office, Surveys(desk.office), lambda: UUID(int=next(numbers)))


@pytest.fixture
def take_in(desk: TestOffice, imports: Imports, tmp_path: Path) -> TakeIn:
    """Import rows of stalls and return the number of the import."""

    def take(*rows: tuple[object, ...], name: str = "摊贩.xlsx") -> int:
        workbook = Workbook()
        for line in (("食品摊贩摸底表",), HEAD, *rows):
            workbook.active.append(line)
        workbook.save(tmp_path / name)
        (file,) = imports.take_in([tmp_path / name], by=desk.clerk).files
        assert file.import_id is not None
        return file.import_id

    return take


@pytest.fixture
def villager(desk: TestOffice) -> Actor:
    return desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)


def only(parked: ParkedDuplicates, by: Actor) -> ParkedRow:
    (row,) = parked.waiting(by=by)
    return row


def same(parked: ParkedDuplicates, row: ParkedRow, *take: str, by: Actor) -> int:
    assert row.match is not None
    decided = parked.decide_same(
        row.id, version=row.version, record_version=row.match.version, take=take, by=by
    )
    assert decided.establishment_id == row.match.id
    return row.match.id


def register(desk: TestOffice) -> list[tuple[object, ...]]:
    """Return all that the register says of its establishments, but not how often it was written."""
    columns = [one for one in Establishment.__table__.columns if one.name not in {"id", "version", "uuid"}]
    with desk.office.db.reading() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Establishment.id))]


def of(desk: TestOffice, code: str, record_id: int) -> object:
    with desk.office.db.reading() as session:
        return getattr(session.get(Establishment, record_id), code)


def test_what_waits_is_shown_beside_the_record_with_what_differs(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    take_in(LI, AT_OTHER_PLACE, name="补报.xlsx")

    row = only(parked, desk.clerk)

    assert (row.file, row.row, row.village, row.is_sure, row.may_decide) == (
        "补报.xlsx",
        4,
        "白塔村",
        False,
        True,
    )
    assert row.alike == ("operator_id_number", "phone")
    assert row.match is not None
    assert row.match.archive_number == "100-0001"
    assert {one.code for one in row.fields if one.differs} == {"address", "products", "surveyed_on"}
    words = {one.code: (one.stated, one.has) for one in row.fields}
    assert words["products"] == ("煎饼、豆浆", "煎饼")
    assert words["operator_id_number"][0] == words["operator_id_number"][1] != ZHANG[1]


def test_the_same_takes_only_the_chosen_answers_and_is_found_by_them(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    take_in(AT_OTHER_PLACE, name="补报.xlsx")

    record_id = same(parked, only(parked, desk.clerk), "products", by=desk.clerk)

    assert of(desk, "products", record_id) == "煎饼、豆浆"
    assert of(desk, "address", record_id) == "白塔村1组2号"
    assert parked.waiting(by=desk.clerk) == ()
    assert Workbench(desk.office).today(by=desk.clerk).counts.parked_duplicates == 0
    with desk.office.db.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "duplicate.same")).all()
    assert {"Establishment", "ParkedDuplicate"} <= {entry.object_type for entry in entries}


def test_another_one_comes_in_with_a_number_of_its_own(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    take_in(AT_OTHER_PLACE, name="补报.xlsx")
    row = only(parked, desk.clerk)

    decided = parked.decide_different(row.id, version=row.version, by=desk.clerk)

    assert (decided.decision, decided.archive_number) == (Decision.DIFFERENT, "100-0002")
    found = Establishments(desk.office).revealed(Filters(search="张三"), by=desk.clerk)
    assert [one.address for one in found] == ["白塔村1组2号", "白塔村5组9号"]


def test_a_dropped_row_keeps_its_reason_and_needs_one(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    take_in(AT_OTHER_PLACE, name="补报.xlsx")
    row, before = only(parked, desk.clerk), register(desk)

    with pytest.raises(UserError, match="写明原因"):
        parked.drop(row.id, version=row.version, reason=" ", by=desk.clerk)
    parked.drop(row.id, version=row.version, reason="填表人写错", by=desk.clerk)

    assert register(desk) == before
    with desk.office.db.reading() as session:
        kept = session.get(ParkedDuplicate, row.id)
        assert kept is not None
        assert (kept.resolution, kept.reason, kept.decided_by) == ("drop", "填表人写错", "周敏")


def test_deciding_twice_is_refused_and_says_who_decided_what(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    take_in(AT_OTHER_PLACE, name="补报.xlsx")
    row = only(parked, desk.clerk)
    parked.decide_different(row.id, version=row.version, by=desk.clerk)
    before = register(desk)

    with pytest.raises(ChangedMeanwhileError, match="已由“周敏”认定为“是另一户”"):
        same(parked, row, "products", by=desk.clerk)

    assert register(desk) == before


def test_a_record_that_changed_meanwhile_is_looked_at_again_first(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    take_in(AT_OTHER_PLACE, name="补报.xlsx")
    row = only(parked, desk.clerk)
    take_in((*ZHANG[:5], "油条", 3, 2, "2018.5.3"), name="又报.xlsx")

    with pytest.raises(ChangedMeanwhileError, match="100-0001 刚被别人改过"):
        same(parked, row, "products", by=desk.clerk)

    assert of(desk, "products", 1) == "油条"
    assert len(parked.waiting(by=desk.clerk)) == 1


def test_more_certificates_than_people_are_refused_before_anything_is_written(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in((*ZHANG[:6], 1, 1, "2018.5.1"))
    take_in((*AT_OTHER_PLACE[:6], 4, 4, "2018.5.9"), name="补报.xlsx")
    row, before = only(parked, desk.clerk), register(desk)

    with pytest.raises(UserError, match="张数不能多于人数"):
        same(parked, row, "health_certificate_count", by=desk.clerk)

    assert register(desk) == before
    assert len(parked.waiting(by=desk.clerk)) == 1


def test_one_that_was_closed_stays_closed_and_the_way_on_is_named(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    Surveys(desk.office).decide(1, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).force(1, on=TODAY, reason="无照经营", by=desk.clerk)
    take_in((*ZHANG[:5], "豆浆", 3, 2, "2018.5.9"), name="补报.xlsx")
    row = only(parked, desk.clerk)

    with pytest.raises(UserError, match="死灰复燃"):
        parked.decide_different(row.id, version=row.version, by=desk.clerk)
    assert row.match is not None
    decided = parked.decide_same(
        row.id, version=row.version, record_version=row.match.version, take=["products"], by=desk.clerk
    )

    assert (row.is_sure, "死灰复燃" in row.note) == (True, True)
    assert "回头看" in decided.next_step
    assert of(desk, "products", 1) == "豆浆"
    assert of(desk, "operating_status", 1) == OperatingStatus.SHUT_DOWN


def test_one_that_a_later_sheet_met_again_is_opened_again_by_the_decision(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    Surveys(desk.office).decide(1, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).force(1, on=TODAY, reason="无照经营", by=desk.clerk)
    desk.clock.day = TODAY + timedelta(days=20)
    take_in((*ZHANG[:-1], "2018.6.20"), name="补报.xlsx")
    row = only(parked, desk.clerk)
    assert row.match is not None

    decided = parked.decide_same(
        row.id, version=row.version, record_version=row.match.version, take=[], by=desk.clerk
    )

    assert "2018-06-20 又在经营，属“死灰复燃”" in decided.next_step
    assert of(desk, "operating_status", 1) == OperatingStatus.CLOSING


def test_a_village_decides_its_own_and_is_told_nothing_of_another(
    desk: TestOffice, parked: ParkedDuplicates, take_in: TakeIn, villager: Actor
) -> None:
    take_in(LI, (*LI[:2], "13900000001", "白塔村", "白塔村2组2号", "豆浆", 1, 1, "2018.5.3"))
    take_in(ZHANG, AT_OTHER_PLACE, IN_OTHER_VILLAGE, name="二.xlsx")

    beyond, own = sorted(parked.waiting(by=villager), key=lambda row: row.may_decide)

    assert (beyond.match, beyond.alike, "镇食安办" in beyond.note) == (None, (), True)
    with pytest.raises(NotAllowedError, match="镇食安办"):
        parked.decide_different(beyond.id, version=beyond.version, by=villager)
    assert len(parked.waiting(by=desk.clerk)) == 3
    same(parked, own, "products", by=villager)
    foreign = next(row for row in parked.waiting(by=desk.clerk) if row.village == "后阳村")
    with pytest.raises(NotAllowedError, match="村级账号"):
        parked.drop(foreign.id, version=foreign.version, reason="甲", by=villager)


@pytest.mark.parametrize("decide", ["same", "different", "drop"])
def test_an_import_taken_back_takes_what_was_decided_of_its_rows_with_it(
    desk: TestOffice, imports: Imports, parked: ParkedDuplicates, take_in: TakeIn, decide: str
) -> None:
    Surveys(desk.office).open_round(name="摸底", starts_on=date(2018, 5, 1), ends_on=None, by=desk.clerk)
    take_in(ZHANG)
    before = register(desk)
    import_id = take_in(LI, AT_OTHER_PLACE, name="补报.xlsx")
    row = only(parked, desk.clerk)
    if decide == "same":
        same(parked, row, "products", "address", by=desk.clerk)
    elif decide == "different":
        parked.decide_different(row.id, version=row.version, by=desk.clerk)
    else:
        parked.drop(row.id, version=row.version, reason="甲", by=desk.clerk)

    undone = imports.undo(import_id, reason="报错了", by=desk.clerk)

    assert undone.kept == ()
    assert register(desk) == before
    with desk.office.db.reading() as session:
        assert len(session.scalars(select(SurveyResponse)).all()) == 1
    take_in(LI, AT_OTHER_PLACE, name="补报.xlsx")
    assert len(parked.waiting(by=desk.clerk)) == 1


def test_what_an_import_added_and_two_of_its_rows_changed_goes_as_one(
    desk: TestOffice, imports: Imports, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    third = (*ZHANG[:4], "白塔村7组7号", "油条", 3, 2, "2018.5.10")
    import_id = take_in(ZHANG, AT_OTHER_PLACE, third)
    for row in reversed(parked.waiting(by=desk.clerk)):
        now = next(one for one in parked.waiting(by=desk.clerk) if one.id == row.id)
        same(parked, now, "products", by=desk.clerk)

    undone = imports.undo(import_id, reason="报错了", by=desk.clerk)

    assert (undone.removed, undone.restored, undone.kept) == (1, 0, ())
    assert register(desk) == []


def test_what_was_changed_after_the_decision_is_kept_and_named_by_its_row(
    desk: TestOffice, imports: Imports, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    take_in(ZHANG)
    import_id = take_in(AT_OTHER_PLACE, name="补报.xlsx")
    same(parked, only(parked, desk.clerk), "products", by=desk.clerk)
    take_in((*ZHANG[:5], "油条", 3, 2, "2018.5.20"), name="又报.xlsx")

    undone = imports.undo(import_id, reason="报错了", by=desk.clerk)

    assert [(one.row, "导入后又改过" in one.reason) for one in undone.kept] == [(3, True)]
    assert of(desk, "products", 1) == "油条"
    assert parked.waiting(by=desk.clerk) == ()
    with desk.office.db.reading() as session:
        assert session.scalars(select(ParkedDuplicate.resolution)).all() == ["same"]


def test_a_row_whose_record_is_gone_can_still_come_in(
    desk: TestOffice, imports: Imports, parked: ParkedDuplicates, take_in: TakeIn
) -> None:
    first = take_in(ZHANG)
    take_in(AT_OTHER_PLACE, name="补报.xlsx")
    imports.undo(first, reason="报错了", by=desk.clerk)
    row = only(parked, desk.clerk)

    with pytest.raises(UserError, match="按另一户收入"):
        parked.decide_same(row.id, version=row.version, record_version=1, take=[], by=desk.clerk)
    parked.decide_different(row.id, version=row.version, by=desk.clerk)

    assert row.match is None
    assert [line.address for line in Establishments(desk.office).page(Filters(), by=desk.clerk)] == [
        "白塔村5组9号"
    ]
