"""Keeping the ledger of numbers: ranges for villages, old papers taken in, gaps explained, numbers spoilt."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.errors import WrongValue
from desktop.domain.folding import half_width, without_invisible
from desktop.domain.ledger import NumberState
from desktop.domain.paper_life import PaperAct
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.ledger import NumberMark, NumberRange
from desktop.models.registration import Paper
from desktop.services.numbers.accounts import taken_in_range
from desktop.services.numbers.giving import Given, held_by, number_of
from desktop.services.numbers.ledger import NumberLine, lines_of, number_at
from desktop.services.numbers.serials import last_serial, next_serials, raise_serial
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.register.establishments import reachable
from desktop.services.registration.applications import Issued, issued_row
from desktop.services.registration.eligibility import living_place, read_barred, why_not
from desktop.services.registration.issuing import NewSheet, issue_in, paper_facts, write_paper
from desktop.services.registration.registrations import decided_by_batch
from desktop.services.rights import Right, require

MOST_RESERVED = 500
"""More than a village issues in a year; a larger range is a slip of the finger."""

MOST_LETTERS = 40
EXPLANATIONS = (NumberState.EXPLAINED, NumberState.SPOILT)


@dataclass(frozen=True, slots=True)
class Reserved:
    """A range that was set aside."""

    id: int
    first: str
    last: str
    count: int


class NumberKeeping:
    """What the township writes into the ledger beside issuing; each serial gets one word, once."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def reserve(
        self, kind: str, village_id: int, count: int, *, on: date, reason: str, by: Actor
    ) -> Reserved:
        """Set numbers aside for a village that issues offline; nobody else is given them."""
        require(by, Right.NUMBERS)
        self.office.refuse_future(on)
        if not 1 <= count <= MOST_RESERVED:
            raise UserError(f"一次预留 1 到 {MOST_RESERVED} 个号，现在写的是 {count}，请改")
        with self.office.db.writing(self.office.act(by, "number.reserve", reason=reason)) as session:
            village = _village(session, village_id)
            rule, context = number_of(self.office.profile, kind, village, on)
            scope = rule.scope_key(context)
            serials = next_serials(session, scope, count)
            try:
                first, last = (rule.format(context, serial) for serial in (serials[0], serials[-1]))
            except WrongValue as wrong:
                raise RuleError(str(wrong)) from wrong
            one = NumberRange(
                scope=scope,
                kind=kind,
                village_id=village_id,
                first=serials[0],
                last=serials[-1],
                reserved_on=on,
                returned_on=None,
                reason=reason.strip(),
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(one)
            for serial in serials:
                if holder := held_by(session, rule, rule.format(context, serial)):
                    self._mark(session, scope, serial, NumberState.STATED, on, holder, by)
            session.flush()
            return Reserved(one.id, first, last, count)

    def record_issued(
        self, range_id: int, number: str, establishment_id: int, *, on: date, by: Actor
    ) -> Issued:
        """Put down a paper that a village issued offline out of its range; the day is that of the paper."""
        require(by, Right.REGISTER)
        self.office.refuse_future(on)
        with self.office.db.writing(self.office.act(by, "number.record_issued")) as session:
            one = self._open_range(session, range_id)
            record = reachable(session, establishment_id, by)
            village = _village(session, record.village_id)
            written = plain(number).upper()
            serial = self._serial_in(session, one, written, record, village, on)
            title = called(record.name, record.operator_name, record.products)
            barred = read_barred(session, self.office.profile, [record], on)
            if reasons := why_not(record, village.name, barred, self.office.profile, on):
                raise RuleError(f"“{title}”不能登记：{'；'.join(reasons)}")
            application = decided_by_batch(
                session, self.office, record, on, note=f"{village.name}线下发放", by=by
            )
            given = Given(written, one.scope, serial)
            paper = issue_in(session, self.office, record, village, application, on=on, by=by, given=given)
            return issued_row(paper, title)

    def return_rest(self, range_id: int, *, on: date, reason: str, by: Actor) -> int:
        """Take back what a village did not use; the numbers stay unused, each with that word."""
        require(by, Right.NUMBERS)
        self.office.refuse_future(on)
        with self.office.db.writing(self.office.act(by, "number.return", reason=reason)) as session:
            one = self._open_range(session, range_id)
            if on < one.reserved_on:
                raise UserError(f"退回的日期 {on} 早于预留的日期 {one.reserved_on}，请核对日期")
            used = taken_in_range(session, one)
            left = [serial for serial in range(one.first, one.last + 1) if serial not in used]
            told = f"预留退回：{reason.strip()}" if reason.strip() else "预留退回"
            for serial in left:
                self._mark(session, one.scope, serial, NumberState.RETURNED, on, told, by)
            one.returned_on = on
            return len(left)

    def take_in(
        self,
        establishment_id: int,
        number: str,
        *,
        issued_on: date,
        valid_until: date | None,
        by: Actor,
    ) -> Issued:
        """Take in a paper that was issued before the register was: its own number, its own dates.

        A number of today's rule takes its place in the sequence, which goes on behind it.
        """
        require(by, Right.NUMBERS)
        self.office.refuse_future(issued_on)
        written = plain(number)
        if not 1 <= len(written) <= MOST_LETTERS:
            raise UserError(f"旧证编号要有 1 到 {MOST_LETTERS} 个字，请照证上填写")
        if valid_until is not None and valid_until < issued_on:
            raise UserError(f"有效期至 {valid_until} 早于发证日期 {issued_on}，请核对两个日期")
        with self.office.db.writing(self.office.act(by, "number.take_in")) as session:
            record = reachable(session, establishment_id, by)
            self._refuse_second(session, record, written, issued_on)
            village = _village(session, record.village_id)
            given = self._place_in_sequence(session, record, village, written, issued_on)
            sheet = NewSheet(
                act=PaperAct.TAKING_IN,
                given=given,
                issued_on=issued_on,
                valid_from=issued_on,
                valid_until=valid_until,
                facts=paper_facts(record, village.name, self.office.profile),
            )
            paper = write_paper(session, self.office, record, sheet, by=by)
            if valid_until is not None and valid_until < self.office.clock.today():
                paper.living_place = None
            return issued_row(paper, called(record.name, record.operator_name, record.products))

    def explain(
        self, scope: str, serial: int, *, mark: NumberState, on: date, reason: str, by: Actor
    ) -> NumberLine:
        """Say why a serial has no paper: a gap is explained, or a number that was set aside is spoilt."""
        require(by, Right.NUMBERS)
        self.office.refuse_future(on)
        if mark not in EXPLANATIONS:
            raise ValueError(f"{mark} explains nothing")
        if not reason.strip():
            raise UserError("空号、废号要写明原因，请填写")
        with self.office.db.writing(self.office.act(by, "number.explain", reason=reason)) as session:
            raise_serial(session, scope, 0)  # held: two desks do not explain one serial
            number = number_at(self.office.profile, scope, serial)
            if not 1 <= serial <= last_serial(session, scope):
                raise UserError(f"{number} 还没有给出去，不用说明")
            (line,) = lines_of(session, self.office, scope, range(serial, serial + 1))
            may_be = {NumberState.GAP} | ({NumberState.RESERVED} if mark is NumberState.SPOILT else set())
            if line.state not in may_be:
                raise RuleError(f"{number} 是“{line.state.label}”，不是空号，不能再说明")
            self._mark(session, scope, serial, mark, on, reason.strip(), by)
            session.flush()
            return NumberLine(scope, serial, number, mark, on, note=reason.strip())

    def _open_range(self, session: Session, range_id: int) -> NumberRange:
        one = session.scalar(select(NumberRange).where(NumberRange.id == range_id).with_for_update())
        if one is None:
            raise UserError(f"没有编号为 {range_id} 的号段，请核对后再试")
        raise_serial(session, one.scope, 0)  # held: nobody explains one of its serials meanwhile
        if one.returned_on is not None:
            raise RuleError(f"这个号段 {one.returned_on} 已经退回，不能再用；请另预留一段")
        return one

    def _serial_in(
        self,
        session: Session,
        one: NumberRange,
        number: str,
        record: Establishment,
        village: VillageRow,
        on: date,
    ) -> int:
        """Return the serial of a number of this range; refuse any other number, village or year."""
        rule, context = number_of(self.office.profile, one.kind, village, on)
        serial = rule.matches(number)
        first, last = (number_at(self.office.profile, one.scope, end) for end in (one.first, one.last))
        is_ours = serial is not None and one.first <= serial <= one.last
        if serial is None or not is_ours or rule.format(context, serial) != number:
            raise RuleError(f"{number} 不在这个号段里（{first} 至 {last}），请核对号码和发证日期的年份")
        if record.kind != one.kind:
            theirs, its = (self.office.profile.trade(kind).label for kind in (one.kind, record.kind))
            raise RuleError(f"这个号段留给{theirs}，这户是{its}，请换号段")
        if record.village_id != one.village_id:
            holder = _village(session, one.village_id).name
            raise RuleError(f"这个号段留给{holder}，这户在{village.name}，请换号段")
        if on < one.reserved_on:
            raise RuleError(f"发证日期 {on} 早于预留的日期 {one.reserved_on}，请核对日期")
        if serial in taken_in_range(session, one):
            (line,) = lines_of(session, self.office, one.scope, range(serial, serial + 1))
            about = f"（{line.title}）" if line.title else ""
            raise RuleError(f"{number} 已经是“{line.state.label}”{about}，一个号只用一次")
        return serial

    def _refuse_second(self, session: Session, record: Establishment, number: str, on: date) -> None:
        holder = session.execute(
            select(Establishment.archive_number)
            .join(Paper, Paper.establishment_id == Establishment.id)
            .where(Paper.number == number)
        ).first()
        if holder is not None:
            raise RuleError(f"{number} 已在档案 {holder[0]} 名下，一个号只属于一张证，请核对号码")
        today = self.office.clock.today()
        barred = read_barred(session, self.office.profile, [record], today)
        place = barred.living_by_place.get(living_place(record.kind, record.place_key))
        if living := barred.living_by_establishment.get(record.id) or place:
            raise RuleError(f"这户或这个地点已有有效的证（{living}），一地只有一张；旧证不用补录")
        later = select(Paper.number).where(Paper.establishment_id == record.id, Paper.issued_on >= on)
        if newer := session.scalar(later.limit(1)):
            raise RuleError(f"这户已有更晚的证（{newer}），更早的旧证不用补录")

    def _place_in_sequence(
        self, session: Session, record: Establishment, village: VillageRow, number: str, on: date
    ) -> Given:
        """Find the place of an old number in today's sequence; one of another rule has none."""
        rule, context = number_of(self.office.profile, record.kind, village, on)
        serial = rule.matches(number)
        if serial is None or rule.format(context, serial) != number:
            return Given(number, "", None)
        scope = rule.scope_key(context)
        raise_serial(session, scope, serial)
        (line,) = lines_of(session, self.office, scope, range(serial, serial + 1))
        if line.state is NumberState.RESERVED:
            raise RuleError(f"{number} 在预留号段里（{line.note}），请在那个号段里登记")
        if line.state is NumberState.SPOILT:
            raise RuleError(f"{number} 是废号（{line.note}），请核对号码")
        mark = session.scalar(
            select(NumberMark).where(NumberMark.scope == scope, NumberMark.serial == serial)
        )
        if mark is not None:
            session.delete(mark)
        return Given(number, scope, serial)

    def _mark(
        self, session: Session, scope: str, serial: int, mark: NumberState, on: date, reason: str, by: Actor
    ) -> None:
        session.add(
            NumberMark(
                scope=scope,
                serial=serial,
                mark=mark,
                marked_on=on,
                reason=reason,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
        )


def plain(number: str) -> str:
    """Return a number as it is stored, however it was typed: no spaces, half-width."""
    return "".join(without_invisible(half_width(number)).split())


def _village(session: Session, village_id: int) -> VillageRow:
    for one in villages_of(session):
        if one.id == village_id:
            return one
    raise UserError(f"没有编号为 {village_id} 的村，请核对后再试")
