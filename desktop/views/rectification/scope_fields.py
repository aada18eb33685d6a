"""The fields that say whom a draw, a plan or a campaign is about."""

from desktop.domain.scope import Scope
from desktop.views.kit.arrange import box, column
from desktop.views.kit.choices import Choice, ChoiceField, MultiChoiceField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.table_filter import ValueFilter
from desktop.views.kit.words import Words
from desktop.views.rectification.desk import RectificationDesk

_ALL, _REGISTERED, _UNREGISTERED = "all", "registered", "unregistered"
_STANDING = {_ALL: None, _REGISTERED: True, _UNREGISTERED: False}


class ScopeFields:
    """Trades, villages, risk, registered or not; nothing chosen means everybody."""

    def __init__(self, desk: RectificationDesk) -> None:
        risk = desk.profile.risk
        trades = [Choice(trade.code, trade.short_label) for trade in desk.profile.trades]
        self.kinds = MultiChoiceField("类别", trades)
        villages = [(str(village.id), village.name) for village in desk.villages]
        self.village = ValueFilter("村（社区）", villages, everything="全部村", several="{} 个村", size="")
        self.levels = MultiChoiceField("风险等级", [Choice(one.code, one.label) for one in risk.levels])
        self.signs = MultiChoiceField("风险清单", [Choice(one.code, one.label) for one in risk.signs])
        self.standing = ChoiceField(
            "登记情况",
            [Choice(_ALL, "不限"), Choice(_REGISTERED, "已登记"), Choice(_UNREGISTERED, "未登记")],
        )

    def add_to(self, form: FormGrid) -> None:
        self.village.setAccessibleName("村（社区）")
        self.standing.set_value(_ALL)
        form.add(self.kinds, wide=True)
        form.add_widget(box(column(Words("村（社区）", role="muted"), self.village, gap="tiny")))
        form.add(self.levels, self.signs, self.standing, wide=True)

    def show_scope(self, scope: Scope | None) -> None:
        """Show a scope; none is everybody."""
        shown = scope or Scope()
        self.kinds.set_values(shown.kinds)
        self.village.show_value(",".join(map(str, shown.village_ids)))
        self.levels.set_values(shown.levels)
        self.signs.set_values(shown.signs)
        standing = next(code for code, meant in _STANDING.items() if meant == shown.is_registered)
        self.standing.set_value(standing)

    def scope(self) -> Scope:
        return Scope(
            kinds=self.kinds.values(),
            village_ids=tuple(map(int, self.village.ticked)),
            levels=self.levels.values(),
            signs=self.signs.values(),
            is_registered=_STANDING[self.standing.value() or _ALL],
        )
