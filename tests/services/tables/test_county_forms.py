"""The county's blank workbook: filled in where it is understood, shown before, else left as it was."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.reporting_periods import read_period
from desktop.errors import NotAllowedError, UserError
from desktop.models.audit import AuditEntry
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.county_forms import CountyFormAnswer, CountyForms
from desktop.services.tables.county_planning import FormWishes
from tests.offices import LEDGERS, TODAY, TestOffice, stall, workshop

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
FIGURES = (
    ["金坛区食品三小情况统计表", None, None, None, None, None],
    ["村（社区）", "小作坊", None, "小摊贩", None, "备注"],
    [None, "总数", "登记率", "总数", "已登记", None],
    ["沙湖村", None, None, None, None, None],
    ["白塔村", None, None, None, "/", None],
    ["合计", "=SUM(B4:B5)", None, "=SUM(D4:D5)", None, None],
)
LIST = (
    ["食品小摊贩登记名单"],
    [
        "序号",
        "摊主姓名",
        "身份证号码",
        "联系电话",
        "村（社区）",
        "经营地址",
        "是否有营业执照",
        "登记卡编号",
        "出摊风险",
    ],
)
EVENTS = (["项目", "数量"], ["检查户次", None], ["本月发证", None], ["总数", None])


@pytest.fixture
def forms(desk: TestOffice) -> CountyForms:
    """Two stalls, one of them registered, and a workshop elsewhere."""
    surveys = Surveys(desk.office)
    surveys.save("stall", stall(business_licence="有"), by=desk.clerk, identity=UUID(int=1))
    Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)
    other = stall(address="沙湖村1组1号", operator_name="=李四", operator_id_number=None, phone="")
    surveys.save("stall", other, by=desk.clerk, identity=UUID(int=2))
    typed = workshop(village="白塔村", address="白塔村1组1号")
    surveys.save("workshop", typed, by=desk.clerk, identity=uuid4())
    return CountyForms(desk.office)


def blank(folder: Path, *sheets: Sequence[Sequence[object]], below: str = "") -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        page = book.create_sheet(f"表{number}")
        for row in rows:
            page.append(list(row))
        if rows is FIGURES:
            for area in ("A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"):
                page.merge_cells(area)
        if below:
            page.cell(page.max_row + 2, 1, below)
    book.save(folder / "空表.xlsx")
    return folder / "空表.xlsx"


def values(answer: CountyFormAnswer) -> dict[str, str]:
    return {f"{one.sheet}!{one.cell}": one.value for one in answer.filled}


def test_figures_are_counted_into_empty_cells_and_the_rest_is_named(
    forms: CountyForms, desk: TestOffice, tmp_path: Path
) -> None:
    path = blank(tmp_path, FIGURES)
    untouched = path.read_bytes()

    seen = forms.look(path, FormWishes(), by=desk.clerk)
    done = forms.fill(path, tmp_path / "填好.xlsx", FormWishes(), by=desk.clerk)

    assert (values(seen), seen.unread) == (values(done), done.unread)
    assert path.read_bytes() == untouched
    assert values(done) == {
        "表1!B4": "0",
        "表1!D4": "2",
        "表1!E4": "1",
        "表1!B5": "1",
        "表1!C5": "0.0%",
        "表1!D5": "0",
        "表1!C6": "0.0%",
        "表1!E6": "1",
    }
    assert done.filled[1].meaning == "沙湖村 · 小摊贩 · 总数"
    assert [(one.place, one.reason, one.count) for one in done.unread] == [
        ("F4", "没有认出“备注”", 3),
        ("C4", "没有户，算不出比率", 1),
    ]
    page = load_workbook(done.file)["表1"]
    assert [cell.value for cell in page[5]] == ["白塔村", 1, "0.0%", 0, "/", None]
    assert [cell.value for cell in page[6]] == ["合计", "=SUM(B4:B5)", "0.0%", "=SUM(D4:D5)", 1, None]
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"}


def test_a_list_is_filled_in_masked_or_whole_with_a_reason(
    forms: CountyForms, desk: TestOffice, tmp_path: Path
) -> None:
    path = blank(tmp_path, LIST)
    whole = FormWishes(is_internal=True, reason="报区局")

    done = forms.fill(path, tmp_path / "公示.xlsx", FormWishes(), by=desk.clerk)
    forms.fill(path, tmp_path / "内部.xlsx", whole, by=desk.clerk)

    assert (done.rows, done.mode, done.lists[0].first_row) == (2, "public", 3)
    assert {letter: one.field for letter, one in done.lists[0].columns.items()} == {
        "A": "serial",
        "B": "operator_name",
        "C": "operator_id_number",
        "D": "phone",
        "E": "village",
        "F": "address",
        "G": "business_licence",
        "H": "paper_number",
    }
    assert [(one.place, one.reason) for one in done.unread] == [("I2", "没有认出“出摊风险”")]
    public = load_workbook(tmp_path / "公示.xlsx")["表1"]
    assert [cell.value for cell in public[3]] == [
        1, "钱杰永", "3204131986****9990", "179****5136", "沙湖村", "沙湖村3组72号", "是",
        "TF32041310020180001", None,
    ]  # fmt: skip
    name = public["B4"]
    assert (name.value, name.data_type) == ("=李四", "s")
    number = load_workbook(tmp_path / "内部.xlsx")["表1"]["C3"]
    assert (number.value, number.data_type, number.number_format) == ("320413198603279990", "s", "@")
    with desk.office.db.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).all()
    assert [(one.changes["mode"], one.changes["rows"], one.reason) for one in entries] == [
        ("public", 2, ""),
        ("internal", 2, "报区局"),
    ]


def test_a_list_with_too_few_rows_above_a_footer_is_refused_and_not_moved_down(
    forms: CountyForms, desk: TestOffice, tmp_path: Path
) -> None:
    numbered = [*LIST, ["=ROW()-2"], [2], ["审核人："]]
    filled = forms.fill(blank(tmp_path, numbered), tmp_path / "a.xlsx", FormWishes(), by=desk.clerk)
    rows = load_workbook(filled.file)["表1"].iter_rows(min_row=3, max_col=2, values_only=True)
    assert list(rows) == [("=ROW()-2", "钱杰永"), (2, "=李四"), ("审核人：", None)]
    path = blank(tmp_path, LIST, below="审核人：")

    with pytest.raises(UserError, match="只有 1 行空行，要填 2 户；请先在表格软件里在空行中间插入 1 行"):
        forms.look(path, FormWishes(), by=desk.clerk)
    untitled = blank(tmp_path, LIST[1:])
    assert [one.reason for one in forms.look(untitled, FormWishes(), by=desk.clerk).unread] == [
        "看不出是哪一类（小作坊、小摊贩等），请选类别再填"
    ]
    assert forms.look(untitled, FormWishes(kind="workshop"), by=desk.clerk).rows == 1
    whole = blank(tmp_path, [["食品“三小”基本情况登记表"], *LIST[1:]])
    assert forms.look(whole, FormWishes(), by=desk.clerk).rows == 3


def test_an_old_blank_comes_back_as_a_new_workbook_and_says_what_it_lost(
    forms: CountyForms, desk: TestOffice, tmp_path: Path
) -> None:
    path = tmp_path / "统计[空表].csv"
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in FIGURES]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    old = forms.look(LEDGERS / "06-old.xls", FormWishes(), by=desk.clerk)

    done = forms.fill(path, tmp_path / "填好.xlsx", FormWishes(), by=desk.clerk)

    assert "字体、边框、列宽、打印设置和 2 格公式" in done.lost
    assert "打印设置留不住" in old.lost
    page = load_workbook(done.file)["统计_空表_"]
    assert [[cell.value for cell in row[:4]] for row in page["A4:D6"]] == [
        ["沙湖村", 0, None, 2],
        ["白塔村", 1, "0.0%", 0],
        ["合计", 1, "0.0%", 2],
    ]


def test_what_stands_is_counted_today_and_what_happened_in_the_period(
    forms: CountyForms, desk: TestOffice, tmp_path: Path
) -> None:
    path = blank(tmp_path, EVENTS)

    def said(period: str) -> tuple[dict[str, str], list[str]]:
        wishes = FormWishes(period=read_period(period) if period else None)
        answer = forms.look(path, wishes, by=desk.clerk)
        return values(answer), [one.reason for one in answer.unread]

    assert said("2018-06") == ({"表1!B2": "0", "表1!B3": "1", "表1!B4": "3"}, [])
    assert said("2018-05") == (
        {"表1!B2": "0", "表1!B3": "0"},
        ["“总数”只能按今天数，不能倒推到2018年5月"],
    )
    assert said("") == ({"表1!B2": "0", "表1!B4": "3"}, ["表上写的是“本月”，请选统计期再填"])


def test_only_the_town_fills_in_and_only_what_can_be_given_back(
    forms: CountyForms, desk: TestOffice, tmp_path: Path
) -> None:
    path = blank(tmp_path, FIGURES)
    villager = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3)
    auditor = desk.somebody("老审", Role.AUDITOR)

    for somebody in (villager, auditor):
        with pytest.raises(NotAllowedError):
            forms.look(path, FormWishes(), by=somebody)
    with pytest.raises(UserError, match="写明用途"):
        forms.fill(path, tmp_path / "a.xlsx", FormWishes(is_internal=True), by=desk.clerk)
    with pytest.raises(UserError, match="没有能填的格子，没有写文件"):
        forms.fill(blank(tmp_path, [["通知"]]), tmp_path / "a.xlsx", FormWishes(), by=desk.clerk)
    assert not (tmp_path / "a.xlsx").exists()
