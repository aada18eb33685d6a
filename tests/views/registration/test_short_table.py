"""A short list in a narrow place: spare columns go, the name keeps some letters, the rest is scrolled to."""

import pytest

from desktop.views.kit.look import look, text_width, typeface
from desktop.views.registration.short_model import ShortColumn
from desktop.views.registration.short_table import NAME_LETTERS, ShortTable

COLUMNS = (
    ShortColumn("编号", 14, is_strong=True),
    ShortColumn("名称", 8, grows=True),
    ShortColumn("村（社区）", 6, is_spare=True),
    ShortColumn("领取人", 9),
)
NAME, SPARE = 1, 2


@pytest.fixture
def table(theme, qtbot):
    made = ShortTable("试", COLUMNS)
    qtbot.addWidget(made)
    return made


def widths(table: ShortTable, width: int, qtbot) -> list[int]:
    table.resize(width, 300)
    with qtbot.waitExposed(table):
        table.show()
    return [table.view.columnWidth(place) for place in range(len(COLUMNS))]


def test_with_room_the_name_takes_what_the_others_leave(table, qtbot):
    shown = widths(table, 1200, qtbot)

    assert sum(shown) == table.view.viewport().width()
    assert not table.view.isColumnHidden(SPARE)


def test_in_a_narrow_place_the_name_keeps_its_letters_and_the_list_is_scrolled(table, qtbot):
    shown = widths(table, 240, qtbot)

    assert table.view.isColumnHidden(SPARE)
    assert shown[NAME] >= NAME_LETTERS * text_width(typeface(look().at.type_body), "字")
    assert table.view.horizontalScrollBar().maximum() > 0
