"""Entering one inspection: who was visited, when, by which two, and every item of the check list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.check_score import Score, score_of
from desktop.domain.dates import read_date
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.profile import CheckItem
from desktop.domain.rectification import InspectionMode
from desktop.domain.sheet_code import archive_number_in
from desktop.services.rectification.inspections import Inspected
from desktop.services.register.establishments import EstablishmentDetail, Hit
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, row
from desktop.views.kit.buttons import Button, LinkButton, PrimaryButton, SmallButton
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, EmptyState, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.rectification.cards import short_title
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.item_line import NO, NOT_APPLICABLE, YES, ItemLine
from desktop.views.rectification.late_fields import LateFields
from desktop.views.rectification.signature_fields import SignatureFields

_HITS = 6


@dataclass(frozen=True, slots=True)
class _Visited:
    detail: EstablishmentDetail
    items: tuple[CheckItem, ...]


class InspectionView(QWidget):
    """The page of a new inspection."""

    back_asked = Signal()
    recorded = Signal(int, object)
    """The establishment and what was found: ``Inspected``."""

    ready = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._establishment_id = 0
        self.lines: list[ItemLine] = []
        self._hits: dict[LinkButton, int] = {}
        self._hits_box: QWidget | None = None
        self._items_box: QWidget | None = None
        today = desk.clock.today
        self.back_button = Button("不记了", "arrow-left", shortcut="Esc", key_only=True)
        self.save_button = PrimaryButton("记下这次检查", "check", shortcut="Ctrl+Enter")
        self.head = PageHead("记一次检查", self.back_button, self.save_button)
        self.message = Banner(Status.DANGER)
        self.search = SearchField("检查了谁：店名、姓名、电话或编号，可打首字母", key="Ctrl+F")
        self.on = DateField("检查日期", read_date, today=today, required=True)
        modes = [Choice(str(one), one.label) for one in InspectionMode]
        self.mode = ChoiceField("检查方式", modes)
        self.inspectors = (
            TextField("检查人（一）", most=20, required=True),
            TextField("检查人（二）", most=20, required=True),
        )
        self.signature = SignatureFields()
        self.late = LateFields(desk, self.on, wanted=True)
        self.form = FormGrid()
        self.rest_button = SmallButton("其余都是“是”", "check-check")
        self.items = Panel("检查项目", self.rest_button, margins="medium", ruled=True)
        self.visit = Panel("这次检查")
        self.empty = EmptyState("search", "先找到检查的这一户", explanation="在上面打店名、姓名或首字母。")

        self._arrange()

        self._connect()

    def begin(
        self,
        establishment_id: int | None = None,
        *,
        mode: str = InspectionMode.ROUTINE,
        inspectors: Sequence[str] = (),
    ) -> None:
        """Begin a new sheet, for this establishment and by these people where they are known already."""
        self.message.hide()
        self.search.clear()
        self._show_hits(())
        self._establishment_id = 0
        self._show_form(is_shown=False)
        self.on.set_day(self._desk.clock.today())
        self.mode.set_value(str(mode))
        for field, name in zip(self.inspectors, inspectors, strict=False):
            field.set_value(name)
        self.signature.begin()
        self.late.begin()
        if establishment_id is None:
            # After the view has come into sight: before, nothing can take the keyboard.
            QTimer.singleShot(0, self, self.search.line.setFocus)
        else:
            self._fetch(establishment_id)

    def focus_search(self) -> None:
        self.search.line.setFocus()

    def _arrange(self) -> None:
        self.form.add(self.on, self.mode, *self.inspectors)
        self.late.add_to(self.form)
        self.signature.add_to(self.form)
        self.visit.add(self.form)
        self._below_search = column(gap="tiny")
        below = box(self._below_search)
        body = Scrolled(self.visit, self.items, None)
        self._body = body
        self.setLayout(page(self.head, self.message, self.search, below, Grow(body), Grow(self.empty)))
        self.message.hide()
        self._show_form(is_shown=False)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.save_button.clicked.connect(self._save_pressed)
        self.search.searched.connect(self._searched)
        self.search.entered.connect(self._first_hit_chosen)
        self.search.stepped.connect(self._step_into_hits)
        self.rest_button.clicked.connect(self._rest_pressed)

    def _show_form(self, *, is_shown: bool) -> None:
        self._body.setVisible(is_shown)
        self.empty.setVisible(not is_shown)
        self.save_button.setEnabled(is_shown)

    def _searched(self, typed: str) -> None:
        if not typed:
            self._show_hits(())
            return
        desk = self._desk
        if archive_number_in(typed) is not None:

            def visited(progress: Progress) -> Hit | None:
                return desk.establishments.of_sheet(typed, by=desk.actor)

            desk.jobs.run(visited, owner=self, done=self._sheet_found, failed=self._failed)
            return

        def find(progress: Progress) -> tuple[Hit, ...]:
            return desk.establishments.find(typed, by=desk.actor, limit=_HITS)

        desk.jobs.run(find, owner=self, done=self._show_hits, failed=self._failed)

    def _show_hits(self, hits: tuple[Hit, ...]) -> None:
        self._hits.clear()
        if self._hits_box is not None:
            self._below_search.removeWidget(self._hits_box)
            self._hits_box.hide()
            self._hits_box.deleteLater()
        lines = []
        kinds = {trade.code: trade.short_label for trade in self._desk.profile.trades}
        for hit in hits:
            link = LinkButton(hit.title)
            link.clicked.connect(self._hit_pressed)
            self._hits[link] = hit.id
            about = Words(f"{kinds.get(hit.kind, '')}　{hit.village}　{hit.operator_name}", role="muted")
            lines.append(row(link, about, None))
        if self.search.text() and not hits:
            lines.append(row(Words("没有找到，换个字或首字母试试。", role="muted"), None))
        self._hits_box = box(column(*lines, gap="tiny", margins="small"), name="raised")
        self._below_search.addWidget(self._hits_box)
        self._hits_box.setVisible(bool(lines))

    def _sheet_found(self, visited: Hit | None) -> None:
        """Open whose check list was scanned: a scanner's Enter comes before any list."""
        if visited is None:
            self._show_hits(())
        else:
            self._fetch(visited.id)

    def _hit_pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, LinkButton):
            self._fetch(self._hits[pressed])

    def _first_hit_chosen(self) -> None:
        first = next(iter(self._hits.values()), None)
        if first is not None:
            self._fetch(first)

    def _step_into_hits(self, step: int) -> None:
        """Let the arrow down lead from the search to what it found; Tab goes on from there."""
        first = next(iter(self._hits), None)
        if step > 0 and first is not None:
            first.setFocus()

    def _fetch(self, establishment_id: int) -> None:
        desk = self._desk

        def fetch(progress: Progress) -> _Visited:
            detail = desk.establishments.detail(establishment_id, by=desk.actor)
            return _Visited(detail, desk.inspections.items(detail.row.kind, by=desk.actor))

        desk.jobs.run(fetch, owner=self, done=self._fetched, failed=self._failed)

    def _fetched(self, visited: _Visited) -> None:
        found = visited.detail.row
        self._establishment_id = found.id
        self.search.clear()
        self._show_hits(())
        trade = self._desk.profile.trade(found.kind)
        self.visit.set_title(short_title(found.title))
        self.visit.set_note(f"{trade.label}　{found.place}")
        self._show_items(visited.items)
        self._say_closed(found.operating_status)
        self.signature.begin()
        self._show_form(is_shown=True)
        self.on.setFocus()
        self.ready.emit()

    def _say_closed(self, status: OperatingStatus) -> None:
        """Say before anything is typed what an inspection of somebody who has closed means."""
        if not status.has_ended:
            self.message.hide()
            return
        self.message.tell(
            Status.WARNING,
            f"这一户{status.label}。记下以后的检查，就是又在经营（死灰复燃），整改随之重新立起；"
            "还关着的请录入“回头看”。",
        )

    def _show_items(self, items: tuple[CheckItem, ...]) -> None:
        if self._items_box is not None:
            self.items.body.removeWidget(self._items_box)
            self._items_box.hide()
            self._items_box.deleteLater()
        self.lines = [ItemLine(number, item) for number, item in enumerate(items, 1)]
        for line in self.lines:
            line.answered.connect(self._count_answers)
        self._items_box = box(column(*self.lines, gap="small"))
        self.items.add(self._items_box)
        self._count_answers()

    def _count_answers(self) -> None:
        left = sum(not line.answer for line in self.lines)
        bad = sum(line.answer == NO for line in self.lines)
        found = f"，查出 {bad} 项" if bad else ""
        score = None if left else self._score()
        found += f"，{score.words}" if score is not None else ""
        self.items.set_note(
            f"{len(self.lines)} 项，还有 {left} 项没填{found}" if left else f"都填好了{found}"
        )
        self.rest_button.setEnabled(left > 0)

    def _score(self) -> Score | None:
        failed = [line.item.code for line in self.lines if line.answer == NO]
        left_out = [line.item.code for line in self.lines if line.answer == NOT_APPLICABLE]
        return score_of([line.item for line in self.lines], failed, left_out)

    def _rest_pressed(self) -> None:
        for line in self.lines:
            if not line.answer:
                line.set_answer(YES)
        self._count_answers()

    def _save_pressed(self) -> None:
        self.message.hide()
        self.form.clear_errors()
        on = self.on.day()
        if on is None and not self.on.error:
            self.on.show_error("请填检查日期。")
        for field in self.inspectors:
            if not field.value():
                field.show_error("请填检查人的姓名，须两名以上。")
        self.signature.show_missing()
        self.late.show_missing()
        missing = [line for line in self.lines if not line.answer]
        for line in self.lines:
            line.show_missing(line in missing)
        if self.form.show_first_error() or on is None:
            return
        if missing:
            self.message.tell(Status.DANGER, f"还有 {len(missing)} 项没有填，请逐项填“是”“否”或“合理缺项”。")
            missing[0].choice.setFocus()
            self._body.ensureWidgetVisible(missing[0])
            return
        desk, establishment_id = self._desk, self._establishment_id
        people = [field.value() for field in self.inspectors]
        faults = [line.fault() for line in self.lines if line.answer == NO]
        left_out = [line.item.code for line in self.lines if line.answer == NOT_APPLICABLE]
        signed = self.signature.signed()
        mode, late = self.mode.value(), self.late.late()

        def record(progress: Progress) -> Inspected:
            return desk.inspections.record(
                establishment_id,
                on=on,
                inspectors=people,
                mode=mode,
                faults=faults,
                not_applicable=left_out,
                signed=signed,
                late=late,
                by=desk.actor,
            )

        self.save_button.setEnabled(False)
        desk.jobs.run(record, owner=self, done=self._recorded, failed=self._failed, label="记下检查")

    def _recorded(self, inspected: Inspected) -> None:
        self.save_button.setEnabled(True)
        self.recorded.emit(self._establishment_id, inspected)

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(bool(self._establishment_id))
        self.message.tell(Status.DANGER, str(error))
