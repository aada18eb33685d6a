"""The papers around an order: the notice or the order itself, its receipt, the operator's report."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.paperwork import LISTS_OF, filled, review_body
from desktop.domain.profile import NoticeFamily
from desktop.domain.rectification import CaseStep
from desktop.models.rectification import RectificationOrder
from desktop.services.papers.case_reading import (
    CaseFile,
    cases,
    family_of,
    orders_wanted,
    party_then,
    sentence,
    signed_family,
)
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources
from printing.wording import chinese_date

if TYPE_CHECKING:
    from printing.documents.correction_order import CorrectionFacts
    from printing.documents.rectification_notice import NoticeFacts
    from printing.documents.rectification_report import ReportFacts
    from printing.documents.service_receipt import ServiceReceiptFacts

_Facts = Callable[[Reading, CaseFile, RectificationOrder, NoticeFamily], object]
CODE_OF_FAMILY = {"township": "rectification_notice", "market": "correction_order"}
"""The paper in which each family gives its order."""


def _order_source(family_code: str, facts: _Facts) -> Source:
    """Return how the orders of one family become paper; only who may sign for it may print them."""

    def holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
        return orders_wanted(reading, wanted, family_code)

    def make(reading: Reading, files: Sequence[CaseFile]) -> Sequence[Made | RefusedPaper]:
        family = signed_family(reading, family_code)
        made: list[Made | RefusedPaper] = []
        for file in files:
            orders = [order for order in file.orders if order.family == family_code]
            if not orders:
                made.append(file.refuse(f"{file.reference}没有下达过《{family.notice_title}》，没有可打印的"))
            for order in _meant(reading, orders, ""):
                said = facts(reading, file, order, family)
                made.append(Made(file.record.id, order.number, order.ordered_on, said))
        return made

    return Source(make, holders, cases)


def _beside_source(suffix: str, facts: _Facts) -> Source:
    """Return how a paper that goes along with the newest order is made; its name follows the number."""

    def holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
        numbers = tuple(number.removesuffix(suffix) for number in wanted.numbers)
        return orders_wanted(reading, replace(wanted, numbers=numbers))

    def make(reading: Reading, files: Sequence[CaseFile]) -> Sequence[Made | RefusedPaper]:
        made: list[Made | RefusedPaper] = []
        for file in files:
            if not file.orders:
                made.append(file.refuse(f"{file.reference}还没有下达整改文书；请先责令整改"))
            for order in _meant(reading, file.orders, suffix):
                said = facts(reading, file, order, family_of(reading, order.family))
                made.append(Made(file.record.id, f"{order.number}{suffix}", order.ordered_on, said))
        return made

    return Source(make, holders, cases)


def _meant(
    reading: Reading, orders: Sequence[RectificationOrder], suffix: str
) -> Sequence[RectificationOrder]:
    """Return the orders that were asked for by number or day; else the newest one."""
    wanted = reading.wanted
    if wanted.numbers:
        return [order for order in orders if f"{order.number}{suffix}" in wanted.numbers]
    if wanted.issued_on is not None:
        return [order for order in orders if order.ordered_on == wanted.issued_on]
    return orders[-1:]


def _notice(
    reading: Reading, file: CaseFile, order: RectificationOrder, family: NoticeFamily
) -> "NoticeFacts":
    from printing.documents.rectification_notice import NoticeFacts  # ReportLab is slow to load

    given = file.step_of(order).id
    checked, file = file.last(CaseStep.REINSPECTED, before=given), file.as_of(given)
    words = {
        "检查日": chinese_date(checked.done_on) if checked else _days(file),
        "检查": "复查" if checked else "检查",
        "发现": "仍有" if checked else "发现",
        "期限": chinese_date(order.due_on),
        "联系单位": family.contact or family.issuer,
    }
    before, after = around_list(reading, "rectification_notice", words)
    party = party_then(reading, file, order)
    is_named = party.operator not in party.name
    return NoticeFacts(
        letterhead=family.issuer,
        number=order.number,
        title=family.notice_title,
        addressee=f"{party.operator}（{party.name}）" if is_named else party.name,
        opening="".join(before),
        findings=file.said,
        closing=after,
        issuer=family.issuer,
        issued_on=order.ordered_on,
        copies_to=(family.copy_to,) if family.copy_to else (),
    )


def _order(
    reading: Reading, file: CaseFile, order: RectificationOrder, family: NoticeFamily
) -> "CorrectionFacts":
    from printing.documents.correction_order import CorrectionFacts  # ReportLab is slow to load

    given = file.step_of(order).id
    checked, file = file.last(CaseStep.REINSPECTED, before=given), file.as_of(given)
    kind, on = file.record.kind, order.ordered_on
    breaches = [reading.profile.breach(finding.item, kind) for finding in file.findings]
    wording = reading.wording("correction_order")
    for law in wording.laws[1:]:
        reading.cited((law,), on)  # remedies that no law in force gives must not be promised
    words = {
        "检查日": chinese_date(checked.done_on) if checked else _days(file),
        "行为": sentence("；".join(one.rstrip("。") for one in file.said)),
        "违反": reading.cited(tuple(dict.fromkeys(law for one in breaches for law in one.breaks)), on),
        "依据": reading.cited(wording.laws[:1], on),
        "期限": chinese_date(order.due_on),
        "后果": reading.cited(tuple(dict.fromkeys(law for one in breaches for law in one.consequences)), on),
        "复议机关": review_body(family.reviews, on),
        "联系单位": family.contact or family.issuer,
    }
    before, after = around_list(reading, "correction_order", words)
    party = party_then(reading, file, order)
    items = {item.code: item.text for item in reading.profile.items(kind)}
    demands = (
        sentence(
            breach.demand.format(要求=items.get(finding.item, finding.text), 问题=finding.text.rstrip("。"))
        )
        for breach, finding in zip(breaches, file.findings, strict=True)
    )
    is_named = party.operator not in party.name
    return CorrectionFacts(
        office=family.issuer,
        title=family.notice_title,
        number=order.number,
        party=(f"{party.name}（经营者：{party.operator}）" if is_named else party.name,),
        address=(party.address,),
        found=before[:-1],
        order=before[-1:],
        points=tuple(dict.fromkeys(demands)),
        closing=after,
        issuer=family.issuer,
        issued_on=order.ordered_on,
        copies=wording.note,
    )


def _receipt(
    reading: Reading, file: CaseFile, order: RectificationOrder, family: NoticeFamily
) -> "ServiceReceiptFacts":
    from printing.documents.service_receipt import ServiceReceiptFacts  # ReportLab is slow to load

    wording = reading.wording("service_receipt")
    served = file.served(order)
    how = served.note if served is not None else ""
    ways = [way for way in wording.options if way in how or how in way] if how else []
    party = party_then(reading, file, order)
    return ServiceReceiptFacts(
        title=wording.title,
        issuer=family.issuer,
        reference=order.number,
        party=party,
        papers=(f"{family.notice_title}（{order.number}）",),
        place=(party.address,),
        ways=wording.options,
        way=ways[0] if len(ways) == 1 else None,
        served_on=served.done_on if served is not None else None,
        remark=(f"送达方式：{how}",) if how and ways != [how] else (),
        note=wording.note,
    )


def _report(
    reading: Reading, file: CaseFile, order: RectificationOrder, family: NoticeFamily
) -> "ReportFacts":
    from printing.documents.rectification_report import ReportFacts  # ReportLab is slow to load

    wording = reading.wording("rectification_report")
    party = party_then(reading, file, order)
    return ReportFacts(
        title=wording.title,
        issuer=f"报告人：{party.operator}",
        number=order.number,
        party=party,
        findings=file.said,
        addressee=(family.issuer,),
        due_on=file.case.due_on or order.due_on,
        statement=wording.paragraphs,
        note=wording.note,
    )


def around_list(
    reading: Reading, code: str, words: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs before and after the list that a letter draws in points, filled in."""
    paragraphs = reading.wording(code).paragraphs
    place = paragraphs.index(f"{{{LISTS_OF[code]}}}")
    return filled(paragraphs[:place], words, {}), filled(paragraphs[place + 1 :], words, {})


def _days(file: CaseFile) -> str:
    """Return the days on which things were found, each once."""
    days: list[date] = sorted({finding.found_on for finding in file.findings})
    return "、".join(map(chinese_date, days))


SOURCES: Sources = {
    "rectification_notice": _order_source("township", _notice),
    "correction_order": _order_source("market", _order),
    "service_receipt": _beside_source("送达回证", _receipt),
    "rectification_report": _beside_source("整改情况报告", _report),
}
