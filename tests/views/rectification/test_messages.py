import pytest

from desktop.domain.messages import Occasion
from desktop.domain.wall import WallFilters
from desktop.services.rectification.messages import Messages
from desktop.services.rectification.rectifications import Until
from tests.visits import ordered


@pytest.fixture
def view(desk, page, qtbot):
    for number in (1, 2):
        ordered(desk, number, until=Until(days=3))
    page.wall.messages_button.click()
    with qtbot.waitSignal(page.messages.shown):
        page.messages.refresh()
    return page.messages


def test_what_is_copied_has_the_whole_phone_before_the_words(view, qtbot):
    view.all_button.click()

    with qtbot.waitSignal(view.copied) as copied:
        view.copy_button.click()

    lines = copied.args[0].split("\n")
    assert [line.split("\t")[0] for line in lines] == ["17921275136"] * 2
    assert "已复制 2 条" in view.message.sentence


def test_who_was_told_stays_on_the_list_with_the_day(desk, view, qtbot):
    assert not view.told_button.isEnabled()
    view.table.tick_all()
    view.table.ticked.emit()

    view.told_button.click()
    qtbot.waitUntil(lambda: view.table.model.rows[0].cells[-1] != "还没有")

    rows = Messages(desk.office).waiting(Occasion.DUE, WallFilters(), by=desk.clerk)
    assert [row.told.words for row in rows] == ["6月8日 周敏 电话"] * 2
    assert view.table.model.rows[0].cells[-1] == "6月8日 周敏 电话"


def test_the_words_beside_the_list_are_those_of_the_chosen_one(view):
    assert "食品安全隐患" in view.words.text()


def test_another_occasion_shows_its_own_list(view, qtbot):
    view.occasion.set_value("expiring")
    view.occasion.changed.emit("expiring")

    qtbot.waitUntil(lambda: not view.table.model.rows)


def test_a_part_of_the_wall_says_that_it_is_one(view, qtbot):
    with qtbot.waitSignal(view.shown):
        view.begin(WallFilters(village_ids=(1,), inspectors=("没有这个人",)))

    assert view.table.model.rows == ()
    assert view.head._subtitle.text() == "没有要通知的"
    assert view.narrowed.text() == f"只列看板上筛选的：{view._desk.villages[0].name}、检查人没有这个人"


def test_ticks_of_another_time_or_occasion_are_gone(view, qtbot):
    """Cases and papers share their numbers: a tick that stayed would note the wrong people as told."""
    view.table.tick_all()
    with qtbot.waitSignal(view.shown):
        view.begin(WallFilters())
    assert len(view.table.model.rows) == 2
    assert view.table.ticked_ids() == ()

    view.table.tick_all()
    view.occasion.set_value("expiring")
    with qtbot.waitSignal(view.shown):
        view.occasion.changed.emit("expiring")
        view.table.tick_all()
        assert view.table.ticked_ids() == ()
        assert not view.told_button.isEnabled()


def test_a_list_that_comes_late_is_not_taken_for_that_of_the_occasion_chosen_since(view, qtbot):
    view.refresh()
    view.occasion.set_value("collect")
    with qtbot.waitSignal(view.shown):
        view.occasion.changed.emit("collect")

    assert view.table.model.rows == ()
