"""签名钥匙: the keys that sign the codes on papers; the administrator replaces and revokes them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.rights import Right, may
from desktop.services.signing.keys import KeyRow
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.chips import ChipText
from desktop.views.kit.fields import TextField
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable
from desktop.views.settings.desk import SettingsDesk

COLUMNS = (
    ShortColumn("钥匙", 5, is_strong=True),
    ShortColumn("启用", 7),
    ShortColumn("状态", 6),
    ShortColumn("有效证卡", 6),
    ShortColumn("吊销", 14, grows=True),
)
IN_USE = ChipText("使用中", "circle-check", Status.SUCCESS)
RETIRED = ChipText("已换下", "circle-minus", Status.NEUTRAL)
REVOKED = ChipText("已吊销", "ban", Status.DANGER)
BROKEN = "程序出了差错，钥匙没有动；差错已记入日志，请再试一次。"
NOTE = (
    "证卡上的核验码由钥匙签名，私钥只在登记册里，导出和日志里都没有。换新钥匙，旧钥匙签的证卡仍然有效；"
    "登记册或备份可能落到别人手里时才吊销：它签的证卡都要重新打印换发。"
)


class KeysTab(QWidget):
    """For administrators; others are told whom to ask."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[KeyRow, ...] = ()
        self._may = may(desk.actor, Right.KEYS)
        self.told = Banner(Status.SUCCESS)
        self.list = ShortTable("签名钥匙", COLUMNS)
        self.replace_button = Button("换一把新钥匙", "refresh-cw")
        self.reason = TextField("吊销的原因", most=60, placeholder="如 旧电脑失窃")
        self.revoke_button = Button("吊销选中的钥匙", "ban")
        note = Words(NOTE, role="muted", wraps=True)

        head = row(Grow(note), self.replace_button)
        foot = row(Grow(self.reason), column(None, self.revoke_button), gap="medium")
        self.setLayout(column(head, self.told, Grow(self.list), foot, gap="medium"))
        self.told.hide()
        self.replace_button.setEnabled(self._may)
        self.reason.setEnabled(self._may)
        self.revoke_button.setEnabled(False)
        self.list.set_empty("" if self._may else "签名钥匙由系统管理员管；要换或吊销，请找管理员。")

        self.replace_button.clicked.connect(self._replace_pressed)
        self.revoke_button.clicked.connect(self._revoke_pressed)
        self.list.selected.connect(self._selected)

    def refresh(self) -> None:
        """Ask for the keys."""
        if not self._may:
            return
        desk = self._desk

        def ask(progress: Progress) -> tuple[KeyRow, ...]:
            return desk.signing_keys.all(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived)

    def _arrived(self, keys: Sequence[KeyRow]) -> None:
        self._rows = tuple(keys)
        self.list.show_rows([_line(place, key) for place, key in enumerate(keys)])
        self._selected()

    def _chosen(self) -> KeyRow | None:
        place = self.list.current_id()
        return self._rows[place] if place is not None and 0 <= place < len(self._rows) else None

    def _selected(self) -> None:
        chosen = self._chosen()
        self.revoke_button.setEnabled(self._may and chosen is not None and chosen.revoked_on is None)

    def _replace_pressed(self) -> None:
        desk = self._desk

        def replace(progress: Progress) -> KeyRow:
            return desk.signing_keys.replace(by=desk.actor)

        self._start(replace, self._replaced)

    def _revoke_pressed(self) -> None:
        chosen, reason, desk = self._chosen(), self.reason.value(), self._desk
        if chosen is None:
            return
        if not reason:
            self.reason.show_error("请写明为什么吊销；吊销以后不能恢复。")
            self.reason.setFocus()
            return
        key_id = chosen.id

        def revoke(progress: Progress) -> KeyRow:
            return desk.signing_keys.revoke(key_id, reason=reason, by=desk.actor)

        self._start(revoke, self._revoked)

    def _start(self, work: Callable[[Progress], KeyRow], done: Callable[[KeyRow], None]) -> None:
        self.replace_button.setEnabled(False)
        self.revoke_button.setEnabled(False)
        self.told.hide()
        self._desk.jobs.run(work, owner=self, done=done, failed=self._failed)

    def _replaced(self, key: KeyRow) -> None:
        self._done(f"换好了：从现在起用钥匙 {key.id} 签名。请把新的核验网页发给检查的人。")

    def _revoked(self, key: KeyRow) -> None:
        self.reason.set_value("")
        self._done(f"钥匙 {key.id} 吊销了；它签的 {key.paper_count} 张有效证卡要重新打印换发。")

    def _done(self, sentence: str) -> None:
        self.replace_button.setEnabled(self._may)
        self.told.tell(Status.SUCCESS, sentence)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self.replace_button.setEnabled(self._may)
        self._selected()
        self.told.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)


def _line(place: int, key: KeyRow) -> ShortRow:
    state = REVOKED if key.revoked_on else IN_USE if key.is_in_use else RETIRED
    why = f"{key.revoked_on}：{key.revoked_reason}" if key.revoked_on else ""
    return ShortRow(place, (key.id, key.made_on.isoformat(), state, f"{key.paper_count} 张", why))
