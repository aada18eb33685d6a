"""Whether a row of a workbook is there already: compared with the register and with the rows before it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.folding import fold_name
from desktop.domain.forms import Answers
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.phones import phones_of
from desktop.domain.profile import Profile
from desktop.models.establishment import Establishment
from desktop.services.office.villages import VillageRow
from desktop.services.survey.answers import place_key
from desktop.services.survey.closed_before import IS_CLOSED_DOWN, is_place_exact

_ENDED = frozenset({OperatingStatus.CLOSED, OperatingStatus.SHUT_DOWN})
_IDENTIFYING = ("operator_id_number", "phone", "address")


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row of a workbook: which file, sheet and line."""

    file: int
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one establishment from another, folded for comparing."""

    kind: str
    id_number: str
    phones: tuple[str, ...]
    place: str
    name: str
    operator: str
    village_id: int

    @classmethod
    def of(cls, kind: str, answers: Answers, village: VillageRow | None, profile: Profile) -> "Traits":
        """Take the traits out of a row; an address without any number is no place of its own."""
        address = answers.get("address")
        return cls(
            kind=kind,
            id_number=str(answers.get("operator_id_number") or ""),
            phones=phones_of(str(answers.get("phone") or "")),
            place=place_key(village, str(address), profile) if address and village else "",
            name=fold_name(str(answers.get("name") or "")),
            operator=fold_name(str(answers.get("operator_name") or "")),
            village_id=village.id if village else 0,
        )

    @property
    def is_place_exact(self) -> bool:
        return is_place_exact(self.place)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An establishment of the register (``id``) or a row before (``place``)."""

    traits: Traits
    id: int | None = None
    place: RowPlace | None = None
    status: str = OperatingStatus.OPERATING
    is_barred: bool = False
    """Closed down by a decision, or banned: whoever is met there again waits, whatever the trade."""

    @property
    def has_ended(self) -> bool:
        return self.status in _ENDED


class Verdict(Enum):
    """How a row and a candidate stand to each other."""

    SAME = "the same establishment"
    SURE = "the same, and every identifying field says so"
    UNSURE = "may be the same"
    OTHER = "another one"


@dataclass(frozen=True, slots=True)
class Match:
    """The candidate that fits a row best."""

    candidate: Candidate
    verdict: Verdict
    alike: tuple[str, ...]


@dataclass(slots=True)
class Known:
    """Candidates by each trait, so that a row asks for a handful of them and never for all."""

    _by: dict[tuple[str, ...], list[Candidate]] = field(default_factory=dict)
    _closed: dict[tuple[str, ...], Candidate] = field(default_factory=dict)

    def add(self, candidate: Candidate) -> None:
        """Add what later rows are compared with."""
        for key in _keys(candidate.traits):
            self._by.setdefault(key, []).append(candidate)

    def add_closed(self, candidate: Candidate, *, is_banned: bool) -> None:
        """Add who was closed down, met again by person and place; who is only banned, by person."""
        for key in _keys_of_closed(candidate.traits):
            if key[0] == "id" or not is_banned:
                self._closed.setdefault(key, candidate)

    def closed(self, traits: Traits) -> Match | None:
        """Return who was closed down or banned before, in whatever trade; somebody has to decide."""
        found = (self._closed[key] for key in _keys_of_closed(traits) if key in self._closed)
        candidate = next(found, None)
        if candidate is None:
            return None
        return Match(candidate, Verdict.UNSURE, judge(traits, candidate.traits)[1])

    def best(self, traits: Traits) -> Match | None:
        """Return what fits best; ``None`` where nothing is alike."""
        found: dict[int, Match] = {}
        for key in _wanted(traits):
            for candidate in self._by.get(key, ()):
                if id(candidate) not in found:
                    verdict, alike = judge(traits, candidate.traits)
                    found[id(candidate)] = Match(candidate, verdict, alike)
        matches = [match for match in found.values() if match.verdict is not Verdict.OTHER]
        return min(matches, key=_preference, default=None)


def known_in(session: Session, wanted: Iterable[Traits], on: date) -> Known:
    """Load from the register whatever shares a trait with any of the rows, in one pass over its columns.

    Who was closed down, or is banned on that day, is among it in any trade.
    """
    keys = {key for traits in wanted for key in _wanted(traits)}
    kinds = {key[0] for key in keys}
    known = Known()
    if not keys:
        return known
    query = select(
        Establishment.id,
        Establishment.kind,
        Establishment.operator_id_number,
        Establishment.phone,
        Establishment.place_key,
        Establishment.name,
        Establishment.operator_name,
        Establishment.village_id,
        Establishment.operating_status,
        IS_CLOSED_DOWN.label("is_closed_down"),
        Establishment.banned_until,
    ).where(Establishment.kind.in_(kinds) | IS_CLOSED_DOWN | (Establishment.banned_until >= on))
    names: dict[str, str] = {}
    for row in session.execute(query).yield_per(5_000):
        for name in (row.name, row.operator_name):
            if name and name not in names:
                names[name] = fold_name(name)
        traits = Traits(
            kind=row.kind,
            id_number=row.operator_id_number or "",
            phones=phones_of(row.phone),
            place=row.place_key if not row.place_key.endswith(":") else "",
            name=names.get(row.name or "", ""),
            operator=names.get(row.operator_name, ""),
            village_id=row.village_id,
        )
        if any(key in keys for key in _keys(traits)):
            known.add(Candidate(traits, id=row.id, status=row.operating_status))
        is_banned = row.banned_until is not None and row.banned_until >= on
        if row.is_closed_down or is_banned:
            candidate = Candidate(traits, id=row.id, status=row.operating_status, is_barred=True)
            known.add_closed(candidate, is_banned=not row.is_closed_down)
    return known


def judge(row: Traits, other: Traits) -> tuple[Verdict, tuple[str, ...]]:
    """Say whether two are the same, and which traits are alike."""
    has_shared_phone = not set(row.phones).isdisjoint(other.phones)
    alike = tuple(
        code
        for code, is_alike in (
            ("operator_id_number", row.id_number and row.id_number == other.id_number),
            ("phone", has_shared_phone),
            ("address", row.place and row.place == other.place),
            ("name", row.name and row.name == other.name),
        )
        if is_alike
    )
    same_person = row.operator == other.operator and bool(row.operator)
    ids_differ = bool(row.id_number and other.id_number) and row.id_number != other.id_number
    phones_differ = bool(row.phones and other.phones) and not has_shared_phone
    if "address" in alike and not ids_differ:
        has_both_ids = "operator_id_number" in alike
        stated = [code for code in _IDENTIFYING if _has(row, code) and _has(other, code)]
        if has_both_ids or (same_person and not phones_differ):
            is_sure = all(code in alike for code in stated)
            return (Verdict.SURE if is_sure else Verdict.SAME), alike
    if "operator_id_number" in alike or "phone" in alike:
        return Verdict.UNSURE, alike
    # Two people, two phones, two names: neighbours, or two shops that are called alike.
    is_place = "address" in alike and row.is_place_exact
    is_name = "name" in alike and row.village_id == other.village_id
    if ids_differ and not (is_place and (is_name or same_person)):
        return Verdict.OTHER, alike
    return (Verdict.UNSURE if is_place or is_name else Verdict.OTHER), alike


def _has(traits: Traits, code: str) -> bool:
    return bool(
        {"operator_id_number": traits.id_number, "phone": traits.phones, "address": traits.place}[code]
    )


def _keys(traits: Traits) -> list[tuple[str, ...]]:
    """Return the keys under which a candidate is kept."""
    keys = _telling_keys(traits)
    if traits.name:
        keys.append((traits.kind, "name", str(traits.village_id), traits.name))
        if not traits.id_number:
            keys.append((traits.kind, "name without number", str(traits.village_id), traits.name))
    return keys


def _wanted(traits: Traits) -> list[tuple[str, ...]]:
    """Return the keys under which a row looks: by name only where no identity number can decide."""
    keys = _telling_keys(traits)
    if traits.name:
        how = "name without number" if traits.id_number else "name"
        keys.append((traits.kind, how, str(traits.village_id), traits.name))
    return keys


def _telling_keys(traits: Traits) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    if traits.id_number:
        keys.append((traits.kind, "id", traits.id_number))
    keys += [(traits.kind, "phone", phone) for phone in traits.phones]
    if traits.place and (traits.is_place_exact or traits.operator):
        # Everybody at 菜场 has the same place: there the person has to be the same too.
        person = "" if traits.is_place_exact else traits.operator
        keys.append((traits.kind, "place", traits.place, person))
    return keys


def _keys_of_closed(traits: Traits) -> list[tuple[str, ...]]:
    """Return the keys of person and place without the trade."""
    return [tuple(key[1:]) for key in _telling_keys(traits) if key[1] in {"id", "place"}]


def _preference(match: Match) -> tuple[bool, bool, int, bool, int]:
    """Order matches: the same before the unsure, the register before the workbook, the most alike first."""
    is_unsure = match.verdict is Verdict.UNSURE
    return (
        is_unsure,
        match.verdict is not Verdict.SURE,
        -len(match.alike),
        match.candidate.id is None,
        match.candidate.id or (match.candidate.place.row if match.candidate.place else 0),
    )
