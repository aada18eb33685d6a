from datetime import date, timedelta

from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus, Stage
from desktop.models.rectification import RectificationStep
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY
from tests.visits import ordered, reinspect

EARLIER = date(2018, 6, 5)


def opened(page, qtbot, case):
    with qtbot.waitSignal(page.case.shown):
        page.show_case(case)
    return page.case


def chosen(view, code):
    segment = next(one for one in view.choice.segments if one.choice.code == code)
    segment.click()
    return view.form


def stage_of(desk, case):
    return Rectifications(desk.office).case(case, by=desk.clerk).stage


def words(view):
    return [one.word for one in view._actions]


def test_only_what_may_follow_is_offered(desk, page, qtbot):
    running = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    late = ordered(desk, 2, on=EARLIER, until=Until(days=1)).case_id

    assert words(opened(page, qtbot, running)) == ["报改", "复查", "送达", "延期"]
    assert words(opened(page, qtbot, late)) == ["督办", "报改", "复查", "送达", "补录延期"]


def test_a_reinspection_wants_its_result_and_two_people(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    form = chosen(opened(page, qtbot, case), "reinspect")

    form.inspectors[0].set_value("赵学军")
    form.save_button.click()

    assert form.result.error == "请选复查结果。"
    assert form.inspectors[1].error == "请填检查人的姓名。"
    assert stage_of(desk, case) is Stage.ORDERED


def test_a_good_reinspection_leads_to_closing_out(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    view = opened(page, qtbot, case)
    form = chosen(view, "reinspect")
    form.result.set_value("good")
    form.inspectors[0].set_value("赵学军")
    form.inspectors[1].set_value("史国平")

    with qtbot.waitSignal(view.done):
        form.inspectors[1].setFocus()
        qtbot.keyClick(form.inspectors[1].line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert stage_of(desk, case) is Stage.PASSED
    qtbot.waitUntil(lambda: words(view) == ["销号"])
    assert page.said.sentence == "“钱杰永（馄饨）”的复查已记下。"


def test_a_partly_good_reinspection_tells_what_was_not_put_right(desk, page, qtbot):
    case = ordered(desk, 1, "S05", "S06", on=EARLIER, until=Until(days=30)).case_id
    view = opened(page, qtbot, case)
    form = chosen(view, "reinspect")
    for field, name in zip(form.inspectors, ("赵学军", "史国平"), strict=True):
        field.set_value(name)
    form.result.set_value("partly")
    form.result.changed.emit()
    form.save_button.click()
    assert form.unmet.error == "请勾出没有改好的问题。"

    form.unmet.set_values(["2"])
    with qtbot.waitSignal(view.done):
        form.save_button.click()

    assert Rectifications(desk.office).case(case, by=desk.clerk).put_right == {1}
    qtbot.waitUntil(lambda: words(view)[0] == "再次责令")


def test_who_reinspected_cannot_close_out_and_learns_why_on_the_spot(desk, page_for, qtbot):
    checker = desk.somebody("赵学军", Role.REVIEWER)
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    reinspect(desk, case, on=TODAY)
    page = page_for(checker)
    form = opened(page, qtbot, case).form
    form.text.set_value("已全部改好")

    form.save_button.click()

    qtbot.waitUntil(form.refused.isVisible)
    assert "不能自己销号" in form.refused.sentence
    assert form.text.value() == "已全部改好"
    assert form.save_button.isEnabled()


def test_a_second_person_closes_out(desk, page_for, reviewer, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    reinspect(desk, case, on=TODAY)
    page = page_for(reviewer)
    view = opened(page, qtbot, case)

    with qtbot.waitSignal(view.done):
        view.form.save_button.click()

    assert stage_of(desk, case) is Stage.CLOSED_OUT
    qtbot.waitUntil(lambda: view.form is None)
    assert view._nothing.text().startswith("这件整改已经销号；过些时候再去看一次")


def test_the_page_of_a_case_that_went_with_its_trade_leads_to_the_look_back(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    assert not opened(page, qtbot, case).look_back_button.isVisible()
    Surveys(desk.office).change_operating_status(
        1, OperatingStatus.CLOSED, on=TODAY, note="回乡", by=desk.clerk
    )
    view = opened(page, qtbot, case)
    qtbot.waitUntil(lambda: "点“回头看”" in view._nothing.text())

    view.look_back_button.click()

    assert page.look_back.isVisible()


def test_an_extension_moves_the_due_day_and_its_reason_stays_in_the_history(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=5)).case_id
    view = opened(page, qtbot, case)
    form = chosen(view, "extend")
    form.new_due_on.set_value("2018.6.25")
    form.text.set_value("设备还没有到货")

    with qtbot.waitSignal(view.done):
        form.save_button.click()

    detail = Rectifications(desk.office).case(case, by=desk.clerk)
    assert detail.due_on == date(2018, 6, 25)
    assert "设备还没有到货" in detail.steps[-1].note


def test_an_extension_of_the_term_is_entered_after_it_only_with_a_second_person(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=1)).case_id
    view = opened(page, qtbot, case)
    form = chosen(view, "extend")
    due_on = EARLIER + timedelta(days=1)
    assert (form.on.day(), form.late.reason.isHidden()) == (due_on, False)
    form.new_due_on.set_value("2018.6.25")
    form.text.set_value("设备还没有到货")
    form.save_button.click()
    assert form.late.reason.error == "补录的请填“补录原因”。"

    form.late.reason.set_value("批件压在所里")
    form.late.approved_by.set_value("陈国华")
    with qtbot.waitSignal(view.done):
        form.save_button.click()

    assert Rectifications(desk.office).case(case, by=desk.clerk).due_on == date(2018, 6, 25)


def test_an_extension_without_a_reason_is_met_at_its_field(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=5)).case_id
    form = chosen(opened(page, qtbot, case), "extend")
    form.new_due_on.set_value("2018-06-31")

    form.save_button.click()

    assert "6 月没有 31 日" in form.new_due_on.error or "2018-06-31" in form.new_due_on.error
    assert form.text.error == "请填原因。"


def test_a_second_order_follows_a_reinspection_that_was_not_good(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=5)).case_id
    reinspect(desk, case, "not-good", on=TODAY)
    view = opened(page, qtbot, case)
    form = view.form
    form.period.how.set_value("workdays")
    form.period.how.changed.emit()
    form.period.number.set_value("3")
    form.period.number.changed.emit()
    assert form.period.preview.text() == "到 2018-06-13（周三）为止，当天仍算按时"

    with qtbot.waitSignal(view.done):
        form.save_button.click()

    detail = Rectifications(desk.office).case(case, by=desk.clerk)
    assert (detail.stage, detail.due_on) == (Stage.ORDERED, date(2018, 6, 13))


def test_a_transfer_names_who_takes_the_case_over(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=5)).case_id
    reinspect(desk, case, "not-good", on=TODAY)
    view = opened(page, qtbot, case)
    form = chosen(view, "transfer")
    form.text.set_value("两次复查都不合格")
    form.save_button.click()
    assert form.receiver.error == "请选接收单位。"

    last = desk.office.profile.receivers[-1]
    form.receiver.set_value(last.code)
    with qtbot.waitSignal(view.done):
        form.save_button.click()

    with desk.office.db.reading() as session:
        query = select(RectificationStep.addressee).where(RectificationStep.case_id == case)
        assert session.scalars(query.order_by(RectificationStep.id.desc())).first() == last.name


def test_a_year_without_a_calendar_is_said_before_anything_is_ordered(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=5)).case_id
    reinspect(desk, case, "not-good", on=TODAY)
    period = opened(page, qtbot, case).form.period

    period.how.set_value("workdays")
    period.number.set_value("9999")
    period.number.changed.emit()

    assert period.preview.text()
    assert period.until() is None


def test_the_history_tells_each_step_from_the_finding_on(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=5)).case_id
    reinspect(desk, case, "partly", on=TODAY)

    opened(page, qtbot, case)

    titles = [line.findChildren(type(page.case._nothing))[1].text() for line in page.case.timeline._shown]
    assert titles == ["复查（部分合格）", "责令整改", "发现"]


def test_escape_goes_back_to_the_wall(desk, page, qtbot):
    opened(page, qtbot, ordered(desk, 1, on=EARLIER).case_id)

    assert page.go_back()
    assert page.wall.isVisible()
    assert not page.go_back()
