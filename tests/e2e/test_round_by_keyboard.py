"""The whole round without a mouse: shortcuts, Tab, Enter, arrows and the letters of the keyboard."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.domain.lifecycle import Stage
from tests.e2e.conftest import CLERK, COLLEAGUE
from tests.e2e.test_round_by_mouse import assert_card_tells, assert_workbook_tells

FOUND = "原料与成品混放"


def test_a_shop_goes_the_whole_round_by_keyboard(sit_down, program, shop, reviewer, tmp_path, monkeypatch):
    hands = sit_down(program.actor)
    enter(hands, shop)
    find(hands, shop)
    number = register(hands, program)
    assert_card_tells(print_card(hands), shop, number)
    find(hands, shop)
    order(hands, shop)
    reinspect(hands)
    close_out_is_refused(hands)
    close_out(sit_down(reviewer), program)
    assert_workbook_tells(export(sit_down(program.actor), tmp_path, monkeypatch), shop)


def enter(hands, shop):
    """Go through the form with Enter; each field is typed as the keyboard comes to it."""
    place = hands.window.page("survey")
    hands.keys("Alt+2", "Ctrl+N")
    hands.until(place.register.new_menu.isVisible)
    hands.keys("Return")
    hands.come_back()
    form = place.shown
    assert form.form.kind == shop.kind
    left = dict(shop.typed)
    for _ in form.form.questions:
        code = form.fields.current_code()
        if code in left:
            hands.answer(left.pop(code))
        hands.keys("Return")
    assert left == {}
    hands.keys("Ctrl+Return")
    assert shop.name in form.message.sentence
    hands.keys("Esc")
    assert place.shown is place.register


def find(hands, shop):
    """Find the shop by the first letters of its name and open its file."""
    hands.keys("Ctrl+K")
    hands.type(shop.initials)
    hands.until(hands.window.place_search.hits.isVisible)
    hands.keys("Return")
    assert hands.window.place == "dossier"
    assert shop.name in hands.window.page("dossier").head.title.text()


def register(hands, program):
    """Take the next step of the file, which is to register it, and return the number that was given."""
    hands.keys("Ctrl+Return")
    assert hands.window.place == "registration"
    hands.keys("Ctrl+Return")
    (paper,) = program.papers.page(by=program.actor)
    assert "已登记 1 户" in hands.window.page("registration").banner.sentence
    return paper.number


def print_card(hands):
    """Go to the print centre, print what waits and return the file."""
    page = hands.window.page("registration")
    hands.tab_to("去打印中心")
    hands.keys("Return")
    hands.until(lambda: page.print_centre.settings.button.text() == "打印 1 张")
    hands.keys("Ctrl+P")
    hands.until(page.print_centre.banner.isVisible)
    (file,) = page.print_centre.settings.folder.glob("*.pdf")
    return file


def order(hands, shop):
    """Write an inspection down that finds one thing, and give the order for it."""
    page = hands.window.page("rectification")
    hands.keys("Alt+5", "Ctrl+N")
    hands.until(page.inspection.search.line.hasFocus)
    hands.type(shop.initials)
    hands.keys("Return")
    for name in ("检查人（一），必填", "检查人（二），必填"):
        hands.tab_to(name)
        hands.type({"一": CLERK, "二": COLLEAGUE}[name[4]])
    first = page.inspection.lines[0].item.text
    hands.tab_to(f"{first}：是")
    hands.arrow_to(f"{first}：否")
    hands.keys("Ctrl+A")
    hands.type(FOUND)
    for line in page.inspection.lines[1:]:
        hands.tab_to(f"{line.item.text}：是")
        hands.keys("Return")
    hands.keys("Ctrl+Return")
    assert "查出 1 项" in page.said.sentence
    hands.keys("Ctrl+Return")
    assert "已下达 金食安办告〔2018〕1号" in page.said.sentence


def reinspect(hands):
    """Write down that two people have seen it put right."""
    page = hands.window.page("rectification")
    hands.tab_to("报改")
    hands.arrow_to("复查")
    for name, person in (("检查人（一），必填", CLERK), ("检查人（二），必填", COLLEAGUE)):
        hands.tab_to(name)
        hands.type(person)
    hands.tab_to("合格")
    hands.keys("Return", "Ctrl+Return")
    assert "复查已记下" in page.said.sentence


def close_out_is_refused(hands):
    """Nobody closes out what they have inspected themselves."""
    page = hands.window.page("rectification")
    hands.keys("Ctrl+Return")
    assert CLERK in page.case.form.refused.sentence
    assert page.case.form.refused.isVisible()


def close_out(hands, program):
    """A second person closes the case out, from its card on the wall."""
    page = hands.window.page("rectification")
    hands.keys("Alt+5")
    hands.tab_to("待销号")
    hands.keys("Return", "Ctrl+Return")
    assert "销号已记下" in page.said.sentence
    assert program.rectifications.case(1, by=program.actor).stage is Stage.CLOSED_OUT


def export(hands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Export the survey tables of the township."""
    target = folder / "调查表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(target), ""))
    hands.keys("Alt+7", "Ctrl+S")
    hands.until(target.exists)
    return target
