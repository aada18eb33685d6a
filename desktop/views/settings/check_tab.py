"""检查: database, trail and numbers are gone through, and whatever is not as it must be is named."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import UserError
from desktop.services.office.trail import CheckFinding
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.panels import Banner, EmptyState
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow, Told
from desktop.views.registration.short_table import ShortTable
from desktop.views.settings.desk import SettingsDesk

COLUMNS = (ShortColumn("什么不对", 8), ShortColumn("说明", 16, grows=True))
_SUBJECTS = {"database": "数据文件", "audit": "操作日志", "numbers": "编号"}
BROKEN = "检查没有做完，程序出了差错；差错已记入日志。"


class CheckTab(QWidget):
    """One button, and what it found."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__()
        self._desk = desk
        self.check_button = PrimaryButton("现在检查", "shield-check")
        self.told = Banner(Status.SUCCESS)
        self.list = ShortTable("检查发现的问题", COLUMNS)
        self._nothing = EmptyState(
            "shield-check",
            "检查只看不改",
            explanation="数据文件是否完好，操作日志有没有被改过，证卡编号有没有缺号、重号。",
        )
        self._stack = QStackedWidget()
        note = Words("建议每月检查一次，恢复备份以后也检查一次。", role="muted", wraps=True)

        for part in (self._nothing, self.list):
            self._stack.addWidget(part)
        self.setLayout(column(row(Grow(note), self.check_button), self.told, Grow(self._stack), gap="medium"))
        self.told.hide()
        self.check_button.setEnabled(may(desk.actor, Right.BACK_UP))

        self.check_button.clicked.connect(self._check_pressed)

    def _check_pressed(self) -> None:
        desk = self._desk

        def check(progress: Progress) -> tuple[CheckFinding, ...]:
            return desk.trail.check(by=desk.actor)

        self.check_button.setEnabled(False)
        self.told.hide()
        desk.jobs.run(check, owner=self, done=self._checked, failed=self._failed, label="检查数据")

    def _checked(self, findings: tuple[CheckFinding, ...]) -> None:
        self.check_button.setEnabled(True)
        self.list.show_rows([_line(place, one) for place, one in enumerate(findings)])
        self._stack.setCurrentWidget(self.list if findings else self._nothing)
        if findings:
            self.told.tell(Status.DANGER, f"查出 {len(findings)} 处不对，请先备份，再请管理员处理。")
        else:
            self.told.tell(Status.SUCCESS, "数据文件、操作日志和编号都完好。")

    def _failed(self, error: Exception) -> None:
        self.check_button.setEnabled(True)
        self.told.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)


def _line(place: int, one: CheckFinding) -> ShortRow:
    subject = Told(_SUBJECTS.get(one.code, one.code), "circle-x", Status.DANGER)
    return ShortRow(place, (subject, one.sentence))
