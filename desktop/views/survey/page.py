"""摸底调查, the register: found in a keystroke, filtered at the head, one in full at the side."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut

from desktop.services.register.establishments import EstablishmentDetail
from desktop.services.register.leafing import Dimension, Filters
from desktop.services.rights import Right, may
from desktop.services.survey.drafts import DraftRow
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.look import look
from desktop.views.kit.panels import Banner, PageHead
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_source import Query
from desktop.views.kit.tokens import Status
from desktop.views.survey import draft_keys
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.detail_pane import DetailPane
from desktop.views.survey.filter_row import FilterRow
from desktop.views.survey.register_source import SEARCH, RegisterSource, columns
from desktop.views.survey.rounds_line import RoundsLine
from desktop.views.survey.trade_menu import TradeMenu

PAUSE_MS = 90
"""The rest on a row after which its details are fetched; who runs down the list fetches none."""


class SurveyPage(Screen):
    """The register of the township as a table with filters, and the selected establishment beside it."""

    topics = frozenset({"establishments", "papers", "rectifications", "drafts", "surveys"})

    open_asked = Signal(int)
    edit_asked = Signal(int)
    new_asked = Signal(str)
    grid_asked = Signal(str)
    draft_asked = Signal(object)
    import_asked = Signal()
    export_asked = Signal(str)

    def __init__(self, desk: SurveyDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._draft: DraftRow | None = None
        self._all: tuple[int, ...] = ()
        shown = columns(desk.profile, desk.villages)
        source = RegisterSource(desk.establishments, desk.actor, desk.profile, shown, desk.clock.today)
        self.table = PagedTable(
            "register", shown, source, desk.jobs, desk.remembered, unit="户", has_ticks=True
        )
        self.table.set_empty("登记册里还没有档案：按 Ctrl+N 新建一户，或从村里交来的表格导入。")
        self.table.view.setAccessibleName("登记册")
        self.pane = DetailPane(desk)
        self.pane.hide()
        self.search = SearchField("店名、姓名、电话或编号，可打首字母", key="Ctrl+F", name="在册内查找")
        self.filter_row = FilterRow(shown)
        self.new_button = PrimaryButton("新建摸底", "plus", shortcut="Ctrl+N")
        self.grid_button = Button("成批录入", "table", shortcut="Ctrl+G")
        self.import_button = Button("从表格导入", "file-spreadsheet")
        self.copy_button = SmallButton("复制到 Excel", "copy")
        self.export_button = SmallButton("导出", "download")
        self.columns_button = SmallButton("列", "columns-3")
        self.resume_button = SmallButton("接着填")
        self.discard_button = SmallButton("丢掉")
        self.draft_banner = Banner(Status.INFO, "", self.resume_button, self.discard_button)
        self.message = Banner(Status.DANGER)
        self.new_menu = TradeMenu(desk.profile, self)
        self.grid_menu = TradeMenu(desk.profile, self)
        self.rounds = RoundsLine(desk)
        entering = (self.import_button, self.grid_button, self.new_button)
        self.head = PageHead("摸底调查", self.rounds, *entering)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)

        self._arrange()
        self.filter_row.show_query(self.table.query)

        self._connect()

    def refresh(self) -> None:
        """Ask again: the rows, the selected one, how many there are by trade, and what waits as a draft."""
        self.table.refresh()
        self._rest.start()
        self._ask_counts()
        self.rounds.refresh()

    def show_query(self, query: Query) -> None:
        """Show a part of the register, as a tile of the workbench asks for it."""
        self.table.ask(query)

    def focus_search(self) -> None:
        """Put the keyboard into the search."""
        self.search.line.setFocus()
        self.search.line.selectAll()

    def go_back(self) -> bool:
        """Take the search away, then the pane; False where neither is there."""
        if self.search.line.hasFocus() and self.search.text():
            self.search.clear()
            return True
        if self.search.line.hasFocus():
            self.table.view.setFocus()
            return True
        if self.pane.isVisible() and self.pane.isAncestorOf(self.focusWidget()):
            self.table.view.setFocus()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pane()

    def rescale(self) -> None:
        """Take the measures of a new zoom."""
        self._fit_pane()

    def _arrange(self) -> None:
        tools = row(
            Grow(self.search, 2),
            None,
            self.copy_button,
            self.export_button,
            self.columns_button,
        )
        self.setLayout(
            column(
                self.head,
                self.draft_banner,
                self.message,
                tools,
                self.filter_row,
                Grow(row(Grow(self.table), self.pane, gap="medium")),
                gap="small",
            )
        )
        self.setFocusProxy(self.table.view)
        self.draft_banner.hide()
        self.message.hide()
        can_enter = may(self._desk.actor, Right.SURVEY)
        for button in (self.new_button, self.grid_button, self.pane.edit_button):
            button.setEnabled(can_enter)
        self.import_button.setEnabled(may(self._desk.actor, Right.IMPORT))
        self.export_button.setEnabled(may(self._desk.actor, Right.EXPORT))

    def _connect(self) -> None:
        self.table.opened.connect(self._row_opened)
        self.table.selected.connect(self._rest.start)
        self.table.failed.connect(self._say_failed)
        self.table.copied.connect(self._say_copied)
        self.table.query_changed.connect(self._query_changed)
        self.search.searched.connect(self._search_asked)
        self.search.entered.connect(self._search_entered)
        self.search.stepped.connect(self._search_entered)
        self.filter_row.asked.connect(self.table.choose)
        self.new_button.clicked.connect(self._new_pressed)
        self.grid_button.clicked.connect(self._grid_pressed)
        self.new_menu.chosen.connect(self.new_asked)
        self.grid_menu.chosen.connect(self.grid_asked)
        self.import_button.clicked.connect(self.import_asked)
        self.export_button.clicked.connect(self._export_pressed)
        self.copy_button.clicked.connect(self._copy_pressed)
        self.columns_button.clicked.connect(self._columns_pressed)
        self.resume_button.clicked.connect(self._resume_pressed)
        self.discard_button.clicked.connect(self._discard_pressed)
        self.pane.open_asked.connect(self.open_asked)
        self.pane.edit_asked.connect(self._edit)
        self.pane.closed.connect(self._pane_closed)
        self.pane.failed.connect(self._say_failed)
        self._rest.timeout.connect(self._fetch_detail)
        edit = QShortcut(QKeySequence("F2"), self)
        edit.activated.connect(self._edit_pressed)

    def _fit_pane(self) -> None:
        """Leave the pane out where the table would be left without room."""
        self.rounds.set_narrow(self.width() < look().at.narrow_below - look().at.rail)
        room = self.width() - look().at.side_pane
        wanted = self.pane.establishment_id is not None and self.table.selected_count() == 1
        self.pane.setVisible(wanted and room > 2 * look().at.side_pane)

    def _row_opened(self, establishment_id: int) -> None:
        self.open_asked.emit(establishment_id)

    def _query_changed(self) -> None:
        query = self.table.query
        self.filter_row.show_query(query)
        if self.search.text() != query.value(SEARCH):
            self.search.set_text(query.value(SEARCH))

    def _search_asked(self, typed: str) -> None:
        if typed != self.table.query.value(SEARCH):
            self.table.ask(self.table.query.filtered(SEARCH, typed))

    def _search_entered(self) -> None:
        self._search_asked(self.search.text())
        self.table.view.setFocus()
        if self.table.count and not self.table.selected_count():
            self.table.view.selectRow(0)

    def _fetch_detail(self) -> None:
        chosen = self.table.current_row()
        if chosen is None or self.table.selected_count() != 1:
            self._fit_pane()
            return
        establishments, actor, wanted = self._desk.establishments, self._desk.actor, int(chosen.id)

        def fetch(progress: Progress) -> EstablishmentDetail:
            return establishments.detail(wanted, by=actor)

        self._desk.jobs.run(fetch, owner=self, done=self._detail_arrived, failed=self._failed)

    def _detail_arrived(self, detail: EstablishmentDetail) -> None:
        chosen = self.table.current_row()
        if chosen is not None and chosen.id == detail.row.id:
            self.pane.show_detail(detail)
            self._fit_pane()

    def _ask_counts(self) -> None:
        desk = self._desk

        def ask(progress: Progress) -> tuple[tuple[int, ...], tuple[DraftRow, ...]]:
            counted = desk.establishments.counts(Filters(), Dimension.KIND, by=desk.actor)
            counts = tuple(counted.get(trade.code, 0) for trade in desk.profile.trades)
            return counts, desk.drafts.list(draft_keys.PREFIX, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._counts_arrived, failed=self._failed)

    def _counts_arrived(self, found: tuple[tuple[int, ...], tuple[DraftRow, ...]]) -> None:
        counts, drafts = found
        trades = self._desk.profile.trades
        self.head.set_subtitle(f"共 {sum(counts):,} 户")
        by_trade = zip(trades, counts, strict=True)
        self.table.set_note("　".join(f"{trade.short_label} {count:,}" for trade, count in by_trade))
        self._offer_draft(drafts)

    def _offer_draft(self, drafts: tuple[DraftRow, ...]) -> None:
        self._draft = drafts[0] if drafts else None
        self.draft_banner.setVisible(self._draft is not None)
        if self._draft is not None:
            more = f"（共 {len(drafts)} 份）" if len(drafts) > 1 else ""
            moment = draft_keys.when(self._draft.saved_at)
            sentence = f"有没存完的草稿{more}：{self._draft.label}，{moment} 留下的。"
            self.draft_banner.tell(Status.INFO, sentence)

    def _resume_pressed(self) -> None:
        if self._draft is not None:
            self.draft_asked.emit(self._draft)

    def _discard_pressed(self) -> None:
        if self._draft is None:
            return
        drafts, actor, key = self._desk.drafts, self._desk.actor, self._draft.key

        def discard(progress: Progress) -> tuple[DraftRow, ...]:
            drafts.discard(key, by=actor)
            return drafts.list(draft_keys.PREFIX, by=actor)

        self._desk.jobs.run(discard, owner=self, done=self._offer_draft, failed=self._failed)

    def _one_kind(self) -> str:
        """Return the trade that is filtered by, where it is one alone."""
        kinds = self.table.query.values("kind")
        return kinds[0] if len(kinds) == 1 else ""

    def _new_pressed(self) -> None:
        kind = self._one_kind()
        if kind:
            self.new_asked.emit(kind)
        else:
            self.new_menu.ask(self.new_button)

    def _grid_pressed(self) -> None:
        kind = self._one_kind()
        if kind:
            self.grid_asked.emit(kind)
        else:
            self.grid_menu.ask(self.grid_button)

    def _edit_pressed(self) -> None:
        chosen = self.table.current_row()
        if chosen is not None:
            self._edit(int(chosen.id))

    def _edit(self, establishment_id: int) -> None:
        if may(self._desk.actor, Right.SURVEY):
            self.edit_asked.emit(establishment_id)

    def _pane_closed(self) -> None:
        self.table.view.clearSelection()
        self.table.view.setFocus()

    def _copy_pressed(self) -> None:
        if not self.table.selected_count():
            self.table.view.selectAll()
        self.table.copy_selected()

    def _columns_pressed(self) -> None:
        self.table.open_chooser(self.columns_button)

    def _export_pressed(self) -> None:
        self.export_asked.emit(self._one_kind())

    def _say_copied(self, rows: int) -> None:
        self.message.tell(Status.SUCCESS, f"已复制 {rows} 户，可在 Excel 或 WPS 里粘贴（证号、电话已遮）。")

    def _say_failed(self, sentence: str) -> None:
        self.message.tell(Status.DANGER, sentence)

    def _failed(self, error: Exception) -> None:
        self._say_failed(str(error))
