"""Batch registration: the number is seen before it is given, and who cannot be registered says why."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus
from desktop.services.survey.surveys import Surveys
from desktop.views.registration.candidates_tab import CandidatesTab
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.short_model import spoken
from printing.preview import Preview
from tests.offices import TODAY, stall


@pytest.fixture
def tab(desk: RegistrationDesk, qtbot) -> CandidatesTab:
    tab = CandidatesTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 620)
    return tab


def show(qtbot, tab: CandidatesTab, count: int) -> None:
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == count)
    qtbot.waitUntil(lambda: not tab._desk.jobs.running and not tab._rest.isActive())


def test_able_ones_are_ticked_with_their_numbers_and_others_give_their_reason(tab, enter, qtbot) -> None:
    enter(operator_id_number=None)
    able = enter(operator_name="戴福根")
    show(qtbot, tab, 2)

    assert tab.table.ticked_ids() == (able,)
    first, second = tab.table.model.rows
    assert spoken(first.cells[-1]).endswith("0001")
    assert spoken(second.cells[-1]).startswith("缺")
    assert tab.button.text() == "登记并制卡 1 户"


def test_space_ticks_and_unticks_but_never_what_is_refused(tab, enter, qtbot) -> None:
    enter()
    enter(operator_id_number=None)
    show(qtbot, tab, 2)

    qtbot.keyClick(tab.table.view, Qt.Key.Key_Space)
    assert tab.table.ticked_ids() == ()
    assert not tab.button.isEnabled()
    qtbot.keyClick(tab.table.view, Qt.Key.Key_Down)
    qtbot.keyClick(tab.table.view, Qt.Key.Key_Space)
    assert tab.table.ticked_ids() == ()


def test_those_that_are_ticked_get_the_numbers_that_were_shown(desk, tab, enter, qtbot) -> None:
    first, left_out, third = enter(), enter(operator_name="贺福根"), enter(operator_name="戴福根")
    show(qtbot, tab, 3)
    tab.table.choose(left_out)
    qtbot.keyClick(tab.table.view, Qt.Key.Key_Space)

    with qtbot.waitSignal(tab.registered) as done:
        tab.button.click()

    assert [one.id for one in done.args[0].issued] == [first, third]
    assert [one.number[-4:] for one in done.args[0].issued] == ["0001", "0002"]
    row = desk.establishments.detail(left_out, by=desk.actor).row
    assert row.registration_status is RegistrationStatus.UNREGISTERED
    qtbot.waitUntil(lambda: [row.id for row in tab.table.model.rows] == [left_out])


def test_what_was_unticked_stays_so_when_the_list_is_asked_again(desk, office, tab, enter, qtbot) -> None:
    shop = enter()
    show(qtbot, tab, 1)
    qtbot.keyClick(tab.table.view, Qt.Key.Key_Space)

    enter(operator_name="戴福根")
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 2)

    assert shop not in tab.table.ticked_ids()
    assert len(tab.table.ticked_ids()) == 1


def test_the_sample_is_the_real_card_with_the_number_to_come(tab, enter, qtbot) -> None:
    enter()
    show(qtbot, tab, 1)
    qtbot.waitUntil(tab.sample.sheet.has_page)

    with Preview(tab.sample._pdf) as pages:
        text = pages.text(0)
    assert "20180001" in text
    assert "钱杰永" in text


def test_numbers_that_nobody_has_confirmed_are_warned_of(desk, tab, enter, qtbot) -> None:
    enter()
    show(qtbot, tab, 1)

    is_confirmed = desk.profile.trade("stall").paper.number_is_confirmed
    assert tab._numbers.isVisible() is not is_confirmed
    assert tab._numbers.text() == "编号规则由本镇自定，发卡前请核对"


def test_a_name_that_cannot_be_printed_is_seen_before_anything_is_decided(tab, enter, qtbot) -> None:
    enter(operator_name="钱\ue001永")
    show(qtbot, tab, 1)
    qtbot.waitUntil(lambda: "U+E001" in tab._glyphs.text())

    assert not tab.sample.sheet.has_page()


def test_a_filter_leaves_one_village(desk, tab, enter, qtbot) -> None:
    enter()
    other = enter(village="白塔村", address="白塔村1组1号")
    show(qtbot, tab, 2)
    place = next(n for n, village in enumerate(desk.villages, 1) if village.name == "白塔村")

    tab.villages.setCurrentIndex(place)
    tab.villages.activated.emit(place)
    qtbot.waitUntil(lambda: [row.id for row in tab.table.model.rows] == [other])


def test_a_filter_hides_ticks_and_the_count_says_so(desk, tab, enter, qtbot) -> None:
    hidden, left_out = enter(), enter(operator_name="贺福根")
    shown = enter(village="白塔村", address="白塔村1组1号")
    show(qtbot, tab, 3)
    tab.table.choose(left_out)
    qtbot.keyClick(tab.table.view, Qt.Key.Key_Space)

    place = next(n for n, village in enumerate(desk.villages, 1) if village.name == "白塔村")
    tab.villages.setCurrentIndex(place)
    tab.villages.activated.emit(place)
    qtbot.waitUntil(lambda: [row.id for row in tab.table.model.rows] == [shown])

    assert tab.button.text() == "登记并制卡 1 户"
    assert "另有 1 户已选" in tab._summary.text()

    tab.villages.setCurrentIndex(0)
    tab.villages.activated.emit(0)
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 3)
    assert tab.table.ticked_ids() == (hidden, shown)


def test_one_that_was_sent_here_is_the_only_one_ticked(tab, enter, qtbot) -> None:
    enter()
    wanted = enter(operator_name="戴福根")
    show(qtbot, tab, 2)

    tab.start_for(wanted)
    qtbot.waitUntil(lambda: tab.table.ticked_ids() == (wanted,))
    assert tab.table.current_id() == wanted


def test_who_may_not_decide_is_told_who_may_and_nothing_is_written(desk, office, enter, qtbot) -> None:
    from dataclasses import replace

    shop = enter()
    tab = CandidatesTab(replace(desk, actor=office.somebody("小王", Role.CLERK)))
    qtbot.addWidget(tab)
    show(qtbot, tab, 1)

    with qtbot.waitSignal(tab.refused) as said:
        tab.button.click()

    assert "审核员" in said.args[0]
    row = desk.establishments.detail(shop, by=desk.actor).row
    assert row.registration_status is RegistrationStatus.UNREGISTERED
    assert tab.button.isEnabled()


def test_an_empty_list_says_what_will_stand_here(tab, qtbot) -> None:
    show(qtbot, tab, 0)

    assert tab.empty.isVisible()


def test_a_change_elsewhere_is_seen_without_asking(desk, office, tab, enter, qtbot) -> None:
    shop = enter(operator_id_number=None)
    show(qtbot, tab, 1)
    assert tab.table.ticked_ids() == ()

    Surveys(office.office).save(
        "stall", stall(), by=office.clerk, identity=UUID(int=77), establishment_id=shop
    )
    qtbot.waitUntil(lambda: tab.table.model.rows[0].can_be_ticked)


def test_where_somebody_was_faster_the_list_says_so_and_the_button_works_again(
    desk, office, tab, enter, qtbot
) -> None:
    shop = enter()
    show(qtbot, tab, 1)
    office.office.db.listen(office.heard.append)  # this desk has not heard of it yet
    Surveys(office.office).change_operating_status(
        shop, OperatingStatus.PAUSED, on=TODAY, note="歇业", by=office.clerk
    )

    with qtbot.waitSignal(tab.registered) as done:
        tab.button.click()

    assert "停业" in done.args[0].refused[0].reason
    qtbot.waitUntil(lambda: not tab.table.model.rows[0].can_be_ticked)
