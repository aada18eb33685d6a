"""Records about an establishment itself: closing down, looking back, the check list of an inspection."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.check_score import score_of
from desktop.domain.lifecycle import Labelled
from desktop.domain.paperwork import PaperWording, filled
from desktop.domain.rectification import (
    InspectionMode,
    InspectionResult,
    LookBackOutcome,
    ShutdownKind,
    Signature,
)
from desktop.domain.sheet_code import sheet_code
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.rectification import Finding, Inspection, LookBack, ShutdownDecision
from desktop.models.registration import Paper
from desktop.services.papers.case_reading import party_of, sentence
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources, nothing
from desktop.services.registration.paper_worth import newest_papers
from printing.wording import chinese_date

if TYPE_CHECKING:
    from printing.documents.inspection_sheet import CheckLine, InspectionSheetFacts
    from printing.documents.look_back_record import LookBackFacts
    from printing.documents.shutdown_record import ShutdownRecordFacts
    from printing.notice_page import LetterFacts


def _source(
    model: type[ShutdownDecision | LookBack | Inspection],
    day: InstrumentedAttribute[date],
    make: Callable[[Reading, Establishment], Made | RefusedPaper],
    *conditions: ColumnElement[bool],
) -> Source:
    """Return how a paper is made of the newest record of a kind at an establishment."""

    def holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
        query: Select[Any] = select(Establishment.id).join(model, model.establishment_id == Establishment.id)
        query = query.where(*conditions).order_by(Establishment.id)
        if wanted.issued_on is not None:
            query = query.where(day == wanted.issued_on)
        return tuple(dict.fromkeys(reading.session.scalars(reading.in_scope(query))))

    def all_of(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
        return [_or_refused(make, reading, record) for record in records]

    return Source(all_of, holders)


def _or_refused(
    make: Callable[[Reading, Establishment], Made | RefusedPaper], reading: Reading, record: Establishment
) -> Made | RefusedPaper:
    """Make a paper; where the rule pack lacks its words or law, say so for this record alone."""
    try:
        return make(reading, record)
    except UserError as lacking:
        return nothing(record, str(lacking))


def _shutdown_notice(reading: Reading, record: Establishment) -> Made | RefusedPaper:
    decision = _decision(reading, record, ShutdownKind.ORDERED)
    if decision is None or decision.close_by is None:
        return nothing(record, "没有限期关停的决定，没有关停告知书；请先办理限期关停")
    return Made(
        record.id,
        decision.document or f"关停{decision.id}",
        decision.decided_on,
        _shutdown_facts(reading, record, decision, decision.close_by),
    )


def _shutdown_facts(
    reading: Reading, record: Establishment, decision: ShutdownDecision, close_by: date
) -> "LetterFacts":
    from printing.notice_page import LetterFacts  # ReportLab is slow to load

    wording, family = reading.wording("shutdown_notice"), reading.profile.families[0]
    words = {
        "理由": sentence(decision.reason),
        "依据": reading.cited(
            (wording.laws_unmet if decision.is_unmet else ()) or wording.laws, decision.decided_on
        ),
        "关停期限": chinese_date(close_by),
        "联系单位": family.contact or family.issuer,
    }
    opening, *closing = filled(wording.paragraphs, words, {})
    party = party_of(reading, record)
    is_named = party.operator not in party.name
    return LetterFacts(
        letterhead=decision.authority,
        number=decision.document,
        title=wording.title,
        addressee=f"{party.operator}（{party.name}）" if is_named else party.name,
        opening=opening,
        closing=tuple(closing),
        issuer=decision.authority,
        issued_on=decision.decided_on,
        copies_to=(family.copy_to,) if family.copy_to else (),
    )


def _shutdown_record(reading: Reading, record: Establishment) -> Made | RefusedPaper:
    decision = _decision(reading, record, ShutdownKind.FORCED)
    if decision is None:
        return nothing(record, "没有取缔的决定，没有取缔记录")
    facts = _forced_facts(reading, record, decision)
    return Made(record.id, f"取缔{decision.id}", decision.decided_on, facts)


def _forced_facts(
    reading: Reading, record: Establishment, decision: ShutdownDecision
) -> "ShutdownRecordFacts":
    from printing.documents.shutdown_record import ShutdownRecordFacts  # ReportLab is slow to load

    wording = reading.wording("shutdown_record")
    query = select(ShutdownDecision).where(
        ShutdownDecision.establishment_id == record.id, ShutdownDecision.id < decision.id
    )
    return ShutdownRecordFacts(
        title=wording.title,
        issuer=reading.profile.office,
        reference=f"取缔{decision.id}",
        party=party_of(reading, record),
        authority=(decision.authority,),
        document=(decision.document,) if decision.document else (),
        decided_on=decision.decided_on,
        basis=(reading.cited(wording.laws, decision.decided_on),),
        reason=(sentence(decision.reason),),
        before=tuple(map(_told, reading.session.scalars(query.order_by(ShutdownDecision.id)))),
        measures=wording.options,
        note=wording.note,
    )


def _told(decision: ShutdownDecision) -> str:
    until = f"，限{chinese_date(decision.close_by)}前" if decision.close_by else ""
    word = ShutdownKind(decision.kind).label
    return f"{chinese_date(decision.decided_on)}{word}{until}：{sentence(decision.reason)}"


def _decision(reading: Reading, record: Establishment, kind: ShutdownKind) -> ShutdownDecision | None:
    query = select(ShutdownDecision).where(
        ShutdownDecision.establishment_id == record.id, ShutdownDecision.kind == kind
    )
    return reading.session.scalar(query.order_by(ShutdownDecision.id.desc()).limit(1))


def _look_back(reading: Reading, record: Establishment) -> Made | RefusedPaper:
    query = select(LookBack).where(LookBack.establishment_id == record.id).order_by(LookBack.id.desc())
    look = None if reading.is_blank else reading.session.scalar(query.limit(1))
    if look is None and not reading.is_blank:
        return nothing(record, "还没有回头看的记录；要带去现场的空白表，请选“空白”（--by-hand）")
    on = look.looked_on if look else reading.today
    number = f"回头看{look.id}" if look else f"回头看空白表{record.archive_number}"
    return Made(record.id, number, on, _look_back_facts(reading, record, look, number))


def _look_back_facts(
    reading: Reading, record: Establishment, look: LookBack | None, reference: str
) -> "LookBackFacts":
    from printing.documents.look_back_record import LookBackFacts  # ReportLab is slow to load

    wording = reading.wording("look_back_record")
    on = look.looked_on if look else reading.today
    follow_up = (f"已立整改{look.case_id}，另行下达整改文书。",) if look and look.case_id else ()
    return LookBackFacts(
        title=wording.title,
        issuer=reading.profile.office,
        reference=reference,
        party=party_of(reading, record),
        origins=wording.options,
        origin=wording.options[_origin(reading, record, on)],
        basis=(reading.cited(wording.laws, on),),
        looked_on=look.looked_on if look else None,
        inspectors=tuple(look.inspectors) if look else (),
        outcomes=_labels(LookBackOutcome),
        outcome=LookBackOutcome(look.outcome).label if look else None,
        found=(sentence(look.note),) if look and look.note else (),
        follow_up=follow_up,
        note=wording.note,
    )


def _origin(reading: Reading, record: Establishment, on: date) -> int:
    """Return why it was looked at on that day: 0 registered, 1 closed, 2 shut down, 3 anything else."""
    closing = select(ShutdownDecision.kind).where(
        ShutdownDecision.establishment_id == record.id,
        ShutdownDecision.decided_on <= on,
        ShutdownDecision.kind.in_([ShutdownKind.VERIFIED, ShutdownKind.FORCED]),
    )
    kind = reading.session.scalar(closing.order_by(ShutdownDecision.id.desc()).limit(1))
    if kind is not None:
        return 2 if kind == ShutdownKind.FORCED else 1
    papers = select(Paper.id).where(Paper.establishment_id == record.id, Paper.issued_on <= on)
    return 0 if reading.session.scalar(papers.limit(1)) is not None else 3


def _inspection_sheet(reading: Reading, record: Establishment) -> Made | RefusedPaper:
    query = select(Inspection).where(Inspection.establishment_id == record.id)
    newest = query.order_by(Inspection.inspected_on.desc(), Inspection.id.desc()).limit(1)
    visit = None if reading.is_blank else reading.session.scalar(newest)
    if visit is None and not reading.is_blank:
        return nothing(record, "还没有检查过；要带去现场的空白表，请选“空白”（--by-hand）")
    on = visit.inspected_on if visit else reading.today
    number = f"检查{visit.id}" if visit else f"检查空白表{record.archive_number}"
    return Made(record.id, number, on, _sheet_facts(reading, record, visit))


def _sheet_facts(reading: Reading, record: Establishment, visit: Inspection | None) -> "InspectionSheetFacts":
    from printing.documents.inspection_sheet import InspectionSheetFacts  # ReportLab is slow to load

    wording = reading.wording("inspection_sheet")
    found = _found(reading, visit)
    paper = newest_papers(reading.session, [record.id]).get(record.id)
    trade = reading.profile.trade(record.kind)
    return InspectionSheetFacts(
        title=wording.title.format(类别=trade.label),
        issuer=reading.profile.office,
        reference=f"检查{visit.id}" if visit else record.archive_number,
        modes=_labels(InspectionMode),
        mode=InspectionMode(visit.mode).label if visit else None,
        party=party_of(reading, record),
        paper_number=(paper.number,) if paper else (),
        inspected_on=visit.inspected_on if visit else None,
        inspectors=tuple(visit.inspectors) if visit else (),
        told=wording.paragraphs,
        items=_lines(reading, record, visit, found),
        score=_score_words(reading, record, visit, found),
        results=_labels(InspectionResult),
        result=judged(reading, found).label if visit else None,
        found=_found_words(reading, record, found),
        measures=wording.options,
        chosen_measures=_measures(found, wording) if visit else (),
        refusal=_refusal(visit),
        note=wording.note,
        qr_text="" if visit else sheet_code(record.archive_number),
    )


def _refusal(visit: Inspection | None) -> tuple[str, ...]:
    if visit is None or visit.signature != Signature.REFUSED:
        return ()
    return (f"拒绝签名，原因：{visit.refusal_reason}。见证：{visit.witness}。",)


def _found(reading: Reading, visit: Inspection | None) -> tuple[Finding, ...]:
    if visit is None:
        return ()
    query = select(Finding).where(Finding.inspection_id == visit.id).order_by(Finding.id)
    return tuple(reading.session.scalars(query))


def _lines(
    reading: Reading, record: Establishment, visit: Inspection | None, found: Sequence[Finding]
) -> tuple["CheckLine", ...]:
    from printing.documents.inspection_sheet import CheckAnswer, CheckLine  # ReportLab is slow to load

    bad = {finding.item for finding in found}

    def line(code: str, text: str, is_starred: bool) -> CheckLine:
        if visit is None:
            return CheckLine(text, is_starred)
        if code in bad:
            return CheckLine(text, is_starred, CheckAnswer.NO, "见下")
        skipped = code in visit.not_applicable
        return CheckLine(text, is_starred, CheckAnswer.NOT_APPLICABLE if skipped else CheckAnswer.YES)

    return tuple(
        line(item.code, f"{item.text}（{item.score} 分）" if item.score else item.text, item.is_starred)
        for item in reading.profile.items(record.kind)
    )


def _score_words(
    reading: Reading, record: Establishment, visit: Inspection | None, found: Sequence[Finding]
) -> str:
    """Return the score of a visit, or room for it; nothing where the list has no scores."""
    items = reading.profile.items(record.kind)
    if visit is None:
        nothing_known = score_of(items, (), ())
        return f"得分＿＿＿，满分 {nothing_known.of}" if nothing_known else ""
    score = score_of(items, {finding.item for finding in found}, visit.not_applicable)
    return score.words if score is not None else ""


def _found_words(reading: Reading, record: Establishment, found: Sequence[Finding]) -> tuple[str, ...]:
    places = {item.code: place for place, item in enumerate(reading.profile.items(record.kind), start=1)}
    in_order = sorted(found, key=lambda finding: places.get(finding.item, len(places) + 1))
    return tuple(
        (f"第{places[finding.item]}项：" if finding.item in places else "")
        + finding.text.strip().rstrip("。；")
        + ("（已当场改正）。" if finding.is_corrected else "。")
        for finding in in_order
    )


def judged(reading: Reading, found: Sequence[Finding]) -> InspectionResult:
    """Return what an inspection came to, by the limit of the rule pack: the same on every paper of it."""
    starred = {finding.item for finding in found if finding.is_starred}
    general = {finding.item for finding in found} - starred
    limit = reading.wording("inspection_sheet").limit
    return InspectionResult.of(starred=len(starred), general=len(general), limit=limit)


def _measures(found: Sequence[Finding], wording: PaperWording) -> tuple[str, ...]:
    """Return what follows: nothing, put right on the spot, an order; in the order of the rule pack."""
    nothing_to_do, on_the_spot, order, _ = wording.options
    if not found:
        return (nothing_to_do,)
    is_corrected = {finding.is_corrected for finding in found}
    return tuple(word for word, is_so in ((on_the_spot, True), (order, False)) if is_so in is_corrected)


def _labels(kind: type[Labelled]) -> tuple[str, ...]:
    return tuple(one.label for one in kind)


SOURCES: Sources = {
    "shutdown_notice": _source(
        ShutdownDecision,
        ShutdownDecision.decided_on,
        _shutdown_notice,
        ShutdownDecision.kind == ShutdownKind.ORDERED,
    ),
    "shutdown_record": _source(
        ShutdownDecision,
        ShutdownDecision.decided_on,
        _shutdown_record,
        ShutdownDecision.kind == ShutdownKind.FORCED,
    ),
    "look_back_record": _source(LookBack, LookBack.looked_on, _look_back),
    "inspection_sheet": _source(Inspection, Inspection.inspected_on, _inspection_sheet),
}
