"""The whole round with the mouse: from the first sheet to the case that is closed out, and the workbooks."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox, QFileDialog, QListView

from desktop.domain.lifecycle import Stage
from desktop.views.rectification.item_line import NO
from printing.preview import Preview
from tests.e2e.conftest import CLERK, COLLEAGUE

FOUND = "原料与成品混放"


def test_a_shop_goes_the_whole_round_by_mouse(sit_down, program, shop, reviewer, tmp_path, monkeypatch):
    hands = sit_down(program.actor)
    enter(hands, shop)
    find(hands, shop)
    number = register(hands, shop)
    printed = print_card(hands)
    assert_card_tells(printed, shop, number)
    find(hands, shop)
    order(hands)
    reinspect(hands)
    close_out_is_refused(hands)
    close_out(sit_down(reviewer), program)
    workbook = export(sit_down(program.actor), tmp_path, monkeypatch)
    assert_workbook_tells(workbook, shop)


def enter(hands, shop):
    """Enter the shop by the form and see it in the register."""
    hands.go("摸底调查")
    place = hands.window.page("survey")
    hands.press("新建摸底")
    hands.click_in_menu(place.register.new_menu, "食品小作坊")
    form = place.shown
    for code, value in shop.typed.items():
        hands.click(form.sections.lines[form.fields.place_of(code)])
        control = form.fields.fields[code].field.focusProxy()
        if isinstance(control, QComboBox):
            hands.choose(control, value)
        else:
            hands.fill(control, value)
    hands.press("保存并下一户")
    assert shop.name in form.message.sentence
    hands.go("摸底调查")


def find(hands, shop):
    """Find the shop by the first letters of its name and open its file."""
    search = hands.window.place_search
    hands.fill(search.line, shop.initials)
    hands.until(search.hits.isVisible)
    hands.click_row(search.hits.findChild(QListView), 1)
    page = hands.window.page("dossier")
    assert hands.window.place == "dossier"
    assert shop.name in page.head.title.text()


def register(hands, shop):
    """Register everybody who can be registered and return the number that the window tells."""
    hands.go("登记发证")
    page = hands.window.page("registration")
    hands.press("可登记")
    hands.press("登记并制卡 1 户")
    assert "已登记 1 户" in page.banner.sentence
    return re.search(r"[A-Z]{2}\d{16}", page.banner.sentence.replace(" ", ""))[0]


def print_card(hands):
    """Print what waits and return the file."""
    page = hands.window.page("registration")
    hands.press("去打印中心")
    hands.until(lambda: page.print_centre.settings.button.text() == "打印 1 张")
    hands.press("打印 1 张")
    hands.until(page.print_centre.banner.isVisible)
    files = list(page.print_centre.settings.folder.glob("*.pdf"))
    assert len(files) == 1
    return files[0]


def assert_card_tells(printed, shop, number):
    with Preview(printed) as pages:
        assert len(pages) == 1
        text = "".join(pages.text(0).split())
    for fact in (shop.name, shop.typed["operator_name"], shop.typed["address"], number):
        assert fact in text


def order(hands):
    """Write an inspection down that finds one thing, and give the order for it."""
    hands.go("整改销号")
    page = hands.window.page("rectification")
    hands.press("记一次检查")
    hands.fill(page.inspection.search.line, "shdff")
    hands.press("沙湖豆腐坊")
    for field, name in zip(page.inspection.inspectors, (CLERK, COLLEAGUE), strict=True):
        hands.fill(field.focusProxy(), name)
    first = page.inspection.lines[0]
    hands.click(next(segment for segment in first.choice.segments if segment.choice.code == NO))
    hands.fill(first.finding.focusProxy(), FOUND)
    hands.press("其余都是“是”")
    hands.press("记下这次检查")
    assert "查出 1 项" in page.said.sentence
    hands.press("下达整改")
    assert "已下达 金食安办告〔2018〕1号" in page.said.sentence


def reinspect(hands):
    """Write down that two people have seen it put right."""
    page = hands.window.page("rectification")
    hands.press("复查")
    form = page.case.form
    for field, name in zip(form.inspectors, (CLERK, COLLEAGUE), strict=True):
        hands.fill(field.focusProxy(), name)
    hands.press("合格", inside=form)
    hands.click(form.save_button)
    assert "复查已记下" in page.said.sentence


def close_out_is_refused(hands):
    """Nobody closes out what they have inspected themselves."""
    page = hands.window.page("rectification")
    hands.click(page.case.form.save_button)
    assert CLERK in page.case.form.refused.sentence
    assert page.case.form.refused.isVisible()


def close_out(hands, program):
    """A second person closes the case out, from its card on the wall."""
    hands.go("整改销号")
    page = hands.window.page("rectification")
    column = next(one for one in page.wall.columns.values() if one.count)
    hands.click_row(column.list, 0)
    hands.click(page.case.form.save_button)
    assert "销号已记下" in page.said.sentence
    assert program.rectifications.case(1, by=program.actor).stage is Stage.CLOSED_OUT


def export(hands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Export the survey tables of the township."""
    target = folder / "调查表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(target), ""))
    hands.go("统计报表")
    hands.press("导出工作簿")
    hands.until(target.exists)
    return target


def assert_workbook_tells(workbook, shop):
    rows = load_workbook(workbook)["食品小作坊"].iter_rows(values_only=True)
    told = next(row for row in rows if shop.name in row)
    assert shop.typed["operator_name"] in told
    assert shop.typed["operator_id_number"] not in told
