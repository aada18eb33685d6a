"""What a card on the wall says, from a case or from findings that wait for an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.lifecycle import OperatingStatus, Stage
from desktop.domain.rectification import FollowUp, LookBackOutcome
from desktop.domain.visits import VisitRow
from desktop.domain.wall import Column, DeadlineRow
from desktop.services.rectification.follow_ups import FollowUpRow
from desktop.services.rectification.inspections import WaitingRow
from desktop.services.rectification.wall import WallCard
from desktop.views.kit.chips import ChipText
from desktop.views.kit.statuses import OPERATING, OVERDUE, STAGE
from desktop.views.kit.tokens import Status


@dataclass(frozen=True, slots=True)
class Card:
    """One card; ``id`` is a case, or an establishment where findings wait."""

    id: int
    title: str
    text: str
    place: str
    people: str
    paper: str
    chip: ChipText
    verb: str
    is_starred: bool

    @property
    def spoken(self) -> str:
        """Say the whole card to a screen reader."""
        star = "重点" if self.is_starred else ""
        said = (self.title, star, self.text, self.place, self.people, self.paper, self.chip.word, self.verb)
        return "，".join(filter(None, said))


_FOLLOW_UP_VERBS = {
    FollowUp.TO_CLOSE: "下决定",
    FollowUp.CLOSING: "去核实",
    FollowUp.REGISTERED: "回头看",
    FollowUp.CLOSED: "回头看",
    FollowUp.SHUT_DOWN: "回头看",
}
LOOKED = {
    LookBackOutcome.KEPT: ChipText("保持良好", "shield-check", Status.SUCCESS),
    LookBackOutcome.REBOUNDED: ChipText("出现反弹", "rotate-ccw", Status.DANGER),
    LookBackOutcome.REOPENED: ChipText("死灰复燃", "siren", Status.DANGER),
    LookBackOutcome.MOVED: ChipText("已搬迁", "truck", Status.INFO),
    LookBackOutcome.CHANGED_TRADE: ChipText("已转行", "refresh-cw", Status.NEUTRAL),
}
_MOST_LETTERS = 18
_VERBS = {
    Column.LATE: "督办",
    Column.THIS_WEEK: "报改",
    Column.LATER: "报改",
    Column.TO_REINSPECT: "填结果",
    Column.TO_CLOSE_OUT: "销号",
    Column.TO_ORDER: "再责令",
    Column.TRANSFERRED: "看经过",
}


def card_of(wall_card: WallCard, today: date) -> Card:
    """Return the card of a case."""
    row, said = wall_card.row, wall_card.words
    people = "、".join(said.inspectors)
    return Card(
        row.case_id,
        row.title,
        said.text,
        row.village,
        people,
        short_number(said.number),
        _chip(row, today),
        _verb(row),
        row.is_starred,
    )


def cards_of_findings(waiting: Sequence[WaitingRow]) -> tuple[Card, ...]:
    """Return a card for each establishment whose findings wait for an order."""
    by_place: dict[int, list[WaitingRow]] = {}
    for row in waiting:
        by_place.setdefault(row.finding.establishment_id, []).append(row)
    return tuple(_of_findings(place, rows) for place, rows in by_place.items())


def card_of_follow_up(row: FollowUpRow, today: date) -> Card:
    """Return the card of an establishment that must close or is looked back at."""
    return Card(
        row.establishment_id,
        row.title,
        f"上次 {row.looked_on} 回头看" if row.looked_on else "还没有回头看过" if _is_looked_at(row) else "",
        row.village,
        row.operator_name,
        "",
        _follow_up_chip(row, today),
        _FOLLOW_UP_VERBS[row.follow_up],
        False,
    )


def card_of_visit(row: VisitRow, today: date) -> Card:
    """Return the card of an establishment that is to be visited."""
    return Card(
        row.establishment_id,
        row.title,
        row.about,
        row.village,
        "、".join(row.inspectors) or row.operator_name,
        "",
        _visit_chip(row, today),
        "回头看" if row.is_look_back else "去检查",
        False,
    )


def _visit_chip(row: VisitRow, today: date) -> ChipText:
    if row.due_on is not None:
        year = f"{row.due_on.year}年" if row.due_on.year != today.year else ""
        if row.due_on < today:
            return ChipText(f"{year}{_month_day(row.due_on)}已到期", "alarm-clock", Status.DANGER)
        return ChipText(f"{year}{_month_day(row.due_on)}前", "clock", Status.INFO)
    since = f"{_month_day(row.since)}抽到" if row.since else "待检查"
    return ChipText(since, "calendar", Status.INFO)


def _is_looked_at(row: FollowUpRow) -> bool:
    return row.follow_up not in {FollowUp.TO_CLOSE, FollowUp.CLOSING}


def _follow_up_chip(row: FollowUpRow, today: date) -> ChipText:
    if row.follow_up is FollowUp.TO_CLOSE:
        return ChipText("处置：限期关停", "triangle-alert", Status.WARNING)
    if row.follow_up is FollowUp.CLOSING:
        if row.close_by is None:
            return OPERATING[OperatingStatus.CLOSING]
        is_late = row.close_by < today
        words = f"{_month_day(row.close_by)}{'已期满' if is_late else '前关停'}"
        return ChipText(words, "hourglass", Status.DANGER if is_late else Status.WARNING)
    if row.outcome is not None:
        return LOOKED[row.outcome]
    return ChipText("待回头看", "eye", Status.INFO)


def _of_findings(place: int, rows: Sequence[WaitingRow]) -> Card:
    first = rows[0]
    more = f"（另有 {len(rows) - 1} 项）" if len(rows) > 1 else ""
    found_on = first.finding.found_on
    times = max(row.finding.times for row in rows)
    again = f"，第 {times} 次" if times > 1 else "查出"
    return Card(
        place,
        first.title,
        f"{first.finding.text}{more}",
        first.village,
        "",
        "",
        ChipText(f"{found_on.month}月{found_on.day}日{again}", "circle-alert", Status.WARNING),
        "下达整改",
        any(row.finding.is_starred for row in rows),
    )


def _chip(row: DeadlineRow, today: date) -> ChipText:
    match row.column:
        case Column.LATE:
            return OVERDUE.saying(_short(row, today))
        case Column.THIS_WEEK:
            return ChipText(_short(row, today), "clock", Status.WARNING)
        case Column.LATER:
            return ChipText(_short(row, today), "calendar", Status.NEUTRAL)
        case Column.TO_REINSPECT:
            when = f"{_month_day(row.due_on)}前" if row.due_on else STAGE[row.stage].word
            return ChipText(when, "eye", Status.INFO)
        case Column.TO_CLOSE_OUT:
            return STAGE[Stage.PASSED].saying("复查合格")
    return STAGE[row.stage]


def _verb(row: DeadlineRow) -> str:
    """Return the next act: who is late but has reported, or is supervised, waits for the reinspection."""
    waits_for_people = row.stage in {Stage.REPORTED, Stage.SUPERVISED}
    return _VERBS[Column.TO_REINSPECT if waits_for_people and row.is_overdue else row.column]


def _short(row: DeadlineRow, today: date) -> str:
    """Say the time in the few letters a card has room for; all days on the wall are workdays."""
    if row.workdays_left is None:
        return "已逾期" if row.is_overdue else row.words
    if row.is_overdue:
        return f"逾期 {-row.workdays_left} 日"
    if row.workdays_left or row.due_on is None:
        return f"还有 {row.workdays_left} 日"
    # No workday is left, but a weekend may be: 今天 is said of the day itself only.
    return "今天到期" if row.due_on == today else f"{_month_day(row.due_on)}到期"


def _month_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def short_title(title: str) -> str:
    """Cut a very long name, so that the head of a page keeps its buttons; lists show it whole as a tip."""
    return title if len(title) <= _MOST_LETTERS else f"{title[: _MOST_LETTERS - 1]}…"


def short_number(number: str) -> str:
    """Leave the office's word out of a paper's number: on the wall the year and the serial tell."""
    _, bracket, rest = number.partition("〔")
    return f"{bracket}{rest}" if bracket else number
