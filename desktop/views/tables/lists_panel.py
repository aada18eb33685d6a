"""Rosters and lists on paper: which one, of which village, and on to its preview."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from desktop.domain.dates import read_date
from desktop.services.papers.papers import Wanted
from desktop.views.kit.buttons import Button
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField
from desktop.views.kit.panels import Panel
from desktop.views.kit.words import Words
from desktop.views.tables.desk import TablesDesk

ALL = "all"
DECISIONS = "decision_list"
LISTS: Mapping[str, tuple[str, str]] = {
    "roster": ("登记名册", "一村一册：证卡编号、有效期、状态，村里盖章报送。"),
    DECISIONS: ("登记决定名单", "一天决定登记的，供经办、审核、负责人签名存档。"),
    "signing_sheet": ("证卡领取签收表", "还没有领走的证卡，一村一张，领取人签名。"),
    "survey_record": ("调查表（已填）", "按最近一次调查印出，供核对和签名。"),
    "dossier": ("一户一档", "封面、资料、证卡、检查整改、材料和照片，一户一份。"),
}


class ListsPanel(Panel):
    """Chooses a list and asks for its preview; what is printed there goes into the log."""

    asked = Signal(object, str)

    def __init__(self, desk: TablesDesk) -> None:
        super().__init__("名册和名单")
        self.list = ChoiceField("打印哪一种", [Choice(code, name) for code, (name, _) in LISTS.items()])
        self.explanation = Words("", role="muted", wraps=True)
        villages = [Choice(str(one.id), one.name) for one in desk.villages]
        self.village = ChoiceField("村（社区）", [Choice(ALL, "全部"), *villages])
        self.day = DateField("哪一天决定的", read_date)
        self.button = Button("预览和打印", "printer", shortcut="Ctrl+Shift+P")

        self.add(self.list, self.explanation, self.village, self.day, self.button)
        self.list.set_value("roster")
        self.village.set_value(ALL)
        self.day.set_day(desk.clock.today())
        self._list_chosen()

        self.list.changed.connect(self._list_chosen)
        self.button.clicked.connect(self._button_pressed)

    def _list_chosen(self) -> None:
        code = self.list.value() or "roster"
        self.explanation.setText(LISTS[code][1])
        self.day.setVisible(code == DECISIONS)

    def _button_pressed(self) -> None:
        code = self.list.value() or "roster"
        village = self.village.value()
        day = self.day.day() if code == DECISIONS else None
        if code == DECISIONS and day is None:
            self.day.show_error("请填决定的日期")
            return
        wanted = Wanted(code, issued_on=day, village_id=None if village == ALL else int(village))
        self.asked.emit(wanted, LISTS[code][0])
