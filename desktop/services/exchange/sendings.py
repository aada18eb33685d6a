"""Who has sent (报送): villages by months, what came when and from whom, who is missing, who was reminded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.errors import RuleError, UserError
from desktop.models.exchange import ExchangeBook, ExchangeReminder
from desktop.models.imports import ImportRun
from desktop.services.exchange.months import due_on, month_words
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.case_numbers import letter_number
from desktop.services.rights import Right, require, village_scope

MONTHS = 6
_Key = tuple[int | None, date]
"""A village, or the county as none, and a month."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One file that a village sent for a month; ``number`` counts them, the last one is what holds."""

    import_id: int
    number: int
    at: datetime
    on: date
    by: str
    sender: str
    file: str
    is_book: bool
    new: int
    changed: int
    same: int
    deleted: int
    waiting: int
    error: int


@dataclass(frozen=True, slots=True)
class VillageMonth:
    """A village in a month: what it sent, whether a workbook went out, when it was last reminded."""

    month: date
    due_on: date
    is_late: bool
    has_book: bool
    sendings: tuple[Sending, ...]
    reminded_on: date | None

    @property
    def has_sent(self) -> bool:
        return bool(self.sendings)


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village with its months in their order."""

    village: VillageRow
    months: tuple[VillageMonth, ...]


@dataclass(frozen=True, slots=True)
class SendingBoard:
    """All villages by months, the newest month last."""

    months: tuple[date, ...]
    lines: tuple[VillageLine, ...]
    county: tuple[VillageMonth, ...] = ()
    """What went to the county and came back; it is no village, so nobody waits for it or reminds it."""

    def missing(self, month: date) -> tuple[VillageRow, ...]:
        """Return the villages that have sent nothing for a month."""
        place = self.months.index(month)
        return tuple(line.village for line in self.lines if not line.months[place].has_sent)


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that was put down; its letter is printed by its id."""

    id: int
    village: str
    number: str


class Sendings:
    """Reads who has sent, and puts down who is reminded."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def board(self, *, by: Actor, months: int = MONTHS) -> SendingBoard:
        """Return the last months, this one included; a village sees its own line.

        A ledger of one village counts for the month in which it came in.
        """
        require(by, Right.SEE)
        shown = months_until(self.office.clock.today(), months)
        scope = village_scope(by)
        with self.office.db.reading() as session:
            villages = [one for one in villages_of(session) if scope in {None, one.id}]
            sent = _sendings(session, shown[0])
            books = _books(session, shown[0])
            reminded = _reminded(session, shown[0])
        today = self.office.clock.today()
        lines = tuple(
            VillageLine(
                village,
                tuple(self._month((village.id, month), today, sent, books, reminded) for month in shown),
            )
            for village in villages
        )
        county = [self._month((None, month), today, sent, books, {}) for month in shown if scope is None]
        return SendingBoard(shown, lines, tuple(county))

    def remind(self, month: date, village_ids: Sequence[int], *, by: Actor) -> tuple[Reminded, ...]:
        """Put down that villages are reminded of a month; each gets a letter with its number.

        A village that has sent is refused; one that was reminded today keeps that letter.
        """
        require(by, Right.PRINT)
        month, today = month.replace(day=1), self.office.clock.today()
        due = due_on(self.office, month)
        if today <= due:
            raise UserError(f"{month_words(month)}的表 {due} 才到期，还没有到催报的时候")
        if not village_ids:
            raise UserError(f"{month_words(month)}没有要催的村（社区）")
        act = self.office.act(by, "exchange.remind", reason=f"{month_words(month)}没有报送")
        with self.office.db.writing(act) as session:
            villages = {village.id: village for village in villages_of(session)}
            sent = _sendings(session, month)
            return tuple(
                self._remind(session, villages[village_id], month, sent, by) for village_id in village_ids
            )

    def _remind(
        self,
        session: Session,
        village: VillageRow,
        month: date,
        sent: Mapping[_Key, Sequence[Sending]],
        by: Actor,
    ) -> Reminded:
        if village_scope(by) not in {None, village.id} or sent.get((village.id, month)):
            raise RuleError(f"{village.name} {month_words(month)}已经报了，不用催；请刷新后再看")
        today = self.office.clock.today()
        query = select(ExchangeReminder).where(
            ExchangeReminder.village_id == village.id,
            ExchangeReminder.month == month,
            ExchangeReminder.reminded_on == today,
        )
        reminder = session.scalar(query)
        if reminder is None:
            reminder = ExchangeReminder(
                village_id=village.id,
                month=month,
                number=letter_number(session, self.office.profile, "exchange_reminder", today),
                reminded_on=today,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(reminder)
            session.flush()
        return Reminded(reminder.id, village.name, reminder.number)

    def _month(
        self,
        key: _Key,
        today: date,
        sent: Mapping[_Key, Sequence[Sending]],
        books: frozenset[_Key],
        reminded: Mapping[_Key, date],
    ) -> VillageMonth:
        due = due_on(self.office, key[1])
        return VillageMonth(
            month=key[1],
            due_on=due,
            is_late=key[0] is not None and today > due and not sent.get(key),
            has_book=key in books,
            sendings=tuple(sent.get(key, ())),
            reminded_on=reminded.get(key),
        )


def months_until(day: date, count: int) -> tuple[date, ...]:
    """Return the first days of so many months, the month of this day last."""
    months = [day.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(months))


def sent_in(session: Session, month: date) -> frozenset[int]:
    """Return the villages that have sent something for a month, inside an open block."""
    query = select(ImportRun.village_id).where(ImportRun.month == month, ImportRun.undone_at.is_(None))
    return frozenset(village_id for village_id in session.scalars(query) if village_id is not None)


def _sendings(session: Session, since: date) -> dict[_Key, list[Sending]]:
    query = (
        select(ImportRun)
        .where(
            or_(ImportRun.village_id.is_not(None), ImportRun.book_id.is_not(None)),
            ImportRun.month >= since,
            ImportRun.undone_at.is_(None),
        )
        .order_by(ImportRun.id)
    )
    found: dict[_Key, list[Sending]] = defaultdict(list)
    for run in session.scalars(query):
        sent = found[run.village_id, run.month]
        sent.append(_sending(run, len(sent) + 1))
    return found


def _sending(run: ImportRun, number: int) -> Sending:
    counts = run.counts
    return Sending(
        import_id=run.id,
        number=number,
        at=run.entered_at,
        on=run.imported_on,
        by=run.entered_by,
        sender=run.sender,
        file=run.file,
        is_book=run.book_id is not None,
        new=counts.get("new", 0),
        changed=counts.get("changed", 0),
        same=counts.get("same", 0),
        deleted=counts.get("deleted", 0),
        waiting=counts.get("waiting", 0) + counts.get("duplicate", 0),
        error=counts.get("error", 0),
    )


def _books(session: Session, since: date) -> frozenset[_Key]:
    book = select(ExchangeBook.village_id, ExchangeBook.month)
    query = book.where(ExchangeBook.month >= since).distinct()
    return frozenset((village_id, month) for village_id, month in session.execute(query))


def _reminded(session: Session, since: date) -> dict[_Key, date]:
    query = (
        select(ExchangeReminder.village_id, ExchangeReminder.month, ExchangeReminder.reminded_on)
        .where(ExchangeReminder.month >= since)
        .order_by(ExchangeReminder.id)
    )
    return {(village_id, month): on for village_id, month, on in session.execute(query)}
