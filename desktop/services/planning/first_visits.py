"""The first inspection after a paper was issued, where the province sets a time for it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.paper_life import PaperAct
from desktop.domain.profile import Validity
from desktop.domain.rectification import InspectionMode
from desktop.domain.risk import FirstInspection
from desktop.domain.visits import VisitReason, VisitRow
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.rectification import Inspection
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.services.planning.scoping import is_inspected

_COUNTED = [str(mode) for mode in InspectionMode if mode.is_supervision]


def first_visits(
    session: Session, office: OpenOffice, *who: ColumnElement[bool], offset: int = 0, limit: int | None = None
) -> list[VisitRow]:
    """Return a page of whoever was issued a paper and was not inspected since, the first due in front."""
    rule = office.profile.risk.first_inspection
    if rule is None:
        return []
    query = (
        _asked(rule, select(Paper.issued_on, Establishment, Village.name), *who)
        .join(Village, Establishment.village_id == Village.id)
        .order_by(Paper.issued_on, Establishment.id)
        .offset(offset)
        .limit(limit)
    )
    term = Validity(months=rule.months)
    return [
        VisitRow(
            reason=VisitReason.FIRST,
            establishment_id=record.id,
            kind=record.kind,
            title=called(record.name, record.operator_name, record.products),
            operator_name=record.operator_name,
            village=village,
            about=f"{issued_on} 发证（卡）后还没有检查过",
            due_on=term.ends_on(issued_on + timedelta(days=1)),
            since=issued_on,
            mode=InspectionMode.ROUTINE,
        )
        for issued_on, record, village in session.execute(query)
    ]


def count_first_visits(session: Session, office: OpenOffice, *who: ColumnElement[bool]) -> int:
    """Count whoever was issued a paper and was not inspected since."""
    rule = office.profile.risk.first_inspection
    return session.scalar(_asked(rule, select(func.count()), *who)) or 0 if rule is not None else 0


def _asked(rule: FirstInspection, query: Any, *who: ColumnElement[bool]) -> Select[Any]:  # noqa: ANN401 - a select of any columns
    since = and_(
        Inspection.establishment_id == Establishment.id,
        Inspection.inspected_on >= Paper.issued_on,
        Inspection.mode.in_(_COUNTED),
    )
    asked: Select[Any] = (
        query.select_from(Paper)
        .join(Establishment, Paper.establishment_id == Establishment.id)
        .where(
            Paper.living_place.is_not(None),
            Paper.act == PaperAct.ISSUE,
            Paper.kind.in_(rule.trades),
            ~select(Inspection.id).where(since).correlate(Establishment, Paper).exists(),
            is_inspected(),
            *who,
        )
    )
    return asked
