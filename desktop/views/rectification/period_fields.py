"""The period of an order: who orders, how long in which days, and at once the day it ends on."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.errors import WrongValue
from desktop.domain.workdays import Calendar, add_days
from desktop.services.rectification.case_numbers import may_sign
from desktop.services.rectification.rectifications import Until
from desktop.views.kit.arrange import column, row
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.field import Field
from desktop.views.kit.fields import DateField, NumberField
from desktop.views.kit.words import IconMark, Words
from desktop.views.rectification.desk import RectificationDesk

WORKDAYS, DAYS, DAY = "workdays", "days", "day"
_MOST_DAYS = 365


class PeriodFields(QWidget):
    """The fields of a period; ``until`` says what was told, or shows the error at its field."""

    def __init__(self, desk: RectificationDesk, ordered_on: DateField) -> None:
        super().__init__()
        self._calendar: Calendar = desk.calendar
        self._ordered_on = ordered_on
        families = [Choice(one.code, one.label) for one in desk.profile.families if may_sign(one, desk.actor)]
        self.family = ChoiceField("发文单位", families, required=True)
        self.how = ChoiceField(
            "期限怎么算",
            [Choice(DAYS, "自然日"), Choice(WORKDAYS, "工作日"), Choice(DAY, "到某一天")],
            required=True,
        )
        self.number = NumberField("期限", unit="天", least=1, greatest=_MOST_DAYS, required=True)
        self.day = DateField("改正的最后一天", read_date, today=desk.clock.today, required=True)
        self._mark = IconMark("calendar", role="info", size="icon_chip")
        self.preview = Words(role="muted", wraps=True)

        self.setLayout(
            column(
                self.family,
                self.how,
                self.number,
                self.day,
                row(self._mark, self.preview, None),
            )
        )
        self.family.set_value(families[0].code if families else None)
        self.how.set_value(DAYS)
        self.number.set_number(desk.profile.period("rectification").days)
        self._fit()

        self.how.changed.connect(self._fit)
        for field in (self.number, self.day, ordered_on):
            field.changed.connect(self._show_end)

    def fields(self) -> list[Field]:
        """Return the fields in the order of the keyboard."""
        return [self.family, self.how, self.number, self.day]

    def suggest(self, days: int) -> None:
        """Offer the period that the check list gives."""
        self.how.set_value(DAYS)
        self.number.set_number(days)
        self._fit()

    def until(self) -> Until | None:
        """Return the period, or None with the reason at its field."""
        if self.how.value() == DAY:
            day = self.day.day()
            if day is None and not self.day.error:
                self.day.show_error("请填改正的最后一天。")
            return Until(due_on=day) if day is not None else None
        days = self.number.whole()
        if days is None:
            if not self.number.error:
                self.number.show_error("请填期限的天数。")
            return None
        return Until(workdays=days) if self.how.value() == WORKDAYS else Until(days=days)

    def _fit(self) -> None:
        is_day = self.how.value() == DAY
        self.day.setVisible(is_day)
        self.number.setVisible(not is_day)
        self._show_end()

    def _show_end(self) -> None:
        ends_on, refusal = self._end()
        self._mark.setVisible(bool(ends_on or refusal))
        self._mark.set_icon("triangle-alert" if refusal else "calendar", "warning" if refusal else "info")
        self.preview.set_role("warning" if refusal else "text")
        self.preview.setText(refusal or (end_words(ends_on) if ends_on else ""))

    def _end(self) -> tuple[date | None, str]:
        """Return the last day in time, or why it cannot be told; half a number says nothing yet."""
        try:
            ordered_on = read_date(self._ordered_on.value())
            if self.how.value() == DAY:
                return read_date(self.day.value()), ""
            days = int(self.number.value())
            if self.how.value() == WORKDAYS:
                return self._calendar.due_on(ordered_on, days), ""
            return add_days(ordered_on, days), ""
        except WrongValue as wrong:
            is_told = bool(self.day.value() if self.how.value() == DAY else self.number.value())
            return None, str(wrong) if is_told and self._ordered_on.value() else ""
        except ValueError:
            return None, ""


def end_words(ends_on: date) -> str:
    """Say a due day with its weekday: whoever reads it at the stall counts by weekdays."""
    weekday = "一二三四五六日"[ends_on.weekday()]
    return f"到 {ends_on.isoformat()}（周{weekday}）为止，当天仍算按时"
