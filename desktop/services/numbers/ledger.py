"""The number ledger (号码台账): every serial of every sequence, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.errors import WrongValue
from desktop.domain.ledger import NumberState
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.numbering import NumberContext, NumberRule
from desktop.domain.paper_life import PaperAct
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.ledger import NumberMark, NumberRange
from desktop.models.office import Village
from desktop.models.registration import Paper
from desktop.services.numbers.accounts import Account, read_accounts, taken_in_range
from desktop.services.numbers.serials import last_serial
from desktop.services.open_office import OpenOffice
from desktop.services.registration.paper_worth import paper_status_on
from desktop.services.rights import Right, require

MOST_LINES = 1000
_MOST_GAPS = 500


@dataclass(frozen=True, slots=True)
class SequenceRow:
    """One sequence and how its serials add up."""

    title: str
    account: Account


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One serial: its number, what became of it, on which day, about whom, and why."""

    scope: str
    serial: int
    number: str
    state: NumberState
    on: date | None = None
    title: str = ""
    note: str = ""
    establishment_id: int | None = None
    paper_id: int | None = None
    paper_status: PaperStatus = PaperStatus.NONE
    editions: int = 0


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A range set aside for a village, and how much of it is left."""

    id: int
    scope: str
    kind: str
    village: str
    first: str
    last: str
    count: int
    left: int
    reserved_on: date
    returned_on: date | None
    reason: str


class NumberLedger:
    """Questions to the ledger of numbers; it is kept by the township, not by villages."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def sequences(self, *, by: Actor) -> tuple[SequenceRow, ...]:
        """Return every sequence of numbers with its account; those that do not add up show gaps."""
        require(by, Right.LEDGER)
        with self.office.db.reading() as session:
            return tuple(
                SequenceRow(title_of(self.office.profile, account.scope), account)
                for account in read_accounts(session)
            )

    def lines(self, scope: str, *, first: int = 1, limit: int = 200, by: Actor) -> tuple[NumberLine, ...]:
        """Return the serials of a sequence in their order, from ``first`` on, none left out."""
        require(by, Right.LEDGER)
        with self.office.db.reading() as session:
            last = min(last_serial(session, scope), first + min(limit, MOST_LINES) - 1)
            return lines_of(session, self.office, scope, range(first, last + 1))

    def gaps(self, *, by: Actor) -> tuple[NumberLine, ...]:
        """Return the serials that have neither paper nor word, of all sequences, the first 500."""
        require(by, Right.LEDGER)
        found: list[NumberLine] = []
        with self.office.db.reading() as session:
            for account in read_accounts(session):
                if account.gaps:
                    found += _gaps(session, self.office, account)
        return tuple(found[:_MOST_GAPS])

    def old_numbers(self, *, by: Actor) -> tuple[NumberLine, ...]:
        """Return numbers that were taken in from paper and belong to no sequence of today's rules."""
        require(by, Right.LEDGER)
        with self.office.db.reading() as session:
            query = _newest(Paper.serial.is_(None)).order_by(Paper.number).limit(MOST_LINES)
            return tuple(_of_paper(paper, record, self.office) for paper, record in session.execute(query))

    def stated(self, *, by: Actor) -> tuple[NumberLine, ...]:
        """Return numbers that old papers have by the register's word and that nobody has taken in yet."""
        require(by, Right.LEDGER)
        taken = select(Paper.id).where(
            Paper.establishment_id == Establishment.id,
            Paper.number == func.replace(Establishment.stated_paper_number, " ", ""),
        )
        query = (
            select(Establishment, Village.name)
            .join(Village, Establishment.village_id == Village.id)
            .where(Establishment.stated_paper_number != "", ~taken.exists())
            .order_by(Establishment.id)
            .limit(MOST_LINES)
        )
        with self.office.db.reading() as session:
            return tuple(
                NumberLine(
                    scope="",
                    serial=0,
                    number=record.stated_paper_number or "",
                    state=NumberState.STATED,
                    title=called(record.name, record.operator_name, record.products),
                    note=f"{village}，档案 {record.archive_number}",
                    establishment_id=record.id,
                )
                for record, village in session.execute(query)
            )

    def find(self, number: str, *, by: Actor) -> NumberLine:
        """Return what became of one number, as somebody types it; an unknown one is refused."""
        require(by, Right.LEDGER)
        wanted = "".join(number.split())
        with self.office.db.reading() as session:
            found = session.execute(_newest(Paper.number == wanted)).first()
            if found is not None:
                return _of_paper(found[0], found[1], self.office)
            for account in read_accounts(session):
                serial = serial_of(self.office.profile, account.scope, wanted)
                if serial is not None and serial <= account.last:
                    return lines_of(session, self.office, account.scope, range(serial, serial + 1))[0]
        raise UserError(f"没有给出过号码 {number}，请核对")

    def ranges(self, *, by: Actor) -> tuple[RangeRow, ...]:
        """Return the ranges set aside, those still open first."""
        require(by, Right.LEDGER)
        query = select(NumberRange, Village.name).join(Village, NumberRange.village_id == Village.id)
        with self.office.db.reading() as session:
            rows = [
                RangeRow(
                    id=one.id,
                    scope=one.scope,
                    kind=one.kind,
                    village=village,
                    first=number_at(self.office.profile, one.scope, one.first),
                    last=number_at(self.office.profile, one.scope, one.last),
                    count=one.last - one.first + 1,
                    left=0
                    if one.returned_on
                    else one.last - one.first + 1 - len(taken_in_range(session, one)),
                    reserved_on=one.reserved_on,
                    returned_on=one.returned_on,
                    reason=one.reason,
                )
                for one, village in session.execute(query.order_by(NumberRange.id))
            ]
        return tuple(sorted(rows, key=lambda row: (row.returned_on is not None, row.id)))


def title_of(profile: Profile, scope: str) -> str:
    """Name a sequence as people do: the paper and the year; other parts of its scope as they are."""
    parts = _parts(scope)
    kind, year = parts.pop("trade", ""), parts.pop("year", "")
    for given in ("profile", "county", "township"):
        parts.pop(given, None)
    title = profile.trade(kind).paper.title if profile.has_trade(kind) else "登记编号"
    rest = [f"{year}年" if year else "", *parts.values()]
    return " ".join((title, *filter(None, rest)))


def rule_of(profile: Profile, scope: str) -> tuple[NumberRule, NumberContext] | None:
    """Return rule and facts behind a sequence; ``None`` where today's rule pack would not count like that."""
    parts = _parts(scope)
    kind = parts.get("trade", profile.trades[0].code)
    if not profile.has_trade(kind):
        return None
    paper = profile.trade(kind).paper
    context = NumberContext(
        profile=profile.name,
        trade=kind,
        prefix=paper.number_prefix,
        trade_digit=paper.number_trade_digit,
        region_code=parts.get("county", profile.region_code),
        township_code=parts.get("township", profile.township_code),
        on=date(int(parts.get("year", "2000")), 1, 1),
        village_code=parts.get("village", ""),
    )
    rule = NumberRule.parse(paper.number_template, paper.number_scope)
    return (rule, context) if rule.scope_key(context) == scope else None


def number_at(profile: Profile, scope: str, serial: int) -> str:
    """Return the number that a serial has or would have; its serial where that cannot be told."""
    found = rule_of(profile, scope)
    try:
        return found[0].format(found[1], serial) if found else f"第 {serial} 号"
    except WrongValue:
        return f"第 {serial} 号"


def serial_of(profile: Profile, scope: str, number: str) -> int | None:
    """Return the serial of a number where it belongs to this very sequence."""
    found = rule_of(profile, scope)
    serial = found[0].matches(number) if found else None
    return serial if serial is not None and number_at(profile, scope, serial) == number else None


def _parts(scope: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in scope.split("/") if "=" in part)


def _newest(condition: Any) -> Select[Paper, Establishment]:  # noqa: ANN401 - any condition on papers
    """Return the question for papers with their establishments, the last edition first."""
    return (
        select(Paper, Establishment)
        .join(Establishment, Paper.establishment_id == Establishment.id)
        .where(condition)
        .order_by(Paper.edition.desc())
    )


def lines_of(session: Session, office: OpenOffice, scope: str, serials: range) -> tuple[NumberLine, ...]:
    """Return what became of each of these serials, in their order, none left out."""
    if not serials:
        return ()
    first, last = serials[0], serials[-1]
    here = (Paper.scope == scope) & Paper.serial.between(first, last)
    papers: dict[int | None, NumberLine] = {}
    for paper, record in session.execute(_newest(here)):
        papers.setdefault(paper.serial, _of_paper(paper, record, office))
    marks = session.scalars(
        select(NumberMark).where(NumberMark.scope == scope, NumberMark.serial.between(first, last))
    )
    marked = {one.serial: one for one in marks}
    reserved = _reserved(session, scope)
    return tuple(
        papers.get(serial) or _unissued(office, scope, serial, marked, reserved) for serial in serials
    )


def _of_paper(paper: Paper, record: Establishment, office: OpenOffice) -> NumberLine:
    status = paper_status_on(paper, office.clock.today(), office.profile)
    state = NumberState.TAKEN_IN if paper.act == PaperAct.TAKING_IN else NumberState.ISSUED
    return NumberLine(
        scope=paper.scope,
        serial=paper.serial or 0,
        number=paper.number,
        state=NumberState.VOID if status is PaperStatus.VOID else state,
        on=paper.issued_on if paper.status == PaperStatus.VALID else paper.status_on,
        title=called(record.name, record.operator_name, record.products),
        note=paper.status_reason,
        establishment_id=record.id,
        paper_id=paper.id,
        paper_status=status,
        editions=paper.edition,
    )


def _unissued(
    office: OpenOffice,
    scope: str,
    serial: int,
    marked: Mapping[int, NumberMark],
    reserved: Iterable[tuple[NumberRange, str]],
) -> NumberLine:
    number = number_at(office.profile, scope, serial)
    if mark := marked.get(serial):
        return NumberLine(scope, serial, number, NumberState(mark.mark), mark.marked_on, note=mark.reason)
    for one, village in reserved:
        if one.first <= serial <= one.last:
            note = f"留给{village}：{one.reason}" if one.reason else f"留给{village}"
            return NumberLine(scope, serial, number, NumberState.RESERVED, one.reserved_on, note=note)
    return NumberLine(scope, serial, number, NumberState.GAP)


def _used(session: Session, one: NumberRange) -> int:
    return len(taken_in_range(session, one))


def _reserved(session: Session, scope: str) -> list[tuple[NumberRange, str]]:
    query = (
        select(NumberRange, Village.name)
        .join(Village, NumberRange.village_id == Village.id)
        .where(NumberRange.scope == scope, NumberRange.returned_on.is_(None))
    )
    return [(one, village) for one, village in session.execute(query)]


def _gaps(session: Session, office: OpenOffice, account: Account) -> list[NumberLine]:
    """Walk a sequence that does not add up, page by page, until its gaps are found."""
    found: list[NumberLine] = []
    for start in range(1, account.last + 1, MOST_LINES):
        page = range(start, min(start + MOST_LINES, account.last + 1))
        lines = lines_of(session, office, account.scope, page)
        found += [line for line in lines if line.state is NumberState.GAP]
        if len(found) >= min(account.gaps, _MOST_GAPS):
            break
    return found
