"""What happened in the office lately: each act of somebody in one line, however much it touched."""

from datetime import date, datetime
from itertools import groupby

from sqlalchemy import or_, select

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.today import Happening
from desktop.models.audit import AuditEntry
from desktop.models.establishment import Establishment
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, village_scope

_LOOKED_AT = 400
"""How far back is looked: one act, such as an import, may have left many entries."""


_LEFT_OUT = ("account.sign_in",)
"""Coming to work is not news; a sign-in that failed is."""


class Happenings:
    """Reads the newest end of the trail as people tell it."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def recent(self, *, by: Actor, limit: int = 8) -> tuple[Happening, ...]:
        """Return the last acts, the newest first; a village sees what was done about its own."""
        require(by, Right.SEE)
        query = (
            select(
                AuditEntry.at,
                AuditEntry.on,
                AuditEntry.account,
                AuditEntry.action,
                AuditEntry.establishment_id,
                Establishment.name,
                Establishment.operator_name,
                Establishment.products,
            )
            .outerjoin(Establishment, AuditEntry.establishment_id == Establishment.id)
            .where(AuditEntry.action.not_in(_LEFT_OUT))
            .order_by(AuditEntry.id.desc())
            .limit(_LOOKED_AT)
        )
        scope = village_scope(by)
        if scope is not None:
            own = AuditEntry.establishment_id.is_(None) & (AuditEntry.account == by.name)
            query = query.where(or_(Establishment.village_id == scope, own))
        with self.office.db.reading() as session:
            entries = session.execute(query).all()
        acts = groupby(entries, key=lambda entry: (entry.at, entry.on, entry.account, entry.action))
        found = [_of_act(*key, list(touched)) for key, touched in acts]
        return tuple(found[:limit])


def _of_act(at: datetime, on: date, account: str, action: str, touched: list[object]) -> Happening:
    about = {
        entry.establishment_id: called(entry.name, entry.operator_name, entry.products)  # type: ignore[attr-defined]
        for entry in reversed(touched)
        if entry.establishment_id is not None and entry.operator_name is not None  # type: ignore[attr-defined]
    }
    first = next(iter(about), None)
    return Happening(at, on, account, action, about[first] if first is not None else "", len(about), first)
