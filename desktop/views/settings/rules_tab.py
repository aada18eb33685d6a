"""规则包: every value with its source; what is assumed stands out until the office confirms it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.profile import Profile
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.chips import ChipText
from desktop.views.kit.choices import CheckBox
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.panels import Panel
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable
from desktop.views.settings.rule_lines import RuleLine, rule_lines

COLUMNS = (
    ShortColumn("类别", 6),
    ShortColumn("项目", 10, tight=7, is_strong=True),
    ShortColumn("规定", 16, grows=True),
    ShortColumn("出处", 8),
)
ASSUMED = ChipText("假定", "circle-question-mark", Status.WARNING)
PARTLY = ChipText("部分待确认", "circle-question-mark", Status.INFO, is_quiet=True)
SOURCED = ChipText("有出处", "circle-check", Status.SUCCESS, is_quiet=True)
NOTHING = "没有这样的规定，换个词再找。"


class RulesTab(QWidget):
    """The rule pack to read: found by word, by part, or only what is assumed."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._lines = rule_lines(profile)
        self._found: tuple[RuleLine, ...] = ()
        self.search = SearchField("找规定或出处", key="Ctrl+F", name="找规定")
        self.group = ComboBox()
        assumed = sum(line.source.is_assumed for line in self._lines)
        self.only_assumed = CheckBox(f"只看假定的（{assumed}）")
        self.list = ShortTable("规则", COLUMNS)
        self._value = Words(wraps=True)
        self._source = Words(role="muted", wraps=True)
        note = Words(
            f"规则包是一个数据文件（{profile.name}.toml）。要改，把它放进数据文件夹的 profiles 里改好，"
            "本单位的优先；改完重新打开程序。",
            role="muted",
            wraps=True,
        )

        self.group.addItem("全部类别", "")
        for group in dict.fromkeys(line.group for line in self._lines):
            self.group.addItem(group, group)
        self.group.setAccessibleName("类别")
        filters = row(Grow(self.search, 2), Grow(self.group), self.only_assumed, gap="medium")
        whole = Panel()
        whole.add(self._value, self._source)
        hold(whole, least_height="text_area")
        self.list.set_empty(NOTHING)
        self.setLayout(column(filters, Grow(self.list), whole, note, gap="medium"))
        self._show()

        self.search.searched.connect(self._show)
        self.group.activated.connect(self._show)
        self.only_assumed.clicked.connect(self._show)
        self.list.selected.connect(self._show_whole)

    def focus_search(self) -> None:
        """Put the keyboard where one searches."""
        self.search.setFocus()

    def _show(self) -> None:
        wanted, group = self.search.text().strip().lower(), self.group.currentData()
        self._found = tuple(
            line
            for line in self._lines
            if (not group or line.group == group)
            and (line.source.is_assumed or not self.only_assumed.isChecked())
            and wanted in f"{line.what} {line.value} {line.source.text}".lower()
        )
        self.list.show_rows(_rows(self._found))
        self._show_whole()

    def _show_whole(self) -> None:
        """Say the chosen value and its source in full."""
        place = self.list.current_id()
        line = self._found[place] if place is not None and place < len(self._found) else None
        self._value.setText(f"{line.group}·{line.what}：{line.value}" if line else "")
        self._source.setText(f"出处：{line.source.text or '规则包没有写明'}" if line else "")


def _rows(lines: Sequence[RuleLine]) -> list[ShortRow]:
    return [
        ShortRow(place, (line.group, line.what, line.value, _chip(line))) for place, line in enumerate(lines)
    ]


def _chip(line: RuleLine) -> ChipText:
    if line.source.is_assumed:
        return ASSUMED
    # One source may speak of several values, and leave one of them to the office.
    is_open = any(word in line.source.text for word in ("假定", "请本单位确认"))
    return PARTLY if is_open else SOURCED
