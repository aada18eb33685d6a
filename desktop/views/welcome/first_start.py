"""第一次启动: names the township, its villages and the administrator; there is no built-in password."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.profile import Profile, Shelf
from desktop.errors import UserError
from desktop.services.office.accounts import SHORTEST_PASSWORD
from desktop.services.office.making import NewRegister
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner
from desktop.views.kit.password_field import PasswordField
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.welcome.card import on_card
from desktop.views.welcome.desk import FirstStartDesk
from desktop.views.welcome.village_list_field import VillageListField

BROKEN = "程序出了差错，登记册没有建成；差错已记入日志，请再试一次。"


class FirstStart(QWidget):
    """One form; ``made`` when the register is there and somebody can sign in."""

    made = Signal()

    def __init__(self, desk: FirstStartDesk) -> None:
        super().__init__()
        self._desk = desk
        self._profiles: dict[str, Profile] = {}
        self._is_asked = False
        self._suggested = ""
        self.profile: ChoiceField | None = None
        self.township = TextField("乡镇（街道）", most=40, required=True)
        self.villages = VillageListField(desk.jobs)
        self.administrator = TextField("管理员姓名", most=30, required=True, hint="以后用这个名字登录。")
        self.password = PasswordField(
            "密码", hint=f"至少 {SHORTEST_PASSWORD} 个字符，请自己定，程序没有预设密码。"
        )
        self.again = PasswordField("密码再打一遍")
        self.refused = Banner(Status.DANGER, closes=False)
        self.button = PrimaryButton("建登记册", "check", shortcut="Ctrl+Enter")
        self.form = FormGrid()

        title = Words("第一次使用，先建登记册", size="type_title", strong=True)
        note = Words("建好以后，规则包和村名单跟着这本登记册。", size="type_caption", role="muted")
        card = on_card(
            title,
            Words("填好下面几项，用管理员的账号登录，再给其他人开账号。", role="muted"),
            self.form,
            self.refused,
            row(note, None, self.button),
            width="first_start",
        )
        self.setLayout(column(card, gap="none"))
        self.refused.hide()
        self.button.setEnabled(False)

        self.form.finished.connect(self.button.setFocus)
        self.button.clicked.connect(self._pressed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_asked:
            self._is_asked = True
            self._ask_profiles()

    def _ask_profiles(self) -> None:
        desk = self._desk

        def ask(progress: Progress) -> Shelf:
            return desk.profiles()

        desk.jobs.run(ask, owner=self, done=self._profiles_known, failed=self._failed)

    def _profiles_known(self, shelf: Shelf) -> None:
        self._profiles = {profile.name: profile for profile in shelf.profiles}
        choices = [Choice(profile.name, profile.title) for profile in shelf.profiles]
        self.profile = ChoiceField("规则包", choices, required=True, hint="按哪个省、哪个县的规定办。")
        self.profile.changed.connect(self._profile_chosen)
        self.form.add(self.profile, wide=True)
        self.form.add(self.township, self.villages, wide=True)
        self.form.add(self.administrator, wide=True)
        self.form.add(self.password, self.again)
        if shelf.faults:
            self.refused.tell(Status.WARNING, f"有规则包读不进来，没有列出：{'；'.join(shelf.faults)}")
        self.button.setEnabled(True)
        self.profile.setFocus()

    def _profile_chosen(self) -> None:
        """Suggest the township of the rule pack; a name that somebody typed stays."""
        if self.profile is None:
            return
        township = self._profiles[self.profile.value()].township if self.profile.value() else ""
        if self.township.value() == self._suggested:
            self.township.set_value(township)
            self.township.clear_error()
            self._suggested = township

    def _pressed(self) -> None:
        self.refused.hide()
        new = self._read()
        if new is None:
            self.form.show_first_error()
            return
        desk = self._desk

        def make(progress: Progress) -> None:
            desk.make(new)

        self.button.setEnabled(False)
        desk.jobs.run(make, owner=self, done=self._is_made, failed=self._failed)

    def _read(self) -> NewRegister | None:
        """Return what the register is made of; what is missing shows its error, all of it at once."""
        # The list keeps its own error: it says what is wrong in the file.
        for field in self.form.fields:
            if field is not self.villages:
                field.clear_error()
        if self.profile is None or not self.profile.value():
            if self.profile is not None:
                self.profile.show_error("请选规则包。")
            return None
        for text, sentence in (
            (self.township, "请填乡镇（街道）的名称。"),
            (self.administrator, "请填管理员的姓名。"),
        ):
            if not text.value():
                text.show_error(sentence)
        if not self.villages.villages and not self.villages.error:
            self.villages.show_error("请选村名单。")
        if len(self.password.value()) < SHORTEST_PASSWORD:
            self.password.show_error(f"密码太短：至少 {SHORTEST_PASSWORD} 个字符。")
        elif self.password.value() != self.again.value():
            self.again.show_error("两遍密码不一样，请再打一遍。")
        if self.form.errors():
            return None
        return NewRegister(
            profile=self._profiles[self.profile.value()],
            township=self.township.value(),
            villages=tuple(self.villages.villages),
            administrator=self.administrator.value(),
            password=self.password.value(),
        )

    def _is_made(self, result: None) -> None:
        for field in (self.password, self.again):
            field.set_value("")
        self.made.emit()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(self.profile is not None)
        self.refused.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)
