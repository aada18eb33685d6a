"""The stock of pre-printed blanks (空白证): received, used, spoilt, left; each used one tied to its paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.blanks import BlankSerial
from desktop.domain.errors import WrongValue
from desktop.domain.ledger import BlankState
from desktop.errors import RuleError, UserError
from desktop.models.ledger import BlankLot, BlankUse
from desktop.models.registration import Paper, PrintEntry
from desktop.services.numbers.serials import raise_serial
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require

MOST_RECEIVED = 100_000
_MOST_SPOILT = 500
_MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class StockRow:
    """One delivery and what is left of it: received is used, spoilt and left together."""

    id: int
    kind: str
    first: str
    last: str
    received_on: date
    received: int
    used: int
    spoilt: int
    next: str
    note: str

    @property
    def left(self) -> int:
        return self.received - self.used - self.spoilt


@dataclass(frozen=True, slots=True)
class BlankLine:
    """What became of one blank."""

    serial: str
    state: BlankState
    on: date
    number: str
    reason: str
    by: str


class Blanks:
    """What the office writes down about blanks; a printed serial is used or spoilt once."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def receive(self, kind: str, first: str, last: str, *, on: date, note: str = "", by: Actor) -> int:
        """Take a delivery into stock; serials that were received before are refused."""
        require(by, Right.HAND_OVER)
        self.office.refuse_future(on)
        start, end = _read(first), _read(last)
        if not self.office.profile.has_trade(kind):
            raise UserError(f"规则包里没有“{kind}”这一类，请选证卡种类")
        if (start.prefix, start.digits) != (end.prefix, end.digits) or start.number > end.number:
            raise UserError(f"{first} 至 {last} 不是一段流水号；字头和位数要一样，后一个不能更小")
        if end.number - start.number >= MOST_RECEIVED:
            raise UserError(f"一批最多 {MOST_RECEIVED} 张，{first} 至 {last} 太多，请核对")
        with self.office.db.writing(self.office.act(by, "blank.receive")) as session:
            raise_serial(session, f"blank={start.prefix}/{start.digits}", end.number)
            overlapping = session.scalars(
                select(BlankLot).where(
                    BlankLot.prefix == start.prefix,
                    BlankLot.digits == start.digits,
                    BlankLot.first <= end.number,
                    BlankLot.last >= start.number,
                )
            ).first()
            if overlapping is not None:
                there = f"{start.at(overlapping.first)} 至 {start.at(overlapping.last)}"
                day = overlapping.received_on
                raise RuleError(f"{there} 已在 {day} 入库，同一张不能入库两次，请核对流水号")
            lot = BlankLot(
                kind=kind,
                prefix=start.prefix,
                digits=start.digits,
                first=start.number,
                last=end.number,
                received_on=on,
                note=note.strip(),
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(lot)
            session.flush()
            return lot.id

    def spoil(self, first: str, *, last: str = "", on: date, reason: str, number: str = "", by: Actor) -> int:
        """Put down that blanks were spoilt, with the reason and the number they were meant for.

        One that was printed on is spoilt as well where it jammed or smeared; its paper is printed again on
        another.
        """
        require(by, Right.HAND_OVER)
        self.office.refuse_future(on)
        if not reason.strip():
            raise UserError("空白证损坏要写明原因，请填写")
        start, end = _read(first), _read(last or first)
        count = end.number - start.number + 1
        if (start.prefix, start.digits) != (end.prefix, end.digits) or not 1 <= count <= _MOST_SPOILT:
            raise UserError(f"{first} 至 {last or first} 不是一段流水号，或超过 {_MOST_SPOILT} 张，请核对")
        with self.office.db.writing(self.office.act(by, "blank.spoil", reason=reason)) as session:
            paper = _paper(session, number) if number.strip() else None
            for serial in range(start.number, end.number + 1):
                lot, use = _lot_and_use(session, start.at(serial), on)
                if use is None:
                    use = self._use(lot, serial, BlankState.SPOILT, on, by)
                    session.add(use)
                else:
                    _refuse_spoilt(use, start.at(serial), on)
                    use.state, use.used_on = BlankState.SPOILT, on
                use.reason = reason.strip()
                if paper is not None:
                    use.number, use.paper_id = paper.number, paper.id
                session.flush()
            return count

    def use(self, serial: str, number: str, *, on: date, by: Actor) -> None:
        """Tie one blank to the paper that stands on it, where it was not done while printing."""
        require(by, Right.HAND_OVER)
        self.office.refuse_future(on)
        with self.office.db.writing(self.office.act(by, "blank.use")) as session:
            paper = _paper(session, number)
            last = select(PrintEntry).where(PrintEntry.paper_id == paper.id).order_by(PrintEntry.id.desc())
            entry = session.scalars(last).first()
            session.add(self._tied(session, serial, paper, entry, on, by))

    def use_in(
        self, session: Session, first: str, papers: Sequence[tuple[Paper, PrintEntry]], *, on: date, by: Actor
    ) -> None:
        """Tie the blanks of one print run to its papers, one after the other, inside the block of its log."""
        start = _read(first)
        for place, (paper, entry) in enumerate(papers):
            serial = start.at(start.number + place)
            session.add(self._tied(session, serial, paper, entry, on, by))
            session.flush()

    def stock(self, *, by: Actor) -> tuple[StockRow, ...]:
        """Return every delivery with its count, the newest first."""
        require(by, Right.LEDGER)
        with self.office.db.reading() as session:
            query = select(BlankUse.lot_id, BlankUse.state, func.count()).group_by(
                BlankUse.lot_id, BlankUse.state
            )
            counts = {(lot, state): count for lot, state, count in session.execute(query)}
            lots = session.scalars(select(BlankLot).order_by(BlankLot.id.desc())).all()
            return tuple(
                StockRow(
                    id=lot.id,
                    kind=lot.kind,
                    first=_written(lot, lot.first),
                    last=_written(lot, lot.last),
                    received_on=lot.received_on,
                    received=lot.last - lot.first + 1,
                    used=counts.get((lot.id, BlankState.USED), 0),
                    spoilt=counts.get((lot.id, BlankState.SPOILT), 0),
                    next=_next(session, lot),
                    note=lot.note,
                )
                for lot in lots
            )

    def lines(self, lot_id: int, *, by: Actor) -> tuple[BlankLine, ...]:
        """Return what became of the blanks of a delivery, the last used first; what is left has no line."""
        require(by, Right.LEDGER)
        query = select(BlankUse).where(BlankUse.lot_id == lot_id).order_by(BlankUse.serial.desc())
        with self.office.db.reading() as session:
            lot = session.get(BlankLot, lot_id)
            if lot is None:
                raise UserError(f"没有编号为 {lot_id} 的一批空白证，请刷新后再试")
            return tuple(
                BlankLine(
                    _written(lot, use.serial),
                    BlankState(use.state),
                    use.used_on,
                    use.number,
                    use.reason,
                    use.entered_by,
                )
                for use in session.scalars(query.limit(_MOST_LINES))
            )

    def _tied(
        self, session: Session, serial: str, paper: Paper, entry: PrintEntry | None, on: date, by: Actor
    ) -> BlankUse:
        lot = free_lot(session, serial, on)
        if lot.kind != paper.kind:
            its, wanted = (self.office.profile.trade(kind).paper.title for kind in (lot.kind, paper.kind))
            raise RuleError(f"空白证 {serial} 是{its}，{paper.number} 是{wanted}，请换空白证")
        use = self._use(lot, _read(serial).number, BlankState.USED, on, by)
        use.number, use.paper_id = paper.number, paper.id
        use.print_entry_id = entry.id if entry is not None else None
        return use

    def _use(self, lot: BlankLot, serial: int, state: BlankState, on: date, by: Actor) -> BlankUse:
        return BlankUse(
            lot_id=lot.id,
            serial=serial,
            state=state,
            used_on=on,
            reason="",
            number="",
            paper_id=None,
            print_entry_id=None,
            entered_at=self.office.clock.now(),
            entered_by=by.name,
        )


def free_lot(session: Session, serial: str, on: date) -> BlankLot:
    """Return the delivery of a blank that is left, held; one that was used or never received is refused."""
    lot, use = _lot_and_use(session, serial, on)
    if use is not None:
        about = f"（{use.number or use.reason}）"
        raise RuleError(
            f"空白证 {_read(serial)} {use.used_on} {BlankState(use.state).label}{about}，"
            "一张只用一次，请核对流水号；印坏了的请登记损坏"
        )
    return lot


def _lot_and_use(session: Session, serial: str, on: date) -> tuple[BlankLot, BlankUse | None]:
    """Return the delivery of a blank, held, and what became of it; one never received is refused."""
    wanted = _read(serial)
    lot = session.scalar(
        select(BlankLot)
        .where(
            BlankLot.prefix == wanted.prefix,
            BlankLot.digits == wanted.digits,
            BlankLot.first <= wanted.number,
            BlankLot.last >= wanted.number,
        )
        .with_for_update()
    )
    if lot is None:
        raise RuleError(f"空白证 {wanted} 没有入库，请核对流水号，或先登记这一批入库")
    if on < lot.received_on:
        raise UserError(f"日期 {on} 早于空白证 {wanted} 入库的日期 {lot.received_on}，请核对日期")
    use = select(BlankUse).where(BlankUse.lot_id == lot.id, BlankUse.serial == wanted.number)
    return lot, session.scalar(use)


def _refuse_spoilt(use: BlankUse, serial: str, on: date) -> None:
    """Refuse to spoil a blank a second time, or before it was printed on."""
    if use.state == BlankState.SPOILT:
        raise RuleError(f"空白证 {serial} {use.used_on} 已登记损坏（{use.reason}），请核对流水号")
    if on < use.used_on:
        raise UserError(f"日期 {on} 早于空白证 {serial} 打印的日期 {use.used_on}，请核对日期")


def _read(text: str) -> BlankSerial:
    try:
        return BlankSerial.parse(text)
    except WrongValue as wrong:
        raise UserError(str(wrong)) from wrong


def _written(lot: BlankLot, serial: int) -> str:
    return BlankSerial(lot.prefix, lot.digits, lot.first).at(serial)


def _next(session: Session, lot: BlankLot) -> str:
    """Return the first blank behind the last used one; empty where none is left there."""
    last = session.scalar(select(func.max(BlankUse.serial)).where(BlankUse.lot_id == lot.id))
    serial = lot.first if last is None else last + 1
    return _written(lot, serial) if serial <= lot.last else ""


def _paper(session: Session, number: str) -> Paper:
    wanted = "".join(number.split())
    query = select(Paper).where(Paper.number == wanted).order_by(Paper.edition.desc()).limit(1)
    paper = session.scalar(query)
    if paper is None:
        raise UserError(f"没有编号为 {wanted} 的证卡，请核对编号")
    return paper
