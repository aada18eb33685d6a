"""Blank forms for a visit or the counter: choose which, the trade and how many, and print."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.views.jobs import Progress
from desktop.views.kit.buttons import Button
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import NumberField
from desktop.views.kit.panels import Panel
from desktop.views.kit.words import Words
from desktop.views.tables.desk import TablesDesk

USUAL_COUNT = 10
SURVEY, APPLICATION = "survey_form", "application_form"
FORMS: Mapping[str, tuple[str, str]] = {
    SURVEY: ("调查表", "下村入户用：题目和屏幕上的一样，每户一份，带回来照着录入。"),
    APPLICATION: ("登记申请书", "窗口用：申请人填写并签名，交来照着受理。"),
}


class BlankFormsPanel(Panel):
    """Prints the questions of the rule pack, empty, as many as are needed."""

    printed = Signal(object, int)
    failed = Signal(str)

    def __init__(self, desk: TablesDesk) -> None:
        super().__init__("空白表")
        self._desk = desk
        self._target = Path()
        self.explanation = Words("", role="muted", wraps=True)
        self.form = ChoiceField("哪一种", [Choice(code, name) for code, (name, _) in FORMS.items()])
        self.kind = ChoiceField("类别", [Choice(trade.code, trade.label) for trade in desk.profile.trades])
        self.count = NumberField("户数", unit="户", least=1, greatest=500)
        self.button = Button("打印成 PDF", "printer", shortcut="Ctrl+P")

        self.add(self.form, self.explanation, self.kind, self.count, self.button)
        self.kind.set_value(desk.profile.trades[0].code)
        self.count.set_value(str(USUAL_COUNT))
        self.form.set_value(SURVEY)
        self._form_chosen()

        self.form.changed.connect(self._form_chosen)
        self.button.clicked.connect(self._button_pressed)

    def print_to(self, target: Path) -> None:
        """Write the forms into a file."""
        desk, kind, count = self._desk, self.kind.value(), self.count.whole()
        code = self.form.value() or SURVEY
        if count is None or self.count.error:
            self.count.show_error("请填 1 到 500 的户数")
            return

        def draw(progress: Progress) -> int:
            return desk.blank_forms.print(
                kind, target, count=count, code=code, by=desk.actor, progress=progress.step
            )

        self._target = target
        self.button.setEnabled(False)
        desk.jobs.run(draw, owner=self, done=self._done, failed=self._failed, label="打印空白表")

    def _form_chosen(self) -> None:
        _, explanation = FORMS[self.form.value() or SURVEY]
        self.explanation.setText(explanation)

    def _button_pressed(self) -> None:
        folder = self._desk.exports
        folder.mkdir(parents=True, exist_ok=True)
        trade = self._desk.profile.trade(self.kind.value())
        name, _ = FORMS[self.form.value() or SURVEY]
        chosen, _ = QFileDialog.getSaveFileName(
            self, "存为", str(folder / f"{trade.label}{name}（空白）.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.print_to(Path(chosen).with_suffix(".pdf"))

    def _done(self, pages: int) -> None:
        self.button.setEnabled(True)
        self.printed.emit(self._target, pages)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.failed.emit(str(error))
