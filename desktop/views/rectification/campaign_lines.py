"""Lines that can be added and taken away: the phases of a campaign, and its schedule (配档表)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.campaigns import MOST_OF_FOCUS, MOST_OF_MEASURES, MOST_OF_REMARK, Phase, Task
from desktop.domain.dates import read_date
from desktop.views.kit.arrange import Grow, box, column, row
from desktop.views.kit.buttons import QuietButton, SmallButton
from desktop.views.kit.field import Field
from desktop.views.kit.fields import DateField, TextAreaField, TextField

Today = Callable[[], date]


class PhaseLine(QWidget):
    """One phase: its name, its first and its last day."""

    taken_away = Signal()

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.name = TextField("阶段", most=30, required=True)
        self.starts_on = DateField("开始", read_date, today=today, required=True)
        self.ends_on = DateField("结束", read_date, today=today, required=True)
        self.away_button = QuietButton("去掉这个阶段", "x")

        name, first, last = map(_from_top, (self.name, self.starts_on, self.ends_on))
        self.setLayout(row(Grow(name, 2), Grow(first), Grow(last), self.away_button))

        self.away_button.clicked.connect(self.taken_away)

    def fill(self, phase: Phase) -> None:
        self.name.set_value(phase.name)
        self.starts_on.set_day(phase.starts_on)
        self.ends_on.set_day(phase.ends_on)

    def read(self) -> Phase | None:
        """Return what was typed; what is missing shows its error."""
        name, first, last = self.name.value().strip(), self.starts_on.day(), self.ends_on.day()
        if not name:
            self.name.show_error("请填阶段名称。")
        if first is None and not self.starts_on.error:
            self.starts_on.show_error("请填开始日期。")
        if last is None and not self.ends_on.error:
            self.ends_on.show_error("请填结束日期。")
        return Phase(name, first, last) if name and first and last else None


class TaskLine(QWidget):
    """One line of the schedule; without a first day it is due by the last one."""

    taken_away = Signal()

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.starts_on = DateField("开始（可不填）", read_date, today=today)
        self.ends_on = DateField("结束", read_date, today=today, required=True)
        self.focus = TextAreaField("工作重点", most=MOST_OF_FOCUS, required=True, lines=4)
        self.measures = TextAreaField("推进措施", most=MOST_OF_MEASURES, lines=4)
        self.remark = TextField("备注", most=MOST_OF_REMARK)
        self.away_button = QuietButton("去掉这一行", "x")

        days = _from_top(self.starts_on, self.ends_on)
        focus, measures, remark = map(_from_top, (self.focus, self.measures, self.remark))
        self.setLayout(
            row(Grow(days, 2), Grow(focus, 3), Grow(measures, 4), Grow(remark, 2), self.away_button)
        )

        self.away_button.clicked.connect(self.taken_away)

    def fill(self, task: Task) -> None:
        self.starts_on.set_day(task.starts_on)
        self.ends_on.set_day(task.ends_on)
        self.focus.set_value(task.focus)
        self.measures.set_value(task.measures)
        self.remark.set_value(task.remark)

    def read(self) -> Task | None:
        """Return what was typed; what is missing shows its error."""
        last, focus = self.ends_on.day(), self.focus.value().strip()
        first = self.starts_on.day()
        if last is None and not self.ends_on.error:
            self.ends_on.show_error("请填结束日期。")
        if not focus:
            self.focus.show_error("请填工作重点。")
        if last is None or not focus or self.starts_on.error:
            return None
        return Task(first, last, focus, self.measures.value(), self.remark.value())


L = TypeVar("L", PhaseLine, TaskLine)


class Lines(QWidget, Generic[L]):
    """As many lines as somebody adds."""

    def __init__(self, make: Callable[[], L], add_words: str) -> None:
        super().__init__()
        self._make: Callable[[], L] = make
        self.lines: list[L] = []
        self.add_button = SmallButton(add_words, "plus")
        self._column = column(gap="medium")

        self.setLayout(column(box(self._column), row(self.add_button, None), gap="small"))

        self.add_button.clicked.connect(self._add_pressed)

    def begin(self, count: int) -> Sequence[L]:
        """Begin with so many empty lines."""
        for line in tuple(self.lines):
            self._take_away(line)
        return [self.add() for _ in range(count)]

    def add(self) -> L:
        line = self._make()
        self.lines.append(line)
        self._column.addWidget(line)
        line.taken_away.connect(self._taken_away)
        return line

    def _add_pressed(self) -> None:
        line = self.add()
        (line.name if isinstance(line, PhaseLine) else line.starts_on).setFocus()

    def _taken_away(self) -> None:
        asking = self.sender()
        for line in tuple(self.lines):
            if line is asking:
                self._take_away(line)
        self.add_button.setFocus()

    def _take_away(self, line: L) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


def _from_top(*fields: Field) -> QWidget:
    """Keep fields to the top: an error under one does not move its neighbour."""
    return box(column(*fields, None, gap="small"))
