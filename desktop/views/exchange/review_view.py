"""Looking a workbook over before anything is written: counts, columns, problems at their cells."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.mending import Mend, suggestion
from desktop.errors import UserError
from desktop.services.exchange.answers import MergeAnswer
from desktop.services.imports.answers import ImportAnswer, RowProblem
from desktop.services.office.villages import VillageRow
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.mend_strip import MendStrip
from desktop.views.exchange.review_rows import (
    CHANGE_COLUMNS,
    DUPLICATE_COLUMNS,
    PROBLEM_COLUMNS,
    field_labels,
    lines_of,
    merge_words,
    total,
    write_words,
)
from desktop.views.exchange.sheet_list import SheetList
from desktop.views.exchange.taking_in import Looked, SaidOfFiles, mark_problems, take_in
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.tabs import TabRow, TabText
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import IconMark, Words
from desktop.views.registration.short_model import spoken
from desktop.views.registration.short_table import ShortTable

PROBLEMS, DUPLICATES, CHANGES = "problems", "duplicates", "changes"
_COUNTS = (
    ("rows", "全部", "table-2", "muted"),
    ("new", "新增", "circle-plus", "info"),
    ("changed", "有改动", "pencil", "accent_text"),
    ("same", "相同，不动", "equal", "muted"),
    ("duplicate", "重复、冲突", "copy", "warning"),
    ("error", "有错", "circle-x", "danger"),
)
BROKEN = "程序出了差错，这一步没有做成，什么都没有写入；差错已记入日志，请再试一次。"
NOTHING = ImportAnswer((), imported=False)
_NO_PROBLEM = "没有发现问题，可以直接导入。"
_NO_DUPLICATE = "没有与档案或本表重复的户。"
_NO_CHANGE = "没有要改动的档案：这些户档案里还没有，或者内容相同。"


class CountMark(QWidget):
    """One count with its icon and word."""

    def __init__(self, word: str, icon: str, role: str) -> None:
        super().__init__()
        self._word = word
        self.number = Words("0", size="type_record", strong=True)

        inside = row(IconMark(icon, role=role), Words(word), self.number, margins="medium none")
        panel = Panel(margins="none")
        panel.add(inside)
        self.setLayout(column(panel, gap="none"))
        hold(self, height="tab")

    def show_count(self, count: int) -> None:
        self.number.setText(str(count))
        self.setAccessibleName(f"{self._word}：{count}")


class ReviewView(QWidget):
    """A dry run laid out; ``taken_in`` gives what the import or merge that wrote came to (``Looked``)."""

    looked_over = Signal()
    taken_in = Signal(object)
    back_asked = Signal()

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__()
        self._desk = desk
        self._files: tuple[Path, ...] = ()
        self._answer: ImportAnswer | None = None
        self._merge: MergeAnswer | None = None
        self._asked = 0
        self._mends: dict[tuple[int, str, int, str], Mend] = {}
        self._columns: dict[str, dict[str, str]] = {}
        self._found: tuple[tuple[int, RowProblem], ...] = ()
        self.counts = {code: CountMark(word, icon, role) for code, word, icon, role in _COUNTS}
        self.told = Banner(Status.DANGER)
        self.kind = ComboBox()
        self.village = ComboBox()
        self.sheets = SheetList(desk.profile)
        self.tabs = TabRow(
            (
                TabText(PROBLEMS, "问题", "circle-alert"),
                TabText(DUPLICATES, "重复、冲突", "copy"),
                TabText(CHANGES, "有改动", "pencil"),
            )
        )
        self.problems = ShortTable("问题", PROBLEM_COLUMNS)
        self.duplicates = ShortTable("重复", DUPLICATE_COLUMNS)
        self.changes = ShortTable("有改动", CHANGE_COLUMNS)
        self.whole = Words(wraps=True)
        self.mending = MendStrip()
        self.unmend_button = SmallButton("撤掉改动", "undo-2")
        self.mark_button = SmallButton("存一份标出问题的表", "download")
        self.cancel_button = Button("取消")
        self.import_button = PrimaryButton("导入", "check", shortcut="Ctrl+Enter")
        self._note = Words(role="muted", wraps=True)
        self._choosers = Panel()
        self._stack = QStackedWidget()

        self._arrange()

        self._connect()

    def look_over(self, files: Sequence[Path]) -> None:
        """Begin with these workbooks; what the tables say of trade and village stands until chosen."""
        self._files = tuple(files)
        self._mends, self._columns = {}, {}
        for chooser in (self.kind, self.village):
            chooser.setCurrentIndex(0)
        self._ask()

    def take_focus(self) -> None:
        """Put the keyboard onto the list: its arrows read what was found, Ctrl+Enter goes on."""
        self._stack.currentWidget().setFocus()

    def show_answer(self, answer: ImportAnswer, merge: MergeAnswer | None = None) -> None:
        """Lay an answer out; what is merged says by itself of which trade and village it is."""
        self._answer, self._merge = answer, merge
        self._choosers.setVisible(merge is None)
        self._found = tuple(
            (number, one) for number, file in enumerate(answer.files) for one in file.problems
        )
        counts = total(answer)
        for code, mark in self.counts.items():
            mark.show_count(getattr(counts, code))
        lines = lines_of(answer, field_labels(self._desk.profile), merge)
        self.sheets.show_answer(answer)
        self.problems.show_rows(lines.problems)
        self.duplicates.show_rows(lines.duplicates)
        self.changes.show_rows(lines.changes)
        for key, rows in (
            (PROBLEMS, lines.problems),
            (DUPLICATES, lines.duplicates),
            (CHANGES, lines.changes),
        ):
            self.tabs.set_count(key, len(rows))
        first = PROBLEMS if lines.problems else DUPLICATES if lines.duplicates else CHANGES
        self._go(first if lines.problems or lines.duplicates or lines.changes else PROBLEMS)
        self._offer(answer, errors=counts.error, has_marks=bool(lines.problems or lines.duplicates))

    def _arrange(self) -> None:
        self.kind.addItem("以表里写的为准", "")
        for trade in self._desk.profile.trades:
            self.kind.addItem(trade.short_label, trade.code)
        self.village.addItem("以表里写的为准", None)
        for village in self._desk.villages:
            self.village.addItem(village.name, village)
        self.problems.set_empty(_NO_PROBLEM)
        self.duplicates.set_empty(_NO_DUPLICATE)
        self.changes.set_empty(_NO_CHANGE)
        for table in (self.problems, self.duplicates, self.changes):
            self._stack.addWidget(table)
        marks = row(*self.counts.values(), None)
        # A label says which chooser it belongs to, also to a screen reader.
        for label, chooser in (("类别", self.kind), ("村（社区）", self.village)):
            chooser.setAccessibleName(f"{label}，表里看不出时才选")
        choosers = self._choosers
        choosers.add(
            Words("表里看不出类别或村时，在这里指明", role="muted", wraps=True),
            row(hold(Words("类别"), least_width="gauge"), Grow(self.kind)),
            row(hold(Words("村"), least_width="gauge"), Grow(self.village)),
        )
        left = hold(box(column(choosers, Grow(self.sheets), gap="medium")), width="sheet_list")
        whole = box(row(Grow(self.whole), margins="medium small"), name="raised")
        right = column(
            row(Grow(self.tabs), self.mark_button, gap="medium"),
            Grow(self._stack),
            whole,
            self.mending,
            gap="small",
        )
        foot = row(
            IconMark("shield-check", role="success"),
            Grow(self._note),
            self.unmend_button,
            self.cancel_button,
            self.import_button,
        )
        self.setLayout(
            column(marks, self.told, Grow(row(left, Grow(right), gap="medium")), foot, gap="medium")
        )
        self.told.hide()
        self.import_button.setEnabled(False)

    def _connect(self) -> None:
        self.kind.activated.connect(self._ask)
        self.village.activated.connect(self._ask)
        self.tabs.changed.connect(self._go)
        for table in (self.problems, self.duplicates, self.changes):
            table.selected.connect(self._show_whole)
        self.mark_button.clicked.connect(self._mark_pressed)
        self.sheets.said.connect(self._column_said)
        self.problems.opened.connect(self._mending_opened)
        self.mending.mend_asked.connect(self._mend_asked)
        self.mending.mend_all_asked.connect(self._mend_all_asked)
        self.unmend_button.clicked.connect(self._unmend_pressed)
        self.cancel_button.clicked.connect(self.back_asked)
        self.import_button.clicked.connect(self._import_pressed)

    def _go(self, key: str) -> None:
        self.tabs.show_tab(key)
        self._stack.setCurrentIndex((PROBLEMS, DUPLICATES, CHANGES).index(key))
        self._show_whole()

    def _show_whole(self) -> None:
        """Say the chosen line in full: a cell may be too short for it."""
        table = self._stack.currentWidget()
        if not isinstance(table, ShortTable):
            return
        chosen = next((one for one in table.model.rows if one.id == table.current_id()), None)
        self.whole.setText("" if chosen is None else "　".join(spoken(cell) for cell in chosen.cells))
        self._show_mending()

    def _show_mending(self) -> None:
        """Offer to mend the chosen cell, with what it most likely means."""
        found = self._problem()
        if found is None or not found[1].can_be_mended:
            self.mending.hide()
            return
        problem = found[1]
        question = next((one for one in self._desk.profile.questions if one.code == problem.field), None)
        offered = suggestion(question, problem.value) if question is not None else ""
        label = field_labels(self._desk.profile).get(problem.field, "")
        self.mending.show_problem(problem, label, offered, len(self._alike(problem)))

    def _problem(self) -> tuple[int, RowProblem] | None:
        """Return the chosen problem and the number of its file."""
        place = self.problems.current_id()
        is_shown = self._stack.currentWidget() is self.problems
        return self._found[place] if is_shown and place is not None and place < len(self._found) else None

    def _alike(self, problem: RowProblem) -> list[tuple[int, RowProblem]]:
        """Return the cells that say the same in the same field, and are wrong."""
        return [
            (number, one)
            for number, one in self._found
            if one.can_be_mended and (one.field, one.value) == (problem.field, problem.value)
        ]

    def _column_said(self, shape: str, letter: str, field: str) -> None:
        """Read the workbooks anew with a column as a person says; one field has one column."""
        said = self._columns.setdefault(shape, {})
        for other in [other for other, taken in said.items() if taken == field and field]:
            del said[other]
        said[letter] = field
        self._ask()

    def _mending_opened(self) -> None:
        """Go from the list to the mending of its cell."""
        if self.mending.isVisible():
            self.mending.value.framed_control().setFocus()

    def _mend_asked(self, value: str) -> None:
        found = self._problem()
        if found is not None:
            self._mend([found], value)

    def _mend_all_asked(self, value: str) -> None:
        found = self._problem()
        if found is not None:
            self._mend(self._alike(found[1]), value)

    def _mend(self, cells: Sequence[tuple[int, RowProblem]], value: str) -> None:
        """Read these cells anew; the next problem comes to the place of this one."""
        for number, one in cells:
            if one.column is not None:
                mend = Mend(number, one.sheet, one.row, one.column, value)
                self._mends[number, one.sheet, one.row, one.column] = mend
        self.problems.setFocus()
        self._ask()

    def _unmend_pressed(self) -> None:
        self._mends = {}
        self._ask()

    def _offer(self, answer: ImportAnswer, *, errors: int, has_marks: bool) -> None:
        self.unmend_button.setVisible(bool(self._mends))
        words = self._write_words()
        self.import_button.setText(words or "没有要写入的")
        self.import_button.setEnabled(bool(words))
        self.mark_button.setVisible(has_marks)
        mends = f"改了 {len(self._mends)} 格（村里的文件不动）。" if self._mends else ""
        self._note.setText(
            f"{mends}这是试算，还没有写入。有错的 {errors} 行先不导，改好后再导一次即可。"
            if errors
            else f"{mends}这是试算，还没有写入；导入以后可以整批撤回。"
        )

    def _write_words(self) -> str:
        if self._merge is not None:
            return merge_words(self._merge)
        return write_words(self._answer) if self._answer is not None else ""

    def _ask(self) -> None:
        """Do the dry run; an answer that was overtaken by a later question is dropped."""
        self._asked += 1
        asked, files = self._asked, self._files
        self.told.hide()
        self.import_button.setEnabled(False)

        desk, kind, village = self._desk, *self._chosen()
        said = self._said()

        def look(progress: Progress) -> tuple[int, Looked]:
            return asked, take_in(desk, files, kind, village, said, is_dry_run=True)

        desk.jobs.run(look, owner=self, done=self._looked, failed=self._not_looked, label="核对台账")

    def _chosen(self) -> tuple[str | None, VillageRow | None]:
        village = self.village.currentData()
        return self.kind.currentData() or None, village if isinstance(village, VillageRow) else None

    def _said(self) -> SaidOfFiles:
        """Return what was said of the files so far, as it stands now."""
        columns = {shape: dict(said) for shape, said in self._columns.items()}
        return SaidOfFiles(tuple(self._mends.values()), columns)

    def _looked(self, looked: tuple[int, Looked]) -> None:
        asked, found = looked
        if asked == self._asked:
            self.told.hide()
            self.show_answer(found.answer, found.merge)
            self.looked_over.emit()

    def _not_looked(self, error: Exception) -> None:
        """Take the answer before this one out of sight: it is not about these workbooks."""
        self.show_answer(NOTHING)
        self._failed(error)

    def _import_pressed(self) -> None:
        files, desk, kind, village = self._files, self._desk, *self._chosen()
        said = self._said()
        self.import_button.setEnabled(False)

        def write(progress: Progress) -> Looked:
            return take_in(desk, files, kind, village, said, is_dry_run=False)

        desk.jobs.run(write, owner=self, done=self._written, failed=self._failed, label="导入台账")

    def _written(self, looked: Looked) -> None:
        if looked.answer.imported:
            self.taken_in.emit(looked)
            return
        self.show_answer(looked.answer, looked.merge)
        self.told.tell(Status.WARNING, "台账在核对以后又改过，什么都没有导入；请看新的核对结果。")

    def _failed(self, error: Exception) -> None:
        self.told.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)
        self.import_button.setEnabled(bool(self._write_words()))
        self.looked_over.emit()

    def _mark_pressed(self) -> None:
        if self._answer is None:
            return
        desk, pairs = self._desk, tuple(zip(self._files, self._answer.files, strict=True))

        def mark(progress: Progress) -> tuple[Path, ...]:
            return mark_problems(desk, pairs)

        desk.jobs.run(mark, owner=self, done=self._marked, failed=self._failed, label="标出问题")

    def _marked(self, targets: tuple[Path, ...]) -> None:
        names = "、".join(str(target) for target in targets)
        self.told.tell(Status.SUCCESS, f"已存好，问题都标在格子里，可以发回村里改：{names}")
