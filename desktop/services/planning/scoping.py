"""Who is in a scope today, and what a scope is called."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus, Route
from desktop.domain.scope import Scope
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.services.open_office import OpenOffice
from desktop.services.planning.risk_levels import has_level, has_sign, levels_of
from desktop.services.register.leafing import in_scope

_TRADING = [str(status) for status in OperatingStatus if status.is_trading]
ENDED = [str(status) for status in OperatingStatus if status.has_ended]


@dataclass(frozen=True, slots=True)
class InScope:
    """One establishment of a scope, as a line shows it."""

    id: int
    archive_number: str
    kind: str
    title: str
    operator_name: str
    village: str
    address: str
    is_trading: bool
    is_registered: bool
    route: Route


def is_inspected() -> ColumnElement[bool]:
    """Say in SQL who is inspected: whoever trades at a place that is known."""
    return Establishment.operating_status.in_(_TRADING)


def is_looked_back_at() -> ColumnElement[bool]:
    """Say in SQL who is looked back at: the registered, and those that were closed or shut down."""
    registered = Establishment.registration_status == RegistrationStatus.REGISTERED
    at_work = and_(registered, is_inspected(), Establishment.route != Route.CLOSE_BY_DATE)
    return or_(at_work, Establishment.operating_status.in_(ENDED))


def is_in(
    office: OpenOffice, scope: Scope, by: Actor, *who: ColumnElement[bool], before: date | None = None
) -> ColumnElement[bool]:
    """Say in SQL who is in a scope, among those whom a person may see; by the risk ``before`` a day."""
    plain = (in_scope(by), *who, *_conditions(scope))
    if not scope.levels and not scope.signs:
        return and_(*plain)
    rules, levels = office.profile.risk, levels_of(office, *plain, before=before)
    wanted = select(levels.c.id)
    if scope.levels:
        wanted = wanted.where(has_level(rules, levels, scope.levels))
    if scope.signs:
        wanted = wanted.where(has_sign(rules, levels, scope.signs))
    return Establishment.id.in_(wanted)


def lines_of(session: Session, ids: Collection[int]) -> dict[int, InScope]:
    """Return what is shown of some establishments; they are one page, never everybody."""
    columns: list[Any] = [
        Establishment.id,
        Establishment.archive_number,
        Establishment.kind,
        Establishment.name,
        Establishment.operator_name,
        Establishment.products,
        Village.name.label("village"),
        Establishment.address,
        Establishment.operating_status,
        Establishment.registration_status,
        Establishment.route,
    ]
    query = select(*columns).join(Village, Establishment.village_id == Village.id)
    return {
        one.id: InScope(
            id=one.id,
            archive_number=one.archive_number,
            kind=one.kind,
            title=called(one.name, one.operator_name, one.products),
            operator_name=one.operator_name,
            village=one.village,
            address=one.address,
            is_trading=OperatingStatus(one.operating_status).is_trading,
            is_registered=one.registration_status == RegistrationStatus.REGISTERED,
            route=Route(one.route),
        )
        for one in session.execute(query.where(Establishment.id.in_(ids)))
    }


def scope_words(session: Session, office: OpenOffice, scope: Scope) -> str:
    """Say a scope in words."""
    profile = office.profile
    kinds = {trade.code: trade.short_label for trade in profile.trades}
    risk = {level.code: level.label for level in profile.risk.levels}
    risk |= {sign.code: sign.label for sign in profile.risk.signs}
    villages = {village.id: village.name for village in session.scalars(select(Village))}
    return scope.words(kinds, villages, risk)


def refuse_unknown(office: OpenOffice, scope: Scope) -> None:
    """Refuse a trade, level or sign that the rule pack does not know."""
    profile = office.profile
    for what, told, known in (
        ("类别", scope.kinds, [trade.code for trade in profile.trades]),
        ("风险等级", scope.levels, [level.code for level in profile.risk.levels]),
        ("风险清单", scope.signs, [sign.code for sign in profile.risk.signs]),
    ):
        for code in told:
            if code not in known:
                raise UserError(f"没有“{code}”这个{what}；可用：{'、'.join(known)}")


def _conditions(scope: Scope) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if scope.kinds:
        conditions.append(Establishment.kind.in_(scope.kinds))
    if scope.village_ids:
        conditions.append(Establishment.village_id.in_(scope.village_ids))
    if scope.is_registered is not None:
        is_registered = Establishment.registration_status == RegistrationStatus.REGISTERED
        conditions.append(is_registered if scope.is_registered else ~is_registered)
    return conditions
