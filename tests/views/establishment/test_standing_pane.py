"""定状态: two sections beside the dossier; what is refused says why and keeps what was typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.act import Role
from desktop.domain.lifecycle import Disposition, OperatingStatus, Route
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.establishments import Establishments
from desktop.services.survey.surveys import Surveys
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.establishment.page import EstablishmentPage
from desktop.views.kit.look import look
from tests.offices import TODAY


@pytest.fixture
def make(desk: EstablishmentDesk, office, qtbot) -> Callable[..., EstablishmentPage]:
    def make(
        shop: int, desk: EstablishmentDesk = desk, width: int = 1206, height: int = 680
    ) -> EstablishmentPage:
        page = EstablishmentPage(desk, office.clock)
        qtbot.addWidget(page)
        page.resize(width, height)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        with qtbot.waitSignal(page.opened):
            page.show_establishment(shop)
        return page

    return make


def words_of(page: EstablishmentPage) -> list[str]:
    return [entry.title for entry in page.timeline._entries]


def test_f4_opens_it_with_the_keyboard_in_it_and_esc_takes_it_away(make, enter, qtbot) -> None:
    page = make(enter())

    qtbot.keyClick(page, Qt.Key.Key_F4)
    qtbot.waitUntil(page.standing.isVisible)
    assert page.standing.to.has_focus()
    assert not page.photos.isVisible()

    assert page.go_back()
    assert not page.standing.isVisible()
    assert page.photos.isVisible()
    assert not page.go_back()


def test_a_change_is_seen_in_tiles_and_timeline(make, enter, qtbot) -> None:
    page = make(enter())
    page.head.standing.click()
    page.standing.to.set_value(OperatingStatus.PAUSED)
    page.standing.note.set_value("歇夏，九月再开")

    with qtbot.waitSignal(page.opened):
        page.standing.save.click()

    assert page.tiles._tiles[0].accessibleName().startswith("存续：停业")
    assert words_of(page)[0] == "改为“停业”"
    assert page.banner.sentence == "存续状态已记为“停业”。"
    assert page.standing.note.value() == ""


def test_what_is_missing_is_said_at_its_field(make, enter, qtbot) -> None:
    page = make(enter())
    page.head.standing.click()
    pane = page.standing
    pane.save.click()
    assert pane.to.error == "请选改为什么。"

    pane.to.set_value(OperatingStatus.CLOSED)
    pane.on.set_day(TODAY + timedelta(days=1))
    pane.save.click()

    assert pane.on.error == "这一天还没有到，请填今天或以前的日期。"
    assert pane.note.error == "请写明情况。"


def test_a_refusal_of_the_office_stands_in_the_pane_and_what_was_typed_stays(
    make, enter, office, qtbot
) -> None:
    shop = enter()
    surveys = Surveys(office.office)
    surveys.change_operating_status(shop, OperatingStatus.NOT_FOUND, on=TODAY, note="锁着门", by=office.clerk)
    page = make(shop)
    page.head.standing.click()
    pane = page.standing
    pane.to.set_value(OperatingStatus.PAUSED)
    pane.on.set_day(TODAY - timedelta(days=3))
    pane.note.set_value("邻居说停了")

    pane.save.click()
    qtbot.waitUntil(pane.refused.isVisible)

    assert "早于上一次变动" in pane.refused.sentence
    assert (pane.to.value(), pane.note.value()) == (OperatingStatus.PAUSED, "邻居说停了")
    assert pane.save.isEnabled()


def test_a_change_by_somebody_else_leaves_what_is_being_typed(make, enter, office, qtbot) -> None:
    shop = enter()
    page = make(shop)
    page.head.standing.click()
    page.standing.note.set_value("正在写")

    with qtbot.waitSignal(page.opened):
        Surveys(office.office).decide(shop, route=Route.URGE_REGISTRATION, disposition=None, by=office.clerk)

    assert page.standing.note.value() == "正在写"
    assert page.standing.route.value() == Route.URGE_REGISTRATION


def test_route_and_batch_are_put_down_together(make, enter, qtbot) -> None:
    page = make(enter())
    page.head.standing.click()
    page.standing.save_route.click()
    assert page.standing.route.error == "请选处置意见。"
    page.standing.route.set_value(Route.PUT_RIGHT_FIRST)
    page.standing.disposition.set_value(Disposition.STANDARDISE)

    with qtbot.waitSignal(page.opened):
        page.standing.save_route.click()

    assert "规范一批。整改后登记" in page.tiles._tiles[4].accessibleName()
    assert {"改定处置意见", "改定分类"} <= set(words_of(page))
    assert page.banner.sentence == "处置意见已记为“整改后登记”，规范。"


def test_one_that_was_shut_down_is_said_and_offers_no_step(make, enter, office, qtbot) -> None:
    shop = enter()
    Surveys(office.office).decide(shop, route=Route.CLOSE_BY_DATE, disposition=None, by=office.clerk)
    Shutdowns(office.office).force(shop, on=TODAY, reason="拒不整改", by=office.clerk)
    page = make(shop)

    page.head.standing.click()

    assert "死灰复燃" in page.standing._advice.text()
    assert not page.standing.save.isVisible()
    assert page.standing.route.has_focus()


def test_who_may_not_enter_surveys_is_not_offered_it(desk, make, enter, office, qtbot) -> None:
    shop = enter()
    auditor = office.somebody("审计", Role.AUDITOR)

    page = make(shop, replace(desk, actor=auditor))

    assert not page.head.standing.isEnabled()
    assert Establishments(office.office).detail(shop, by=auditor).row.id == shop


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_it_finds_room_at_every_size(theme, make, enter, qtbot, zoom: float) -> None:
    theme.set_zoom(zoom)
    at = look().at
    rail = at.rail_narrow if zoom > 1.3 else at.rail
    width, height = 1366 - rail - 2 * at.large, 768 - at.top_bar - at.status_strip - at.medium
    page = make(enter(operator_name="买买提·艾力木江·吐尔逊·阿不都热西提𠮷"), width=width, height=height)

    page.head.standing.click()

    assert page.minimumSizeHint().width() <= width
    assert page.minimumSizeHint().height() <= height
    assert page.timeline.isVisible()
