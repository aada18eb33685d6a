"""设置: seven tabs, each of which asks for its own when it is opened."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.views.hub import Screen
from desktop.views.kit.arrange import Grow
from desktop.views.kit.panels import PageHead, page
from desktop.views.kit.tabs import TabRow, TabText
from desktop.views.settings.accounts_tab import AccountsTab
from desktop.views.settings.check_tab import CheckTab
from desktop.views.settings.desk import SettingsDesk
from desktop.views.settings.keys_tab import KeysTab
from desktop.views.settings.look_tab import LookTab
from desktop.views.settings.numbers_tab import NumbersTab
from desktop.views.settings.rules_tab import RulesTab
from desktop.views.settings.workdays_tab import WorkdaysTab

RULES, NUMBERS, WORKDAYS, ACCOUNTS, KEYS, CHECK, LOOK = (
    "rules",
    "numbers",
    "workdays",
    "accounts",
    "keys",
    "check",
    "look",
)
TABS = (
    TabText(RULES, "规则包", "scroll-text"),
    TabText(NUMBERS, "编号", "hash"),
    TabText(WORKDAYS, "工作日", "calendar"),
    TabText(ACCOUNTS, "账号", "users"),
    TabText(KEYS, "签名钥匙", "key-round"),
    TabText(CHECK, "检查", "shield-check"),
    TabText(LOOK, "显示", "monitor"),
)


class SettingsPage(Screen):
    """The place: what the office works under, and how the window looks."""

    topics: ClassVar[frozenset[str]] = frozenset({"calendar", "papers", "keys"})
    reopen_asked = Signal()
    """A year of workdays was loaded and the person wants to work with it at once."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk.hub)
        self.tabs = TabRow(TABS)
        self.rules = RulesTab(desk.profile)
        self.numbers = NumbersTab(desk)
        self.workdays = WorkdaysTab(desk)
        self.accounts = AccountsTab(desk)
        self.keys = KeysTab(desk)
        self.check = CheckTab(desk)
        self.look = LookTab(desk.habits)
        self._stack = QStackedWidget()

        parts = (self.rules, self.numbers, self.workdays, self.accounts, self.keys, self.check, self.look)
        for part in parts:
            self._stack.addWidget(part)
        head = PageHead("设置", subtitle=desk.profile.title)
        self.setLayout(page(head, self.tabs, Grow(self._stack)))

        self.tabs.changed.connect(self.go)
        self.workdays.reopen_asked.connect(self.reopen_asked)

    def refresh(self) -> None:
        """Ask again for what is in sight."""
        match self.tabs.current():
            case "numbers":
                self.numbers.refresh()
            case "workdays":
                self.workdays.refresh()
            case "accounts":
                self.accounts.refresh()
            case "keys":
                self.keys.refresh()

    def go(self, tab: str) -> None:
        """Show one of the tabs."""
        self.tabs.show_tab(tab)
        self._stack.setCurrentIndex([one.key for one in TABS].index(tab))
        self.refresh()

    def focus_search(self) -> None:
        """Put the keyboard where one searches the rules."""
        self.go(RULES)
        self.rules.focus_search()
