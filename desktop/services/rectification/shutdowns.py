"""Closing down (关停、取缔): ordered by a date, found closed, shut down; the paper ends with the trade."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.late_entry import IN_TIME, LateEntry
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, Route, Stage
from desktop.domain.rectification import CaseStep, ShutdownKind
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.rectification import RectificationCase, ShutdownDecision
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.case_numbers import letter_number
from desktop.services.rectification.cases import Casework, clause, is_late
from desktop.services.registration.paper_worth import newest_papers, paper_status_on
from desktop.services.rights import Right, require
from desktop.services.survey.trade_ends import change_status, end_trade

_NOT_MET = frozenset({Stage.FAILED, Stage.SUPERVISED, Stage.TRANSFERRED, Stage.RELAPSED})


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing down came to."""

    id: int
    operating_status: OperatingStatus
    paper_status: PaperStatus


@dataclass(frozen=True, slots=True)
class ShutdownRow:
    """One step of closing down."""

    kind: ShutdownKind
    decided_on: date
    close_by: date | None
    authority: str
    document: str
    reason: str
    by: str


class Shutdowns:
    """The end of the road for orders that were not met, and for route three."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def order_to_close(
        self,
        establishment_id: int,
        *,
        close_by: date,
        on: date,
        reason: str,
        by: Actor,
        document: str = "",
        late: LateEntry = IN_TIME,
    ) -> Closing:
        """Order an establishment to close by a date; cases whose orders were not met pass over into it."""
        if close_by < on:
            raise UserError(f"关停期限 {close_by} 早于决定日期 {on}，请核对两个日期")
        self.office.refuse_long("关停期限", on, close_by)
        decision = _Decision(ShutdownKind.ORDERED, OperatingStatus.CLOSING, on, close_by, reason, document)
        return self._decide(establishment_id, decision, by, late)

    def verify(
        self,
        establishment_id: int,
        *,
        on: date,
        reason: str,
        by: Actor,
        document: str = "",
        late: LateEntry = IN_TIME,
    ) -> Closing:
        """Put down that it was found closed; its paper ends."""
        decision = _Decision(ShutdownKind.VERIFIED, OperatingStatus.CLOSED, on, None, reason, document)
        return self._decide(establishment_id, decision, by, late)

    def force(
        self,
        establishment_id: int,
        *,
        on: date,
        reason: str,
        by: Actor,
        document: str = "",
        late: LateEntry = IN_TIME,
    ) -> Closing:
        """Record that the authority of the rule pack shut it down (取缔); its paper ends."""
        decision = _Decision(ShutdownKind.FORCED, OperatingStatus.SHUT_DOWN, on, None, reason, document)
        return self._decide(establishment_id, decision, by, late)

    def history(self, establishment_id: int, *, by: Actor) -> tuple[ShutdownRow, ...]:
        """Return the steps of closing down an establishment, the oldest first."""
        require(by, Right.SEE)
        query = select(ShutdownDecision).where(ShutdownDecision.establishment_id == establishment_id)
        with self.office.db.reading() as session:
            Casework(session, self.office, by).establishment(establishment_id)
            return tuple(
                ShutdownRow(
                    ShutdownKind(one.kind),
                    one.decided_on,
                    one.close_by,
                    one.authority,
                    one.document,
                    one.reason,
                    one.entered_by,
                )
                for one in session.scalars(query.order_by(ShutdownDecision.id))
            )

    def _decide(self, establishment_id: int, decision: "_Decision", by: Actor, late: LateEntry) -> Closing:
        require(by, Right.ENFORCE)
        if not decision.reason.strip():
            raise UserError("关停和取缔要写明理由，请填写")
        act = self.office.act(by, f"shutdown.{decision.kind}", reason=decision.reason)
        with self.office.db.writing(act) as session:
            work = Casework(session, self.office, by, late)
            work.office.refuse_future(decision.on)
            record = work.establishment(establishment_id)
            work.account_for(record.id, decision.kind.label, decision.on)
            self._refuse_without_ground(work, record, decision)
            session.add(self._row(work, record, decision))
            change_status(work, record, decision.to, on=decision.on, note=decision.reason)
            self._pass_over(work, record, decision)
            session.flush()
            paper = newest_papers(session, [record.id]).get(record.id)
            return Closing(
                record.id,
                OperatingStatus(record.operating_status),
                paper_status_on(paper, self.office.clock.today(), self.office.profile),
            )

    def _row(self, work: Casework, record: Establishment, decision: "_Decision") -> ShutdownDecision:
        """Put down the decision; an order to close whose paper nobody named gets the next number."""
        is_forced = decision.kind is ShutdownKind.FORCED
        document = decision.document.strip()
        if decision.kind is ShutdownKind.ORDERED and not document:
            document = letter_number(work.session, self.office.profile, "shutdown_notice", decision.on)
        return ShutdownDecision(
            establishment_id=record.id,
            kind=decision.kind,
            decided_on=decision.on,
            close_by=decision.close_by,
            is_unmet=record.route != Route.CLOSE_BY_DATE,
            authority=self.office.profile.shutdown_authority if is_forced else self.office.profile.office,
            document=document,
            reason=decision.reason.strip(),
            entered_at=self.office.clock.now(),
            entered_by=work.by.name,
        )

    def _refuse_without_ground(self, work: Casework, record: Establishment, decision: "_Decision") -> None:
        """Refuse closing down whoever has neither an order that was not met nor route three."""
        status = OperatingStatus(record.operating_status)
        title = called(record.name, record.operator_name, record.products)
        if status.has_ended:
            raise RuleError(
                f"“{title}”{status.label}，不能再“{decision.kind.label}”；又在经营的请录入“回头看”"
            )
        if status is OperatingStatus.CLOSING:
            self._refuse_before_order(work, record, decision)
            return
        if record.route != Route.CLOSE_BY_DATE and not self._unmet(work, record, decision.on):
            basis = clause(self.office.profile, "shutdown", decision.on)
            raise RuleError(
                f"“{title}”没有到期未改的整改，处置意见也不是“限期关停”，不能“{decision.kind.label}”{basis}；"
                "请先责令整改，或者改定处置意见"
            )

    def _refuse_before_order(self, work: Casework, record: Establishment, decision: "_Decision") -> None:
        query = select(ShutdownDecision.decided_on).where(
            ShutdownDecision.establishment_id == record.id, ShutdownDecision.kind == ShutdownKind.ORDERED
        )
        ordered_on = work.session.scalar(query.order_by(ShutdownDecision.id.desc()).limit(1))
        if ordered_on is not None and decision.on < ordered_on:
            raise RuleError(f"{decision.on} 早于限期关停的日期 {ordered_on}，请核对日期")

    def _unmet(self, work: Casework, record: Establishment, on: date) -> list[RectificationCase]:
        """Return the cases whose order was not met by that day."""
        query = select(RectificationCase).where(RectificationCase.establishment_id == record.id)
        return [
            case
            for case in work.session.scalars(query.order_by(RectificationCase.id).with_for_update())
            if Stage(case.stage) in _NOT_MET or is_late(Stage(case.stage), case.due_on, on)
        ]

    def _pass_over(self, work: Casework, record: Establishment, decision: "_Decision") -> None:
        """Let the unmet cases pass over into the order to close, or end with the trade.

        A late one is supervised first, as the table wants it.
        """
        unmet = self._unmet(work, record, decision.on)
        for case in unmet:
            if case.stage in {Stage.ORDERED, Stage.REPORTED}:
                work.take(case, CaseStep.SUPERVISED, on=decision.on, note="逾期未改")
        reason = decision.reason.strip()
        if decision.to.has_ended:
            end_trade(work, record, on=decision.on, reason=f"{decision.to.label}：{reason}")
            return
        for case in unmet:
            if case.stage != Stage.TRANSFERRED:
                note = f"转入{decision.kind.label}：{reason}"
                work.take(case, CaseStep.TRANSFERRED, on=decision.on, note=note)


@dataclass(frozen=True, slots=True)
class _Decision:
    kind: ShutdownKind
    to: OperatingStatus
    on: date
    close_by: date | None
    reason: str
    document: str
