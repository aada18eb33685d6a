"""The risk level of each establishment: it follows from the facts, unless somebody decided it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import Stage
from desktop.domain.risk import Happened, Risk, RiskFacts, assess
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.planning import RiskDecision
from desktop.models.rectification import Finding, RectificationCase
from desktop.services.cases import Casework
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require

_RUNNING = [str(stage) for stage in Stage if stage.has_running_deadline]


@dataclass(frozen=True, slots=True)
class RiskRow:
    """The level of one establishment with its reasons, and the word of whoever decided it."""

    establishment_id: int
    level: str
    label: str
    reasons: str
    is_decided: bool
    decided_on: date | None
    note: str


class Risks:
    """Asking for risk levels, and deciding one."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def of(self, establishment_id: int, *, by: Actor) -> RiskRow:
        """Return the level of an establishment today."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            record = Casework(session, self.office, by).establishment(establishment_id)
            return self._row(session, record.id)

    def decide(self, establishment_id: int, level: str, *, on: date, reason: str, by: Actor) -> RiskRow:
        """Decide the level of an establishment; without a level it follows from the facts again."""
        require(by, Right.PLAN)
        rules = self.office.profile.risk
        if level and rules.level(level) is None:
            known = "、".join(one.code for one in rules.levels)
            raise UserError(f"没有“{level}”这个风险等级；可用：{known}")
        if not reason.strip():
            raise UserError("评定风险等级要写明理由（--reason）")
        with self.office.db.writing(self.office.act(by, "risk.decide", reason=reason.strip())) as session:
            work = Casework(session, self.office, by)
            work.office.refuse_future(on)
            record = work.establishment(establishment_id)
            session.add(
                RiskDecision(
                    establishment_id=record.id,
                    level=level,
                    decided_on=on,
                    reason=reason.strip(),
                    entered_at=self.office.clock.now(),
                    entered_by=by.name,
                )
            )
            session.flush()
            return self._row(session, record.id)

    def _row(self, session: Session, establishment_id: int) -> RiskRow:
        risk = risks_of(session, self.office, [Establishment.id == establishment_id])[establishment_id]
        decided = _decided(session, [Establishment.id == establishment_id]).get(establishment_id)
        return RiskRow(
            establishment_id=establishment_id,
            level=risk.level.code,
            label=risk.level.label,
            reasons=risk.reasons,
            is_decided=risk.is_decided,
            decided_on=decided.decided_on if decided and risk.is_decided else None,
            note=decided.reason if decided and risk.is_decided else "",
        )


def risks_of(
    session: Session, office: OpenOffice, conditions: Iterable[ColumnElement[bool]]
) -> dict[int, Risk]:
    """Return the risk of each establishment that the conditions choose, as it is today."""
    chosen = tuple(conditions)
    rules, today = office.profile.risk, office.clock.today()
    decided = _decided(session, chosen)
    happened = _happened(session, chosen, today, timedelta(days=rules.looks_back_days))
    columns = (Establishment.id, Establishment.kind, Establishment.products, Establishment.answers)
    found: dict[int, Risk] = {}
    known: dict[tuple[RiskFacts, str | None], Risk] = {}  # most of a trade sell the same few things
    for one in session.execute(select(*columns).where(*chosen)):
        facts = RiskFacts(
            kind=one.kind,
            products=one.products or "",
            food_categories=tuple(one.answers.get("food_categories") or ()),
            school_distance_m=one.answers.get("school_distance_m"),
            happened=frozenset(what for what, ids in happened.items() if one.id in ids),
        )
        asked = facts, decided[one.id].level if one.id in decided else None
        if asked not in known:
            known[asked] = assess(rules, *asked)
        found[one.id] = known[asked]
    return found


def _decided(session: Session, chosen: Iterable[ColumnElement[bool]]) -> dict[int, RiskDecision]:
    """Return the newest decision about each."""
    query = (
        select(RiskDecision)
        .join(Establishment, RiskDecision.establishment_id == Establishment.id)
        .where(*chosen)
        .order_by(RiskDecision.decided_on, RiskDecision.id)
    )
    return {one.establishment_id: one for one in session.scalars(query)}


def _happened(
    session: Session, chosen: Iterable[ColumnElement[bool]], today: date, back: timedelta
) -> Mapping[Happened, set[int]]:
    """Return to whom what has happened lately."""
    conditions = tuple(chosen)
    findings = (
        select(Finding.establishment_id)
        .join(Establishment, Finding.establishment_id == Establishment.id)
        .where(Finding.found_on > today - back, *conditions)
    )
    repeated = findings.group_by(Finding.establishment_id, Finding.item).having(func.count() > 1)
    late = (
        select(RectificationCase.establishment_id)
        .join(Establishment, RectificationCase.establishment_id == Establishment.id)
        .where(RectificationCase.stage.in_(_RUNNING), RectificationCase.due_on < today, *conditions)
    )
    return {
        Happened.STARRED: set(session.scalars(findings.where(Finding.is_starred))),
        Happened.REPEATED: set(session.scalars(repeated)),
        Happened.LATE: set(session.scalars(late)),
    }
