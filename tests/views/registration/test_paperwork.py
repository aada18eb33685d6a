"""Papers in the window: offered where the clerk stands, seen as they will be printed, and logged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.papers.papers import Wanted
from desktop.services.registration.applications import Step
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.page import RegistrationPage
from tests.offices import TODAY


@pytest.fixture
def page(desk: RegistrationDesk, qtbot: QtBot) -> RegistrationPage:
    page = RegistrationPage(desk)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    return page


@pytest.fixture
def accepted(desk: RegistrationDesk, enter: Callable[..., int]) -> int:
    shop = enter("workshop")
    materials = desk.profile.trade("workshop").materials
    application = desk.applications.apply(shop, on=TODAY, materials=materials, by=desk.actor)
    desk.applications.take_step(application, Step.ACCEPT, on=TODAY, by=desk.actor)
    return shop


def chosen(page: RegistrationPage, qtbot: QtBot) -> list[str]:
    """Open the menu of the application that is shown; return what it offers."""
    button = page.applications.step_pane.papers
    qtbot.waitUntil(button.isEnabled)
    with qtbot.waitSignal(button.offered, timeout=10_000):
        button.click()
    return [action.text() for action in button.menu_of_papers.actions()]


def test_an_application_offers_the_papers_of_where_it_stands(page, accepted, qtbot) -> None:
    page.go("applications")
    page.applications.choose(accepted)

    offered = chosen(page, qtbot)
    page.applications.step_pane.papers.menu_of_papers.close()

    assert {"登记申请书", "登记申请受理通知书", "现场核查记录表"} <= set(offered)
    assert "不予登记决定书" not in offered


def test_what_is_seen_is_what_is_printed_and_a_second_copy_asks_for_its_reason(
    page, desk, accepted, qtbot
) -> None:
    with qtbot.waitSignal(page.paper.shown, timeout=10_000):
        page.print_paper("acceptance_slip", "登记申请受理通知书", accepted)
    assert page.paper.pages.isVisible()
    assert not page.paper.reason.isVisible()

    with qtbot.waitSignal(page.paper.printed, timeout=10_000) as printed:
        page.paper.button.click()
    assert Path(printed.args[0]).is_file()
    with qtbot.waitSignal(page.paper.shown, timeout=10_000):
        page.print_paper("acceptance_slip", "登记申请受理通知书", accepted)
    assert page.paper.reason.isVisible()
    page.paper.button.click()
    assert page.paper.reason.error

    page.paper.reason.set_value("淋湿了")
    with qtbot.waitSignal(page.paper.printed, timeout=10_000):
        page.paper.button.click()
    assert len(list(desk.exports.glob("*.pdf"))) == 2


def test_a_paper_that_cannot_be_made_says_why_and_prints_nothing(page, desk, enter, qtbot) -> None:
    with qtbot.waitSignal(page.paper.shown, timeout=10_000):
        page.print_paper("refusal_decision", "不予登记决定书", enter())

    assert page.paper.refused.isVisible()
    assert not page.paper.button.isEnabled()


def test_esc_leads_back_to_the_tab_one_came_from(page, accepted, qtbot) -> None:
    page.go("papers")
    with qtbot.waitSignal(page.paper.shown, timeout=10_000):
        page.print_wanted(Wanted("roster"), "登记名册")

    assert page.go_back()

    assert page.papers.isVisible()
    assert not page.paper.isVisible()
