"""A row of tabs: what there is no room for folds behind the last one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.views.kit.tabs import TabRow, TabText

WORDS = {"able": "可登记", "papers": "证卡", "print": "打印中心", "numbers": "号码台账", "verify": "核验"}


@pytest.fixture
def tabs(theme, qtbot) -> Iterator[TabRow]:
    page = QWidget()
    qtbot.addWidget(page)
    made = TabRow([TabText(key, word) for key, word in WORDS.items()])
    made.setParent(page)
    made.resize(900, 40)
    page.resize(900, 600)
    with qtbot.waitExposed(page):
        page.show()
    yield made
    page.close()


def test_where_there_is_room_every_tab_is_seen(tabs: TabRow) -> None:
    assert tabs.folded() == ()
    assert tabs._more.isHidden()


def test_the_last_tabs_fold_and_come_back(tabs: TabRow) -> None:
    tabs.resize(tabs.sizeHint().width() - 1, 40)
    folded = tabs.folded()

    assert folded
    assert folded == tuple(WORDS)[-len(folded) :]
    assert tabs._more.isVisible()
    tabs.resize(tabs.sizeHint().width(), 40)
    assert tabs.folded() == ()


def test_a_folded_tab_is_chosen_from_the_menu_and_its_word_is_seen(tabs: TabRow, qtbot) -> None:
    tabs.set_count("verify", 3)
    tabs.resize(tabs.minimumSizeHint().width(), 40)

    qtbot.mouseClick(tabs._more, Qt.MouseButton.LeftButton)
    assert [action.data() for action in tabs._menu.actions()] == list(tabs.folded())
    assert not tabs._more.isChecked()
    with qtbot.waitSignal(tabs.changed) as told:
        qtbot.keyClick(tabs._menu, Qt.Key.Key_Up)
        qtbot.keyClick(tabs._menu, Qt.Key.Key_Return)

    assert told.args == ["verify"]
    assert tabs.current() == "verify"
    assert (tabs._more.told, tabs._more.isChecked()) == (("核验", "3"), True)
    tabs.show_tab("able")
    assert (tabs._more.told, tabs._more.isChecked()) == (("更多", ""), False)


def test_the_row_is_never_narrower_than_one_tab_and_the_way_to_the_others(tabs: TabRow) -> None:
    tabs.resize(tabs.minimumSizeHint().width(), 40)

    for key in WORDS:
        tabs.show_tab(key)
        shown = [*tabs._tabs.values(), tabs._more]
        assert sum(tab.sizeHint().width() for tab in shown if not tab.isHidden()) <= tabs.width()


def test_a_tab_that_was_chosen_while_folded_is_itself_again_where_there_is_room(tabs: TabRow) -> None:
    tabs.resize(tabs.minimumSizeHint().width(), 40)
    tabs.show_tab("verify")

    tabs.resize(900, 40)

    assert tabs._tabs["verify"].isChecked()
    assert tabs._more.isHidden()


def test_at_a_larger_zoom_fewer_fit(tabs: TabRow, theme) -> None:
    tabs.resize(tabs.sizeHint().width(), 40)

    theme.set_zoom(1.5)

    assert tabs.folded()
    theme.zoom_reset()
