"""The rounds of the survey: one quiet line in the head, and behind it how far each village has come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.act import Role
from desktop.views.kit.progress import Bar
from desktop.views.kit.theme import Theme
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.page import SurveyPage
from tests.offices import TODAY, TestOffice, stall

Settled = Callable[[], None]


def opened(qtbot: QtBot, desk: SurveyDesk, settled: Settled) -> SurveyPage:
    page = SurveyPage(desk)
    qtbot.addWidget(page)
    page.resize(1222, 700)
    with qtbot.waitExposed(page):
        page.show()
    settled()
    return page


def unfolded(qtbot: QtBot, page: SurveyPage) -> None:
    """Open the pane and wait until it is seen: a popup that goes before that ends the offscreen display."""
    with qtbot.waitExposed(page.rounds.pane):
        page.rounds.click()


@pytest.fixture
def round_id(desk: SurveyDesk) -> int:
    return desk.surveys.open_round(
        name="2018年摸底调查", starts_on=date(2018, 4, 1), ends_on=None, by=desk.actor
    )


def test_without_a_round_the_line_says_so_and_a_new_one_is_opened_behind_it(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    assert page.rounds.text() == "没有进行中的调查轮次"
    unfolded(qtbot, page)
    pane = page.rounds.pane
    pane.open_button.click()
    assert pane.name.error

    pane.name.set_value("2018年摸底调查")
    pane.open_button.click()
    settled()

    assert page.rounds.text() == "2018年摸底调查 · 已调查 0 / 3 户"
    assert desk.surveys.current_round().starts_on == TODAY
    assert pane.name.value() == ""
    pane.close()


def test_the_line_follows_what_is_entered(
    qtbot: QtBot, desk: SurveyDesk, round_id: int, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    assert page.rounds.text() == "2018年摸底调查 · 已调查 3 / 3 户"

    desk.surveys.save(
        "stall", stall(village="白塔村", address="白塔村1组1号"), by=desk.actor, identity=UUID(int=9)
    )
    settled()

    assert page.rounds.text() == "2018年摸底调查 · 已调查 4 / 4 户"
    bars = [bar.accessibleName() for bar in page.rounds.pane.findChildren(Bar)]
    assert "白塔村：已调查 1，共 1 户" in bars


def test_a_refusal_stands_in_the_pane_and_what_was_typed_stays(
    qtbot: QtBot, desk: SurveyDesk, round_id: int, settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    unfolded(qtbot, page)
    pane = page.rounds.pane
    pane.name.set_value("2018年摸底调查")

    pane.open_button.click()
    settled()

    assert "请换一个名称" in pane.refused.sentence
    assert pane.name.value() == "2018年摸底调查"
    pane.close()


def test_a_round_is_closed_at_the_second_press(
    qtbot: QtBot, desk: SurveyDesk, round_id: int, settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    unfolded(qtbot, page)
    (button,) = page.rounds.pane.close_buttons
    button.click()
    settled()
    assert desk.surveys.current_round() is not None

    button.click()
    settled()

    assert desk.surveys.current_round() is None
    assert page.rounds.text() == "没有进行中的调查轮次"
    assert not page.rounds.pane.close_buttons
    page.rounds.pane.close()


def test_esc_closes_the_pane(qtbot: QtBot, desk: SurveyDesk, round_id: int, settled: Settled) -> None:
    page = opened(qtbot, desk, settled)
    unfolded(qtbot, page)

    qtbot.keyClick(page.rounds.pane, Qt.Key.Key_Escape)

    assert not page.rounds.pane.isVisible()


def test_a_village_account_reads_and_opens_no_round(
    qtbot: QtBot, desk: SurveyDesk, office: TestOffice, round_id: int, settled: Settled
) -> None:
    village = next(one for one in desk.villages if one.name == "白塔村")
    villager = office.somebody("老白", Role.VILLAGE, village_id=village.id)

    page = opened(qtbot, replace(desk, actor=villager), settled)
    unfolded(qtbot, page)

    assert not page.rounds.pane.open_button.isVisible()
    assert not page.rounds.pane.close_buttons
    page.rounds.pane.close()


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_the_head_finds_room_for_a_long_name(
    theme: Theme, qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled, zoom: float
) -> None:
    theme.set_zoom(zoom)
    desk.surveys.open_round(
        name="2018年食品小作坊小摊贩小餐饮摸底调查第一阶段", starts_on=TODAY, ends_on=None, by=desk.actor
    )

    page = opened(qtbot, desk, settled)

    assert page.head.minimumSizeHint().width() <= (1222 if zoom < 1.3 else 1210)
    assert ("…" in page.rounds.text()) is (zoom < 1.3)
    assert "已调查 0 / 3 户" in page.rounds.text()
