"""工作日: which years are known and from where; the next year is loaded from a file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import UserError
from desktop.services.office.calendars import YearRow
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button, SmallButton
from desktop.views.kit.chips import ChipText
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable
from desktop.views.settings.desk import SettingsDesk

COLUMNS = (
    ShortColumn("年份", 4, is_strong=True),
    ShortColumn("放假的工作日", 7),
    ShortColumn("调休上班的周末", 8),
    ShortColumn("谁装入的", 8),
    ShortColumn("出处", 16, grows=True, is_muted=True),
)
SHIPPED = ChipText("随程序", "package", Status.NEUTRAL, is_quiet=True)
OWN = ChipText("本单位装入", "circle-check", Status.SUCCESS, is_quiet=True)
BROKEN = "程序出了差错，没有装入；差错已记入日志。"


class WorkdaysTab(QWidget):
    """The years; a period that reaches into a year that is not here is refused, never guessed."""

    loaded = Signal(object)
    """The ``YearRow`` that was taken in."""

    reopen_asked = Signal()
    """The person wants to go on with the new year at once: the window is to be opened anew."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__()
        self._desk = desk
        self._newest: int | None = None
        self.load_button = Button("装入年份文件…", "folder-open")
        self._reopen = SmallButton("现在重新打开窗口", "refresh-cw")
        self.told = Banner(Status.SUCCESS, "", self._reopen)
        self.list = ShortTable("已装入的年份", COLUMNS)
        note = Words(
            "工作日按国务院办公厅公布的放假安排算。期限跨进没有装入的年份时，程序不猜，会请你先装入那一年。"
            "年份文件是 .toml，四项：year、source、days_off（放假的周一至周五）、"
            "working_weekends（上班的周六、周日）。",
            role="muted",
            wraps=True,
        )

        self.setLayout(
            column(self.told, row(Grow(note), self.load_button, gap="large"), Grow(self.list), gap="medium")
        )
        self.told.hide()
        self.load_button.setEnabled(may(desk.actor, Right.CALENDAR))
        self.list.set_empty("还没有装入任何年份。")

        self.load_button.clicked.connect(self._choose_pressed)
        self._reopen.clicked.connect(self.reopen_asked)

    def refresh(self) -> None:
        """Ask which years are known."""
        desk = self._desk

        def ask(progress: Progress) -> tuple[YearRow, ...]:
            return desk.calendars.years(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def load(self, path: Path) -> None:
        """Take in the file of a year; why one is refused stands above the list."""
        desk = self._desk

        def take_in(progress: Progress) -> YearRow:
            return desk.calendars.load(path, by=desk.actor)

        desk.jobs.run(take_in, owner=self, done=self._is_loaded, failed=self._failed, label="装入年份")

    def _arrived(self, years: Sequence[YearRow]) -> None:
        self.list.show_rows([_line(year) for year in years])
        if self._newest is not None:
            self.list.choose(self._newest)
            self._newest = None

    def _choose_pressed(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选年份文件", "", "TOML (*.toml)")
        if name:
            self.load(Path(name))

    def _is_loaded(self, year: YearRow) -> None:
        self._reopen.show()
        self.told.tell(
            Status.SUCCESS,
            f"{year.year} 年装入了：{year.days_off} 个工作日放假，{year.working_weekends} 个周末上班。"
            "窗口重新打开以后，各处的期限照它计算。",
        )
        self._newest = year.year
        self.refresh()
        self.loaded.emit(year)

    def _failed(self, error: Exception) -> None:
        self._reopen.hide()
        self.told.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)


def _line(year: YearRow) -> ShortRow:
    cells = (
        str(year.year),
        f"{year.days_off} 天",
        f"{year.working_weekends} 天",
        OWN if year.is_own else SHIPPED,
        year.source,
    )
    return ShortRow(year.year, cells)
