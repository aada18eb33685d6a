"""Inspecting (监督检查): a visit by two, the items that were not good, what was put right on the spot."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.check_score import Score, score_of
from desktop.domain.late_entry import IN_TIME, LateEntry
from desktop.domain.lifecycle import OperatingStatus, Stage
from desktop.domain.profile import CheckItem
from desktop.domain.rectification import CaseStep, InspectionMode, Signature, is_among
from desktop.domain.wall import WallFilters
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.rectification import Finding, Inspection, RectificationCase
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework, clause
from desktop.services.rectification.deadlines import names_any
from desktop.services.register.leafing import in_scope
from desktop.services.rights import Right, require
from desktop.services.survey.trade_ends import end_trade, ended_on, meet_again


@dataclass(frozen=True, slots=True)
class Fault:
    """An item that was not good, as it is entered; without words the check list's own are taken."""

    item: str
    text: str = ""
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """Whether the sheet was signed; a refusal has its reason, and a witness or how it was recorded."""

    signature: Signature = Signature.UNKNOWN
    reason: str = ""
    witness: str = ""


NOT_RECORDED = Signed()
_ALL = WallFilters()
_ENDED = [str(status) for status in OperatingStatus if status.ends_paper]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One thing that was found; without a case it waits for an order.

    ``times`` counts how often this item was found at this establishment, up to and with this time.
    """

    id: int
    establishment_id: int
    item: str
    text: str
    is_starred: bool
    found_on: date
    is_corrected: bool
    case_id: int | None
    times: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """What an inspection came to."""

    id: int
    findings: tuple[FindingRow, ...]
    score: Score | None = None
    reopened: int | None = None
    """The case of somebody who had closed and was met trading again (死灰复燃)."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A finding for which no order was given yet, as the wall shows it."""

    finding: FindingRow
    kind: str
    title: str
    village: str
    inspectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Visit:
    """What all findings of one inspection share."""

    record: Establishment
    inspection: Inspection
    items: Mapping[str, CheckItem]


class Inspections:
    """Entering what inspectors found."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def items(self, kind: str, *, by: Actor) -> tuple[CheckItem, ...]:
        """Return the check list of a trade."""
        require(by, Right.SEE)
        return self._items(kind)

    def record(
        self,
        establishment_id: int,
        *,
        on: date,
        inspectors: Iterable[str],
        by: Actor,
        mode: str = "",
        faults: Sequence[Fault] = (),
        not_applicable: Sequence[str] = (),
        signed: Signed = NOT_RECORDED,
        late: LateEntry = IN_TIME,
    ) -> Inspected:
        """Enter an inspection; items that are not named were good.

        What was put right on the spot is a case at once; everything else waits for its order.
        """
        require(by, Right.INSPECT)
        how = _mode(mode)
        act = self.office.act(by, "inspection.record", reason=late.reason.strip())
        with self.office.db.writing(act) as session:
            work = Casework(session, self.office, by, late)
            work.office.refuse_future(on)
            record = work.establishment(establishment_id)
            work.account_for(record.id, "检查", on, wanted=_wanted_when_late(work, on))
            items = {item.code: item for item in self._items(record.kind)}
            _refuse_unclear(items, faults, not_applicable)
            people = work.inspectors(inspectors, on, at=record.id)
            self._refuse_unwitnessed(signed, people, on)
            inspection = Inspection(
                establishment_id=record.id,
                inspected_on=on,
                mode=how,
                inspectors=list(people),
                not_applicable=list(dict.fromkeys(not_applicable)),
                signature=signed.signature,
                refusal_reason=signed.reason.strip(),
                witness=signed.witness.strip(),
                late_reason=late.reason.strip(),
                late_approved_by=late.approved_by.strip(),
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(inspection)
            session.flush()
            visit = _Visit(record, inspection, items)
            findings = [self._finding(visit, fault, by) for fault in faults]
            session.add_all(findings)
            session.flush()
            self._correct(work, visit, [finding for finding in findings if finding.is_corrected])
            reopened = self._meet(work, visit, findings)
            session.flush()
            failed = {fault.item for fault in faults}
            score = score_of(items.values(), failed, not_applicable)
            rows = finding_rows(session, findings)
            return Inspected(inspection.id, rows, score, reopened.id if reopened is not None else None)

    def findings(self, establishment_id: int, *, by: Actor) -> tuple[FindingRow, ...]:
        """Return all that was ever found at an establishment, the newest first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            Casework(session, self.office, by).establishment(establishment_id)
            query = select(Finding).where(Finding.establishment_id == establishment_id)
            query = query.order_by(Finding.found_on.desc(), Finding.id.desc())
            return finding_rows(session, session.scalars(query).all())

    def waiting(
        self, filters: WallFilters = _ALL, *, by: Actor, offset: int = 0, limit: int = 200
    ) -> tuple[WaitingRow, ...]:
        """Return findings that wait for an order, the oldest first; of who has closed none waits."""
        require(by, Right.SEE)
        query = (
            _waiting(select(Finding, Establishment, Village.name, Inspection.inspectors), filters, by)
            .join(Village, Establishment.village_id == Village.id)
            .order_by(Finding.found_on, Finding.id)
            .offset(offset)
            .limit(limit)
        )
        with self.office.db.reading() as session:
            found = session.execute(query).all()
            rows = finding_rows(session, [finding for finding, *_ in found])
            return tuple(
                WaitingRow(
                    row,
                    record.kind,
                    called(record.name, record.operator_name, record.products),
                    village,
                    tuple(people or ()),
                )
                for row, (_, record, village, people) in zip(rows, found, strict=True)
            )

    def count_waiting(self, filters: WallFilters, *, by: Actor) -> int:
        """Count the establishments at which something waits for an order."""
        require(by, Right.SEE)
        query = _waiting(select(func.count(Finding.establishment_id.distinct())), filters, by)
        with self.office.db.reading() as session:
            return session.scalar(query) or 0

    def _items(self, kind: str) -> tuple[CheckItem, ...]:
        profile = self.office.profile
        if not profile.has_trade(kind):
            known = "、".join(f"{trade.code}（{trade.label}）" for trade in profile.trades)
            raise UserError(f"没有“{kind}”这个类别；可用：{known}")
        return profile.items(kind)

    def _refuse_unwitnessed(self, signed: Signed, inspectors: Sequence[str], on: date) -> None:
        """Refuse a refusal that nobody could prove, and words about one that was none."""
        reason, witness = signed.reason.strip(), signed.witness.strip()
        if signed.signature is not Signature.REFUSED:
            if reason or witness:
                raise UserError("写了拒绝签名的原因或者见证人，签名就要选“拒绝签名”；没有拒绝的请清空这两栏")
            return
        basis = clause(self.office.profile, "refused_signature", on)
        if not reason or not witness:
            raise RuleError(
                "被检查人拒绝签名的，要注明原因，并写明见证人；没有见证人的，写明录音、录像" + basis
            )
        if any(is_among(one, inspectors) for one in re.split("[、，,]", witness) if one.strip()):
            raise RuleError(f"检查人“{witness}”不能作自己检查的见证人{basis}，请另请一位，或者写明录音、录像")

    def _meet(self, work: Casework, visit: _Visit, findings: Sequence[Finding]) -> RectificationCase | None:
        """Open again who had closed and was inspected since; what was found there belongs to that case.

        An inspection of a day before the closing is history: what it opened has ended with the trade.
        """
        record, on = visit.record, visit.inspection.inspected_on
        was, since = OperatingStatus(record.operating_status), ended_on(work, record)
        if since is None:
            return None
        if on <= since:
            end_trade(work, record, on=since, reason=f"{was.label}以前的检查")
            return None
        left = [finding for finding in findings if not finding.is_corrected]
        return meet_again(work, record, on=on, words=f"{was.label}，检查时又在经营", also=left)

    def _finding(self, visit: _Visit, fault: Fault, by: Actor) -> Finding:
        item = visit.items[fault.item]
        return Finding(
            establishment_id=visit.record.id,
            inspection_id=visit.inspection.id,
            case_id=None,
            item=item.code,
            text=fault.text.strip() or item.finding,
            is_starred=item.is_starred,
            found_on=visit.inspection.inspected_on,
            is_corrected=fault.is_corrected,
            entered_at=self.office.clock.now(),
            entered_by=by.name,
        )

    def _correct(self, work: Casework, visit: _Visit, findings: Sequence[Finding]) -> None:
        """Open a case for what was put right on the spot: it still wants reinspection and closing out."""
        if findings:
            inspection = visit.inspection
            case = work.begin(findings, Stage.FOUND)
            work.take(case, CaseStep.CORRECTED, on=inspection.inspected_on, people=inspection.inspectors)


def _waiting(query: Select[*tuple[Any, ...]], filters: WallFilters, by: Actor) -> Select[*tuple[Any, ...]]:
    """Ask for what was found and not ordered yet, where the trade goes on."""
    asked = (
        query.select_from(Finding)
        .join(Establishment, Finding.establishment_id == Establishment.id)
        .outerjoin(Inspection, Finding.inspection_id == Inspection.id)
        .where(Finding.case_id.is_(None), Establishment.operating_status.not_in(_ENDED), in_scope(by))
    )
    if filters.kinds:
        asked = asked.where(Establishment.kind.in_(filters.kinds))
    if filters.village_ids:
        asked = asked.where(Establishment.village_id.in_(filters.village_ids))
    if filters.items:
        asked = asked.where(Finding.item.in_(filters.items))
    if filters.inspectors:
        asked = asked.where(names_any(Inspection.inspectors, filters.inspectors))
    return asked


def finding_rows(session: Session, findings: Sequence[Finding]) -> tuple[FindingRow, ...]:
    """Return findings as lists show them, each with how often it came back."""
    query = (
        select(Finding.id, Finding.establishment_id, Finding.item)
        .where(Finding.establishment_id.in_({finding.establishment_id for finding in findings}))
        .order_by(Finding.found_on, Finding.id)
    )
    so_far: Counter[tuple[int, str]] = Counter()
    times: dict[int, int] = {}
    for finding_id, establishment_id, item in session.execute(query):
        so_far[establishment_id, item] += 1
        times[finding_id] = so_far[establishment_id, item]
    return tuple(
        FindingRow(
            finding.id,
            finding.establishment_id,
            finding.item,
            finding.text,
            finding.is_starred,
            finding.found_on,
            finding.is_corrected,
            finding.case_id,
            times[finding.id],
        )
        for finding in findings
    )


def _wanted_when_late(work: Casework, on: date) -> str:
    """Say why a visit of that day must be accounted for; empty where it is entered in time."""
    most = work.office.profile.period("late_entry").days
    return f"检查日期 {on} 已过去 {days} 天；补录超过 {most} 天的" if (days := work.days_late(on)) else ""


def _mode(typed: str) -> InspectionMode:
    wanted = typed.strip() or InspectionMode.ROUTINE
    for mode in InspectionMode:
        if wanted in {mode, mode.label, f"{mode.label}检查"}:
            return mode
    known = "、".join(mode.label for mode in InspectionMode)
    raise UserError(f"没有“{typed}”这种检查方式；可用：{known}")


def _refuse_unclear(
    items: Mapping[str, CheckItem], faults: Sequence[Fault], not_applicable: Sequence[str]
) -> None:
    """Refuse items that the check list does not have, and items with two answers."""
    told = [fault.item for fault in faults]
    for code in [*told, *not_applicable]:
        if code not in items:
            raise UserError(f"检查表里没有“{code}”这一项；可用：{'、'.join(items)}")
    for code in told:
        if told.count(code) > 1 or code in not_applicable:
            raise UserError(f"项目“{code}”（{items[code].text}）填了两次，一项只有一个结果，请留一个")
