"""Applications (登记申请): received, accepted, checked on site, decided, each within its legal period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import REGISTRATION_STEPS, PaperStatus, RegistrationStatus
from desktop.domain.paper_life import BanGround
from desktop.domain.profile import CheckItem
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.registration import Application, ApplicationStep, Paper
from desktop.services.office.villages import villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import clause
from desktop.services.register.establishments import existing
from desktop.services.registration.application_order import last_step_on, read_queue
from desktop.services.registration.applications_under_way import ApplicationRow, under_way
from desktop.services.registration.bans import put_ban, refuse_banned
from desktop.services.registration.eligibility import read_barred, why_not
from desktop.services.registration.issuing import issue_in
from desktop.services.registration.paper_work import may_apply_anew
from desktop.services.registration.printable import unprintable
from desktop.services.registration.registration_numbers import step_number
from desktop.services.rights import Right, require


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that was issued."""

    id: int
    title: str
    kind: str
    paper: str
    number: str
    valid_from: date
    valid_until: date | None


class Step(StrEnum):
    """The steps of an application and what each leads to."""

    COMPLETE = "complete"
    ACCEPT = "accept"
    SITE_CHECK = "site_check"
    REFUSE = "refuse"


class SiteAnswer(StrEnum):
    """What was found about one item of a check list at the place of an applicant."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return {"met": "符合", "not_met": "不符合", "not_applicable": "不适用"}[self.value]


NO_ANSWERS: Mapping[str, SiteAnswer] = MappingProxyType({})

_LEADS_TO = {
    Step.COMPLETE: RegistrationStatus.TO_COMPLETE,
    Step.ACCEPT: RegistrationStatus.ACCEPTED,
    Step.SITE_CHECK: RegistrationStatus.SITE_CHECK,
    Step.REFUSE: RegistrationStatus.REFUSED,
}


class Applications:
    """Registering one by one along the statutory steps (行政许可法 arts. 32–44)."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def apply(
        self, establishment_id: int, *, on: date, materials: Iterable[str], note: str = "", by: Actor
    ) -> int:
        """Take in an application; missing materials are named at once (行政许可法 art. 32)."""
        require(by, Right.APPLY)
        self.office.refuse_future(on)
        with self.office.db.writing(self.office.act(by, "registration.apply")) as session:
            record = existing(session, establishment_id)
            _refuse_jump(record, RegistrationStatus.APPLIED)
            _refuse_while_living(session, self.office, record, on)
            refuse_banned(session, self.office.profile, record, on)
            given = list(dict.fromkeys(materials))
            wanted = self.office.profile.trade(record.kind).materials
            missing = [material for material in wanted if material not in given]
            application = Application(
                establishment_id=record.id,
                status=RegistrationStatus.APPLIED,
                applied_on=on,
                accepted_on=None,
                site_checked_on=None,
                decided_on=None,
                materials=given,
                missing_materials=missing,
                note=note,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(application)
            session.flush()
            record.registration_status = RegistrationStatus.APPLIED
            note_step(session, self.office, application, "apply", on=on, note=note, by=by)
            return application.id

    def take_step(
        self,
        application_id: int,
        step: Step,
        *,
        on: date,
        people: Sequence[str] = (),
        note: str = "",
        answers: Mapping[str, SiteAnswer] = NO_ANSWERS,
        is_false: bool = False,
        by: Actor,
    ) -> None:
        """Move an application on by one step; the table of dimension B says which may follow which.

        A site check answers every item of the trade's check list, or leaves them all to the paper.
        ``is_false`` belongs to a refusal: facts were hidden or material was false (行政许可法 art. 78).
        """
        require(by, Right.REGISTER if step is Step.REFUSE else Right.APPLY)
        self.office.refuse_future(on)
        with self.office.db.writing(self.office.act(by, f"registration.{step}")) as session:
            application, record = _application(session, application_id)
            to = _LEADS_TO[step]
            _refuse_jump(record, to)
            if step is Step.SITE_CHECK and len(set(people)) < 2:
                basis = clause(self.office.profile, "site_check", on, record.kind)
                raise RuleError(f"现场核查须有两人以上{basis}，请填两位核查人")
            if step is Step.REFUSE and not note.strip():
                basis = clause(self.office.profile, "refusal", on, record.kind)
                raise RuleError(f"不予登记须写明理由{basis}，请填写")
            _refuse_before(application, on)
            if step is Step.COMPLETE:  # the letter says it for good: what is missing today is not so tomorrow
                note = note.strip() or "、".join(application.missing_materials)
                if not note:
                    basis = clause(self.office.profile, "complete_material", on, record.kind)
                    raise RuleError(f"告知补正要一次写明缺什么{basis}，请填写")
            if answers:
                _refuse_unclear(answers, self.office.profile.items(record.kind))
            if step is Step.ACCEPT:
                application.accepted_on = on
                application.materials = [*application.materials, *application.missing_materials]
                application.missing_materials = []
            elif step is Step.SITE_CHECK:
                application.site_checked_on = on
            elif step is Step.REFUSE:
                application.decided_on = on
                if is_false:
                    put_ban(self.office.profile, record, BanGround.FALSE_MATERIAL, on)
            application.status = to
            record.registration_status = to
            number = step_number(session, self.office.profile, record.kind, step, on)
            note_step(
                session, self.office, application, step,
                on=on, people=tuple(people), note=note, number=number, answers=answers, by=by,
            )  # fmt: skip

    def approve(self, application_id: int, *, on: date, by: Actor) -> Issued:
        """Decide for an application and issue its paper."""
        require(by, Right.REGISTER)
        self.office.refuse_future(on)
        with self.office.db.writing(self.office.act(by, "registration.approve")) as session:
            application, record = _application(session, application_id)
            _refuse_jump(record, RegistrationStatus.REGISTERED)
            _refuse_before(application, on)
            villages = {village.id: village for village in villages_of(session)}
            village = villages[record.village_id]
            lapsing = _lapsing(session, self.office, record, application.applied_on)
            barred = read_barred(session, self.office.profile, [record], on)
            if lapsing is not None:
                barred = barred.without(lapsing.number)
            reasons = why_not(record, village.name, barred, self.office.profile, on)
            if reasons := (*reasons, *read_queue(session, [record]).not_in_turn(record, on)):
                title = called(record.name, record.operator_name, record.products)
                raise RuleError(f"“{title}”还不能登记：{'；'.join(reasons)}")
            if reasons := unprintable(self.office, record, village, on):
                title = called(record.name, record.operator_name, record.products)
                raise RuleError(f"“{title}”的证（卡）印不出来：{'；'.join(reasons)}")
            application.status = RegistrationStatus.REGISTERED
            application.decided_on = on
            note_step(session, self.office, application, "approve", on=on, by=by)
            paper = issue_in(
                session, self.office, record, village, application, on=on, by=by, replaces=lapsing
            )
            return issued_row(paper, called(record.name, record.operator_name, record.products))

    def under_way(self, *, by: Actor, limit: int = 500) -> tuple[ApplicationRow, ...]:
        """Return applications that wait for a step, those with the least time first."""
        return under_way(self.office, by=by, limit=limit)


def note_step(
    session: Session,
    office: OpenOffice,
    application: Application,
    step: str,
    *,
    on: date,
    people: tuple[str, ...] = (),
    note: str = "",
    number: str = "",
    answers: Mapping[str, SiteAnswer] = NO_ANSWERS,
    by: Actor,
) -> None:
    """Put down one step of an application: the day that is claimed and the moment of entry."""
    session.add(
        ApplicationStep(
            application_id=application.id,
            step=step,
            number=number,
            done_on=on,
            people=list(people),
            note=note,
            answers={item: str(answer) for item, answer in answers.items()},
            entered_at=office.clock.now(),
            entered_by=by.name,
        )
    )


def _refuse_unclear(answers: Mapping[str, SiteAnswer], items: Sequence[CheckItem]) -> None:
    known = {item.code for item in items}
    if unknown := answers.keys() - known:
        raise UserError(f"核查项目里没有 {'、'.join(sorted(unknown))}，请按规则包里的项目填写")
    if left := [number for number, item in enumerate(items, 1) if item.code not in answers]:
        raise UserError(f"核查项目还有 {len(left)} 项没有填（第 {'、'.join(map(str, left))} 项），请逐项填写")


def _application(session: Session, application_id: int) -> tuple[Application, Establishment]:
    application = session.get(Application, application_id)
    if application is None:
        raise UserError(f"没有编号为 {application_id} 的申请，请核对后再试")
    return application, existing(session, application.establishment_id)


def _refuse_jump(record: Establishment, to: RegistrationStatus) -> None:
    now = RegistrationStatus(record.registration_status)
    if to not in REGISTRATION_STEPS[now]:
        raise RuleError(f"“{now.label}”之后不能直接“{to.label}”，请按登记步骤办理")


def _refuse_while_living(session: Session, office: OpenOffice, record: Establishment, on: date) -> None:
    """Refuse a new application beside a paper that is still good, unless its renewal comes too late."""
    paper = session.scalar(_living(record.id, on))
    if paper is not None and not may_apply_anew(office, paper, on):
        raise RuleError(
            f"已登记，已有有效的{office.profile.trade(record.kind).paper.title}（{paper.number}），一地只发一张；"
            "要延续、变更或补发的，请在“证卡”里办"
        )


def _lapsing(session: Session, office: OpenOffice, record: Establishment, on: date) -> Paper | None:
    """Return the living paper that lapses by a new one: its renewal came too late on that day."""
    paper = session.scalar(_living(record.id, on).with_for_update())
    return paper if paper is not None and may_apply_anew(office, paper, on) else None


def _living(establishment_id: int, on: date) -> Select[Paper]:
    lasts = Paper.valid_until.is_(None) | (Paper.valid_until >= on)
    mine = Paper.establishment_id == establishment_id
    return select(Paper).where(mine, Paper.status == PaperStatus.VALID, lasts).order_by(Paper.id.desc())


def _refuse_before(application: Application, on: date) -> None:
    """Refuse a day before the last step that stands: nothing is decided before it was applied for."""
    last = last_step_on(application)
    if on < last:
        raise UserError(f"日期 {on:%Y-%m-%d} 早于上一步（或申请）的日期 {last:%Y-%m-%d}，请核对日期")


def issued_row(paper: Paper, title: str) -> Issued:
    """Return an issued paper as a batch or a step answers it."""
    return Issued(
        id=paper.establishment_id,
        title=title,
        kind=paper.kind,
        paper=paper.code,
        number=paper.number,
        valid_from=paper.valid_from,
        valid_until=paper.valid_until,
    )
