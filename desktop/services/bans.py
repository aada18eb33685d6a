"""Bans on registering again (禁业): put on a person by a decision, read before anybody is registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.paper_life import BanGround
from desktop.domain.profile import Ban, Profile
from desktop.errors import RuleError
from desktop.models.establishment import Establishment
from desktop.services.establishments import called


@dataclass(frozen=True, slots=True)
class Banned:
    """A ban that runs: to which day, why and by which clause; ``of`` names another record it came from."""

    until: date
    basis: str
    of: str = ""

    @property
    def said(self) -> str:
        """Return the ban as a reason against registering."""
        other = f"经营者在“{self.of}”" if self.of else ""
        return f"{other}禁业到{self.until:%Y-%m-%d}（{self.basis}），期满才能登记"


def ban_of(profile: Profile, kind: str, ground: BanGround | None) -> Ban | None:
    """Return the ban of the rule pack for a ground; ``None`` where it bans nobody."""
    return profile.trade(kind).paper.life.bans.get(ground) if ground is not None else None


def basis_of(profile: Profile, ban: Ban, on: date) -> str:
    """Return the clause that bans as it stands on a day, or what the rule pack took the term from."""
    law = profile.law(ban.law, on) if ban.law else None
    return f"{law.title}{law.article}" if law is not None else ban.source.text


def put_ban(profile: Profile, record: Establishment, ground: BanGround | None, on: date) -> date | None:
    """Ban whoever runs an establishment from the day of a decision; a longer ban that runs stays."""
    ban = ban_of(profile, record.kind, ground)
    until = ban.term.ends_on(on) if ban is not None else None
    if ground is None or ban is None or until is None:
        return None
    if record.banned_until is None or record.banned_until < until:
        record.banned_until = until
        record.ban_basis = f"{ground.label}；{basis_of(profile, ban, on)}"
    return record.banned_until


def read_bans(session: Session, records: Sequence[Establishment], on: date) -> Mapping[int, Banned]:
    """Return the bans on these establishments and on who runs them, found again by the identity number."""
    numbers = {record.operator_id_number for record in records if record.operator_id_number}
    query = select(Establishment).where(
        Establishment.banned_until >= on, Establishment.operator_id_number.in_(numbers)
    )
    elsewhere = {record.operator_id_number: record for record in session.scalars(query)} if numbers else {}
    found: dict[int, Banned] = {}
    for record in records:
        if record.banned_until is not None and record.banned_until >= on:
            found[record.id] = Banned(record.banned_until, record.ban_basis)
        elif other := elsewhere.get(record.operator_id_number or ""):
            assert other.banned_until is not None  # asked for in the query
            title = called(other.name, other.operator_name, other.products)
            found[record.id] = Banned(other.banned_until, other.ban_basis, title)
    return found


def refuse_banned(session: Session, record: Establishment, on: date) -> None:
    """Refuse an application of somebody under a ban (行政许可法 arts. 78, 79)."""
    if banned := read_bans(session, [record], on).get(record.id):
        title = called(record.name, record.operator_name, record.products)
        raise RuleError(f"“{title}”不能申请登记：{banned.said}")
