"""Blank survey forms for a visit: choose the trade and how many, and print."""

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


class BlankFormsPanel(Panel):
    """Prints the questions of the rule pack, empty, as many as are needed."""

    printed = Signal(object, int)
    failed = Signal(str)

    def __init__(self, desk: TablesDesk) -> None:
        super().__init__("空白调查表")
        self._desk = desk
        self._target = Path()
        self.explanation = Words(
            "下村入户用：题目和屏幕上的一样，每户一格，带回来照着录入。", role="muted", wraps=True
        )
        self.kind = ChoiceField("类别", [Choice(trade.code, trade.label) for trade in desk.profile.trades])
        self.count = NumberField("户数", unit="户", least=1, greatest=500)
        self.button = Button("打印成 PDF", "printer", shortcut="Ctrl+P")

        self.add(self.explanation, self.kind, self.count, self.button)
        self.kind.set_value(desk.profile.trades[0].code)
        self.count.set_value(str(USUAL_COUNT))

        self.button.clicked.connect(self._button_pressed)

    def print_to(self, target: Path) -> None:
        """Write the forms into a file."""
        desk, kind, count = self._desk, self.kind.value(), self.count.whole()
        if count is None or self.count.error:
            self.count.show_error("请填 1 到 500 的户数")
            return

        def draw(progress: Progress) -> int:
            return desk.blank_forms.print(kind, target, count=count, by=desk.actor, progress=progress.step)

        self._target = target
        self.button.setEnabled(False)
        desk.jobs.run(draw, owner=self, done=self._done, failed=self._failed, label="打印空白调查表")

    def _button_pressed(self) -> None:
        folder = self._desk.exports
        folder.mkdir(parents=True, exist_ok=True)
        form = self._desk.profile.form(self.kind.value())
        chosen, _ = QFileDialog.getSaveFileName(
            self, "存为", str(folder / f"{form.title}.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.print_to(Path(chosen).with_suffix(".pdf"))

    def _done(self, pages: int) -> None:
        self.button.setEnabled(True)
        self.printed.emit(self._target, pages)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.failed.emit(str(error))
