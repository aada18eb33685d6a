"""年度计划: who must be inspected and sampled how often this year, how far it has come, what is left."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.planning.year_plans import PAGE, PlanDetail, PlanPart, PlanRow, PlanShows
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, IconButton
from desktop.views.kit.chips import ChipText
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Banner, PageHead, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.table_filter import ValueFilter
from desktop.views.kit.tokens import Status
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.plan_acts import PlanActs
from desktop.views.rectification.plan_form import PlanForm, PlanOrder
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

_LEFT, _LATE, _ALL = PlanShows.LEFT, PlanShows.LATE, PlanShows.ALL
_COLUMNS = (
    ShortColumn("名称", 8, grows=True, is_strong=True),
    ShortColumn("村（社区）", 6, is_muted=True, is_spare=True),
    ShortColumn("等级", 4),
    ShortColumn("依据", 9, is_muted=True, is_spare=True),
    ShortColumn("检查", 4),
    ShortColumn("下次期限", 8),
    ShortColumn("抽检", 4),
)
_LEVEL_STATUS = (Status.SUCCESS, Status.INFO, Status.WARNING, Status.DANGER)
_EMPTY = {
    _LEFT: "没有还没查够的。",
    _LATE: "没有过了期限还没查的。",
    _ALL: "这个计划里一户也没有。",
}


@dataclass(frozen=True, slots=True)
class _Shown:
    plan: PlanDetail
    part: PlanPart
    rows: tuple[PlanRow, ...]


class PlanView(QWidget):
    """The page of a year's plan."""

    back_asked = Signal()
    open_asked = Signal(int)
    inspect_asked = Signal(int)
    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._year = desk.clock.today().year
        self._rows: list[PlanRow] = []
        self.back_button = Button("返回看板", "arrow-left", shortcut="Esc", key_only=True)
        self.export_button = Button("导出计划", "file-spreadsheet", shortcut="Ctrl+P")
        self.head = PageHead("年度计划", self.back_button, self.export_button)
        self.message = Banner(Status.SUCCESS)
        self.before_button = IconButton("上一年", "chevron-left")
        self.after_button = IconButton("下一年", "chevron-right")
        self.which = Segmented(
            [Choice(_LEFT, "还没查够"), Choice(_LATE, "已过期限"), Choice(_ALL, "全部")], small=True
        )
        risk = desk.profile.risk
        listed = [(level.code, level.label) for level in risk.levels]
        listed += [(sign.code, sign.label) for sign in risk.signs]
        self.risk = ValueFilter("风险", listed, everything="全部风险", several="{} 项", size="")
        self.table = ShortTable("年度计划", _COLUMNS)
        self.form = PlanForm(desk)
        self.acts = PlanActs(desk)

        self._arrange()

        self._connect()

    def begin(self) -> None:
        """Begin with this year."""
        self.message.hide()
        self._year, self.form.year = self._desk.clock.today().year, 0
        self.which.set_value(_LEFT)
        self.acts.begin()
        self.table.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the plan of the year that is shown."""
        desk, year, part, seen = self._desk, self._year, self._part(), max(len(self._rows), PAGE)

        def ask(progress: Progress) -> _Shown:
            plan = desk.year_plans.plan(year, by=desk.actor)
            return _Shown(plan, part, desk.year_plans.page(year, part, by=desk.actor, limit=seen))

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _arrange(self) -> None:
        self.risk.setAccessibleName("风险等级和清单")
        years = row(self.before_button, self.after_button)
        tools = row(self.which, hold(self.risk, width="rail"), None, years, gap="small")
        side = hold(box(column(Grow(Scrolled(self.form, self.acts, None)))), width="side_pane")
        lists = column(tools, Grow(self.table), gap="small")
        self.setLayout(page(self.head, self.message, Grow(box(row(Grow(box(lists)), side, gap="medium")))))
        self.message.hide()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.export_button.clicked.connect(self._export_pressed)
        self.before_button.clicked.connect(self._before_pressed)
        self.after_button.clicked.connect(self._after_pressed)
        self.which.changed.connect(self._part_chosen)
        self.risk.chosen.connect(self._part_chosen)
        self.table.more_asked.connect(self._ask_rows)
        self.table.selected.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)
        self.form.asked.connect(self._decide_asked)
        self.acts.done.connect(self._acted)
        self.acts.failed.connect(self._failed)

    def _before_pressed(self) -> None:
        self._year -= 1
        self.refresh()

    def _after_pressed(self) -> None:
        self._year += 1
        self.refresh()

    def _part(self) -> PlanPart:
        return PlanPart(PlanShows(self.which.value() or _LEFT), marks=tuple(self.risk.ticked))

    def _part_chosen(self) -> None:
        """Show the rows that are wanted."""
        self._ask_rows(0)

    def _ask_rows(self, offset: int) -> None:
        desk, year, part = self._desk, self._year, self._part()

        def ask(progress: Progress) -> tuple[PlanRow, ...]:
            return desk.year_plans.page(year, part, by=desk.actor, offset=offset)

        def show(rows: tuple[PlanRow, ...]) -> None:
            if (year, part) == (self._year, self._part()) and offset in {0, len(self._rows)}:
                self._show_rows(rows, offset)

        desk.jobs.run(ask, owner=self, done=show, failed=self._failed)

    def _arrived(self, found: _Shown) -> None:
        plan = found.plan
        if (plan.year, found.part) != (self._year, self._part()):
            return  # another year or part was asked for meanwhile
        if self.form.year != plan.year:  # what somebody is typing is never overwritten
            self.form.show_plan(plan)
        so_far = f"{plan.total} 户，查过 {plan.covered} 户，还剩 {plan.left} 次"
        self.head.set_title(f"{plan.year} 年度计划")
        self.head.set_subtitle(so_far if plan.decided_on else "还没有定计划")
        self.export_button.setEnabled(bool(plan.total) and may(self._desk.actor, Right.EXPORT))
        self._show_rows(found.rows, 0)
        self.shown.emit()

    def _show_rows(self, rows: tuple[PlanRow, ...], offset: int) -> None:
        today = self._desk.clock.today()
        codes = [level.code for level in self._desk.profile.risk.levels]
        lines = [_line(row, codes, today) for row in rows]
        self._rows = self._rows[:offset] + list(rows)
        self.table.set_empty(_EMPTY[self._part().shows])
        self.table.show_page(lines, offset, size=PAGE)

    def _chosen(self) -> PlanRow | None:
        wanted = self.table.current_id()
        return next((row for row in self._rows if row.who.id == wanted), None)

    def _row_chosen(self) -> None:
        self.acts.tell_about(self._chosen())

    def _row_opened(self, establishment_id: int) -> None:
        """Begin the inspection of who is left; else show the dossier."""
        chosen = self._chosen()
        if chosen is not None and chosen.left and may(self._desk.actor, Right.INSPECT):
            self.inspect_asked.emit(establishment_id)
        else:
            self.open_asked.emit(establishment_id)

    def _decide_asked(self, order: PlanOrder) -> None:
        desk, year, part = self._desk, self._year, self._part()
        self.message.hide()

        def decide(progress: Progress) -> _Shown:
            plan = desk.year_plans.decide(
                year,
                order.times,
                on=order.on,
                kinds=order.kinds,
                note=order.note,
                version=order.version,
                by=desk.actor,
            )
            return _Shown(plan, part, desk.year_plans.page(year, part, by=desk.actor))

        desk.jobs.run(decide, owner=self, done=self._decided, failed=self._failed, label="定年度计划")

    def _decided(self, found: _Shown) -> None:
        plan = found.plan
        said = f"{plan.year} 年的计划已定，{plan.total} 户还要查 {plan.left} 次。"
        self.message.tell(Status.SUCCESS, said)
        self.form.show_plan(plan)
        self._arrived(found)

    def _acted(self, said: str) -> None:
        self.message.tell(Status.SUCCESS, said)
        self.refresh()

    def _export_pressed(self) -> None:
        desk, year = self._desk, self._year
        target = desk.exports / f"{year}年度计划.xlsx"

        def export(progress: Progress) -> Path:
            desk.exports.mkdir(parents=True, exist_ok=True)
            desk.year_plans.export(year, target, by=desk.actor)
            return target

        desk.jobs.run(export, owner=self, done=self._exported, failed=self._failed, label="导出计划")

    def _exported(self, target: Path) -> None:
        self.message.tell(Status.SUCCESS, f"计划已写到 {target}。")

    def _failed(self, error: Exception) -> None:
        self.form.allow()
        self.message.tell(Status.DANGER, str(error))


def _line(row: PlanRow, codes: list[str], today: date) -> ShortRow:
    return ShortRow(
        row.who.id,
        (
            row.who.title,
            row.who.village,
            _level(row, codes),
            row.risk.reasons,
            f"{row.done}/{row.wanted}",
            _due(row, is_late=row.due_on is not None and row.due_on < today),
            f"{row.samples_done}/{row.samples_wanted}" if row.samples_wanted else "",
        ),
    )


def _level(row: PlanRow, codes: list[str]) -> ChipText:
    place = min(codes.index(row.risk.level.code), len(_LEVEL_STATUS) - 1)
    icon = "user-check" if row.risk.is_decided else "gauge"
    return ChipText(row.risk.level.label, icon, _LEVEL_STATUS[place])


def _due(row: PlanRow, *, is_late: bool) -> ChipText | str:
    if row.due_on is None:
        return ""
    words = f"{row.due_on.month}月{row.due_on.day}日"
    if is_late:
        return ChipText(f"{words}已过", "alarm-clock", Status.DANGER)
    return ChipText(f"{words}前", "clock", Status.NEUTRAL)
