"""The risk level of each establishment: it follows from the facts, unless somebody decided it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.risk import Risk
from desktop.errors import UserError
from desktop.models.planning import RiskDecision
from desktop.services.open_office import OpenOffice
from desktop.services.planning.risk_levels import levels_of, risk_of
from desktop.services.rectification.cases import Casework
from desktop.services.rights import Right, require


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
        risk = risks_of(session, self.office, [establishment_id])[establishment_id]
        decided = _decided(session, establishment_id)
        return RiskRow(
            establishment_id=establishment_id,
            level=risk.level.code,
            label=risk.level.label,
            reasons=risk.reasons,
            is_decided=risk.is_decided,
            decided_on=decided.decided_on if decided and risk.is_decided else None,
            note=decided.reason if decided and risk.is_decided else "",
        )


def risks_of(session: Session, office: OpenOffice, ids: Collection[int]) -> dict[int, Risk]:
    """Return the risk of some establishments, as it is today."""
    levels = levels_of(office, ids=ids)
    rules = office.profile.risk
    query = select(levels.c.id, levels.c.place, levels.c.signs, levels.c.is_decided)
    return {one.id: risk_of(rules, one.place, one.signs, one.is_decided) for one in session.execute(query)}


def _decided(session: Session, establishment_id: int) -> RiskDecision | None:
    """Return the newest decision about somebody."""
    query = select(RiskDecision).where(RiskDecision.establishment_id == establishment_id)
    return session.scalar(query.order_by(RiskDecision.decided_on.desc(), RiskDecision.id.desc()).limit(1))
