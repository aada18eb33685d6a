"""The wall (整改销号): what is late, due soon, to reinspect, to close out; late is computed, never stored."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import Stage
from desktop.domain.wall import Column, DeadlineRow, WallFilters
from desktop.domain.workdays import MissingYear
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.rectification import Finding, Inspection, RectificationCase, RectificationStep
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import is_late, workdays_left
from desktop.services.rights import Right, require, village_scope
from desktop.storage.dialects import ListHolds

SOON_WORKDAYS = 5
"""Due within this many workdays counts as soon, unless somebody asks for another number."""

_RUNNING = [str(stage) for stage in Stage if stage.has_running_deadline]
_OPEN = [str(stage) for stage in Stage if stage.is_open]


class Deadlines:
    """Questions about time, answered from one index of the cases."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def overdue(
        self, on: date, *, by: Actor, within_workdays: int = SOON_WORKDAYS, limit: int | None = None
    ) -> tuple[DeadlineRow, ...]:
        """Return what is late on a day, or due within so many workdays of it; the latest first."""
        require(by, Right.SEE)
        found = _narrowed(select(RectificationCase.id), WallFilters(), by)
        found = found.where(*runs_out(self.office, on, within_workdays))
        return self._rows(found.order_by(*_BY_TIME[1:]).limit(limit), on)

    def wall(
        self, filters: WallFilters, *, by: Actor, offset: int = 0, limit: int = 200
    ) -> tuple[DeadlineRow, ...]:
        """Return one page of the wall, the most urgent first."""
        require(by, Right.SEE)
        on = self.office.clock.today()
        if filters.column is not None:
            found = _page(filters.column, filters, by, on, offset + limit)
        else:
            found = _narrowed(select(RectificationCase.id), filters, by).where(*_conditions(filters, on))
            found = found.order_by(*_BY_TIME)
        return self._rows(found.offset(offset).limit(limit), on)

    def counts(self, filters: WallFilters, *, by: Actor) -> Mapping[Column, int]:
        """Return how many cases stand in each column."""
        require(by, Right.SEE)
        on = self.office.clock.today()
        counted = [func.sum(_sql_flag(_in_column(column, on))).label(column) for column in Column]
        query = _narrowed(select(*counted).select_from(RectificationCase), filters, by)
        query = query.where(*_conditions(filters, on))
        with self.office.db.reading() as session:
            row = session.execute(query).one()
            return {column: row[position] or 0 for position, column in enumerate(Column)}

    def inspectors(self, *, by: Actor) -> tuple[str, ...]:
        """Return who found what is still open, or went there again: the names to filter by."""
        require(by, Right.SEE)
        opened = _narrowed(select(RectificationCase.id), WallFilters(), by)
        opened = opened.where(RectificationCase.stage.in_(_OPEN))
        found = (
            select(Inspection.inspectors)
            .join(Finding, Finding.inspection_id == Inspection.id)
            .where(Finding.case_id.in_(opened))
        )
        went = select(RectificationStep.people).where(RectificationStep.case_id.in_(opened))
        with self.office.db.reading() as session:
            lists = [*session.scalars(found.distinct()), *session.scalars(went.distinct())]
        return tuple(sorted({name for names in lists for name in names}))

    def _rows(self, found: Select[int], on: date) -> tuple[DeadlineRow, ...]:
        """Return the lines of cases; what a line says is read for those alone that are shown."""
        query = _LINES.where(RectificationCase.id.in_(found)).order_by(*_BY_TIME)
        with self.office.db.reading() as session:
            return tuple(self._row(*one, on=on) for one in session.execute(query))

    def _row(
        self,
        case_id: int,
        stage: str,
        due_on: date | None,
        is_starred: bool,
        establishment_id: int,
        archive_number: str,
        kind: str,
        name: str | None,
        operator_name: str,
        products: str | None,
        village: str,
        *,
        on: date,
    ) -> DeadlineRow:
        stands = Stage(stage)
        return DeadlineRow(
            case_id=case_id,
            establishment_id=establishment_id,
            archive_number=archive_number,
            kind=kind,
            title=called(name, operator_name, products),
            operator_name=operator_name,
            village=village,
            stage=stands,
            column=column_of(stands, due_on, on),
            due_on=due_on,
            workdays_left=workdays_left(self.office.calendar, due_on, on)
            if stands.has_running_deadline
            else None,
            is_overdue=is_late(stands, due_on, on),
            is_starred=is_starred,
            asked_on=on,
        )


def runs_out(
    office: OpenOffice, on: date, within_workdays: int = SOON_WORKDAYS
) -> tuple[ColumnElement[bool], ...]:
    """Say in SQL which cases are late on a day, or due within so many workdays of it."""
    running = (RectificationCase.stage.in_(_RUNNING), RectificationCase.due_on.is_not(None))
    horizon = horizon_of(office, on, within_workdays)
    return running if horizon is None else (*running, RectificationCase.due_on <= horizon)


def horizon_of(office: OpenOffice, on: date, workdays: int) -> date | None:
    """Return the last day with so many workdays left; ``None`` (no end) in a year not loaded.

    What cannot be counted is shown rather than hidden: no deadline is forgotten at the turn of a year.
    """
    try:
        return office.calendar.add_workdays(on, workdays + 1) - timedelta(days=1)
    except MissingYear:
        return None
    except ValueError as wrong:
        raise UserError(str(wrong)) from wrong


def column_of(stage: Stage, due_on: date | None, on: date) -> Column:
    """Return where an open case stands on the wall; lateness comes before everything but the result."""
    if stage in _COLUMN_OF_STAGE:
        return _COLUMN_OF_STAGE[stage]
    if is_late(stage, due_on, on):
        return Column.LATE
    if stage is Stage.FAILED:
        return Column.TO_ORDER
    if stage is Stage.REPORTED:
        return Column.TO_REINSPECT
    return Column.THIS_WEEK if due_on is not None and due_on <= _sunday(on) else Column.LATER


_COLUMN_OF_STAGE = {
    Stage.FOUND: Column.TO_ORDER,
    Stage.RELAPSED: Column.TO_ORDER,
    Stage.CORRECTED: Column.TO_REINSPECT,
    Stage.PASSED: Column.TO_CLOSE_OUT,
    Stage.TRANSFERRED: Column.TRANSFERRED,
}
_BY_TIME = (RectificationCase.due_on.is_(None), RectificationCase.due_on, RectificationCase.id)


def _in_column(column: Column, on: date) -> ColumnElement[bool]:
    """Say in SQL what ``column_of`` says of one case."""
    return or_(*_parts(column, on))


def _parts(column: Column, on: date) -> list[ColumnElement[bool]]:
    """Say the same part by part, each one stage and one stretch of days: one walk along the index."""
    found: Mapping[str, tuple[ColumnElement[bool], ...]]
    due_on = RectificationCase.due_on
    undated, late, in_time = due_on.is_(None), due_on < on, due_on >= on
    any_day, until_now = (due_on.is_not(None), undated), (in_time, undated)
    match column:
        case Column.LATE:
            found = dict.fromkeys(_RUNNING, (late,))
        case Column.THIS_WEEK:
            found = dict.fromkeys(_RUNS_ON, (due_on.between(on, _sunday(on)),))
        case Column.LATER:
            found = dict.fromkeys(_RUNS_ON, (due_on > _sunday(on), undated))
        case Column.TO_REINSPECT:
            found = {Stage.CORRECTED: any_day, Stage.REPORTED: until_now}
        case Column.TO_ORDER:
            found = {Stage.FOUND: any_day, Stage.RELAPSED: any_day, Stage.FAILED: until_now}
        case Column.TO_CLOSE_OUT:
            found = {Stage.PASSED: any_day}
        case Column.TRANSFERRED:
            found = {Stage.TRANSFERRED: any_day}
    return [
        and_(RectificationCase.stage == stage, days) for stage, several in found.items() for days in several
    ]


def _page(column: Column, filters: WallFilters, by: Actor, on: date, most: int) -> Select[int]:
    """Ask for the beginning of a column: each part is filtered only until it has enough for the page."""
    asked = _narrowed(select(RectificationCase.id, RectificationCase.due_on), filters, by)
    asked = asked.where(*_asked_of(filters)).order_by(RectificationCase.due_on, RectificationCase.id)
    parts = [select(asked.where(part).limit(most).subquery()) for part in _parts(column, on)]
    found = union_all(*parts).subquery()
    return select(found.c.id).order_by(found.c.due_on.is_(None), found.c.due_on, found.c.id)


_RUNS_ON = (str(Stage.ORDERED), str(Stage.SUPERVISED))


def _sunday(on: date) -> date:
    return on + timedelta(days=6 - on.weekday())


def _sql_flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _narrowed(query: Select[*tuple[Any, ...]], filters: WallFilters, by: Actor) -> Select[*tuple[Any, ...]]:
    """Join the establishments where something is asked of them; else the index of the cases is enough."""
    scope = village_scope(by)
    if scope is None and not filters.kinds and not filters.village_ids:
        return query
    query = query.join(Establishment, RectificationCase.establishment_id == Establishment.id)
    return query if scope is None else query.where(Establishment.village_id == scope)


_LINES = (
    select(
        RectificationCase.id,
        RectificationCase.stage,
        RectificationCase.due_on,
        RectificationCase.is_starred,
        Establishment.id,
        Establishment.archive_number,
        Establishment.kind,
        Establishment.name,
        Establishment.operator_name,
        Establishment.products,
        Village.name,
    )
    .select_from(RectificationCase)
    .join(Establishment, RectificationCase.establishment_id == Establishment.id)
    .join(Village, Establishment.village_id == Village.id)
)
"""The columns of a line, and no more: a wall of a busy office has hundreds of them."""


def _conditions(filters: WallFilters, on: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [RectificationCase.stage.in_(_OPEN)]
    if filters.column is not None:
        conditions.append(_in_column(filters.column, on))
    return [*conditions, *_asked_of(filters)]


def _asked_of(filters: WallFilters) -> list[ColumnElement[bool]]:
    """Say in SQL what the filters ask, wherever a case stands."""
    conditions: list[ColumnElement[bool]] = []
    if filters.kinds:
        conditions.append(Establishment.kind.in_(filters.kinds))
    if filters.village_ids:
        conditions.append(Establishment.village_id.in_(filters.village_ids))
    return [*conditions, *concerns(filters)]


def concerns(filters: WallFilters) -> list[ColumnElement[bool]]:
    """Say in SQL what the filters ask of a case itself: whose it is, what was found, and by whom."""
    conditions: list[ColumnElement[bool]] = []
    if filters.establishment_id is not None:
        conditions.append(RectificationCase.establishment_id == filters.establishment_id)
    if filters.items:
        of_items = select(Finding.id).where(
            Finding.case_id == RectificationCase.id, Finding.item.in_(filters.items)
        )
        conditions.append(of_items.correlate(RectificationCase).exists())
    if filters.inspectors:
        conditions.append(_was_visited_by(filters.inspectors))
    return conditions


def _was_visited_by(names: tuple[str, ...]) -> ColumnElement[bool]:
    """Say in SQL that one of these found what a case is about, or went there again."""
    found = (
        select(Finding.id)
        .join(Inspection, Finding.inspection_id == Inspection.id)
        .where(Finding.case_id == RectificationCase.id)
        .where(names_any(Inspection.inspectors, names))
    )
    went = (
        select(RectificationStep.id)
        .where(RectificationStep.case_id == RectificationCase.id)
        .where(names_any(RectificationStep.people, names))
    )
    # Asked of each case that is looked at: who went there is read of a page, not of the whole history.
    return or_(*(one.correlate(RectificationCase).exists() for one in (found, went)))


def names_any(people: InstrumentedAttribute[list[str]], names: tuple[str, ...]) -> ColumnElement[bool]:
    """Say in SQL that a stored list of people holds one of these names."""
    return or_(*(ListHolds(people, one) for one in names))
