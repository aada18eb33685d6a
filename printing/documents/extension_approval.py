"""延期审批表: more time to put right, asked for and approved while the old day has not passed."""

from dataclasses import dataclass, replace
from datetime import date

from printing.case_facts import (
    LONGEST_FINDINGS,
    LONGEST_PARTY,
    SAMPLE_FINDINGS,
    SAMPLE_PARTY,
    Party,
    day_words,
    numbered,
    party_rows,
    require_findings,
    require_party,
)
from printing.document import Document
from printing.geometry import A4
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, pairs, passage
from printing.record_form import draw_form


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """What the form says; what is not decided yet is ``None`` or empty and written by hand."""

    title: str
    issuer: str
    number: str
    party: Party
    findings: tuple[str, ...]
    ordered_on: date
    due_on: date
    times: int
    extended_to: date | None
    reason: tuple[str, ...]
    opinion: tuple[str, ...]
    approved_by: tuple[str, ...]
    approved_on: date | None
    note: str = ""


def draw(page: Page, facts: ExtensionFacts) -> None:
    """Draw the form; operator, official in charge and approver sign by hand."""
    require_party(page, facts.party)
    require_findings(page, facts.findings)
    rows = (
        *party_rows(facts.party),
        pairs(("下达日期", day_words(facts.ordered_on)), ("原定期限", day_words(facts.due_on))),
        passage("整改内容", *numbered(facts.findings), height=20),
        pairs(("延期至", day_words(facts.extended_to)), ("第几次延期", f"第{facts.times}次")),
        Row((Label("延期原因"), Signing(facts.reason, ("申请人（签名）：",), about="延期原因")), 38),
        Row((Label("经办人意见"), Signing(signatures=("经办人（签名）：",))), 34),
        Row(
            (
                Label("审批意见"),
                Signing(
                    (*facts.opinion, *(f"批准人：{name}" for name in facts.approved_by)),
                    ("审批人（签名）：",),
                    facts.approved_on,
                    about="审批意见",
                ),
            ),
            38,
        ),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.number, rows, facts.note))


_SAMPLE = ExtensionFacts(
    title="整改延期审批表",
    issuer="金城镇食品安全委员会办公室",
    number="金食安办告〔2018〕12号",
    party=SAMPLE_PARTY,
    findings=SAMPLE_FINDINGS,
    ordered_on=date(2018, 6, 8),
    due_on=date(2018, 6, 29),
    times=1,
    extended_to=date(2018, 7, 13),
    reason=("原料间地面重做防潮层，养护期未满，请求延长整改期限。",),
    opinion=("同意延期至2018年7月13日。",),
    approved_by=("周立春",),
    approved_on=date(2018, 6, 27),
    note="延期只能在整改期限届满以前批准；期限届满当日仍在期限以内。",
)

DOCUMENT = Document(
    code="extension_approval",
    title="整改延期审批表",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办告〔2018〕1200号",
        party=LONGEST_PARTY,
        findings=LONGEST_FINDINGS,
        times=2,
        extended_to=date(2018, 12, 28),
        reason=("原料间地面重做防潮层，养护期未满；新订购的离地货架因厂家停产延期交货。" * 4,),
        opinion=("同意延期至2018年12月28日。",),
        approved_by=("阿卜杜喀迪尔·阿卜杜热合曼江",),
    ),
    draw=draw,
)
