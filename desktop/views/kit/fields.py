"""Fields for text, numbers and dates."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.views.kit.arrange import row
from desktop.views.kit.buttons import QuietButton
from desktop.views.kit.calendar import MonthCalendar
from desktop.views.kit.field import Field
from desktop.views.kit.look import look, typeface
from desktop.views.kit.popover import Popover
from desktop.views.kit.typing_line import ACTING_KEYS, TypingLine, folded, keeps_shortcut


class TextField(Field):
    """One line of text; ``digits`` asks the input method for Latin and folds full-width on leaving."""

    def __init__(
        self,
        label: str,
        *,
        most: int | None = None,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
        digits: bool = False,
    ) -> None:
        super().__init__(label, required=required, hint=hint)
        self.line = TypingLine(most=most, digits=digits)
        self.line.setPlaceholderText(placeholder)

        self.arrange(self.line)

        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self.left)
        self.line.entered.connect(self.next_asked)

    def value(self) -> str:
        return self.line.text().strip()

    def value_text(self) -> str:
        return self.value()

    def set_value(self, text: str | None) -> None:
        """Show a value; nobody has typed it, so ``changed`` stays silent."""
        self.line.setText(text or "")
        self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def framed_control(self) -> TypingLine:
        return self.line

    def _edited(self, text: str) -> None:
        self.clear_error()
        self.changed.emit()


class NumberField(TextField):
    """A number with an optional unit; half a number is an error at the field, never a guess."""

    def __init__(
        self,
        label: str,
        *,
        unit: str = "",
        decimals: int = 0,
        least: Decimal | int | None = None,
        greatest: Decimal | int | None = None,
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(f"{label}（{unit}）" if unit else label, required=required, hint=hint, digits=True)
        self._decimals = decimals
        self._least = least
        self._greatest = greatest

        self.left.connect(self._left)

    def number(self) -> Decimal | None:
        """Return the number, None when the field is empty; show an error and None when it is none."""
        text = folded(self.value()).replace(",", "")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            self.show_error(f"“{self.value()}”不是数字，请只填数字。")
            return None
        reason = self._refusal(found)
        if reason:
            self.show_error(reason)
            return None
        return found

    def whole(self) -> int | None:
        """Return the number as a whole one."""
        found = self.number()
        return None if found is None else int(found)

    def set_number(self, number: Decimal | int | None) -> None:
        self.set_value(
            "" if number is None else f"{number:f}" if isinstance(number, Decimal) else str(number)
        )

    def _refusal(self, number: Decimal) -> str:
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int):
            return "请填普通数字。"
        if -exponent > self._decimals:
            return f"最多 {self._decimals} 位小数。" if self._decimals else "请填整数。"
        if self._least is not None and number < self._least:
            return f"不能小于 {self._least}。"
        if self._greatest is not None and number > self._greatest:
            return f"不能大于 {self._greatest}。"
        return ""

    def _left(self) -> None:
        self.number()


class DateField(TextField):
    """A day in any of the forms people type; shown as 2026-06-12 once it is understood.

    ``parse`` turns the typed text into a day or raises ValueError with a Chinese sentence. With ``today``
    (``clock.today``) there is a calendar to choose from.
    """

    def __init__(
        self,
        label: str,
        parse: Callable[[str], date],
        *,
        today: Callable[[], date] | None = None,
        required: bool = False,
        hint: str = "",
        placeholder: str = "2026-06-12",
    ) -> None:
        super().__init__(label, required=required, hint=hint, placeholder=placeholder, digits=True)
        self._parse = parse
        self._calendar = Popover()
        self._month = MonthCalendar()
        self._today = today
        self._open = QuietButton("选日期（Alt+↓）", "calendar")
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._key = QShortcut(QKeySequence("Alt+Down"), self.line)
        self._key.setContext(Qt.ShortcutContext.WidgetShortcut)

        inside = QVBoxLayout(self._calendar)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._month)
        self.line.setLayout(row(None, self._open, margins="none none bar none"))
        self._open.setVisible(today is not None)
        self.rescale()

        self.left.connect(self._left)
        self._open.clicked.connect(self._calendar_asked)
        self._key.activated.connect(self._calendar_asked)
        self._month.chosen.connect(self._day_chosen)

    def day(self) -> date | None:
        """Return the day, None when the field is empty; show an error and None when it is no day."""
        text = folded(self.value())
        if not text:
            return None
        try:
            return self._parse(text)
        except ValueError as refused:
            self.show_error(str(refused))
            return None

    def set_day(self, day: date | None) -> None:
        self.set_value("" if day is None else day.isoformat())

    def rescale(self) -> None:
        """Keep room for what lies inside the line."""
        self.line.setTextMargins(0, 0, look().at.wide if self._today else 0, 0)

    def _left(self) -> None:
        found = self.day()
        if found is not None:
            self.set_day(found)

    def _calendar_asked(self) -> None:
        if self._today is None or self.line.isReadOnly():
            return
        today = self._today()
        self._month.open_at(self.day() or today, today)
        self._calendar.open_below(self.line)
        self._month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _day_chosen(self, day: date) -> None:
        self._calendar.close()
        self.set_day(day)
        self.clear_error()
        self.line.setFocus()
        self.changed.emit()


class TextAreaField(Field):
    """Several lines of text; Tab leaves it."""

    def __init__(
        self, label: str, *, most: int | None = None, required: bool = False, hint: str = "", lines: int = 3
    ) -> None:
        super().__init__(label, required=required, hint=hint)
        self.area = TextArea(lines)
        self._most = most

        self.arrange(self.area)

        self.area.textChanged.connect(self._edited)
        self._is_showing = False

    def value(self) -> str:
        return self.area.toPlainText().strip()

    def value_text(self) -> str:
        return self.value()

    def set_value(self, text: str | None) -> None:
        self._is_showing = True
        self.area.setPlainText(text or "")
        self._is_showing = False

    def framed_control(self) -> QWidget:
        return self.area

    def _edited(self) -> None:
        if self._is_showing:
            return
        self.clear_error()
        if self._most is not None and len(self.value()) > self._most:
            self.show_error(f"最多 {self._most} 个字，现在 {len(self.value())} 个。")
        self.changed.emit()


class TextArea(QPlainTextEdit):
    """A box of some lines' height."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.rescale()

    @property
    def is_composing(self) -> bool:
        """True while the input method shows letters that are not yet text."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def event(self, event: QEvent) -> bool:
        return (self.is_composing and keeps_shortcut(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_composing and Qt.Key(event.key()) in ACTING_KEYS:
            event.accept()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        at = look().at
        line = QFontMetrics(typeface(at.type_field)).lineSpacing()
        return QSize(at.field_least, line * self._lines + 2 * at.small)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def rescale(self) -> None:
        """Be as high as the lines of the new zoom."""
        self.setFixedHeight(self.sizeHint().height())
