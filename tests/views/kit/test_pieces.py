"""The pieces of a page say what they are, act by mouse and by keyboard, and open no window of their own."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import delete

from desktop.domain.lifecycle import Disposition, OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.views.kit import icons, statuses
from desktop.views.kit.arrange import box, column
from desktop.views.kit.buttons import Button, IconButton, LinkButton, PrimaryButton, SmallButton
from desktop.views.kit.chips import Chip, ChipText, chip_width
from desktop.views.kit.focus import FocusFrame
from desktop.views.kit.gallery import Gallery
from desktop.views.kit.panels import Banner, EmptyState, PageHead, Panel, Tile
from desktop.views.kit.progress import Bar, ProgressStrip
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.tabs import TabRow, TabText
from desktop.views.kit.timeline import Event, Timeline
from desktop.views.kit.tokens import Status


def shown(qtbot, piece):
    qtbot.addWidget(piece)
    with qtbot.waitActive(piece):
        piece.show()
        piece.activateWindow()
    return piece


def test_every_control_has_a_name_and_is_reached_by_tab(qtbot, theme):
    gallery = shown(qtbot, Gallery())

    buttons = [piece for piece in gallery.findChildren(QAbstractButton) if piece.isVisible()]

    assert len(buttons) > 20
    assert [piece for piece in buttons if not piece.accessibleName()] == []
    beside_a_field = {"选日期（Alt+↓）"}
    assert {
        piece.accessibleName() for piece in buttons if not piece.focusPolicy() & Qt.FocusPolicy.TabFocus
    } <= beside_a_field


def test_building_pieces_opens_no_window(qtbot, theme):
    before = {id(window) for window in QApplication.topLevelWidgets() if window.isVisible()}

    gallery = Gallery()
    qtbot.addWidget(gallery)

    after = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    assert [type(window).__name__ for window in after if id(window) not in before] == []


def test_the_focus_frame_follows_the_keyboard(qtbot, theme):
    page = QWidget()
    first, second = Button("甲"), Button("乙")
    for button in (first, second):
        button.setParent(page)
    second.move(100, 0)
    shown(qtbot, page)

    first.setFocus()
    assert theme._focus.frame.widget() is first
    qtbot.keyClick(first, Qt.Key.Key_Tab)

    assert theme._focus.frame.widget() is second


def test_the_focus_frame_outlives_the_page_it_was_on(qtbot, theme):
    page, button = QWidget(), Button("甲")
    button.setParent(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    button.setFocus()
    delete(page)

    later, other = QWidget(), Button("乙")
    other.setParent(later)
    shown(qtbot, later)
    other.setFocus()

    assert theme._focus.frame.widget() is other


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_buttons_enter_is_on_both_keys(qtbot, theme, key):
    page = QWidget()
    button = PrimaryButton("保存并下一户", shortcut="Ctrl+Enter")
    button.setParent(page)
    shown(qtbot, page)

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)


def test_a_new_word_on_a_button_keeps_its_shortcut(qtbot, theme):
    button = shown(qtbot, Button("保存", shortcut="Ctrl+S"))

    button.setText("保存 2 户")

    assert button.shortcut().toString() == "Ctrl+S"
    assert button.accessibleName() == "保存 2 户"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_a_button_without_words_tells_its_name(qtbot, theme):
    button = IconButton("上一户", "chevron-left", shortcut="Alt+Left")
    qtbot.addWidget(button)

    assert button.accessibleName() == "上一户"
    assert button.toolTip() == "上一户（Alt+Left）"


@pytest.mark.parametrize(
    ("chips", "codes"),
    [
        (statuses.OPERATING, OperatingStatus),
        (statuses.REGISTRATION, RegistrationStatus),
        (statuses.PAPER, PaperStatus),
        (statuses.STAGE, Stage),
        (statuses.DISPOSITION, Disposition),
    ],
)
def test_every_status_of_the_law_has_a_chip_with_word_and_icon(theme, chips, codes):
    assert set(chips) == set(codes)
    for chip in chips.values():
        assert chip.word
        assert not icons.pixmap(chip.icon, chip.status.value, 14).isNull()


def test_what_is_in_order_is_quiet_and_what_wants_somebody_is_not():
    assert statuses.REGISTRATION[RegistrationStatus.REGISTERED].is_quiet
    assert not statuses.OVERDUE.is_quiet


def test_a_chip_says_its_word(qtbot, theme):
    chip = Chip(statuses.OVERDUE)
    qtbot.addWidget(chip)

    chip.set_chip(statuses.OVERDUE.saying("逾期 11 个工作日"))

    assert chip.accessibleName() == "逾期 11 个工作日"
    assert chip.sizeHint().width() == chip_width(ChipText("逾期 11 个工作日", "alarm-clock", Status.DANGER))


def test_an_icon_that_is_not_there_is_named(theme):
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.pixmap("no-such-icon", "text", 16)


def test_a_tile_is_a_door_that_speaks_its_number(qtbot, theme):
    tile = shown(qtbot, Tile("逾期未改", "alarm-clock", Status.DANGER))
    tile.show_number(7, "最长 11 个工作日")

    with qtbot.waitSignal(tile.clicked):
        qtbot.keyClick(tile, Qt.Key.Key_Space)

    assert tile.accessibleName() == "逾期未改：7。最长 11 个工作日"


def test_a_banner_comes_when_it_has_something_to_say_and_goes_when_closed(qtbot, theme):
    page = QWidget()
    banner = Banner()
    banner.setParent(page)
    banner.hide()
    shown(qtbot, page)

    banner.tell(Status.DANGER, "没有保存：磁盘已满。")
    assert banner.isVisible()
    assert banner.sentence == "没有保存：磁盘已满。"

    with qtbot.waitSignal(banner.closed):
        banner._close.click()
    assert not banner.isVisible()


def test_an_empty_place_offers_the_first_step(qtbot, theme):
    empty = shown(qtbot, EmptyState("camera", "还没有照片", step="加照片"))

    with qtbot.waitSignal(empty.step_asked):
        empty.button.click()


def test_tabs_show_counts_and_change_by_arrow(qtbot, theme):
    tabs = shown(qtbot, TabRow([TabText("open", "申请办理"), TabText("able", "可登记")]))
    tabs.set_count("able", 23)
    tabs._tabs["open"].setFocus()

    with qtbot.waitSignal(tabs.changed) as changed:
        qtbot.keyClick(tabs._tabs["open"], Qt.Key.Key_Right)

    assert changed.args == ["able"]
    assert tabs.current() == "able"
    assert tabs._tabs["able"].accessibleName() == "可登记 23"


def test_cancelling_says_that_it_is_stopping_and_asks_once(qtbot, theme):
    strip = shown(qtbot, ProgressStrip())
    strip.begin("正在排版")
    strip.step(41, 67, "白塔村")
    assert strip._count.text() == "41 / 67"

    with qtbot.waitSignal(strip.cancel_asked):
        strip._cancel.click()

    assert not strip._cancel.isEnabled()


def test_a_bar_keeps_within_its_track(qtbot, theme):
    bar = Bar()
    qtbot.addWidget(bar)

    bar.show_part(1.4)

    assert bar.accessibleName() == "100%"


def test_a_timeline_shows_the_new_events_instead_of_the_old(qtbot, theme):
    line = Timeline()
    qtbot.addWidget(line)
    line.show_events([Event("06-10", "flag", "业主报改"), Event("05-29", "file-text", "告知书")])

    line.show_events([Event("06-12", "stamp", "销号", key="c1", link="看文书")])

    assert [row._key for row in line._shown] == ["c1"]
    with qtbot.waitSignal(line.opened) as opened:
        line._shown[0].opened.emit("c1")
    assert opened.args == ["c1"]


def test_a_search_asks_once_after_the_typing_rests(qtbot, theme):
    search = shown(qtbot, SearchField("店名", key="Ctrl+K"))
    asked = []
    search.searched.connect(asked.append)
    search.setFocus()

    with qtbot.waitSignal(search.searched):
        qtbot.keyClicks(search.line, "shdf")

    assert asked == ["shdf"]
    assert search._clear.isVisible()
    assert not search._cap.isVisible()


def test_a_page_head_and_a_panel_take_new_words(qtbot, theme):
    head, panel = PageHead("摸底调查"), Panel("照片")
    for piece in (head, panel):
        qtbot.addWidget(piece)

    head.set_subtitle("共 685 户，筛出 118 户")
    panel.set_note("9 张")

    assert head._subtitle.text() == "共 685 户，筛出 118 户"
    assert panel._note.text() == "9 张"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", [Button, PrimaryButton, SmallButton, LinkButton])
def test_a_button_under_the_keyboard_is_pressed_by_enter_and_by_the_space_bar(theme, qtbot, kind, key):
    button = kind("去打印中心")
    qtbot.addWidget(button)
    button.show()
    button.setFocus()

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_a_long_title_is_cut_before_the_buttons_of_its_page_are(qtbot, theme):
    head = PageHead("𠮷祥如意" * 10, Button("返回看板"), subtitle="期限 2018-06-22 已过")
    qtbot.addWidget(head)
    head.resize(400, head.sizeHint().height())
    head.show()

    (back,) = head.findChildren(Button)
    assert back.geometry().right() < 400


def test_the_frame_of_the_keyboard_is_not_cut_at_the_edge_of_a_box(qtbot, theme):
    button = Button("抽取")
    page = QWidget()
    page.setLayout(column(box(column(button)), margins="medium"))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    frame = FocusFrame()

    frame.setWidget(button)

    assert frame.parentWidget() is page
    assert frame.geometry().contains(QRect(button.mapTo(page, QPoint(0, 0)), button.size()))
