"""一户一档: everything about one establishment, and the one thing to do next."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from desktop.clock import Clock
from desktop.domain.next_step import NextStep as Step
from desktop.domain.next_step import Verb
from desktop.services.register.dossier_events import TimelineEntry
from desktop.services.register.dossiers import Dossier
from desktop.services.rights import Right, may
from desktop.services.survey.photos import PhotoRow
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.establishment.documents_panel import DocumentsPanel
from desktop.views.establishment.facts_panel import FactsPanel
from desktop.views.establishment.head import DossierHead
from desktop.views.establishment.join_pane import JoinPane
from desktop.views.establishment.photos_panel import PhotosPanel
from desktop.views.establishment.standing_pane import StandingPane
from desktop.views.establishment.status_tiles import StatusTiles, tiles_of
from desktop.views.establishment.timeline_panel import TimelinePanel
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.look import look
from desktop.views.kit.panels import Banner, EmptyState, NextStep
from desktop.views.kit.tabs import TabRow, TabText
from desktop.views.kit.tokens import Status

HISTORY, PAPERS = "history", "papers"


@dataclass(frozen=True, slots=True)
class _Answer:
    dossier: Dossier
    timeline: tuple[TimelineEntry, ...]
    photos: tuple[PhotoRow, ...]


class EstablishmentPage(Screen):
    """The page of one establishment; where it is narrow, photographs and papers stand behind a tab."""

    topics: ClassVar[frozenset[str]] = frozenset(
        {
            "establishments",
            "surveys",
            "applications",
            "papers",
            "prints",
            "inspections",
            "findings",
            "rectifications",
            "shutdowns",
            "look_backs",
            "samplings",
            "draws",
            "risks",
            "photos",
        }
    )
    opened = Signal(int)
    edit_asked = Signal(int)
    register_asked = Signal(int)
    print_asked = Signal(int)
    paper_asked = Signal(str, str, int)
    inspect_asked = Signal(int)
    look_back_asked = Signal(int)
    close_down_asked = Signal(int)
    list_asked = Signal()

    def __init__(self, desk: EstablishmentDesk, clock: Clock) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._clock = clock
        self._id: int | None = None
        self._step: Step | None = None
        self._dossier: Dossier | None = None
        self.head = DossierHead()
        self.banner = Banner(Status.INFO)
        self.tiles = StatusTiles()
        self.next_button = PrimaryButton("", shortcut="Ctrl+Enter")
        self.next = NextStep("", self.next_button)
        self.tabs = TabRow([TabText(HISTORY, "资料和经过"), TabText(PAPERS, "照片和证卡")])
        self.facts = FactsPanel(desk)
        self.timeline = TimelinePanel()
        self.photos = PhotosPanel(desk)
        self.documents = DocumentsPanel(desk)
        self.standing = StandingPane(desk, clock)
        self.joining = JoinPane(desk)
        self._is_standing_open = self._is_joining_open = False
        self._to_join = ""
        self._pair = column(Grow(self.photos), Grow(self.documents), gap="medium")
        self._right = box(self._pair)
        self._history = row(hold(self.facts, width="facts_pane"), Grow(self.timeline), gap="medium")
        self._left = box(self._history)
        self._parts = row(Grow(self._left), self._right, self.standing, self.joining, gap="medium")
        self.empty = EmptyState(
            "folder-open",
            "先选一户",
            explanation="按 Ctrl+K 输入店名、姓名、首字母或号码尾数，或者到“摸底调查”里选一户打开。",
            step="去摸底调查",
        )
        self._place = QStackedWidget()

        body = column(
            self.head,
            self.banner,
            self.tiles,
            self.next,
            self.tabs,
            Grow(self._parts),
            gap="medium",
        )
        for part in (self.empty, box(body)):
            self._place.addWidget(part)
        self.setLayout(column(self._place))
        self.banner.setVisible(False)
        self.head.standing.setEnabled(may(desk.actor, Right.SURVEY))
        self._fit()

        self.head.stepped.connect(self.show_establishment)
        self.head.edit_asked.connect(self._edit_pressed)
        self.head.standing_asked.connect(self._standing_pressed)
        self.standing.closed.connect(self._close_standing)
        self.standing.told.connect(self._tell)
        self.standing.look_back_asked.connect(self._look_back_pressed)
        self.standing.close_down_asked.connect(self._close_down_pressed)
        self.standing.join_asked.connect(self._join_asked)
        self.joining.closed.connect(self._close_joining)
        self.joining.told.connect(self._tell)
        self.head.list_asked.connect(self.list_asked)
        self.empty.step_asked.connect(self.list_asked)
        self.next_button.clicked.connect(self._next_pressed)
        self.tabs.changed.connect(self._fit)
        self.documents.print_asked.connect(self._print_pressed)
        self.documents.paper_asked.connect(self._paper_pressed)
        self.documents.failed.connect(self._fail)
        self.facts.failed.connect(self._fail)
        self.photos.failed.connect(self._fail)
        self.photos.told.connect(self._tell)

    @property
    def _has_pane(self) -> bool:
        return self._is_standing_open or self._is_joining_open

    @property
    def establishment_id(self) -> int | None:
        return self._id

    def show_establishment(self, establishment_id: int) -> None:
        """Show one; what was told of the one before goes."""
        if establishment_id != self._id:
            self.banner.setVisible(False)
        self._id, self._to_join = establishment_id, ""
        self.refresh()

    def join_with(self, establishment_id: int, archive_number: str) -> None:
        """Show one beside another that may be the same; nothing is joined before somebody says so."""
        self.show_establishment(establishment_id)
        self._to_join = archive_number

    def refresh(self) -> None:
        desk, establishment_id = self._desk, self._id
        if establishment_id is None:
            self._place.setCurrentIndex(0)
            return

        def ask(progress: Progress) -> _Answer:
            return _Answer(
                desk.dossiers.open(establishment_id, by=desk.actor),
                desk.dossiers.timeline(establishment_id, by=desk.actor),
                desk.photos.of(establishment_id, by=desk.actor),
            )

        desk.jobs.run(ask, owner=self, done=self._answered, failed=self._refused)

    def go_back(self) -> bool:
        """Take the pane at the side away; False where there is none."""
        if self._is_joining_open:
            self._close_joining()
            return True
        if not self._is_standing_open:
            return False
        self._close_standing()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def rescale(self) -> None:
        """Fit at once: laid out for the smaller look, the page would first widen the window."""
        self._fit()

    def _answered(self, answer: _Answer) -> None:
        dossier, today = answer.dossier, self._clock.today()
        if dossier.row.id != self._id:
            return
        self._place.setCurrentIndex(1)
        self._step = dossier.next
        self.head.show_dossier(dossier, self._desk.profile.trade(dossier.row.kind))
        self.tiles.show_texts(tiles_of(dossier, today))
        self.next.say(f"下一步　{dossier.next.sentence}")
        self.next_button.setText(dossier.next.word)
        self.next_button.setVisible(dossier.next.verb is not Verb.NONE)
        self.facts.show_facts(dossier.row.id, dossier.facts)
        self.standing.show_dossier(dossier)
        if self._is_joining_open:
            self.joining.show_dossier(dossier)
        self._dossier = dossier
        if self._to_join:
            number, self._to_join = self._to_join, ""
            self._join_asked()
            self.joining.compare_with(number)
        self.timeline.show_entries(answer.timeline, today)
        self.photos.show_photos(dossier.row.id, answer.photos)
        self.documents.show_dossier(dossier)
        self.opened.emit(dossier.row.id)

    def _refused(self, error: Exception) -> None:
        self._place.setCurrentIndex(1)
        self._fail(str(error))

    def _fit(self) -> None:
        """Lay the parts out for the room there is."""
        at = look().at
        is_narrow = self.width() < at.dossier_narrow_below
        self.tiles.set_low(self.height() < at.low_below + at.rail)
        is_open, shows_history = self._has_pane, self.tabs.current() == HISTORY
        self.tabs.setVisible(is_narrow and not is_open)
        if is_narrow:
            self._pair.setDirection(QBoxLayout.Direction.LeftToRight)
            self._right.setMinimumWidth(at.none)
            self._right.setMaximumWidth(self.width())
        else:
            self._pair.setDirection(QBoxLayout.Direction.TopToBottom)
            self._right.setFixedWidth(at.photos_pane)
        # What goes goes first: for a moment with both, the page would widen the window for good.
        self._right.setVisible(not is_open and (not is_narrow or not shows_history))
        # The pane that compares says all that the facts say, and needs their room.
        self.facts.setVisible(not self._is_joining_open and not (is_narrow and is_open))
        self._history.invalidate()
        self._parts.invalidate()
        self._left.updateGeometry()
        has_room = not is_narrow or ((shows_history or is_open) and not self._is_joining_open)
        self._left.setVisible(has_room)
        self.standing.setVisible(self._is_standing_open)
        self.joining.setVisible(self._is_joining_open)

    def _next_pressed(self) -> None:
        if self._step is None or self._id is None:
            return
        signals = {
            Verb.EDIT: self.edit_asked,
            Verb.REGISTER: self.register_asked,
            Verb.PRINT: self.print_asked,
            Verb.INSPECT: self.inspect_asked,
            Verb.LOOK_BACK: self.look_back_asked,
        }
        if self._step.verb in signals:
            signals[self._step.verb].emit(self._id)

    def _edit_pressed(self) -> None:
        if self._id is not None:
            self.edit_asked.emit(self._id)

    def _look_back_pressed(self) -> None:
        if self._id is not None:
            self.look_back_asked.emit(self._id)

    def _close_down_pressed(self) -> None:
        if self._id is not None:
            self.close_down_asked.emit(self._id)

    def _standing_pressed(self) -> None:
        if self._is_standing_open:
            self._close_standing()
        elif self._id is not None:
            self._is_standing_open, self._is_joining_open = True, False
            self._fit()
            self.standing.start()

    def _close_standing(self) -> None:
        self._is_standing_open = False
        self._fit()
        self.head.standing.setFocus()

    def _join_asked(self) -> None:
        if self._dossier is not None:
            self.joining.show_dossier(self._dossier)
            self._is_standing_open, self._is_joining_open = False, True
            self._fit()
            self.joining.start()

    def _close_joining(self) -> None:
        self._is_joining_open = False
        self._fit()
        self.head.standing.setFocus()

    def _print_pressed(self) -> None:
        if self._id is not None:
            self.print_asked.emit(self._id)

    def _paper_pressed(self, code: str, title: str) -> None:
        if self._id is not None:
            self.paper_asked.emit(code, title, self._id)

    def _tell(self, sentence: str) -> None:
        self.banner.tell(Status.SUCCESS, sentence)

    def _fail(self, sentence: str) -> None:
        self.banner.tell(Status.DANGER, sentence)
