"""The records of a case: extension, reinspection, closing out, and the letter that hands it over."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from desktop.domain.lifecycle import CheckResult, Stage
from desktop.domain.paperwork import filled
from desktop.domain.rectification import CaseStep
from desktop.models.rectification import InspectionPhoto, LookBack, RectificationStep
from desktop.services.papers.case_reading import (
    CaseFile,
    asked,
    cases,
    family_of,
    party_then,
    sentence,
    steps_wanted,
)
from desktop.services.papers.order_papers import around_list
from desktop.services.papers.papers import RefusedPaper
from desktop.services.papers.sources import Made, Reading, Source, Sources
from printing.wording import chinese_date

if TYPE_CHECKING:
    from printing.documents.closing_out_approval import ClosingOutFacts
    from printing.documents.extension_approval import ExtensionFacts
    from printing.documents.reinspection_record import ReinspectionFacts
    from printing.documents.transfer_letter import TransferFacts

_OPINION_OF = {
    CaseStep.CLOSED_OUT: 0,
    CaseStep.ORDERED: 1,
    CaseStep.SUPERVISED: 2,
    CaseStep.TRANSFERRED: 3,
}
"""Which option of the rule pack a step after a reinspection is."""

_TOLD = {
    CaseStep.EXTENDED: "延期",
    CaseStep.REINSPECTED: "复查",
    CaseStep.SUPERVISED: "挂账督办",
}


def _extensions(reading: Reading, files: Sequence[CaseFile]) -> Sequence[Made | RefusedPaper]:
    """Make the approval of the newest extension; blank, the form on which one is asked for."""
    made: list[Made | RefusedPaper] = []
    for file in files:
        step = asked(reading, file, CaseStep.EXTENDED)
        if not file.orders:
            made.append(file.refuse(f"{file.reference}还没有下达整改文书，没有期限可延"))
        elif step is None and not reading.is_blank:
            made.append(
                file.refuse(f"{file.reference}没有批准过延期；要空白的申请表，请选“空白”（--by-hand）")
            )
        else:
            on = step.done_on if step else reading.today
            number = f"{file.reference}延期{step.id if step else '申请'}"
            made.append(Made(file.record.id, number, on, _extension(reading, file, step)))
    return made


def _extension(reading: Reading, file: CaseFile, step: RectificationStep | None) -> "ExtensionFacts":
    from printing.documents.extension_approval import ExtensionFacts  # ReportLab is slow to load

    file = file.before(step.id) if step is not None else file
    wording, order = reading.wording("extension_approval"), file.orders[-1]
    times = sum(one.step == CaseStep.EXTENDED for one in file.steps) + 1
    until = step.new_due_on if step else None
    due_on = (step.old_due_on if step else file.case.due_on) or order.due_on
    words = {"延期至": chinese_date(until) if until else ""}
    return ExtensionFacts(
        title=wording.title,
        issuer=family_of(reading, order.family).issuer,
        number=order.number,
        party=party_then(reading, file, order),
        findings=file.said,
        ordered_on=order.ordered_on,
        due_on=due_on,
        times=times,
        extended_to=until,
        # The step keeps the days and who approved after the reason; the form has places of its own for them.
        reason=(sentence(step.note.split(f"（{step.old_due_on} 延至")[0]),) if step else (),
        opinion=filled(wording.paragraphs, words, {}) if step else (),
        approved_by=(step.entered_by,) if step else (),
        approved_on=step.done_on if step else None,
        note=wording.note,
    )


def _reinspections(reading: Reading, files: Sequence[CaseFile]) -> Sequence[Made | RefusedPaper]:
    """Make the record of the newest reinspection; blank, the one to take along to the next."""
    made: list[Made | RefusedPaper] = []
    for file in files:
        step = asked(reading, file, CaseStep.REINSPECTED)
        if step is None and not reading.is_blank:
            made.append(
                file.refuse(f"{file.reference}还没有复查过；要带去现场的空白表，请选“空白”（--by-hand）")
            )
            continue
        on = step.done_on if step else reading.today
        number = f"{file.reference}复查{step.id if step else '空白表'}"
        made.append(Made(file.record.id, number, on, _reinspection(reading, file, step)))
    return made


def _reinspection(reading: Reading, file: CaseFile, step: RectificationStep | None) -> "ReinspectionFacts":
    from printing.documents.reinspection_record import ReinspectionFacts  # ReportLab is slow to load

    wording = reading.wording("reinspection_record")
    left = [one for one in file.findings if step is not None and one.id in step.unmet]
    notes = [f"未改好的：{'；'.join(one.text.rstrip('。') for one in left)}"] if left else []
    notes += [step.note] if step and step.note else []
    whole, file = file, file.before(step.id) if step is not None else file
    result = CheckResult(step.result) if step and step.result else None
    return ReinspectionFacts(
        title=wording.title,
        issuer=family_of(reading, file.orders[-1].family if file.orders else file.case.family).issuer,
        number=file.last_number,
        party=party_then(reading, file, file.orders[-1] if file.orders else None),
        findings=file.said,
        due_on=file.due_on,
        checked_on=step.done_on if step else None,
        inspectors=tuple(step.people) if step else (),
        results=tuple(one.label for one in CheckResult),
        result=result.label if result else None,
        opinions=wording.options,
        opinion=_followed(whole, step, wording.options) if step else None,
        is_all_mended=result is CheckResult.GOOD,
        found=tuple(map(sentence, notes)),
        note=wording.note,
    )


def _followed(file: CaseFile, checked: RectificationStep, opinions: Sequence[str]) -> str | None:
    """Return what was decided after a reinspection; nothing where nobody has decided yet."""
    if checked.result == CheckResult.GOOD:
        return opinions[_OPINION_OF[CaseStep.CLOSED_OUT]]
    later = (one for one in file.steps if one.id > checked.id)
    kinds = (CaseStep(one.step) for one in later)
    decided = next((kind for kind in kinds if kind in _OPINION_OF or kind is CaseStep.REINSPECTED), None)
    return opinions[_OPINION_OF[decided]] if decided in _OPINION_OF else None


def _closings(reading: Reading, files: Sequence[CaseFile]) -> Sequence[Made | RefusedPaper]:
    """Make the form on which a case is closed out, signed for or waiting for its approval."""
    made: list[Made | RefusedPaper] = []
    for file in files:
        checked = file.last(CaseStep.REINSPECTED)
        if checked is None or checked.result != CheckResult.GOOD or file.stage is Stage.TRANSFERRED:
            made.append(file.refuse(f"{file.reference}还没有复查合格，不能报请销号；请先复查"))
            continue
        closed = file.last(CaseStep.CLOSED_OUT)
        number = f"{file.reference}{'销号' if closed else '报请销号'}"
        on = closed.done_on if closed else reading.today
        made.append(Made(file.record.id, number, on, _closing(reading, file, checked, closed)))
    return made


def _closing(
    reading: Reading, file: CaseFile, checked: RectificationStep, closed: RectificationStep | None
) -> "ClosingOutFacts":
    from printing.documents.closing_out_approval import ClosingOutFacts  # ReportLab is slow to load

    wording = reading.wording("closing_out_approval")
    words = {"批准人": closed.entered_by if closed else ""}
    result = CheckResult.GOOD.label
    return ClosingOutFacts(
        title=wording.title,
        issuer=family_of(reading, file.case.family).issuer,
        reference=file.reference,
        party=party_then(reading, file, file.orders[-1] if file.orders else None),
        findings=file.said,
        found_on=min(finding.found_on for finding in file.findings),
        orders=tuple(
            f"{one.number}，{chinese_date(one.ordered_on)}下达，限{chinese_date(one.due_on)}前"
            for one in file.orders
        ),
        due_on=file.case.due_on,
        checked_on=checked.done_on,
        inspectors=tuple(checked.people),
        result=(f"{result}。{sentence(checked.note)}" if checked.note else f"{result}。",),
        opinion=filled(wording.paragraphs, words, {}) if closed else (),
        approved_on=closed.done_on if closed else None,
        note=wording.note,
    )


def _transfers(reading: Reading, files: Sequence[CaseFile]) -> Sequence[Made | RefusedPaper]:
    """Make the letter of a transfer; one that passed over into a shutdown went to nobody."""
    made: list[Made | RefusedPaper] = []
    for file in files:
        step = file.last(CaseStep.TRANSFERRED)
        if step is None or not step.number:
            made.append(file.refuse(f"{file.reference}没有移送给别的单位，没有移送单"))
            continue
        made.append(Made(file.record.id, step.number, step.done_on, _transfer(reading, file, step)))
    return made


def _transfer(reading: Reading, file: CaseFile, step: RectificationStep) -> "TransferFacts":
    from printing.documents.transfer_letter import TransferFacts  # ReportLab is slow to load

    office = reading.profile.office
    party = party_then(reading, file, file.orders[-1] if file.orders else None)
    is_named = party.operator not in party.name
    words = {
        "当事人": f"{party.name}（经营者{party.operator}）" if is_named else party.name,
        "地址": party.address,
        "经过": _course(file, step),
        "附件": "、".join(_enclosed(reading, file, step)) or "无",
        "联系单位": office,
    }
    wording = reading.wording("transfer_letter")
    before, after = around_list(reading, "transfer_letter", words)
    return TransferFacts(
        letterhead=office,
        number=step.number,
        title=wording.title,
        addressee=step.addressee,
        opening="".join(before),
        findings=file.said,
        history=after[:1],
        closing=after[1:],
        issuer=office,
        issued_on=step.done_on,
        receipt_label=wording.note,
        receipt_date_label="接收日期：",
    )


def _enclosed(reading: Reading, file: CaseFile, transferred: RectificationStep) -> Iterator[str]:
    """Yield what goes along with the letter: what there was when it was written, and nothing else."""
    file = file.before(transferred.id)
    visits = {finding.inspection_id for finding in file.findings}
    if visits != {None}:
        yield "检查记录"
    looked = exists().where(LookBack.case_id == file.case.id)  # it opened the case: it was before all of it
    if reading.session.scalar(select(looked)):
        yield "“回头看”记录"
    if file.orders:
        yield "整改文书"
    if file.last(CaseStep.REINSPECTED) is not None:
        yield "复查记录"
    taken = exists().where(
        InspectionPhoto.inspection_id.in_(visits - {None}),
        InspectionPhoto.entered_at <= transferred.entered_at,
    )
    if reading.session.scalar(select(taken)):
        yield "照片"


def _course(file: CaseFile, transferred: RectificationStep) -> str:
    """Tell in one sentence what was ordered and what came of it, and why it is handed over."""
    told = [
        (
            file.step_of(order).id,
            f"{chinese_date(order.ordered_on)}以{order.number}要求整改，限{chinese_date(order.due_on)}前",
        )
        for order in file.orders
    ]
    for step in file.steps:
        word = _TOLD.get(CaseStep(step.step))
        if word is not None and step.id < transferred.id:
            result = CheckResult(step.result).label if step.result else ""
            until = f"至{chinese_date(step.new_due_on)}" if step.new_due_on else ""
            told.append((step.id, f"{chinese_date(step.done_on)}{word}{until}{result}"))
    parts = [words for _, words in sorted(told)]
    return "；".join([*parts, f"移送原因：{sentence(transferred.note)}"])


SOURCES: Sources = {
    "extension_approval": Source(_extensions, partial(steps_wanted, CaseStep.EXTENDED), cases),
    "reinspection_record": Source(_reinspections, partial(steps_wanted, CaseStep.REINSPECTED), cases),
    "closing_out_approval": Source(_closings, partial(steps_wanted, CaseStep.CLOSED_OUT), cases),
    "transfer_letter": Source(_transfers, partial(steps_wanted, CaseStep.TRANSFERRED), cases),
}
