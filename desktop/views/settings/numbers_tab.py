"""编号: the number rule of each trade, the number that comes next, and a place to try another rule."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.numbers.next_numbers import NextNumber
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.chips import Chip, ChipText
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.settings.desk import SettingsDesk

REST_MS = 150
"""A template is tried when the typing rests."""
CONFIRMED = ChipText("已确认", "circle-check", Status.SUCCESS, is_quiet=True)
UNCONFIRMED = ChipText("待本单位确认", "circle-question-mark", Status.WARNING)
_SCOPES = {
    "profile": "全规则包",
    "county": "县（区）",
    "township": "乡镇",
    "village": "村",
    "year": "年",
    "trade": "类别",
}
_TOKENS = (
    "可以写：{字头} {类别1} {类别3} {省2} {市2} {县2} {县6} {乡镇3} {村3} {年4} {年2} {月2} "
    "{序:4} {校验:MOD11-10}，其余文字照写。这里只是试，不会保存；正式的规则写在规则包文件里。"
)


class NumbersTab(QWidget):
    """Looking at a number reserves nothing: it is given in the transaction that issues the paper."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = 0
        trades = [Choice(trade.code, trade.short_label) for trade in desk.profile.trades]
        villages = [Choice(str(village.id), village.name) for village in desk.villages]
        self.trade = ChoiceField("类别", trades)
        self.village = ChoiceField("村（社区）", villages)
        self.template = TextField("编号规则", most=120, hint=_TOKENS)
        self.reset_button = SmallButton("用规则包的", "rotate-ccw")
        self.preview = Words(size="type_number", strong=True)
        self.told = Words(role="muted", wraps=True)
        self._paper = Words(role="muted", wraps=True)
        self._mark = Chip(UNCONFIRMED)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)

        form = FormGrid()
        form.add(self.trade, self.village)
        form.add(self.template, wide=True)
        rule = Panel("规则", self.reset_button)
        rule.add(form, row(self._mark, Grow(self._paper)))
        following = Panel("下一个号码")
        following.add(self.preview, self.told)
        self.setLayout(column(Grow(scrolling(column(following, rule, None, gap="medium")))))
        self.trade.set_value(desk.profile.trades[0].code)
        self.village.set_value(villages[0].code if villages else None)
        self._show_rule()

        self.trade.changed.connect(self._show_rule)
        self.village.changed.connect(self.refresh)
        self.template.changed.connect(self._rest.start)
        self.reset_button.clicked.connect(self._show_rule)
        self._rest.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Ask for the next number; an answer that was overtaken by a later question is dropped."""
        if not self.village.value():
            self.preview.setText("—")
            self.told.setText("选一个村，看它的下一个号码。")
            return
        self._asked += 1
        desk, asked = self._desk, self._asked
        kind, village_id = self.trade.value(), int(self.village.value())
        template = self.template.value()

        def ask(progress: Progress) -> tuple[int, NextNumber | str]:
            try:
                return asked, desk.numbers.next(kind, village_id, by=desk.actor, template=template)
            except UserError as refused:
                return asked, str(refused)

        desk.jobs.run(ask, owner=self, done=self._arrived)

    def _arrived(self, answer: tuple[int, NextNumber | str]) -> None:
        asked, found = answer
        if asked != self._asked:
            return
        if isinstance(found, str):
            self.template.show_error(found)
            self.preview.setText("—")
            self.told.setText("规则改对以后，这里马上显示下一个号码。")
            return
        self.template.clear_error()
        self.preview.setText(found.grouped)
        given = f"前面已发 {found.given} 个" if found.given else "还没有发过"
        self.told.setText(f"{found.number}，这一计数范围里{given}。看一看不占号，发证那一刻才给号。")

    def _show_rule(self) -> None:
        rule = self._desk.profile.trade(self.trade.value()).paper
        scope = "、".join(_SCOPES.get(part, part) for part in rule.number_scope)
        self.template.set_value(rule.number_template)
        self.template.clear_error()
        self._mark.set_chip(CONFIRMED if rule.number_is_confirmed else UNCONFIRMED)
        source = rule.sources.get("number", rule.source)
        self._paper.setText(
            f"《{rule.title}》，字头 {rule.number_prefix or '无'}，每{scope}从 1 起。出处：{source.text}"
        )
        self.refresh()
