"""Pictures that somebody has looked at; and nothing is cut off on the lowest screen."""

from datetime import timedelta

import pytest

from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.views.rectification.item_line import NO
from tests.offices import TODAY
from tests.views.fitting import settled
from tests.visits import enter, ordered, reinspect, visit

ZOOMED = 3
"""Steps from 100 % to 150 %."""


@pytest.fixture
def busy(desk, page, qtbot, jobs):
    """A wall with cards in every column."""
    early = TODAY - timedelta(days=3)
    late = ordered(desk, 1, "S02", "S05", on=early, until=Until(days=1)).case_id
    ordered(desk, 2, on=early, until=Until(days=4))
    ordered(desk, 3, on=early, until=Until(days=40))
    reported = ordered(desk, enter(desk, 4), on=early, until=Until(days=9)).case_id
    Rectifications(desk.office).report(reported, on=TODAY, by=desk.clerk)
    good = ordered(desk, enter(desk, 5, operator_name="𠮷田龘"), on=early, until=Until(days=9)).case_id
    reinspect(desk, good, on=TODAY)
    visit(desk, enter(desk, 6), "S06", on=TODAY)
    qtbot.waitUntil(lambda: not jobs.running)
    return page, late


def zoomed(theme, steps):
    for _ in range(steps):
        theme.zoom_in()


def case(busy, qtbot):
    page, late = busy
    with qtbot.waitSignal(page.case.shown):
        page.show_case(late)
    return page


def sheet(busy, qtbot):
    page, _ = busy
    with qtbot.waitSignal(page.inspection.ready):
        page.inspect(1)
    page.inspection.lines[0].set_answer(NO)
    return page


def order(busy, qtbot):
    page, _ = busy
    with qtbot.waitSignal(page.order.shown):
        page.show_findings(6)
    return page


def wall(busy, qtbot):
    page, _ = busy
    with qtbot.waitSignal(page.wall.shown):
        page.wall.refresh()
    settled(qtbot, page)
    return page


def test_the_wall_looks_as_it_did(busy, qtbot, golden_picture):
    golden_picture(wall(busy, qtbot), "wall-light", 1206, 660)


def test_the_wall_in_the_dark_at_150_percent_looks_as_it_did(busy, qtbot, theme, golden_picture):
    theme.set_dark(True)
    zoomed(theme, ZOOMED)

    golden_picture(wall(busy, qtbot), "wall-dark-150", 1210, 609)


def test_the_longest_name_pushes_no_button_out_of_the_page(desk, page, qtbot, theme):
    name = "金城镇培丰村老字号手工豆腐百叶素鸡香干豆制品加工小作坊（东头第三家）"
    place = enter(desk, 9, operator_name="阿卜杜拉·买买提江·吐尔逊", products=name)
    zoomed(theme, ZOOMED)
    with qtbot.waitSignal(page.case.shown):
        page.show_case(ordered(desk, place).case_id)

    assert page.minimumSizeHint().width() <= 1210


@pytest.mark.parametrize("steps", [0, ZOOMED])
@pytest.mark.parametrize("view", [wall, case, sheet, order])
def test_nothing_is_cut_off(busy, qtbot, theme, view, steps):
    zoomed(theme, steps)
    page = view(busy, qtbot)
    page.resize(1206, 609)

    assert settled(qtbot, page) == []
