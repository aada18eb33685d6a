"""Cases of putting right inside an open block: begun, moved along the table, each step written down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.folding import fold_name
from desktop.domain.late_entry import IN_TIME, OWN_ACTS, LateEntry, days_late
from desktop.domain.lifecycle import FIRST_STAGES, Stage, may_follow
from desktop.domain.profile import Profile
from desktop.domain.rectification import STAGE_AFTER_STEP, CaseStep, distinct_people, is_among
from desktop.domain.workdays import Calendar, MissingYear
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.models.office import Account
from desktop.models.planning import Inspector, Recusal
from desktop.models.rectification import Finding, RectificationCase, RectificationStep
from desktop.services.open_office import OpenOffice
from desktop.services.register.change_words import LATE_ENTRY
from desktop.services.register.establishments import reachable


@dataclass(frozen=True, slots=True)
class CaseState:
    """Where a case stands after a step."""

    case_id: int
    establishment_id: int
    stage: Stage
    due_on: date | None


def state_of(case: RectificationCase) -> CaseState:
    """Return where a case stands."""
    return CaseState(case.id, case.establishment_id, Stage(case.stage), case.due_on)


def is_late(stage: Stage, due_on: date | None, on: date) -> bool:
    """Tell whether the due day has passed; the due day itself is still in time."""
    return stage.has_running_deadline and due_on is not None and due_on < on


def workdays_left(calendar: Calendar, due_on: date | None, on: date) -> int | None:
    """Count the time that is left; ``None`` without a due day or where its year's calendar is not loaded."""
    if due_on is None:
        return None
    try:
        return calendar.workdays_left(on, due_on)
    except MissingYear:
        return None


@dataclass(frozen=True, slots=True)
class Casework:
    """One transaction's work on cases, on behalf of one person."""

    session: Session
    office: OpenOffice
    by: Actor
    late: LateEntry = IN_TIME

    def establishment(self, establishment_id: int) -> Establishment:
        """Return an establishment that this person may touch."""
        return reachable(self.session, establishment_id, self.by)

    def case(self, case_id: int) -> RectificationCase:
        """Return a case that this person may touch, held until the end of the block."""
        query = select(RectificationCase).where(RectificationCase.id == case_id).with_for_update()
        case = self.session.scalar(query)
        if case is None:
            raise UserError(f"没有编号为 {case_id} 的整改，请核对后再试")
        self.establishment(case.establishment_id)
        return case

    def begin(
        self, findings: Sequence[Finding], stage: Stage, *, family: str = "", follows_id: int | None = None
    ) -> RectificationCase:
        """Begin a case of these findings; its history begins with when they were found and entered."""
        if stage not in FIRST_STAGES:
            raise ValueError(f"a case cannot begin as {stage}")
        first = min(findings, key=lambda finding: (finding.found_on, finding.id))
        case = RectificationCase(
            establishment_id=first.establishment_id,
            stage=stage,
            family=family,
            is_starred=any(finding.is_starred for finding in findings),
            due_on=None,
            closed_out_on=None,
            follows_id=follows_id,
            entered_at=self.office.clock.now(),
            entered_by=self.by.name,
        )
        self.session.add(case)
        self.session.flush()
        for finding in findings:
            finding.case_id = case.id
        step = CaseStep.RELAPSED if stage is Stage.RELAPSED else CaseStep.FOUND
        self.session.add(
            RectificationStep(
                case_id=case.id,
                step=step,
                stage=stage,
                done_on=first.found_on,
                people=[],
                result=None,
                old_due_on=None,
                new_due_on=None,
                note="；".join(finding.text for finding in findings),
                number="",
                addressee="",
                unmet=[],
                entered_at=first.entered_at,
                entered_by=first.entered_by,
            )
        )
        return case

    def take(
        self,
        case: RectificationCase,
        step: CaseStep,
        *,
        on: date,
        to: Stage | None = None,
        note: str = "",
        people: Iterable[str] = (),
        result: str | None = None,
        new_due_on: date | None = None,
        number: str = "",
        addressee: str = "",
        unmet: Iterable[int] = (),
        wanted: str = "",
    ) -> CaseState:
        """Take one step: refused where the table does not let its stage follow, written down otherwise.

        ``wanted`` says why a late entry must be accounted for.
        """
        self.office.refuse_future(on)
        if step in OWN_ACTS:
            self.account_for(case.establishment_id, step.label, on, wanted=wanted)
        stage = to or STAGE_AFTER_STEP.get(step)
        if stage is not None:
            refuse_jump(case, stage)
            case.stage = stage
        old_due_on = case.due_on
        if new_due_on is not None:
            case.due_on = new_due_on
        self.session.add(
            RectificationStep(
                case_id=case.id,
                step=step,
                stage=case.stage,
                done_on=on,
                people=list(people),
                result=result,
                old_due_on=old_due_on if new_due_on else None,
                new_due_on=new_due_on,
                note=note,
                number=number,
                addressee=addressee,
                unmet=list(unmet),
                entered_at=self.office.clock.now(),
                entered_by=self.by.name,
            )
        )
        self.session.flush()
        return state_of(case)

    def last(self, case: RectificationCase, *steps: CaseStep) -> RectificationStep | None:
        """Return the newest of these steps of a case."""
        query = (
            select(RectificationStep)
            .where(RectificationStep.case_id == case.id, RectificationStep.step.in_(steps))
            .order_by(RectificationStep.id.desc())
            .limit(1)
        )
        return self.session.scalar(query)

    def still_open(self, case: RectificationCase) -> list[Finding]:
        """Return what was not put right yet: after a partly good reinspection only what that one named."""
        findings = select(Finding).where(Finding.case_id == case.id).order_by(Finding.id)
        last = self.last(case, CaseStep.REINSPECTED)
        left = last.unmet if last is not None else []
        return [one for one in self.session.scalars(findings) if not left or one.id in left]

    def refuse_before(self, case: RectificationCase, on: date, *steps: CaseStep) -> None:
        """Refuse a day that lies before the newest of these steps: nothing happens before its reason."""
        step = self.last(case, *steps)
        if step is not None and on < step.done_on:
            raise RuleError(f"{on} 早于“{CaseStep(step.step).label}”的日期 {step.done_on}，请核对日期")

    def days_late(self, on: date) -> int:
        """Return how many days ago something was done; 0 where that is within what the rule pack allows."""
        most = self.office.profile.period("late_entry").days
        return days_late(on, self.office.clock.today(), most=most)

    def account_for(self, establishment_id: int, what: str, on: date, *, wanted: str = "") -> None:
        """Write into the change log why something is entered late, and which second person agrees.

        Where ``wanted`` says why that must be told, nothing goes on without; else it may be told, but not
        by halves.
        """
        if not wanted and not (self.days_late(on) and self.late.is_told):
            return
        if not self.late:
            why = wanted or f"{what}的补录"
            raise RuleError(f"{why}，要写明补录原因并经第二人同意（补录规定），请补填补录原因和同意补录的人")
        if is_among(self.late.approved_by, [self.by.name]):
            raise RuleError(f"补录不能由录入人“{self.by.name}”自己同意（补录规定），请另一位同事同意")
        self.session.add(
            EstablishmentChange(
                establishment_id=establishment_id,
                change=LATE_ENTRY,
                changed_on=on,
                old_value=what,
                new_value=self.late.approved_by.strip(),
                note=self.late.reason.strip(),
                entered_at=self.office.clock.now(),
                entered_by=self.by.name,
            )
        )

    def inspectors(self, names: Iterable[str], on: date, *, at: int) -> tuple[str, ...]:
        """Return at least two different people, none of whom must stay away from the establishment.

        Who has an account is written as that account.
        """
        people = distinct_people(names)
        if len(people) < 2:
            there_is = f"只填了{people[0]}一人" if people else "没有填"
            basis = clause(self.office.profile, "two_inspectors", on)
            raise RuleError(f"检查人{there_is}，须有两名以上不同的人{basis}；请补填检查人")
        accounts = distinct_people(self.session.scalars(select(Account.name)))
        self._refuse_related(people, on, at)
        known = {fold_name(account): account for account in accounts}
        return tuple(known.get(fold_name(name), name) for name in people)

    def _refuse_related(self, people: Iterable[str], on: date, establishment_id: int) -> None:
        query = (
            select(Inspector.name, Recusal.reason)
            .join(Recusal, Recusal.inspector_id == Inspector.id)
            .where(Recusal.establishment_id == establishment_id)
        )
        for name, reason in self.session.execute(query):
            if is_among(name, people):
                basis = clause(self.office.profile, "recusal", on)
                raise RuleError(f"“{name}”登记了对这一户回避（{reason}）{basis}；请换一名检查人")


def refuse_jump(case: RectificationCase, to: Stage) -> None:
    """Refuse a stage that the table does not let follow."""
    now = Stage(case.stage)
    if not may_follow(now, to):
        own_steps = [stage for stage in Stage if stage is not Stage.ENDED]  # that comes by closing down
        way = "、".join(stage.label for stage in own_steps if may_follow(now, stage))
        next_steps = f"接下来可以是：{way}" if way else "这件整改已经了结"
        raise RuleError(
            f"整改 {case.id} 现在是“{now.label}”，不能直接到“{to.label}”；按整改销号的步骤，{next_steps}"
        )


def clause(profile: Profile, code: str, on: date, kind: str = "") -> str:
    """Return a clause as it stood on that day, in brackets; empty where the pack has none for the trade."""
    basis = profile.law(code, on, kind)
    return f"（{basis.title}{basis.article}）" if basis else ""
