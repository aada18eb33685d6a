"""The layout editor: moved by mouse and keys, undone, saved as the office's own, broken files said."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop.domain.act import Role
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.layout_draft import LayoutDraft
from desktop.views.registration.layout_tab import LayoutTab
from printing.layout_file import layout_text, standard
from tests.quiet import wait_until_quiet

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def tab(desk: RegistrationDesk, qtbot) -> LayoutTab:
    tab = LayoutTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 640)
    return tab


def show(qtbot, tab: LayoutTab) -> None:
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    settle(qtbot, tab)


def settle(qtbot, tab: LayoutTab) -> None:
    wait_until_quiet(tab._desk.jobs)
    qtbot.waitUntil(lambda: tab._draft is not None)


def choose(tab: LayoutTab, name: str) -> None:
    tab.fields.name.set_value(name)
    tab.fields.name.changed.emit()
    tab.canvas.setFocus()


def box_of(tab: LayoutTab, name: str):
    return tab._draft.places()[name].box


def test_arrow_keys_move_a_field_by_a_tenth_and_undo_brings_it_back(tab, qtbot) -> None:
    show(qtbot, tab)
    choose(tab, "date")
    before, page = box_of(tab, "date"), tab.canvas._page

    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Down, SHIFT)
    settle(qtbot, tab)
    after = box_of(tab, "date")
    assert (round(after.x - before.x, 2), round(after.y - before.y, 2)) == (0.1, 1.0)
    assert tab.canvas._page != page

    for _ in range(2):
        qtbot.keyClick(tab.canvas, Qt.Key.Key_Z, CTRL)
    assert box_of(tab, "date") == before
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Y, CTRL)
    assert round(box_of(tab, "date").x - before.x, 2) == 0.1


def test_a_box_is_dragged_with_the_mouse_and_sized_at_its_corner(tab, qtbot) -> None:
    show(qtbot, tab)
    before = box_of(tab, "note")
    centre = tab.canvas.area("note").center().toPoint()

    drag(qtbot, tab, centre, centre - QPoint(0, 30))
    moved = box_of(tab, "note")
    assert moved.y == pytest.approx(before.y - 30 / tab.canvas.scale(), abs=0.7)
    corner = tab.canvas.area("note").bottomRight().toPoint()
    drag(qtbot, tab, corner, corner - QPoint(40, 0))

    assert tab.canvas.name == "note"
    assert box_of(tab, "note").width == pytest.approx(before.width - 40 / tab.canvas.scale(), abs=0.3)


def drag(qtbot, tab: LayoutTab, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(tab.canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(tab.canvas, end)
    qtbot.mouseRelease(tab.canvas, Qt.MouseButton.LeftButton, pos=end)
    settle(qtbot, tab)


def test_a_box_near_the_middle_of_the_sheet_snaps_to_it(tab, qtbot) -> None:
    show(qtbot, tab)
    box = box_of(tab, "note")
    middle = (148 - box.width) / 2

    x, _, line, _ = tab._draft.snapped("note", middle + 0.4, 60.37)

    assert (x, line) == (middle, 74.0)


def test_a_line_is_taken_out_of_its_row_and_the_others_stay(tab, qtbot) -> None:
    show(qtbot, tab)
    before = {name: place.box for name, place in tab._draft.places().items()}
    choose(tab, "line.address")

    qtbot.keyClick(tab.canvas, Qt.Key.Key_Up)

    after = {name: place.box for name, place in tab._draft.places().items()}
    assert {name for name in before if before[name] != after[name]} == {"line.address"}


def test_what_may_go_is_ticked_off_and_what_must_stay_cannot_be(tab, qtbot) -> None:
    show(qtbot, tab)
    choose(tab, "title")
    assert not tab.fields.is_shown.isEnabled()

    choose(tab, "hotlines")
    tab.fields.is_shown.click()
    settle(qtbot, tab)
    assert "hotlines" not in tab._draft.places()
    choose(tab, "line.trading_hours")
    tab.fields.is_shown.click()

    assert tab._draft.layout.lines.without == ("trading_hours",)
    assert tab.save.isEnabled()


def test_a_layout_is_saved_as_the_offices_own_and_restored(desk, tab, qtbot) -> None:
    show(qtbot, tab)
    choose(tab, "date")
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)
    wanted = tab._draft.layout

    qtbot.keyClick(tab.canvas, Qt.Key.Key_S, CTRL)
    settle(qtbot, tab)
    assert desk.layouts.open("card", by=desk.actor).layout == wanted
    assert "已保存" in tab.banner.sentence
    assert not tab.save.isEnabled()

    tab.restore.click()
    settle(qtbot, tab)
    assert tab._draft.layout == standard("card")
    assert not desk.layouts.open("card", by=desk.actor).is_own


def test_a_box_beyond_the_sheet_is_said_and_cannot_be_saved(tab, qtbot) -> None:
    show(qtbot, tab)
    choose(tab, "date")

    tab.fields.numbers["x"].set_value("140")
    tab.fields.numbers["x"].left.emit()

    assert "超出纸边" in tab.fields.faults.text()
    assert not tab.save.isEnabled()


def test_half_a_number_stays_at_its_field_and_moves_nothing(tab, qtbot) -> None:
    show(qtbot, tab)
    choose(tab, "date")
    before = box_of(tab, "date")

    tab.fields.numbers["x"].set_value("3x")
    tab.fields.numbers["x"].left.emit()

    assert tab.fields.numbers["x"].error
    assert box_of(tab, "date") == before


def test_a_broken_file_is_said_with_its_reason_and_can_be_put_right(desk, tab, tmp_path, qtbot) -> None:
    own = tmp_path / "profiles" / "card.toml"
    own.parent.mkdir(parents=True)
    own.write_text(layout_text(standard("card")).replace("[date]", "[datum]"), encoding="utf-8")

    show(qtbot, tab)

    assert "card.toml 第" in tab.banner.sentence
    assert tab.save.isEnabled()
    tab.restore.click()
    settle(qtbot, tab)
    assert desk.layouts.open("card", by=desk.actor).fault == ""


def test_an_unsaved_layout_is_not_left_for_another_paper(tab, qtbot) -> None:
    show(qtbot, tab)
    choose(tab, "date")
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)

    tab.paper.set_value("certificate")
    tab.paper.changed.emit()

    assert tab.paper.value() == "card"
    assert "还没有保存" in tab.banner.sentence


def test_a_chosen_paper_is_what_the_page_shows(tab, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, tab)
    sample = tab.canvas._page

    tab.whose.setCurrentIndex(1)
    tab.whose.activated.emit(1)
    settle(qtbot, tab)

    assert tab.whose.currentData() == 1
    assert tab.canvas._page != sample


def test_who_may_not_change_layouts_can_only_look(desk, office, qtbot) -> None:
    object.__setattr__(desk, "actor", office.somebody("经办人", Role.CLERK))
    tab = LayoutTab(desk)
    qtbot.addWidget(tab)
    show(qtbot, tab)
    choose(tab, "date")
    before = box_of(tab, "date")

    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)

    assert box_of(tab, "date") == before
    assert not any(one.isEnabled() for one in (tab.save, tab.restore, tab.fields.scan))


def test_what_was_moved_and_not_saved_stays_when_a_scan_is_laid_under(tab, tmp_path: Path, qtbot) -> None:
    file = tmp_path / "式样.png"
    Image.new("RGB", (296, 210), "red").save(file)
    show(qtbot, tab)
    choose(tab, "date")
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)
    moved = box_of(tab, "date")

    tab.lay_under(file)
    settle(qtbot, tab)

    assert not tab.canvas._scan.isNull()
    assert box_of(tab, "date") == moved
    assert tab.undo.isEnabled()


def test_what_was_not_saved_is_there_when_the_window_opens_again(desk, tab, qtbot) -> None:
    show(qtbot, tab)
    was = box_of(tab, "date")
    choose(tab, "date")
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)
    moved = box_of(tab, "date")
    tab.hide()

    again = LayoutTab(desk)
    qtbot.addWidget(again)
    show(qtbot, again)
    assert box_of(again, "date") == moved
    assert "没有保存" in again.banner.sentence

    choose(again, "date")
    qtbot.keyClick(again.canvas, Qt.Key.Key_Z, CTRL)
    assert box_of(again, "date") == was
    assert not again.save.isEnabled()


def test_what_was_not_saved_is_forgotten_where_the_layout_was_changed_since(desk, tab, qtbot) -> None:
    show(qtbot, tab)
    choose(tab, "date")
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)
    tab.hide()
    opened = desk.layouts.open("card", by=desk.actor)
    other = LayoutDraft(opened.layout)
    other.move("note", 0, -0.1)
    desk.layouts.save(other.layout, was=opened.was, by=desk.actor)

    again = LayoutTab(desk)
    qtbot.addWidget(again)
    show(qtbot, again)

    assert again._draft.layout == other.layout
    assert not again.save.isEnabled()


def test_a_scan_lies_under_the_page_and_goes_again(tab, tmp_path: Path, qtbot) -> None:
    show(qtbot, tab)
    written = BytesIO()
    Image.new("RGB", (740, 525), "white").save(written, "PNG")
    file = tmp_path / "式样.png"
    file.write_bytes(written.getvalue())

    tab.lay_under(file)
    settle(qtbot, tab)
    assert not tab.canvas._scan.isNull()

    tab.fields.scan_away.click()
    settle(qtbot, tab)
    assert tab.canvas._scan.isNull()


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_nothing_is_clipped(tab, theme, zoom: float, qtbot) -> None:
    theme.set_zoom(zoom)
    tab.resize(1152 if zoom > 1 else 1000, 640)
    show(qtbot, tab)

    pieces = [*tab.findChildren(QLabel), *tab.findChildren(QAbstractButton)]
    clipped = [
        (type(piece).__name__, piece.text())
        for piece in pieces
        if piece.isVisible()
        and (
            piece.height() < piece.minimumSizeHint().height()
            or (isinstance(piece, QAbstractButton) and piece.width() < piece.sizeHint().width())
        )
    ]
    assert clipped == []
    right = [tab.fields.mapTo(tab, tab.fields.rect().topRight()).x(), tab.width()]
    assert right == sorted(right)
