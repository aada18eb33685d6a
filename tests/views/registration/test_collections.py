"""Handing out: what lies in the office is ticked and taken, in person or by an agent with authority."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.services.papers.papers import Wanted
from desktop.views.registration.collections_tab import AGENT, TAKEN, CollectionsTab
from desktop.views.registration.short_model import spoken

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(desk, enter, issue, qtbot, tmp_path: Path) -> CollectionsTab:
    issue(enter(), enter())
    desk.papers.print(Wanted("card", is_unprinted=True), tmp_path / "卡.pdf", by=desk.actor)
    tab = CollectionsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 620)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 2)
    return tab


def test_a_ticked_paper_is_taken_in_person_and_leaves_the_list(desk, tab, qtbot) -> None:
    assert not tab.pane.button.isEnabled()
    tab.table.view.setFocus()
    qtbot.keyClick(tab.table.view, Qt.Key.Key_Space)

    with qtbot.waitSignal(tab.told) as told:
        qtbot.keyClick(tab.pane.day.line, Qt.Key.Key_Return, CTRL)

    assert told.args == ["1 张已由本人领走。"]
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 1)


def test_an_agent_gives_name_and_authority(desk, tab, qtbot) -> None:
    tab.table.tick_all()
    tab.pane.who.set_value(AGENT)
    tab.pane.who.changed.emit()
    tab.pane.agent.set_value("陈国华")
    qtbot.keyClick(tab.pane.day.line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: tab.pane.authority.error == "请填凭据。")

    tab.pane.authority.set_value("村委会委托书")
    with qtbot.waitSignal(tab.told):
        qtbot.keyClick(tab.pane.day.line, Qt.Key.Key_Return, CTRL)

    tab.which.set_value(TAKEN)
    tab.which.changed.emit(TAKEN)
    told = ["陈国华，代领（村委会委托书）"] * 2
    qtbot.waitUntil(lambda: [spoken(row.cells[-1]) for row in tab.table.model.rows] == told)


def test_what_a_village_has_not_collected_is_listed_and_its_signing_sheet_asked_for(desk, tab, qtbot) -> None:
    here = next(one.id for one in desk.villages if one.name == "沙湖村")
    narrow(tab, "白塔村")
    qtbot.waitUntil(lambda: tab.table.model.rows == ())
    assert tab.sheet.isHidden()

    narrow(tab, "沙湖村")
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 2)
    with qtbot.waitSignal(tab.sheet_asked) as asked:
        tab.sheet.click()

    assert asked.args == [Wanted("signing_sheet", village_id=here), "证卡领取签收表"]


def narrow(tab: CollectionsTab, village: str) -> None:
    place = tab.village.findText(village)
    tab.village.setCurrentIndex(place)
    tab.village.activated.emit(place)
