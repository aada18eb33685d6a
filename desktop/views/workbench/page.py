"""工作台: five doors ordered by harm, the next things to do, how far the villages are, what happened."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.today import Counts, Happening, RunningCampaign, Subject, Today, ToDo, VisitsToday
from desktop.domain.wall import Column, WallFilters
from desktop.services.rights import Right, may
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, grid, row
from desktop.views.kit.buttons import LinkButton, PrimaryButton
from desktop.views.kit.panels import Banner, EmptyState, PageHead, Panel, Tile, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.table_source import Query
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words
from desktop.views.workbench.desk import WorkbenchDesk
from desktop.views.workbench.happening_words import about, action_words, when
from desktop.views.workbench.side_panels import BackupPanel, RatePanel, VisitPanel, WaitingPanel
from desktop.views.workbench.todo_list import ToDoList

SHOWN_FIRST = 8
_WEEKDAYS = "一二三四五六日"


class WorkbenchPage(Screen):
    """What must be done today; every number is a door to its list."""

    topics = frozenset(
        {
            "establishments",
            "papers",
            "rectifications",
            "findings",
            "applications",
            "prints",
            "collections",
            "drafts",
            "duplicates",
            "imports",
            "inspections",
            "look_backs",
            "draws",
            "plans",
            "campaigns",
            "risks",
        }
    )

    go_asked = Signal(str, object)
    """A place, and what to show there: filters, a ``ToDo``, a ``RunningCampaign``, a tab or nothing."""

    open_asked = Signal(int)
    new_asked = Signal()
    late_counted = Signal(int)
    visits_counted = Signal()

    def __init__(self, desk: WorkbenchDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._to_do: tuple[ToDo, ...] = ()
        self.new_button = PrimaryButton("新建摸底", "plus", shortcut="Ctrl+N")
        self.head = PageHead("工作台", self.new_button)
        self.late = Tile("逾期未改", "alarm-clock", Status.DANGER)
        self.soon = Tile("三日内到期", "clock", Status.WARNING)
        self.to_reinspect = Tile("待复查", "eye", Status.INFO)
        self.expiring = Tile("证卡临期", "calendar-clock", Status.WARNING)
        self.silent = Tile("本月未报村", "inbox", Status.NEUTRAL)
        self.message = Banner(Status.DANGER)
        self.list = ToDoList()
        self.more_button = LinkButton("")
        self.nothing = EmptyState("circle-check", "今天没有要办的事")
        self._more = box(row(self.more_button, None, margins="small tiny"))
        self.steps = Panel("接下来办什么", margins="none", ruled=True)
        self.recent = Panel("近期动态")
        self._recent_lines: QWidget | None = None
        self.rates = RatePanel()
        self.waiting = WaitingPanel()
        self.visits = VisitPanel()
        self.backup = BackupPanel()

        self._arrange()

        self._connect()

    def refresh(self) -> None:
        """Ask again: numbers, things to do, rates, what happened."""
        desk = self._desk

        def ask(progress: Progress) -> tuple[Today, tuple[Happening, ...]]:
            return desk.workbench().today(by=desk.actor), desk.happenings().recent(by=desk.actor, limit=4)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def show_backup(self, words: str) -> None:
        """Say when the last backup was made."""
        self.backup.show_last(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_subtitle(self._day_words())

    def _arrange(self) -> None:
        self.steps.add(self.list, self._more, self.nothing)
        tiles = row(self.late, self.soon, self.to_reinspect, self.expiring, self.silent, gap="medium")
        left = column(self.steps, self.visits, self.recent, None, gap="medium")
        right = column(self.rates, self.waiting, self.backup, None, gap="medium")
        body = Scrolled(row(Grow(left, 2), Grow(right, 1), gap="medium"))
        self.setLayout(page(self.head, self.message, tiles, Grow(body)))
        self.message.hide()
        self._more.hide()
        self.nothing.hide()
        self.new_button.setEnabled(may(self._desk.actor, Right.SURVEY))

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_asked)
        self.late.clicked.connect(self._late_pressed)
        self.soon.clicked.connect(self._soon_pressed)
        self.to_reinspect.clicked.connect(self._to_reinspect_pressed)
        self.expiring.clicked.connect(self._expiring_pressed)
        self.silent.clicked.connect(self._silent_pressed)
        self.list.opened.connect(self._thing_opened)
        self.more_button.clicked.connect(self._more_pressed)
        self.rates.village_asked.connect(self._village_asked)
        self.visits.campaign_asked.connect(self._campaign_asked)
        for door in self.visits.doors:
            door.asked.connect(self._visits_pressed)
        self.waiting.to_order.asked.connect(self._to_order_pressed)
        self.waiting.to_close_out.asked.connect(self._to_close_out_pressed)
        self.waiting.under_way.asked.connect(self._under_way_pressed)
        self.waiting.to_collect.asked.connect(self._to_collect_pressed)
        self.waiting.duplicates.asked.connect(self._duplicates_pressed)
        self.waiting.drafts.asked.connect(self._drafts_pressed)

    def _arrived(self, found: tuple[Today, tuple[Happening, ...]]) -> None:
        now, happened = found
        counts = now.counts
        self.message.hide()
        self.late.show_number(counts.late, _longest(counts))
        self.soon.show_number(counts.due_soon, f"今天 {counts.due_today} 项")
        self.to_reinspect.show_number(counts.to_reinspect, "须两人")
        self.expiring.show_number(counts.expiring, "30 天内到期")
        self.silent.show_number(counts.silent_villages, f"共 {counts.villages} 个村（社区）")
        self._to_do = now.to_do
        self.steps.set_note(f"按期限排列，共 {counts.to_do} 项")
        self._show_steps(SHOWN_FIRST)
        self.rates.show_rates(now.rates)
        self.waiting.show_counts(counts)
        self._show_happened(happened)
        self.late_counted.emit(counts.late)
        self._ask_visits()

    def _ask_visits(self) -> None:
        """Ask whom to visit: last, so that what is late does not wait for it."""
        desk = self._desk

        def ask(progress: Progress) -> VisitsToday:
            return desk.visits().today(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._visits_arrived, failed=self._failed)

    def _visits_arrived(self, found: VisitsToday) -> None:
        self.visits.show_visits(found)
        self.visits_counted.emit()

    def _show_steps(self, most: int) -> None:
        shown = self._to_do[:most]
        self.list.show_rows(shown, self._desk.clock.today())
        self.list.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self._more.setVisible(len(self._to_do) > len(shown))
        self.more_button.setText(f"再看 {len(self._to_do) - len(shown)} 项")

    def _show_happened(self, happened: Sequence[Happening]) -> None:
        today = self._desk.clock.today()
        lines = grid(gap="close")
        lines.setColumnStretch(3, 1)
        for place, one in enumerate(happened):
            pieces = (
                Words(when(one, today), role="muted"),
                Words(one.account),
                Words(action_words(one.action)),
                ShortWords(about(one), role="muted"),
            )
            for at, piece in enumerate(pieces):
                lines.addWidget(piece, place, at)
        if self._recent_lines is not None:
            self.recent.body.removeWidget(self._recent_lines)
            self._recent_lines.hide()
            self._recent_lines.deleteLater()
        self._recent_lines = box(lines)
        self.recent.add(self._recent_lines)
        self.recent.set_note("" if happened else "还没有人办过事")

    def _day_words(self) -> str:
        today: date = self._desk.clock.today()
        return f"{today.year}年{today.month}月{today.day}日　星期{_WEEKDAYS[today.weekday()]}"

    def _thing_opened(self, one: ToDo) -> None:
        match one.subject:
            case Subject.CASE | Subject.FINDING:
                self.go_asked.emit("rectification", one)
            case Subject.APPLICATION:
                self.go_asked.emit("registration", one)
            case Subject.PAPER:
                self.open_asked.emit(one.establishment_id)

    def _more_pressed(self) -> None:
        self._show_steps(len(self._to_do))
        self.list.setFocus()

    def _late_pressed(self) -> None:
        self.go_asked.emit("rectification", WallFilters(column=Column.LATE))

    def _soon_pressed(self) -> None:
        self.go_asked.emit("rectification", WallFilters(column=Column.THIS_WEEK))

    def _to_reinspect_pressed(self) -> None:
        self.go_asked.emit("rectification", WallFilters(column=Column.TO_REINSPECT))

    def _visits_pressed(self) -> None:
        self.go_asked.emit("rectification", "visits")

    def _campaign_asked(self, campaign: RunningCampaign) -> None:
        self.go_asked.emit("rectification", campaign)

    def _to_order_pressed(self) -> None:
        self.go_asked.emit("rectification", WallFilters(column=Column.TO_ORDER))

    def _to_close_out_pressed(self) -> None:
        self.go_asked.emit("rectification", WallFilters(column=Column.TO_CLOSE_OUT))

    def _expiring_pressed(self) -> None:
        self.go_asked.emit("survey", Query().filtered("paper", "expiring"))

    def _silent_pressed(self) -> None:
        self.go_asked.emit("exchange", "sendings")

    def _under_way_pressed(self) -> None:
        self.go_asked.emit("registration", None)

    def _to_collect_pressed(self) -> None:
        self.go_asked.emit("registration", "collections")

    def _duplicates_pressed(self) -> None:
        self.go_asked.emit("exchange", "duplicates")

    def _drafts_pressed(self) -> None:
        self.go_asked.emit("survey", None)

    def _village_asked(self, village_id: int) -> None:
        self.go_asked.emit("survey", Query().filtered("village", str(village_id)))

    def _failed(self, error: Exception) -> None:
        self.message.tell(Status.DANGER, str(error))


def _longest(counts: Counts) -> str:
    if not counts.late:
        return "没有逾期"
    days = counts.longest_late_workdays
    return f"最长 {days} 个工作日" if days is not None else "有的日历未装入"
