"""Looking back (回头看): do the registered keep the norm, do the closed stay closed?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.late_entry import IN_TIME, LateEntry
from desktop.domain.lifecycle import OperatingStatus, Stage
from desktop.domain.rectification import CaseStep, LookBackOutcome
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.rectification import LookBack, RectificationCase
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework, clause
from desktop.services.rights import Right, require
from desktop.services.survey.trade_ends import change_status, closed_out, end_trade, ended_on, relapse, reopen


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What a look-back came to; ``case_id`` is the case that it opened."""

    id: int
    outcome: LookBackOutcome
    case_id: int | None


@dataclass(frozen=True, slots=True)
class LookBackRow:
    """One look-back, as histories show it."""

    looked_on: date
    inspectors: tuple[str, ...]
    outcome: LookBackOutcome
    note: str
    case_id: int | None


class LookBacks:
    """Entering what look-backs found."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def record(
        self,
        establishment_id: int,
        *,
        on: date,
        inspectors: Iterable[str],
        outcome: str,
        by: Actor,
        note: str = "",
        late: LateEntry = IN_TIME,
    ) -> LookedBack:
        """Enter one look-back; what came back opens a case that names the one before."""
        require(by, Right.INSPECT)
        found = _outcome(outcome)
        with self.office.db.writing(self.office.act(by, "look_back.record")) as session:
            work = Casework(session, self.office, by, late)
            work.office.refuse_future(on)
            record = work.establishment(establishment_id)
            work.account_for(record.id, "回头看", on)
            people = work.inspectors(inspectors, on, at=record.id)
            self._refuse_mismatch(record, found, on)
            self._refuse_before_closing(work, record, on)
            case = self._follow(work, record, found, on, people, note)
            session.add(
                LookBack(
                    establishment_id=record.id,
                    looked_on=on,
                    inspectors=list(people),
                    outcome=found,
                    note=note.strip(),
                    case_id=case.id if case else None,
                    entered_at=self.office.clock.now(),
                    entered_by=by.name,
                )
            )
            return LookedBack(record.id, found, case.id if case else None)

    def history(self, establishment_id: int, *, by: Actor) -> tuple[LookBackRow, ...]:
        """Return the look-backs at an establishment, the newest first."""
        require(by, Right.SEE)
        query = select(LookBack).where(LookBack.establishment_id == establishment_id)
        with self.office.db.reading() as session:
            Casework(session, self.office, by).establishment(establishment_id)
            return tuple(
                LookBackRow(
                    one.looked_on, tuple(one.inspectors), LookBackOutcome(one.outcome), one.note, one.case_id
                )
                for one in session.scalars(query.order_by(LookBack.id.desc()))
            )

    def _refuse_mismatch(self, record: Establishment, found: LookBackOutcome, on: date) -> None:
        has_ended = OperatingStatus(record.operating_status).has_ended
        title = called(record.name, record.operator_name, record.products)
        basis = clause(self.office.profile, "look_back", on)
        if found is LookBackOutcome.REOPENED and not has_ended:
            raise RuleError(f"“{title}”没有关停或取缔过，不算“死灰复燃”{basis}；又出问题的请选“出现反弹”")
        if found is LookBackOutcome.REBOUNDED and has_ended:
            raise RuleError(f"“{title}”已经关停或取缔，又在经营的请选“死灰复燃”{basis}")

    def _refuse_before_closing(self, work: Casework, record: Establishment, on: date) -> None:
        """Refuse a day before the closing: then nobody could see whether it stayed closed."""
        status, closed_on = OperatingStatus(record.operating_status), ended_on(work, record)
        if closed_on is not None and on < closed_on:
            raise RuleError(f"{on} 早于“{status.label}”的日期 {closed_on}，不是回头看，请核对日期")

    def _follow(
        self,
        work: Casework,
        record: Establishment,
        found: LookBackOutcome,
        on: date,
        people: tuple[str, ...],
        note: str,
    ) -> RectificationCase | None:
        """Do what the outcome entails: open a case, change the status, or confirm what was closed out."""
        words = f"回头看：{note.strip() or found.label}"
        has_ended = OperatingStatus(record.operating_status).has_ended
        match found:
            case LookBackOutcome.KEPT:
                self._consolidate(work, record, on, people)
            case LookBackOutcome.REBOUNDED:
                return relapse(work, record, on=on, words=words, is_starred=False)
            case LookBackOutcome.REOPENED:
                return reopen(work, record, on=on, words=words)
            case LookBackOutcome.MOVED if not has_ended:
                change_status(work, record, OperatingStatus.MOVED, on=on, note=words)
            case LookBackOutcome.CHANGED_TRADE if not has_ended:
                change_status(work, record, OperatingStatus.CLOSED, on=on, note=words)
                end_trade(work, record, on=on, reason=words)
            case _:
                pass  # one that has ended stays as it is, wherever the person went
        return None

    def _consolidate(self, work: Casework, record: Establishment, on: date, people: tuple[str, ...]) -> None:
        """Confirm what was closed out (整改一个、销号一个、巩固一个)."""
        for case in closed_out(work, record):
            if case.stage == Stage.CLOSED_OUT and case.closed_out_on is not None and case.closed_out_on <= on:
                work.take(case, CaseStep.CONSOLIDATED, on=on, people=people)


def _outcome(typed: str) -> LookBackOutcome:
    for outcome in LookBackOutcome:
        if typed.strip() in {outcome, outcome.label}:
            return outcome
    known = "、".join(f"{outcome}（{outcome.label}）" for outcome in LookBackOutcome)
    raise UserError(f"没有“{typed}”这种回头看结论；可用：{known}")
