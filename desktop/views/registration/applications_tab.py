"""申请办理: applications under way, the most urgent first, and each taken on in the pane beside."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop.domain.lifecycle import RegistrationStatus
from desktop.services.registration.applications_under_way import ApplicationRow
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, Thing, box, column, hold, row
from desktop.views.kit.look import look
from desktop.views.kit.panels import EmptyState
from desktop.views.kit.statuses import REGISTRATION
from desktop.views.kit.words import IconMark, Words
from desktop.views.registration.application_rows import COLUMNS, line
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.new_application import NewApplication
from desktop.views.registration.short_table import ShortTable
from desktop.views.registration.step_pane import StepPane


@dataclass(frozen=True, slots=True)
class _Answer:
    under_way: tuple[ApplicationRow, ...]
    counts: dict[RegistrationStatus, int]


class ApplicationsTab(Screen):
    """The list with its legal clocks, and the pane that does the next step."""

    topics: ClassVar[frozenset[str]] = frozenset({"applications", "establishments", "papers"})
    counted = Signal(int)
    told = Signal(str)
    open_asked = Signal(int)
    paper_asked = Signal(str, str, int)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._rows: dict[int, ApplicationRow] = {}
        self._pick: int | None = None
        self.steps = StepsStrip()
        self.table = ShortTable("在办的申请", COLUMNS)
        self.empty = EmptyState(
            "inbox",
            "没有在办的申请",
            explanation="有人来申请登记，就在这里收下；法定时限从收下那天起自动计算，最急的排在最上面。",
            step="受理新申请",
        )
        self.step_pane = StepPane(desk)
        self.new_pane = NewApplication(desk)
        self._left = QStackedWidget()
        self._side = QStackedWidget()

        for part in (self.table, self.empty):
            self._left.addWidget(part)
        for pane in (self.step_pane, self.new_pane):
            self._side.addWidget(pane)
        self.setLayout(
            column(
                self.steps,
                Grow(row(Grow(self._left), hold(self._side, width="side_pane"), gap="medium")),
                gap="medium",
            )
        )

        self.table.selected.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)
        self.empty.step_asked.connect(self.start_new)
        self.step_pane.moved.connect(self.told)
        self.step_pane.open_asked.connect(self.open_asked)
        self.step_pane.paper_asked.connect(self.paper_asked)
        self.new_pane.taken.connect(self._application_taken)
        self.new_pane.closed.connect(self.go_back)

    def refresh(self) -> None:
        desk = self._desk

        def ask(progress: Progress) -> _Answer:
            return _Answer(
                desk.applications.under_way(by=desk.actor), desk.registrations.counts(by=desk.actor)
            )

        desk.jobs.run(ask, owner=self, done=self._answered)

    def start_new(self) -> None:
        """Open the pane for a new application."""
        self._side.setCurrentWidget(self.new_pane)
        self._side.show()
        self.new_pane.start()

    def start_for(self, establishment_id: int) -> None:
        """Open the pane for a new application of one that is known."""
        self.start_new()
        self.new_pane.start_for(establishment_id)

    def choose(self, establishment_id: int) -> None:
        """Choose the application of an establishment as soon as the list is there."""
        self._pick = establishment_id
        self.refresh()

    def go_back(self) -> bool:
        """Close the pane of a new application; False where it is closed."""
        if self._side.currentWidget() is not self.new_pane:
            return False
        self._side.setCurrentWidget(self.step_pane)
        self._side.setVisible(bool(self._rows))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.setVisible(self.height() >= look().at.low_below)

    def _answered(self, answer: _Answer) -> None:
        self._rows = {row.id: row for row in answer.under_way}
        self.steps.show_counts(answer.counts)
        self._left.setCurrentWidget(self.table if self._rows else self.empty)
        is_new = self._side.currentWidget() is self.new_pane
        self._side.setVisible(bool(self._rows) or is_new)
        self.table.show_rows([line(row, self._desk.profile) for row in answer.under_way])
        picked = [row.id for row in answer.under_way if row.establishment_id == self._pick]
        if picked:
            self.table.choose(picked[0])
        self._pick = None
        self.counted.emit(len(self._rows))

    def _row_chosen(self) -> None:
        chosen = self.table.current_id()
        self.step_pane.show_application(self._rows.get(chosen) if chosen is not None else None)

    def _row_opened(self, application_id: int) -> None:
        self._side.setCurrentWidget(self.step_pane)
        self.step_pane.focus_step()

    def _application_taken(self, sentence: str) -> None:
        self._side.setCurrentWidget(self.step_pane)
        self.told.emit(sentence)


_ON_THE_WAY = (
    RegistrationStatus.APPLIED,
    RegistrationStatus.TO_COMPLETE,
    RegistrationStatus.ACCEPTED,
    RegistrationStatus.SITE_CHECK,
    RegistrationStatus.REGISTERED,
)


class StepsStrip(QWidget):
    """The way from application to paper, with how many stand at each step."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = {status: Words("0", size="type_record", strong=True) for status in _ON_THE_WAY}
        parts: list[Thing] = []
        for place, status in enumerate(_ON_THE_WAY):
            chip = REGISTRATION[status]
            if place:
                parts += [None, IconMark("chevron-right")]
            parts += [IconMark(chip.icon, role=chip.status.value), Words(chip.word), self._numbers[status]]

        inside = row(*parts, None, margins="medium small")
        self.setLayout(column(box(inside, name="panel", kind=QFrame)))

    def show_counts(self, counts: dict[RegistrationStatus, int]) -> None:
        for status, number in self._numbers.items():
            number.setText(str(counts.get(status, 0)))
