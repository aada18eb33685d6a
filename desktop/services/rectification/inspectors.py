"""The list of inspectors (检查人员名录): who may be drawn, and whom each must stay away from."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.folding import fold_name
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.planning import Inspector, Recusal
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.register.leafing import in_scope
from desktop.services.rights import Right, require


@dataclass(frozen=True, slots=True)
class RecusalRow:
    """One establishment that an inspector stays away from, and why."""

    establishment_id: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class InspectorRow:
    """One inspector of the list."""

    id: int
    name: str
    unit: str
    card_number: str
    left_on: date | None
    recusals: tuple[RecusalRow, ...]


class Inspectors:
    """Keeping the list."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def all(self, *, by: Actor) -> tuple[InspectorRow, ...]:
        """Return the whole list, those who have left at its end."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            away: dict[int, list[RecusalRow]] = {}
            query = (
                select(Recusal, Establishment)
                .join(Establishment, Recusal.establishment_id == Establishment.id)
                .where(in_scope(by))
                .order_by(Recusal.id)
            )
            for recusal, record in session.execute(query):
                title = called(record.name, record.operator_name, record.products)
                away.setdefault(recusal.inspector_id, []).append(RecusalRow(record.id, title, recusal.reason))
            listed = select(Inspector).order_by(Inspector.left_on.is_not(None), Inspector.id)
            return tuple(
                InspectorRow(
                    one.id, one.name, one.unit, one.card_number, one.left_on, tuple(away.get(one.id, ()))
                )
                for one in session.scalars(listed)
            )

    def add(self, name: str, *, unit: str = "", card_number: str = "", by: Actor) -> int:
        """Put somebody on the list; who had left comes back."""
        require(by, Right.PLAN)
        if not fold_name(name):
            raise UserError("要写检查人员的姓名")
        with self.office.db.writing(self.office.act(by, "inspector.add")) as session:
            known = _named(session, name)
            if known is not None and known.left_on is None:
                raise UserError(f"“{known.name}”已经在检查人员名录里；同名的请在姓名后加上单位")
            if known is not None:
                known.left_on = None
                known.unit, known.card_number = unit.strip() or known.unit, card_number or known.card_number
                return known.id
            one = Inspector(
                name=name.strip(),
                unit=unit.strip(),
                card_number=card_number.strip(),
                left_on=None,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(one)
            session.flush()
            return one.id

    def leave(self, name: str, *, on: date, by: Actor) -> int:
        """Take somebody off the list; what was drawn before stays as it is."""
        require(by, Right.PLAN)
        with self.office.db.writing(self.office.act(by, "inspector.leave")) as session:
            self.office.refuse_future(on)
            one = _listed(session, name)
            one.left_on = on
            return one.id

    def keep_away(self, name: str, establishment_id: int, *, reason: str, by: Actor) -> int:
        """Put down that an inspector is related to an establishment and is never drawn for it."""
        require(by, Right.PLAN)
        if not reason.strip():
            raise UserError("登记回避要写明关系，如“业主是其表兄”（--reason）")
        with self.office.db.writing(self.office.act(by, "inspector.keep_away")) as session:
            record = Casework(session, self.office, by).establishment(establishment_id)
            one = _listed(session, name)
            query = select(Recusal).where(
                Recusal.inspector_id == one.id, Recusal.establishment_id == record.id
            )
            if session.scalar(query.limit(1)) is not None:
                title = called(record.name, record.operator_name, record.products)
                raise UserError(f"“{one.name}”对“{title}”的回避已经登记过")
            session.add(
                Recusal(
                    inspector_id=one.id,
                    establishment_id=record.id,
                    reason=reason.strip(),
                    entered_at=self.office.clock.now(),
                    entered_by=by.name,
                )
            )
            return one.id


def _named(session: Session, name: str) -> Inspector | None:
    wanted = fold_name(name)
    return next((one for one in session.scalars(select(Inspector)) if fold_name(one.name) == wanted), None)


def _listed(session: Session, name: str) -> Inspector:
    one = _named(session, name)
    if one is None:
        raise UserError(f"检查人员名录里没有“{name}”，请先加入名录")
    return one
