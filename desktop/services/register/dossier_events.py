"""What happened to one establishment, read from every record that speaks of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.domain.check_score import score_of
from desktop.domain.forms import SurveyForm
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import PaperAct
from desktop.domain.profile import Profile
from desktop.domain.rectification import CaseStep, InspectionMode, LookBackOutcome, ShutdownKind, Signature
from desktop.domain.year_plan import SamplingResult
from desktop.models.establishment import Establishment, EstablishmentChange, SurveyResponse
from desktop.models.planning import DrawnEstablishment, RandomDraw, RiskDecision, Sampling
from desktop.models.rectification import (
    Finding,
    Inspection,
    LookBack,
    RectificationCase,
    RectificationOrder,
    RectificationStep,
    ShutdownDecision,
)
from desktop.models.registration import Application, ApplicationStep, Paper, PaperCollection, PrintEntry
from desktop.services.register.change_words import text_of, title_of


class EventGroup(StrEnum):
    """The four kinds that the timeline is narrowed to."""

    SURVEY = "survey"
    PAPER = "paper"
    RECTIFICATION = "rectification"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened: the day it is said to have happened on, and who did it."""

    on: date
    group: EventGroup
    what: str
    title: str
    text: str
    people: str
    object_id: int


Owned = TypeVar(
    "Owned",
    EstablishmentChange,
    Paper,
    PrintEntry,
    Inspection,
    ShutdownDecision,
    LookBack,
    Sampling,
    RiskDecision,
)
Reader = Callable[[Session, Establishment, Profile], Iterator[TimelineEntry]]


def surveys(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each filled sheet, and of what it changed against the one before."""
    form = profile.form(record.kind)
    query = (
        select(SurveyResponse)
        .where(SurveyResponse.establishment_id == record.id)
        .order_by(SurveyResponse.surveyed_on, SurveyResponse.id)
    )
    before: Mapping[str, Any] | None = None
    for sheet in session.scalars(query):
        changed = _changed(before, sheet.answers, form)
        title = (
            "摸底调查"
            if before is None
            else f"摸底调查，改 {len(changed)} 项"
            if changed
            else "摸底调查，没有变化"
        )
        yield TimelineEntry(
            sheet.surveyed_on or _entered_on(sheet, record, is_first=before is None),
            EventGroup.SURVEY,
            "survey",
            title,
            "、".join(changed),
            sheet.surveyor or sheet.entered_by,
            sheet.id,
        )
        before = sheet.answers


def _entered_on(sheet: SurveyResponse, record: Establishment, *, is_first: bool) -> date:
    """Return the day of a sheet that states none; the first opened the file."""
    return record.opened_on if is_first else sheet.entered_at.astimezone().date()


def changes(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of moves and of what became of the trade."""
    query = (
        select(EstablishmentChange)
        .where(EstablishmentChange.establishment_id == record.id)
        .order_by(EstablishmentChange.id)
    )
    for change in session.scalars(query):
        yield TimelineEntry(
            change.changed_on,
            EventGroup.SURVEY,
            change.change,
            title_of(change),
            text_of(change),
            change.entered_by,
            change.id,
        )


def applications(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each step of each application."""
    query = (
        select(ApplicationStep)
        .join(Application, ApplicationStep.application_id == Application.id)
        .where(Application.establishment_id == record.id)
        .order_by(ApplicationStep.id)
    )
    for step in session.scalars(query):
        yield TimelineEntry(
            step.done_on,
            EventGroup.PAPER,
            step.step,
            _APPLICATION_STEPS.get(step.step, step.step),
            step.note,
            "、".join(step.people) or step.entered_by,
            step.application_id,
        )


def papers(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each paper's beginning and, where it has one, of its end."""
    why: dict[int | None, str] = {}
    for paper in session.scalars(_of(Paper, record)):
        rule = profile.trade(paper.kind).paper
        until = f"有效期至 {paper.valid_until:%Y-%m-%d}" if paper.valid_until else "长期有效"
        yield TimelineEntry(
            paper.issued_on,
            EventGroup.PAPER,
            paper.act,
            _of_paper(PaperAct(paper.act), rule.title),
            f"{paper.number}，{until}。{why.get(paper.follows_id, '')}",
            rule.issuer,
            paper.id,
        )
        status = PaperStatus(paper.status)
        why[paper.id] = paper.status_reason
        if status.is_ended:
            told = f"{paper.number}。{paper.status_reason}"
            yield TimelineEntry(
                paper.status_on, EventGroup.PAPER, "end", f"{rule.title}{status.label}", told, "", paper.id
            )


def prints(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each copy that went onto paper."""
    query = _of(PrintEntry, record)
    for entry in session.scalars(query):
        is_first = entry.copy_number == 1
        thing = "证卡" if entry.document in {"certificate", "card"} else "文书"
        reason = f"。原因：{entry.reason}" if entry.reason else ""
        yield TimelineEntry(
            entry.printed_on,
            EventGroup.PRINT,
            "print" if is_first else "reprint",
            f"打印{thing}" if is_first else f"补打{thing}（第 {entry.copy_number} 份）",
            f"{entry.number}{reason}",
            entry.entered_by,
            entry.id,
        )


def collections(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell who took each paper home."""
    query = (
        select(PaperCollection, Paper.number)
        .join(Paper, PaperCollection.paper_id == Paper.id)
        .where(PaperCollection.establishment_id == record.id)
        .order_by(PaperCollection.id)
    )
    for taken, number in session.execute(query):
        yield TimelineEntry(
            taken.collected_on,
            EventGroup.PAPER,
            "collected",
            "代领证卡" if taken.is_agent else "领取证卡",
            f"{number}。凭{taken.authority}" if taken.is_agent else number,
            taken.collector,
            taken.paper_id,
        )


def inspections(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each visit with what it found."""
    found: dict[int | None, dict[str, str]] = {}
    for finding in session.scalars(select(Finding).where(Finding.establishment_id == record.id)):
        found.setdefault(finding.inspection_id, {})[finding.item] = finding.text
    for visit in session.scalars(_of(Inspection, record)):
        texts = found.get(visit.id, {})
        mode = InspectionMode(visit.mode).label if visit.mode in set(InspectionMode) else visit.mode
        title = f"{mode}检查" if not mode.endswith(("查", "访")) else mode
        said = list(texts.values())
        score = score_of(profile.items(record.kind), texts, visit.not_applicable)
        if score is not None:
            said.append(score.words)
        if visit.signature == Signature.REFUSED:
            said.append(f"被检查人拒绝签名（{visit.refusal_reason}），见证：{visit.witness}")
        yield TimelineEntry(
            visit.inspected_on,
            EventGroup.RECTIFICATION,
            "inspection" if texts else "inspection_clean",
            f"{title}，{len(texts)} 项不符合" if texts else f"{title}，没有问题",
            "；".join(said),
            "、".join(visit.inspectors),
            visit.id,
        )


def cases(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each step of putting right, the orders with their numbers."""
    mine = select(RectificationCase.id).where(RectificationCase.establishment_id == record.id)
    orders: dict[tuple[int, date], RectificationOrder] = {
        (order.case_id, order.ordered_on): order
        for order in session.scalars(select(RectificationOrder).where(RectificationOrder.case_id.in_(mine)))
    }
    query = select(RectificationStep).where(RectificationStep.case_id.in_(mine))
    for step in session.scalars(query.order_by(RectificationStep.id)):
        kind = CaseStep(step.step)
        if kind is CaseStep.FOUND:
            continue  # the inspection has told of it
        order = orders.get((step.case_id, step.done_on)) if kind is CaseStep.ORDERED else None
        parts = [step.note]
        if order is not None and order.number not in step.note:
            parts.insert(0, order.number)
        if step.new_due_on is not None and f"{step.new_due_on:%Y-%m-%d}" not in step.note:
            parts.append(f"限 {step.new_due_on:%Y-%m-%d} 前改正")
        yield TimelineEntry(
            step.done_on,
            EventGroup.RECTIFICATION,
            kind.value,
            f"{kind.label}{_result_word(step.result)}",
            "，".join(filter(None, parts)),
            "、".join(step.people) or step.entered_by,
            step.case_id,
        )


def shutdowns(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each step of closing down."""
    query = (
        select(ShutdownDecision)
        .where(ShutdownDecision.establishment_id == record.id)
        .order_by(ShutdownDecision.id)
    )
    for decision in session.scalars(query):
        by_day = f"，限 {decision.close_by:%Y-%m-%d} 前" if decision.close_by else ""
        yield TimelineEntry(
            decision.decided_on,
            EventGroup.RECTIFICATION,
            "shutdown",
            ShutdownKind(decision.kind).label,
            f"{decision.reason}{by_day}",
            decision.authority or decision.entered_by,
            decision.id,
        )


def look_backs(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each unannounced look back."""
    for look in session.scalars(_of(LookBack, record)):
        yield TimelineEntry(
            look.looked_on,
            EventGroup.RECTIFICATION,
            "look_back",
            f"回头看，{LookBackOutcome(look.outcome).label}",
            look.note,
            "、".join(look.inspectors),
            look.id,
        )


def samplings(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each sample, with its result once it is known."""
    for one in session.scalars(_of(Sampling, record)):
        result = SamplingResult(one.result)
        yield TimelineEntry(
            one.sampled_on,
            EventGroup.RECTIFICATION,
            "sampling_bad" if result is SamplingResult.BAD else "sampling",
            f"抽检{one.product}，{result.label}",
            one.note,
            one.entered_by,
            one.id,
        )


def draws(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each random draw that drew it."""
    query = (
        select(DrawnEstablishment, RandomDraw)
        .join(RandomDraw, DrawnEstablishment.draw_id == RandomDraw.id)
        .where(DrawnEstablishment.establishment_id == record.id)
        .order_by(DrawnEstablishment.id)
    )
    for one, draw in session.execute(query):
        people = "、".join(one.inspectors) or draw.entered_by
        yield TimelineEntry(
            draw.drawn_on, EventGroup.RECTIFICATION, "drawn", "随机抽到", draw.title, people, one.id
        )


def risks(session: Session, record: Establishment, profile: Profile) -> Iterator[TimelineEntry]:
    """Tell of each time that somebody decided its risk level."""
    for one in session.scalars(_of(RiskDecision, record)):
        level = profile.risk.level(one.level)
        title = f"评定为{level.label if level else one.level}风险" if one.level else "风险等级回到按规则推定"
        yield TimelineEntry(
            one.decided_on, EventGroup.RECTIFICATION, "risk", title, one.reason, one.entered_by, one.id
        )


READERS: tuple[Reader, ...] = (
    surveys,
    changes,
    applications,
    papers,
    prints,
    collections,
    risks,
    draws,
    inspections,
    samplings,
    cases,
    shutdowns,
    look_backs,
)
"""Everything that a timeline is merged from; on one day, what stands later here happened later."""

_OF_EACH_VISIT = {"surveyed_on", "surveyor"}
_APPLICATION_STEPS = {
    "apply": "申请登记",
    "complete": "一次告知补正",
    "accept": "受理申请",
    "site_check": "现场核查",
    "approve": "准予登记",
    "refuse": "不予登记",
}
_RESULTS = {"good": "，合格", "partly": "，部分合格", "not-good": "，不合格"}


def _of(kind: type[Owned], record: Establishment) -> Select[Owned]:
    """Return the question for all of a kind that belong to an establishment, as they were entered."""
    return select(kind).where(kind.establishment_id == record.id).order_by(kind.id)


def _of_paper(act: PaperAct, title: str) -> str:
    return f"发{title}" if act is PaperAct.ISSUE else f"{act.label}{title}"


def _result_word(result: str | None) -> str:
    return _RESULTS.get(result or "", "")


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any], form: SurveyForm) -> list[str]:
    """Name the questions that were answered otherwise; on a first sheet there is nothing to compare."""
    if before is None:
        return []
    asked = (question for question in form.questions if question.code not in _OF_EACH_VISIT)
    return [question.label for question in asked if before.get(question.code) != after.get(question.code)]
