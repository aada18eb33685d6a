"""检查人员名录: who may be drawn to inspect, and whom each stays away from."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.rectification.inspectors import InspectorRow
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

_COLUMNS = (
    ShortColumn("姓名", 6, is_strong=True),
    ShortColumn("单位", 8, grows=True),
    ShortColumn("执法证号", 8, is_muted=True, is_spare=True),
    ShortColumn("回避", 8),
    ShortColumn("在岗", 7),
)


class InspectorView(QWidget):
    """The page of the list of inspectors."""

    back_asked = Signal()
    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[int, InspectorRow] = {}
        self.back_button = Button("返回抽取", "arrow-left", shortcut="Esc", key_only=True)
        self.leave_button = Button("离岗", "user-x")
        self.head = PageHead("检查人员名录", self.back_button, self.leave_button)
        self.message = Banner(Status.SUCCESS)
        self.table = ShortTable("检查人员名录", _COLUMNS)
        self.name = TextField("姓名", most=20, required=True)
        self.unit = TextField("单位", most=40)
        self.card_number = TextField("执法证号", most=40)
        self.form = FormGrid()
        self.add_button = PrimaryButton("加入名录", "user-plus", shortcut="Ctrl+Enter")
        self.whose = TextField("回避哪一户", most=40, required=True, hint="档案编号、店名或者首字母。")
        self.reason = TextField("与这一户的关系", most=60, required=True)
        self.away_form = FormGrid()
        self.away_button = SmallButton("登记回避", "user-x")
        self.recusals = Words("", role="muted", wraps=True)

        self._arrange()

        self._connect()

    def begin(self) -> None:
        self.message.hide()
        self.name.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the list."""
        desk = self._desk

        def ask(progress: Progress) -> tuple[InspectorRow, ...]:
            return desk.inspectors.all(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _arrange(self) -> None:
        self.table.set_empty("名录还是空的。双随机从名录里抽检查人员，先在右边加入两名以上。")
        self.form.add(self.name, self.unit, self.card_number, wide=True)
        self.away_form.add(self.whose, self.reason, wide=True)
        adding, away = Panel("加入一名"), Panel("登记回避", note="左边选中的人")
        adding.add(self.form, row(None, self.add_button))
        away.add(self.recusals, self.away_form, row(None, self.away_button))
        side = hold(box(column(Grow(Scrolled(adding, away, None)))), width="side_pane")
        self.setLayout(page(self.head, self.message, Grow(box(row(Grow(self.table), side, gap="medium")))))
        self.message.hide()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.add_button.clicked.connect(self._add_pressed)
        self.leave_button.clicked.connect(self._leave_pressed)
        self.away_button.clicked.connect(self._away_pressed)
        self.table.selected.connect(self._fit)
        self.form.finished.connect(self.add_button.setFocus)
        self.away_form.finished.connect(self.away_button.setFocus)

    def _arrived(self, rows: tuple[InspectorRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        self.table.show_rows([_line(one) for one in rows])
        on_duty = sum(one.left_on is None for one in rows)
        self.head.set_subtitle(f"在岗 {on_duty} 人" if rows else "")
        self._fit()
        self.shown.emit()

    def _chosen(self) -> InspectorRow | None:
        return self._rows.get(self.table.current_id() or 0)

    def _fit(self) -> None:
        may_plan, chosen = may(self._desk.actor, Right.PLAN), self._chosen()
        self.add_button.setEnabled(may_plan)
        self.away_button.setEnabled(may_plan and chosen is not None)
        self.leave_button.setEnabled(may_plan and chosen is not None and chosen.left_on is None)
        away = chosen.recusals if chosen is not None else ()
        self.recusals.setText("；".join(f"{one.title}：{one.reason}" for one in away))
        self.recusals.setVisible(bool(away))

    def _add_pressed(self) -> None:
        self.form.clear_errors()
        if not self.name.value().strip():
            self.name.show_error("请填姓名。")
            self.form.show_first_error()
            return
        desk = self._desk
        name, unit, card_number = self.name.value(), self.unit.value(), self.card_number.value()

        def add(progress: Progress) -> str:
            desk.inspectors.add(name, unit=unit, card_number=card_number, by=desk.actor)
            return f"“{name}”已加入检查人员名录。"

        self._do(add)

    def _leave_pressed(self) -> None:
        desk, chosen = self._desk, self._chosen()
        if chosen is None:
            return

        def leave(progress: Progress) -> str:
            desk.inspectors.leave(chosen.name, on=desk.clock.today(), by=desk.actor)
            return f"“{chosen.name}”已离岗，以后不再抽到；再加入一次就恢复。"

        self._do(leave)

    def _away_pressed(self) -> None:
        self.away_form.clear_errors()
        desk, chosen, typed = self._desk, self._chosen(), self.whose.value().strip()
        reason = self.reason.value().strip()
        if not typed:
            self.whose.show_error("请填回避哪一户。")
        if not reason:
            self.reason.show_error("请填与这一户的关系。")
        if self.away_form.show_first_error() or chosen is None:
            return

        def keep_away(progress: Progress) -> str:
            hits = desk.establishments.find(typed, by=desk.actor, limit=2)
            if len(hits) != 1:
                raise UserError(f"按“{typed}”{'找到不止一户' if hits else '没有找到'}，请写完整的档案编号")
            desk.inspectors.keep_away(chosen.name, hits[0].id, reason=reason, by=desk.actor)
            return f"“{chosen.name}”对“{hits[0].title}”回避，不会抽到，也不能记为检查人。"

        self._do(keep_away)

    def _do(self, act: Callable[[Progress], str]) -> None:
        self.message.hide()
        self._desk.jobs.run(act, owner=self, done=self._done, failed=self._failed, label="检查人员名录")

    def _done(self, said: str) -> None:
        for field in (self.name, self.unit, self.card_number, self.whose, self.reason):
            field.set_value("")
        self.message.tell(Status.SUCCESS, said)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._fit()
        self.message.tell(Status.DANGER, str(error))


def _line(one: InspectorRow) -> ShortRow:
    away = f"{len(one.recusals)} 户" if one.recusals else ""
    left = f"{one.left_on} 离岗" if one.left_on else "在岗"
    return ShortRow(one.id, (one.name, one.unit, one.card_number, away, left))
