"""可登记: who can be registered now with the number to be given, the others with their reasons."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.dates import read_date
from desktop.services.registration.registrations import Batch, Candidate, Choice
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.choices import Choice as Option
from desktop.views.kit.fields import DateField
from desktop.views.kit.panels import EmptyState
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import IconMark, ShortWords, Words
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.narrowing_list import NarrowingList, VillageList
from desktop.views.registration.pdf_bytes import drawn
from desktop.views.registration.sheet_pane import SheetPane
from desktop.views.registration.short_model import ShortColumn, ShortRow, Told
from desktop.views.registration.short_table import ShortTable

COLUMNS = (
    ShortColumn("名称", 11, 9, is_strong=True),
    ShortColumn("类别", 5, is_spare=True),
    ShortColumn("经营者", 6, is_spare=True),
    ShortColumn("村（社区）", 6, is_spare=True),
    ShortColumn("拟给编号，或者为什么还不能", 16, grows=True),
)
CHECK_NUMBERS = "编号规则由本镇自定，发卡前请核对"
REST_MS = 150
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class _Proof:
    establishment_id: int
    reasons: tuple[str, ...]
    pdf: bytes


class CandidatesTab(Screen):
    """Ticks, one date, one button; beside it the card as it will be."""

    topics: ClassVar[frozenset[str]] = frozenset({"establishments", "papers", "findings", "rectifications"})
    counted = Signal(int)
    told = Signal(str)
    refused = Signal(str)
    registered = Signal(object)
    open_asked = Signal(int)
    edit_asked = Signal(int)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._lines: dict[int, Candidate] = {}
        self._known: frozenset[int] = frozenset()
        self._pick: int | None = None
        self._is_cut = False
        self._proved: int | None = None
        trades = [Option(trade.code, trade.label) for trade in desk.profile.trades]
        self.kinds = NarrowingList("类别", "全部类别", trades)
        self.villages = VillageList(desk.villages)
        self.all_button = SmallButton("全选", "check-check")
        self.day = DateField("", read_date)
        self.button = PrimaryButton("登记并制卡", "stamp", shortcut="Ctrl+Enter")
        self.table = ShortTable("可以登记的和还不能的", COLUMNS, has_ticks=True)
        self.empty = EmptyState(
            "badge-check",
            "这里还没有可以登记的",
            explanation="摸底齐全、正常经营、没有未销号重点问题的，会自动列在这里，成批登记、一次制卡。",
        )
        self._summary = ShortWords(role="muted")
        self._place = QStackedWidget()
        self.sample = SheetPane("样页", desk.jobs)
        self._glyphs = ShortWords()
        self._glyphs_mark = IconMark("circle-check", role="success", size="icon_chip")
        self._numbers = ShortWords(CHECK_NUMBERS)
        self._numbers_mark = IconMark("triangle-alert", role="warning", size="icon_chip")
        self._open = Button("打开档案", "folder-open")
        self._edit = Button("改这一户", "pencil", shortcut="F2")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)

        for part in (self.table, self.empty):
            self._place.addWidget(part)
        self.day.set_day(desk.clock.today())
        self.day.line.setAccessibleName("决定日期")
        bar = row(self.kinds, self.villages, self.all_button, Grow(self._summary))
        decide = row(Words("决定日期"), hold(self.day, width="column"), None, self.button, gap="small")
        left = column(bar, Grow(self._place), decide, gap="small")
        notes = column(
            row(self._glyphs_mark, Grow(self._glyphs), gap="close"),
            row(self._numbers_mark, Grow(self._numbers), gap="close"),
            row(self._edit, self._open, None),
            gap="small",
        )
        self._right = hold(box(column(Grow(self.sample), notes, gap="small")), width="sample_pane")
        self.setLayout(row(Grow(left), self._right, gap="medium"))
        self._say_ticked()

        self.kinds.activated.connect(self.refresh)
        self.villages.activated.connect(self.refresh)
        self.all_button.clicked.connect(self._all_asked)
        self.table.ticked.connect(self._say_ticked)
        self.table.selected.connect(self._rest.start)
        self.table.opened.connect(self.open_asked)
        self.button.clicked.connect(self._register_asked)
        self._rest.timeout.connect(self._prove)
        self._open.clicked.connect(self._open_pressed)
        self._edit.clicked.connect(self._edit_pressed)

    def refresh(self) -> None:
        desk, choice = self._desk, self._choice()

        def ask(progress: Progress) -> tuple[Candidate, ...]:
            return desk.registrations.candidates(choice, by=desk.actor, limit=MOST_SHOWN)

        desk.jobs.run(ask, owner=self, done=partial(self._answered, choice))

    def start_for(self, establishment_id: int) -> None:
        """Tick this establishment and no other as soon as the list is there."""
        self._pick = establishment_id
        for box_of_all in (self.kinds, self.villages):
            box_of_all.setCurrentIndex(0)
        self.refresh()

    def _tick_only(self, establishment_id: int) -> None:
        self.table.model.ticked.clear()
        self.table.choose(establishment_id)
        self.table.model.tick([r for r in self.table.model.rows if r.id == establishment_id], on=True)

    def _choice(self, ids: tuple[int, ...] = ()) -> Choice:
        return Choice(self.kinds.code or None, self.villages.village_id, ids)

    def _answered(self, choice: Choice, lines: tuple[Candidate, ...]) -> None:
        shown = [line for line in lines if not _has_paper(line)]
        self._lines = {line.id: line for line in shown}
        self._is_cut = len(lines) >= MOST_SHOWN
        able = [line.id for line in shown if not line.reasons]
        self._place.setCurrentWidget(self.table if shown else self.empty)
        self._right.setVisible(bool(shown))
        is_part = self._is_cut or choice != Choice()
        self.table.show_rows([self._line(one) for one in shown], keeps_unseen=is_part)
        fresh = [row for row in self.table.model.rows if row.id not in self._known]
        self.table.model.tick(fresh, on=True)  # what is new on the list is ticked, what was unticked stays so
        self._known |= frozenset(self._lines)
        self._proved = None
        if self._pick is not None:
            self._tick_only(self._pick)
            self._pick = None
        self._prove()
        self._say_ticked()
        self.counted.emit(len(able))

    def _line(self, one: Candidate) -> ShortRow:
        given = one.number or Told("；".join(one.reasons), "circle-x", Status.DANGER)
        kind = self._desk.profile.trade(one.kind).short_label
        return ShortRow(one.id, (one.title, kind, one.operator_name, one.village, given), not one.reasons)

    def _all_asked(self) -> None:
        self.table.tick_all(on=len(self.table.ticked_ids()) < self._able())

    def _able(self) -> int:
        return sum(not line.reasons for line in self._lines.values())

    def _say_ticked(self) -> None:
        able, ticked = self._able(), len(self.table.ticked_ids())
        more = f"；只列前 {MOST_SHOWN} 户，请按村看" if self._is_cut else ""
        if unseen := self.table.unseen_ticks():
            more += f"；另有 {unseen} 户已选未列出，这次不登记"
        self._summary.setText(f"可登记 {able}，还不能 {len(self._lines) - able}{more}")
        self.all_button.setText("全不选" if able and ticked == able else "全选")
        self.all_button.setEnabled(bool(able))
        self.button.setText(f"登记并制卡 {ticked} 户" if ticked else "登记并制卡")
        self.button.setEnabled(bool(ticked))

    def _register_asked(self) -> None:
        ids, day, desk = self.table.ticked_ids(), self.day.day(), self._desk
        if day is None:
            if not self.day.error:
                self.day.show_error("请填日期。")
            self.day.setFocus()
            return
        choice = self._choice(ids)

        def register(progress: Progress) -> Batch:
            return desk.registrations.register_all(choice, decided_on=day, by=desk.actor)

        self.button.setEnabled(False)
        desk.jobs.run(
            register, owner=self, done=self._registered, failed=self._failed, label=f"登记 {len(ids)} 户"
        )

    def _registered(self, batch: Batch) -> None:
        self.table.model.ticked -= {one.id for one in batch.issued}
        self.registered.emit(batch)
        # Where all were refused nothing has changed, and nobody else would ask for the list again.
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._say_ticked()
        self.refused.emit(str(error))

    def _prove(self) -> None:
        """Draw the proof of the line under the keyboard, once."""
        chosen = self.table.current_id()
        line = self._lines.get(chosen) if chosen is not None else None
        self._edit.setEnabled(line is not None)
        self._open.setEnabled(line is not None)
        if line is None:
            self.sample.show_nothing("在左边选一户，这里看它的样页。")
            return
        if self._proved == line.id:
            return
        self._proved = line.id
        rule = self._desk.profile.trade(line.kind).paper
        for part in (self._numbers, self._numbers_mark):
            part.setVisible(not rule.number_is_confirmed)
        self.sample.set_note(line.title)
        if line.number is None:
            self.sample.show_nothing("还不能登记：\n" + "\n".join(line.reasons))
            self._say_glyphs(("没有样页，先处理左边写的原因",))
            return
        desk, number = self._desk, line.number

        def prove(progress: Progress) -> _Proof:
            def draw(target: Path) -> tuple[str, ...]:
                return desk.proofs.proof(line.id, number, target, by=desk.actor)

            reasons, pdf = drawn(desk.scratch, draw)
            return _Proof(line.id, reasons, pdf)

        desk.jobs.run(prove, owner=self, done=self._is_proved)

    def _is_proved(self, proof: _Proof) -> None:
        if proof.establishment_id != self.table.current_id():
            return
        if proof.pdf:
            self.sample.show_pdf(proof.pdf)
        else:
            self.sample.show_nothing("印不出来：\n" + "\n".join(proof.reasons))
        self._say_glyphs(proof.reasons)

    def _say_glyphs(self, reasons: tuple[str, ...]) -> None:
        self._glyphs.setText("；".join(reasons) or "名称、姓名、地址的字都印得出来")
        if reasons:
            self._glyphs_mark.set_icon("circle-x", "danger")
        else:
            self._glyphs_mark.set_icon("circle-check", "success")

    def _open_pressed(self) -> None:
        if (chosen := self.table.current_id()) is not None:
            self.open_asked.emit(chosen)

    def _edit_pressed(self) -> None:
        if (chosen := self.table.current_id()) is not None:
            self.edit_asked.emit(chosen)


def _has_paper(line: Candidate) -> bool:
    """Tell whether it is only refused for having its paper: it belongs to the papers, not here."""
    return len(line.reasons) == 1 and line.reasons[0].startswith("已有有效的")
