"""证卡: every certificate and card with what it is worth today, and what it looks like."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.lifecycle import PaperStatus
from desktop.domain.profile import Profile
from desktop.services.office.villages import VillageRow
from desktop.services.papers.papers import PaperFilters, PaperRow
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, SmallButton
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import EmptyState
from desktop.views.kit.statuses import PAPER
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_source import Column, Query, TableRow
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.life_pane import LifePane
from desktop.views.registration.pdf_bytes import drawn
from desktop.views.registration.sheet_pane import SheetPane

_LIVES = tuple((str(code), chip) for code, chip in PAPER.items() if code is not PaperStatus.NONE)


def columns(profile: Profile, villages: Sequence[VillageRow]) -> tuple[Column, ...]:
    """Return the columns; trade, village and status can be filtered."""
    trades = tuple((trade.code, trade.short_label) for trade in profile.trades)
    places = tuple((str(village.id), village.name) for village in villages)
    return (
        Column("number", "编号", 14, is_strong=True, is_sortable=False),
        Column("title", "名称", 9, is_sortable=False),
        Column("village", "村（社区）", 6, is_sortable=False, choices=places),
        Column("status", "状态", 5, is_sortable=False, choices=_LIVES),
        Column("issued", "发证日期", 6, is_sortable=False),
        Column("until", "有效期至", 6, is_sortable=False),
        Column("kind", "类别", 5, is_sortable=False, choices=trades),
        Column("copies", "打印", 4, is_number=True, is_sortable=False),
    )


REST_MS = 150
SAMPLE, LIFE = "sample", "life"


class PaperSource:
    """Answers the table; it remembers the rows that it gave, by the id of the paper."""

    def __init__(self, desk: RegistrationDesk) -> None:
        self._desk = desk
        self.rows: dict[int, PaperRow] = {}

    def count(self, query: Query) -> int:
        return self._desk.papers.count(_filters_of(query), by=self._desk.actor)

    def page(self, query: Query, offset: int, limit: int) -> Sequence[TableRow]:
        papers, wanted = self._desk.papers, _filters_of(query)
        rows = papers.page(wanted, by=self._desk.actor, offset=offset, limit=limit)
        self.rows |= {row.id: row for row in rows}
        return [self._line(row) for row in rows]

    def _line(self, row: PaperRow) -> TableRow:
        cells = (
            row.number,
            row.title,
            row.village,
            PAPER[row.status],
            row.issued_on.isoformat(),
            row.valid_until.isoformat() if row.valid_until else "长期",
            self._desk.profile.trade(row.kind).short_label,
            f"{row.copies} 份" if row.copies else "未打",
        )
        return TableRow(row.id, cells)


def _filters_of(query: Query) -> PaperFilters:
    villages = tuple(map(int, query.values("village")))
    return PaperFilters(query.values("kind"), villages, query.values("status"))


class PapersTab(Screen):
    """The list of papers, page by page."""

    topics: ClassVar[frozenset[str]] = frozenset({"papers", "prints"})
    counted = Signal(int)
    open_asked = Signal(int)
    reprint_asked = Signal(object)
    first_step_asked = Signal()
    told = Signal(str)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._source = PaperSource(desk)
        self._looked: int | None = None
        shown = columns(desk.profile, desk.villages)
        self.table = PagedTable("papers", shown, self._source, desk.jobs, desk.remembered, unit="张")
        self.empty = EmptyState(
            "badge-check",
            "还没有发过证卡",
            explanation="登记发证以后，每张证卡都在这里：有效的、临期的、作废的，打过几份。",
            step="看可登记的",
        )
        self.sample = SheetPane("样页", desk.jobs)
        self.life = LifePane(desk)
        self.side = Segmented((Choice(SAMPLE, "样页"), Choice(LIFE, "延续、变更、注销")), small=True)
        self._sides = QStackedWidget()
        self.table.view.setAccessibleName("证卡")
        self._columns = SmallButton("列", "columns-3-cog")
        self._columns.setAccessibleName("显示哪些列")
        self._reprint = Button("送打印中心", "printer")
        self._open = Button("打开档案", "folder-open")
        self._place = QStackedWidget()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)

        for part in (self.table, self.empty):
            self._place.addWidget(part)
        for side in (self.sample, self.life):
            self._sides.addWidget(side)
        self.side.set_value(SAMPLE)
        right = column(
            self.side, Grow(self._sides), row(self._reprint, self._open, None, self._columns), gap="small"
        )
        self._right = hold(box(right), width="sample_pane")
        self.setLayout(row(Grow(self._place), self._right, gap="medium"))

        self.side.changed.connect(self._side_chosen)
        self.life.told.connect(self.told)
        self.table.loaded.connect(self._loaded)
        self.table.selected.connect(self._rest.start)
        self.table.opened.connect(self._row_opened)
        self.empty.step_asked.connect(self.first_step_asked)
        self._rest.timeout.connect(self._look)
        self._columns.clicked.connect(self._columns_asked)
        self._reprint.clicked.connect(self._reprint_pressed)
        self._open.clicked.connect(self._open_pressed)

    def refresh(self) -> None:
        self._looked = None
        self.table.refresh()

    def _loaded(self) -> None:
        is_narrowed = bool(self.table.query.filters)
        self._place.setCurrentWidget(self.table if self.table.count or is_narrowed else self.empty)
        self._right.setVisible(bool(self.table.count) or is_narrowed)
        if not is_narrowed:
            self.counted.emit(self.table.count)
        if self.table.count and self.table.current_row() is None:
            self.table.view.selectRow(0)
        self._look()

    def _chosen(self) -> PaperRow | None:
        found = self.table.current_row()
        return self._source.rows.get(int(found.id)) if found is not None else None

    def _side_chosen(self, side: str) -> None:
        self._sides.setCurrentWidget(self.life if side == LIFE else self.sample)
        self._look()

    def _look(self) -> None:
        chosen = self._chosen()
        if self.side.value() == LIFE:
            self.life.show_paper(chosen)
        self._reprint.setEnabled(chosen is not None and chosen.status.is_living)
        self._open.setEnabled(chosen is not None)
        if chosen is None:
            self._looked = None
            self.sample.set_note("")
            self.sample.show_nothing("在左边选一张，这里看它的样页。")
            return
        if self._looked == chosen.id:
            return
        self._looked = chosen.id
        self.sample.set_note(chosen.title)
        desk, paper_id = self._desk, chosen.id

        def look(progress: Progress) -> tuple[int, bytes]:
            def draw(target: Path) -> int:
                desk.papers.preview(paper_id, target, by=desk.actor)
                return paper_id

            return drawn(desk.scratch, draw)

        desk.jobs.run(look, owner=self, done=self._is_drawn, failed=self._is_not_drawn)

    def _is_drawn(self, answer: tuple[int, bytes]) -> None:
        paper_id, pdf = answer
        if paper_id == self._looked:
            self.sample.show_pdf(pdf)

    def _is_not_drawn(self, error: Exception) -> None:
        self.sample.show_nothing(f"印不出来：{error}")

    def _columns_asked(self) -> None:
        self.table.open_chooser(self._columns)

    def _row_opened(self, paper_id: object) -> None:
        self._open_pressed()

    def _open_pressed(self) -> None:
        if chosen := self._chosen():
            self.open_asked.emit(chosen.establishment_id)

    def _reprint_pressed(self) -> None:
        chosen = [self._source.rows[int(row.id)] for row in self.table.selected_rows()]
        if chosen:
            self.reprint_asked.emit(chosen)
