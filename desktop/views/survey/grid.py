"""Many sheets at once: a grid to type and paste in, checked cell by cell, good rows saved without the bad."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.forms import Problem, read_answers
from desktop.services.register.duplicates import Alike
from desktop.services.survey.drafts import DraftRow
from desktop.services.survey.surveys import Saved
from desktop.views.jobs import Job, Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.look import look
from desktop.views.kit.panels import Banner, PageHead
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords
from desktop.views.survey import draft_keys
from desktop.views.survey.carried_strip import CarriedStrip
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.draft_footer import DraftFooter
from desktop.views.survey.draft_keeper import DraftKeeper
from desktop.views.survey.duplicate_pane import DuplicatePane
from desktop.views.survey.grid_delegate import GridDelegate
from desktop.views.survey.grid_model import GridModel
from desktop.views.survey.grid_rows import Pasted, RowState, whole
from desktop.views.survey.grid_view import GridView
from desktop.views.survey.pace import Pace
from desktop.views.survey.sheet import sheet_of

PAUSE_MS = 300
"""The rest after a change before the register is asked about the rows."""

MINUTE_MS = 60_000
_Found = tuple[UUID, dict[str, object], tuple[Problem, ...], tuple[Alike, ...]]


class EntryGridPage(QWidget):
    """The page of many rows of one trade; the rules are those of the form, each cell a question."""

    saved = Signal(int)
    left = Signal()
    form_asked = Signal(str)

    def __init__(self, desk: SurveyDesk, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind
        self._pace = Pace()
        self._checking: Job | None = None
        self._paste = ""
        form = desk.profile.form(kind)
        villages = tuple(village.name for village in desk.villages)
        self.model = GridModel(form, desk.new_identity, self)
        self.view = GridView(self.model)
        self.carried = CarriedStrip(villages, desk.clock.today)
        self.duplicates = DuplicatePane()
        self.drafts = DraftKeeper(desk, self._draft, self)
        self.view_switch = Segmented([Choice("form", "表单", "file-text"), Choice("grid", "网格", "table")])
        self.view_switch.set_value("grid")
        self.head = PageHead("成批录入", self.view_switch, subtitle=f"摸底调查 › {form.title}")
        self.undo_button = SmallButton("撤销", "undo-2", shortcut="Ctrl+Z", key_only=True)
        self.message = Banner(Status.INFO, "", self.undo_button)
        self._summary = ShortWords("", role="muted")
        self.fill_button = SmallButton("向下填充", shortcut="Ctrl+D")
        self.next_button = SmallButton("下一处错误", shortcut="F8")
        self.discard_button = Button("放弃这批")
        self.save_button = PrimaryButton("先存可存的", shortcut="Ctrl+Enter")
        self.footer = DraftFooter(self.discard_button, self.save_button)
        self._check_pause = self._timer(PAUSE_MS, single=True)
        self._minute = self._timer(MINUTE_MS, single=False)
        delegate = self.view.itemDelegate()
        if isinstance(delegate, GridDelegate):
            delegate.villages = villages

        self._arrange()

        self._connect()
        self._begin()

    def resume(self, draft: DraftRow) -> None:
        """Go on with a batch where it was left."""
        self.carried.show_typed(draft.typed["carried"])
        self.model.carry(self.carried.typed())
        self.model.restore(draft.typed["rows"])
        self._say(Status.SUCCESS, "上次没存完的一批已找回，接着填就行。", can_undo=False)

    def go_back(self) -> bool:
        """Leave the page; what was typed is kept as a draft."""
        if self.drafts.is_waiting:
            self.drafts.keep_now()
        self.left.emit()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()

    def rescale(self) -> None:
        """Give a likely duplicate its height; on a low window the strip makes way for it."""
        has_height = self.height() >= look().at.pane_needs or self.duplicates.alike is None
        self.carried.setVisible(has_height)
        if not has_height:
            self.message.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.drafts.is_waiting:
            self.drafts.keep_now()

    def _arrange(self) -> None:
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setLayout(column(Grow(self.view), gap="none", margins="hair"))
        self.setLayout(
            column(
                self.head,
                self.carried,
                self.message,
                Grow(row(Grow(panel), self.duplicates, gap="medium")),
                row(Grow(self._summary), self.fill_button, self.next_button),
                self.footer,
                gap="small",
            )
        )
        self.duplicates.hide()
        self.message.hide()
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.model.changed.connect(self._model_changed)
        self.model.rows_to_check.connect(self._rows_to_check)
        self.view.pasted.connect(self._pasted)
        self.view.row_entered.connect(self._row_entered)
        self.carried.changed.connect(self._carried_changed)
        self.duplicates.same_asked.connect(self._same_asked)
        self.duplicates.other_asked.connect(self._other_asked)
        self.duplicates.later_asked.connect(self._later_asked)
        self.drafts.kept.connect(self.footer.say)
        self.drafts.failed.connect(self._say_failed)
        self.view_switch.changed.connect(self._view_chosen)
        self.undo_button.clicked.connect(self._undo_pressed)
        self.fill_button.clicked.connect(self.view.fill_down)
        self.next_button.clicked.connect(self._next_pressed)
        self.discard_button.clicked.connect(self._discard_pressed)
        self.save_button.clicked.connect(self._save_pressed)
        self._check_pause.timeout.connect(self._ask_register)
        self._minute.timeout.connect(self._show_pace)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._undo_pressed)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.drafts.keep_now)

    def _timer(self, milliseconds: int, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setInterval(milliseconds)
        return timer

    def _begin(self) -> None:
        self.carried.show_typed({"surveyed_on": self._desk.clock.today().isoformat()})
        self.model.carry(self.carried.typed())
        self.drafts.begin(draft_keys.grid_sheets(self._kind))
        self._show_counts()

    # While somebody types

    def _model_changed(self) -> None:
        self._show_counts()
        self._row_entered(self.view.currentIndex().row())

    def _rows_to_check(self) -> None:
        self._pace = self._pace.typed(self._desk.clock.now())
        self._minute.start()
        self.drafts.touch()
        self._check_pause.start()

    def _carried_changed(self) -> None:
        self.model.carry(self.carried.typed())

    def _pasted(self, pasted: Pasted) -> None:
        """Sum a block up at once, and again when the register has been asked about it."""
        self._paste = pasted.words
        self._say(Status.INFO, f"{self._paste}，正在查重……", can_undo=True)

    def _sum_up_paste(self) -> None:
        if not self._paste or self.model.count(RowState.CHECKING):
            return
        good, warned = self.model.count(RowState.GOOD), self.model.count(RowState.WARNED)
        wrong, alike = self.model.count(RowState.WRONG), self.model.count(RowState.ALIKE)
        parts = [f"{good + warned} 行可存" + (f"（其中 {warned} 行有提醒）" if warned else "")]
        parts += [f"{wrong} 行要改"] if wrong else []
        parts += [f"{alike} 行疑似重复"] if alike else []
        self._say(Status.INFO, f"{self._paste}：{'，'.join(parts)}。", can_undo=True)
        self._paste = ""

    def _ask_register(self) -> None:
        """Check the rows that are not checked yet, against the register; a newer question replaces it."""
        if self._checking is not None:
            self._checking.cancel()
        waiting = [
            (row.identity, whole(row, self.model.carried))
            for row in self.model.rows
            if not row.is_empty and not row.is_checked
        ]
        surveys, kind, form = self._desk.surveys, self._kind, self.model.form
        actor = self._desk.actor

        def ask(progress: Progress) -> list[_Found]:
            found: list[_Found] = []
            for place, (identity, typed) in enumerate(waiting):
                progress.step(place, len(waiting))
                alike = surveys.alike(kind, read_answers(form, typed).answers, by=actor)
                found.append((identity, typed, surveys.check(kind, typed, by=actor), alike))
            return found

        if waiting:
            self._checking = self._desk.jobs.run(
                ask, owner=self, done=self._checked, failed=self._not_checked, label="查重"
            )

    def _checked(self, found: list[_Found]) -> None:
        self._checking = None
        now = {row.identity: whole(row, self.model.carried) for row in self.model.rows}
        self.model.answer(
            (identity, problems, alike)
            for identity, typed, problems, alike in found
            if now.get(identity) == typed
        )
        self._sum_up_paste()

    def _not_checked(self, error: Exception) -> None:
        if self._checking is not None and not self._checking.is_cancelled:
            self._say_failed(str(error))

    def _show_counts(self) -> None:
        states = (RowState.GOOD, RowState.WARNED, RowState.ALIKE, RowState.WRONG, RowState.CHECKING)
        counts = [(state.value.word, self.model.count(state)) for state in states]
        self._summary.setText("　".join(f"{word} {count} 行" for word, count in counts if count))
        savable = len(self.model.savable())
        self.save_button.setText(f"先存 {savable} 行可存的" if savable else "先存可存的")
        self.save_button.setEnabled(bool(savable))
        self.next_button.setEnabled(self.model.has_wrong_cells)
        self.discard_button.setEnabled(any(not row.is_empty for row in self.model.rows))
        self._show_pace()

    def _show_pace(self) -> None:
        now = self._desk.clock.now()
        self.carried.show_pace(self._pace.count, self._pace.per_hour(now), self._pace.minutes(now))

    def _next_pressed(self) -> None:
        self.view.go_to_next_problem()

    def _undo_pressed(self) -> None:
        place = self.model.undo()
        if place is not None:
            self.view.setCurrentIndex(self.model.index(place, max(self.view.currentIndex().column(), 0)))
        self.message.hide()

    def _discard_pressed(self) -> None:
        rows = self.model.clear_all()
        self._say(Status.WARNING, f"已放弃这批 {rows} 行；按撤销可全部找回。", can_undo=True)

    # Saving

    def _save_pressed(self) -> None:
        places = self.model.savable()
        rows = [self.model.rows[place] for place in places]
        sheets = [(whole(row, self.model.carried), row.identity) for row in rows]
        surveys, kind, actor = self._desk.surveys, self._kind, self._desk.actor
        self.save_button.setEnabled(False)

        def save(progress: Progress) -> tuple[tuple[UUID, ...], tuple[Saved, ...]]:
            done = surveys.save_many(kind, sheets, by=actor)
            return tuple(identity for _, identity in sheets), done

        self._desk.jobs.run(save, owner=self, done=self._rows_saved, failed=self._failed, label="保存")

    def _rows_saved(self, answer: tuple[tuple[UUID, ...], tuple[Saved, ...]]) -> None:
        identities, saved = answer
        self._rows_gone(set(identities))
        numbers = [one.archive_number for one in saved]
        which = numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"
        self._say(Status.SUCCESS, f"已存 {len(saved)} 户，档案编号 {which}。", can_undo=False)
        self.saved.emit(len(saved))

    def _rows_gone(self, identities: set[UUID]) -> None:
        """Take saved rows out of the grid; the draft keeps what is left, or goes with the last of them."""
        self._pace = self._pace.saved(len(identities))
        places = [place for place, row in enumerate(self.model.rows) if row.identity in identities]
        self.model.take_out(places)
        if any(not row.is_empty for row in self.model.rows):
            self.drafts.keep_now()
        else:
            self.drafts.discard()
        self.view.setCurrentIndex(self.model.index(0, 0))

    def _draft(self) -> tuple[str, Mapping[str, Any]]:
        rows = self.model.draft()
        trade = self._desk.profile.trade(self._kind).short_label
        carried = self.carried.typed()
        return f"成批录入 {trade} {len(rows)} 行", {"kind": self._kind, "carried": carried, "rows": rows}

    # Duplicates

    def _row_entered(self, place: int) -> None:
        is_row = 0 <= place < len(self.model.rows)
        alike = self.model.rows[place].undecided if is_row else None
        typed = whole(self.model.rows[place], self.model.carried) if is_row else {}
        self.duplicates.show_alike(alike, typed, title=f"第 {place + 1} 行可能已有档案")
        self.rescale()

    def _same_asked(self, alike: Alike) -> None:
        """Write the row over the establishment that it is, and take it out of the grid."""
        row = self.model.rows[self.view.currentIndex().row()]
        typed, identity = whole(row, self.model.carried), row.identity
        desk, kind = self._desk, self._kind

        def update(progress: Progress) -> tuple[UUID, Saved]:
            sheet = sheet_of(desk.establishments.sheet(alike.id, by=desk.actor))
            merged = {**sheet.base, **typed}
            saved = desk.surveys.save(
                kind,
                merged,
                by=desk.actor,
                identity=sheet.identity,
                establishment_id=alike.id,
                version=sheet.version,
            )
            return identity, saved

        desk.jobs.run(update, owner=self, done=self._updated, failed=self._failed, label="更新")

    def _updated(self, answer: tuple[UUID, Saved]) -> None:
        identity, saved = answer
        self._rows_gone({identity})
        self._say(Status.SUCCESS, f"已按这一行更新 {saved.archive_number}，没有另建。", can_undo=False)
        self.saved.emit(1)

    def _other_asked(self, alike: Alike) -> None:
        self.model.decide(self.view.currentIndex().row(), alike.id)
        self.drafts.touch()
        self.view.setFocus()

    def _later_asked(self, alike: Alike) -> None:
        place = self.view.currentIndex().row()
        self._say(Status.INFO, f"第 {place + 1} 行先搁着：不会存，一直留在草稿里。", can_undo=False)
        self.view.setCurrentIndex(self.model.index(min(place + 1, len(self.model.rows) - 1), 0))
        self.view.setFocus()

    # Elsewhere

    def _view_chosen(self, view: str) -> None:
        if view == "form":
            self.view_switch.set_value("grid")
            self.form_asked.emit(self._kind)

    def _say(self, status: Status, sentence: str, *, can_undo: bool) -> None:
        self.undo_button.setText(f"撤销{self.model.undo_words}" if can_undo else "撤销")
        self.message.tell(status, sentence)

    def _say_failed(self, sentence: str) -> None:
        self._show_counts()
        self._say(Status.DANGER, sentence, can_undo=False)

    def _failed(self, error: Exception) -> None:
        self._say_failed(str(error))
