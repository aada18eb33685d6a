from datetime import date, timedelta

from PySide6.QtCore import Qt

from desktop.domain.act import Role
from desktop.domain.wall import Column, WallFilters
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.wall import CARDS
from desktop.views.rectification.wall_view import BOARD, TO_ORDER
from tests.offices import TODAY
from tests.visits import enter, ordered, reinspect, visit

EARLIER = date(2018, 6, 5)


def asked_again(page, qtbot):
    with qtbot.waitSignal(page.wall.shown):
        page.wall.refresh()
    return page.wall


def cards(wall, column):
    return wall.columns[column].list.cards.cards


def test_each_case_hangs_in_the_column_of_its_time(desk, page, qtbot):
    late = ordered(desk, 1, on=EARLIER, until=Until(days=1))
    today = ordered(desk, 2, on=EARLIER, until=Until(days=3))
    later = ordered(desk, 3, on=EARLIER, until=Until(days=30))

    wall = asked_again(page, qtbot)

    assert [one.id for one in cards(wall, Column.LATE)] == [late.case_id]
    assert [one.id for one in cards(wall, Column.THIS_WEEK)] == [today.case_id]
    assert [one.id for one in cards(wall, Column.LATER)] == [later.case_id]
    assert cards(wall, Column.LATE)[0].chip.word == "逾期 2 日"
    assert cards(wall, Column.THIS_WEEK)[0].chip.word == "今天到期"


def test_a_card_says_who_what_and_on_which_paper(desk, page, qtbot):
    order = ordered(desk, 1, "S02", on=EARLIER, until=Until(days=1))

    card = cards(asked_again(page, qtbot), Column.LATE)[0]

    assert card.is_starred
    assert card.place == "沙湖村"
    assert card.people == "赵学军、史国平"
    assert order.number.endswith(card.paper)
    assert "重点" in card.spoken


def test_the_arrows_go_from_column_to_column_past_empty_ones(desk, page, qtbot):
    ordered(desk, 1, on=EARLIER, until=Until(days=1))
    later = ordered(desk, 2, on=EARLIER, until=Until(days=30))
    wall = asked_again(page, qtbot)
    wall.take_focus()
    assert wall.columns[Column.LATE].list.hasFocus()

    qtbot.keyClick(wall.columns[Column.LATE].list, Qt.Key.Key_Right)
    with qtbot.waitSignal(page.case.shown):
        qtbot.keyClick(wall.columns[Column.LATER].list, Qt.Key.Key_Return)

    assert page.case.head.isVisible()
    assert f"整改 {later.case_id}" in page.case.head._subtitle.text()


def test_findings_without_an_order_wait_beside_the_board(desk, page, qtbot):
    visit(desk, 1, "S05", "S06")

    wall = asked_again(page, qtbot)
    qtbot.mouseClick(wall.parts.segments[1], Qt.MouseButton.LeftButton)

    (card,) = wall.findings.list.cards.cards
    assert "另有 1 项" in card.text
    assert wall.parts.segments[1].text() == "待责令 1"
    assert wall.findings.isVisible()


def choose_villages(wall, *names):
    choose(wall.village, *names)


def choose(narrowed, *names):
    narrowed.showPopup()
    items = narrowed.sheet.list
    for item in (items.item(place) for place in range(items.count())):
        item.setCheckState(Qt.CheckState.Checked if item.text() in names else Qt.CheckState.Unchecked)
    narrowed.sheet.apply()


def test_a_village_narrows_every_column(desk, page, qtbot):
    enter(desk, 9, village="前庄村")
    ordered(desk, 1, on=EARLIER, until=Until(days=1))
    ordered(desk, 4, on=EARLIER, until=Until(days=1))
    visit(desk, 4, "S06")
    wall = asked_again(page, qtbot)

    choose_villages(wall, "前庄村")
    qtbot.waitUntil(lambda: [one.place for one in cards(wall, Column.LATE)] == ["前庄村"])
    assert len(wall.findings.list.cards.cards) == 1

    choose_villages(wall, "前庄村", "沙湖村")
    qtbot.waitUntil(lambda: {one.place for one in cards(wall, Column.LATE)} == {"前庄村", "沙湖村"})


def test_the_wall_is_narrowed_by_inspector_and_by_problem(desk, page, qtbot):
    first = ordered(desk, 1, "S05", on=EARLIER, until=Until(days=1)).case_id
    second = ordered(desk, 2, "S07", on=EARLIER, until=Until(days=1)).case_id
    Rectifications(desk.office).reinspect(
        second, on=TODAY, inspectors=["钱进", "何玉珍"], result="not-good", by=desk.clerk
    )
    visit(desk, 3, "S07")
    wall = asked_again(page, qtbot)

    choose(wall.about, "检查人：钱进")
    qtbot.waitUntil(lambda: [one.id for one in cards(wall, Column.LATE)] == [second])
    assert wall.findings.list.cards.cards == []

    item = next(one for one in desk.office.profile.items("stall") if one.code == "S05")
    choose(wall.about, item.text)
    qtbot.waitUntil(lambda: [one.id for one in cards(wall, Column.LATE)] == [first])


def test_a_door_of_the_workbench_opens_its_column(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    reinspect(desk, case, "not-good", on=TODAY)

    with qtbot.waitSignal(page.wall.shown):
        page.show_filters(WallFilters(column=Column.TO_ORDER))

    assert page.wall.parts.value() == TO_ORDER
    assert [one.id for one in cards(page.wall, Column.TO_ORDER)] == [case]
    page.show_filters(WallFilters(column=Column.LATE))
    assert page.wall.parts.value() == BOARD


def test_a_long_column_comes_page_by_page(desk, page, qtbot):
    for number in range(10, 10 + CARDS + 5):
        ordered(desk, enter(desk, number), on=EARLIER, until=Until(days=1))
    wall = asked_again(page, qtbot)
    model = wall.columns[Column.LATE].list.cards
    assert len(model.cards) == CARDS

    with qtbot.waitSignal(model.rowsInserted):
        wall.columns[Column.LATE].list.scrollToBottom()

    assert len({card.id for card in model.cards}) == CARDS + 5
    assert wall.columns[Column.LATE]._foot.text() == "都在这里"


def test_a_change_by_somebody_else_moves_the_card(desk, page, qtbot):
    case = ordered(desk, 1, on=TODAY - timedelta(days=2), until=Until(days=30)).case_id
    asked_again(page, qtbot)

    reinspect(desk, case, on=TODAY)

    qtbot.waitUntil(lambda: [one.id for one in cards(page.wall, Column.TO_CLOSE_OUT)] == [case])


def test_who_may_only_look_cannot_record_an_inspection(desk, page_for):
    auditor = desk.somebody("钱审计", Role.AUDITOR)

    assert not page_for(auditor).wall.inspect_button.isEnabled()


def test_a_due_day_on_a_weekend_is_not_called_today(desk, page, qtbot):
    friday = TODAY
    ordered(desk, 1, on=EARLIER, until=Until(due_on=friday + timedelta(days=2)))

    card = cards(asked_again(page, qtbot), Column.THIS_WEEK)[0]

    assert card.chip.word == "6月10日到期"
