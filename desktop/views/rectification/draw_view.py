"""随机抽取 (双随机): the draws that were made, whom each drew and what is left; beside them a new one."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.planning.drawn_rows import PAGE, DrawnRow
from desktop.services.planning.draws import DrawDetail, DrawRow, Repeated
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.chips import ChipText
from desktop.views.kit.panels import Banner, PageHead, page
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.draw_form import DrawForm, DrawOrder
from desktop.views.registration.short_model import Gauge, ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

_DRAWS = (
    ShortColumn("名称", 8, grows=True, is_strong=True),
    ShortColumn("日期", 6),
    ShortColumn("范围", 18, is_muted=True, is_spare=True),
    ShortColumn("进度", 9),
)
_DRAWN = (
    ShortColumn("序号", 3),
    ShortColumn("名称", 8, grows=True, is_strong=True),
    ShortColumn("村（社区）", 6, is_muted=True, is_spare=True),
    ShortColumn("检查人员", 8),
    ShortColumn("结果", 8),
)


@dataclass(frozen=True, slots=True)
class _Shown:
    draws: tuple[DrawRow, ...]
    chosen: DrawDetail | None


class DrawView(QWidget):
    """The page of random draws."""

    back_asked = Signal()
    open_asked = Signal(int)
    visit_asked = Signal(object)
    """One that was drawn and is to be visited: ``DrawnRow``."""

    inspectors_asked = Signal()
    shown = Signal()
    drawn = Signal(object)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._chosen: DrawDetail | None = None
        self._rows: list[DrawnRow] = []
        self.back_button = Button("返回看板", "arrow-left", shortcut="Esc", key_only=True)
        self.inspectors_button = Button("检查人员", "users", shortcut="Ctrl+L")
        self.export_button = Button("导出名单", "file-spreadsheet", shortcut="Ctrl+P")
        self.repeat_button = Button("重抽核对", "refresh-cw", shortcut="Ctrl+R")
        self.head = PageHead(
            "随机抽取", self.back_button, self.inspectors_button, self.export_button, self.repeat_button
        )
        self.message = Banner(Status.SUCCESS)
        self.draws = ShortTable("抽取记录", _DRAWS)
        self.about = ShortWords("", role="muted")
        self.names = ShortTable("抽到的对象", _DRAWN)
        self.form = DrawForm(desk)

        self._arrange()

        self._connect()

    def begin(self) -> None:
        """Begin with the newest draw in sight."""
        self.message.hide()
        self._chosen = None
        self.form.begin()
        self.form.take_focus()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the draws and for the names of the chosen one, else of the newest."""
        self._ask(self._chosen.draw.id if self._chosen is not None else None)

    def _ask(self, wanted: int | None) -> None:
        desk = self._desk

        def ask(progress: Progress) -> _Shown:
            draws = desk.draws.all(by=desk.actor)
            known = [one.id for one in draws]
            number = wanted if wanted in known else known[0] if known else None
            return _Shown(draws, desk.draws.detail(number, by=desk.actor) if number is not None else None)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _arrange(self) -> None:
        self.draws.set_empty("还没有抽取过。在右边填好范围、数量和种子，按“抽取”。")
        lists = column(Grow(self.draws, 2), self.about, Grow(self.names, 3), gap="small")
        side = hold(box(column(self.form)), width="side_pane")
        self.setLayout(page(self.head, self.message, Grow(box(row(Grow(box(lists)), side, gap="medium")))))
        self.message.hide()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.inspectors_button.clicked.connect(self.inspectors_asked)
        self.export_button.clicked.connect(self._export_pressed)
        self.repeat_button.clicked.connect(self._repeat_pressed)
        self.draws.selected.connect(self._draw_chosen)
        self.names.opened.connect(self._name_opened)
        self.names.more_asked.connect(self._more_asked)
        self.form.asked.connect(self._draw_asked)

    def _arrived(self, found: _Shown) -> None:
        self._chosen = found.chosen
        self.draws.show_rows([_draw_line(one) for one in found.draws])
        self._rows = list(found.chosen.rows) if found.chosen is not None else []
        if found.chosen is not None:
            self.draws.choose(found.chosen.draw.id)
        self.names.show_page([_name_line(one) for one in self._rows], 0, size=PAGE)
        self.about.setText(_about(found.chosen.draw) if found.chosen is not None else "")
        left = sum(one.left for one in found.draws)
        self.head.set_subtitle(f"还有 {left} 户没有查" if left else "")
        self.export_button.setEnabled(found.chosen is not None and may(self._desk.actor, Right.EXPORT))
        self.repeat_button.setEnabled(found.chosen is not None and may(self._desk.actor, Right.PLAN))
        self.shown.emit()

    def _draw_chosen(self) -> None:
        wanted = self.draws.current_id()
        if wanted is not None and (self._chosen is None or wanted != self._chosen.draw.id):
            self.message.hide()
            self._ask(wanted)

    def _more_asked(self, offset: int) -> None:
        desk, chosen = self._desk, self._chosen
        if chosen is None:
            return

        def ask(progress: Progress) -> tuple[DrawnRow, ...]:
            return desk.draws.page(chosen.draw.id, by=desk.actor, offset=offset)

        def show(rows: tuple[DrawnRow, ...]) -> None:
            if chosen is self._chosen and len(self._rows) == offset:
                self._rows += rows
                self.names.show_page([_name_line(one) for one in rows], offset, size=PAGE)

        desk.jobs.run(ask, owner=self, done=show, failed=self._failed)

    def _name_opened(self, place: int) -> None:
        """Begin the visit of who is left; who was visited shows the dossier."""
        found = next((one for one in self._rows if one.place == place), None)
        if found is None:
            return
        if found.is_left and may(self._desk.actor, Right.INSPECT):
            self.visit_asked.emit(found)
        else:
            self.open_asked.emit(found.establishment_id)

    def _draw_asked(self, order: DrawOrder) -> None:
        desk = self._desk
        self.message.hide()

        def draw(progress: Progress) -> DrawDetail:
            return desk.draws.draw(
                order.scope,
                order.quota,
                seed=order.seed,
                on=order.on,
                title=order.title,
                purpose=order.purpose,
                with_inspectors=order.with_inspectors,
                by=desk.actor,
            )

        desk.jobs.run(draw, owner=self, done=self._drawn, failed=self._failed, label="抽取检查对象")

    def _drawn(self, detail: DrawDetail) -> None:
        self._chosen = detail
        self.form.begin()
        one = detail.draw
        self.message.tell(Status.SUCCESS, f"从 {one.candidates} 户里抽出 {one.total} 户，已记录在案。")
        self.names.setFocus()
        self.refresh()
        self.drawn.emit(detail)

    def _repeat_pressed(self) -> None:
        desk, chosen = self._desk, self._chosen
        if chosen is None:
            return

        def repeat(progress: Progress) -> Repeated:
            return desk.draws.repeat(chosen.draw.id, by=desk.actor)

        desk.jobs.run(repeat, owner=self, done=self._repeated, failed=self._failed)

    def _repeated(self, again: Repeated) -> None:
        self.message.tell(Status.SUCCESS if again.is_same else Status.DANGER, f"{again.words}。")

    def _export_pressed(self) -> None:
        desk, chosen = self._desk, self._chosen
        if chosen is None:
            return
        target = desk.exports / f"随机抽取{chosen.draw.id}.xlsx"

        def export(progress: Progress) -> Path:
            desk.exports.mkdir(parents=True, exist_ok=True)
            desk.draws.export(chosen.draw.id, target, by=desk.actor)
            return target

        desk.jobs.run(export, owner=self, done=self._exported, failed=self._failed, label="导出名单")

    def _exported(self, target: Path) -> None:
        self.message.tell(Status.SUCCESS, f"名单和候选名单已写到 {target}。")

    def _failed(self, error: Exception) -> None:
        self.form.allow()
        self.message.tell(Status.DANGER, str(error))


def _about(one: DrawRow) -> str:
    return (
        f"{one.candidates} 户抽 {one.total} 户　种子“{one.seed}”　{one.drawn_by} 抽取　"
        f"算法 {one.algorithm}　摘要 {one.digest[:12]}"
    )


def _draw_line(one: DrawRow) -> ShortRow:
    status = Status.SUCCESS if not one.left else Status.INFO
    word = f"还剩 {one.left} 户" if one.left else "都查过了"
    gauge = Gauge((one.total - one.left) / one.total, word, f"{one.total} 户", status)
    return ShortRow(one.id, (one.title, one.drawn_on.isoformat(), one.scope, gauge))


def _name_line(one: DrawnRow) -> ShortRow:
    if one.done_on is not None:
        has_found = one.result.startswith("查出")
        status = Status.WARNING if has_found else Status.SUCCESS
        result = ChipText(one.result, "circle-alert" if has_found else "check", status)
    elif one.is_left:
        result = ChipText("待检查", "clock", Status.INFO)
    else:
        result = ChipText(one.result, "circle-stop", Status.NEUTRAL)
    return ShortRow(one.place, (str(one.place), one.title, one.village, "、".join(one.inspectors), result))
