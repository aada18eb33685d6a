"""The county's blank workbook: what was recognised in it and what was not, before a filled copy is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.reporting_periods import MONTH, QUARTER, YEAR, ReportingPeriod, period_of
from desktop.errors import UserError
from desktop.services.exchange.months import other_side
from desktop.services.rights import Right, may
from desktop.services.tables.county_forms import CountyFormAnswer
from desktop.services.tables.county_planning import LIST, FormWishes
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import TextField
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable
from desktop.views.tables.desk import TablesDesk

PUBLIC, INTERNAL, ALL, EVER = "public", "internal", "all", "ever"
FILLED = (
    ShortColumn("表、格", 10, tight=8),
    ShortColumn("表上写的", 12, is_spare=True, grows=True),
    ShortColumn("认成", 12, tight=8, is_strong=True, grows=True),
    ShortColumn("填入", 6, tight=5, is_strong=True),
)
UNREAD = (
    ShortColumn("表、格", 11, tight=8),
    ShortColumn("表上写的", 12, tight=7, is_spare=True, grows=True),
    ShortColumn("为什么不填", 16, tight=10, grows=True),
)
_KEPT = "只填空着的格子，存成另一份；原来的格式、公式、合并、下拉都不动，合计由表里的公式算。"
_FAILED = "没有填成，什么都没有写；请再试一次。"


@dataclass(frozen=True, slots=True)
class _Asked:
    blank: Path
    wishes: FormWishes


class CountyFormView(QWidget):
    """Shows what a copy would hold; only the button at the top writes one, and never over the blank."""

    back_asked = Signal()
    looked = Signal()
    saved = Signal(object)

    def __init__(self, desk: TablesDesk) -> None:
        super().__init__()
        self._desk = desk
        self._blank = Path()
        self._saved = Path()
        self._shown: _Asked | None = None
        self._has_list = False
        self._side = other_side(desk.profile, None)
        self.back_button = Button("返回", "arrow-left", shortcut="Esc", key_only=True)
        self.save_button = PrimaryButton("存为填好的表…", "download", shortcut="Ctrl+S")
        self.open_button = SmallButton("打开", "external-link")
        self.banner = Banner(Status.SUCCESS, "", self.open_button)
        self.summary = Words(strong=True, wraps=True)
        self.explanation = Words(_KEPT, role="muted", wraps=True)
        self.filled = ShortTable("会填的", FILLED)
        self.unread_head = Words(size="type_field", strong=True)
        self.unread = ShortTable("不填的", UNREAD)
        self.head = PageHead(f"填{self._side}的空表", self.back_button, self.save_button)

        self.setLayout(
            page(self.head, self.banner, Grow(row(self._options(), Grow(self._found()), gap="medium")))
        )
        self.banner.hide()
        self._fit()
        self.filled.set_empty("没有认出能填的格子。")

        for field in (self.period, self.kind, self.village, self.version):
            field.changed.connect(self._wishes_changed)
        self.back_button.clicked.connect(self.back_asked)
        self.save_button.clicked.connect(self._save_pressed)
        self.open_button.clicked.connect(self._open_pressed)

    def look_over(self, blank: Path) -> None:
        """Begin with a blank workbook; nothing is written."""
        self._blank, self._shown = blank, None
        self.head.set_subtitle(blank.name)
        self.banner.hide()
        self._ask()

    def take_focus(self) -> None:
        self.filled.setFocus()

    def fill_to(self, target: Path) -> None:
        """Write the filled copy; the blank itself is never written over."""
        if self._wishes().is_internal and not self.reason.value().strip():
            self.reason.show_error("内部版要写明用途")
            self.reason.setFocus()
            return
        if target == self._blank:
            self._tell(f"{target.name} 是原来的空表，不能盖掉；请换个名字存")
            return
        desk, blank, wishes = self._desk, self._blank, self._wishes()

        def fill(progress: Progress) -> CountyFormAnswer:
            return desk.county_forms.fill(blank, target, wishes, by=desk.actor)

        self.save_button.setEnabled(False)
        desk.jobs.run(fill, owner=self, done=self._is_saved, failed=self._failed, label="填空表")

    def _options(self) -> QWidget:
        desk = self._desk
        trades = [Choice(trade.code, trade.label) for trade in desk.profile.trades]
        self.period = ChoiceField("检查、整改、发证等按哪一期数", _periods(desk.clock.today()))
        self.kind = ChoiceField("名单看不出类别时", [Choice(ALL, "不指定"), *trades])
        villages = [Choice(str(one.id), one.name) for one in desk.villages]
        self.village = ChoiceField("名单只填哪个村（社区）", [Choice(ALL, "全部"), *villages])
        versions = [Choice(PUBLIC, "号码脱敏"), Choice(INTERNAL, "完整号码")]
        self.version = ChoiceField("名单的版本", versions)
        self.reason = TextField("用途", most=100, required=True, placeholder="如 报区市场监管局备查")
        panel = Panel("怎么填")
        panel.add(self.period, self.kind, self.village, self.version, self.reason)
        for field, usual in (
            (self.period, EVER),
            (self.kind, ALL),
            (self.village, ALL),
            (self.version, PUBLIC),
        ):
            field.set_value(usual)
        return hold(scrolling(column(panel, None)), width="side_pane")

    def _found(self) -> QWidget:
        return box(
            column(
                self.summary,
                self.explanation,
                Grow(self.filled, 3),
                self.unread_head,
                Grow(self.unread, 2),
                gap="small",
            )
        )

    def _wishes(self) -> FormWishes:
        desk = self._desk
        kind, village = self.kind.value(), self.village.value()
        return FormWishes(
            kind="" if kind == ALL else kind,
            village=next((one for one in desk.villages if str(one.id) == village), None),
            period=_period_named(self.period.value(), desk.clock.today()),
            is_internal=self.version.value() == INTERNAL,
            reason=self.reason.value().strip(),
        )

    def _wishes_changed(self) -> None:
        self._fit()
        if self._blank != Path():
            self._ask()

    def _fit(self) -> None:
        """Show what belongs to a list only where there is one."""
        for field in (self.kind, self.village, self.version):
            field.setVisible(self._has_list)
        self.reason.setVisible(self._has_list and self.version.value() == INTERNAL)

    def _ask(self) -> None:
        """Look again; what is shown stays until the answer is there."""
        desk, asked = self._desk, _Asked(self._blank, self._wishes())

        def look(progress: Progress) -> tuple[_Asked, CountyFormAnswer]:
            return asked, desk.county_forms.look(asked.blank, asked.wishes, by=desk.actor)

        self.save_button.setEnabled(False)
        desk.jobs.run(look, owner=self, done=self._arrived, failed=self._failed, label="看空表")

    def _arrived(self, found: tuple[_Asked, CountyFormAnswer]) -> None:
        asked, answer = found
        if asked.blank != self._blank:
            return
        self._shown = asked
        self.summary.setText(_summary(answer))
        self.explanation.setText(f"{answer.lost}。" if answer.lost else _KEPT)
        lists = [
            (f"{one.sheet} {letter}{one.first_row} 起", column.label, column.meaning, f"{one.rows} 户")
            for one in answer.lists
            for letter, column in one.columns.items()
        ]
        cells = [(f"{one.sheet} {one.cell}", one.label, one.meaning, one.value) for one in answer.filled]
        self.filled.show_rows([ShortRow(at, line) for at, line in enumerate([*lists, *cells], 1)])
        left = [(f"{one.sheet} {one.where}", one.label, one.reason) for one in answer.unread]
        self.unread.show_rows([ShortRow(at, line) for at, line in enumerate(left, 1)])
        self.unread_head.setText(f"不填的 {len(left)} 处" if left else "")
        self.unread.setVisible(bool(left))
        self._has_list = bool(lists) or any(one.label == LIST for one in answer.unread)
        self._fit()
        self.save_button.setEnabled(bool(cells or lists) and may(self._desk.actor, Right.EXPORT))
        self.looked.emit()

    def _save_pressed(self) -> None:
        folder = self._desk.exports
        folder.mkdir(parents=True, exist_ok=True)
        proposed = folder / f"{self._blank.stem}-已填.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "存为", str(proposed), "工作簿 (*.xlsx)")
        if chosen:
            self.fill_to(Path(chosen).with_suffix(".xlsx"))

    def _is_saved(self, answer: CountyFormAnswer) -> None:
        self.save_button.setEnabled(True)
        self._saved = Path(answer.file)
        self.open_button.show()
        self.banner.tell(
            Status.SUCCESS, f"填好了，存在 {answer.file}；{answer.lost or '公式在打开时重新算'}。"
        )
        self.saved.emit(answer)

    def _failed(self, error: Exception) -> None:
        self._tell(str(error) if isinstance(error, UserError) else _FAILED)
        self.save_button.setEnabled(self._shown is not None and bool(self.filled.model.rows))
        self.looked.emit()

    def _tell(self, sentence: str) -> None:
        self.open_button.hide()
        self.banner.tell(Status.DANGER, sentence)

    def _open_pressed(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))


def _summary(answer: CountyFormAnswer) -> str:
    parts = [f"认出 {len(answer.filled)} 格"] if answer.filled else []
    parts += [f"名单 {answer.rows} 户"] if answer.lists else []
    left = sum(one.count for one in answer.unread)
    parts += [f"{left} 格不填"] if left else []
    return "，".join(parts) + "。" if parts else "没有认出要填的数或名单。"


def _periods(today: date) -> Sequence[Choice]:
    """Offer all until today, and the periods that somebody reports about: this one and the last one."""
    return [
        Choice(EVER, "到今天为止累计"),
        *(Choice(f"{kind} {day}", period_of(kind, day).label) for kind, day in _offered(today)),
    ]


def _offered(today: date) -> Sequence[tuple[str, date]]:
    offered = []
    for kind in (MONTH, QUARTER, YEAR):
        before = period_of(kind, today).first - timedelta(days=1)
        offered += [(kind, today), (kind, before)]
    return offered


def _period_named(code: str, today: date) -> ReportingPeriod | None:
    return next((period_of(kind, day) for kind, day in _offered(today) if f"{kind} {day}" == code), None)
