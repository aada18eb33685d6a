"""The input method comes first, and lengths count characters as people do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.views.kit.typing_line import TypingLine, folded


def shown(qtbot, line):
    qtbot.addWidget(line)
    with qtbot.waitActive(line):
        line.show()
        line.activateWindow()
    line.setFocus()
    return line


@pytest.fixture
def line(qtbot, theme):
    return shown(qtbot, TypingLine(most=4))


def compose(line, letters, commit=""):
    event = QInputMethodEvent(letters, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)


def test_enter_belongs_to_the_input_method_while_it_composes(line, qtbot):
    compose(line, "sha")

    with qtbot.assertNotEmitted(line.entered):
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.keyClick(line, Qt.Key.Key_Enter)


def test_arrows_belong_to_the_input_method_while_it_composes(line, qtbot):
    compose(line, "sha")

    with qtbot.assertNotEmitted(line.stepped):
        qtbot.keyClick(line, Qt.Key.Key_Down)


def test_enter_acts_again_once_the_words_are_there(line, qtbot):
    compose(line, "sha")
    compose(line, "", commit="沙")

    with qtbot.waitSignal(line.entered):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "沙"


def test_a_control_key_with_enter_is_left_to_the_page(line, qtbot):
    with qtbot.assertNotEmitted(line.entered):
        qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_rare_character_counts_as_one(line, qtbot):
    compose(line, "", commit="𠮷𠮷𠮷𠮷")
    assert line.text() == "𠮷𠮷𠮷𠮷"

    compose(line, "", commit="五")
    assert line.text() == "𠮷𠮷𠮷𠮷"


def test_full_width_digits_are_folded_when_the_field_is_left(qtbot, theme):
    line = shown(qtbot, TypingLine(digits=True))
    compose(line, "", commit="１３８ ")

    line.clearFocus()

    assert line.text() == "138"
    assert line.inputMethodHints() & Qt.InputMethodHint.ImhPreferLatin


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("３２０４Ｘ", "3204X"), ("０２－８", "02-8"), ("沙湖村", "沙湖村"), ("“好”", "“好”")],
)
def test_only_full_width_letters_digits_and_marks_are_folded(typed, kept):
    assert folded(typed) == kept
