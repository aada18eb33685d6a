"""专项整治: the campaigns with their countdown; who is left of each, and who stands on no route."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.campaigns import Task
from desktop.services.planning.campaign_counts import PAGE, CampaignRow, CampaignShows
from desktop.services.planning.campaigns import CampaignDetail
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.chips import ChipText
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Banner, PageHead, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.tokens import Status
from desktop.views.rectification.campaign_acts import CampaignActs
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.registration.short_model import Gauge, ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

LEFT, UNDECIDED, ALL = CampaignShows.LEFT, CampaignShows.UNDECIDED, CampaignShows.ALL
SCHEDULE = "schedule"
_CAMPAIGNS = (
    ShortColumn("名称", 10, grows=True, is_strong=True),
    ShortColumn("倒计时", 13, is_spare=True),
    ShortColumn("全覆盖", 9),
)
_ROWS = (
    ShortColumn("名称", 8, grows=True, is_strong=True),
    ShortColumn("村（社区）", 6, is_muted=True, is_spare=True),
    ShortColumn("检查", 7),
    ShortColumn("未销号", 4),
    ShortColumn("登记、处置", 7),
)
_TASKS = (
    ShortColumn("时间", 10, is_strong=True),
    ShortColumn("工作重点", 10, grows=True),
    ShortColumn("推进措施", 12, is_muted=True, is_spare=True),
    ShortColumn("进度", 7),
)
_EMPTY = {
    LEFT: "范围里的都查过了。",
    UNDECIDED: "没有未定处置意见的，可以收尾。",
    ALL: "这个范围里一户也没有。",
    SCHEDULE: "",
}


@dataclass(frozen=True, slots=True)
class _Shown:
    campaigns: tuple[CampaignDetail, ...]
    chosen: int | None
    which: str
    rows: tuple[CampaignRow, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    campaign: CampaignDetail
    said: str


class CampaignView(QWidget):
    """The page of campaigns."""

    back_asked = Signal()
    open_asked = Signal(int)
    inspect_asked = Signal(int)
    form_asked = Signal(object)
    paper_asked = Signal(int, str)
    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._found: tuple[CampaignDetail, ...] = ()
        self._rows: list[CampaignRow] = []
        self._is_filling = False
        self.back_button = Button("返回看板", "arrow-left", shortcut="Esc", key_only=True)
        self.new_button = PrimaryButton("新的专项整治", "plus", shortcut="Ctrl+N")
        self.head = PageHead("专项整治", self.back_button, self.new_button)
        self.message = Banner(Status.SUCCESS)
        self.campaigns = ShortTable("专项整治", _CAMPAIGNS)
        self.which = Segmented(
            [
                Choice(LEFT, "还没查"),
                Choice(UNDECIDED, "未定处置"),
                Choice(ALL, "全部"),
                Choice(SCHEDULE, "配档表"),
            ],
            small=True,
        )
        self.all_button = SmallButton("全选", "list-checks")
        self.table = ShortTable("范围里的对象", _ROWS, has_ticks=True)
        self.schedule = ShortTable("配档表", _TASKS)
        self.acts = CampaignActs(desk)

        self._arrange()

        self._connect()

    def begin(self, chosen: int | None = None, said: str = "") -> None:
        """Begin with the campaign that is named, else with the first that runs."""
        self.message.hide()
        if said:
            self.message.tell(Status.SUCCESS, said)
        self.which.set_value(LEFT)
        self.campaigns.setFocus()
        self._ask(chosen)

    def refresh(self) -> None:
        """Ask again; the chosen campaign and the ticks stay."""
        self._ask(None)

    def _ask(self, wanted: int | None) -> None:
        """Ask for the campaigns, and for the rows of the one that will be chosen."""
        desk, which, seen = self._desk, self._which(), max(len(self._rows), PAGE)
        kept = wanted if wanted is not None else self.campaigns.current_id()

        def ask(progress: Progress) -> _Shown:
            found = desk.campaigns.all(by=desk.actor)
            known = [one.id for one in found]
            chosen = kept if kept in known else known[0] if known else None
            rows = _page(desk, chosen, which, 0, seen) if chosen is not None and which != SCHEDULE else ()
            return _Shown(found, chosen, which, rows)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _ask_rows(self, offset: int) -> None:
        """Ask for the rows of the campaign that is chosen, from one on."""
        desk, campaign, which = self._desk, self._chosen(), self._which()
        if campaign is None or which == SCHEDULE:
            self._show_rows((), 0)
            return

        def ask(progress: Progress) -> tuple[CampaignRow, ...]:
            return _page(desk, campaign.id, which, offset, PAGE)

        def show(rows: tuple[CampaignRow, ...]) -> None:
            now = self._chosen()
            is_still_wanted = now is not None and (now.id, self._which()) == (campaign.id, which)
            if is_still_wanted and offset in {0, len(self._rows)}:
                self._show_rows(rows, offset)

        desk.jobs.run(ask, owner=self, done=show, failed=self._failed)

    def _which(self) -> str:
        return self.which.value() or LEFT

    def _arrange(self) -> None:
        self.campaigns.set_empty("还没有专项整治。按“新的专项整治”，写明阶段、范围和配档表。")
        tools = row(self.which, self.all_button, None)
        lists = column(
            Grow(self.campaigns, 2), tools, Grow(self.table, 4), Grow(self.schedule, 4), gap="small"
        )
        side = hold(box(column(Grow(Scrolled(self.acts)))), width="side_pane")
        self.setLayout(page(self.head, self.message, Grow(box(row(Grow(box(lists)), side, gap="medium")))))
        self.message.hide()
        self.schedule.hide()
        self.new_button.setEnabled(may(self._desk.actor, Right.PLAN))

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.new_button.clicked.connect(self._new_pressed)
        self.campaigns.selected.connect(self._campaign_chosen)
        self.which.changed.connect(self._which_chosen)
        self.all_button.clicked.connect(self._all_pressed)
        self.table.ticked.connect(self._tell)
        self.table.opened.connect(self._row_opened)
        self.table.more_asked.connect(self._ask_rows)
        self.acts.edit_asked.connect(self._edit_asked)
        self.acts.print_asked.connect(self._print_asked)
        self.acts.export_asked.connect(self._export_asked)
        self.acts.route_asked.connect(self._route_asked)
        self.acts.end_asked.connect(self._end_asked)

    def _arrived(self, shown: _Shown) -> None:
        self._found = shown.campaigns
        self._is_filling = True
        self.campaigns.show_rows([_campaign_line(one) for one in shown.campaigns])
        self.campaigns.choose(shown.chosen)
        self._is_filling = False
        running = sum(one.ended_on is None for one in shown.campaigns)
        self.head.set_subtitle(f"{running} 个没有收尾" if running else "")
        self._fit()
        if shown.which == self._which():
            self._show_rows(shown.rows, 0)
        self.shown.emit()

    def _campaign_chosen(self) -> None:
        if not self._is_filling:
            self._fit()
            self._ask_rows(0)

    def _chosen(self) -> CampaignDetail | None:
        wanted = self.campaigns.current_id()
        return next((one for one in self._found if one.id == wanted), None)

    def _which_chosen(self, which: str) -> None:
        self.table.tick_all(on=False)
        self._fit()
        self._ask_rows(0)

    def _fit(self) -> None:
        """Show which list is chosen, with the counts of the campaign that is chosen."""
        campaign, which = self._chosen(), self._which()
        is_schedule = which == SCHEDULE
        self.table.setVisible(not is_schedule)
        self.schedule.setVisible(is_schedule)
        self.all_button.setVisible(not is_schedule)
        self.schedule.set_empty("还没有排配档表，按 F2 加上。" if campaign is not None else "")
        today, tasks = self._desk.clock.today(), campaign.draft.tasks if campaign is not None else ()
        self.schedule.show_rows([_task_line(place, one, today) for place, one in enumerate(tasks, 1)])
        for code, words, count in (
            (LEFT, "还没查", campaign.counts.left if campaign is not None else 0),
            (UNDECIDED, "未定处置", campaign.counts.undecided if campaign is not None else 0),
        ):
            self.which.set_label(code, f"{words} {count}" if count else words)
        self._tell()

    def _show_rows(self, rows: tuple[CampaignRow, ...], offset: int) -> None:
        self._rows = self._rows[:offset] + list(rows)
        self.table.set_empty(_EMPTY[self._which()] if self._chosen() is not None else "")
        self.table.show_page([_row_line(one) for one in rows], offset, size=PAGE)
        # A page that is full may have others after it: what is ticked is then said to be no more than this.
        is_all = len(self._rows) < offset + PAGE
        self.all_button.setText("全选" if is_all else f"选中这 {len(self._rows)} 户")
        self._tell()

    def _tell(self) -> None:
        self.acts.tell_about(self._chosen(), len(self.table.ticked_ids()))

    def _all_pressed(self) -> None:
        self.table.tick_all(on=len(self.table.ticked_ids()) < len(self.table.model.rows))

    def _row_opened(self, establishment_id: int) -> None:
        """Begin the inspection of who is left; the list of the undecided leads to the dossiers."""
        is_left = any(one.is_left for one in self._rows if one.who.id == establishment_id)
        if is_left and self._which() != UNDECIDED and may(self._desk.actor, Right.INSPECT):
            self.inspect_asked.emit(establishment_id)
        else:
            self.open_asked.emit(establishment_id)

    def _new_pressed(self) -> None:
        self.form_asked.emit(None)

    def _edit_asked(self) -> None:
        self.form_asked.emit(self._chosen())

    def _print_asked(self) -> None:
        campaign = self._chosen()
        if campaign is not None:
            self.paper_asked.emit(campaign.id, campaign.draft.name)

    def _export_asked(self) -> None:
        desk, campaign = self._desk, self._chosen()
        if campaign is None:
            return
        target = desk.exports / f"专项整治{campaign.id}.xlsx"

        def export(progress: Progress) -> _Done:
            desk.exports.mkdir(parents=True, exist_ok=True)
            desk.campaigns.export(campaign.id, target, by=desk.actor)
            return _Done(campaign, f"配档表、进展和全覆盖名单已写到 {target}。")

        self._do(export, "导出专项整治")

    def _route_asked(self, route: str) -> None:
        desk, campaign, ids = self._desk, self._chosen(), self.table.ticked_ids()
        if campaign is None or not ids:
            return

        def decide(progress: Progress) -> _Done:
            now = desk.campaigns.decide(campaign.id, ids, route, by=desk.actor)
            return _Done(now, f"{len(ids)} 户的处置意见已定下，还有 {now.counts.undecided} 户未定。")

        self._do(decide, "定处置意见")

    def _end_asked(self, conclusion: str) -> None:
        desk, campaign = self._desk, self._chosen()
        if campaign is None:
            return

        def end(progress: Progress) -> _Done:
            today = desk.clock.today()
            now = desk.campaigns.end(campaign.id, on=today, conclusion=conclusion, by=desk.actor)
            return _Done(now, f"“{now.draft.name}”已收尾。")

        self._do(end, "专项整治收尾")

    def _do(self, act: Callable[[Progress], _Done], label: str) -> None:
        self.message.hide()
        self._desk.jobs.run(act, owner=self, done=self._done, failed=self._failed, label=label)

    def _done(self, done: _Done) -> None:
        self.message.tell(Status.SUCCESS, done.said)
        self.table.tick_all(on=False)
        self._ask(done.campaign.id)

    def _failed(self, error: Exception) -> None:
        self.message.tell(Status.DANGER, str(error))


def _page(
    desk: RectificationDesk, campaign: int, which: str, offset: int, limit: int
) -> tuple[CampaignRow, ...]:
    shows = CampaignShows(which)
    return desk.campaigns.page(campaign, shows, by=desk.actor, offset=offset, limit=limit)


def _campaign_line(one: CampaignDetail) -> ShortRow:
    if one.ended_on is not None:
        time = ChipText(one.countdown.words, "flag", Status.NEUTRAL)
    elif one.countdown.is_late:
        time = ChipText(one.countdown.words, "alarm-clock", Status.DANGER)
    else:
        time = ChipText(one.countdown.words, "hourglass", Status.INFO)
    counts = one.counts
    left = counts.left
    word = f"还剩 {left} 户" if left else "都查过了"
    part = counts.covered / counts.total if counts.total else 0.0
    gauge = Gauge(part, word, f"{counts.total} 户", Status.INFO if left else Status.SUCCESS)
    return ShortRow(one.id, (one.draft.name, time, gauge))


def _row_line(one: CampaignRow) -> ShortRow:
    if one.visited_on is not None:
        seen = ChipText(f"{one.visited_on.month}月{one.visited_on.day}日", "check", Status.SUCCESS)
    elif one.is_left:
        seen = ChipText("还没查", "clock", Status.WARNING)
    else:
        seen = ChipText("已不经营", "circle-stop", Status.NEUTRAL)
    is_open = one.is_undecided
    standing = ChipText(
        "已登记" if one.who.is_registered else one.who.route.label,
        "badge-check" if one.who.is_registered else "circle-help" if is_open else "route",
        Status.SUCCESS if one.who.is_registered else Status.WARNING if is_open else Status.INFO,
    )
    open_count = str(one.open_count) if one.open_count else ""
    return ShortRow(one.who.id, (one.who.title, one.who.village, seen, open_count, standing))


def _task_line(place: int, one: Task, today: date) -> ShortRow:
    if one.starts_on is not None and today < one.starts_on:
        state = ChipText("还没到", "calendar", Status.NEUTRAL)
    elif today <= one.ends_on:
        left = (one.ends_on - today).days
        state = ChipText(f"还有 {left} 天" if left else "今天到期", "hourglass", Status.INFO)
    else:
        state = ChipText("时间已过", "flag", Status.NEUTRAL)
    return ShortRow(place, (one.when, one.focus, one.measures, state))
