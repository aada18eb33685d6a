"""The numbers of the register that tables ask for, by trade and village; each is counted, none is kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.reporting_periods import ReportingPeriod
from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.models.rectification import Finding, Inspection, RectificationCase, RectificationOrder
from desktop.models.registration import Paper

SHARES: Mapping[str, tuple[str, str]] = {"registration_rate": ("registered", "total")}
"""What is no number of its own: the part and the whole."""

_TRADING = tuple(status for status in OperatingStatus if status.is_trading)
_CLOSED_OUT = tuple(stage for stage in Stage if stage.is_put_right)
_RUNNING = tuple(stage for stage in Stage if stage.has_running_deadline)
_MARKET = "market"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, by trade and village."""

    numbers: Mapping[str, Mapping[tuple[str, int], int]]

    def number(self, fact: str, *, kind: str = "", village_id: int | None = None) -> int:
        """Return one number; without a trade that of all trades, without a village that of all villages."""
        return sum(
            number
            for (own_kind, own_village), number in self.numbers[fact].items()
            if kind in {"", own_kind} and village_id in {None, own_village}
        )

    def share(self, fact: str, *, kind: str = "", village_id: int | None = None) -> Decimal | None:
        """Return a share in hundredths with one place; ``None`` where there is nothing to share."""
        part, whole = (self.number(one, kind=kind, village_id=village_id) for one in SHARES[fact])
        if not whole:
            return None
        return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def counted(
    session: Session,
    facts: Iterable[str],
    *,
    today: date,
    period: ReportingPeriod | None,
    village_id: int | None,
) -> Counted:
    """Count inside an open block: what stands today, what happened in the period, or ever without one."""
    counting = _Counting(session, today, period, village_id)
    wanted = {part for fact in facts for part in SHARES.get(fact, (fact,))}
    return Counted({fact: counting.of(fact) for fact in sorted(wanted)})


@dataclass(frozen=True, slots=True)
class _Counting:
    session: Session
    today: date
    period: ReportingPeriod | None
    village_id: int | None

    def of(self, fact: str) -> dict[tuple[str, int], int]:
        """Return a fact by trade and village."""
        if fact in _STANDING:
            return self._standing(_STANDING[fact](self))
        return self._added_up(_HAPPENED[fact](self))

    def _standing(self, chosen: "_Chosen") -> dict[tuple[str, int], int]:
        amount = func.count() if chosen.amount is None else func.coalesce(func.sum(chosen.amount), 0)
        query = select(Establishment.kind, Establishment.village_id, amount).where(*chosen.conditions)
        return self._added_up(query.group_by(Establishment.kind, Establishment.village_id))

    def _added_up(self, query: Select[*tuple[Any, ...]]) -> dict[tuple[str, int], int]:
        if self.village_id is not None:
            query = query.where(Establishment.village_id == self.village_id)
        found: dict[tuple[str, int], int] = defaultdict(int)
        for kind, village_id, number in self.session.execute(query):
            found[kind, village_id] += int(number)
        return dict(found)

    def within(self, day: ColumnElement[Any] | InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
        """Return the condition that a day lies in the period."""
        return [] if self.period is None else [day >= self.period.first, day <= self.period.last]

    def by_place(
        self,
        model: type[Any],
        *conditions: ColumnElement[bool],
        amount: ColumnElement[int] | None = None,
    ) -> Select[*tuple[Any, ...]]:
        """Return how many records of a kind there are at establishments, by trade and village."""
        number = func.count() if amount is None else amount
        query = select(Establishment.kind, Establishment.village_id, number)
        query = query.join(model, model.establishment_id == Establishment.id).where(*conditions)
        return query.group_by(Establishment.kind, Establishment.village_id)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Which establishments count, and by what, if not one by one."""

    conditions: tuple[ColumnElement[bool], ...]
    amount: InstrumentedAttribute[Any] | None = None


def _trading(*conditions: ColumnElement[bool], amount: InstrumentedAttribute[Any] | None = None) -> _Chosen:
    return _Chosen((Establishment.operating_status.in_(_TRADING), *conditions), amount)


def _has_paper(counting: _Counting) -> ColumnElement[bool]:
    """Return the condition that a paper stands today."""
    stands = or_(Paper.valid_until.is_(None), Paper.valid_until >= counting.today)
    return Establishment.id.in_(select(Paper.establishment_id).where(Paper.living_place.is_not(None), stands))


_IS_REGISTERED = Establishment.registration_status == RegistrationStatus.REGISTERED
_STANDING: Mapping[str, Callable[[_Counting], _Chosen]] = {
    "total": lambda at: _trading(),
    "registered": lambda at: _trading(_IS_REGISTERED),
    "unregistered": lambda at: _trading(~_IS_REGISTERED),
    "with_paper": lambda at: _trading(_has_paper(at)),
    "without_paper": lambda at: _trading(~_has_paper(at)),
    "licensed": lambda at: _trading(Establishment.business_licence.is_(True)),
    "unlicensed": lambda at: _trading(Establishment.business_licence.is_(False)),
    "without_both": lambda at: _trading(~_has_paper(at), Establishment.business_licence.is_(False)),
    "employees": lambda at: _trading(amount=Establishment.employee_count),
    "health_certificates": lambda at: _trading(amount=Establishment.health_certificate_count),
    "paused": lambda at: _Chosen((Establishment.operating_status == OperatingStatus.PAUSED,)),
    "closing": lambda at: _Chosen((Establishment.operating_status == OperatingStatus.CLOSING,)),
}
"""What stands today. Trading are those that 登记率 counts on the workbench, too."""


def _ended(status: OperatingStatus) -> Callable[[_Counting], Select[*tuple[Any, ...]]]:
    """Count who ended so in the period, by the change log; ever, who stands so today."""

    def query(at: _Counting) -> Select[*tuple[Any, ...]]:
        if at.period is None:
            chosen = select(Establishment.kind, Establishment.village_id, func.count())
            chosen = chosen.where(Establishment.operating_status == status)
            return chosen.group_by(Establishment.kind, Establishment.village_id)
        became = and_(EstablishmentChange.change == "status", EstablishmentChange.new_value == status)
        how_many = func.count(EstablishmentChange.establishment_id.distinct())
        when = at.within(EstablishmentChange.changed_on)
        return at.by_place(EstablishmentChange, became, *when, amount=how_many)

    return query


def _findings(at: _Counting, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    query = at.by_place(Finding, *conditions)
    return query.outerjoin(RectificationCase, Finding.case_id == RectificationCase.id)


_IS_PUT_RIGHT = or_(Finding.is_corrected.is_(True), RectificationCase.stage.in_(_CLOSED_OUT))
_HAS_ENDED = RectificationCase.stage == Stage.ENDED
_PUT_RIGHT_ON = case(
    (Finding.is_corrected.is_(True), Finding.found_on), else_=RectificationCase.closed_out_on
)


def _orders(at: _Counting, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    query = at.by_place(RectificationCase, *conditions, *at.within(RectificationOrder.ordered_on))
    return query.join(RectificationOrder, RectificationOrder.case_id == RectificationCase.id)


def _papers_ended(status: PaperStatus) -> Callable[[_Counting], Select[*tuple[Any, ...]]]:
    return lambda at: at.by_place(Paper, Paper.status == status, *at.within(Paper.status_on))


_HAPPENED: Mapping[str, Callable[[_Counting], Select[*tuple[Any, ...]]]] = {
    "closed": _ended(OperatingStatus.CLOSED),
    "shut_down": _ended(OperatingStatus.SHUT_DOWN),
    "inspections": lambda at: at.by_place(Inspection, *at.within(Inspection.inspected_on)),
    "inspected": lambda at: at.by_place(
        Inspection,
        *at.within(Inspection.inspected_on),
        amount=func.count(Inspection.establishment_id.distinct()),
    ),
    "findings": lambda at: _findings(at, *at.within(Finding.found_on)),
    "put_right": lambda at: _findings(at, _IS_PUT_RIGHT, *at.within(_PUT_RIGHT_ON)),
    "not_put_right": lambda at: _findings(at, ~func.coalesce(_IS_PUT_RIGHT | _HAS_ENDED, False)),
    "late": lambda at: _findings(
        at, RectificationCase.stage.in_(_RUNNING), RectificationCase.due_on < at.today
    ),
    "orders": lambda at: _orders(at),
    "correction_orders": lambda at: _orders(at, RectificationOrder.family == _MARKET),
    "closed_out": lambda at: at.by_place(
        RectificationCase,
        RectificationCase.stage.in_(_CLOSED_OUT),
        *at.within(RectificationCase.closed_out_on),
    ),
    "issued": lambda at: at.by_place(
        Paper, Paper.act == "issue", Paper.status != PaperStatus.VOID, *at.within(Paper.issued_on)
    ),
    "deregistered": _papers_ended(PaperStatus.DEREGISTERED),
    "revoked": _papers_ended(PaperStatus.REVOKED),
}
"""Records at establishments: what happened in the period, or what is still open today."""
