"""Putting right by a date (整改销号): order, service, report, extension, reinspection, closing out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.errors import WrongValue
from desktop.domain.late_entry import IN_TIME, LateEntry
from desktop.domain.lifecycle import CheckResult, OperatingStatus, Stage
from desktop.domain.rectification import CaseStep, is_among
from desktop.domain.workdays import add_days
from desktop.errors import RuleError, UserError
from desktop.models.rectification import Finding, RectificationCase, RectificationOrder
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.case_history import RectificationDetail, detail_of
from desktop.services.rectification.case_numbers import (
    family_for,
    letter_number,
    next_number,
    receiver_for,
    require_signer,
)
from desktop.services.rectification.cases import CaseState, Casework, clause, is_late, refuse_jump, state_of
from desktop.services.rights import Right, require


@dataclass(frozen=True, slots=True)
class Until:
    """The end of a period: a day, or a number of days or workdays; exactly one of them."""

    due_on: date | None = None
    days: int | None = None
    workdays: int | None = None


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order that was given."""

    case_id: int
    number: str
    due_on: date
    stage: Stage


_BEFORE_CHECK = (
    CaseStep.CORRECTED,
    CaseStep.ORDERED,
    CaseStep.REPORTED,
    CaseStep.SUPERVISED,
    CaseStep.TRANSFERRED,
)


class Rectifications:
    """The office's work on cases; ``desktop.domain.lifecycle.STAGE_STEPS`` says what may follow what."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def order(
        self,
        finding_ids: Iterable[int],
        *,
        until: Until,
        on: date,
        by: Actor,
        family: str | None = None,
        late: LateEntry = IN_TIME,
    ) -> Ordered:
        """Order that findings of one establishment be put right by a date; they become a case."""
        require(by, Right.ORDER)
        with self.office.db.writing(self.office.act(by, "rectification.order")) as session:
            work = Casework(session, self.office, by, late)
            findings = self._waiting(work, tuple(dict.fromkeys(finding_ids)))
            case = work.begin(findings, Stage.FOUND)
            return self._give_order(work, case, until, on, family)

    def order_again(
        self,
        case_id: int,
        *,
        until: Until,
        on: date,
        by: Actor,
        family: str | None = None,
        late: LateEntry = IN_TIME,
    ) -> Ordered:
        """Give the next order of a case, after a reinspection that was not good or a relapse."""
        require(by, Right.ORDER)
        with self.office.db.writing(self.office.act(by, "rectification.order")) as session:
            work = Casework(session, self.office, by, late)
            case = work.case(case_id)
            refuse_jump(case, Stage.ORDERED)
            return self._give_order(work, case, until, on, family or case.family)

    def serve(self, case_id: int, *, on: date, how: str, by: Actor) -> CaseState:
        """Put down that the last order was served, when and how."""
        require(by, Right.INSPECT)
        with self.office.db.writing(self.office.act(by, "rectification.serve")) as session:
            work = Casework(session, self.office, by)
            case = work.case(case_id)
            ordered, served = work.last(case, CaseStep.ORDERED), work.last(case, CaseStep.SERVED)
            if ordered is None:
                raise RuleError(f"整改 {case.id} 还没有下达文书，没有什么可送达；请先下达整改文书")
            if not Stage(case.stage).is_open:
                raise RuleError(f"整改 {case.id} {Stage(case.stage).label}，不再补录送达")
            if served is not None and served.id > ordered.id:
                raise RuleError(f"整改 {case.id} 的文书已于 {served.done_on} 送达，不必再录")
            if not how.strip():
                raise UserError("请写明送达方式，如“直接送达”“留置送达”“邮寄送达”")
            work.refuse_before(case, on, CaseStep.ORDERED)
            return work.take(case, CaseStep.SERVED, on=on, note=how.strip())

    def report(self, case_id: int, *, on: date, by: Actor, note: str = "") -> CaseState:
        """Put down that the operator says it is done; a reinspection does not wait for this."""
        require(by, Right.INSPECT)
        with self.office.db.writing(self.office.act(by, "rectification.report")) as session:
            work = Casework(session, self.office, by)
            case = work.case(case_id)
            work.refuse_before(case, on, CaseStep.ORDERED, CaseStep.REINSPECTED)
            return work.take(case, CaseStep.REPORTED, on=on, note=note.strip())

    def extend(
        self, case_id: int, *, until: date, on: date, reason: str, by: Actor, late: LateEntry = IN_TIME
    ) -> CaseState:
        """Give more time; who acts approves it, and only while the old due day has not passed."""
        require(by, Right.ENFORCE)
        with self.office.db.writing(self.office.act(by, "rectification.extend", reason=reason)) as session:
            work = Casework(session, self.office, by, late)
            case = work.case(case_id)
            stage = Stage(case.stage)
            if case.due_on is None or stage not in {Stage.ORDERED, Stage.REPORTED}:
                raise RuleError(f"整改 {case.id} 现在是“{stage.label}”，没有正在走的期限，不能延期")
            if on > case.due_on:
                basis = clause(self.office.profile, "track_result", on)
                raise RuleError(
                    f"整改 {case.id} 的期限 {case.due_on} 已过，延期只能在期限内批准{basis}；"
                    "请复查，或者挂账督办"
                )
            if until <= case.due_on:
                raise UserError(f"新期限 {until} 没有晚于原期限 {case.due_on}，请改填更晚的一天")
            self.office.refuse_long("新期限", on, until)
            if not reason.strip():
                raise RuleError("延期要写明原因（整改销号规定），请填写")
            work.refuse_before(case, on, CaseStep.ORDERED, CaseStep.EXTENDED)
            note = f"{reason.strip()}（{case.due_on} 延至 {until}，批准人 {by.name}）"
            is_over = self.office.clock.today() > case.due_on
            wanted = f"整改 {case.id} 的期限 {case.due_on} 已过，补录期限内批准的延期" if is_over else ""
            return work.take(case, CaseStep.EXTENDED, on=on, note=note, new_due_on=until, wanted=wanted)

    def reinspect(
        self,
        case_id: int,
        *,
        on: date,
        inspectors: Iterable[str],
        result: str,
        by: Actor,
        note: str = "",
        unmet: Iterable[int] = (),
        late: LateEntry = IN_TIME,
    ) -> CaseState:
        """Put down a reinspection by two; partly good is not good, but is remembered as what it was.

        ``unmet`` names the findings that were not put right; the next order is about them alone.
        """
        require(by, Right.INSPECT)
        found = _result(result)
        with self.office.db.writing(self.office.act(by, "rectification.reinspect")) as session:
            work = Casework(session, self.office, by, late)
            case = work.case(case_id)
            people = work.inspectors(inspectors, on, at=case.establishment_id)
            if case.stage == Stage.RELAPSED:
                raise RuleError(f"整改 {case.id} 还没有责令整改，不能先复查；请先下达整改文书")
            work.refuse_before(case, on, *_BEFORE_CHECK)
            left = _unmet(work, case, found, tuple(dict.fromkeys(unmet)))
            to = Stage.PASSED if found is CheckResult.GOOD else Stage.FAILED
            state = work.take(
                case,
                CaseStep.REINSPECTED,
                on=on,
                to=to,
                people=people,
                result=found,
                note=note.strip(),
                unmet=left,
            )
            self._settle(session, case, is_good=found is CheckResult.GOOD)
            return state

    def supervise(
        self, case_id: int, *, on: date, by: Actor, note: str = "", late: LateEntry = IN_TIME
    ) -> CaseState:
        """Take a late case under supervision (挂账督办)."""
        require(by, Right.ENFORCE)
        with self.office.db.writing(self.office.act(by, "rectification.supervise")) as session:
            work = Casework(session, self.office, by, late)
            case = work.case(case_id)
            refuse_jump(case, Stage.SUPERVISED)
            if not is_late(Stage(case.stage), case.due_on, on):
                raise RuleError(f"整改 {case.id} 的期限 {case.due_on} 还没有过，逾期未改的才挂账督办")
            work.refuse_before(case, on, CaseStep.ORDERED, CaseStep.REPORTED, CaseStep.REINSPECTED)
            return work.take(case, CaseStep.SUPERVISED, on=on, note=note.strip())

    def transfer(
        self, case_id: int, *, on: date, note: str, by: Actor, to: str = "", late: LateEntry = IN_TIME
    ) -> CaseState:
        """Hand a case over to who may act on it (移送、立案); the letter has its number from this moment."""
        require(by, Right.ENFORCE)
        with self.office.db.writing(self.office.act(by, "rectification.transfer", reason=note)) as session:
            work = Casework(session, self.office, by, late)
            case = work.case(case_id)
            if not note.strip():
                raise UserError("请写明移送给哪个单位、为什么")
            work.refuse_before(case, on, CaseStep.REINSPECTED, CaseStep.SUPERVISED, CaseStep.RELAPSED)
            receiver = receiver_for(self.office.profile, to, note)
            refuse_jump(case, Stage.TRANSFERRED)
            number = letter_number(session, self.office.profile, "transfer_letter", on)
            return work.take(
                case,
                CaseStep.TRANSFERRED,
                on=on,
                note=note.strip(),
                number=number,
                addressee=receiver.name,
            )

    def close_out(
        self, case_id: int, *, on: date, by: Actor, note: str = "", late: LateEntry = IN_TIME
    ) -> CaseState:
        """Close a case out (销号); never by an account that was among the last inspectors."""
        require(by, Right.CLOSE_OUT)
        with self.office.db.writing(self.office.act(by, "rectification.close_out")) as session:
            work = Casework(session, self.office, by, late)
            case = work.case(case_id)
            checked = work.last(case, CaseStep.REINSPECTED)
            if checked is None or case.stage != Stage.PASSED:
                now = Stage(case.stage).label
                raise RuleError(
                    f"整改 {case.id} 现在是“{now}”；复查合格以后才能销号（整改销号规定），请先复查"
                )
            if is_among(by.name, checked.people):
                raise RuleError(
                    f"“{by.name}”是这次复查的检查人，不能自己销号；销号由第二人办理（整改销号规定），"
                    "请另一位审核员办"
                )
            work.refuse_before(case, on, CaseStep.REINSPECTED)
            case.closed_out_on = on
            return work.take(case, CaseStep.CLOSED_OUT, on=on, note=note.strip())

    def case(self, case_id: int, *, by: Actor) -> RectificationDetail:
        """Return one case with its findings, its orders and its history."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            work = Casework(session, self.office, by)
            case = session.get(RectificationCase, case_id)
            if case is None:
                raise UserError(f"没有编号为 {case_id} 的整改，请核对后再试")
            record = work.establishment(case.establishment_id)
            return detail_of(session, case, record, self.office.clock.today())

    def of_establishment(self, establishment_id: int, *, by: Actor) -> tuple[CaseState, ...]:
        """Return the cases of an establishment, the newest first."""
        require(by, Right.SEE)
        query = (
            select(RectificationCase)
            .where(RectificationCase.establishment_id == establishment_id)
            .order_by(RectificationCase.id.desc())
        )
        with self.office.db.reading() as session:
            Casework(session, self.office, by).establishment(establishment_id)
            return tuple(map(state_of, session.scalars(query)))

    def _waiting(self, work: Casework, finding_ids: tuple[int, ...]) -> Sequence[Finding]:
        """Return findings that may be ordered together; refuse others by their numbers."""
        query = select(Finding).where(Finding.id.in_(finding_ids)).order_by(Finding.id).with_for_update()
        findings = work.session.scalars(query).all()
        missing = sorted(set(finding_ids) - {finding.id for finding in findings})
        if missing or not findings:
            raise UserError(f"没有编号为 {'、'.join(map(str, missing)) or '（空）'} 的问题，请核对后再试")
        places = {finding.establishment_id for finding in findings}
        if len(places) > 1:
            raise RuleError("这些问题不是同一户的；一份整改文书只对一户，请分别下达")
        record = work.establishment(places.pop())
        status = OperatingStatus(record.operating_status)
        if status.ends_paper:
            title = called(record.name, record.operator_name, record.products)
            raise RuleError(f"“{title}”{status.label}，没有什么可责令；又在经营的请录入“回头看”")
        for finding in findings:
            if finding.case_id is not None:
                how = "已当场改正" if finding.is_corrected else "已经下达过文书"
                raise RuleError(
                    f"问题 {finding.id} {how}（整改 {finding.case_id}），不能再单独责令；请在那件整改里办理"
                )
        return findings

    def _give_order(
        self, work: Casework, case: RectificationCase, until: Until, on: date, family_code: str | None
    ) -> Ordered:
        work.office.refuse_future(on)
        work.refuse_before(case, on, CaseStep.FOUND, CaseStep.RELAPSED, CaseStep.REINSPECTED)
        family = family_for(self.office.profile, family_code, work.by)
        require_signer(family, work.by)
        due_on = self._due_on(until, on)
        self.office.refuse_long("期限", on, due_on)
        number = next_number(work.session, family.number_word, on)
        record = work.establishment(case.establishment_id)
        case.family = family.code
        work.session.add(
            RectificationOrder(
                case_id=case.id,
                number=number,
                family=family.code,
                ordered_on=on,
                within_days=until.days,
                within_workdays=until.workdays,
                due_on=due_on,
                party={
                    "name": record.name or record.operator_name,
                    "operator": record.operator_name,
                    "address": record.address,
                },
                entered_at=self.office.clock.now(),
                entered_by=work.by.name,
            )
        )
        state = work.take(case, CaseStep.ORDERED, on=on, note=f"{number}，限 {due_on} 前", new_due_on=due_on)
        return Ordered(case.id, number, due_on, state.stage)

    def _due_on(self, until: Until, on: date) -> date:
        """Return the due day: the day of the order does not count, the due day itself is in time."""
        try:
            if until.workdays is not None:
                return self.office.calendar.due_on(on, until.workdays)
            if until.days is not None:
                return add_days(on, until.days)
        except WrongValue as wrong:
            raise RuleError(str(wrong)) from wrong
        if until.due_on is None:
            raise UserError("请定下改正的期限：到哪一天，或者几个自然日、几个工作日")
        if until.due_on < on:
            raise UserError(f"期限 {until.due_on} 早于下达日期 {on}，请核对两个日期")
        return until.due_on

    def _settle(self, session: Session, case: RectificationCase, *, is_good: bool) -> None:
        """Take back “corrected on the spot” where the reinspection found otherwise."""
        if is_good:
            return
        for finding in session.scalars(
            select(Finding).where(Finding.case_id == case.id, Finding.is_corrected)
        ):
            finding.is_corrected = False


def _unmet(
    work: Casework, case: RectificationCase, found: CheckResult, told: tuple[int, ...]
) -> tuple[int, ...]:
    """Return which findings a reinspection left; where none are named, what was open before stays so."""
    still_open = {finding.id for finding in work.still_open(case)}
    if not told:
        before = work.last(case, CaseStep.REINSPECTED)
        return tuple(before.unmet) if before is not None and found is not CheckResult.GOOD else ()
    if found is not CheckResult.PARTLY:
        raise UserError(f"复查结果是“{found.label}”的不用写哪几项没改好；只改好一部分的请选“部分合格”")
    strange = [str(one) for one in told if one not in still_open]
    if strange:
        raise UserError(f"问题 {'、'.join(strange)} 不在整改 {case.id} 里，或者已经改好，请核对后再填")
    if still_open == set(told):
        raise UserError("问题一项也没有改好，复查结果应为“不合格”；改好的请去掉")
    return told


def _result(typed: str) -> CheckResult:
    for result in CheckResult:
        if typed.strip() in {result, result.label}:
            return result
    known = "、".join(f"{result}（{result.label}）" for result in CheckResult)
    raise UserError(f"没有“{typed}”这种复查结果；可用：{known}")
