"""Where exchange begins: drop a workbook here; below, what was taken in before."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.exchange.answers import MergeAnswer
from desktop.services.exchange.months import other_side
from desktop.services.imports.answers import ImportAnswer
from desktop.services.imports.runs import ImportRunRow
from desktop.services.rights import Right, may
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.drop_area import DropArea
from desktop.views.exchange.review_rows import total, unsure
from desktop.views.exchange.undo_pane import UndoPane
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.chips import ChipText
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

COLUMNS = (
    ShortColumn("台账", 16, is_strong=True, grows=True),
    ShortColumn("导入日期", 7),
    ShortColumn("经办人", 6, is_spare=True),
    ShortColumn("新增", 4),
    ShortColumn("改动", 4),
    ShortColumn("重复", 4, is_spare=True),
    ShortColumn("有错未导", 5, is_spare=True),
    ShortColumn("现在", 6),
)
_IN = ChipText("在册", "circle-check", Status.SUCCESS, is_quiet=True)
_OUT = ChipText("已撤回", "undo-2", Status.NEUTRAL)


class StartView(QWidget):
    """The drop area above the imports of the past."""

    loaded = Signal()

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__()
        self._desk = desk
        self._runs: dict[int, ImportRunRow] = {}
        self._undo_news = SmallButton("撤回这次导入", "undo-2")
        self._news_id: int | None = None
        self.news = Banner(Status.SUCCESS, "", self._undo_news)
        self.drop_area = DropArea()
        self.list = ShortTable("导入过的台账", COLUMNS)
        self.undo_button = SmallButton("撤回选中的导入", "undo-2")
        self.undo_pane = UndoPane(desk)
        head = row(Words("导入过的台账", size="type_field", strong=True), None, self.undo_button)

        left = column(self.news, self.drop_area, head, Grow(self.list), gap="medium")
        self.setLayout(row(Grow(left), self.undo_pane, gap="medium"))
        self.list.set_empty("还没有导入过台账。村里报来的第一份拖到上面就行。")
        self.news.hide()
        self.undo_button.setEnabled(False)

        self.list.selected.connect(self._selected)
        self.undo_button.clicked.connect(self._undo_asked)
        self._undo_news.clicked.connect(self._undo_news_asked)
        self.undo_pane.closed.connect(self.list.setFocus)

    def refresh(self) -> None:
        """Ask for the imports of the past; a person who may not import is told so."""
        desk = self._desk
        is_allowed = may(desk.actor, Right.IMPORT)
        self.drop_area.setEnabled(is_allowed)
        if not is_allowed:
            self.list.set_empty("你的账号不能导入台账；需要时请管理员调整账号的角色。")
            return

        def ask(progress: Progress) -> tuple[ImportRunRow, ...]:
            return desk.runs.recent(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived)

    def tell(self, answer: ImportAnswer, merge: MergeAnswer | None = None) -> None:
        """Say what an import or a merge has written; its undo stands beside it."""
        counts, waiting = total(answer), unsure(answer)
        sentence = f"{self._done(merge)}：新增 {counts.new} 户，改动 {counts.changed} 户"
        conflicts = sum(not one.is_parked for file in merge.files for one in file.conflicts) if merge else 0
        if conflicts:
            sentence += f"，{conflicts} 处等你在“交换冲突”里定"
        if deleted := sum(file.deleted for file in merge.files) if merge else 0:
            sentence += f"，表里删去的 {deleted} 行也在那里"
        if waiting:
            sentence += f"，{waiting} 户疑似重复先放在一边等你定夺"
        if counts.error:
            sentence += f"；有错的 {counts.error} 行没有导入"
        self._news_id = answer.files[0].import_id
        self._undo_news.setVisible(len(answer.files) == 1)
        self.news.tell(Status.SUCCESS, f"{sentence}。")

    def _done(self, merge: MergeAnswer | None) -> str:
        if merge is None:
            return "已导入"
        county = other_side(self._desk.profile, None)
        whose = "、".join(f"{one.village or county}{one.month.month}月" for one in merge.files)
        return f"已合并{whose}的交换表"

    def _arrived(self, runs: Sequence[ImportRunRow]) -> None:
        self._runs = {run.id: run for run in runs}
        self.list.show_rows([_line(run) for run in runs])
        self._selected()
        self.loaded.emit()

    def _selected(self) -> None:
        run = self._runs.get(self.list.current_id() or 0)
        self.undo_button.setEnabled(run is not None and not run.is_undone)

    def _undo_asked(self) -> None:
        if run := self._runs.get(self.list.current_id() or 0):
            self.undo_pane.ask(run)

    def _undo_news_asked(self) -> None:
        self.list.choose(self._news_id)
        self._undo_asked()


def _line(run: ImportRunRow) -> ShortRow:
    cells = (
        run.file,
        run.imported_on.isoformat(),
        run.by,
        str(run.new),
        str(run.changed),
        str(run.duplicate),
        str(run.error),
        _OUT if run.is_undone else _IN,
    )
    return ShortRow(run.id, cells)
