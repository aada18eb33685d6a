"""Official tables: they hold what the register holds, run nothing, and give no number away unasked."""

from datetime import date
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.paper_life import PaperAct
from desktop.errors import EnvironmentFailedError, NotAllowedError, UserError
from desktop.models.audit import AuditEntry
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.tables import Tables
from desktop.sheets.layout import OfficialTable, Sender, TableColumn, write_tables
from tests.examples import examples
from tests.offices import LEDGERS, TODAY, StoppedClock, TestOffice, stall, workshop
from tests.visits import PAIR, enter, ordered, reinspect, visit

Sheet = Worksheet


@pytest.fixture
def imports(desk: TestOffice) -> Imports:
    numbers = iter(range(1, 100_000))
    return Imports(desk.office, Surveys(desk.office), lambda: UUID(int=next(numbers)))


@pytest.fixture
def filled(desk: TestOffice, imports: Imports) -> TestOffice:
    names = ("01-tidy-stalls.xlsx", "02-merged-header-workshops.xlsx", "04-three-kinds.xlsx")
    imports.take_in([LEDGERS / name for name in names], by=desk.clerk)
    return desk


def heads(sheet: Sheet) -> dict[str, str]:
    """Return the letter of each column by its head."""
    return {cell.value: cell.column_letter for cell in sheet[3] if cell.value}


def formulas(path: Path) -> int:
    with ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return sum(package.read(part).count(b"<f") for part in parts)


def test_a_survey_table_stands_in_the_official_layout(filled: TestOffice, tmp_path: Path) -> None:
    target = tmp_path / "摊贩.xlsx"

    exported = Tables(filled.office).export("survey", target, by=filled.clerk, kind="stall")

    sheet = load_workbook(target).active
    assert (exported.file, exported.rows, exported.mode) == (str(target), 52, "public")
    assert sheet["A1"].value == "金坛区食品小摊贩基本情况调查表"
    sender = [cell.value for cell in sheet[2] if cell.value]
    assert sender[0].startswith("填报单位（盖章）：")
    assert sender[1:] == ["填报人：周敏", "联系电话：", "填报日期：2018年6月8日"]
    assert [sheet.cell(56, 1).value, sheet.cell(56, 2).value] == ["合计", "52 户"]
    assert sheet.cell(57, 1).value == "审核人："
    assert sheet[f"{heads(sheet)['从业人数']}56"].value == sum(
        sheet[f"{heads(sheet)['从业人数']}{row}"].value or 0 for row in range(4, 56)
    )


def test_a_table_is_ready_for_a4_paper(filled: TestOffice, tmp_path: Path) -> None:
    Tables(filled.office).export("survey", tmp_path / "表.xlsx", by=filled.clerk, kind="stall")

    sheet = load_workbook(tmp_path / "表.xlsx").active
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area.endswith("$57")
    assert sheet.page_setup.fitToHeight == 0


def test_numbers_of_people_and_papers_are_texts(filled: TestOffice, tmp_path: Path) -> None:
    Tables(filled.office).export(
        "survey", tmp_path / "表.xlsx", by=filled.clerk, kind="stall", is_internal=True, reason="核对"
    )

    sheet = load_workbook(tmp_path / "表.xlsx").active
    for head in ("档案编号", "身份证号", "联系电话"):
        cell = sheet[f"{heads(sheet)[head]}4"]
        assert (cell.data_type, cell.number_format) == ("s", "@")
    assert sheet[f"{heads(sheet)['身份证号']}4"].value == "320413196207227743"
    assert sheet[f"{heads(sheet)['调查日期']}4"].value.date() == date(2018, 5, 18)


def test_without_a_kind_each_trade_has_a_sheet(filled: TestOffice, tmp_path: Path) -> None:
    exported = Tables(filled.office).export("survey", tmp_path / "表.xlsx", by=filled.clerk)

    assert load_workbook(tmp_path / "表.xlsx").sheetnames == ["食品小作坊", "食品小摊贩", "食品小餐饮"]
    assert exported.rows == 95


def test_the_public_version_masks_personal_numbers_wherever_they_stand(
    desk: TestOffice, tmp_path: Path
) -> None:
    typed = stall(remark="另有手机13812345678", operator_id_number="320413196207227743", phone="13761529721")
    Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=9))

    for what in ("survey", "ledger"):
        Tables(desk.office).export(what, tmp_path / f"{what}.xlsx", by=desk.clerk)
        with ZipFile(tmp_path / f"{what}.xlsx") as package:
            written = b"".join(package.read(name) for name in package.namelist())
        for number in (b"320413196207227743", b"13761529721", b"13812345678"):
            assert number not in written


def test_the_internal_version_needs_the_right_and_a_reason_and_is_recorded(
    filled: TestOffice, tmp_path: Path
) -> None:
    tables, target = Tables(filled.office), tmp_path / "表.xlsx"
    white_tower = Villages(filled.office).named("白塔村").id
    village_clerk = filled.somebody("白塔文书", Role.VILLAGE, village_id=white_tower)

    with pytest.raises(UserError, match="--reason"):
        tables.export("survey", target, by=filled.clerk, is_internal=True)
    with pytest.raises(NotAllowedError):
        tables.export("survey", target, by=village_clerk, is_internal=True, reason="看看")
    assert not target.exists()
    tables.export("survey", target, by=filled.clerk, is_internal=True, reason="上报区局")

    with filled.office.db.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).all()
    assert (entry.reason, entry.changes["mode"], entry.changes["rows"]) == ("上报区局", "internal", 95)


def test_a_village_sees_its_own_rows_only(filled: TestOffice, tmp_path: Path) -> None:
    villages = Villages(filled.office)
    clerk = filled.somebody("白塔文书", Role.VILLAGE, village_id=villages.named("白塔村").id)

    own = Tables(filled.office).export("ledger", tmp_path / "表.xlsx", by=clerk)
    with pytest.raises(NotAllowedError):
        Tables(filled.office).export(
            "ledger", tmp_path / "别.xlsx", by=clerk, village=villages.named("后阳村")
        )

    sheet = load_workbook(tmp_path / "表.xlsx").active
    assert {sheet[f"G{row}"].value for row in range(4, 4 + own.rows)} == {"白塔村"}


def test_what_is_exported_and_imported_again_is_the_same(
    filled: TestOffice, imports: Imports, tmp_path: Path
) -> None:
    target = tmp_path / "表.xlsx"
    Tables(filled.office).export("survey", target, by=filled.clerk, is_internal=True, reason="核对")

    (file,) = imports.take_in([target], by=filled.clerk).files

    assert [(one.kind, one.header_row, one.counts.same) for one in file.sheets] == [
        ("workshop", 3, 33),
        ("stall", 3, 52),
        ("eatery", 3, 10),
    ]
    assert file.problems == ()
    assert sum(one.counts.rows for one in file.sheets) == 95


def test_every_answer_of_a_form_survives_its_table(
    desk: TestOffice, imports: Imports, tmp_path: Path
) -> None:
    typed = workshop(
        business_licence="有",
        business_licence_number="91350100M000100Y43",
        area_m2="30.5",
        food_categories="粮食加工品",
        in_cluster_zone="否",
        sells_online="是",
        additives="无",
        remark="=1+1",
        paper_valid_until="2020-01-01",
    )
    Surveys(desk.office).save("workshop", typed, by=desk.clerk, identity=UUID(int=9))
    target = tmp_path / "表.xlsx"

    Tables(desk.office).export("survey", target, by=desk.clerk, is_internal=True, reason="核对")
    (file,) = imports.take_in([target], by=desk.clerk).files

    assert [one.counts.same for one in file.sheets] == [1]
    assert file.changes == ()
    assert file.problems == ()


def test_the_risk_list_names_what_still_stands_and_the_ledger_all_with_how_it_ended(
    desk: TestOffice, tmp_path: Path
) -> None:
    waiting, running, closed = (enter(desk, number) for number in (1, 2, 3))
    visit(desk, waiting, "S05")
    ordered(desk, running, "S07")
    reinspect(desk, ordered(desk, closed, "S08").case_id, "not-good", on=TODAY)
    visit(desk, closed, "S10")
    Shutdowns(desk.office).force(closed, on=TODAY, reason="拒不整改", by=desk.clerk)

    tables = Tables(desk.office)
    tables.export("risks", tmp_path / "清单.xlsx", by=desk.clerk)
    tables.export("rectifications", tmp_path / "台账.xlsx", by=desk.clerk)

    risks, ledger = (load_workbook(tmp_path / f"{name}.xlsx").active for name in ("清单", "台账"))
    assert "风险隐患清单" in risks["A1"].value
    items = [row[6] for row in risks.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]
    words = {item.code: item.text for item in desk.office.profile.check_items}
    assert items == [words["S05"], words["S07"]]
    ended = next(row for row in ledger.iter_rows(min_row=4, values_only=True) if row[6] == words["S08"])
    assert (ended[24], ended[26]) == ("关停了结", "已取缔：拒不整改")


def test_the_ledger_says_what_a_look_back_confirmed_and_what_came_back(
    desk: TestOffice, tmp_path: Path
) -> None:
    one, cases = enter(desk), Rectifications(desk.office)
    case = ordered(desk, one, "S05").case_id
    reinspect(desk, case, on=TODAY)
    cases.close_out(case, on=TODAY, by=desk.clerk)
    for outcome in ("kept", "rebounded"):
        told = {"on": TODAY, "inspectors": PAIR, "outcome": outcome, "by": desk.clerk}
        LookBacks(desk.office).record(one, **told)

    Tables(desk.office).export("rectifications", tmp_path / "台账.xlsx", by=desk.clerk)

    sheet = load_workbook(tmp_path / "台账.xlsx").active
    kept, came_back = sheet.iter_rows(min_row=4, max_row=5, values_only=True)
    assert (kept[22].date(), kept[23]) == (TODAY, "保持良好")
    assert (came_back[5], came_back[6]) == ("回头看：出现反弹", "反弹")


def test_the_roster_and_both_ledgers_tell_what_happened(filled: TestOffice, tmp_path: Path) -> None:
    office, by = filled.office, filled.clerk
    Registrations(office).register_all(Choice(ids=(1,)), decided_on=TODAY, by=by)
    item = office.profile.items("stall")[0].code
    done = Inspections(office).record(
        1,
        on=TODAY,
        inspectors=("甲", "乙"),
        mode="surprise",
        faults=(Fault(item, "没有公示"),),
        by=by,
    )
    finding = done.findings[0].id
    ordered = Rectifications(office).order((finding,), until=Until(days=7), on=TODAY, by=by)

    tables = Tables(office)
    assert tables.export("papers", tmp_path / "papers.xlsx", by=by).rows == 1
    assert tables.export("ledger", tmp_path / "ledger.xlsx", by=by).rows == 95
    assert tables.export("rectifications", tmp_path / "cases.xlsx", by=by).rows == 1

    roster, ledger, cases = (
        load_workbook(tmp_path / f"{name}.xlsx").active for name in ("papers", "ledger", "cases")
    )
    assert roster["D4"].value == ledger["H4"].value
    assert (ledger["N4"].value, ledger["O4"].value, ledger["P4"].value) == ("有问题", 1, 1)
    assert (cases["C4"].value, cases["F4"].value, cases["M4"].value) == (
        "突击检查",
        "没有公示",
        ordered.number,
    )
    assert cases["L4"].value.date() == ordered.due_on


def test_the_public_roster_names_who_may_trade_and_no_person(desk: TestOffice, tmp_path: Path) -> None:
    by, surveys = desk.clerk, Surveys(desk.office)
    places = [f"白塔村{number}组1号" for number in range(1, 4)]
    for place in places:
        typed = stall(village="白塔村", address=place, name="钱杰永馄饨店", operator_name="钱杰永")
        surveys.save("stall", typed, by=by, identity=UUID(int=1 + places.index(place)))
    first, gone, *_ = (
        Registrations(desk.office).register_all(Choice(ids=(1, 2)), decided_on=TODAY, by=by).issued
    )
    lives = PaperLives(desk.office)
    lives.take(PaperAct.VOIDING, lives.find(gone.number, by=by), on=TODAY, reason="打错", by=by)
    tables = Tables(desk.office)

    public = tables.export("roster", tmp_path / "公示.xlsx", by=by)
    with pytest.raises(UserError, match="--reason"):
        tables.export("roster", tmp_path / "内部.xlsx", by=by, is_internal=True)
    whole = tables.export("roster", tmp_path / "内部.xlsx", by=by, is_internal=True, reason="复核")

    (seen,), (kept,) = (
        list(load_workbook(one.file).active.iter_rows(min_row=4, max_row=3 + one.rows, values_only=True))
        for one in (public, whole)
    )
    assert seen[3:7] == (first.number, "钱*永馄饨店", "钱*永", "白塔村")
    assert set(kept) - set(seen) == {
        "钱杰永馄饨店", "钱杰永", places[0], "320413198603279990", "17921275136",
    }  # fmt: skip
    with ZipFile(public.file) as package:
        written = "".join(package.read(name).decode() for name in package.namelist())
    assert not any(word in written for word in ("钱杰永", places[0], "320413198603279990", "17921275136"))


def test_a_paper_that_has_expired_stands_in_no_roster(desk: TestOffice, tmp_path: Path) -> None:
    Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=9))
    Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)

    def rows(day: date) -> int:
        desk.clock.day = day
        return Tables(desk.office).export("roster", tmp_path / "名册.xlsx", by=desk.clerk).rows

    assert [rows(date(2019, 6, 7)), rows(date(2019, 6, 8))] == [1, 0]


@pytest.mark.parametrize("what", ["statistics", "名册"])
def test_what_cannot_be_exported_is_refused_and_writes_nothing(
    what: str, desk: TestOffice, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="survey"):
        Tables(desk.office).export(what, tmp_path / "表.xlsx", by=desk.clerk)

    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_folder_that_is_not_there_is_named(desk: TestOffice, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在") as refused:
        Tables(desk.office).export("survey", tmp_path / "没有" / "表.xlsx", by=desk.clerk)

    assert not isinstance(refused.value, EnvironmentFailedError)


HOSTILE = some.one_of(
    some.text(some.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=80),
    some.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1}", "http://x.y", "320413"]),
    some.text("=+-@0123456789'\"", min_size=1, max_size=20),
)


@pytest.mark.property
@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=some.lists(HOSTILE, min_size=1, max_size=60))
def test_no_text_ever_becomes_a_formula_and_each_reads_back_equal(texts: list[str], tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    table = OfficialTable(
        "表",
        "题",
        Sender("甲", "乙", "", TODAY),
        (TableColumn("文", 20),) * 2,
        ([text, "甲"] for text in texts),
    )

    write_tables([table], target, made_at=StoppedClock().now())

    sheet = load_workbook(target).active
    assert formulas(target) == 0
    assert [sheet.cell(row, 1).value or "" for row in range(4, 4 + len(texts))] == texts
