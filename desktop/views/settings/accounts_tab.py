"""账号: who may sign in and as what; one is made or changed in the pane beside the list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.services.office.accounts import AccountRow
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.chips import ChipText
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable
from desktop.views.settings.account_form import AccountForm
from desktop.views.settings.desk import SettingsDesk

COLUMNS = (
    ShortColumn("姓名", 8, is_strong=True),
    ShortColumn("角色", 16, grows=True),
    ShortColumn("村（社区）", 7),
    ShortColumn("状态", 6),
)
OPEN = ChipText("可登录", "circle-check", Status.SUCCESS, is_quiet=True)
CLOSED = ChipText("已停用", "circle-minus", Status.NEUTRAL)


class AccountsTab(QWidget):
    """For administrators; others are told whom to ask."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[int, AccountRow] = {}
        self._may = may(desk.actor, Right.ACCOUNTS)
        self.told = Banner(Status.SUCCESS)
        self.new_button = Button("新建账号", "user-plus")
        self.change_button = Button("改角色、重设密码", "user-cog")
        self.list = ShortTable("账号", COLUMNS)
        self.form = AccountForm(desk)
        note = Words(
            "一人一个账号：谁办的事，操作日志里记谁的名字。密码谁也看不到，忘了只能重设。",
            role="muted",
            wraps=True,
        )

        head = row(Grow(note), self.change_button, self.new_button)
        left = column(head, self.told, Grow(self.list), gap="medium")
        self.setLayout(row(Grow(left), self.form, gap="medium"))
        self.told.hide()
        self.new_button.setEnabled(self._may)
        self.change_button.setEnabled(False)
        self.list.set_empty("" if self._may else "账号由系统管理员管；需要改角色或重设密码，请找管理员。")

        self.new_button.clicked.connect(self._new_pressed)
        self.change_button.clicked.connect(self._change_pressed)
        self.list.opened.connect(self._change_pressed)
        self.list.selected.connect(self._selected)
        self.form.saved.connect(self._saved)
        self.form.closed.connect(self.list.setFocus)

    def refresh(self) -> None:
        """Ask for the accounts."""
        if not self._may:
            return
        desk = self._desk

        def ask(progress: Progress) -> tuple[AccountRow, ...]:
            return desk.accounts.all(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived)

    def _arrived(self, accounts: Sequence[AccountRow]) -> None:
        self._rows = {account.id: account for account in accounts}
        villages = {village.id: village.name for village in self._desk.villages}
        self.list.show_rows([_line(account, villages) for account in accounts])

    def _selected(self) -> None:
        self.change_button.setEnabled(self._may and self.list.current_id() in self._rows)

    def _new_pressed(self) -> None:
        self.told.hide()
        self.form.begin()

    def _change_pressed(self) -> None:
        if account := self._rows.get(self.list.current_id() or 0):
            self.told.hide()
            self.form.change(account)

    def _saved(self, account: AccountRow) -> None:
        roles = "、".join(role.label for role in account.roles)
        self.told.tell(Status.SUCCESS, f"账号“{account.name}”保存了：{roles}。")
        self.list.setFocus()
        self.refresh()


def _line(account: AccountRow, villages: dict[int, str]) -> ShortRow:
    cells = (
        account.name,
        "、".join(role.label for role in account.roles),
        villages.get(account.village_id or 0, ""),
        CLOSED if account.is_closed else OPEN,
    )
    return ShortRow(account.id, cells)
