import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.domain.act import Role
from desktop.services.office.accounts import Accounts
from tests.offices import PASSWORD

PLACE = "一号机"


def shown(widget, qtbot):
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_who_signs_in_is_told_to_the_window(sign_in, qtbot):
    shown(sign_in, qtbot)
    sign_in.name.set_value("周敏")
    sign_in.password.set_value(PASSWORD)

    with qtbot.waitSignal(sign_in.signed_in) as signed_in:
        sign_in.button.click()

    (actor,) = signed_in.args
    assert (actor.name, actor.desk) == ("周敏", PLACE)
    assert sign_in.password.value() == ""


def test_enter_leads_from_the_name_to_the_password_and_in(sign_in, qtbot):
    shown(sign_in, qtbot)
    sign_in.name.set_value("周敏")
    sign_in.name.setFocus()
    qtbot.keyClick(sign_in.name.line, Qt.Key.Key_Return)
    assert sign_in.password.has_focus()
    sign_in.password.set_value(PASSWORD)

    with qtbot.waitSignal(sign_in.signed_in):
        qtbot.keyClick(sign_in.password.line, Qt.Key.Key_Return)


def test_a_wrong_password_is_refused_at_its_field_and_the_name_stays(sign_in, qtbot):
    shown(sign_in, qtbot)
    sign_in.name.set_value("周敏")
    sign_in.password.set_value("不对的密码一二三")

    sign_in.button.click()

    qtbot.waitUntil(lambda: "姓名或密码不对" in sign_in.password.error)
    assert sign_in.name.value() == "周敏"
    assert sign_in.button.isEnabled()
    assert sign_in.password.line.selectedText()


def test_what_is_missing_is_said_without_asking_the_register(sign_in, jobs, qtbot):
    shown(sign_in, qtbot)
    qtbot.waitUntil(lambda: not jobs.running)

    sign_in.button.click()

    assert sign_in.name.error
    assert sign_in.password.error
    assert not jobs.running


def test_the_last_person_at_this_desk_is_remembered_by_name_only(office, sign_in, qtbot):
    office.somebody("费小妹", Role.CLERK)
    Accounts(office.office).sign_in("费小妹", PASSWORD, desk=PLACE)

    shown(sign_in, qtbot)

    qtbot.waitUntil(lambda: sign_in.name.value() == "费小妹")
    assert sign_in.password.value() == ""
    assert sign_in.password.has_focus()


def test_a_name_that_is_being_typed_is_not_overwritten(office, sign_in, qtbot, jobs):
    Accounts(office.office).sign_in("周敏", PASSWORD, desk=PLACE)
    sign_in.name.set_value("费")

    shown(sign_in, qtbot)
    qtbot.waitUntil(lambda: not jobs.running)

    assert sign_in.name.value() == "费"


def test_a_password_is_hidden_and_shown_only_while_the_eye_is_held(sign_in, qtbot):
    shown(sign_in, qtbot)
    line, eye = sign_in.password.line, sign_in.password._show
    assert line.echoMode() == QLineEdit.EchoMode.Password

    qtbot.mousePress(eye, Qt.MouseButton.LeftButton)
    assert line.echoMode() == QLineEdit.EchoMode.Normal

    qtbot.mouseRelease(eye, Qt.MouseButton.LeftButton)
    assert line.echoMode() == QLineEdit.EchoMode.Password
    assert sign_in.password.value_text() == ""


@pytest.mark.parametrize("steps", [0, 3])
def test_the_words_have_room(sign_in, theme, qtbot, steps):
    for _ in range(steps):
        theme.zoom_in()
    shown(sign_in, qtbot)

    assert sign_in.button.width() >= sign_in.button.minimumSizeHint().width()
