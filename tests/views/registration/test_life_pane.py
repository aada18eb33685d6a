"""Deciding about a paper in place: what it will do is said before, a refusal says its way out."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import PaperAct
from desktop.views.registration.papers_tab import LIFE, PapersTab
from tests.lives import printed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(desk, enter, issue, qtbot) -> PapersTab:
    issue(enter())
    tab = PapersTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 620)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: tab.table.current_row() is not None)
    tab.side.set_value(LIFE)
    tab.side.changed.emit(LIFE)
    qtbot.waitUntil(lambda: bool(tab.life._possible))
    return tab


def choose(tab: PapersTab, act: PaperAct) -> None:
    tab.life.act.set_value(act)
    tab.life.act.changed.emit()


def test_a_paper_is_reissued_with_its_reason_asked_in_place(desk, office, tab, qtbot) -> None:
    choose(tab, PaperAct.REISSUE)
    assert "还没有打印过" in tab.life.refusal.sentence
    printed(office, 1)
    tab.life.show_paper(tab.life._paper)
    qtbot.waitUntil(lambda: tab.life.refusal.isHidden())
    assert "号码和有效期不变" in tab.life.facts.text()
    qtbot.keyClick(tab.life.day.line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: tab.life.reason_demanded.error == "请填原因。")

    tab.life.reason_demanded.set_value("遗失")
    with qtbot.waitSignal(tab.told) as told:
        qtbot.keyClick(tab.life.day.line, Qt.Key.Key_Return, CTRL)

    assert told.args == ["TF32041310020180001 已补发，可到打印中心打印。"]
    assert [row.status for row in desk.papers.page(by=desk.actor)] == [
        PaperStatus.VALID,
        PaperStatus.REPLACED,
    ]


def test_an_act_that_is_not_possible_says_why_and_has_no_button(desk, tab) -> None:
    choose(tab, PaperAct.RENEWAL)

    assert "2019-03-09 起才能延续" in tab.life.refusal.sentence
    assert not tab.life.button.isEnabled()
    choose(tab, PaperAct.VOIDING)
    assert tab.life.refusal.isHidden()
    assert tab.life.button.text() == "作废"


def test_a_refusal_of_the_office_stands_above_the_button_and_what_was_typed_stays(desk, tab, qtbot) -> None:
    choose(tab, PaperAct.VOIDING)
    tab.life.day.set_day(date(2018, 6, 1))
    tab.life.reason_demanded.set_value("姓名打错")

    qtbot.keyClick(tab.life.day.line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not tab.life.refusal.isHidden())

    assert "早于 TF32041310020180001 的发证日期" in tab.life.refusal.sentence
    assert tab.life.reason_demanded.value() == "姓名打错"


def test_only_a_withdrawal_asks_whether_the_paper_was_got_by_deceit_and_says_the_ban(
    desk, tab, qtbot
) -> None:
    choose(tab, PaperAct.REVOCATION)
    assert tab.life.fraud.isHidden()
    assert "1年内不得再登记" in tab.life.facts.text()
    choose(tab, PaperAct.WITHDRAWAL)
    assert "以欺骗、贿赂等不正当手段取得的，1年内不得再登记" in tab.life.facts.text()
    tab.life.reason_demanded.set_value("冒用他人身份证")
    tab.life.fraud.setChecked(True)

    with qtbot.waitSignal(tab.told) as told:
        qtbot.keyClick(tab.life.day.line, Qt.Key.Key_Return, CTRL)

    assert told.args == ["TF32041310020180001 已撤销，2019-06-07 以前（含当日）不得再登记。"]
