"""The wall itself: five columns by time, and what waits for an order; filtered by village and trade."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.rectification import FollowUp
from desktop.domain.wall import Column, WallFilters
from desktop.services.rectification.follow_ups import FollowUpBoard, FollowUpRow
from desktop.services.rectification.inspections import WaitingRow
from desktop.services.rectification.wall import Board, WallCard
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Banner, PageHead, page
from desktop.views.kit.table_filter import ValueFilter
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords
from desktop.views.rectification.cards import card_of, card_of_follow_up, cards_of_findings
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.visit_board import VisitBoard
from desktop.views.rectification.wall_column import WallColumn

BOARD, TO_ORDER, AFTER, TO_VISIT = "board", "to_order", "after", "to_visit"

_ON_THE_BOARD = {
    Column.LATE: ("逾期未改", "alarm-clock", Status.DANGER, "没有逾期的整改。"),
    Column.THIS_WEEK: ("本周到期", "clock", Status.WARNING, "本周没有到期的整改。"),
    Column.LATER: ("以后", "calendar", Status.NEUTRAL, "没有更晚到期的整改。"),
    Column.TO_REINSPECT: ("待复查", "eye", Status.INFO, "没有等复查的整改。"),
    Column.TO_CLOSE_OUT: ("待销号", "list-checks", Status.SUCCESS, "没有等销号的整改。"),
}
_BESIDE = {
    Column.TO_ORDER: ("再次责令", "rotate-ccw", Status.DANGER, "没有复查不合格或反弹的整改。"),
    Column.TRANSFERRED: ("已移送", "gavel", Status.NEUTRAL, "没有移送的整改。"),
}

_AFTER = {
    FollowUp.TO_CLOSE: (
        "待限期关停",
        "triangle-alert",
        Status.WARNING,
        "没有等限期关停决定的。",
    ),
    FollowUp.CLOSING: ("关停待核实", "hourglass", Status.DANGER, "没有正在限期关停的。"),
    FollowUp.REGISTERED: ("已登记", "badge-check", Status.INFO, "还没有登记的，登记后在这里回头看。"),
    FollowUp.CLOSED: ("已关停", "circle-stop", Status.NEUTRAL, "没有已关停的。"),
    FollowUp.SHUT_DOWN: ("已取缔", "ban", Status.NEUTRAL, "没有已取缔的。"),
}


_ITEM, _BY = "item:", "by:"
"""What a value of the third filter stands for: an item of a check list, or an inspector."""


@dataclass(frozen=True, slots=True)
class _Shown:
    board: Board
    after: FollowUpBoard
    waiting: tuple[WaitingRow, ...]
    waiting_count: int
    inspectors: tuple[str, ...]


class WallView(QWidget):
    """Everything that is not closed out, as cards."""

    case_asked = Signal(int)
    findings_asked = Signal(int)
    close_down_asked = Signal(int)
    look_back_asked = Signal(int)
    inspect_asked = Signal()
    notices_asked = Signal(tuple)
    messages_asked = Signal()
    draws_asked = Signal()
    plan_asked = Signal()
    campaigns_asked = Signal()
    visit_asked = Signal(object)
    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._filters = WallFilters()
        self.columns = {column: WallColumn(*told) for column, told in (_ON_THE_BOARD | _BESIDE).items()}
        self.findings = WallColumn(
            "查出未责令", "circle-alert", Status.WARNING, "查出的问题都已下达整改或当场改好。"
        )
        self.after = {one: WallColumn(*told) for one, told in _AFTER.items()}
        self.visits = VisitBoard(desk)
        self.inspect_button = PrimaryButton("记一次检查", "clipboard-check", shortcut="Ctrl+N")
        self.notices_button = Button("打印到期文书", "printer", shortcut="Ctrl+P")
        self.messages_button = Button("通知名单", "phone", shortcut="Ctrl+T")
        self.head = PageHead("整改销号", self.messages_button, self.notices_button, self.inspect_button)
        self.parts = Segmented(
            [
                Choice(BOARD, "看板", "square-kanban"),
                Choice(TO_ORDER, "待责令", "list-todo"),
                Choice(AFTER, "关停、回头看", "eye"),
                Choice(TO_VISIT, "待检查", "clipboard-list"),
            ]
        )
        villages = [(str(village.id), village.name) for village in desk.villages]
        trades = [(trade.code, trade.short_label) for trade in desk.profile.trades]
        self.village = ValueFilter("村（社区）", villages, everything="全部村", several="{} 个村", size="")
        self.trade = ValueFilter("类别", trades, everything="全部类别", several="{} 个类别", size="")
        self._items = [(f"{_ITEM}{one.code}", one.text) for one in desk.profile.check_items]
        self.about = ValueFilter(
            "检查人、问题", self._items, everything="人员、问题", several="{} 项", size=""
        )
        self.message = Banner(Status.DANGER)
        self._stack = QStackedWidget()

        self._arrange()

        self._connect()

    @property
    def filters(self) -> WallFilters:
        return self._filters

    def refresh(self) -> None:
        """Ask for the beginning of every column."""
        desk, filters = self._desk, replace(self._filters, column=None)

        def ask(progress: Progress) -> _Shown:
            board = desk.wall.board(filters, by=desk.actor)
            after = desk.follow_ups.board(filters, by=desk.actor)
            waiting = desk.inspections.waiting(filters, by=desk.actor)
            waiting_count = desk.inspections.count_waiting(filters, by=desk.actor)
            people = desk.wall.deadlines.inspectors(by=desk.actor)
            return _Shown(board, after, waiting, waiting_count, people)

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)
        if self.parts.value() == TO_VISIT:
            self.visits.refresh(filters)

    def show_filters(self, filters: WallFilters) -> None:
        """Show what a tile of the workbench asks for, with the keyboard in its column."""
        self._filters = replace(filters, column=None)
        self.village.show_value(",".join(map(str, filters.village_ids)))
        self.trade.show_value(",".join(filters.kinds))
        self.about.show_value(
            ",".join(
                (*(f"{_ITEM}{one}" for one in filters.items), *(f"{_BY}{one}" for one in filters.inspectors))
            )
        )
        is_beside = filters.column in _BESIDE
        self._show_part(TO_ORDER if is_beside else BOARD)
        if filters.column is not None:
            self.columns[filters.column].take_focus()
        self.refresh()

    def show_visits(self) -> None:
        """Show who is to be visited, everywhere."""
        self.show_filters(WallFilters())
        self._part_chosen(TO_VISIT)

    def take_focus(self) -> None:
        """Put the keyboard on the first column that has a card."""
        for shown in self._visible():
            if shown.count:
                shown.take_focus()
                return
        self.parts.setFocus()

    def _arrange(self) -> None:
        self.village.setAccessibleName("村（社区）")
        self.trade.setAccessibleName("类别")
        self.about.setAccessibleName("检查人、问题")
        words = "到期当天仍算按时；天数均为工作日"
        note = ShortWords(words, role="muted", size="type_caption")
        self._note = box(row(note))
        tools = row(
            self.parts,
            hold(self.village, width="column"),
            hold(self.trade, width="column"),
            hold(self.about, width="column"),
            None,
            self._note,
            gap="small",
        )
        board = [self.columns[one] for one in _ON_THE_BOARD]
        beside = [self.findings, *(self.columns[one] for one in _BESIDE)]
        for part in (board, beside, list(self.after.values())):
            self._stack.addWidget(box(row(*(Grow(one) for one in part))))
        self._stack.addWidget(self.visits)
        self.setLayout(page(self.head, self.message, tools, Grow(column(self._stack))))
        self.message.hide()
        self._show_part(BOARD)
        self.inspect_button.setEnabled(may(self._desk.actor, Right.INSPECT))
        self.notices_button.setEnabled(False)

    def _connect(self) -> None:
        self.inspect_button.clicked.connect(self.inspect_asked)
        self.messages_button.clicked.connect(self.messages_asked)
        self.notices_button.clicked.connect(self._notices_pressed)
        self.parts.changed.connect(self._part_chosen)
        self.visits.draws_button.clicked.connect(self.draws_asked)
        self.visits.plan_button.clicked.connect(self.plan_asked)
        self.visits.campaigns_button.clicked.connect(self.campaigns_asked)
        self.visits.visit_asked.connect(self.visit_asked)
        self.visits.counted.connect(self._visits_counted)
        self.visits.failed.connect(self._failed)
        self.village.chosen.connect(self._filter_changed)
        self.trade.chosen.connect(self._filter_changed)
        self.about.chosen.connect(self._filter_changed)
        for shown in self.columns.values():
            shown.opened.connect(self.case_asked)
            shown.more_asked.connect(self._more_asked)
            shown.side_asked.connect(self._side_asked)
        for one, shown in self.after.items():
            is_closing = one in {FollowUp.TO_CLOSE, FollowUp.CLOSING}
            shown.opened.connect(self.close_down_asked if is_closing else self.look_back_asked)
            shown.more_asked.connect(self._more_after_asked)
            shown.side_asked.connect(self._side_asked)
        for shown in self.visits.columns.values():
            shown.side_asked.connect(self._side_asked)
        self.findings.opened.connect(self.findings_asked)
        self.findings.side_asked.connect(self._side_asked)

    def _visible(self) -> list[WallColumn]:
        if self.parts.value() == BOARD:
            return [self.columns[one] for one in _ON_THE_BOARD]
        if self.parts.value() == AFTER:
            return list(self.after.values())
        if self.parts.value() == TO_VISIT:
            return list(self.visits.columns.values())
        return [self.findings, *(self.columns[one] for one in _BESIDE)]

    def _arrived(self, found: _Shown) -> None:
        self.message.hide()
        today = self._desk.clock.today()
        for one, shown in self.columns.items():
            cards = [card_of(wall_card, today) for wall_card in found.board.cards[one]]
            shown.show_cards(cards, found.board.counts[one])
        for follow_up, shown in self.after.items():
            rows = found.after.rows[follow_up]
            shown.show_cards([card_of_follow_up(row, today) for row in rows], found.after.counts[follow_up])
        people = [(f"{_BY}{name}", f"检查人：{name}") for name in found.inspectors]
        self.about.set_values([*people, *self._items])
        self.findings.show_cards(cards_of_findings(found.waiting), found.waiting_count)
        due = sum(found.board.counts[one] for one in (Column.LATE, Column.THIS_WEEK))
        self.notices_button.setEnabled(bool(due) and may(self._desk.actor, Right.PRINT))
        open_count = sum(found.board.counts.values())
        self.head.set_subtitle(f"未销号 {open_count} 项" if open_count else "没有未销号的整改")
        to_order = found.board.counts[Column.TO_ORDER] + found.waiting_count
        self.parts.set_label(TO_ORDER, f"待责令 {to_order}" if to_order else "待责令")
        self.shown.emit()

    def _show_part(self, part: str) -> None:
        self.parts.set_value(part)
        is_of_cases = part in {BOARD, TO_ORDER}
        self.about.setVisible(is_of_cases)  # nobody found anything at whoever is only looked back at
        self._note.setVisible(is_of_cases)
        self._stack.setCurrentIndex([BOARD, TO_ORDER, AFTER, TO_VISIT].index(part))

    def _part_chosen(self, part: str) -> None:
        self._show_part(part)
        if part == TO_VISIT:
            self.visits.refresh(self._filters)

    def _visits_counted(self, count: int) -> None:
        self.parts.set_label(TO_VISIT, f"待检查 {count}" if count else "待检查")

    def _filter_changed(self) -> None:
        about = self.about.ticked
        self._filters = WallFilters(
            kinds=self.trade.ticked,
            village_ids=tuple(map(int, self.village.ticked)),
            items=tuple(one.removeprefix(_ITEM) for one in about if one.startswith(_ITEM)),
            inspectors=tuple(one.removeprefix(_BY) for one in about if one.startswith(_BY)),
        )
        self.refresh()

    def _notices_pressed(self) -> None:
        """Ask for every case that is due, also those beyond the first page of their column."""
        desk, filters = self._desk, self._filters

        def ask(progress: Progress) -> tuple[int, ...]:
            return desk.wall.due(filters, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._due_found, failed=self._failed)

    def _due_found(self, case_ids: tuple[int, ...]) -> None:
        if case_ids:
            self.notices_asked.emit(case_ids)

    def _more_asked(self, offset: int) -> None:
        asking = self.sender()
        chosen = next((one for one, shown in self.columns.items() if shown is asking), None)
        if chosen is None:
            return
        desk, filters = self._desk, replace(self._filters, column=chosen)
        model = self.columns[chosen].list.cards

        def ask(progress: Progress) -> tuple[WallCard, ...]:
            return desk.wall.cards(filters, by=desk.actor, offset=offset)

        def show(found: tuple[WallCard, ...]) -> None:
            # The column may have been asked anew meanwhile; then this page is no longer its next one.
            if len(model.cards) == offset:
                model.append([card_of(wall_card, desk.clock.today()) for wall_card in found])

        desk.jobs.run(ask, owner=self, done=show, failed=self._failed)

    def _more_after_asked(self, offset: int) -> None:
        asking = self.sender()
        chosen = next((one for one, shown in self.after.items() if shown is asking), None)
        if chosen is None:
            return
        desk, filters, model = self._desk, self._filters, self.after[chosen].list.cards

        def ask(progress: Progress) -> tuple[FollowUpRow, ...]:
            return desk.follow_ups.rows(chosen, filters, by=desk.actor, offset=offset)

        def show(found: tuple[FollowUpRow, ...]) -> None:
            if len(model.cards) == offset:
                model.append([card_of_follow_up(row, desk.clock.today()) for row in found])

        desk.jobs.run(ask, owner=self, done=show, failed=self._failed)

    def _side_asked(self, step: int) -> None:
        """Go to the next column at that side that has cards."""
        shown = self._visible()
        asking = self.sender()
        place = next((at for at, one in enumerate(shown) if one is asking), None)
        if place is None:
            return
        beyond = shown[place + 1 :] if step > 0 else shown[:place][::-1]
        for one in beyond:
            if one.count:
                one.take_focus()
                return

    def _failed(self, error: Exception) -> None:
        self.message.tell(Status.DANGER, str(error))
