"""Whether an establishment is already there: sure and unsure kept apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.folding import fold_name
from desktop.domain.forms import Answers
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.phones import phones_of
from desktop.domain.search_keys import tail_key
from desktop.models.establishment import Establishment, SearchKey
from desktop.services.office.villages import VillageRow
from desktop.services.open_office import OpenOffice
from desktop.services.survey.answers import place_key


@dataclass(frozen=True, slots=True)
class Alike:
    """An establishment that may be the one that is being entered."""

    id: int
    archive_number: str
    title: str
    operator_name: str
    village: str
    address: str
    operating_status: OperatingStatus
    alike: tuple[str, ...]
    is_sure: bool


def alike_in(
    session: Session,
    office: OpenOffice,
    kind: str,
    answers: Answers,
    villages: tuple[VillageRow, ...],
    *,
    except_id: int | None = None,
) -> tuple[Alike, ...]:
    """Look for the same establishment inside an open block."""
    wanted = _identifying(office, answers, villages)
    clauses: list[ColumnElement[bool]] = [
        column == wanted[code]
        for code, column in (
            ("operator_id_number", Establishment.operator_id_number),
            ("address", Establishment.place_key),
        )
        if wanted.get(code)
    ]
    if tails := [tail_key(phone) for phone in phones_of(wanted.get("phone"))]:
        # one of several numbers of a record is no column, but each has its key
        clauses.append(Establishment.id.in_(_under(tails)))
    if not clauses:
        return ()
    names = {village.id: village.name for village in villages}
    query = select(Establishment).where(or_(*clauses), Establishment.kind == kind)
    found = []
    for record in session.scalars(query.limit(20)):
        alike = _alike(record, wanted, names)
        if record.id != except_id and alike.alike:
            found.append(alike)
    return tuple(sorted(found, key=lambda one: (not one.is_sure, -len(one.alike), one.id)))


def _under(keys: Sequence[str]) -> Select[int]:
    return select(SearchKey.establishment_id).where(SearchKey.key.in_(keys))


def _identifying(office: OpenOffice, answers: Answers, villages: tuple[VillageRow, ...]) -> dict[str, str]:
    """Return what tells one establishment from another, folded for comparing."""
    village = next((one for one in villages if one.name == answers.get("village")), None)
    wanted = {
        code: str(answers[code])
        for code in ("operator_id_number", "phone", "operator_name", "name")
        if answers.get(code)
    }
    if village is not None and answers.get("address"):
        wanted["address"] = place_key(village, str(answers["address"]), office.profile)
    return wanted


def _alike(record: Establishment, wanted: Mapping[str, str], villages: Mapping[int, str]) -> Alike:
    has = {
        "operator_id_number": record.operator_id_number,
        "phone": record.phone,
        "address": record.place_key,
        "operator_name": record.operator_name,
        "name": record.name,
    }
    alike = tuple(
        code
        for code, value in has.items()
        if value and wanted.get(code) and _is_same(code, value, wanted[code])
    )
    identifying = [code for code in ("operator_id_number", "phone", "address") if wanted.get(code)]
    return Alike(
        id=record.id,
        archive_number=record.archive_number,
        title=called(record.name, record.operator_name, record.products),
        operator_name=record.operator_name,
        village=villages[record.village_id],
        address=record.address,
        operating_status=OperatingStatus(record.operating_status),
        alike=alike,
        is_sure="operator_id_number" in alike and all(code in alike for code in identifying),
    )


def _is_same(code: str, one: str, another: str) -> bool:
    if code == "phone":
        return not set(phones_of(one)).isdisjoint(phones_of(another))
    return fold_name(one) == fold_name(another)
