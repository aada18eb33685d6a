"""The form of one act about a case: only the fields that this act needs."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.late_entry import IN_TIME
from desktop.domain.lifecycle import CheckResult
from desktop.services.rectification.inspections import FindingRow
from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.choices import Choice, ChoiceField, MultiChoiceField
from desktop.views.kit.field import Field
from desktop.views.kit.fields import DateField, TextAreaField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.rectification.actions import Action, Input, Told
from desktop.views.rectification.cards import short_title
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.late_fields import LateFields
from desktop.views.rectification.period_fields import PeriodFields

_SERVED = ("直接送达", "留置送达", "邮寄送达")


class ActionForm(QWidget):
    """One act; ``told`` gives what was typed once nothing is missing."""

    told = Signal(object)

    def __init__(
        self,
        desk: RectificationDesk,
        action: Action,
        still_open: Sequence[FindingRow] = (),
        due_on: date | None = None,
    ) -> None:
        """Offer what is still open, to be told apart where only a part was put right."""
        super().__init__()
        self.action = action
        self._due_on = due_on
        self._still_open = {str(one.id): one for one in still_open}
        words = [Choice(code, short_title(one.text)) for code, one in self._still_open.items()]
        self.unmet = MultiChoiceField("没有改好的", words, required=True)
        today = desk.clock.today
        self.on = DateField(action.day_label, read_date, today=today, required=True)
        self.inspectors = (
            TextField("检查人（一）", most=20, required=True),
            TextField("检查人（二）", most=20, required=True),
        )
        results = [Choice(str(one), one.label) for one in CheckResult]
        self.result = ChoiceField("复查结果", results, required=True)
        self.how = ChoiceField("送达方式", [Choice(one, one) for one in _SERVED], required=True)
        receivers = [Choice(one.code, one.name) for one in desk.profile.receivers]
        self.receiver = ChoiceField("移送给", receivers, required=True)
        self.new_due_on = DateField("新的期限", read_date, today=today, required=True)
        is_reason = Input.REASON in action.inputs
        self.text = TextAreaField("原因" if is_reason else "说明", most=300, required=is_reason, lines=2)
        self.period = PeriodFields(desk, self.on)
        is_over = due_on is not None and Input.UNTIL in action.inputs and due_on < today()
        self.late = LateFields(desk, self.on, wanted=is_over)
        self.refused = Banner(Status.DANGER)
        self.save_button = PrimaryButton(action.word, "check", shortcut="Ctrl+Enter")
        self._form = FormGrid()

        self._arrange(today())

        self._form.finished.connect(self.save_button.setFocus)
        self.result.changed.connect(self._fit)
        self.save_button.clicked.connect(self._save_pressed)

    def refuse(self, sentence: str) -> None:
        """Say why the office refuses; what was typed stays."""
        self.refused.tell(Status.DANGER, sentence)
        self.save_button.setEnabled(True)

    def take_focus(self) -> None:
        self.on.setFocus()

    def _arrange(self, today: date) -> None:
        inputs, due_on = self.action.inputs, self._due_on if Input.UNTIL in self.action.inputs else None
        self.on.set_day(min(today, due_on) if due_on is not None else today)
        self._form.add(self.on)
        if Input.RESULT in inputs:
            self._form.add(self.result)
            self._form.add(self.unmet, wide=True)
        if Input.INSPECTORS in inputs:
            self._form.add(*self.inspectors)
        if Input.HOW in inputs:
            self._form.add(self.how)
        if Input.RECEIVER in inputs:
            self._form.add(self.receiver, wide=True)
        if Input.UNTIL in inputs:
            self._form.add(self.new_due_on)
        if self.action.is_accounted_for:
            self.late.add_to(self._form)
        self.late.begin(over_since=due_on)
        if Input.NOTE in inputs or Input.REASON in inputs:
            self._form.add(self.text, wide=True)
        if Input.PERIOD in inputs:
            self._form.add_widget(self.period)
        advice = Words(self.action.advice, role="muted", wraps=True)
        self.setLayout(column(self._form, self.refused, advice, row(None, self.save_button), gap="medium"))
        self.refused.hide()
        self._fit()
        advice.setVisible(bool(self.action.advice))

    def _fit(self) -> None:
        """Ask which were not put right only where some were and some were not."""
        self.unmet.setVisible(self._tells_apart())

    def _tells_apart(self) -> bool:
        is_partly = self.result.value() == CheckResult.PARTLY
        return Input.RESULT in self.action.inputs and is_partly and len(self._still_open) > 1

    def _save_pressed(self) -> None:
        self.refused.hide()
        told = self._read()
        if told is None:
            self._form.show_first_error()
            return
        self.save_button.setEnabled(False)
        self.told.emit(told)

    def _read(self) -> Told | None:
        """Return what was told; what is missing shows its error, all of it at once."""
        self._form.clear_errors()
        inputs = self.action.inputs
        on = self.on.day()
        self._demand(self.on, is_there=on is not None, name=self.action.day_label)
        people = tuple(field.value() for field in self.inspectors)
        if Input.INSPECTORS in inputs:
            for field, name in zip(self.inspectors, people, strict=True):
                self._demand(field, is_there=bool(name), name="检查人的姓名")
        if Input.RESULT in inputs:
            self._demand(self.result, is_there=bool(self.result.value()), name="复查结果", verb="选")
        if self._tells_apart():
            self._demand(self.unmet, is_there=bool(self.unmet.values()), name="没有改好的问题", verb="勾出")
        if Input.HOW in inputs:
            self._demand(self.how, is_there=bool(self.how.value()), name="送达方式", verb="选")
        if Input.RECEIVER in inputs:
            self._demand(self.receiver, is_there=bool(self.receiver.value()), name="接收单位", verb="选")
        new_due_on = self.new_due_on.day() if Input.UNTIL in inputs else None
        if Input.UNTIL in inputs:
            self._demand(self.new_due_on, is_there=new_due_on is not None, name="新的期限")
        if Input.REASON in inputs:
            self._demand(self.text, is_there=bool(self.text.value()), name="原因")
        if self.action.is_accounted_for:
            self.late.show_missing()
        until = self.period.until() if Input.PERIOD in inputs else None
        if self._form.errors() or on is None or (Input.PERIOD in inputs and until is None):
            return None
        unmet = self.unmet.values() if self._tells_apart() else ()
        text = self.how.value() if Input.HOW in inputs else self.text.value()
        family = self.period.family.value()
        return Told(
            on=on,
            inspectors=people,
            result=self.result.value(),
            until=until,
            family=family,
            new_due_on=new_due_on,
            text=text,
            receiver=self.receiver.value(),
            unmet=tuple(map(int, unmet)),
            late=self.late.late() if self.action.is_accounted_for else IN_TIME,
        )

    def _demand(self, field: Field, *, is_there: bool, name: str, verb: str = "填") -> None:
        if not is_there and not field.error:
            field.show_error(f"请{verb}{name}。")
