"""One account: made anew, or given other roles and a new password."""

from PySide6.QtCore import Signal

from desktop.errors import UserError
from desktop.services.office.accounts import SHORTEST_PASSWORD, AccountRow
from desktop.services.rights import Role
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.choices import Choice, ChoiceField, MultiChoiceField
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.password_field import PasswordField
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.settings.desk import SettingsDesk

BROKEN = "程序出了差错，账号没有保存；差错已记入日志，请再试一次。"
_ROLES_HINT = {
    Role.ADMINISTRATOR: "管账号、规则和备份",
    Role.REVIEWER: "决定发证、销号",
    Role.CLERK: "录入、受理、打印",
    Role.VILLAGE: "只办本村的",
    Role.AUDITOR: "只查看和查日志",
    Role.MARKET: "检查、执法、销号",
}


class AccountForm(Panel):
    """Beside the list; hidden until an account is made or changed."""

    saved = Signal(object)
    """The ``AccountRow`` as it is now."""

    closed = Signal()

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__("新建账号")
        self._desk = desk
        self._changed: AccountRow | None = None
        self.name = TextField("姓名", most=30, required=True, hint="登录时就打这个名字。")
        roles = [Choice(str(role), f"{role.label}（{_ROLES_HINT[role]}）") for role in Role]
        self.roles = MultiChoiceField("角色", roles, required=True)
        villages = [Choice(str(village.id), village.name) for village in desk.villages]
        self.village = ChoiceField("村（社区）", villages, hint="村级账号要指明是哪个村。")
        self.password = PasswordField("密码", hint=f"至少 {SHORTEST_PASSWORD} 个字符。")
        self.again = PasswordField("密码再打一遍")
        self.refused = Banner(Status.DANGER)
        self.save_button = PrimaryButton("保存账号", "check", shortcut="Ctrl+Enter")
        self.close_button = Button("不改了")
        self._form = FormGrid()

        for field in (self.name, self.roles, self.village, self.password, self.again):
            self._form.add(field, wide=True)
        inside = column(self._form, self.refused, None, gap="medium")
        self.add(Grow(scrolling(inside)), row(None, self.close_button, self.save_button))
        hold(self, width="side_pane")
        self.refused.hide()
        self.hide()

        self.roles.changed.connect(self._fit)
        self._form.finished.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self._save_pressed)
        self.close_button.clicked.connect(self._close_pressed)

    def begin(self) -> None:
        """Ask for a new account."""
        self._show(None, title="新建账号", name="", roles=())
        self.name.setFocus()

    def change(self, account: AccountRow) -> None:
        """Ask for other roles, or a new password, of an account."""
        roles = tuple(str(role) for role in account.roles)
        self._show(account, title="改账号", name=account.name, roles=roles)
        self.password.set_hint("不改密码就空着；忘了密码的，在这里给一个新的。")
        self.roles.setFocus()

    def _show(self, changed: AccountRow | None, *, title: str, name: str, roles: tuple[str, ...]) -> None:
        self._changed = changed
        self.set_title(title)
        self.name.set_value(name)
        self.name.set_read_only(changed is not None)
        self.roles.set_values(roles)
        village_id = changed.village_id if changed else None
        self.village.set_value(str(village_id) if village_id is not None else None)
        for field in (self.password, self.again):
            field.set_value("")
        self.password.set_hint(f"至少 {SHORTEST_PASSWORD} 个字符。")
        self._form.clear_errors()
        self.refused.hide()
        self.save_button.setEnabled(True)
        self._fit()
        self.show()

    def _fit(self) -> None:
        """Ask for the village only where it matters; an account keeps the village it was made with."""
        self.village.setVisible(str(Role.VILLAGE) in self.roles.values() and self._changed is None)

    def _save_pressed(self) -> None:
        self.refused.hide()
        if not self._is_complete():
            self._form.show_first_error()
            return
        desk, changed = self._desk, self._changed
        name, password = self.name.value(), self.password.value()
        roles = tuple(Role(code) for code in self.roles.values())
        village_id = int(self.village.value()) if self.village.value() else None

        def save(progress: Progress) -> AccountRow:
            if changed is None:
                return desk.accounts.add(
                    name=name, password=password, roles=roles, village_id=village_id, by=desk.actor
                )
            row = changed
            if set(roles) != set(changed.roles):
                row = desk.accounts.change_roles(name=name, roles=roles, by=desk.actor)
            if password:
                row = desk.accounts.reset_password(name=name, password=password, by=desk.actor)
            return row

        self.save_button.setEnabled(False)
        desk.jobs.run(save, owner=self, done=self._saved, failed=self._failed)

    def _is_complete(self) -> bool:
        """Return whether all is there; what is missing shows its error, all of it at once."""
        self._form.clear_errors()
        if not self.name.value():
            self.name.show_error("请填姓名。")
        if not self.roles.values():
            self.roles.show_error("至少选一个角色。")
        if self.village.isVisibleTo(self) and not self.village.value():
            self.village.show_error("村级账号要选是哪个村。")
        is_new, password = self._changed is None, self.password.value()
        if (is_new or password) and len(password) < SHORTEST_PASSWORD:
            self.password.show_error(f"密码太短：至少 {SHORTEST_PASSWORD} 个字符。")
        elif password != self.again.value():
            self.again.show_error("两遍密码不一样，请再打一遍。")
        return not self._form.errors()

    def _saved(self, account: AccountRow) -> None:
        self.hide()
        self.saved.emit(account)

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.refused.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)

    def _close_pressed(self) -> None:
        self.hide()
        self.closed.emit()
