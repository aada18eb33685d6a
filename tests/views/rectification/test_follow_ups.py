"""Closing down and looking back in the window: found on their lists, told, led on where a case is opened."""

from datetime import timedelta

from PySide6.QtCore import Qt

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus, Route, Stage
from desktop.domain.rectification import FollowUp
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.establishments import Establishments
from desktop.services.survey.surveys import Surveys
from desktop.views.rectification.wall_view import AFTER
from tests.offices import TODAY
from tests.visits import PAIR, ordered, registered


def put_on_route_three(desk, one):
    Surveys(desk.office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)


def status_of(desk, one):
    return Establishments(desk.office).detail(one, by=desk.clerk).row.operating_status


def refreshed(page, qtbot):
    with qtbot.waitSignal(page.wall.shown):
        page.wall.refresh()
    next(one for one in page.wall.parts.segments if one.choice.code == AFTER).click()
    return page.wall.after


def opened(page, qtbot, follow_up):
    view = page.close_down if follow_up in {FollowUp.TO_CLOSE, FollowUp.CLOSING} else page.look_back
    column = refreshed(page, qtbot)[follow_up]
    column.take_focus()
    with qtbot.waitSignal(view.shown):
        qtbot.keyClick(column.list, Qt.Key.Key_Return)
    return view


def fill_look(view, outcome):
    view.outcome.set_value(outcome)
    view.outcome.changed.emit()
    for field, name in zip(view.inspectors, PAIR, strict=True):
        field.set_value(name)


def offered(field):
    box = field.framed_control()
    return [box.itemData(place) for place in range(1, box.count())]


def test_the_lists_are_counted_and_say_what_comes_next(desk, page, qtbot):
    put_on_route_three(desk, 1)
    registered(desk, 2)

    after = refreshed(page, qtbot)

    assert {one: column.count for one, column in after.items()} == {
        FollowUp.TO_CLOSE: 1,
        FollowUp.CLOSING: 0,
        FollowUp.REGISTERED: 1,
        FollowUp.CLOSED: 0,
        FollowUp.SHUT_DOWN: 0,
    }
    (card,) = after[FollowUp.REGISTERED].list.cards.cards
    assert (card.verb, card.chip.word, card.text) == ("回头看", "待回头看", "还没有回头看过")


def test_a_look_that_finds_all_kept_goes_back_to_the_list(desk, page, qtbot):
    one = registered(desk, 1)
    view = opened(page, qtbot, FollowUp.REGISTERED)
    fill_look(view, "kept")

    with qtbot.waitSignal(view.recorded):
        view.save_button.click()

    qtbot.waitUntil(page.said.isVisible)
    assert page.said.sentence == "“钱杰永（馄饨）”回头看：保持良好，已记下。"
    (row,) = LookBacks(desk.office).history(one, by=desk.clerk)
    assert (row.looked_on, row.inspectors, row.outcome) == (TODAY, PAIR, "kept")


def test_a_look_that_finds_a_rebound_leads_to_the_new_case(desk, page, qtbot):
    registered(desk, 1)
    view = opened(page, qtbot, FollowUp.REGISTERED)
    fill_look(view, "rebounded")
    view.note.set_value("又用过期原料")

    with qtbot.waitSignal(page.case.shown):
        view.save_button.click()

    assert "已另立整改 1，请接着再次责令" in page.said.sentence
    assert Rectifications(desk.office).case(1, by=desk.clerk).stage is Stage.RELAPSED
    assert page.case.form.action.code == "order_again"


def test_what_may_be_found_depends_on_whether_it_was_closed(desk, page, qtbot):
    put_on_route_three(desk, 1)
    Shutdowns(desk.office).force(1, on=TODAY, reason="拒不关停", by=desk.clerk)
    registered(desk, 2)

    closed = offered(opened(page, qtbot, FollowUp.SHUT_DOWN).outcome)
    page.show_wall()
    kept = offered(opened(page, qtbot, FollowUp.REGISTERED).outcome)

    assert closed == ["kept", "reopened", "moved", "changed-trade"]
    assert kept == ["kept", "rebounded", "moved", "changed-trade"]


def test_who_was_closed_and_trades_again_is_closing_once_more(desk, page, qtbot):
    put_on_route_three(desk, 1)
    Shutdowns(desk.office).verify(1, on=TODAY, reason="已停", by=desk.clerk)
    view = opened(page, qtbot, FollowUp.CLOSED)
    fill_look(view, "reopened")

    with qtbot.waitSignal(page.case.shown):
        view.save_button.click()

    assert status_of(desk, 1) is OperatingStatus.CLOSING


def test_nothing_is_written_down_before_outcome_and_two_people_are_told(desk, page, qtbot):
    one = registered(desk, 1)
    view = opened(page, qtbot, FollowUp.REGISTERED)
    view.inspectors[0].set_value("赵学军")

    view.save_button.click()

    assert view.outcome.error == "请选结论。"
    assert view.inspectors[1].error == "请填检查人的姓名，须两名以上。"
    assert LookBacks(desk.office).history(one, by=desk.clerk) == ()


def test_a_refusal_leaves_what_was_typed(desk, page, qtbot):
    registered(desk, 1)
    view = opened(page, qtbot, FollowUp.REGISTERED)
    fill_look(view, "kept")
    view.inspectors[1].set_value(PAIR[0])
    view.note.set_value("一切正常")

    view.save_button.click()

    qtbot.waitUntil(view.message.isVisible)
    assert "两名" in view.message.sentence
    assert view.note.value() == "一切正常"
    assert view.save_button.isEnabled()


def test_an_outcome_says_what_it_entails_before_it_is_written_down(desk, page, qtbot):
    registered(desk, 1)
    view = opened(page, qtbot, FollowUp.REGISTERED)

    fill_look(view, "changed-trade")

    assert view.entails.text() == "存续改为“已关停”，有效的证卡随之注销，没有改好的整改随之了结。"


def test_ordering_to_close_and_finding_it_closed_go_through_the_window(desk, page, qtbot):
    put_on_route_three(desk, 1)
    view = opened(page, qtbot, FollowUp.TO_CLOSE)
    view.close_by.set_day(TODAY + timedelta(days=3))
    view.reason.set_value("不具备生产条件")
    with qtbot.waitSignal(view.decided):
        view.save_button.click()
    assert status_of(desk, 1) is OperatingStatus.CLOSING
    assert page.said.sentence == "“钱杰永（馄饨）”已记为限期关停中，证卡无。"

    desk.clock.day = TODAY + timedelta(days=4)
    view = opened(page, qtbot, FollowUp.CLOSING)
    assert view.step.value() == "verified"
    assert not view.close_by.isVisible()
    view.reason.set_value("现场已清空")
    with qtbot.waitSignal(view.decided):
        view.save_button.click()

    assert status_of(desk, 1) is OperatingStatus.CLOSED


def test_shutting_down_names_the_authority_that_decides(desk, page, qtbot):
    put_on_route_three(desk, 1)
    view = opened(page, qtbot, FollowUp.TO_CLOSE)

    next(one for one in view.step.segments if one.choice.code == "forced").click()

    assert desk.office.profile.shutdown_authority in view.entails.text()
    assert view.on.label == "取缔日期"
    view.reason.set_value("拒不关停")
    with qtbot.waitSignal(view.decided):
        view.save_button.click()
    assert status_of(desk, 1) is OperatingStatus.SHUT_DOWN


def test_a_day_and_a_reason_must_be_told(desk, page, qtbot):
    put_on_route_three(desk, 1)
    view = opened(page, qtbot, FollowUp.TO_CLOSE)

    view.save_button.click()

    assert view.close_by.error == "请填关停的最后一天。"
    assert view.reason.error == "请写明理由。"
    assert status_of(desk, 1) is not OperatingStatus.CLOSING


def test_a_case_whose_order_was_not_met_leads_to_closing_down(desk, page, qtbot):
    case = ordered(desk, 1, on=TODAY - timedelta(days=3), until=Until(days=1)).case_id
    with qtbot.waitSignal(page.case.shown):
        page.show_case(case)

    with qtbot.waitSignal(page.close_down.shown):
        page.case.close_down_button.click()

    assert page.close_down.step.value() == "ordered"


def test_a_case_still_in_time_offers_no_closing_down(desk, page, qtbot):
    case = ordered(desk, 1, until=Until(days=10)).case_id
    with qtbot.waitSignal(page.case.shown):
        page.show_case(case)

    assert page.case.close_down_button.isHidden()


def test_who_may_not_decide_sees_why(desk, page_for, qtbot):
    put_on_route_three(desk, 1)
    page = page_for(desk.somebody("李办事", Role.CLERK))

    view = opened(page, qtbot, FollowUp.TO_CLOSE)

    assert not view.save_button.isEnabled()
    assert "由审核人办理" in view.message.sentence


def test_escape_leads_back_to_the_list(desk, page, qtbot):
    registered(desk, 1)
    opened(page, qtbot, FollowUp.REGISTERED)

    assert page.go_back()

    assert page.wall.isVisible()
    assert page.wall.parts.value() == AFTER
