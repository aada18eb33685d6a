"""The history of a case: its findings, its orders and every step, from the finding on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.lifecycle import CheckResult, Stage
from desktop.domain.rectification import CaseStep
from desktop.models.establishment import Establishment
from desktop.models.rectification import (
    Finding,
    RectificationCase,
    RectificationOrder,
    RectificationStep,
)
from desktop.services.rectification.cases import is_late
from desktop.services.rectification.inspections import FindingRow, finding_rows


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order of a case, as papers and histories show it."""

    number: str
    family: str
    ordered_on: date
    within_days: int | None
    within_workdays: int | None
    due_on: date


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a case: the day that was claimed and the moment of its entry."""

    step: CaseStep
    on: date
    entered_at: datetime
    by: str
    people: tuple[str, ...]
    result: CheckResult | None
    note: str
    number: str = ""

    @property
    def label(self) -> str:
        """What people read: the step, and for a reinspection its result."""
        return f"{self.step.label}（{self.result.label}）" if self.result else self.step.label


@dataclass(frozen=True, slots=True)
class RectificationDetail:
    """One case in full, from the finding on."""

    id: int
    establishment_id: int
    kind: str
    title: str
    stage: Stage
    family: str
    is_starred: bool
    due_on: date | None
    is_overdue: bool
    closed_out_on: date | None
    follows_id: int | None
    version: int
    findings: tuple[FindingRow, ...]
    orders: tuple[OrderRow, ...]
    steps: tuple[StepRow, ...]
    put_right: frozenset[int]
    """The findings that a partly good reinspection found put right; all of them once one was good."""


def detail_of(
    session: Session, case: RectificationCase, record: Establishment, today: date
) -> RectificationDetail:
    """Return a case in full, inside an open block."""
    findings = select(Finding).where(Finding.case_id == case.id).order_by(Finding.id)
    orders = select(RectificationOrder).where(RectificationOrder.case_id == case.id)
    steps = select(RectificationStep).where(RectificationStep.case_id == case.id)
    stage = Stage(case.stage)
    known = session.scalars(findings).all()
    history = session.scalars(steps.order_by(RectificationStep.id)).all()
    return RectificationDetail(
        id=case.id,
        establishment_id=case.establishment_id,
        kind=record.kind,
        title=called(record.name, record.operator_name, record.products),
        stage=stage,
        family=case.family,
        is_starred=case.is_starred,
        due_on=case.due_on,
        is_overdue=is_late(stage, case.due_on, today),
        closed_out_on=case.closed_out_on,
        follows_id=case.follows_id,
        version=case.version,
        findings=finding_rows(session, known),
        orders=tuple(map(_order_row, session.scalars(orders.order_by(RectificationOrder.id)))),
        steps=tuple(map(_step_row, history)),
        put_right=_put_right(known, history),
    )


def _put_right(findings: Sequence[Finding], steps: Sequence[RectificationStep]) -> frozenset[int]:
    checks = [step for step in steps if step.step == CaseStep.REINSPECTED]
    if not checks:
        return frozenset()
    ids, last = {finding.id for finding in findings}, checks[-1]
    if last.result == CheckResult.GOOD:
        return frozenset(ids)
    return frozenset(ids - set(last.unmet)) if last.unmet else frozenset()


def _order_row(order: RectificationOrder) -> OrderRow:
    return OrderRow(
        order.number,
        order.family,
        order.ordered_on,
        order.within_days,
        order.within_workdays,
        order.due_on,
    )


def _step_row(step: RectificationStep) -> StepRow:
    return StepRow(
        step=CaseStep(step.step),
        on=step.done_on,
        entered_at=step.entered_at,
        by=step.entered_by,
        people=tuple(step.people),
        result=CheckResult(step.result) if step.result else None,
        note=step.note,
        number=step.number,
    )
