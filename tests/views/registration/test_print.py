"""The print centre: the preview is the very file, each copy is logged, refusals give their reasons."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from desktop.services.papers.papers import Order, Wanted
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.print_jobs import recall
from desktop.views.registration.print_tab import PrintTab, free_place
from tests.quiet import wait_until_quiet


class Nothing:
    """The memory of somebody who was never here."""

    def get(self, key: str) -> str | None:
        return None

    def set(self, key: str, value: str) -> None:
        """Forget it at once."""


@pytest.fixture
def tab(desk: RegistrationDesk, qtbot) -> PrintTab:
    tab = PrintTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 620)
    return tab


def show(qtbot, tab: PrintTab) -> None:
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    settle(qtbot, tab)


def settle(qtbot, tab: PrintTab) -> None:
    wait_until_quiet(tab._desk.jobs)
    if tab._measured.isActive():  # an offset is kept when somebody has stopped turning it
        tab._measured.stop()
        tab._measured.timeout.emit()
        wait_until_quiet(tab._desk.jobs)


def printed(qtbot, tab: PrintTab) -> Path:
    qtbot.keyClick(tab.settings.reason.line, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(tab.banner.isVisible, timeout=20_000)
    settle(qtbot, tab)
    return Path(tab._file)


def test_the_preview_is_byte_for_byte_the_file_that_is_printed(desk, tab, enter, issue, qtbot) -> None:
    issue(*(enter() for _ in range(5)))
    show(qtbot, tab)
    seen = tab.pages._pdf
    assert (tab.pages.count, tab.settings.button.text()) == (2, "打印 5 张")

    file = printed(qtbot, tab)

    assert file.read_bytes() == seen
    assert file.parent == desk.exports
    assert desk.papers.count(by=desk.actor, is_unprinted=True) == 0
    assert tab.empty.isVisible()


def test_the_cards_of_one_village_are_printed_in_one_go(desk, tab, enter, issue, qtbot) -> None:
    issue(enter(), enter(), enter(village="白塔村", address="白塔村1组1号"))
    show(qtbot, tab)
    assert tab.settings.button.text() == "打印 3 张"

    narrow(qtbot, tab, "白塔村")
    assert tab.settings.button.text() == "打印 1 张"
    file = printed(qtbot, tab)
    assert "白塔村" in file.name
    assert tab.jobs.current() is None
    assert not tab.empty.isVisible()

    narrow(qtbot, tab, "全部村（社区）")
    assert tab.settings.button.text() == "打印 2 张"


def narrow(qtbot, tab: PrintTab, village: str) -> None:
    place = tab.village.findText(village)
    tab.village.setCurrentIndex(place)
    tab.village.activated.emit(place)
    settle(qtbot, tab)


def test_nothing_is_logged_by_looking(desk, tab, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, tab)

    assert desk.papers.count(by=desk.actor, is_unprinted=True) == 1
    assert not desk.exports.exists()
    assert list(desk.scratch.iterdir()) == []


def test_a_second_copy_asks_for_its_reason(desk, tab, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, tab)
    printed(qtbot, tab)
    (paper,) = desk.papers.page(by=desk.actor)
    tab.add(paper)
    settle(qtbot, tab)
    tab.banner.setVisible(False)

    tab.settings.button.click()
    assert tab.settings.reason.error == "请写明补打的原因。"
    tab.settings.reason.set_value("原件污损，已收回")
    printed(qtbot, tab)

    (paper,) = desk.papers.page(by=desk.actor)
    assert paper.copies == 2
    assert tab.empty.isVisible()


def test_what_cannot_be_printed_is_named_with_a_way_out_and_the_others_are_printed(
    desk, tab, enter, issue, qtbot
) -> None:
    bad = enter(operator_name="钱\ue001永")
    issue(enter(), bad)
    show(qtbot, tab)
    (line,) = tab.refused._shown
    assert tab.settings.button.text() == "打印 1 张"

    with qtbot.waitSignal(tab.edit_asked) as asked:
        line.edit_asked.emit(bad)
    printed(qtbot, tab)

    assert asked.args == [bad]
    (left,) = desk.papers.page(by=desk.actor, is_unprinted=True)
    assert left.establishment_id == bad


def test_an_offset_goes_by_tenths_of_a_millimetre_and_is_remembered(desk, tab, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, tab)
    before = tab.pages._pdf
    right = next(arrow for arrow, (_, move) in tab.settings._arrows.items() if move[0] > 0)

    for _ in range(3):
        right.click()
    settle(qtbot, tab)

    setting = tab.settings.setting()
    assert setting is not None
    assert setting.right_mm == 0.3
    assert tab.pages._pdf != before
    somebody_else = replace(desk, remembered=Nothing())
    again = PrintTab(somebody_else)
    qtbot.addWidget(again)
    show(qtbot, again)
    assert again.settings.right.value() == "0.3"


def test_each_printer_is_off_in_its_own_way(desk, tab, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, tab)
    tab.settings.printer.show_printers(("三楼针式", "激光"))
    tab.settings.printer.list.setCurrentIndex(0)
    tab.settings.printer.list.activated.emit(0)
    tab.settings.right.set_value("1.5")
    tab.settings.changed.emit()
    settle(qtbot, tab)
    assert desk.offsets.here(by=desk.actor) == {("三楼针式", "card"): (1.5, 0.0)}

    tab.settings.printer.list.setCurrentIndex(1)
    tab.settings.printer.list.activated.emit(1)
    assert tab.settings.right.value() == "0.0"

    tab.settings.printer.list.setCurrentIndex(0)
    tab.settings.printer.list.activated.emit(0)
    assert tab.settings.right.value() == "1.5"


def test_what_goes_onto_the_official_form_is_seen_on_its_scan(desk, tab, enter, issue, qtbot) -> None:
    scan = BytesIO()
    Image.new("RGB", (148, 105), "red").save(scan, "PNG")
    desk.layouts.lay_under("card", scan.getvalue(), by=desk.actor)
    issue(enter())
    show(qtbot, tab)
    white = tab.pages.sheet.grab().toImage()

    tab.settings.per_page.set_value("1")
    tab.settings.preprinted.click()
    settle(qtbot, tab)
    on_form = tab.pages.sheet.grab().toImage()

    middle = on_form.rect().center()
    assert white.pixelColor(middle).red() == white.pixelColor(middle).blue()
    assert on_form.pixelColor(middle).red() > on_form.pixelColor(middle).blue()


def test_an_offset_beyond_the_sheet_is_refused_at_its_field(desk, tab, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, tab)

    tab.settings.right.set_value("18")
    tab.settings.changed.emit()
    settle(qtbot, tab)

    assert "推出了纸边" in tab.settings.right.error
    assert desk.offsets.here(by=desk.actor) == {}


def test_a_certificate_never_lies_four_to_a_sheet(desk, tab, enter, issue, qtbot) -> None:
    issue(enter("workshop"))
    show(qtbot, tab)
    assert tab.settings.per_page.value() == "1"
    assert tab.pages.count == 1

    tab.settings.per_page.set_value("4")
    tab.settings.per_page.changed.emit("4")
    settle(qtbot, tab)

    if not tab.pages.sheet.has_page():
        assert "每页张数" in tab.pages.sheet.accessibleDescription()
        assert not tab.settings.button.isEnabled()


def test_a_wrong_offset_is_said_at_the_field_and_nothing_is_drawn_anew(tab, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, tab)
    tab.settings.right.set_value("25")
    tab.settings.changed.emit()

    assert tab.settings.right.error == "不能大于 20.0。"
    assert not tab._rest.isActive()


def test_nothing_that_was_printed_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "卡.pdf").write_bytes(b"")

    assert free_place(tmp_path, "卡") == tmp_path / "卡（2）.pdf"


def test_order_both_sides_and_two_files_are_set_here_and_remembered(desk, tab, enter, issue, qtbot) -> None:
    issue(*(enter() for _ in range(2)))
    show(qtbot, tab)

    for tick in (tab.settings.by_village, tab.settings.both_sides, tab.settings.two_files):
        tick.click()
    settle(qtbot, tab)

    setting = tab.settings.setting()
    assert (setting.sheet().on_both_sides, setting.sheet().files) == (True, 2)
    assert setting.ordered(Wanted("card")).order is Order.VILLAGE
    assert recall(tab.jobs.current(), desk.remembered, {}) == setting
