"""A field keeps what was typed, says what is wrong under it, and leads on with Enter."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.views.kit.choices import Choice, ChoiceField, MultiChoiceField, YesNoField
from desktop.views.kit.fields import DateField, NumberField, TextAreaField, TextField
from desktop.views.kit.forms import FormGrid

TRADES = [Choice(code, word) for code, word in [("a", "甲"), ("b", "乙"), ("c", "丙"), ("d", "丁")]]


def parsed(text):
    try:
        return date.fromisoformat(text.replace(".", "-"))
    except ValueError:
        raise ValueError(f"“{text}”不是日期。") from None


def shown(qtbot, field):
    qtbot.addWidget(field)
    # Fields learn of focus in an active window only.
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    return field


def test_typing_tells_of_a_change_and_takes_the_error_away(qtbot, theme):
    field = shown(qtbot, TextField("姓名"))
    field.show_error("请填姓名。")

    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field.line, "a")

    assert field.error == ""


def test_showing_a_value_is_no_change(qtbot, theme):
    field = shown(qtbot, TextField("姓名"))

    with qtbot.assertNotEmitted(field.changed):
        field.set_value("丁桂芳")

    assert field.value() == "丁桂芳"


def test_an_error_keeps_what_was_typed_and_is_spoken(qtbot, theme):
    field = shown(qtbot, TextField("证件号码", required=True))
    field.set_value("3204")

    field.show_error("只有 4 位，应有 18 位。")

    assert field.value() == "3204"
    assert field.line.property("state") == "error"
    assert field.line.accessibleName() == "证件号码，必填"
    assert field.line.accessibleDescription() == "只有 4 位，应有 18 位。"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("46.50", Decimal("46.50")), ("４６", Decimal(46)), ("1,200", Decimal(1200)), ("", None)],
)
def test_a_number_is_read_as_people_write_it(qtbot, theme, typed, number):
    field = shown(qtbot, NumberField("面积", unit="㎡", decimals=2))

    field.set_value(typed)

    assert field.number() == number
    assert field.error == ""


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("三", "不是数字"),
        ("1.234", "最多 2 位小数"),
        ("-1", "不能小于 0"),
        ("NaN", "普通数字"),
        ("9999", "不能大于 999"),
    ],
)
def test_what_is_no_such_number_is_refused_at_the_field(qtbot, theme, typed, reason):
    field = shown(qtbot, NumberField("面积", decimals=2, least=0, greatest=999))
    field.set_value(typed)

    assert field.number() is None
    assert reason in field.error
    assert field.value() == typed


def test_a_date_is_shown_in_full_when_the_field_is_left(qtbot, theme):
    field = shown(qtbot, DateField("日期", parsed))
    field.line.setFocus()
    qtbot.keyClicks(field.line, "2018.04.03")

    field.line.clearFocus()

    assert field.day() == date(2018, 4, 3)
    assert field.value() == "2018-04-03"


def test_a_day_that_does_not_exist_is_refused_in_the_parsers_words(qtbot, theme):
    field = shown(qtbot, DateField("日期", parsed))
    field.set_value("2026-02-30")

    assert field.day() is None
    assert field.error == "“2026-02-30”不是日期。"


def test_a_day_is_chosen_in_the_calendar_by_keyboard_alone(qtbot, theme):
    field = shown(qtbot, DateField("日期", parsed, today=lambda: date(2026, 1, 31)))
    field.line.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    days = field._month.days
    assert days.day == date(2026, 1, 31)

    qtbot.keyClick(days, Qt.Key.Key_PageDown)
    qtbot.keyClick(days, Qt.Key.Key_Up)
    qtbot.keyClick(days, Qt.Key.Key_Left)
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(days, Qt.Key.Key_Return)

    assert field.day() == date(2026, 2, 20)
    assert not field._calendar.isVisible()


def test_a_day_is_chosen_in_the_calendar_by_mouse(qtbot, theme):
    field = shown(qtbot, DateField("日期", parsed, today=lambda: date(2026, 6, 12)))
    qtbot.mouseClick(field._open, Qt.MouseButton.LeftButton)
    days = field._month.days
    side = days.width() // 7

    # June 2026 begins on a Monday: the third line under the weekdays is the week of the 15th.
    qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=QPoint(side // 2, side * 3 + side // 2))

    assert field.day() == date(2026, 6, 15)


def test_without_a_clock_there_is_no_calendar(qtbot, theme):
    field = shown(qtbot, DateField("日期", parsed))

    assert not field._open.isVisible()


def test_a_text_that_is_too_long_stays_and_is_named(qtbot, theme):
    field = shown(qtbot, TextAreaField("备注", most=3))

    field.area.insertPlainText("一二三四")

    assert field.error == "最多 3 个字，现在 4 个。"
    assert field.value() == "一二三四"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_choice_is_kept_by_its_code(qtbot, theme, count):
    field = shown(qtbot, ChoiceField("类别", TRADES[:count]))
    assert field.value() == ""

    field.set_value("b")

    assert (field.value(), field.value_text()) == ("b", "乙")
    field.set_value(None)
    assert field.value() == ""


def test_pressing_a_segment_is_a_change(qtbot, theme):
    field = shown(qtbot, ChoiceField("类别", TRADES[:3]))

    with qtbot.waitSignal(field.changed):
        qtbot.mouseClick(field._segments.segments[2], Qt.MouseButton.LeftButton)

    assert field.value() == "c"


def test_arrows_move_a_segmented_choice(qtbot, theme):
    field = shown(qtbot, ChoiceField("类别", TRADES[:3]))
    field.set_value("a")
    field._segments.segments[0].setFocus()

    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field._segments.segments[0], Qt.Key.Key_Right)

    assert field.value() == "b"


def test_the_wheel_over_a_list_scrolls_the_page_and_not_the_choice(qtbot, theme):
    field = shown(qtbot, ChoiceField("类别", TRADES))
    field.set_value("b")

    class Wheel:
        def ignore(self):
            self.is_ignored = True

    wheel = Wheel()
    field._list.wheelEvent(wheel)

    assert wheel.is_ignored
    assert field.value() == "b"


@pytest.mark.parametrize("answer", [True, False, None])
def test_an_unasked_question_is_neither_yes_nor_no(qtbot, theme, answer):
    field = shown(qtbot, YesNoField("有冷藏"))

    field.set_answer(answer)

    assert field.answer() is answer


def test_several_may_be_ticked(qtbot, theme):
    field = shown(qtbot, MultiChoiceField("品种", TRADES))
    field.set_values(["d", "a"])

    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field._boxes["b"], Qt.Key.Key_Space)

    assert field.values() == ("a", "b", "d")
    assert field.value_text() == "甲、乙、丁"


def test_enter_leads_to_the_next_field_and_from_the_last_one_out(qtbot, theme):
    form = FormGrid()
    first, hidden, last = TextField("姓名"), TextField("曾用名"), TextField("电话")
    form.add(first, hidden, last)
    hidden.setVisible(False)
    shown(qtbot, form)
    first.line.setFocus()

    qtbot.keyClick(first.line, Qt.Key.Key_Return)
    assert last.has_focus()

    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(last.line, Qt.Key.Key_Return)


def test_a_form_goes_to_its_first_error(qtbot, theme):
    form = FormGrid()
    fields = [TextField(name) for name in ("姓名", "电话", "住址")]
    form.add(*fields)
    shown(qtbot, form)
    fields[2].show_error("请填住址。")
    fields[1].show_error("请填电话。")

    assert form.show_first_error()
    assert fields[1].has_focus()
    form.clear_errors()
    assert not form.show_first_error()
