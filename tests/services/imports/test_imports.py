"""Ledgers come into the register in one go or not at all, nobody twice, and go out again."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.mending import Mend
from desktop.errors import NotAllowedError
from desktop.models.audit import AuditEntry
from desktop.models.establishment import Establishment, SearchKey
from desktop.models.imports import ImportRun, ParkedDuplicate
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.register.establishments import Establishments, Filters
from desktop.services.survey.surveys import Surveys
from tests.offices import LEDGERS, TestOffice
from tests.services.ledgers import HEAD, LI, ZHANG, Ledger, changed, counted, counts, everything


def test_a_tidy_ledger_comes_in_and_is_found(desk: TestOffice, imports: Imports) -> None:
    answer = imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=desk.clerk)

    assert answer.imported
    assert answer.files[0].import_id is not None
    assert answer.files[0].sheets[0].counts == counts(new=40)
    (hit,) = Establishments(desk.office).find("曾记", by=desk.clerk)
    assert (hit.archive_number, hit.operator_name) == ("100-0001", "曾刚玲")
    assert Establishments(desk.office).find("zgl", by=desk.clerk)
    assert counted(desk, Establishment) == 40


def test_each_establishment_that_came_in_stands_in_the_trail(desk: TestOffice, imports: Imports) -> None:
    imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=desk.clerk)

    with desk.office.db.reading() as session:
        added = session.scalars(
            select(AuditEntry.establishment_id).where(
                AuditEntry.action == "import.take_in", AuditEntry.object_type == "Establishment"
            )
        ).all()
    assert len(set(added)) == 40


def test_three_kinds_in_one_workbook_come_in_together(desk: TestOffice, imports: Imports) -> None:
    (file,) = imports.take_in([LEDGERS / "04-three-kinds.xlsx"], by=desk.clerk).files

    assert [(sheet.kind, sheet.counts.new) for sheet in file.sheets] == [
        ("workshop", 8),
        ("stall", 12),
        ("eatery", 10),
    ]
    assert {left.sheet for left in file.not_imported} == {"填表说明", "旧数据"}


def test_a_dry_run_answers_the_same_and_leaves_nothing(desk: TestOffice, imports: Imports) -> None:
    dry = imports.take_in([LEDGERS / "05-duplicates-rare-names.xlsx"], by=desk.clerk, is_dry_run=True)
    nothing = (counted(desk, Establishment), counted(desk, SearchKey), counted(desk, ImportRun))
    wet = imports.take_in([LEDGERS / "05-duplicates-rare-names.xlsx"], by=desk.clerk)

    assert nothing == (0, 0, 0)
    assert not dry.imported
    assert dry.files[0].import_id is None
    assert dry.files[0].sheets == wet.files[0].sheets


def test_with_one_error_nothing_comes_in_unless_only_the_good_rows_are_wanted(
    desk: TestOffice, imports: Imports
) -> None:
    path = LEDGERS / "03-damaged-eateries.xlsx"

    refused = imports.take_in([path], by=desk.clerk)
    none = counted(desk, Establishment)
    taken = imports.take_in([path], by=desk.clerk, good_rows_only=True)

    assert (refused.imported, none) == (False, 0)
    assert len(refused.files[0].problems) == 9
    assert taken.imported
    assert taken.files[0].sheets[0].counts == counts(new=21, error=9)
    assert counted(desk, Establishment) == 21


def test_one_bad_file_keeps_all_files_out(desk: TestOffice, imports: Imports) -> None:
    answer = imports.take_in(
        [LEDGERS / "01-tidy-stalls.xlsx", LEDGERS / "03-damaged-eateries.xlsx"], by=desk.clerk
    )

    assert not answer.imported
    assert counted(desk, Establishment) == 0


def test_a_sure_duplicate_is_not_taken_twice_and_an_unsure_one_waits(
    desk: TestOffice, imports: Imports
) -> None:
    (file,) = imports.take_in([LEDGERS / "05-duplicates-rare-names.xlsx"], by=desk.clerk).files

    sure, unsure = file.duplicates
    assert (sure.row, sure.of_row, sure.sure) == (22, 6, True)
    assert sure.alike == ("operator_id_number", "phone", "address")
    assert (unsure.row, unsure.of_row, unsure.sure) == (23, 11, False)
    with desk.office.db.reading() as session:
        (parked,) = session.scalars(select(ParkedDuplicate)).all()
        assert session.get(Establishment, parked.establishment_id).operator_name == "雷洋"


def test_the_same_file_again_changes_nothing(desk: TestOffice, imports: Imports) -> None:
    path = LEDGERS / "05-duplicates-rare-names.xlsx"
    imports.take_in([path], by=desk.clerk)
    before = everything(desk)

    (file,) = imports.take_in([path], by=desk.clerk).files

    assert file.sheets[0].counts == counts(same=20, duplicate=2)
    assert everything(desk) == before
    assert counted(desk, ParkedDuplicate) == 1


def test_what_a_ledger_states_otherwise_is_changed_and_what_it_leaves_empty_stays(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    imports.take_in([ledger(ZHANG, LI)], by=desk.clerk)

    (file,) = imports.take_in(
        [ledger(changed(ZHANG, 电话="13900001111", 经营品种="煎饼、豆浆", 人数=""), LI)], by=desk.clerk
    ).files

    assert file.sheets[0].counts == counts(changed=1, same=1)
    assert [(one.field, one.before, one.after) for one in file.changes] == [
        ("phone", "13761529721", "13900001111"),
        ("products", "煎饼", "煎饼、豆浆"),
    ]
    (row,) = Establishments(desk.office).revealed(Filters(search="张三"), by=desk.clerk)
    assert (row.phone, row.products, row.employee_count) == ("13900001111", "煎饼、豆浆", 3)
    assert Establishments(desk.office).find("1111", by=desk.clerk)


def test_a_mended_cell_is_read_in_place_of_what_the_file_says(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    path = ledger(changed(ZHANG, 电话="1376l529721", 调查日期="2018.4"), LI)
    (before,) = imports.take_in([path], by=desk.clerk, is_dry_run=True).files
    mends = [Mend(0, one.sheet, one.row, one.column or "", "") for one in before.problems]
    values = {"phone": "13761529721", "surveyed_on": "2018-04-01"}
    mends = [replace(mend, value=values[one.field]) for mend, one in zip(mends, before.problems, strict=True)]

    answer = imports.take_in([path], by=desk.clerk, mends=mends)

    assert {one.field for one in before.problems} == set(values)
    assert answer.files[0].sheets[0].counts == counts(new=2)
    (row,) = Establishments(desk.office).revealed(Filters(search="张三"), by=desk.clerk)
    assert (row.phone, row.surveyed_on) == ("13761529721", date(2018, 4, 1))
    with desk.office.db.reading() as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.object_type == "ImportRun")).all()
    assert [entry.changes["mended"] for entry in noted if "mended" in entry.changes] == [
        {"Sheet!D3": "137****9721", "Sheet!J3": "2018-04-01"}
    ]


def test_what_somebody_said_of_a_column_holds_now_and_for_the_next_such_header(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    path = ledger(ZHANG)
    (sheet,) = imports.take_in([path], by=desk.clerk, is_dry_run=True).files[0].sheets
    said = {sheet.shape: {"G": "remark", "A": "stall_number"}}

    dry = imports.take_in([path], by=desk.clerk, is_dry_run=True, columns=said).files[0].sheets[0]
    forgotten = imports.take_in([path], by=desk.clerk, is_dry_run=True).files[0].sheets[0]
    imports.take_in([path], by=desk.clerk, columns=said)
    again = imports.take_in([ledger(LI)], by=desk.clerk).files[0].sheets[0]
    other = imports.take_in([path], by=desk.clerk, is_dry_run=True, columns={sheet.shape: {"G": ""}}).files[0]

    assert sheet.columns["G"] == forgotten.columns["G"] == "products"
    assert (dry.columns["G"], dry.columns["A"], again.columns["G"]) == ("remark", "stall_number", "remark")
    assert "G" in other.sheets[0].unread
    (row,) = Establishments(desk.office).revealed(Filters(search="李四"), by=desk.clerk)
    assert row.products is None


def test_spellings_that_mean_the_same_are_no_change(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    imports.take_in([ledger(ZHANG)], by=desk.clerk)

    spelled = changed(ZHANG, 姓名="张 三", 摊位位置="白塔村１组２號", 电话="137-6152-9721")
    (file,) = imports.take_in([ledger(spelled)], by=desk.clerk).files

    assert file.sheets[0].counts == counts(same=1)


def test_a_change_that_does_not_fit_what_is_there_is_an_error(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    imports.take_in([ledger(ZHANG)], by=desk.clerk)

    answer = imports.take_in([ledger(changed(ZHANG, 人数="", 健康证数=5))], by=desk.clerk)

    assert not answer.imported
    assert [problem.code for problem in answer.files[0].problems] == ["more_than_employees"]


@pytest.mark.parametrize(
    "other",
    [
        {"摊位位置": "沙湖村9组9号", "村": "沙湖村"},
        {"身份证号": "", "姓名": "张珊", "摊位位置": "白塔村7组7号"},
        {"身份证号": "", "姓名": "王五", "电话": ""},
    ],
    ids=["same person elsewhere", "same phone", "same place"],
)
def test_who_may_be_there_already_is_parked_and_blocks_nothing(
    other: dict[str, object], desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    imports.take_in([ledger(ZHANG)], by=desk.clerk)

    answer = imports.take_in([ledger(changed(ZHANG, **other), LI)], by=desk.clerk)

    assert answer.imported
    assert answer.files[0].sheets[0].counts == counts(new=1, duplicate=1)
    assert (answer.files[0].duplicates[0].sure, answer.files[0].duplicates[0].of_id) == (False, 1)


def test_neighbours_with_names_numbers_and_phones_of_their_own_are_two(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    neighbour = changed(LI, 村="白塔村", 摊位位置=ZHANG[5])

    answer = imports.take_in([ledger(ZHANG, neighbour)], by=desk.clerk)

    assert answer.files[0].sheets[0].counts == counts(new=2)


def test_a_closed_one_that_appears_again_is_reported_as_such(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    imports.take_in([ledger(ZHANG)], by=desk.clerk)
    Surveys(desk.office).change_operating_status(
        1, OperatingStatus.CLOSED, on=date(2018, 6, 1), note="关停", by=desk.clerk
    )

    (file,) = imports.take_in([ledger(ZHANG, LI)], by=desk.clerk).files

    assert file.duplicates[0].of_id == 1
    assert "死灰复燃" in file.duplicates[0].note


def test_a_village_brings_in_its_own_rows_only(desk: TestOffice, imports: Imports, ledger: Ledger) -> None:
    white_tower = Villages(desk.office).named("白塔村").id
    clerk = desk.somebody("白塔文书", Role.VILLAGE, village_id=white_tower)

    imports.take_in([ledger(ZHANG)], by=clerk)
    with pytest.raises(NotAllowedError, match="本村"):
        imports.take_in([ledger(LI)], by=clerk)

    assert counted(desk, Establishment) == 1


def test_a_prohibited_food_is_a_warning_at_its_cell(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    rules = desk.office.profile.prohibited("stall")
    answer = imports.take_in([ledger(changed(ZHANG, 经营品种=f"煎饼、{rules[0].word}"), LI)], by=desk.clerk)

    assert answer.imported
    (problem,) = answer.files[0].problems
    assert (problem.row, problem.column, problem.code, problem.severity) == (
        3,
        "G",
        "prohibited_product",
        "warning",
    )


def test_each_row_is_told_of_the_age_of_its_own_operator(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    child = changed(LI, 身份证号="320413200907227743", 村="白塔村", 摊位位置="白塔村9组9号", 经营品种="煎饼")
    also = changed(child, 人数=3, 健康证数=2)

    (file,) = imports.take_in([ledger(ZHANG, also)], by=desk.clerk, is_dry_run=True).files

    assert [(one.row, one.code) for one in file.problems] == [(4, "age_in_doubt")]


def test_the_answer_is_the_same_workbook_with_its_problems_marked(
    desk: TestOffice, imports: Imports, tmp_path: Path
) -> None:
    path = LEDGERS / "03-damaged-eateries.xlsx"
    answer = imports.take_in([path], by=desk.clerk)

    imports.mark(path, answer.files[0], tmp_path / "答复.xlsx")

    was, marked = load_workbook(path).active, load_workbook(tmp_path / "答复.xlsx").active
    assert marked["D8"].comment is not None
    assert marked["D8"].fill.fgColor.rgb != was["D8"].fill.fgColor.rgb
    assert "身份证" in marked.cell(4, was.max_column + 1).value
    for line in was.iter_rows():
        assert [cell.value for cell in line] == [marked[cell.coordinate].value for cell in line]


def test_the_marked_workbook_comes_back_mended(
    desk: TestOffice, imports: Imports, ledger: Ledger, tmp_path: Path
) -> None:
    path, target = ledger(changed(ZHANG, 电话="139"), LI), tmp_path / "答复.xlsx"
    answer = imports.take_in([path], by=desk.clerk, good_rows_only=True)
    imports.mark(path, answer.files[0], target)
    workbook = load_workbook(target)
    workbook.active["D3"] = "13761529721"
    workbook.save(target)

    (file,) = imports.take_in([target], by=desk.clerk).files

    assert file.sheets[0].counts == counts(new=1, same=1)
    assert "导入问题" not in file.sheets[0].columns.values()


@pytest.mark.parametrize("name", ["06-old.xls", "07-gb18030.csv"])
def test_old_formats_are_answered_with_the_same_cells(
    name: str, desk: TestOffice, imports: Imports, tmp_path: Path
) -> None:
    answer = imports.take_in([LEDGERS / name], by=desk.clerk)
    imports.mark(LEDGERS / name, answer.files[0], tmp_path / "答复.xlsx")

    (again,) = imports.take_in(
        [tmp_path / "答复.xlsx"], by=desk.clerk, kind=answer.files[0].sheets[0].kind
    ).files

    assert again.sheets[0].counts.same == answer.files[0].sheets[0].counts.new


def test_a_text_that_looks_like_a_formula_stays_a_text_in_the_answer(
    desk: TestOffice, imports: Imports, tmp_path: Path
) -> None:
    path = tmp_path / "摊贩.csv"
    lines = [
        ",".join(HEAD),
        '1,张三,320413196207227743,13761529721,白塔村,"=HYPERLINK(""x"")",煎饼,3,2,2018.5.1',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")

    answer = imports.take_in([path], by=desk.clerk)
    imports.mark(path, answer.files[0], tmp_path / "答复.xlsx")

    assert [problem.code for problem in answer.files[0].problems] == ["formula"]
    with io.BytesIO((tmp_path / "答复.xlsx").read_bytes()) as kept:
        assert load_workbook(kept).active["F2"].data_type == "s"
