"""Applications under way (在办申请), each with the time that the law still leaves for it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import RegistrationStatus
from desktop.domain.profile import DayKind, Period
from desktop.domain.workdays import MissingYear, add_days
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.registration import Application
from desktop.services.open_office import OpenOffice
from desktop.services.registration.application_order import UNDER_WAY
from desktop.services.rights import Right, require, village_scope

_PERIOD_OF = {
    RegistrationStatus.APPLIED: "acceptance",
    RegistrationStatus.TO_COMPLETE: "acceptance",
    RegistrationStatus.ACCEPTED: "decision",
    RegistrationStatus.SITE_CHECK: "decision",
}


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application under way, with the workdays that the law still leaves."""

    id: int
    establishment_id: int
    kind: str
    title: str
    village: str
    status: RegistrationStatus
    applied_on: date
    due_on: date | None
    workdays_used: int
    workdays_allowed: int
    note: str
    missing_materials: tuple[str, ...]
    version: int
    missing_year: int | None = None
    """The year without which nobody can count, here or up to today."""

    @property
    def due_words(self) -> str:
        """Say the due day; without the year's calendar how many workdays it is, never a guess."""
        lacking = f"，{self.missing_year} 年日历未装入" if self.missing_year is not None else ""
        if self.due_on is None:
            return f"{self.workdays_allowed} 个工作日{lacking}"
        return f"{self.due_on:%Y-%m-%d} 到期{lacking}"


def under_way(office: OpenOffice, *, by: Actor, limit: int = 500) -> tuple[ApplicationRow, ...]:
    """Return applications that wait for a step, those with the least time first."""
    require(by, Right.SEE)
    scope = village_scope(by)
    with office.db.reading() as session:
        query = (
            select(Application, Establishment, Village.name)
            .join(Establishment, Application.establishment_id == Establishment.id)
            .join(Village, Establishment.village_id == Village.id)
            .where(Application.status.in_(UNDER_WAY))
            .order_by(Application.applied_on, Application.id)
            .limit(limit)
        )
        if scope is not None:
            query = query.where(Establishment.village_id == scope)
        rows = [_row(office, *found) for found in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (row.due_on is None, row.due_on, row.id)))


def _row(office: OpenOffice, application: Application, record: Establishment, village: str) -> ApplicationRow:
    status = RegistrationStatus(application.status)
    period = office.profile.period(_PERIOD_OF[status])
    start = application.accepted_on or application.applied_on
    today = office.clock.today()
    due_on, missing_year, used = None, None, 0
    try:
        due_on = _due(office, start, period)
        used = office.calendar.workdays_between(start, today)
    except MissingYear as missing:
        missing_year = missing.year
    return ApplicationRow(
        id=application.id,
        establishment_id=record.id,
        kind=record.kind,
        title=called(record.name, record.operator_name, record.products),
        village=village,
        status=status,
        applied_on=application.applied_on,
        due_on=due_on,
        workdays_used=used,
        workdays_allowed=period.days,
        note=application.note,
        missing_materials=tuple(application.missing_materials),
        version=application.version,
        missing_year=missing_year,
    )


def _due(office: OpenOffice, start: date, period: Period) -> date:
    """Return the last day of a statutory period."""
    if period.kind is DayKind.CALENDAR:
        return add_days(start, period.days)
    return office.calendar.due_on(start, period.days)
