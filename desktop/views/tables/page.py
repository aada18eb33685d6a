"""统计报表: survey tables and ledgers as workbooks, masked or whole with a reason; the county's blanks."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from desktop.services.exchange.months import other_side
from desktop.services.office.villages import VillageRow
from desktop.services.rights import Right, may, village_scope
from desktop.services.tables.tables import Exported
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row, show_part
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import TextField
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.tables.blank_forms_panel import BlankFormsPanel
from desktop.views.tables.county_form_view import CountyFormView
from desktop.views.tables.desk import TablesDesk
from desktop.views.tables.lists_panel import ListsPanel

PUBLIC, INTERNAL, ALL = "public", "internal", "all"
TABLES: Mapping[str, tuple[str, str]] = {
    "survey": ("基本情况调查表", "每类一张表，栏目和调查表一样；首行标题，末行合计，A4 横向。"),
    "ledger": ("监管台账", "每户一行：证卡、有效期、最近检查、未整改数、下次检查。"),
    "roster": ("登记名册", "今天有效的证和卡。公示版没有证件号、电话，姓名、地址按规则遮盖，可以直接张贴。"),
    "papers": ("发证台账", "发过的每张证和卡，注销、作废的也在内，按发放先后排列。"),
    "rectifications": ("整改销号台账", "从发现到销号，一件一行；逾期按今天计算。"),
    "risks": ("风险隐患清单", "还没有销号的问题，一件一行，栏目和整改销号台账一样。"),
}


class TablesPage(Screen):
    """Choose a table, its part and its version, and where it goes."""

    exported = Signal(object)
    papers_asked = Signal(object, str)

    def __init__(self, desk: TablesDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._target: Path | None = None
        self.table = ChoiceField("导出哪一种", [Choice(code, name) for code, (name, _) in TABLES.items()])
        self.explanation = Words("", role="muted", wraps=True)
        trades = [Choice(trade.code, trade.label) for trade in desk.profile.trades]
        self.kind = ChoiceField("类别", [Choice(ALL, "全部类别"), *trades])
        self.village = ChoiceField(
            "村（社区）", [Choice(ALL, "全部"), *(Choice(str(one.id), one.name) for one in desk.villages)]
        )
        self.version = ChoiceField(
            "版本", [Choice(PUBLIC, "公示版（号码脱敏）"), Choice(INTERNAL, "内部版（完整号码）")]
        )
        self.reason = TextField("用途", most=100, required=True, placeholder="如 报区市场监管局备查")
        self.reason_note = Words(
            "内部版含完整的身份证号和电话：写明用途，谁在什么时候导出会记入操作日志。",
            size="type_caption",
            role="muted",
            wraps=True,
        )
        self.button = PrimaryButton("导出工作簿", "download", shortcut="Ctrl+S")
        side = other_side(desk.profile, None)
        self.blank_button = Button(f"填{side}的空表…", "file-spreadsheet", shortcut="Ctrl+O")
        self.open_button = SmallButton("打开", "external-link")
        self.banner = Banner(Status.SUCCESS, "", self.open_button)

        form = Panel("表格")
        form.add(
            self.table, self.explanation, self.kind, self.village, self.version, self.reason, self.reason_note
        )
        self.blank_forms = BlankFormsPanel(desk)
        left = hold(box(column(form, None)), width="form_pane")
        self.lists = ListsPanel(desk)
        right = hold(scrolling(column(self.lists, self.blank_forms, None, gap="medium")), width="side_pane")
        head = PageHead("统计报表", self.blank_button, self.button)
        self._tables = box(page(head, self.banner, Grow(row(left, right, None, gap="medium"))))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._tables)
        self.setLayout(column(self._stack, gap="none"))
        self.table.set_value("survey")
        self.kind.set_value(ALL)
        self.village.set_value(ALL)
        self.version.set_value(PUBLIC)
        self.banner.hide()
        self._fit()
        self.button.setEnabled(may(desk.actor, Right.EXPORT))
        is_of_town = village_scope(desk.actor) is None
        self.blank_button.setEnabled(may(desk.actor, Right.EXPORT) and is_of_town)

        self.table.changed.connect(self._fit)
        self.version.changed.connect(self._fit)
        self.button.clicked.connect(self._button_pressed)
        self.blank_button.clicked.connect(self._blank_pressed)
        self.open_button.clicked.connect(self._open_pressed)
        self.lists.asked.connect(self.papers_asked)
        self.blank_forms.printed.connect(self._forms_printed)
        self.blank_forms.failed.connect(self._tell_failure)

    @cached_property
    def county_form(self) -> CountyFormView:
        """A blank workbook of the county, before it is filled in."""
        made = CountyFormView(self._desk)
        made.back_asked.connect(self.show_tables)
        return made

    def look_over(self, blank: Path) -> None:
        """Show what a blank workbook of the county asks for; nothing is written."""
        show_part(self._stack, self.county_form)
        self.county_form.look_over(blank)
        self.county_form.take_focus()

    def show_tables(self) -> None:
        """Go back to the tables of the office itself."""
        self._stack.setCurrentWidget(self._tables)

    def go_back(self) -> bool:
        """Leave the blank workbook; False where the page stands at its beginning."""
        is_inside = self._stack.currentWidget() is not self._tables
        self.show_tables()
        return is_inside

    def refresh(self) -> None:
        """Nothing to ask: what is exported is read when it is exported."""

    def choose(self, what: str, kind: str) -> None:
        """Set what is to be exported, for a door in another place."""
        self.table.set_value(what)
        self.kind.set_value(kind or ALL)
        self._fit()

    def export_to(self, target: Path) -> None:
        """Write the chosen table into a file."""
        if self._is_internal and not self.reason.value().strip():
            self.reason.show_error("内部版要写明用途")
            self.reason.setFocus()
            return
        desk, what = self._desk, self.table.value() or "survey"
        trade = self.kind.value()
        kind, village = (trade if desk.profile.has_trade(trade) else None), self._village()
        is_internal, reason = self._is_internal, self.reason.value().strip()

        def export(progress: Progress) -> Exported:
            return desk.tables.export(
                what,
                target,
                by=desk.actor,
                kind=kind,
                village=village,
                is_internal=is_internal,
                reason=reason,
            )

        self._target = target
        self.button.setEnabled(False)
        desk.jobs.run(export, owner=self, done=self._done, failed=self._failed, label="导出工作簿")

    @property
    def _is_internal(self) -> bool:
        return self.version.value() == INTERNAL

    def _village(self) -> VillageRow | None:
        chosen = self.village.value()
        return next((one for one in self._desk.villages if str(one.id) == chosen), None)

    def _fit(self) -> None:
        """Show what belongs to the choice: trades for survey tables, a reason for the whole numbers."""
        _, explanation = TABLES[self.table.value() or "survey"]
        self.explanation.setText(explanation)
        self.reason.setVisible(self._is_internal)
        self.reason_note.setVisible(self._is_internal)

    def _blank_pressed(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "选空表", "", "工作簿 (*.xlsx *.xls *.csv)")
        if chosen:
            self.look_over(Path(chosen))

    def _button_pressed(self) -> None:
        name, _ = TABLES[self.table.value() or "survey"]
        folder = self._desk.exports
        folder.mkdir(parents=True, exist_ok=True)
        proposed = folder / f"{name}-{self._desk.clock.today():%Y%m%d}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "存为", str(proposed), "工作簿 (*.xlsx)")
        if chosen:
            self.export_to(Path(chosen).with_suffix(".xlsx"))

    def _done(self, exported: Exported) -> None:
        self.button.setEnabled(True)
        self.open_button.show()
        self.banner.tell(Status.SUCCESS, f"导出好了：{exported.rows} 行，{self._target}")
        self.exported.emit(exported)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self._tell_failure(str(error))

    def _tell_failure(self, sentence: str) -> None:
        self.open_button.hide()
        self.banner.tell(Status.DANGER, sentence)

    def _forms_printed(self, target: Path, pages: int) -> None:
        self._target = target
        self.open_button.show()
        self.banner.tell(Status.SUCCESS, f"空白表 {pages} 页，存在 {target}")

    def _open_pressed(self) -> None:
        if self._target is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target)))
