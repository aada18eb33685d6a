"""The wall as it hangs in the office: columns of cards that say what was found, by whom, on which paper."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.rectification import CaseStep
from desktop.domain.wall import Column, DeadlineRow, WallFilters
from desktop.models.rectification import Finding, Inspection, RectificationOrder, RectificationStep
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.rights import Right, require

MOST_DUE = 5000
CARDS = 30
"""How many cards of a column are asked for at once."""


@dataclass(frozen=True, slots=True)
class CaseWords:
    """What a case is about: its first finding, how many more, its last paper, its last inspectors."""

    finding: str
    more: int
    number: str
    inspectors: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"{self.finding}（另有 {self.more} 项）" if self.more else self.finding


@dataclass(frozen=True, slots=True)
class WallCard:
    """One case on the wall."""

    row: DeadlineRow
    words: CaseWords


@dataclass(frozen=True, slots=True)
class Board:
    """The first cards of each column, and how many there are in all."""

    cards: Mapping[Column, tuple[WallCard, ...]]
    counts: Mapping[Column, int]


class Wall:
    """Asks for cards, column by column, so that no wall is too long."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office
        self.deadlines = Deadlines(office)

    def board(self, filters: WallFilters, *, by: Actor) -> Board:
        """Return the beginning of each column and the counts of all."""
        counts = self.deadlines.counts(filters, by=by)
        cards = {
            column: self.cards(replace(filters, column=column), by=by) if counts[column] else ()
            for column in Column
        }
        return Board(cards, counts)

    def cards(
        self, filters: WallFilters, *, by: Actor, offset: int = 0, limit: int = CARDS
    ) -> tuple[WallCard, ...]:
        """Return one page of cards, the most urgent first."""
        require(by, Right.SEE)
        rows = self.deadlines.wall(filters, by=by, offset=offset, limit=limit)
        with self.office.db.reading() as session:
            words = words_of(session, [row.case_id for row in rows])
        return tuple(WallCard(row, words[row.case_id]) for row in rows)

    def due(self, filters: WallFilters, *, by: Actor) -> tuple[int, ...]:
        """Return every case that is late or due this week, the most urgent first."""
        require(by, Right.SEE)
        columns = (replace(filters, column=column) for column in (Column.LATE, Column.THIS_WEEK))
        rows = (self.deadlines.wall(one, by=by, limit=MOST_DUE) for one in columns)
        return tuple(row.case_id for found in rows for row in found)


def words_of(session: Session, case_ids: Collection[int]) -> dict[int, CaseWords]:
    """Return what each of these cases is about, inside an open block."""
    findings: dict[int, list[str]] = {case_id: [] for case_id in case_ids}
    found_by: dict[int, tuple[str, ...]] = {}
    query = (
        select(Finding.case_id, Finding.text, Inspection.inspectors)
        .outerjoin(Inspection, Finding.inspection_id == Inspection.id)
        .where(Finding.case_id.in_(case_ids))
        .order_by(Finding.is_starred.desc(), Finding.id)
    )
    for case_id, text, inspectors in session.execute(query):
        if case_id is not None:
            findings[case_id].append(text)
            found_by.setdefault(case_id, tuple(inspectors or ()))
    orders = select(RectificationOrder.case_id, RectificationOrder.number)
    orders = orders.where(RectificationOrder.case_id.in_(case_ids)).order_by(RectificationOrder.id)
    numbers = {row.case_id: row.number for row in session.execute(orders)}
    found_by |= _reinspected_by(session, case_ids)
    return {
        case_id: CaseWords(
            finding=texts[0] if texts else "",
            more=max(len(texts) - 1, 0),
            number=numbers.get(case_id, ""),
            inspectors=found_by.get(case_id, ()),
        )
        for case_id, texts in findings.items()
    }


def _reinspected_by(session: Session, case_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    steps = (
        select(RectificationStep.case_id, RectificationStep.people)
        .where(RectificationStep.case_id.in_(case_ids), RectificationStep.step == CaseStep.REINSPECTED)
        .order_by(RectificationStep.id)
    )
    return {case_id: tuple(people) for case_id, people in session.execute(steps)}
