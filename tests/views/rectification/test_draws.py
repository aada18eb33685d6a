"""随机抽取 in the window: drawn by keyboard, begun from the list, ticked off, drawn again and compared."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.visits import VisitReason
from desktop.services.planning.draws import Draws
from desktop.services.rectification.inspectors import Inspectors
from desktop.views.rectification.wall_view import TO_VISIT
from tests.offices import TODAY

PEOPLE = ("赵学军", "史国平", "钱进")


@pytest.fixture
def people(desk):
    for name in PEOPLE:
        Inspectors(desk.office).add(name, by=desk.clerk)


@pytest.fixture
def view(desk, people, page, qtbot):
    with qtbot.waitSignal(page.draws.shown):
        page.show_draws()
    return page.draws


def draw(view, qtbot):
    view.form.quota.set_value("２户")
    view.form.seed.set_value("20180608")
    view.form.save_button.click()
    qtbot.waitUntil(lambda: len(view.names.model.rows) == 2)


def test_who_is_drawn_stands_in_the_list_with_a_pair_each(desk, view, qtbot):
    draw(view, qtbot)

    (record,) = Draws(desk.office).all(by=desk.clerk)
    assert (record.seed, record.total, record.quota) == ("20180608", 2, "2 户")
    assert "从 3 户里抽出 2 户" in view.message.sentence
    assert [row.cells[0] for row in view.names.model.rows] == ["1", "2"]
    assert view.form.seed.value() == "", "the seed of the next draw is another one"

    view.repeat_button.click()
    qtbot.waitUntil(lambda: "完全一致" in view.message.sentence)


def test_what_is_missing_is_named_and_nothing_is_drawn(desk, view):
    view.form.quota.set_value("很多")
    view.form.save_button.click()

    assert "10%" in view.form.quota.error
    assert "种子" in view.form.seed.error
    assert Draws(desk.office).all(by=desk.clerk) == ()


def test_enter_on_a_name_begins_its_inspection_and_the_inspection_ticks_it_off(desk, page, view, qtbot):
    draw(view, qtbot)

    with qtbot.waitSignal(page.inspection.ready):
        view.names.view.opened.emit(1)
    sheet = page.inspection
    assert sheet.mode.value() == "random"
    assert {field.value() for field in sheet.inspectors} <= set(PEOPLE)
    sheet.rest_button.click()
    with qtbot.waitSignal(sheet.recorded):
        sheet.save_button.click()

    (record,) = Draws(desk.office).all(by=desk.clerk)
    assert (record.done, record.left) == (1, 1)


def test_who_is_left_hangs_on_the_wall_and_a_card_begins_the_visit(desk, people, page, qtbot):
    Draws(desk.office).draw(Scope(), Quota(count=2), seed="1", on=TODAY, by=desk.clerk)
    board = page.wall.visits
    with qtbot.waitSignal(board.counted):
        next(one for one in page.wall.parts.segments if one.choice.code == TO_VISIT).click()
    column = board.columns[VisitReason.DRAWN]
    assert column.count == 2

    with qtbot.waitSignal(page.inspection.ready):
        qtbot.keyClick(column.list, Qt.Key.Key_Return)
    assert page.inspection.mode.value() == "random"


def test_somebody_is_put_on_the_list_and_kept_away(desk, page, qtbot):
    page.show_draws()
    with qtbot.waitSignal(page.inspectors.shown):
        page.draws.inspectors_button.click()
    view = page.inspectors
    view.name.set_value("孙立")
    view.add_button.click()
    qtbot.waitUntil(lambda: len(view.table.model.rows) == 1)
    view.whose.set_value("100-0002")
    view.reason.set_value("业主是其表兄")
    view.away_button.click()
    qtbot.waitUntil(lambda: "表兄" in view.recusals.text())

    (one,) = Inspectors(desk.office).all(by=desk.clerk)
    assert [(away.establishment_id, away.reason) for away in one.recusals] == [(2, "业主是其表兄")]

    view.whose.set_value("没有这一户")
    view.reason.set_value("亲属")
    view.away_button.click()
    qtbot.waitUntil(lambda: "没有找到" in view.message.sentence)
    assert view.reason.value() == "亲属", "what was typed stays"
