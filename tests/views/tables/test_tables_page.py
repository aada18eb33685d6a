"""The place of tables: what is chosen is what is written, and nothing whole leaves without a reason."""

from datetime import date
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from desktop.services.office.trail import Trail
from desktop.services.office.villages import Villages
from desktop.services.papers.blank_forms import BlankForms
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.county_forms import CountyForms
from desktop.services.tables.tables import Tables
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.theme import Theme
from desktop.views.registration.short_model import spoken
from desktop.views.tables.desk import TablesDesk
from desktop.views.tables.page import INTERNAL, TablesPage
from tests.offices import TODAY, TestOffice, stall


@pytest.fixture
def office(office: TestOffice) -> TestOffice:
    Surveys(office.office).save("stall", stall(), by=office.clerk, identity=UUID(int=1))
    return office


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, jobs: Jobs, hub: ChangeHub, office: TestOffice, tmp_path: Path, assets: Path
):
    desk = TablesDesk(
        profile=office.office.profile,
        villages=Villages(office.office).all(),
        tables=Tables(office.office),
        blank_forms=BlankForms(office.office, assets / "fonts"),
        county_forms=CountyForms(office.office),
        actor=office.clerk,
        clock=office.clock,
        jobs=jobs,
        hub=hub,
        exports=tmp_path / "exports",
    )
    page = TablesPage(desk)
    qtbot.addWidget(page)
    page.show()
    return page


def words_in(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(cell.value) for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.value
    )


def test_the_public_version_goes_out_masked(page: TablesPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.choose("survey", "stall")
    with qtbot.waitSignal(page.exported):
        page.export_to(tmp_path / "t.xlsx")

    assert "钱杰永" in words_in(tmp_path / "t.xlsx")
    assert "320413198603279990" not in words_in(tmp_path / "t.xlsx")
    assert page.banner.isVisible()


def test_the_internal_version_asks_for_its_reason_at_the_field(page: TablesPage, tmp_path: Path) -> None:
    page.version.set_value(INTERNAL)
    page._fit()

    page.export_to(tmp_path / "t.xlsx")

    assert page.reason.error
    assert not (tmp_path / "t.xlsx").exists()


def test_with_a_reason_it_goes_out_whole_and_stands_in_the_trail(
    page: TablesPage, qtbot: QtBot, tmp_path: Path, office: TestOffice
) -> None:
    page.version.set_value(INTERNAL)
    page.reason.set_value("报区局备查")
    with qtbot.waitSignal(page.exported):
        page.export_to(tmp_path / "t.xlsx")

    assert "320413198603279990" in words_in(tmp_path / "t.xlsx")
    assert Trail(office.office).entries(by=office.clerk)[0].reason == "报区局备查"


def test_a_place_that_cannot_be_written_is_said_and_the_choice_stays(
    page: TablesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.export_to(tmp_path / "no such folder" / "t.xlsx")
    qtbot.waitUntil(lambda: page.banner.isVisible())

    assert page.button.isEnabled()
    assert page.table.value() == "survey"


def test_blank_forms_are_printed_from_the_same_place(page: TablesPage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.blank_forms.printed):
        page.blank_forms.print_to(tmp_path / "blank.pdf")

    assert (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF")
    assert page.banner.isVisible()


def test_no_number_of_forms_is_said_at_the_field(page: TablesPage, tmp_path: Path) -> None:
    page.blank_forms.count.set_value("")

    page.blank_forms.print_to(tmp_path / "blank.pdf")

    assert page.blank_forms.count.error


def test_a_list_is_asked_for_by_village_and_day(page: TablesPage, office: TestOffice, qtbot: QtBot) -> None:
    lists = page.lists
    village = Villages(office.office).all()[2]
    lists.list.set_value("decision_list")
    lists.list.changed.emit()
    lists.village.set_value(str(village.id))

    with qtbot.waitSignal(page.papers_asked) as asked:
        lists.button.click()

    wanted, title = asked.args
    assert (wanted.code, wanted.village_id, wanted.issued_on) == ("decision_list", village.id, TODAY)
    assert title == "登记决定名单"
    assert lists.day.isVisible()


def test_a_roster_asks_for_no_day(page: TablesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.papers_asked) as asked:
        page.lists.button.click()

    assert asked.args[0].issued_on is None
    assert not page.lists.day.isVisible()


def test_blank_applications_are_printed_where_blank_surveys_are(
    page: TablesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.blank_forms.form.set_value("application_form")
    page.blank_forms.count.set_value("2")

    with qtbot.waitSignal(page.blank_forms.printed, timeout=10_000) as printed:
        page.blank_forms.print_to(tmp_path / "申请书.pdf")

    assert printed.args[1] == 2


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for line in (("食品小摊贩登记名单",), ("序号", "摊主姓名", "身份证号", "地址", "天气"), ("审核人：",)):
        book.active.append(line)
    book.active.insert_rows(3)
    page = book.create_sheet("统计")
    for line in (("村", "小摊贩总数", "备注"), ("沙湖村",)):
        page.append(line)
    book.save(tmp_path / "区里的.xlsx")
    return tmp_path / "区里的.xlsx"


def test_what_a_blank_of_the_county_asks_for_is_shown_before_a_copy_is_filled_in(
    page: TablesPage, qtbot: QtBot, tmp_path: Path, blank: Path
) -> None:
    form = page.county_form
    with qtbot.waitSignal(form.looked):
        page.look_over(blank)

    assert form.summary.text() == "认出 1 格，名单 1 户，2 格不填。"
    shown = [[spoken(cell) for cell in row.cells] for row in form.filled.model.rows]
    assert shown[1] == ["Sheet B3 起", "摊主姓名", "经营者姓名", "1 户"]
    assert shown[-1] == ["统计 B2", "沙湖村，小摊贩总数", "沙湖村 · 小摊贩 · 总数", "1"]
    left = [[spoken(cell) for cell in row.cells] for row in form.unread.model.rows]
    assert left == [["Sheet E2", "天气", "没有认出“天气”"], ["统计 C2", "沙湖村，备注", "没有认出“备注”"]]
    form.fill_to(blank)
    assert "不能盖掉" in form.banner.sentence
    with qtbot.waitSignal(form.saved):
        form.fill_to(tmp_path / "填好.xlsx")
    assert "3204131986****9990" in words_in(tmp_path / "填好.xlsx")
    assert (page.go_back(), page.go_back()) == (True, False)


def test_a_blank_of_an_old_format_says_what_the_copy_cannot_keep(
    page: TablesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    blank = tmp_path / "空表.csv"
    blank.write_text("统计表,\n村,小摊贩总数\n沙湖村,\n合计,=SUM(B3)\n", encoding="utf-8")
    form = page.county_form

    with qtbot.waitSignal(form.looked):
        page.look_over(blank)

    assert "和 1 格公式" in form.explanation.text()
    assert [row.cells[-1] for row in form.filled.model.rows] == ["1", "1"]


def test_another_period_or_the_whole_numbers_are_asked_for_anew(
    page: TablesPage, qtbot: QtBot, tmp_path: Path, blank: Path
) -> None:
    form = page.county_form
    with qtbot.waitSignal(form.looked):
        page.look_over(blank)
    with qtbot.waitSignal(form.looked):
        form.period.set_value(f"month {date(2018, 5, 31)}")
        form.period.changed.emit()
    assert "不能倒推到2018年5月" in spoken(form.unread.model.rows[-1].cells[-1])

    form.version.set_value(INTERNAL)
    with qtbot.waitSignal(form.looked):
        form.version.changed.emit()
    assert not form.banner.isVisible()
    form.fill_to(tmp_path / "填好.xlsx")
    assert form.reason.error
    form.reason.set_value("报区局")
    with qtbot.waitSignal(form.saved):
        form.fill_to(tmp_path / "填好.xlsx")
    assert "320413198603279990" in words_in(tmp_path / "填好.xlsx")
