"""The pane beside the ledger that says why a number has no paper."""

from desktop.domain.dates import read_date
from desktop.domain.ledger import NumberState
from desktop.services.numbers.ledger import NumberLine
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextAreaField
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.do_pane import DoPane, Work

_MARKS = (Choice(NumberState.EXPLAINED, "说明空号"), Choice(NumberState.SPOILT, "废号"))


class GapPane(DoPane):
    """A gap is explained, or a number that was set aside is put down as spoilt; once, with the reason."""

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk, "记下说明")
        self._line: NumberLine | None = None
        self.mark = ChoiceField("怎么了", _MARKS, required=True)
        self.reason = TextAreaField("原因", most=200, lines=3, required=True)
        self.day = DateField("日期", read_date, today=desk.clock.today, required=True)

        self.form.add(self.mark, self.reason, self.day, wide=True)
        self.arrange_pane()
        self.show_line(None)

    def show_line(self, line: NumberLine | None) -> None:
        """Show a number; one that has a paper or a word needs no other."""
        if line is None or self._line is None or line.number != self._line.number:
            self.reason.set_value("")
            self.day.set_day(self.desk.clock.today())
            self.refusal.setVisible(False)
        self._line = line
        self.title.setText(line.number if line is not None else "没有选中号码")
        self.facts.setText(_told(line))
        may_be = line is not None and line.state in {NumberState.GAP, NumberState.RESERVED}
        is_reserved = line is not None and line.state is NumberState.RESERVED
        self.mark.set_value(NumberState.SPOILT if is_reserved else NumberState.EXPLAINED)
        self.form.setVisible(may_be)
        self.button.setEnabled(may_be)

    def work(self) -> Work | None:
        line, day, desk = self._line, self.day.day(), self.desk
        if not self.demand(self.mark, self.reason, self.day) or line is None or day is None:
            return None
        mark, reason = NumberState(self.mark.value()), self.reason.value()

        def explain() -> str:
            desk.keeping.explain(line.scope, line.serial, mark=mark, on=day, reason=reason, by=desk.actor)
            return f"{line.number} 已记为“{mark.label}”。"

        return explain


def _told(line: NumberLine | None) -> str:
    if line is None:
        return "在左边选一个号，这里说明它为什么没有证卡。"
    parts = (line.state.label, line.title, line.note)
    return "\n".join(part for part in parts if part)
