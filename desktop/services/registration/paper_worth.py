"""What a paper is worth on a day: said of one paper, and in SQL of many."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice

Look = Callable[[InstrumentedAttribute[Any]], ColumnElement[Any]]
"""How a column is looked at: to find by it, or only in passing."""


def plain(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """Look at a column to find by it."""
    return column.expression


class PaperFacts(NamedTuple):
    """What says of a paper what it is worth."""

    number: str
    kind: str
    status: str
    valid_until: date | None


def paper_status_on(paper: Paper | PaperFacts | None, today: date, profile: Profile) -> PaperStatus:
    """Return what a paper is worth on a day: expiring and expired are computed, never stored."""
    if paper is None:
        return PaperStatus.NONE
    status = PaperStatus(paper.status)
    if status is not PaperStatus.VALID or paper.valid_until is None:
        return status
    if paper.valid_until < today:
        return PaperStatus.EXPIRED
    days = profile.trade(paper.kind).paper.expiring_days
    return PaperStatus.EXPIRING if paper.valid_until - today <= timedelta(days=days) else PaperStatus.VALID


def newest_papers(session: Session, ids: Sequence[int]) -> dict[int, Paper]:
    """Return the newest paper of each establishment that has one."""
    papers = session.scalars(select(Paper).where(Paper.establishment_id.in_(ids), Paper.is_newest))
    return {paper.establishment_id: paper for paper in papers}


def newest_worth(codes: Sequence[str], office: OpenOffice, look: Look) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a paper is the newest and worth one of these today; none for having none."""
    for code in codes:
        if code not in set(PaperStatus):
            known = "、".join([*OperatingStatus, *RegistrationStatus, *PaperStatus])
            raise UserError(f"没有“{code}”这个状态；可用：{known}")
    worths = [is_worth(code, office, look) for code in codes if code != PaperStatus.NONE]
    return (or_(*worths), Paper.is_newest.expression) if worths else ()


def is_worth(code: str, office: OpenOffice, look: Look) -> ColumnElement[bool]:
    """Return the condition that a paper has a status today; what time makes of it is computed."""
    if code not in {PaperStatus.VALID, PaperStatus.EXPIRING, PaperStatus.EXPIRED}:
        return look(Paper.status) == code
    return and_(
        look(Paper.status) == PaperStatus.VALID,
        _validity(code, look(Paper.valid_until), office.clock.today(), office.profile),
    )


def _validity(code: str, until: ColumnElement[Any], today: date, profile: Profile) -> ColumnElement[bool]:
    """Say in SQL what ``paper_status_on`` says of one paper."""
    if code == PaperStatus.EXPIRED:
        return until < today
    soon: list[ColumnElement[bool]] = [
        and_(Paper.kind == trade.code, until <= today + timedelta(days=trade.paper.expiring_days))
        for trade in profile.trades
    ]
    is_soon = and_(until >= today, or_(*soon))
    if code == PaperStatus.EXPIRING:
        return is_soon
    return or_(until.is_(None), and_(until >= today, ~or_(*soon)))
