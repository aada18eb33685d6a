"""调查轮次: how far the round has come by village, the rounds there are, and opening a new one."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.services.rights import Right, may
from desktop.services.survey.rounds import RoundProgress, SurveyRow
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, grid, hold, row, rule
from desktop.views.kit.buttons import Button, QuietButton, SmallButton
from desktop.views.kit.drawing import RIGHT
from desktop.views.kit.fields import DateField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner
from desktop.views.kit.popover import Popover
from desktop.views.kit.progress import Bar
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words
from desktop.views.survey.desk import SurveyDesk

MOST_ROUNDS = 4
"""How many rounds are listed; older ones are history, which the dossiers tell."""

MOST_BARS = 12
"""More villages than this scroll."""


@dataclass(frozen=True, slots=True)
class RoundsNow:
    """The rounds, and how far the one under way has come."""

    rounds: tuple[SurveyRow, ...]
    progress: RoundProgress | None


class RoundsPane(Popover):
    """Opens under the line in the head; Esc closes it."""

    changed = Signal()

    def __init__(self, desk: SurveyDesk) -> None:
        super().__init__()
        self._desk = desk
        self._to_close: int | None = None
        self._shown: QWidget | None = None
        self.close_buttons: dict[SmallButton, SurveyRow] = {}
        self._close = QuietButton("收起（Esc）", "x")
        self._title = ShortWords(size="type_record", strong=True)
        self._place = column(gap="medium")
        self.name = TextField("新一轮的名称", most=30, required=True)
        self.starts_on = DateField("开始", read_date, required=True)
        self.ends_on = DateField("结束", read_date, hint="不填就一直开着")
        self.open_button = Button("开新一轮", "plus")
        self.refused = Banner(Status.DANGER)
        self._form = FormGrid()

        self._arrange()

        self._close.clicked.connect(self.close)
        self.open_button.clicked.connect(self._open_pressed)
        self._form.finished.connect(self.open_button.setFocus)

    def show_rounds(self, now: RoundsNow) -> None:
        """Show what there is; what is being typed for a new round stays."""
        progress = now.progress
        self._title.setText(progress.round.name if progress else "没有进行中的调查轮次")
        self.close_buttons.clear()
        self._to_close = None
        parts: list[QWidget] = []
        if progress is not None:
            parts += [_bars(progress), rule()]
        parts.append(self._rounds(now))
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = box(column(*parts, gap="medium"))
        self._place.addWidget(self._shown)
        if self.isVisible():
            self._shown.show()
            self.adjustSize()

    def start(self, anchor: QWidget) -> None:
        """Open under a control."""
        self.refused.hide()
        self._form.clear_errors()
        if not self.starts_on.value():
            self.starts_on.set_day(self._desk.clock.today())
        self.open_below(anchor, right=True)
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def _arrange(self) -> None:
        self._form.add(self.name, wide=True)
        self._form.add(self.starts_on, self.ends_on)
        head = row(Grow(self._title), self._close)
        self._new = box(column(rule(), self._form, row(None, self.open_button), gap="medium"))
        parts = (head, self._place, self.refused, self._new)
        self.setLayout(column(*parts, gap="medium", margins="medium"))
        hold(self, width="form_pane")
        self.refused.hide()
        self._new.setVisible(self._may_change())

    def _may_change(self) -> bool:
        return may(self._desk.actor, Right.SURVEY) and self._desk.actor.village_id is None

    def _rounds(self, now: RoundsNow) -> QWidget:
        lines = grid(gap="small")
        lines.setColumnStretch(1, 1)
        current = now.progress.round.id if now.progress else None
        for place, one in enumerate(now.rounds[:MOST_ROUNDS]):
            state = "已关闭" if one.is_closed else "进行中" if one.id == current else "不在期内"
            until = f"{one.ends_on}" if one.ends_on else "今后"
            lines.addWidget(ShortWords(one.name), place, 0)
            lines.addWidget(Words(f"{one.starts_on} 到 {until}", role="muted"), place, 1)
            lines.addWidget(Words(state, role="success" if state == "进行中" else "muted"), place, 2)
            if not one.is_closed and self._may_change():
                lines.addWidget(self._close_button(one), place, 3)
        return box(lines)

    def _close_button(self, one: SurveyRow) -> SmallButton:
        button = SmallButton("关闭这轮")
        button.setAccessibleName(f"关闭这轮：{one.name}")
        button.clicked.connect(self._close_pressed)
        self.close_buttons[button] = one
        return button

    def _close_pressed(self) -> None:
        """Close at the second press: a closed round is not opened again."""
        pressed = self.sender()
        if not isinstance(pressed, SmallButton):
            return
        chosen = self.close_buttons[pressed]
        if self._to_close != chosen.id:
            self._to_close = chosen.id
            pressed.setText("再按一次关闭")
            return
        desk = self._desk

        def end(progress: Progress) -> None:
            desk.surveys.close_round(chosen.id, by=desk.actor)

        desk.jobs.run(end, owner=self, done=self._is_done, failed=self._refuse)

    def _open_pressed(self) -> None:
        self.refused.hide()
        self._form.clear_errors()
        starts_on, ends_on = self.starts_on.day(), self.ends_on.day()
        if not self.name.value():
            self.name.show_error("请填名称，如“2019年摸底调查”。")
        if starts_on is None and not self.starts_on.error:
            self.starts_on.show_error("请填开始的日期。")
        if self._form.show_first_error() or starts_on is None:
            return
        desk, name = self._desk, self.name.value()

        def begin(progress: Progress) -> None:
            desk.surveys.open_round(name=name, starts_on=starts_on, ends_on=ends_on, by=desk.actor)

        self.open_button.setEnabled(False)
        desk.jobs.run(begin, owner=self, done=self._is_opened, failed=self._refuse, label="开新一轮")

    def _is_opened(self, nothing: None) -> None:
        self.name.set_value("")
        self.ends_on.set_value("")
        self._is_done(nothing)

    def _is_done(self, nothing: None) -> None:
        self.open_button.setEnabled(True)
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self.open_button.setEnabled(True)
        self.refused.tell(Status.DANGER, str(error))
        self.adjustSize()


def _bars(progress: RoundProgress) -> QWidget:
    """Return a bar for each village that has anybody to visit."""
    lines = grid(gap="close")
    lines.setColumnStretch(1, 1)
    for place, one in enumerate(village for village in progress.villages if village.total):
        bar = Bar()
        bar.show_part(one.answered / one.total)
        bar.setAccessibleName(f"{one.village}：已调查 {one.answered}，共 {one.total} 户")
        count = Words(f"{one.answered} / {one.total} 户")
        count.setAlignment(RIGHT)
        for at, piece in enumerate((Words(one.village), bar, count)):
            lines.addWidget(piece, place, at)
    return scrolling(column(lines, None)) if len(progress.villages) > MOST_BARS else box(lines)
