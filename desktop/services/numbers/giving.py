"""Gives numbers inside an open block: the next serial of a sequence that no paper anywhere carries yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.ledger import NumberState
from desktop.domain.numbering import NumberContext, NumberRule
from desktop.domain.profile import Profile
from desktop.models.establishment import Establishment
from desktop.models.ledger import NumberMark
from desktop.models.registration import Paper
from desktop.services.numbers.serials import next_serial
from desktop.services.office.villages import VillageRow
from desktop.services.open_office import OpenOffice


@dataclass(frozen=True, slots=True)
class Given:
    """A number with its place in its sequence; an old number of another rule has no serial."""

    number: str
    scope: str
    serial: int | None
    edition: int = 1


def number_of(profile: Profile, kind: str, village: VillageRow, on: date) -> tuple[NumberRule, NumberContext]:
    """Return the number rule of a trade and what a number of that village and day is made from."""
    rule = profile.trade(kind).paper
    context = NumberContext(
        profile=profile.name,
        trade=kind,
        prefix=rule.number_prefix,
        trade_digit=rule.number_trade_digit,
        region_code=profile.region_code,
        township_code=profile.township_code,
        on=on,
        village_code=village.code,
    )
    return NumberRule.parse(rule.number_template, rule.number_scope), context


def give_number(
    session: Session, office: OpenOffice, kind: str, village: VillageRow, *, on: date, by: Actor
) -> Given:
    """Give the next number of a trade; one that an older paper already carries is passed over and marked."""
    rule, context = number_of(office.profile, kind, village, on)
    scope = rule.scope_key(context)
    while True:
        serial = next_serial(session, scope)
        number = rule.format(context, serial)
        holder = held_by(session, rule, number)
        if not holder:
            return Given(number, scope, serial)
        session.add(
            NumberMark(
                scope=scope,
                serial=serial,
                mark=NumberState.STATED,
                marked_on=on,
                reason=holder,
                entered_at=office.clock.now(),
                entered_by=by.name,
            )
        )


def coming_serial(session: Session, rule: NumberRule, context: NumberContext, after: int) -> int:
    """Return the serial that would be given after another one, without giving it."""
    serial = after + 1
    while held_by(session, rule, rule.format(context, serial)):
        serial += 1
    return serial


def held_by(session: Session, rule: NumberRule, number: str) -> str:
    """Say who carries a number already, on a paper or as an older number in the register; or nothing."""
    if session.scalar(select(Paper.id).where(Paper.number == number).limit(1)) is not None:
        return f"{number} 已经发出"
    written = {number, rule.grouped(number)}
    stated = select(Establishment.archive_number).where(Establishment.stated_paper_number.in_(written))
    archive_number = session.scalar(stated.limit(1))
    return f"档案 {archive_number} 上写着 {number}，还没有补录" if archive_number else ""
