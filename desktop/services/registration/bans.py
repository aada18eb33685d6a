"""Bans on registering again (禁业): put on a person by a decision, read before anybody is registered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.forms import Answers
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus
from desktop.domain.masking import mask
from desktop.domain.paper_life import BanGround
from desktop.domain.party import Party
from desktop.domain.profile import Ban, Profile
from desktop.errors import RuleError
from desktop.models.establishment import Establishment
from desktop.models.registration import Application, Paper


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


def refuse_other_holder(profile: Profile, paper: Paper, record: Establishment) -> None:
    """Refuse to ban whoever runs it today for what the holder of the paper did."""
    number = record.operator_id_number
    masked = mask(number, profile.masking.identity_number) if number else ""
    has_same_number = bool(masked) and masked == paper.facts.get("operator_id_number_masked", "")
    holder = paper.facts["operator_name"]
    if not has_same_number and record.operator_name != holder:
        raise RuleError(
            f"{paper.number} 的持有人是{holder}，档案里的经营者已是{record.operator_name}，"
            f"禁业只能记在{holder}名下；"
            f"请先把档案里的经营者改回{holder}，"
            f"办完以后给{record.operator_name}另建一户"
        )


def why_not_another(record: Establishment, answers: Answers, on: date) -> str:
    """Say why a record under a ban may not become somebody else's: a ban is a person's, not a place's."""
    if record.banned_until is None or record.banned_until < on:
        return ""
    numbers = (answers.get("operator_id_number"), answers.get("business_licence_number"))
    now = _party(answers.get("operator_name"), *numbers)
    if not now.is_another_than(party_of(record)):
        return ""
    return (
        f"“{record.operator_name}”禁业到 {record.banned_until:%Y-%m-%d}，禁业跟着人走，"
        f"这份档案不能改成别人的；换了经营者的，请把这一户关停，给{now.name}另建一户"
    )


def party_of(record: Establishment) -> Party:
    """Return who runs an establishment."""
    return _party(record.operator_name, record.operator_id_number, record.business_licence_number)


def read_bans(
    session: Session, profile: Profile, records: Sequence[Establishment], on: date
) -> Mapping[int, Banned]:
    """Return the bans on these establishments and on who runs them, found again by number or credit code."""
    parties = {record.id: party_of(record) for record in records}
    banned = _banned(session, parties.values(), on)
    found: dict[int, Banned] = {}
    for record in records:
        if record.banned_until is not None and record.banned_until >= on:
            found[record.id] = Banned(record.banned_until, record.ban_basis)
        for other in banned:
            known = found.get(record.id)
            assert other.banned_until is not None  # asked for in the query
            if known is not None and known.until >= other.banned_until:
                continue
            binds = _binds_representative(profile, other)
            if parties[record.id].is_bound_by_ban_of(party_of(other), binds_representative=binds):
                title = called(other.name, other.operator_name, other.products)
                found[record.id] = Banned(other.banned_until, other.ban_basis, title)
    return found


def refuse_banned(session: Session, profile: Profile, record: Establishment, on: date) -> None:
    """Refuse an application of somebody under a ban (行政许可法 arts. 78, 79)."""
    if banned := read_bans(session, profile, [record], on).get(record.id):
        title = called(record.name, record.operator_name, record.products)
        raise RuleError(f"“{title}”不能申请登记：{banned.said}")


def _banned(session: Session, parties: Iterable[Party], on: date) -> Sequence[Establishment]:
    """Return the records under a ban with these numbers; only who lost a paper or was refused one can be."""
    numbers = {party.id_number for party in parties if party.id_number}
    codes = {party.credit_code for party in parties if party.credit_code}
    lost = union(
        select(Paper.establishment_id).where(Paper.status.in_([PaperStatus.REVOKED, PaperStatus.WITHDRAWN])),
        select(Application.establishment_id).where(Application.status == RegistrationStatus.REFUSED),
    )
    query = select(Establishment).where(
        Establishment.id.in_(lost.subquery().select()),
        Establishment.banned_until >= on,
        or_(Establishment.operator_id_number.in_(numbers), Establishment.business_licence_number.in_(codes)),
    )
    return session.scalars(query.order_by(Establishment.id)).all() if numbers or codes else ()


def _binds_representative(profile: Profile, record: Establishment) -> bool:
    """Tell whether the ban on a record is also one on who stands for a company, by its ground."""
    ground = next((one for one in BanGround if record.ban_basis.startswith(f"{one.label}；")), None)
    ban = ban_of(profile, record.kind, ground)
    return ban is not None and ban.binds_representative


def _party(name: object, id_number: object, credit_code: object) -> Party:
    return Party(str(name or ""), str(id_number or ""), str(credit_code or ""))
