from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.campaigns import Phase
from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.wall import Column, WallFilters
from desktop.domain.year_plan import PlanTimes
from desktop.services.planning.campaigns import CampaignDraft, Campaigns
from desktop.services.planning.draws import Draws
from desktop.services.planning.year_plans import YearPlans
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.views.kit.table_source import Query
from desktop.views.workbench.side_panels import CampaignRow
from tests.offices import TODAY
from tests.visits import ordered, visit

LONG_AGO = date(2018, 6, 5)


@pytest.fixture
def seen(page, qtbot, jobs):
    page.resize(1206, 660)
    with qtbot.waitSignal(page.late_counted):
        page.show()
    return page


def refreshed(page, qtbot):
    with qtbot.waitSignal(page.late_counted):
        page.refresh()
    return page


def test_what_is_late_stands_first_with_the_one_verb(desk, seen, qtbot):
    ordered(desk, 1, on=LONG_AGO, until=Until(days=6))
    ordered(desk, 2, on=LONG_AGO, until=Until(days=1))

    rows = refreshed(seen, qtbot).list.rows

    assert [row.establishment_id for row in rows] == [2, 1]
    assert "逾期 2 个工作日" in seen.list.model().index(0).data()
    assert seen.list.model().index(0).data().endswith("督办")


def test_enter_on_a_line_opens_what_it_is_about(desk, seen, qtbot):
    case = ordered(desk, 1, on=LONG_AGO, until=Until(days=6))
    refreshed(seen, qtbot)
    seen.list.setFocus()

    with qtbot.waitSignal(seen.go_asked) as asked:
        qtbot.keyClick(seen.list, Qt.Key.Key_Return)

    place, one = asked.args
    assert (place, one.id) == ("rectification", case.case_id)


def test_a_tile_is_a_door_to_its_column_of_the_wall(seen, qtbot):
    with qtbot.waitSignal(seen.go_asked) as asked:
        qtbot.keyClick(seen.late, Qt.Key.Key_Space)

    assert asked.args == ["rectification", WallFilters(column=Column.LATE)]


def test_the_count_of_parked_rows_is_a_door_to_where_they_are_decided(seen, qtbot):
    with qtbot.waitSignal(seen.go_asked) as asked:
        seen.waiting.duplicates.asked.emit()

    assert asked.args == ["exchange", "duplicates"]


def test_visits_are_counted_and_lead_to_their_list(desk, seen, qtbot):
    Draws(desk.office).draw(Scope(), Quota(count=2), seed="1", on=TODAY, with_inspectors=False, by=desk.clerk)
    qtbot.waitUntil(lambda: seen.visits.drawn._count.text() == "2 户")
    assert seen.visits.first.isHidden(), "金坛 sets no time for a first inspection"
    assert seen.visits.planned.isHidden(), "no plan was decided"
    YearPlans(desk.office).decide(2018, PlanTimes({"A": 2}, {}), on=TODAY, by=desk.clerk)
    qtbot.waitUntil(lambda: seen.visits.planned._count.text() == "4 户")

    with qtbot.waitSignal(seen.go_asked) as asked:
        qtbot.keyClick(seen.visits.drawn.button, Qt.Key.Key_Space)

    assert asked.args == ["rectification", "visits"]


def test_a_running_campaign_says_how_long_and_leads_to_itself(desk, seen, qtbot):
    phases = (Phase("集中整治", TODAY, TODAY.replace(month=12)),)
    Campaigns(desk.office).save(CampaignDraft("三小专项整治", phases, Scope()), by=desk.clerk)
    qtbot.waitUntil(lambda: len(seen.findChildren(CampaignRow)) == 1)
    (row,) = seen.findChildren(CampaignRow)
    assert row.button.accessibleName() == "三小专项整治：“集中整治”还有 183 天"

    with qtbot.waitSignal(seen.go_asked) as asked:
        row.button.click()

    place, campaign = asked.args
    assert (place, campaign.id) == ("rectification", 1)


def test_a_village_bar_leads_to_its_part_of_the_register(seen, qtbot):
    village = next(iter(seen.rates._villages))

    with qtbot.waitSignal(seen.go_asked) as asked:
        village.click()

    place, query = asked.args
    assert place == "survey"
    assert isinstance(query, Query)
    assert query.value("village") == str(seen.rates._villages[village])


def test_a_change_by_anybody_is_seen_at_once(desk, seen, qtbot):
    with qtbot.waitSignal(seen.late_counted, check_params_cb=lambda late: late == 1):
        ordered(desk, 1, on=LONG_AGO, until=Until(days=1))

    assert seen.late.accessibleName().startswith("逾期未改：1")


def test_an_office_with_nothing_to_do_says_so(seen):
    assert not seen.nothing.isHidden()
    assert seen.list.isHidden()
    assert seen.backup._words.text() == "还没有备份"


def test_findings_without_an_order_wait_for_a_word(desk, seen, qtbot):
    visit(desk, 1, "S05")
    refreshed(seen, qtbot)

    assert seen.waiting.to_order._count.text() == "1 项"


def test_a_closed_case_is_no_longer_listed(desk, seen, qtbot):
    case = ordered(desk, 1, on=LONG_AGO, until=Until(days=20)).case_id
    work = Rectifications(desk.office)
    work.reinspect(case, on=desk.clock.day, inspectors=["赵学军", "史国平"], result="good", by=desk.clerk)
    work.close_out(case, on=desk.clock.day, by=desk.clerk)

    assert refreshed(seen, qtbot).list.rows == ()


def test_lateness_that_cannot_be_counted_is_said_and_not_guessed(desk, seen, qtbot):
    desk.clock.day = date(2026, 12, 28)
    ordered(desk, 1, on=desk.clock.day, until=Until(days=15))
    desk.clock.day = date(2027, 2, 1)
    refreshed(seen, qtbot)

    assert seen.list.model().index(0).data().startswith("已逾期")
    assert "日历未装入" in seen.late.accessibleName()


@pytest.mark.parametrize("steps", [0, 3])
def test_every_word_fits_at_this_zoom(desk, seen, theme, qtbot, steps):
    for _ in range(steps):
        theme.zoom_in()
    ordered(desk, 1, on=desk.clock.day - timedelta(days=3), until=Until(days=1))
    refreshed(seen, qtbot)

    for tile in (seen.late, seen.soon, seen.to_reinspect, seen.expiring, seen.silent):
        assert tile.width() >= tile.minimumSizeHint().width()
