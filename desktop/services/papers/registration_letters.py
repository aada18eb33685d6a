"""The papers about one application: accepted, told once what is missing, refused with its reasons."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.domain.called import called
from desktop.domain.paperwork import filled, review_body
from desktop.domain.profile import DayKind, Period
from desktop.domain.workdays import add_days
from desktop.models.establishment import Establishment
from desktop.models.registration import Application, ApplicationStep
from desktop.services.papers.case_reading import sentence
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources, nothing
from desktop.services.registration.registration_numbers import PAPER_OF_STEP
from printing.errors import MISSING_FACT
from printing.wording import chinese_date, ordinal

if TYPE_CHECKING:
    from printing.decision_page import Decision

_STEP_OF = {code: step for step, code in PAPER_OF_STEP.items()}
_NAME_OF_STEP = {"accept": "受理", "complete": "告知补正", "refuse": "决定不予登记"}
_RECEIPT = {
    "acceptance_slip": "本通知书于",
    "completion_notice": "本告知书于",
    "refusal_decision": "本决定书于",
}


def _holders(code: str) -> Source:
    def holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
        query = (
            select(Establishment.id)
            .join(Application, Application.establishment_id == Establishment.id)
            .join(ApplicationStep, ApplicationStep.application_id == Application.id)
            .where(ApplicationStep.step == _STEP_OF[code], ApplicationStep.number != "")
            .order_by(Establishment.id)
        )
        if wanted.numbers:
            query = query.where(ApplicationStep.number.in_(wanted.numbers))
        if wanted.issued_on is not None:
            query = query.where(ApplicationStep.done_on == wanted.issued_on)
        return tuple(dict.fromkeys(reading.session.scalars(reading.in_scope(query))))

    def make(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
        return [made for record in records for made in _letters(reading, record, code)]

    return Source(make, holders)


SOURCES: Sources = {code: _holders(code) for code in _STEP_OF}


def _letters(reading: Reading, record: Establishment, code: str) -> list[Made | RefusedPaper]:
    """Return the letter of the newest step of its kind, the one that still counts."""
    step_name = _STEP_OF[code]
    query = (
        select(ApplicationStep, Application)
        .join(Application, ApplicationStep.application_id == Application.id)
        .where(Application.establishment_id == record.id, ApplicationStep.step == step_name)
        .order_by(ApplicationStep.id.desc())
        .limit(1)
    )
    found = reading.session.execute(query).first()
    if found is None:
        title = called(record.name, record.operator_name, record.products)
        sentence = f"“{title}”还没有{_NAME_OF_STEP[step_name]}这一步，没有这种文书；请先在“登记发证”里办理"
        return [nothing(record, sentence)]
    step, application = found
    said = step.note.strip()
    if code != "acceptance_slip" and not said:
        sentence = (
            f"{step.number} 没有写明{'理由' if code == 'refusal_decision' else '要补正的内容'}，不能打印"
        )
        return [RefusedPaper(record.id, step.number, MISSING_FACT, sentence, ())]
    facts = _facts(reading, record, application, step, said, code)
    return [Made(record.id, step.number, step.done_on, facts)]


def _facts(
    reading: Reading,
    record: Establishment,
    application: Application,
    step: ApplicationStep,
    said: str,
    code: str,
) -> "Decision":
    from printing.decision_page import Decision  # draws with ReportLab, which is slow to load

    wording, issuer = reading.wording(code, record.kind), reading.issuer(record.kind)
    trade = reading.profile.trade(record.kind)
    accepted_on = application.accepted_on or application.applied_on
    decision = reading.profile.period("decision")
    words = {
        "申请日": chinese_date(application.applied_on),
        "受理日": chinese_date(accepted_on),
        "决定日": chinese_date(application.decided_on or step.done_on),
        "办理日": chinese_date(step.done_on),
        "类别": trade.label,
        "事项": issuer.act,
        "证卡": trade.paper.title,
        "决定期限": _length(decision),
        "决定截止": _until(reading, accepted_on, decision),
        "发证期限": _length(_hand_over(reading, trade.paper.code)),
        "依据": reading.cited(wording.laws, step.done_on),
        "材料": "、".join(application.materials),
        "复议机关": review_body(issuer.reviews, step.done_on),
        "联系单位": issuer.contact,
        "机关": issuer.issuer,
    }
    lists = {
        "理由": tuple(sentence(line) for line in said.splitlines() if line.strip()),
        "缺少材料": _points(said),
    }
    title = record.name or record.operator_name
    applicant = title if record.operator_name in title else f"{title}（经营者：{record.operator_name}）"
    return Decision(
        office=issuer.issuer,
        title=wording.title.format(**words),
        number=step.number,
        parties=(("申请人", applicant), ("地址", record.address)),
        paragraphs=filled(wording.paragraphs, words, lists),
        issuer=issuer.issuer,
        issued_on=step.done_on,
        seal_word=f"（{trade.paper.seal_words}）",
        receipt_text=_RECEIPT[code],
        receipt_label="申请人（签名或盖章）：",
        copies_note=wording.note,
    )


def _points(note: str) -> tuple[str, ...]:
    """Return what is missing as numbered points; it was written with 、 or a line for each."""
    items = [item.strip("；;。 ") for line in note.splitlines() for item in line.split("、")]
    named = [item for item in items if item]
    return tuple(f"{ordinal(place)}、{item}。" for place, item in enumerate(named, start=1))


def _hand_over(reading: Reading, paper_code: str) -> Period:
    codes = {period.code for period in reading.profile.periods}
    own = f"{paper_code}_hand_over"
    return reading.profile.period(own if own in codes else "hand_over")


def _length(period: Period) -> str:
    return f"{period.days}{'个工作日' if period.kind is DayKind.WORKDAYS else '日'}"


def _until(reading: Reading, start: date, period: Period) -> str:
    """Return the last day in brackets; nothing where the calendar of that year is not loaded."""
    if period.kind is DayKind.CALENDAR:
        return f"（至{chinese_date(add_days(start, period.days))}）"
    try:
        return f"（至{chinese_date(reading.office.calendar.due_on(start, period.days))}）"
    except ValueError:
        return ""
