"""档案查重: records that are alike are joined or told apart, and the next pair comes by itself."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from desktop.domain.act import Role
from desktop.services.register.establishments import Establishments, Filters
from desktop.services.register.joinings import Joinings
from desktop.services.survey.surveys import Surveys
from desktop.views.exchange.page import ALIKE, ExchangePage
from desktop.views.registration.short_model import spoken
from tests.offices import stall

PERSON = {"operator_name": "李四", "operator_id_number": "340824200108147266", "phone": None}


@pytest.fixture
def alike(office, desk, page, qtbot):
    """Two pairs: one stall that was entered twice, and two stalls of one person."""
    sheets = (
        stall(surveyor=None),
        stall(address="沙湖村三组72号", phone=None, products="馄饨、面条"),
        stall(**PERSON, address="沙湖村8组1号", products="豆浆"),
        stall(**PERSON, address="白塔村2组2号", village="白塔村", products="油条"),
    )
    for number, typed in enumerate(sheets, 1):
        Surveys(office.office).save("stall", typed, by=office.clerk, identity=UUID(int=number))
    page.show_alike()
    qtbot.waitUntil(lambda: page.alike.compare.said is not None and not desk.jobs.running)
    return page.alike


def numbers(office):
    rows = Establishments(office.office).page(Filters(), by=office.clerk, offset=0, limit=9)
    return sorted(row.archive_number for row in rows)


def test_both_are_shown_and_the_joined_one_is_gone(office, page, alike, qtbot):
    rows = [[spoken(cell) for cell in row.cells] for row in alike.list.model.rows]
    assert rows == [
        ["钱杰永（馄饨）", "沙湖村", "确定"],
        ["李四（豆浆）／李四（油条）", "沙湖村、白塔村", "拿不准"],
    ]
    assert alike.compare.reason.text() == "身份证号、地址相同，应是同一户"
    assert alike.note.text() == "确定 1 对，拿不准 1 对。"
    assert alike.compare.taken() == ("surveyor",)
    alike.compare.choices.sides["products"].segments[1].click()

    with qtbot.waitSignal(alike.loaded):
        alike.join_button.click()

    assert "100-0002 已并到 100-0001" in alike.news.sentence
    assert numbers(office) == ["100-0001", "100-0003", "100-0004"]
    assert Establishments(office.office).detail(1, by=office.clerk).row.products == "馄饨、面条"
    qtbot.waitUntil(lambda: alike.compare.said and alike.compare.said.kept.archive_number == "100-0003")


def test_by_keyboard_the_other_one_is_kept_and_a_word_is_taken_back(office, page, alike, qtbot):
    alike.activateWindow()
    keys = alike.window()
    alike.list.step(1)
    qtbot.waitUntil(lambda: alike.apart_button.isEnabled() and alike.compare.said.kept.id == 3)
    qtbot.keyClick(keys, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: alike.apart_button.isEnabled() and alike.compare.said.kept.id == 4)

    qtbot.keyClick(keys, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(alike.list.model.rows) == 1 and alike.undo_button.isVisible())
    assert "100-0004 和 100-0003 不是同一户" in alike.news.sentence

    qtbot.keyClick(keys, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(alike.list.model.rows) == 2 and not alike.undo_button.isVisible())
    assert len(numbers(office)) == 4


def test_what_changed_meanwhile_and_what_cannot_be_joined_is_said(office, desk, alike, qtbot):
    Surveys(office.office).save(
        "stall", stall(phone=None), by=office.clerk, identity=UUID(int=2), establishment_id=2, version=1
    )

    alike.apart_button.click()

    qtbot.waitUntil(lambda: "刚被别人改过" in alike.news.sentence and alike.dossier_button.isEnabled())
    assert len(alike.list.model.rows) == 2
    with qtbot.waitSignal(alike.join_asked) as asked:
        alike.dossier_button.click()
    assert asked.args == [1, "100-0002"]
    assert Joinings(office.office).of(1, by=office.clerk) == ()


def test_who_may_not_join_has_no_such_tab(office, desk, theme, hub, qtbot):
    villager = office.somebody("白塔村干部", Role.VILLAGE, village_id=1)
    made = ExchangePage(replace(desk, actor=villager))
    qtbot.addWidget(made)
    with pytest.raises(KeyError):
        made.tabs.set_count(ALIKE, 1)
