"""How papers are put onto the sheet: how many, moved by tenths of a millimetre, onto preprinted paper."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.views.kit.arrange import Grow, box, column, grid, row, rule
from desktop.views.kit.buttons import IconButton, PrimaryButton, SmallButton
from desktop.views.kit.choices import CheckBox, Choice, Segmented
from desktop.views.kit.fields import NumberField, TextField
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.words import ShortWords, Words
from desktop.views.registration.print_jobs import MOST_MM, PER_PAGE, STEP_MM, PrintJob, Setting
from desktop.views.registration.printer_field import PrinterField

_ARROWS = (
    ("向上 0.1 毫米", "arrow-up", (0, 1), (0.0, -STEP_MM)),
    ("向左 0.1 毫米", "arrow-left", (1, 0), (-STEP_MM, 0.0)),
    ("向右 0.1 毫米", "arrow-right", (1, 2), (STEP_MM, 0.0)),
    ("向下 0.1 毫米", "arrow-down", (2, 1), (0.0, STEP_MM)),
)


class PrintSettings(Panel):
    """The settings of the chosen kind of paper; every change is seen at once in the pages."""

    changed = Signal()
    printer_chosen = Signal()
    print_asked = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__("打印设置", margins="none", ruled=True)
        self.folder = folder
        most = Decimal(str(MOST_MM))
        self.per_page = Segmented([Choice(str(n), str(n)) for n in PER_PAGE], fills=True)
        self.preprinted = CheckBox("套打：底版已经印好")
        self.both_sides = CheckBox("双面打印：背面空着")
        self.by_village = CheckBox("按村排，同村按编号")
        self.two_files = CheckBox("分两个文件同时打，快些")
        self.printer = PrinterField()
        self.right = NumberField("向右", unit="毫米", decimals=1, least=-most, greatest=most)
        self.down = NumberField("向下", unit="毫米", decimals=1, least=-most, greatest=most)
        self._zero = IconButton("偏移归零", "rotate-ccw")
        self._arrows = {IconButton(name, icon): (spot, move) for name, icon, spot, move in _ARROWS}
        self.reason = TextField("补打的原因", most=60, required=True, placeholder="如 原件污损，已收回")
        self.blanks = TextField("第一张空白证的流水号", most=32, hint="不登记空白证的空着")
        self._folder_words = ShortWords(str(folder), role="muted")
        self._other_folder = SmallButton("换一处", "folder-open")
        self.button = PrimaryButton("打印成 PDF", "printer", shortcut="Ctrl+P")
        self._hint = Words(
            "打印就记入台账。编号已经占用，打坏的写明原因补打，编号不变。",
            size="type_caption",
            role="muted",
            wraps=True,
        )

        cross = grid(gap="tiny")
        for arrow, (spot, _) in self._arrows.items():
            cross.addWidget(arrow, *spot)
        cross.addWidget(self._zero, 1, 1)
        offsets = row(Grow(column(self.right, self.down, gap="small")), column(None, cross, None))
        body = column(
            row(
                Words("每页张数"),
                Grow(Words("登记卡 8 张的是 A7 小卡", size="type_caption", role="muted")),
            ),
            self.per_page,
            self.preprinted,
            self.blanks,
            self.both_sides,
            self.by_village,
            self.two_files,
            rule(),
            self.printer,
            row(
                Words("偏移", strong=True),
                Grow(Words("每格 0.1 毫米", size="type_caption", role="muted")),
            ),
            offsets,
            rule(),
            self.reason,
            row(Words("存到"), None, self._other_folder),
            self._folder_words,
            None,
            gap="small",
            margins="medium",
        )
        foot = column(self._hint, self.button, margins="medium small")
        self.add(Grow(scrolling(body)), rule(), box(foot))
        for segment in self.per_page.segments:
            segment.setAccessibleName(f"每页 {segment.text()} 张")

        self.per_page.changed.connect(self._touched)
        for tick in (self.preprinted, self.both_sides, self.by_village, self.two_files):
            tick.clicked.connect(self._touched)
        self.printer.changed.connect(self.printer_chosen)
        for field in (self.right, self.down):
            field.left.connect(self._touched)
            field.next_asked.connect(self._touched)
        for arrow in self._arrows:
            arrow.clicked.connect(self._arrow_pressed)
        self._zero.clicked.connect(self._zero_pressed)
        self._other_folder.clicked.connect(self._folder_asked)
        self.button.clicked.connect(self.print_asked)

    def setting(self) -> Setting | None:
        """Return what is set; None where an offset is no number."""
        right, down = self.right.number(), self.down.number()
        if self.right.error or self.down.error:
            return None
        return Setting(
            per_page=int(self.per_page.value() or 1),
            printer=self.printer.value(),
            right_mm=float(right or 0),
            down_mm=float(down or 0),
            onto_preprinted=self.preprinted.isChecked(),
            on_both_sides=self.both_sides.isChecked(),
            by_village=self.by_village.isChecked(),
            in_two_files=self.two_files.isChecked(),
        )

    def show_job(self, job: PrintJob | None, setting: Setting) -> None:
        """Show the settings of a kind of paper."""
        self.per_page.set_value(str(setting.per_page))
        self.preprinted.setChecked(setting.onto_preprinted)
        self.both_sides.setChecked(setting.on_both_sides)
        self.by_village.setChecked(setting.by_village)
        self.two_files.setChecked(setting.in_two_files)
        self.printer.set_value(setting.printer)
        self.show_offset(setting.right_mm, setting.down_mm)
        self.blanks.setVisible(setting.onto_preprinted)
        self.reason.setVisible(job is not None and job.is_again)
        self.setEnabled(job is not None)

    def show_count(self, count: int) -> None:
        """Say on the button how many sheets of paper it will be."""
        self.button.setText(f"打印 {count} 张" if count else "打印成 PDF")
        self.button.setEnabled(bool(count))

    def show_offset(self, right: float, down: float) -> None:
        """Show how far the chosen printer is off."""
        self.right.set_value(f"{right:.1f}")
        self.down.set_value(f"{down:.1f}")
        self.right.clear_error()
        self.down.clear_error()

    def _touched(self) -> None:
        self.blanks.setVisible(self.preprinted.isChecked())
        self.changed.emit()

    def _arrow_pressed(self) -> None:
        sender = self.sender()
        now = self.setting()
        if not isinstance(sender, IconButton) or now is None:
            return
        right, down = self._arrows[sender][1]
        moved = (round(now.right_mm + right, 1), round(now.down_mm + down, 1))
        if max(map(abs, moved)) <= MOST_MM:
            self.show_offset(*moved)
            self.changed.emit()

    def _zero_pressed(self) -> None:
        self.show_offset(0.0, 0.0)
        self.changed.emit()

    def _folder_asked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "打印的文件存到", str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self._folder_words.setText(chosen)
