"""The sheets of the workbooks: what each was taken for, which column is which, and what was left.

A wrong guess is one drop-down away; what was said is remembered for the next ledger with such a header.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.profile import Profile
from desktop.services.imports.answers import ImportAnswer, NotImported, SheetAnswer
from desktop.views.exchange.review_rows import field_labels
from desktop.views.kit.arrange import Grow, Thing, box, column, grid, hold, row, rule
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.drawing import RIGHT
from desktop.views.kit.panels import Panel
from desktop.views.kit.progress import Bar
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.words import IconMark, ShortWords, Words

KIND = "kind"
DOUBTFUL = 0.9
"""A column taken for its field with less certainty than this is shown in amber."""


class SheetList(Panel):
    """One block for each sheet, the columns of its header below it."""

    said = Signal(str, str, str)
    """The shape of a header, the letter of a column, and the field that it is; empty for none."""

    def __init__(self, profile: Profile) -> None:
        super().__init__("认出的工作表", margins="none", ruled=True)
        self._trades = {trade.code: trade.short_label for trade in profile.trades}
        self._profile = profile
        self._labels: Mapping[str, str] = {**field_labels(profile), KIND: "类别"}
        self._shown: QWidget | None = None

    def show_answer(self, answer: ImportAnswer) -> None:
        """Show what the workbooks were taken for."""
        blocks: list[Thing] = []
        for file in answer.files:
            if len(answer.files) > 1:
                blocks.append(ShortWords(file.file, strong=True))
            blocks += [self._sheet(sheet) for sheet in file.sheets]
            blocks += [_left(one) for one in file.not_imported]
        sheets = sum(len(file.sheets) for file in answer.files)
        self.set_note(f"{sheets} 张表要导入")
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = scrolling(column(*blocks, None, gap="medium", margins="medium"))
        self.body.addWidget(self._shown)

    def _sheet(self, sheet: SheetAnswer) -> QWidget:
        trade = self._trades.get(sheet.kind or "", "几类都有")
        head = row(IconMark("table-2", role="accent_text"), Grow(ShortWords(sheet.name, strong=True)))
        facts = Words(
            f"{trade}，表头在第 {sheet.header_row} 行，{sheet.counts.rows} 行数据", role="muted", wraps=True
        )
        columns = grid(gap="tiny")
        columns.setColumnStretch(1, 1)
        letters = sorted({*sheet.columns, *sheet.unread}, key=lambda one: (len(one), one))
        for place, letter in enumerate(letters):
            for at, piece in enumerate(self._column(sheet, letter)):
                columns.addWidget(piece, place, at)
        unread = [Words(_unread(sheet), role="muted", wraps=True)] if sheet.unread else []
        return box(column(head, facts, columns, *unread, rule(), gap="small"))

    def _column(self, sheet: SheetAnswer, letter: str) -> tuple[QWidget, ...]:
        field, sureness = sheet.columns.get(letter, ""), sheet.confidence.get(letter, 0.0)
        is_doubtful = bool(field) and sureness < DOUBTFUL
        bar = Bar(role="bar_warning" if is_doubtful else "bar")
        bar.show_part(sureness)
        share = Words(f"{sureness:.0%}" if field else "", role="warning" if is_doubtful else "muted")
        share.setAlignment(RIGHT)
        letters = hold(Words(f"{letter} 列", role="muted"), least_width="column_least")
        if not sheet.shape:  # a workbook of our own says by itself which column is which
            return letters, ShortWords(self._labels.get(field, field)), bar, share
        return letters, self._chooser(sheet, letter, field), share

    def _chooser(self, sheet: SheetAnswer, letter: str, field: str) -> QWidget:
        """Offer every field of the trade; the one that it was taken for is chosen."""
        words = sheet.unread.get(letter, "")
        chooser = ColumnChooser(sheet.shape, letter)
        chooser.setAccessibleName(f"{sheet.name} {letter} 列是哪一栏")
        chooser.addItem(f"不读取“{words}”" if words else "不读取", "")
        for code in self._fields(sheet.kind):
            chooser.addItem(self._labels[code], code)
        chooser.setCurrentIndex(max(0, chooser.findData(field)))
        chooser.said.connect(self.said)
        return chooser

    def _fields(self, kind: str | None) -> list[str]:
        asked = [
            question.code
            for question in self._profile.questions
            if question.is_core or kind is None or kind in question.trades
        ]
        return [*asked, KIND]


class ColumnChooser(ComboBox):
    """The drop-down of one column."""

    said = Signal(str, str, str)

    def __init__(self, shape: str, letter: str) -> None:
        super().__init__()
        self._shape = shape
        self.letter = letter

        self.activated.connect(self._activated)

    def _activated(self) -> None:
        self.said.emit(self._shape, self.letter, self.currentData())


def _unread(sheet: SheetAnswer) -> str:
    """Name what is in the workbook and will not be in the register."""
    named = "、".join(f"{letter} 列{f'“{words}”' if words else ''}" for letter, words in sheet.unread.items())
    return f"没有读取：{named}"


def _left(left: NotImported) -> QWidget:
    head = row(IconMark("eye-off"), Grow(ShortWords(left.sheet, role="muted")))
    return box(column(head, Words(left.reason, role="muted", wraps=True), gap="tiny"))
