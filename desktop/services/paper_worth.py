"""What a paper is worth today, said in SQL as `paper_status_on` says it of one paper."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice

Look = Callable[[InstrumentedAttribute[Any]], ColumnElement[Any]]
"""How a column is looked at: to find by it, or only in passing."""


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
