from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.services.rectification.inspections import NOT_RECORDED, Inspections
from desktop.services.rectification.rectifications import Rectifications
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.dossiers import Dossiers
from desktop.views.rectification.item_line import NO, NOT_APPLICABLE
from tests.offices import TODAY
from tests.visits import PAIR, ordered, reinspect


@pytest.fixture
def sheet(page, qtbot):
    with qtbot.waitSignal(page.inspection.ready):
        page.inspect(1)
    sheet = page.inspection
    sheet.inspectors[0].set_value("赵学军")
    sheet.inspectors[1].set_value("史国平")
    return sheet


def test_an_establishment_is_found_by_its_initials_and_taken_by_enter(page, qtbot):
    page.wall.inspect_button.click()
    qtbot.keyClicks(page.inspection.search.line, "qjy")
    qtbot.waitUntil(lambda: len(page.inspection._hits) == 3)

    with qtbot.waitSignal(page.inspection.ready):
        qtbot.keyClick(page.inspection.search.line, Qt.Key.Key_Return)

    assert "钱杰永" in page.inspection.visit._title.text()


def test_a_scanned_sheet_opens_its_record_though_its_enter_comes_first(page, qtbot):
    page.wall.inspect_button.click()

    with qtbot.waitSignal(page.inspection.ready):
        qtbot.keyClicks(page.inspection.search.line, "jc-100-0002")
        qtbot.keyClick(page.inspection.search.line, Qt.Key.Key_Return)

    assert page.inspection._establishment_id == 2


def test_a_refusal_to_sign_asks_for_reason_and_witness_and_keeps_them(desk, page, sheet, qtbot):
    fields = sheet.signature
    assert fields.reason.isHidden()
    fields.signature.set_value("refused")
    fields.signature.changed.emit()
    sheet.rest_button.click()
    sheet.save_button.click()
    assert fields.witness.error
    fields.reason.set_value("不同意")
    fields.witness.set_value("村会计")

    with qtbot.waitSignal(sheet.recorded):
        sheet.save_button.click()

    texts = [entry.text for entry in Dossiers(desk.office).timeline(1, by=desk.clerk)]
    assert "被检查人拒绝签名（不同意），见证：村会计" in texts


def test_a_refusal_of_the_shop_before_does_not_stay_on_the_next_sheet(page, sheet, qtbot):
    sheet.signature.signature.set_value("refused")
    sheet.signature.reason.set_value("不同意")
    sheet.signature.witness.set_value("村会计")

    with qtbot.waitSignal(sheet.ready):
        qtbot.keyClicks(sheet.search.line, "jc-100-0002")
        qtbot.keyClick(sheet.search.line, Qt.Key.Key_Return)

    assert sheet.signature.signed() == NOT_RECORDED
    assert sheet.signature.reason.value() == sheet.signature.witness.value() == ""


def test_no_item_is_good_until_somebody_says_so(desk, sheet):
    sheet.save_button.click()

    assert "还有 13 项没有填" in sheet.message.sentence
    assert Inspections(desk.office).findings(1, by=desk.clerk) == ()


def test_what_was_not_good_goes_on_to_its_order(desk, page, sheet, qtbot):
    first, second = sheet.lines[0], sheet.lines[4]
    first.choice.segments[1].click()
    second.set_answer(NOT_APPLICABLE)
    first.finding.set_value("登记卡没有挂出来")
    sheet.rest_button.click()

    with qtbot.waitSignal(page.order.shown):
        sheet.save_button.click()

    (finding,) = Inspections(desk.office).findings(1, by=desk.clerk)
    assert finding.text == "登记卡没有挂出来"
    assert list(page.order.ticks) == [finding.id]
    assert "查出 1 项问题" in page.said.sentence
    with qtbot.waitSignals([page.order.ordered, page.case.shown]):
        page.order.save_button.click()
    (case,) = Rectifications(desk.office).of_establishment(1, by=desk.clerk)
    assert case.due_on == TODAY + timedelta(days=first.item.days)


def test_what_was_put_right_at_once_waits_for_reinspection(desk, page, sheet, qtbot):
    line = sheet.lines[0]
    line.set_answer(NO)
    line.corrected.setChecked(True)
    sheet.rest_button.click()

    with qtbot.waitSignals([sheet.recorded, page.wall.shown]):
        sheet.save_button.click()

    assert "1 项当场改正" in page.said.sentence
    assert page.wall.isVisible()


def test_one_inspector_twice_is_refused_and_everything_typed_stays(desk, sheet, qtbot):
    sheet.inspectors[1].set_value("赵 学军")
    sheet.rest_button.click()

    sheet.save_button.click()

    qtbot.waitUntil(sheet.message.isVisible)
    assert "须有两名以上不同的人" in sheet.message.sentence
    assert sheet.inspectors[0].value() == "赵学军"
    assert all(line.answer for line in sheet.lines)


def test_an_inspection_entered_late_asks_for_reason_and_second_person(sheet):
    assert sheet.late.reason.isHidden()

    sheet.on.set_day(TODAY - timedelta(days=9))
    sheet.on.left.emit()

    assert not sheet.late.reason.isHidden()
    sheet.save_button.click()
    assert sheet.late.approved_by.error == "补录的请填“同意补录的人”。"


def test_who_was_closed_is_opened_again_by_an_inspection_and_said_so_before(desk, page, qtbot):
    reinspect(desk, ordered(desk, 1).case_id, "not-good", on=TODAY)
    Shutdowns(desk.office).force(1, on=TODAY, reason="拒不整改", by=desk.clerk)
    desk.clock.day = TODAY + timedelta(days=1)
    with qtbot.waitSignal(page.inspection.ready):
        page.inspect(1)
    sheet = page.inspection
    assert "这一户已取缔。记下以后的检查，就是又在经营" in sheet.message.sentence
    for field, name in zip(sheet.inspectors, PAIR, strict=True):
        field.set_value(name)
    sheet.rest_button.click()

    with qtbot.waitSignal(page.case.shown):
        sheet.save_button.click()

    assert "关停后又在经营，已另立整改 2，请接着再次责令" in page.said.sentence


def test_an_impossible_day_is_met_at_the_field(sheet):
    sheet.on.set_value("2018-02-30")

    sheet.save_button.click()

    assert sheet.on.error


def test_an_order_without_a_finding_is_refused(desk, page, sheet, qtbot):
    sheet.lines[0].set_answer(NO)
    sheet.rest_button.click()
    with qtbot.waitSignal(page.order.shown):
        sheet.save_button.click()
    for tick in page.order.ticks.values():
        tick.click()

    page.order.save_button.click()

    assert "一个问题也没有勾" in page.order.message.sentence
