"""登录: name and password; a refusal stands at the field, and what was typed stays."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.rights import Actor
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.password_field import PasswordField
from desktop.views.kit.words import Words
from desktop.views.welcome.card import on_card
from desktop.views.welcome.desk import SignInDesk

BROKEN = "程序出了差错，没有登录成；差错已记入日志，请再试一次。"


class SignIn(QWidget):
    """``signed_in`` gives the ``Actor``; the last person at this desk is remembered by name only."""

    signed_in = Signal(object)

    def __init__(self, desk: SignInDesk) -> None:
        super().__init__()
        self._desk = desk
        self._is_asked = False
        self.name = TextField("姓名", most=30, required=True)
        self.password = PasswordField("密码")
        self.button = PrimaryButton("登录", "log-in")
        self._form = FormGrid()

        self._form.add(self.name, self.password, wide=True)
        title = Words(f"{desk.township}食品三小登记", size="type_title", strong=True)
        hint = Words("忘了密码，请系统管理员重设。", size="type_caption", role="muted")
        card = on_card(
            title,
            Words("请用自己的账号登录，谁办的事记谁的名字。", role="muted"),
            self._form,
            row(hint, None, self.button),
            width="sign_in",
        )
        self.setLayout(column(card, gap="none"))

        self._form.finished.connect(self.button.click)
        self.button.clicked.connect(self._pressed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()
        if not self._is_asked:
            self._is_asked = True
            self._ask_name()

    def _ask_name(self) -> None:
        desk = self._desk

        def ask(progress: Progress) -> str:
            return desk.sign_ins.last_name(desk=desk.place)

        desk.jobs.run(ask, owner=self, done=self._name_known)

    def _name_known(self, name: str) -> None:
        """Fill in who was here last; whoever has begun to type is not disturbed."""
        if name and not self.name.value() and not self.password.value():
            self.name.set_value(name)
            self._take_focus()

    def _take_focus(self) -> None:
        field = self.password if self.name.value() else self.name
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self) -> None:
        self._form.clear_errors()
        if not self.name.value():
            self.name.show_error("请填姓名。")
        if not self.password.value():
            self.password.show_error("请填密码。")
        if self._form.show_first_error():
            return
        desk, name, password = self._desk, self.name.value(), self.password.value()

        def sign_in(progress: Progress) -> Actor:
            return desk.accounts.sign_in(name, password, desk=desk.place)

        self.button.setEnabled(False)
        desk.jobs.run(sign_in, owner=self, done=self._is_signed_in, failed=self._is_refused)

    def _is_signed_in(self, actor: Actor) -> None:
        self.button.setEnabled(True)
        # The widget may be shown again for the next person.
        self.password.set_value("")
        self.signed_in.emit(actor)

    def _is_refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.password.show_error(str(error) if isinstance(error, UserError) else BROKEN)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.line.selectAll()
