"""A long list is typed into: it narrows, Enter takes, and the input method comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.domain.pinyin import initials, pinyin
from desktop.views.kit.choice_list import begins, fits
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.combo_box import MOST_AT_A_GLANCE
from desktop.views.kit.fields import TextField

VILLAGES = (
    "沙湖村", "上塘村", "白塔村", "培丰村", "后阳村", "冯庄社区", "南窑社区", "方边村", "前庄村",
)  # fmt: skip
names = st.text(st.sampled_from("沙湖上塘白塔培丰后阳冯庄南窑方边前庄村"), min_size=1, max_size=6)


class Desk(QWidget):
    """A field for a village, a field after it, and what Esc does on the page."""

    def __init__(self, villages=VILLAGES):
        super().__init__()
        self.field = ChoiceField("所属村", [Choice(name, name) for name in villages], required=True)
        self.after = TextField("地址")
        self.escape = QShortcut(QKeySequence("Esc"), self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.after)
        layout.addStretch(1)
        self.resize(500, 600)
        self.field.next_asked.connect(self.after.setFocus)


@pytest.fixture
def desk(qtbot, theme):
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.field.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def box(desk):
    return desk.field.framed_control()


def compose(letters, commit=""):
    event = QInputMethodEvent(letters, [])
    event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget(), event)


@given(names)
def test_a_label_is_found_by_its_characters_its_initials_and_its_pinyin(name):
    assert begins(name, name)
    assert begins(name, "".join(initials(letter) for letter in name))
    assert begins(name, "".join(pinyin(letter) for letter in name))


@given(names, st.data())
def test_characters_initials_and_pinyin_may_be_mixed(name, data):
    spelled = "".join(data.draw(st.sampled_from([c, pinyin(c), pinyin(c)[0]])) for c in name)

    assert fits(name, spelled)
    assert not fits(name, spelled + "w")


def test_a_few_choices_are_a_plain_list_and_many_are_typed_into(qtbot, theme):
    few = ChoiceField("几个", [Choice(str(n), str(n)) for n in range(MOST_AT_A_GLANCE - 1)])
    many = ChoiceField("很多", [Choice(str(n), str(n)) for n in range(MOST_AT_A_GLANCE)])
    qtbot.addWidget(few)
    qtbot.addWidget(many)

    assert few.framed_control().line is None
    assert many.framed_control().line is not None
    assert many.framed_control().line.accessibleName() == "很多"


def test_typing_initials_narrows_the_list_and_enter_takes_the_marked_one(desk, qtbot):
    qtbot.keyClicks(QApplication.focusWidget(), "s")
    assert box(desk).offered.shown == ("沙湖村", "上塘村", "冯庄社区", "南窑社区")
    qtbot.keyClicks(QApplication.focusWidget(), "t")
    assert box(desk).offered.shown == ("上塘村",)

    with qtbot.waitSignal(desk.field.changed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert desk.field.value() == "上塘村"
    assert box(desk).offered is None
    assert desk.after.has_focus()


def test_the_arrows_walk_the_list(desk, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert box(desk).offered.shown == ("请选择", *VILLAGES)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)

    assert desk.field.value() == VILLAGES[2]


def test_the_mouse_opens_the_list_and_takes_a_line(desk, qtbot):
    qtbot.mouseClick(box(desk).line, Qt.MouseButton.LeftButton)
    offered = box(desk).offered.list
    spot = offered.visualItemRect(offered.item(3)).center()

    qtbot.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    assert desk.field.value() == VILLAGES[2]
    assert desk.field.has_focus()


def test_what_is_being_composed_narrows_the_list_already(desk):
    compose("sha'hu")

    assert box(desk).offered.shown == ("沙湖村",)
    assert desk.field.value() == ""


def test_enter_belongs_to_the_input_method_while_it_composes(desk, qtbot):
    compose("sha")

    with qtbot.assertNotEmitted(desk.field.changed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert desk.field.has_focus()

    compose("", commit="沙湖")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert desk.field.value() == "沙湖村"


def test_what_fits_one_village_alone_is_taken_when_the_field_is_left(desk, qtbot):
    qtbot.keyClicks(QApplication.focusWidget(), "bt")

    assert desk.field.value() == "白塔村"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert box(desk).line.text() == "白塔村"
    assert desk.field.error == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [("s", "“s”对得上 4 项，请从列表里选一项。"), ("xyz", "列表里没有“xyz”，请从列表里选一项。")],
)
def test_what_fits_several_or_none_is_refused_and_the_choice_from_before_stays(desk, qtbot, typed, said):
    desk.field.set_value("前庄村")
    box(desk).line.selectAll()

    qtbot.keyClicks(QApplication.focusWidget(), typed)
    assert desk.field.value() == ""
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert desk.field.error == said
    assert desk.field.value() == "前庄村"
    assert box(desk).line.text() == "前庄村"


def test_enter_does_nothing_where_nothing_fits(desk, qtbot):
    qtbot.keyClicks(QApplication.focusWidget(), "xyz")

    with qtbot.assertNotEmitted(desk.field.next_asked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert box(desk).line.text() == "xyz"


def test_escape_folds_the_list_first_and_then_belongs_to_the_page(desk, qtbot):
    qtbot.keyClicks(QApplication.focusWidget(), "bt")

    with qtbot.assertNotEmitted(desk.escape.activated):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert box(desk).offered is None
    assert box(desk).line.text() == "请选择"

    with qtbot.waitSignal(desk.escape.activated):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_a_field_that_is_emptied_has_no_choice(desk, qtbot):
    desk.field.set_value("前庄村")
    box(desk).line.selectAll()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backspace)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert desk.field.value() == ""
    assert box(desk).line.text() == "请选择"


def test_the_list_opens_where_there_is_room(desk, qtbot):
    desk.layout().removeItem(desk.layout().itemAt(2))
    desk.layout().insertStretch(0, 1)
    desk.resize(500, 601)
    qtbot.waitUntil(lambda: desk.field.y() > desk.height() / 2)

    box(desk).showPopup()

    assert box(desk).offered.geometry().bottom() < box(desk).mapTo(desk, box(desk).rect().topLeft()).y()
    assert desk.rect().contains(box(desk).offered.geometry())


def test_the_line_has_the_letters_of_its_list_at_each_zoom(desk, theme):
    for zoom in (1.0, 1.5, 1.0):
        theme.set_zoom(zoom)

        assert box(desk).line.font().pixelSize() == box(desk).font().pixelSize() == theme.look.at.type_field
