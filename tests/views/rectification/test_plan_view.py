"""年度计划 in the window: decided, worked from, exported; a level is decided and a sample noted."""

import pytest

from desktop.domain.year_plan import PlanTimes
from desktop.services.planning.risks import Risks
from desktop.services.planning.samplings import Samplings
from desktop.services.planning.year_plans import YearPlans
from tests.offices import TODAY


@pytest.fixture
def view(desk, page, qtbot):
    with qtbot.waitSignal(page.plan.shown):
        page.show_plan()
    return page.plan


def decide(view, qtbot):
    view.form.save_button.click()
    qtbot.waitUntil(lambda: "的计划已定" in view.message.sentence)


def test_a_plan_is_decided_with_the_times_of_the_rule_pack_or_others(desk, view, qtbot):
    assert view.form.inspections["D"].value() == "4"
    assert "还没有定" in view.form.state.text()
    view.form.inspections["A"].set_value("2")

    decide(view, qtbot)

    plan = YearPlans(desk.office).plan(2018, by=desk.clerk)
    assert plan.times.inspections == {"A": 2, "B": 2, "C": 3, "D": 4}
    qtbot.waitUntil(lambda: [row.cells[4] for row in view.table.model.rows] == ["0/2"] * 3)
    assert "还要查 6 次" in view.message.sentence


def test_a_number_that_is_missing_is_named_and_nothing_is_decided(desk, view):
    view.form.samplings["B"].set_value("")

    view.form.save_button.click()

    assert view.form.samplings["B"].error
    assert YearPlans(desk.office).plan(2018, by=desk.clerk).decided_on is None


def test_enter_on_a_line_begins_the_inspection(page, view, qtbot):
    decide(view, qtbot)

    with qtbot.waitSignal(page.inspection.ready):
        view.table.opened.emit(view.table.current_id())


def test_a_level_is_decided_and_a_sample_noted_where_the_list_is(desk, view, qtbot):
    decide(view, qtbot)
    view.acts.level.set_value("D")
    view.acts.reason.set_value("群众举报多")
    view.acts.risk_button.click()
    qtbot.waitUntil(lambda: view.table.model.rows[0].cells[2].word == "D级")
    assert Risks(desk.office).of(1, by=desk.clerk).level == "D"

    view.acts.product.set_value("馄饨")
    view.acts.sample_button.click()
    qtbot.waitUntil(lambda: view.table.model.rows[0].cells[6] == "1/2")
    assert [one.product for one in Samplings(desk.office).of(1, by=desk.clerk)] == ["馄饨"]


def test_what_somebody_types_stays_when_another_desk_decides(desk, view, qtbot):
    view.form.inspections["A"].set_value("3")
    with qtbot.waitSignal(view.shown):
        YearPlans(desk.office).decide(2018, PlanTimes({"A": 1}, {}), on=TODAY, by=desk.clerk)

    assert view.form.inspections["A"].value() == "3"


def test_the_list_is_narrowed_to_the_late_ones_and_by_risk(desk, view, qtbot):
    decide(view, qtbot)
    view.which.set_value("late")
    view.which.changed.emit("late")
    qtbot.waitUntil(lambda: view.table.model.rows == ())

    view.which.set_value("all")
    view.which.changed.emit("all")
    qtbot.waitUntil(lambda: len(view.table.model.rows) == 3)
    view.risk.show_value("D")
    view.risk.chosen.emit("D")
    qtbot.waitUntil(lambda: view.table.model.rows == ())


def test_a_long_plan_comes_page_by_page(desk, view, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.views.rectification.plan_view.PAGE", 2)
    decide(view, qtbot)
    with qtbot.waitSignal(view.shown):
        view.refresh()
    qtbot.waitUntil(lambda: len(view.table.model.rows) == 3)
    view.table.model.put(view.table.model.rows[:2], has_more=True)
    view._rows = view._rows[:2]

    view.table.model.fetchMore(view.table.view.rootIndex())

    qtbot.waitUntil(lambda: [row.id for row in view.table.model.rows] == [1, 2, 3])
    assert not view.table.model.canFetchMore(view.table.view.rootIndex())
