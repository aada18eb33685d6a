"""What is decided about one establishment of a plan: its risk level, and that a sample was taken."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.year_plan import SamplingResult
from desktop.services.planning.year_plans import PlanRow
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Panel
from desktop.views.kit.words import Words
from desktop.views.rectification.cards import short_title
from desktop.views.rectification.desk import RectificationDesk

_BY_RULE = "rule"


class PlanActs(QWidget):
    """Two small forms about the chosen one; what they wrote down is said by ``done``."""

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._chosen: PlanRow | None = None
        levels = [Choice(one.code, one.label) for one in desk.profile.risk.levels]
        self.reasons = Words("", role="muted", wraps=True)
        self.level = ChoiceField("评定为", [*levels, Choice(_BY_RULE, "按规则")], required=True)
        self.reason = TextField("理由", most=100, required=True)
        self.risk_form = FormGrid()
        self.risk_button = SmallButton("评定等级", "shield-alert")
        self.product = TextField("抽的品种", most=60, required=True)
        self.on = DateField("抽样日期", read_date, today=desk.clock.today, required=True)
        self.result = ChoiceField("结果", [Choice(str(one), one.label) for one in SamplingResult])
        self.sample_form = FormGrid()
        self.sample_button = SmallButton("记下抽检", "flask-conical")
        self.risk, self.sample = Panel("风险等级"), Panel("抽检")

        self.risk_form.add(self.level, self.reason, wide=True)
        self.sample_form.add(self.product, self.on, self.result, wide=True)
        self.risk.add(self.reasons, self.risk_form, row(None, self.risk_button))
        self.sample.add(self.sample_form, row(None, self.sample_button))
        self.setLayout(column(self.risk, self.sample, gap="medium"))

        self.risk_form.finished.connect(self.risk_button.setFocus)
        self.sample_form.finished.connect(self.sample_button.setFocus)
        self.risk_button.clicked.connect(self._decide_pressed)
        self.sample_button.clicked.connect(self._sample_pressed)

    def begin(self) -> None:
        """Begin with today."""
        self.on.set_day(self._desk.clock.today())
        self.result.set_value(str(SamplingResult.WAITING))

    def tell_about(self, chosen: PlanRow | None) -> None:
        """Say about whom it is; nobody is chosen in an empty list."""
        self._chosen = chosen
        title = short_title(chosen.who.title) if chosen is not None else ""
        for panel in (self.risk, self.sample):
            panel.set_note(title)
        why = chosen.risk.reasons if chosen is not None else ""
        level = chosen.risk.level.label if chosen is not None else ""
        self.reasons.setText(f"现为{level}{f'：{why}' if why else '，按类别起点'}" if level else "")
        self.risk_button.setEnabled(chosen is not None and may(self._desk.actor, Right.PLAN))
        self.sample_button.setEnabled(chosen is not None and may(self._desk.actor, Right.INSPECT))

    def _decide_pressed(self) -> None:
        self.risk_form.clear_errors()
        desk, chosen, told = self._desk, self._chosen, self.level.value()
        reason = self.reason.value().strip()
        if not told:
            self.level.show_error("请选等级。")
        if not reason:
            self.reason.show_error("请填评定的理由。")
        if self.risk_form.show_first_error() or chosen is None:
            return
        level = "" if told == _BY_RULE else told

        def decide(progress: Progress) -> str:
            now = desk.risks.decide(chosen.who.id, level, on=desk.clock.today(), reason=reason, by=desk.actor)
            return f"“{chosen.who.title}”现在是 {now.label}。"

        self._do(decide, "评定等级")

    def _sample_pressed(self) -> None:
        self.sample_form.clear_errors()
        desk, chosen, on = self._desk, self._chosen, self.on.day()
        product, result = self.product.value().strip(), self.result.value()
        if not product:
            self.product.show_error("请填抽的品种。")
        if on is None and not self.on.error:
            self.on.show_error("请填抽样日期。")
        if self.sample_form.show_first_error() or on is None or chosen is None:
            return

        def take(progress: Progress) -> str:
            desk.samplings.take(chosen.who.id, on=on, product=product, result=result, by=desk.actor)
            return f"已记下“{chosen.who.title}”抽检 {product}。"

        self._do(take, "记下抽检")

    def _do(self, act: Callable[[Progress], str], label: str) -> None:
        self._desk.jobs.run(act, owner=self, done=self._finished, failed=self.failed.emit, label=label)

    def _finished(self, said: str) -> None:
        self.reason.set_value("")
        self.product.set_value("")
        self.level.set_value(None)
        self.done.emit(said)
