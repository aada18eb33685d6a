"""The workbench: what must be done today, how far the villages have come, what waits for a word."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select, true
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.today import Counts, Subject, Today, ToDo, VillageRate
from desktop.domain.wall import Column, DeadlineRow, WallFilters
from desktop.domain.workdays import MissingYear
from desktop.models.establishment import Establishment
from desktop.models.imports import ParkedDuplicate
from desktop.models.office import Draft, Village
from desktop.models.rectification import Finding, RectificationCase
from desktop.models.registration import Application, Paper
from desktop.services.exchange.sendings import sent_in
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import workdays_left
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.rectification.inspections import Inspections
from desktop.services.rectification.wall import words_of
from desktop.services.registration.application_order import UNDER_WAY
from desktop.services.registration.applications_under_way import ApplicationRow, under_way
from desktop.services.registration.paper_collections import PaperCollections
from desktop.services.rights import Right, require, village_scope

SOON_WORKDAYS = 3
EXPIRING_DAYS = 30
_TRADING = [str(status) for status in OperatingStatus if status.is_trading]
_LIVING = (PaperStatus.VALID, PaperStatus.EXPIRING)


class Workbench:
    """Asks every subject what is due; each question is one narrow query."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office
        self.deadlines = Deadlines(office)
        self.inspections = Inspections(office)
        self.collections = PaperCollections(office)

    def today(self, *, by: Actor, limit: int = 40) -> Today:
        """Return the numbers, the most urgent things to do, and the rates of the villages."""
        require(by, Right.SEE)
        today = self.office.clock.today()
        due = self.deadlines.overdue(today, by=by, within_workdays=SOON_WORKDAYS, limit=limit)
        rates = self.rates(by=by)
        counts = self._counts(due, rates, by)
        return Today(counts, self._to_do(due, by, limit), rates)

    def rates(self, *, by: Actor) -> tuple[VillageRate, ...]:
        """Return the registration rate of each village, the best first; empty villages last."""
        require(by, Right.SEE)
        scope = village_scope(by)
        in_scope = true() if scope is None else Establishment.village_id == scope
        is_registered = case((Establishment.registration_status == RegistrationStatus.REGISTERED, 1), else_=0)
        # Summed up before the villages join in: one walk along ix_establishment_village, no record is read.
        summed = (
            select(
                Establishment.village_id,
                func.sum(is_registered).label("registered"),
                func.count().label("trading"),
                func.max(Establishment.surveyed_on).label("surveyed_on"),
            )
            .where(Establishment.operating_status.in_(_TRADING), in_scope)
            .group_by(Establishment.village_id)
            .subquery()
        )
        query = (
            select(
                Village.id,
                Village.name,
                func.coalesce(summed.c.registered, 0),
                func.coalesce(summed.c.trading, 0),
                summed.c.surveyed_on,
            )
            .outerjoin(summed, summed.c.village_id == Village.id)
            .order_by(Village.position)
        )
        if scope is not None:
            query = query.where(Village.id == scope)
        with self.office.db.reading() as session:
            found = [
                VillageRate(village_id, name, int(registered), trading, surveyed_on)
                for village_id, name, registered, trading, surveyed_on in session.execute(query)
            ]
        return tuple(sorted(found, key=lambda one: (not one.trading, -one.rate)))

    def _counts(self, due: Sequence[DeadlineRow], rates: Sequence[VillageRate], by: Actor) -> Counts:
        by_column = self.deadlines.counts(WallFilters(), by=by)
        month = self.office.clock.today().replace(day=1)
        to_collect = self.collections.count_waiting(by=by)
        with self.office.db.reading() as session:
            sent = sent_in(session, month)
            due_soon, due_today = self._due_soon(session, by)
            return Counts(
                late=by_column[Column.LATE],
                longest_late_workdays=_longest(due),
                due_soon=due_soon,
                due_today=due_today,
                to_reinspect=by_column[Column.TO_REINSPECT],
                to_close_out=by_column[Column.TO_CLOSE_OUT],
                expiring=session.scalar(self._expiring(select(func.count(Paper.id)), by)) or 0,
                findings=self._waiting_findings(session, by),
                to_order=by_column[Column.TO_ORDER],
                under_way=self._under_way(session, by),
                to_collect=to_collect,
                silent_villages=sum(rate.village_id not in sent for rate in rates),
                villages=len(rates),
                parked_duplicates=self._parked(session, by),
                drafts=session.scalar(select(func.count(Draft.id)).where(Draft.account_id == by.account_id))
                or 0,
            )

    def _parked(self, session: Session, by: Actor) -> int:
        """Count rows that wait for somebody's word; a row's village is the one that it states."""
        query = select(func.count(ParkedDuplicate.id)).where(ParkedDuplicate.resolution.is_(None))
        scope = village_scope(by)
        if scope is not None:
            own = select(Village.name).where(Village.id == scope).scalar_subquery()
            query = query.where(ParkedDuplicate.answers["village"].as_string() == own)
        return session.scalar(query) or 0

    def _waiting_findings(self, session: Session, by: Actor) -> int:
        query = (
            select(func.count(Finding.id))
            .join(Establishment, Finding.establishment_id == Establishment.id)
            .where(Finding.case_id.is_(None))
        )
        return session.scalar(_within_scope(query, by)) or 0

    def _under_way(self, session: Session, by: Actor) -> int:
        query = (
            select(func.count(Application.id))
            .join(Establishment, Application.establishment_id == Establishment.id)
            .where(Application.status.in_(UNDER_WAY))
        )
        return session.scalar(_within_scope(query, by)) or 0

    def _to_do(self, due: Sequence[DeadlineRow], by: Actor, limit: int) -> tuple[ToDo, ...]:
        waiting = WallFilters(column=Column.TO_REINSPECT), WallFilters(column=Column.TO_CLOSE_OUT)
        seen = {row.case_id for row in due}
        rows = list(due[:limit])
        for filters in (*waiting, WallFilters(column=Column.TO_ORDER)):
            more = self.deadlines.wall(filters, by=by, limit=limit)
            rows += [row for row in more if row.case_id not in seen]
        with self.office.db.reading() as session:
            words = words_of(session, [row.case_id for row in rows])
            papers = self._papers(session, by, limit)
        found = [_of_case(row, words[row.case_id].text) for row in rows]
        found += [*papers, *self._findings(by, limit), *self._applications(by, limit)]
        return tuple(sorted(found, key=_urgency)[:limit])

    def _findings(self, by: Actor, limit: int) -> list[ToDo]:
        return [
            ToDo(
                Subject.FINDING,
                row.finding.id,
                row.finding.establishment_id,
                row.title,
                row.village,
                row.finding.text,
                "",
                None,
                None,
                is_late=False,
            )
            for row in self.inspections.waiting(by=by, limit=limit)
        ]

    def _applications(self, by: Actor, limit: int) -> list[ToDo]:
        today = self.office.clock.today()
        return [
            ToDo(
                Subject.APPLICATION,
                row.id,
                row.establishment_id,
                row.title,
                row.village,
                "；".join(filter(None, ("、".join(row.missing_materials), _uncounted(row)))),
                row.status,
                row.due_on,
                self._left(row.due_on),
                is_late=row.due_on is not None and row.due_on < today,
            )
            for row in under_way(self.office, by=by, limit=limit)
        ]

    def _papers(self, session: Session, by: Actor, limit: int) -> list[ToDo]:
        papers: Any = select(Paper, Establishment, Village.name)
        query = self._expiring(papers, by).join(Village, Establishment.village_id == Village.id)
        query = query.order_by(Paper.valid_until)
        titles = {trade.code: trade.paper.title for trade in self.office.profile.trades}
        return [
            ToDo(
                Subject.PAPER,
                paper.id,
                record.id,
                called(record.name, record.operator_name, record.products),
                village,
                titles.get(paper.kind, paper.number),
                "",
                paper.valid_until,
                self._left(paper.valid_until),
                is_late=False,
            )
            for paper, record, village in session.execute(query.limit(limit))
        ]

    def _expiring(self, query: Select[Any], by: Actor) -> Select[Any]:
        """Narrow a query to papers that end within the days of the tile."""
        today = self.office.clock.today()
        query = query.join(Establishment, Paper.establishment_id == Establishment.id).where(
            Paper.status.in_(_LIVING),
            Paper.valid_until >= today,
            Paper.valid_until <= today + timedelta(days=EXPIRING_DAYS),
        )
        return _within_scope(query, by)

    def _due_soon(self, session: Session, by: Actor) -> tuple[int, int]:
        """Count what must be put right within the workdays of the tile, and today."""
        today = self.office.clock.today()
        conditions = [RectificationCase.stage == Stage.ORDERED, RectificationCase.due_on >= today]
        try:
            horizon = self.office.calendar.add_workdays(today, SOON_WORKDAYS)
            conditions.append(RectificationCase.due_on <= horizon)
        except MissingYear:
            pass  # what cannot be counted is shown rather than hidden
        is_today = case((RectificationCase.due_on == today, 1), else_=0)
        query = (
            select(func.count(RectificationCase.id), func.coalesce(func.sum(is_today), 0))
            .join(Establishment, RectificationCase.establishment_id == Establishment.id)
            .where(*conditions)
        )
        soon, due_today = session.execute(_within_scope(query, by)).one()
        return soon, int(due_today)

    def _left(self, due_on: date | None) -> int | None:
        return workdays_left(self.office.calendar, due_on, self.office.clock.today())


def _uncounted(row: ApplicationRow) -> str:
    """Say the period of an application whose due day nobody can count yet; nothing where it stands."""
    return row.due_words if row.missing_year is not None else ""


def _longest(due: Sequence[DeadlineRow]) -> int | None:
    late = [row.workdays_left for row in due if row.is_overdue]
    counted = [-left for left in late if left is not None]
    return None if len(counted) < len(late) else max(counted, default=0)


def _of_case(row: DeadlineRow, text: str) -> ToDo:
    return ToDo(
        Subject.CASE,
        row.case_id,
        row.establishment_id,
        row.title,
        row.village,
        text,
        row.stage,
        row.due_on,
        row.workdays_left,
        row.is_overdue,
    )


def _urgency(one: ToDo) -> tuple[bool, date, int, int]:
    """Order by deadline; what has none waits for us and nobody else, so it comes right after what is late."""
    due_on = one.due_on or date.min
    return (not one.is_late, due_on, list(Subject).index(one.subject), one.id)


def _within_scope(query: Select[Any], by: Actor) -> Select[Any]:
    scope = village_scope(by)
    return query if scope is None else query.where(Establishment.village_id == scope)
