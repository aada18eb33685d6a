"""Applications: the most urgent first, each taken on in the pane beside, nothing typed is lost."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.lifecycle import RegistrationStatus
from desktop.services.registration.applications import Step
from desktop.views.registration.application_rows import clock
from desktop.views.registration.applications_tab import ApplicationsTab
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.short_model import spoken
from desktop.views.registration.step_pane import APPROVE
from tests.offices import TODAY

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(desk: RegistrationDesk, qtbot) -> ApplicationsTab:
    tab = ApplicationsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 620)
    return tab


@pytest.fixture
def apply(desk: RegistrationDesk) -> Callable[..., int]:
    def apply(establishment_id: int, *, on: date = TODAY, all_given: bool = True) -> int:
        materials = desk.profile.trade("stall").materials if all_given else ()
        return desk.applications.apply(establishment_id, on=on, materials=materials, by=desk.actor)

    return apply


def show(qtbot, tab: QWidget, count: int) -> None:
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == count)


def do(qtbot, tab: ApplicationsTab) -> None:
    """Press the button of the pane as the key does."""
    qtbot.keyClick(tab.step_pane.day.line, Qt.Key.Key_Return, CTRL)


def status(desk: RegistrationDesk, establishment_id: int) -> RegistrationStatus:
    return desk.establishments.detail(establishment_id, by=desk.actor).row.registration_status


def test_what_has_least_time_left_stands_first_and_says_how_much(desk, tab, enter, apply, qtbot) -> None:
    later = apply(enter())
    urgent = apply(enter(operator_name="贺福根"), on=date(2018, 6, 5), all_given=False)
    show(qtbot, tab, 2)

    first, second = tab.table.model.rows
    assert (first.id, second.id) == (urgent, later)
    assert spoken(first.cells[-1]).startswith("今天到期")
    assert "缺" in spoken(first.cells[4])
    assert spoken(second.cells[4]) == "材料齐全，等受理"


def test_a_late_application_says_by_how_many_days(desk, enter, apply) -> None:
    apply(enter(), on=date(2018, 6, 1))

    (row,) = desk.applications.under_way(by=desk.actor)

    assert clock(row).word == "超 2 日"


def test_the_next_step_is_done_by_keyboard(desk, tab, enter, apply, qtbot) -> None:
    shop = enter()
    apply(shop)
    show(qtbot, tab, 1)

    with qtbot.waitSignal(tab.told) as said:
        do(qtbot, tab)

    assert status(desk, shop) is RegistrationStatus.ACCEPTED
    assert said.args == ["“钱杰永（馄饨）”已受理。"]
    qtbot.waitUntil(lambda: tab.step_pane.step == Step.SITE_CHECK)


def test_a_site_check_is_answered_item_by_item(desk, tab, enter, apply, qtbot) -> None:
    shop = enter()
    desk.applications.take_step(apply(shop), Step.ACCEPT, on=TODAY, by=desk.actor)
    show(qtbot, tab, 1)
    pane = tab.step_pane
    pane.first.set_value("赵学军")
    pane.second.set_value("史国平")
    assert list(pane.items.choices) == [item.code for item in desk.profile.items("stall")]
    next(iter(pane.items.choices.values())).set_value("not_met")

    do(qtbot, tab)
    qtbot.waitUntil(lambda: pane._refusal.isVisible())
    assert "项没有填" in pane._refusal.sentence
    pane.items._all.click()
    with qtbot.waitSignal(tab.told):
        do(qtbot, tab)

    assert status(desk, shop) is RegistrationStatus.SITE_CHECK


def test_a_site_check_without_a_second_person_is_stopped_at_the_field(desk, tab, enter, apply, qtbot) -> None:
    shop = enter()
    desk.applications.take_step(apply(shop), Step.ACCEPT, on=TODAY, by=desk.actor)
    show(qtbot, tab, 1)
    tab.step_pane.first.set_value("赵学军")

    do(qtbot, tab)

    qtbot.waitUntil(lambda: tab.step_pane.second.error == "请填核查人二。")
    assert not desk.jobs.running
    assert status(desk, shop) is RegistrationStatus.ACCEPTED


def test_the_same_person_twice_is_refused_with_the_clause_and_what_was_typed_stays(
    desk, tab, enter, apply, qtbot
) -> None:
    shop = enter("workshop")
    desk.applications.take_step(apply(shop), Step.ACCEPT, on=TODAY, by=desk.actor)
    show(qtbot, tab, 1)
    tab.step_pane.first.set_value("赵学军")
    tab.step_pane.second.set_value("赵学军")

    do(qtbot, tab)
    qtbot.waitUntil(lambda: tab.step_pane._refusal.isVisible())

    assert "第三十四条" in tab.step_pane._refusal.sentence
    assert tab.step_pane.first.value() == "赵学军"
    assert tab.step_pane.button.isEnabled()


def test_a_refusal_needs_its_reason(desk, tab, enter, apply, qtbot) -> None:
    shop = enter()
    desk.applications.take_step(apply(shop), Step.ACCEPT, on=TODAY, by=desk.actor)
    show(qtbot, tab, 1)
    tab.step_pane.choose_step(Step.REFUSE)

    do(qtbot, tab)
    qtbot.waitUntil(lambda: bool(tab.step_pane.notes[Step.REFUSE].error))
    tab.step_pane.notes[Step.REFUSE].set_value("场所在居民楼内")
    with qtbot.waitSignal(tab.told):
        do(qtbot, tab)

    assert status(desk, shop) is RegistrationStatus.REFUSED


def test_deciding_gives_the_number_and_empties_the_list(desk, tab, enter, apply, qtbot) -> None:
    shop = enter()
    desk.applications.take_step(apply(shop), Step.ACCEPT, on=TODAY, by=desk.actor)
    show(qtbot, tab, 1)
    tab.step_pane.choose_step(APPROVE)

    with qtbot.waitSignal(tab.told) as said:
        do(qtbot, tab)

    number = desk.establishments.detail(shop, by=desk.actor).row.paper_number
    assert number in said.args[0]
    qtbot.waitUntil(tab.empty.isVisible)


def test_what_is_being_typed_outlives_the_changes_of_others(desk, tab, enter, apply, qtbot) -> None:
    shop = enter()
    desk.applications.take_step(apply(shop), Step.ACCEPT, on=TODAY, by=desk.actor)
    show(qtbot, tab, 1)
    tab.step_pane.first.set_value("赵学军")

    other = apply(enter(operator_name="贺福根"))
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 2)

    assert other in {row.id for row in tab.table.model.rows}
    assert tab.step_pane.first.value() == "赵学军"


def test_a_new_application_is_taken_in_by_keyboard_and_missing_materials_are_named(
    desk, tab, enter, qtbot
) -> None:
    shop = enter(operator_name="戴福根")
    show(qtbot, tab, 0)
    tab.start_new()
    pane = tab.new_pane
    pane.search.line.setText("戴福")
    qtbot.waitUntil(lambda: len(pane.found.model.rows) == 1)

    qtbot.keyClick(pane.search.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.button.isEnabled())
    missing, *given = desk.profile.trade("stall").materials
    pane.materials.tick(*given)
    with qtbot.waitSignal(tab.told):
        qtbot.keyClick(pane.day.line, Qt.Key.Key_Return, CTRL)

    assert status(desk, shop) is RegistrationStatus.APPLIED
    (row,) = desk.applications.under_way(by=desk.actor)
    assert row.missing_materials == (missing,)
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 1)


def test_who_is_registered_cannot_apply_again_and_is_told_so(desk, tab, enter, issue, qtbot) -> None:
    shop = enter()
    issue(shop)
    show(qtbot, tab, 0)
    tab.start_for(shop)
    qtbot.waitUntil(lambda: tab.new_pane.button.isEnabled())

    tab.new_pane.button.click()
    qtbot.waitUntil(lambda: tab.new_pane._refusal.isVisible())

    assert "已登记" in tab.new_pane._refusal.sentence


def test_going_back_closes_the_new_application_first(desk, tab, qtbot) -> None:
    show(qtbot, tab, 0)
    tab.start_new()

    assert tab.go_back() is True
    assert tab.go_back() is False
