"""谁报了: villages by months, the county below; workbooks that go out, letters to who has sent nothing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.exchange.books import MadeBook
from desktop.services.exchange.months import month_words, other_side
from desktop.services.exchange.sendings import MONTHS, Reminded, SendingBoard, VillageLine, months_until
from desktop.services.office.villages import VillageRow
from desktop.services.papers.papers import Wanted
from desktop.services.rights import Right, may, village_scope
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.sending_rows import (
    COUNTY,
    FILE_COLUMNS,
    county_line,
    file_rows,
    line_of,
    month_columns,
)
from desktop.views.exchange.taking_in import make_books
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_table import ShortTable

_REMINDER = "exchange_reminder"
_MOST_NAMED = 12


class SendingsView(QWidget):
    """The board above, the files of the chosen village below it."""

    loaded = Signal()
    papers_asked = Signal(object, str, str)
    """What is to be looked at and printed (``Wanted``), its title and what it is about."""

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__()
        self._desk = desk
        self._months = months_until(desk.clock.today(), MONTHS)
        self._board = SendingBoard(self._months, ())
        self.news = Banner(Status.SUCCESS)
        self.month = ComboBox()
        self.missing = Words(wraps=True)
        self.make_button = PrimaryButton("做交换表", "file-output", shortcut="Alt+M")
        self._county = other_side(desk.profile, None)
        self.county_button = Button(f"报{self._county}的表", "file-output", shortcut="Alt+Q")
        self.remind_button = Button("催报函", "mail", shortcut="Alt+R")
        self.board = ShortTable("谁报了", month_columns(self._months), has_ticks=True)
        self.files_head = Words(size="type_field", strong=True)
        self.files = ShortTable("报过的文件", FILE_COLUMNS)

        self.month.setAccessibleName("看哪个月没有报")
        hold(self.month, width="field_least")
        ways = (self.make_button, self.county_button, self.remind_button)
        above = column(row(self.month, None, *ways, gap="medium"), self.missing, gap="small")
        self.setLayout(
            column(self.news, above, Grow(self.board, 5), self.files_head, Grow(self.files, 2), gap="medium")
        )
        self.county_button.setToolTip("全部村（社区）在一份表里，每行写着所属的村；发回来照样合并")
        self.county_button.setVisible(village_scope(desk.actor) is None)
        self.news.hide()
        self.board.set_empty("还没有村（社区）。")
        self.files.set_empty("这个村这几个月还没有报过。")
        self._fill_months()

        self.month.activated.connect(self._show_missing)
        self.board.selected.connect(self._show_files)
        self.board.ticked.connect(self._show_missing)
        self.make_button.clicked.connect(self._make_pressed)
        self.county_button.clicked.connect(self._county_pressed)
        self.remind_button.clicked.connect(self._remind_pressed)

    def refresh(self) -> None:
        """Ask again who has sent what."""
        desk = self._desk

        def ask(progress: Progress) -> SendingBoard:
            return desk.sendings.board(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._arrived)

    def take_focus(self) -> None:
        self.board.setFocus()

    def chosen_month(self) -> date:
        """Return the month that is asked about."""
        chosen = self.month.currentData()
        return chosen if isinstance(chosen, date) else self._months[-1]

    def _fill_months(self) -> None:
        """Offer the months, the newest first; the one that is due is asked about."""
        self.month.clear()
        for month in reversed(self._months):
            self.month.addItem(month_words(month), month)

    def _arrived(self, board: SendingBoard) -> None:
        if board.months != self._months:  # the month has turned while the window was open
            self._months = board.months
            self.board.model.set_columns(month_columns(board.months))
            self._fill_months()
        self._board = board
        county = [county_line(board.county, self._county)] if board.county else []
        self.board.show_rows([*(line_of(line) for line in board.lines), *county])
        self._show_missing()
        self._show_files()
        self.loaded.emit()

    def _show_missing(self) -> None:
        month = self.chosen_month()
        missing = self._board.missing(month)
        names = "、".join(village.name for village in missing[:_MOST_NAMED])
        more = f"等 {len(missing)} 个" if len(missing) > _MOST_NAMED else ""
        said = f"{len(missing)} 个村还没有报：{names}{more}" if missing else "都报了。"
        self.missing.setText(f"{self._until(month)}{said}")
        ticked = self.board.ticked_ids()
        count = len(ticked) or len(self._board.lines)
        self.make_button.setText(f"做{self._months[-1].month}月交换表（{count} 个村）")
        may_make = may(self._desk.actor, Right.EXPORT_INTERNAL)
        self.make_button.setEnabled(bool(count) and may_make)
        self.county_button.setEnabled(may_make)
        reminded = self._to_remind()
        self.remind_button.setText(f"催报函（{len(reminded)}）")
        self.remind_button.setEnabled(bool(reminded) and may(self._desk.actor, Right.PRINT))

    def _until(self, month: date) -> str:
        """Say until when a month is to be sent."""
        place = self._months.index(month)
        day = self._board.lines[0].months[place].due_on if self._board.lines else None
        return f"{day.month}月{day.day}日前报。" if day is not None else ""

    def _to_remind(self) -> tuple[VillageRow, ...]:
        """Return who is late with the chosen month: those that are ticked, or all of them."""
        place = self._months.index(self.chosen_month())
        ticked = set(self.board.ticked_ids())
        return tuple(
            line.village
            for line in self._board.lines
            if line.months[place].is_late and (not ticked or line.village.id in ticked)
        )

    def _line(self) -> VillageLine | None:
        current = self.board.current_id()
        return next((line for line in self._board.lines if line.village.id == current), None)

    def _show_files(self) -> None:
        line = self._line()
        is_county = self.board.current_id() == COUNTY
        whose = f"{self._county}发回的" if is_county else f"{line.village.name}报过的" if line else ""
        self.files_head.setText(whose)
        self.files.show_rows(file_rows(self._board.county if is_county else line.months if line else ()))

    def _make_pressed(self) -> None:
        ticked = set(self.board.ticked_ids())
        self._make([line.village for line in self._board.lines if not ticked or line.village.id in ticked])

    def _county_pressed(self) -> None:
        self._make([None])

    def _make(self, whose: Sequence[VillageRow | None]) -> None:
        desk = self._desk

        def make(progress: Progress) -> tuple[MadeBook, ...]:
            return make_books(desk, whose, progress.step)

        self.make_button.setEnabled(False)
        self.county_button.setEnabled(False)
        desk.jobs.run(make, owner=self, done=self._made, failed=self._failed, label="做交换表")

    def _made(self, made: Sequence[MadeBook]) -> None:
        rows = sum(one.rows for one in made)
        file, warning = Path(made[0].file), "里面有完整的身份证号"
        if made[0].village is None:
            said = f"已做好报{self._county}的交换表（{rows} 户）：{file}；{warning}，只发给{self._county}。"
        else:
            said = f"已做好 {len(made)} 个村的交换表（{rows} 户），在 {file.parent}；{warning}，只发给本村。"
        self.news.tell(Status.SUCCESS, said)
        self.refresh()

    def _remind_pressed(self) -> None:
        desk, month = self._desk, self.chosen_month()
        ids = [village.id for village in self._to_remind()]

        def remind(progress: Progress) -> tuple[Reminded, ...]:
            return desk.sendings.remind(month, ids, by=desk.actor)

        self.remind_button.setEnabled(False)
        desk.jobs.run(remind, owner=self, done=self._reminded, failed=self._failed, label="催报")

    def _reminded(self, reminded: Sequence[Reminded]) -> None:
        wanted = Wanted(_REMINDER, ids=tuple(one.id for one in reminded))
        names = "、".join(one.village for one in reminded[:_MOST_NAMED])
        self.papers_asked.emit(wanted, "催报函", f"{month_words(self.chosen_month())}，{names}")

    def _failed(self, error: Exception) -> None:
        sentence = str(error) if isinstance(error, UserError) else "没有做成，什么都没有动；请再试一次。"
        self.news.tell(Status.DANGER, sentence)
        self.refresh()
