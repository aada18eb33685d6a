"""Pictures that somebody has looked at; and nothing is cut off on the lowest screen."""

from datetime import timedelta

import pytest

from desktop.domain.campaigns import Phase
from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.year_plan import PlanTimes
from desktop.services.planning.campaigns import CampaignDraft, Campaigns
from desktop.services.planning.draws import Draws
from desktop.services.planning.year_plans import YearPlans
from desktop.services.rectification.rectifications import Rectifications, Until
from tests.offices import TODAY
from tests.views.fitting import settled
from tests.visits import ordered, visit

ZOOMED = 3
"""Steps from 100 % to 150 %."""


@pytest.fixture
def busy(desk, page, qtbot):
    """A day on which something waits in every list; all of it was entered yesterday."""
    ordered(desk, 1, "S02", on=TODAY - timedelta(days=3), until=Until(days=1))
    ordered(desk, 2, on=TODAY - timedelta(days=3), until=Until(days=5))
    reported = ordered(desk, 3, on=TODAY - timedelta(days=3), until=Until(days=9)).case_id
    Rectifications(desk.office).report(reported, on=TODAY, by=desk.clerk)
    visit(desk, 4, "S05", "S06")
    YearPlans(desk.office).decide(2018, PlanTimes({"A": 12, "B": 12}, {}), on=TODAY, by=desk.clerk)
    Draws(desk.office).draw(Scope(), Quota(count=2), seed="1", on=TODAY, with_inspectors=False, by=desk.clerk)
    phases = (Phase("集中整治", TODAY, TODAY.replace(month=12)),)
    Campaigns(desk.office).save(CampaignDraft("2018年食品三小专项整治", phases, Scope()), by=desk.clerk)
    desk.clock.day = TODAY + timedelta(days=1)
    return page


def shown(page, qtbot, width, height):
    page.resize(width, height)
    with qtbot.waitSignal(page.visits_counted):
        page.show()
    settled(qtbot, page)
    return page


def test_the_workbench_looks_as_it_did(busy, qtbot, golden_picture):
    golden_picture(shown(busy, qtbot, 1206, 660), "workbench-light", 1206, 660)


def test_the_workbench_in_the_dark_at_150_percent_looks_as_it_did(busy, qtbot, theme, golden_picture):
    theme.set_dark(True)
    for _ in range(ZOOMED):
        theme.zoom_in()

    golden_picture(shown(busy, qtbot, 1210, 609), "workbench-dark-150", 1210, 609)


@pytest.mark.parametrize("steps", [0, ZOOMED])
def test_nothing_is_cut_off(busy, qtbot, theme, steps):
    for _ in range(steps):
        theme.zoom_in()

    assert settled(qtbot, shown(busy, qtbot, 1206, 609)) == []
