"""The form of a year's plan: how often each risk level is inspected and sampled, and for which trades."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.year_plan import PlanTimes
from desktop.services.planning.year_plans import MOST_A_YEAR, PlanDetail
from desktop.services.rights import Right, may
from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.choices import Choice, MultiChoiceField
from desktop.views.kit.fields import DateField, NumberField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Panel
from desktop.views.kit.words import Words
from desktop.views.rectification.desk import RectificationDesk


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What somebody decides for a year."""

    times: PlanTimes
    kinds: tuple[str, ...]
    on: date
    note: str
    version: int | None


class PlanForm(QWidget):
    """The times of each level; ``asked`` gives them once nothing is missing."""

    asked = Signal(object)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self.year = 0
        self._version: int | None = None
        levels = desk.profile.risk.levels
        self.inspections = {one.code: _times(f"{one.label}检查", "次") for one in levels}
        self.samplings = {one.code: _times(f"{one.label}抽检", "批") for one in levels}
        trades = [Choice(trade.code, trade.short_label) for trade in desk.profile.trades]
        self.kinds = MultiChoiceField("类别", trades, hint="都不勾就是全部。")
        self.on = DateField("定计划的日期", read_date, today=desk.clock.today, required=True)
        self.note = TextField("说明", most=100)
        self.state = Words("", role="muted", wraps=True)
        self.form = FormGrid()
        self.panel = Panel("一年几次")
        self.save_button = PrimaryButton("定计划", "check", shortcut="Ctrl+Enter")

        for code in self.inspections:
            self.form.add(self.inspections[code], self.samplings[code])
        self.form.add(self.kinds, self.on, self.note, wide=True)
        self.panel.add(self.state, self.form, row(None, self.save_button))
        self.setLayout(column(self.panel, gap="none"))

        self.form.finished.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self._save_pressed)

    def show_plan(self, plan: PlanDetail) -> None:
        """Show what was decided, or what the rule pack offers; what was typed is gone."""
        self.year, self._version = plan.year, plan.version or None
        self.form.clear_errors()
        for code, field in self.inspections.items():
            field.set_number(plan.times.inspections.get(code, 0))
        for code, field in self.samplings.items():
            field.set_number(plan.times.samplings.get(code, 0))
        self.kinds.set_values(plan.kinds)
        self.note.set_value(plan.note)
        self.on.set_day(self._desk.clock.today())
        self.panel.set_title(f"{plan.year} 年的次数")
        self.state.setText(
            f"{plan.decided_on} 由{plan.decided_by}定下；改了再定一次，前后都在日志里。"
            if plan.decided_on
            else "还没有定，次数是规则包给的，改好后按“定计划”。"
        )
        self.allow()

    def allow(self) -> None:
        self.save_button.setEnabled(may(self._desk.actor, Right.PLAN))

    def _save_pressed(self) -> None:
        self.form.clear_errors()
        counts = []
        for fields in (self.inspections, self.samplings):
            read = {code: field.whole() for code, field in fields.items()}
            for code, field in fields.items():
                if read[code] is None and not field.error:
                    field.show_error("请填次数，不安排的填 0。")
            counts.append({code: number for code, number in read.items() if number is not None})
        on = self.on.day()
        if on is None and not self.on.error:
            self.on.show_error("请填日期。")
        if self.form.show_first_error() or on is None:
            return
        self.save_button.setEnabled(False)
        self.asked.emit(
            PlanOrder(PlanTimes(*counts), self.kinds.values(), on, self.note.value(), self._version)
        )


def _times(label: str, unit: str) -> NumberField:
    return NumberField(label, unit=unit, least=0, greatest=MOST_A_YEAR)
