"""What is asked before somebody draws: from whom, how many, by which seed."""

import re
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.draws import DrawPurpose, Quota
from desktop.domain.folding import half_width
from desktop.domain.scope import Scope
from desktop.services.rights import Right, may
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.choices import CheckBox, Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Panel
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.words import Words
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.scope_fields import ScopeFields

_QUOTA = re.compile(r"(\d{1,6})\s*(%|％|户)?")


@dataclass(frozen=True, slots=True)
class DrawOrder:
    """What somebody wants drawn."""

    scope: Scope
    quota: Quota
    seed: str
    on: date
    title: str
    purpose: DrawPurpose
    with_inspectors: bool


class DrawForm(QWidget):
    """The form beside the list of draws; ``asked`` gives the order once nothing is missing."""

    asked = Signal(object)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self.purpose = ChoiceField("用途", [Choice(str(one), one.label) for one in DrawPurpose])
        self.scope = ScopeFields(desk)
        self.quota = TextField("抽多少", most=10, required=True, hint="户数或者百分比，如 20 或 10%。")
        self.seed = TextField(
            "种子", most=60, required=True, hint="当众定下的一串数字或者文字，以后凭它重抽核对。"
        )
        self.on = DateField("抽取日期", read_date, today=desk.clock.today, required=True)
        self.title = TextField("名称", most=60, hint="不填按日期和用途称呼。")
        self.with_inspectors = CheckBox("同时抽取检查人员，每户两名")
        self.form = FormGrid()
        self.save_button = PrimaryButton("抽取", "dices", shortcut="Ctrl+Enter")

        self._arrange()

        self.form.finished.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self._save_pressed)

    def begin(self) -> None:
        """Begin with today; the scope of the last draw stays, its seed does not."""
        self.on.set_day(self._desk.clock.today())
        self.seed.set_value("")
        self.form.clear_errors()
        self.allow()

    def allow(self) -> None:
        self.save_button.setEnabled(may(self._desk.actor, Right.PLAN))

    def take_focus(self) -> None:
        self.quota.setFocus()

    def _arrange(self) -> None:
        self.purpose.set_value(str(DrawPurpose.INSPECTION))
        self.with_inspectors.setChecked(True)
        self.form.add(self.purpose, self.quota, self.seed, self.title, self.on, wide=True)
        self.form.add_widget(self.with_inspectors)
        self.scope.add_to(self.form)
        panel = Panel("抽取一次")
        basis = self._desk.profile.law("random_draw", self._desk.clock.today())
        if basis is not None:
            panel.add(Words(f"{basis.title}{basis.article}：{basis.says}", role="muted", wraps=True))
        panel.add(self.form)
        inside = column(Grow(Scrolled(panel, None)), row(None, self.save_button), gap="small")
        self.setLayout(inside)

    def _save_pressed(self) -> None:
        self.form.clear_errors()
        quota, on, seed = self._quota(), self.on.day(), self.seed.value().strip()
        if quota is None:
            self.quota.show_error("请填户数（如 20）或者百分比（如 10%）。")
        if not seed:
            self.seed.show_error("请填种子：当众定下的一串数字或者文字。")
        if on is None and not self.on.error:
            self.on.show_error("请填抽取日期。")
        if self.form.show_first_error() or quota is None or on is None:
            return
        self.save_button.setEnabled(False)
        self.asked.emit(
            DrawOrder(
                scope=self.scope.scope(),
                quota=quota,
                seed=seed,
                on=on,
                title=self.title.value(),
                purpose=DrawPurpose(self.purpose.value()),
                with_inspectors=self.with_inspectors.isChecked(),
            )
        )

    def _quota(self) -> Quota | None:
        found = _QUOTA.fullmatch(half_width(self.quota.value()).strip())
        if found is None or int(found[1]) == 0:
            return None
        number = int(found[1])
        return Quota(per_cent=number) if found[2] == "%" else Quota(count=number)
