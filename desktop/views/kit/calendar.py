"""A month to choose a day from, by mouse or by arrows."""

from calendar import Calendar
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import LinkButton, QuietButton
from desktop.views.kit.drawing import MIDDLE, painter_on, rounded, words
from desktop.views.kit.look import look, typeface
from desktop.views.kit.words import Words

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
WEEKS = 6
_MONDAY_FIRST = Calendar()
_STEPS = {
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
    Qt.Key.Key_Up: timedelta(weeks=-1),
    Qt.Key.Key_Down: timedelta(weeks=1),
}


class MonthCalendar(QWidget):
    """A month with its head; ``chosen`` carries the day."""

    chosen = Signal(date)

    def __init__(self) -> None:
        super().__init__()
        self._title = Words(strong=True)
        self._before = QuietButton("上个月（PageUp）", "chevron-left")
        self._after = QuietButton("下个月（PageDown）", "chevron-right")
        self._today = LinkButton("今天")
        self.days = DaysOfMonth()

        head = row(self._before, self._title, self._after, None, self._today, gap="tiny")
        self.setLayout(column(head, self.days, gap="small", margins="medium"))
        self.setFocusProxy(self.days)

        self._before.clicked.connect(self._month_before)
        self._after.clicked.connect(self._month_after)
        self._today.clicked.connect(self._today_pressed)
        self.days.moved.connect(self._show_title)
        self.days.chosen.connect(self.chosen)

    def open_at(self, day: date, today: date) -> None:
        """Show the month of a day; ``today`` is marked."""
        self.days.show_day(day, today)
        self._show_title()

    def _month_before(self) -> None:
        self.days.turn(-1)

    def _month_after(self) -> None:
        self.days.turn(1)

    def _today_pressed(self) -> None:
        self.chosen.emit(self.days.today)

    def _show_title(self) -> None:
        self._title.setText(f"{self.days.day.year}年{self.days.day.month}月")


class DaysOfMonth(QWidget):
    """The days of one month, Monday first."""

    chosen = Signal(date)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.day = self.today = date(2000, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("选日期")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_day(self, day: date, today: date) -> None:
        self.day, self.today = day, today
        self._moved()

    def turn(self, months: int) -> None:
        """Go to another month, to the same day of it or to its last one."""
        count = self.day.year * 12 + self.day.month - 1 + months
        year, month = divmod(count, 12)
        last = max(day.day for day in _MONDAY_FIRST.itermonthdates(year, month + 1) if day.month == month + 1)
        self.day = date(year, month + 1, min(self.day.day, last))
        self._moved()

    def sizeHint(self) -> QSize:
        side = look().at.control
        return QSize(side * len(WEEKDAYS), side * (WEEKS + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_PageUp:
                self.turn(-1)
            case Qt.Key.Key_PageDown:
                self.turn(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.chosen.emit(self.day)
            case key if (step := _STEPS.get(Qt.Key(key))) is not None:
                self.day += step
                self._moved()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self.day = day
            self._moved()
            self.chosen.emit(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        side = now.at.control
        font = typeface(now.at.type_body)
        painter = painter_on(self)
        for place, name in enumerate(WEEKDAYS):
            head = QRectF(place * side, 0, side, side)
            words(painter, head, name, now.colour("muted"), typeface(now.at.type_caption), MIDDLE)
        for place, day in enumerate(self._days()):
            cell = QRectF(place % 7 * side, (place // 7 + 1) * side, side, side)
            inside = cell.adjusted(now.at.hair, now.at.hair, -now.at.hair, -now.at.hair)
            role = "text" if day.month == self.day.month else "disabled"
            if day == self.day:
                rounded(painter, inside, now.at.radius, fill=now.colour("accent"), line=None)
                role = "on_accent"
            elif day == self.today:
                line = now.colour("accent_text")
                rounded(painter, inside, now.at.radius, fill=None, line=line, width=now.at.hair)
            words(painter, cell, str(day.day), now.colour(role), font, MIDDLE)
        painter.end()

    def _days(self) -> list[date]:
        """Return the days that are seen, with those of the months before and after in the same weeks."""
        return list(_MONDAY_FIRST.itermonthdates(self.day.year, self.day.month))

    def _day_at(self, spot: QPointF) -> date | None:
        side = look().at.control
        line, place = int(spot.y() // side) - 1, int(spot.x() // side)
        days = self._days()
        index = line * len(WEEKDAYS) + place
        return days[index] if line >= 0 and place < len(WEEKDAYS) and index < len(days) else None

    def _moved(self) -> None:
        self.setAccessibleDescription(self.day.isoformat())
        self.update()
        self.moved.emit()
