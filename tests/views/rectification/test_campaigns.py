"""专项整治 in the window: begun with its phases and schedule, worked through, everybody decided, ended."""

from datetime import date

import pytest

from desktop.domain.campaigns import Phase, Task
from desktop.domain.scope import Scope
from desktop.services.planning.campaigns import CampaignDraft, Campaigns
from desktop.views.rectification import campaign_view
from desktop.views.rectification.campaign_view import SCHEDULE, UNDECIDED
from tests.offices import TODAY

DRAFT = CampaignDraft(
    "三小专项整治",
    (Phase("集中整治", date(2018, 6, 1), date(2018, 12, 31)),),
    Scope(kinds=("stall",)),
    (Task(None, date(2018, 6, 30), "逐户检查", "两人以上"),),
)


@pytest.fixture
def view(desk, page, qtbot):
    Campaigns(desk.office).save(DRAFT, by=desk.clerk)
    with qtbot.waitSignal(page.campaigns.shown):
        page.show_campaigns()
    return page.campaigns


def show(view, which):
    view.which.set_value(which)
    view.which.changed.emit(which)


def test_a_campaign_is_begun_with_its_phases_and_its_schedule(desk, page, qtbot):
    page.show_campaigns()
    page.campaigns.new_button.click()
    form = page.campaign_form
    form.name.set_value("三小专项整治")
    form.scope.kinds.set_values(["stall"])
    phase = form.phases.lines[0]
    phase.name.set_value("集中整治")
    phase.starts_on.set_value("2018.6.1")
    phase.ends_on.set_value("2018.12.31")
    form.tasks.add_button.click()
    task = form.tasks.lines[0]
    task.ends_on.set_value("2018.6.30")
    task.focus.set_value("逐户检查")
    task.measures.set_value("两人以上")

    with qtbot.waitSignal(form.saved):
        form.save_button.click()

    (one,) = Campaigns(desk.office).all(by=desk.clerk)
    assert one.draft == DRAFT
    assert "已定下" in page.campaigns.message.sentence


def test_what_is_missing_is_marked_and_what_was_typed_stays(desk, page):
    page.show_campaigns()
    page.campaigns.new_button.click()
    form = page.campaign_form
    form.name.set_value("三小专项整治")
    form.tasks.add_button.click()

    form.save_button.click()

    assert form.phases.lines[0].name.error
    assert form.tasks.lines[0].focus.error
    assert "没填完" in form.message.sentence
    form.tasks.lines[0].away_button.click()
    assert form.tasks.lines == []
    assert (form.name.value(), Campaigns(desk.office).all(by=desk.clerk)) == ("三小专项整治", ())


def test_a_campaign_is_changed_where_it_is_listed(desk, page, view, qtbot):
    view.acts.edit_button.click()
    form = page.campaign_form
    assert (form.name.value(), form.tasks.lines[0].focus.value()) == ("三小专项整治", "逐户检查")
    form.basis.set_value("金城镇方案")

    with qtbot.waitSignal(form.saved):
        form.save_button.click()

    assert Campaigns(desk.office).detail(1, by=desk.clerk).draft.basis == "金城镇方案"


def test_everybody_ticked_is_put_on_a_route_and_then_it_can_be_ended(desk, view, qtbot):
    show(view, UNDECIDED)
    qtbot.waitUntil(lambda: len(view.table.model.rows) == 3)
    view.acts.end_button.click()
    qtbot.waitUntil(lambda: "不能收尾" in view.message.sentence)

    view.all_button.click()
    next(iter(view.acts.route_buttons)).click()
    qtbot.waitUntil(lambda: not view.table.model.rows)
    assert "还有 0 户未定" in view.message.sentence
    view.acts.end_button.click()
    qtbot.waitUntil(lambda: "已收尾" in view.message.sentence)

    assert Campaigns(desk.office).detail(1, by=desk.clerk).ended_on == TODAY


@pytest.mark.parametrize(("size", "said"), [(3, "选中这 3 户"), (4, "全选")])
def test_who_ticks_all_is_told_that_others_may_follow(view, qtbot, monkeypatch, size, said):
    qtbot.waitUntil(lambda: len(view.table.model.rows) == 3)
    monkeypatch.setattr(campaign_view, "PAGE", size)

    view._show_rows(tuple(view._rows), 0)

    assert view.all_button.text() == said


def test_enter_on_who_is_left_begins_the_inspection_and_counts_it(page, view, qtbot):
    with qtbot.waitSignal(page.inspection.ready):
        view.table.opened.emit(1)
    page.inspection.rest_button.click()
    for field, name in zip(page.inspection.inspectors, ("赵学军", "史国平"), strict=True):
        field.set_value(name)
    with qtbot.waitSignal(page.inspection.recorded):
        page.inspection.save_button.click()

    page.show_campaigns()
    qtbot.waitUntil(lambda: len(view.table.model.rows) == 2)


def test_the_schedule_stands_among_the_lists_and_is_printed(page, view, qtbot):
    show(view, SCHEDULE)
    (line,) = view.schedule.model.rows
    assert line.cells[:2] == ("2018年6月底前", "逐户检查")
    assert line.cells[3].word == "还有 22 天"

    with qtbot.waitSignal(page.paper.shown, timeout=20_000):
        view.acts.print_button.click()
    with qtbot.waitSignal(view.shown):
        assert page.go_back()
    assert view.isVisible()
