"""通知名单: whom to call or to write to, the words to paste, and who was told by whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.messages import Means, Occasion
from desktop.domain.wall import WallFilters
from desktop.services.rectification.messages import MessageRow
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.choices import Choice, ChoiceField, Segmented
from desktop.views.kit.fields import DateField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

_COLUMNS = (
    ShortColumn("名称", 8, grows=True, is_strong=True),
    ShortColumn("经营者", 5, is_spare=True),
    ShortColumn("村（社区）", 6, is_muted=True, is_spare=True),
    ShortColumn("电话", 7),
    ShortColumn("日期", 7),
    ShortColumn("已通知", 8, is_muted=True),
)
_EMPTY = {
    Occasion.DUE: "没有逾期或者五个工作日内到期的整改。",
    Occasion.EXPIRING: "没有快到期的证卡。",
    Occasion.COLLECT: "没有等领取的证卡。",
}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list with what it was asked for: numbers of cases and of papers are the same numbers."""

    occasion: Occasion
    filters: WallFilters
    rows: tuple[MessageRow, ...]


class MessageView(QWidget):
    """The page of the message lists; the program itself sends nothing."""

    back_asked = Signal()
    open_asked = Signal(int)
    shown = Signal()
    copied = Signal(str)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._filters = WallFilters()
        self._listed = _Listed(Occasion.DUE, WallFilters(), ())
        self._rows: dict[int, MessageRow] = {}
        self.back_button = Button("返回看板", "arrow-left", shortcut="Esc", key_only=True)
        self.copy_button = Button("复制短信", "copy", shortcut="Ctrl+P")
        self.told_button = PrimaryButton("记为已通知", "check", shortcut="Ctrl+Enter")
        self.head = PageHead("通知名单", self.back_button, self.copy_button, self.told_button)
        self.message = Banner(Status.SUCCESS)
        self.occasion = Segmented([Choice(str(one), one.label) for one in Occasion])
        self.all_button = SmallButton("全选", "list-checks")
        self.narrowed = Words("", role="warning", wraps=True)
        self.table = ShortTable("通知名单", _COLUMNS, has_ticks=True)
        self.words = Words("", wraps=True)
        self.on = DateField("通知日期", read_date, today=desk.clock.today, required=True)
        self.means = ChoiceField("方式", [Choice(str(one), one.label) for one in Means], required=True)
        self.form = FormGrid()

        self._arrange()

        self._connect()

    def begin(self, filters: WallFilters) -> None:
        """Begin with what is due, in the villages and trades that the wall shows."""
        self._filters = filters
        self.message.hide()
        self.occasion.set_value(str(Occasion.DUE))
        self.on.set_day(self._desk.clock.today())
        self.means.set_value(str(Means.PHONE))
        self.table.setFocus()
        self._empty()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the list of the chosen occasion again; ticks stay."""
        desk, filters, occasion = self._desk, self._filters, Occasion(self.occasion.value())

        def ask(progress: Progress) -> _Listed:
            return _Listed(occasion, filters, desk.messages.waiting(occasion, filters, by=desk.actor))

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _arrange(self) -> None:
        self.form.add(self.on, self.means, wide=True)
        text = Panel("短信内容", note="按规则包的文字")
        text.add(self.words)
        told = Panel("记下通知")
        told.add(self.form)
        tools = row(self.occasion, self.all_button, None)
        side = hold(box(column(text, told, None, gap="medium")), width="side_pane")
        left = box(column(tools, self.narrowed, Grow(self.table), gap="small"))
        body = row(Grow(left), side, gap="medium")
        self.setLayout(page(self.head, self.message, Grow(body)))
        self.message.hide()
        self.narrowed.hide()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.copy_button.clicked.connect(self._copy_pressed)
        self.told_button.clicked.connect(self._told_pressed)
        self.all_button.clicked.connect(self._all_pressed)
        self.occasion.changed.connect(self._occasion_chosen)
        self.table.ticked.connect(self._fit)
        self.table.selected.connect(self._say_words)
        self.table.opened.connect(self._row_opened)

    def _arrived(self, listed: _Listed) -> None:
        if (listed.occasion, listed.filters) != (Occasion(self.occasion.value()), self._filters):
            return  # another list was chosen meanwhile, and is under way
        rows = listed.rows
        self._listed, self._rows = listed, {one.subject_id: one for one in rows}
        self.table.set_empty(_EMPTY[listed.occasion])
        self.table.show_rows([_line(one) for one in rows])
        waiting = sum(one.told is None for one in rows)
        said = f"{len(rows)} 户，{waiting} 户还没有通知过" if rows else "没有要通知的"
        self.head.set_subtitle(said)
        self.narrowed.setText(self._narrowed())
        self.narrowed.setVisible(bool(self.narrowed.text()))
        self._fit()
        self._say_words()
        self.shown.emit()

    def _narrowed(self) -> str:
        """Say which part of the wall this is: somebody who was left out must not be taken for told."""
        filters, profile = self._filters, self._desk.profile
        narrowed = [one.name for one in self._desk.villages if one.id in filters.village_ids]
        narrowed += [profile.trade(kind).short_label for kind in filters.kinds]
        if Occasion(self.occasion.value()) is Occasion.DUE:
            narrowed += [f"检查人{name}" for name in filters.inspectors]
            narrowed += [one.text for one in profile.check_items if one.code in filters.items]
        return f"只列看板上筛选的：{'、'.join(narrowed)}" if narrowed else ""

    def _fit(self) -> None:
        count = len(self._ticked())
        self.all_button.setVisible(bool(self._rows))
        self.copy_button.setEnabled(bool(count) and may(self._desk.actor, Right.REVEAL))
        self.told_button.setEnabled(bool(count) and may(self._desk.actor, Right.INSPECT))

    def _ticked(self) -> list[MessageRow]:
        return [self._rows[one] for one in self.table.ticked_ids() if one in self._rows]

    def _say_words(self) -> None:
        chosen = self._rows.get(self.table.current_id() or 0)
        self.words.setText(chosen.text if chosen is not None else "在左边选一户，这里是要发给他的话。")

    def _all_pressed(self) -> None:
        self.table.tick_all(on=len(self.table.ticked_ids()) < len(self._rows))

    def _occasion_chosen(self, occasion: str) -> None:
        self.message.hide()
        self._empty()
        self.refresh()

    def _empty(self) -> None:
        """Take away the rows of the list before with their ticks."""
        self._rows = {}
        self.table.set_empty("")
        self.table.show_rows(())
        self.head.set_subtitle("")
        self._fit()

    def _row_opened(self, subject_id: int) -> None:
        self.open_asked.emit(self._rows[subject_id].establishment_id)

    def _copy_pressed(self) -> None:
        """Fetch the whole numbers of who is ticked; the trail keeps whose were seen."""
        desk, ids = self._desk, [one.establishment_id for one in self._ticked()]

        def ask(progress: Progress) -> Mapping[int, str]:
            return desk.messages.phones(ids, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._copy, failed=self._failed)

    def _copy(self, phones: Mapping[int, str]) -> None:
        rows = [one for one in self._ticked() if one.establishment_id in phones]
        lines = [f"{phones[one.establishment_id]}\t{one.text}" for one in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        without = sum(not phones[one.establishment_id] for one in rows)
        missing = f"其中 {without} 户没有电话，要请村里转告。" if without else ""
        said = f"已复制 {len(lines)} 条：一行一户，电话在前，可以粘贴到表格或者短信里。{missing}"
        self.message.tell(Status.WARNING if without else Status.SUCCESS, said)
        self.copied.emit("\n".join(lines))

    def _told_pressed(self) -> None:
        self.form.clear_errors()
        on = self.on.day()
        if on is None and not self.on.error:
            self.on.show_error("请填通知日期。")
        if self.form.show_first_error() or on is None:
            return
        desk, occasion, means = self._desk, self._listed.occasion, Means(self.means.value())
        ids = [one.subject_id for one in self._ticked()]

        def tell(progress: Progress) -> int:
            return desk.messages.told(occasion, ids, means=means, on=on, by=desk.actor)

        self.told_button.setEnabled(False)
        desk.jobs.run(tell, owner=self, done=self._noted, failed=self._failed, label="记下通知")

    def _noted(self, count: int) -> None:
        self.message.tell(Status.SUCCESS, f"已记下：通知了 {count} 户。")
        self.table.tick_all(on=False)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._fit()
        self.message.tell(Status.DANGER, str(error))


def _line(one: MessageRow) -> ShortRow:
    late = " 过期" if one.is_late else ""
    told = one.told.words if one.told is not None else "还没有"
    day = f"{one.on.month}月{one.on.day}日{late}"
    return ShortRow(
        one.subject_id, (one.title, one.operator_name, one.village, one.phone or "没有", day, told)
    )
