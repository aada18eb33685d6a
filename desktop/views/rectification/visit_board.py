"""待检查: whom to visit, a column for each reason; Enter on a card begins the visit."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.visits import VisitReason, VisitRow
from desktop.domain.wall import WallFilters
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.tokens import Status
from desktop.views.rectification.cards import card_of_visit
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.wall_column import WallColumn

_COLUMNS = {
    VisitReason.FIRST: ("首次检查", "badge-check", Status.WARNING, "发了证（卡）的都检查过了。"),
    VisitReason.DRAWN: ("随机抽取", "dices", Status.INFO, "抽到的都查过了，或者还没有抽取。"),
    VisitReason.PLANNED: (
        "年度计划",
        "calendar-check",
        Status.SUCCESS,
        "该查的都查够了，或者还没有定计划。",
    ),
    VisitReason.CAMPAIGN: ("专项整治", "flag", Status.WARNING, "范围里的都查过了，或者没有专项整治。"),
}


@dataclass(frozen=True, slots=True)
class _Shown:
    counts: Mapping[VisitReason, int]
    pages: Mapping[VisitReason, tuple[VisitRow, ...]]


class VisitBoard(QWidget):
    """The columns of who is to be visited; they are asked for when they are looked at."""

    visit_asked = Signal(object)
    """The visit that somebody begins: ``VisitRow``."""

    counted = Signal(int)
    failed = Signal(object)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[VisitReason, list[VisitRow]] = {}
        self._filters = WallFilters()
        told = dict(_COLUMNS)
        if desk.profile.risk.first_inspection is None:  # this province sets no time for a first inspection
            del told[VisitReason.FIRST]
        self.columns = {reason: WallColumn(*words) for reason, words in told.items()}
        self.draws_button = SmallButton("随机抽取", "dices", shortcut="Ctrl+R")
        self.plan_button = SmallButton("年度计划", "calendar-check", shortcut="Ctrl+Y")
        self.campaigns_button = SmallButton("专项整治", "flag", shortcut="Ctrl+J")

        planning = row(self.draws_button, self.plan_button, self.campaigns_button, None)
        columns = row(*(Grow(one) for one in self.columns.values()))
        self.setLayout(column(planning, Grow(columns)))

        for shown in self.columns.values():
            shown.opened.connect(self._opened)
            shown.more_asked.connect(self._more_asked)

    def refresh(self, filters: WallFilters) -> None:
        """Ask whom to visit, in the villages and trades that the wall shows."""
        desk, reasons = self._desk, tuple(self.columns)
        self._filters = filters

        def ask(progress: Progress) -> _Shown:
            counts = desk.visits.counts(filters, by=desk.actor)
            wanted = [reason for reason in reasons if counts[reason]]
            pages = {reason: desk.visits.page(reason, filters, by=desk.actor) for reason in wanted}
            return _Shown(counts, pages)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self.failed.emit)

    def _arrived(self, found: _Shown) -> None:
        today = self._desk.clock.today()
        self._rows = {reason: list(found.pages.get(reason, ())) for reason in self.columns}
        for reason, shown in self.columns.items():
            cards = [card_of_visit(one, today) for one in self._rows[reason]]
            shown.show_cards(cards, found.counts[reason])
        self.counted.emit(sum(shown.count for shown in self.columns.values()))

    def _more_asked(self, offset: int) -> None:
        desk, filters, asking = self._desk, self._filters, self.sender()
        reason = next(reason for reason, shown in self.columns.items() if shown is asking)

        def ask(progress: Progress) -> tuple[VisitRow, ...]:
            return desk.visits.page(reason, filters, by=desk.actor, offset=offset)

        def show(rows: tuple[VisitRow, ...]) -> None:
            if filters == self._filters and len(self._rows[reason]) == offset:
                today = desk.clock.today()
                self._rows[reason] += rows
                self.columns[reason].list.cards.append([card_of_visit(one, today) for one in rows])

        desk.jobs.run(ask, owner=self, done=show, failed=self.failed.emit)

    def _opened(self, establishment_id: int) -> None:
        asking = self.sender()
        for reason, shown in self.columns.items():
            if shown is asking:
                rows = self._rows[reason]
                self.visit_asked.emit(next(one for one in rows if one.establishment_id == establishment_id))
