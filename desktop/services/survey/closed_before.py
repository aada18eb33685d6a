"""Who was closed down by order or banned (防止“死灰复燃”): met again in any trade, or at the very place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from desktop.domain.forms import Problem, Severity
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.profile import Profile
from desktop.domain.rectification import LookBackOutcome
from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.models.rectification import LookBack, ShutdownDecision
from desktop.services.registration.bans import read_bans

_DECIDED = (OperatingStatus.CLOSING, OperatingStatus.CLOSED, OperatingStatus.SHUT_DOWN)

IS_CLOSED_DOWN = Establishment.operating_status.in_(_DECIDED) & Establishment.id.in_(
    select(ShutdownDecision.establishment_id)
)
"""By a decision: who closes of his own accord bars nobody after him, nor himself."""


def is_place_exact(place_key: str) -> bool:
    """Tell whether a place is one door: everybody at 菜场 has the same place."""
    return any(mark.isdigit() for mark in place_key.partition(":")[2])


@dataclass(frozen=True, slots=True)
class ClosedBefore:
    """What was closed down or banned around some establishments: by establishment, why it waits."""

    reasons: Mapping[int, tuple[str, ...]]

    def of(self, establishment_id: int) -> tuple[str, ...]:
        """Return why an establishment waits; the word that it waits for is a look back (回头看)."""
        return self.reasons.get(establishment_id, ())


def read_closed_before(session: Session, profile: Profile, records: Sequence[Establishment]) -> ClosedBefore:
    """Read what was closed down at the places and for the people of these, whatever the trade."""
    found = _found(session, profile, records)
    if not found:
        return ClosedBefore({})
    ids = [one.id for one in found]
    decided = _latest(
        session,
        select(ShutdownDecision.establishment_id, ShutdownDecision.entered_at).where(
            ShutdownDecision.establishment_id.in_(ids)
        ),
    )
    looked = _latest(
        session,
        select(LookBack.establishment_id, LookBack.entered_at).where(
            LookBack.establishment_id.in_(ids), LookBack.outcome != LookBackOutcome.REOPENED
        ),
    )
    moved = _latest(
        session,
        select(EstablishmentChange.establishment_id, EstablishmentChange.entered_at).where(
            EstablishmentChange.establishment_id.in_([record.id for record in records]),
            EstablishmentChange.change == "moved",
        ),
    )
    reasons = {}
    for record in records:
        came = max(record.entered_at, moved.get(record.id, record.entered_at))
        said = []
        for one in found:
            if one.id == record.id:
                continue
            who = _whose(record, one)
            if who and one.id in decided and one.operating_status in _DECIDED:
                is_settled = one.id in looked and looked[one.id] >= max(decided[one.id], came)
                said += _waiting(who, one, is_settled=is_settled)
        if said:
            reasons[record.id] = tuple(said)
    return ClosedBefore(reasons)


def met_elsewhere(session: Session, profile: Profile, record: Establishment, on: date) -> tuple[Problem, ...]:
    """Say of a record that was just entered who was closed down or banned before it."""
    said = read_closed_before(session, profile, [record]).of(record.id)
    if banned := read_bans(session, profile, [record], on).get(record.id):
        said = (*said, banned.said)
    return tuple(Problem("operator_name", "met_again", one, Severity.WARNING) for one in said)


_PERSON, _PLACE = "同一经营者", "同一地点"
_COLUMNS = (
    Establishment.id,
    Establishment.archive_number,
    Establishment.operator_id_number,
    Establishment.operator_name,
    Establishment.place_key,
    Establishment.operating_status,
)


Found = Row[*tuple[Any, ...]]


def _found(session: Session, profile: Profile, records: Sequence[Establishment]) -> list[Found]:
    """Find by person and by place, each along its index."""
    people = {record.operator_id_number for record in records if record.operator_id_number}
    places = {record.place_key for record in records}
    kinds = [trade.code for trade in profile.trades]
    closed = Establishment.operating_status.in_(_DECIDED)
    found = {
        one.id: one
        for where in (
            (Establishment.operator_id_number.in_(people), closed),
            (Establishment.kind.in_(kinds), Establishment.place_key.in_(places), closed),
        )
        for one in session.execute(select(*_COLUMNS).where(*where))
    }
    return [found[key] for key in sorted(found)]


def _whose(record: Establishment, one: Found) -> str:
    """Tell whether it is the person that is met again, or the place; at 菜场 only who is called alike."""
    if record.operator_id_number and record.operator_id_number == one.operator_id_number:
        return _PERSON
    is_here = record.place_key == one.place_key
    if is_here and (is_place_exact(record.place_key) or record.operator_name == one.operator_name):
        return _PLACE
    return ""


def _waiting(who: str, one: Found, *, is_settled: bool) -> list[str]:
    status = OperatingStatus(one.operating_status)
    if not status.has_ended:
        return [f"{who}的 {one.archive_number} {status.label}，核实关停并“回头看”以后再登记"]
    if is_settled:
        return []
    return [f"{who}的 {one.archive_number} {status.label}，谨防“死灰复燃”，请先录入那一户的“回头看”再登记"]


def _latest(session: Session, query: Select[int, datetime]) -> dict[int, datetime]:
    latest: dict[int, datetime] = {}
    for owner, moment in session.execute(query):
        latest[owner] = max(moment, latest.get(owner, moment))
    return latest
