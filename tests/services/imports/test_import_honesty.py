"""Nothing that a workbook says is lost, taken for another day, or moved elsewhere without a word."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.services.imports.imports import Imports
from desktop.services.imports.matching import RowPlace
from desktop.services.imports.planning import PlannedRow
from desktop.services.imports.writing import Taken, Writer
from desktop.services.office.villages import Villages
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters
from desktop.services.survey.answers import answers_of
from desktop.services.survey.surveys import Surveys
from tests.offices import TestOffice, stall

HEAD = ("姓名", "身份证号", "电话", "村", "摊位位置", "经营品种", "调查日期")
ZHANG = ("张三", "320413196207227743", "13761529721", "白塔村", "白塔村1组2号", "煎饼", "2018.5.1")
LI = ("李四", "340824200108147266", "18970735877", "后阳村", "后阳村3组4号", "豆浆", "2018.5.2")
Write = Callable[..., Path]


@pytest.fixture
def imports(desk: TestOffice) -> Imports:
    return Imports(desk.office, Surveys(desk.office), uuid4)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write lines as a village would, and return where."""

    def written(*lines: tuple[object, ...]) -> Path:
        workbook = Workbook()
        for line in (("食品摊贩摸底表",), *lines):
            workbook.active.append(line)
        path = tmp_path / "摊贩.xlsx"
        workbook.save(path)
        return path

    return written


def test_a_visit_that_has_not_happened_yet_is_refused_at_its_cell(
    desk: TestOffice, imports: Imports, write: Write
) -> None:
    to_come = (*LI[:-1], "2081.5.2")

    (file,) = imports.take_in([write(HEAD, ZHANG, to_come)], by=desk.clerk).files

    assert [(one.row, one.column, one.code) for one in file.problems] == [(4, "G", "out_of_range")]
    assert file.sheets[0].counts.error == 1


def test_an_import_that_moves_somebody_says_so_in_the_change_log_and_undone_says_it_again(
    desk: TestOffice, imports: Imports, write: Write
) -> None:
    imports.take_in([write(HEAD, ZHANG)], by=desk.clerk)
    office, villages = desk.office, Villages(desk.office).all()
    writer = Writer(office, imports.surveys, villages, imports.new_identity)
    with office.db.writing(office.act(desk.clerk, "import.take_in")) as session:
        record = session.scalars(select(Establishment)).one()
        has = answers_of(record, office.profile.form("stall"), "白塔村")
        row = PlannedRow(RowPlace(0, "摊贩", 3), "stall", {}, villages[0], [], "changed", record=record)
        row.merged = {**has, "address": "白塔村9组9号"}
        row.changes = {"address": (has["address"], "白塔村9组9号")}
        (import_id,) = writer.write(session, [Taken("搬迁.xlsx", b"")], [[row]], by=desk.clerk)

    imports.undo(import_id, reason="报错了", by=desk.clerk)

    with office.db.reading() as session:
        lines = session.scalars(select(EstablishmentChange).order_by(EstablishmentChange.id))
        assert [(line.change, line.old_value, line.new_value) for line in lines] == [
            ("moved", "白塔村1组2号", "白塔村9组9号"),
            ("moved", "白塔村9组9号", "白塔村1组2号"),
        ]


def test_a_column_that_nobody_asks_for_is_named_with_its_words(
    desk: TestOffice, imports: Imports, write: Write
) -> None:
    file = write((*HEAD, "民族", "备注", "备注2"), (*ZHANG, "汉", "夫妻店", "常年"))

    (sheet,) = imports.take_in([file], by=desk.clerk, is_dry_run=True).files[0].sheets

    assert sheet.unread == {"H": "民族", "J": "备注2"}
    assert {*sheet.columns, *sheet.unread} == set("ABCDEFGHIJ")


def test_a_second_phone_comes_in_is_found_and_masked_and_is_the_same_the_next_time(
    desk: TestOffice, imports: Imports, write: Write
) -> None:
    both = write((*HEAD, "固定电话"), (*ZHANG, "0519-82881234"))
    imports.take_in([both], by=desk.clerk)
    shops = Establishments(desk.office)

    (row,) = shops.page(Filters(), by=desk.clerk)
    alike = imports.surveys.alike("stall", {"phone": "0519-82881234"}, by=desk.clerk)
    once = imports.take_in([write(HEAD, ZHANG)], by=desk.clerk).files[0].sheets[0].counts
    again = imports.take_in([both], by=desk.clerk).files[0].sheets[0].counts

    assert row.phone == "137****9721、0519-8288****"
    assert [len(shops.find(tail, by=desk.clerk)) for tail in ("9721", "1234")] == [1, 1]
    assert [(one.id, one.alike) for one in alike] == [(row.id, ("phone",))]
    assert (once.same, again.same) == (1, 1)


def test_the_group_in_a_village_cell_is_kept_in_the_address_from_workbook_and_form_alike(
    desk: TestOffice, imports: Imports, write: Write
) -> None:
    written = ("张三", *ZHANG[1:3], "金城镇白塔村1组", "菜场东门", *ZHANG[5:])
    imports.take_in([write(HEAD, written)], by=desk.clerk)
    typed = stall(village="白塔村委会2组", address="菜场西门", operator_id_number=None, phone=None)
    imports.surveys.save("stall", typed, by=desk.clerk, identity=uuid4())

    rows = Establishments(desk.office).page(Filters(), by=desk.clerk)

    assert [(row.village, row.address) for row in rows] == [
        ("白塔村", "1组菜场东门"),
        ("白塔村", "2组菜场西门"),
    ]
