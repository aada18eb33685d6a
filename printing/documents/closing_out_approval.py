"""销号审批表: a case is closed out by a second person, on the grounds of its whole history."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
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
from printing.wording import NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class ClosingOutFacts:
    """What the form says; before the closing out ``opinion`` is empty and ``approved_on`` is ``None``."""

    title: str
    issuer: str
    reference: str
    party: Party
    findings: tuple[str, ...]
    found_on: date
    orders: tuple[str, ...]
    due_on: date | None
    checked_on: date
    inspectors: tuple[str, ...]
    result: tuple[str, ...]
    opinion: tuple[str, ...]
    approved_on: date | None
    note: str = ""


def draw(page: Page, facts: ClosingOutFacts) -> None:
    """Draw the form; the official in charge and the approver sign by hand."""
    require_party(page, facts.party)
    require_findings(page, facts.findings)
    require(page, ("复查人", "".join(facts.inspectors)), ("复查结果", "".join(facts.result)))
    rows = (
        *party_rows(facts.party),
        pairs(
            ("发现日期", day_words(facts.found_on)), ("整改期限", day_words(facts.due_on) or NOT_APPLICABLE)
        ),
        passage("问题", *numbered(facts.findings), height=26),
        passage("整改文书", *(facts.orders or (NOT_APPLICABLE,)), height=12),
        pairs(("复查日期", day_words(facts.checked_on)), ("复查人", "、".join(facts.inspectors)), width=62),
        passage("复查结果", *facts.result, height=20),
        Row((Label("经办人意见"), Signing(signatures=("经办人（签名）：",))), 34),
        Row(
            (
                Label("审批意见"),
                Signing(facts.opinion, ("审批人（签名）：",), facts.approved_on, about="审批意见"),
            ),
            38,
        ),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.reference, rows, facts.note))


_SAMPLE = ClosingOutFacts(
    title="整改销号审批表",
    issuer="金城镇食品安全委员会办公室",
    reference="整改12",
    party=SAMPLE_PARTY,
    findings=SAMPLE_FINDINGS,
    found_on=date(2018, 6, 5),
    orders=("金食安办告〔2018〕12号，2018年6月8日下达，限2018年6月29日前",),
    due_on=date(2018, 6, 29),
    checked_on=date(2018, 6, 28),
    inspectors=("陈国华", "何玉珍"),
    result=("合格。地面已硬化，原料离地存放；消泡剂专柜存放，记录齐全。",),
    opinion=("同意销号。批准人：周立春",),
    approved_on=date(2018, 6, 29),
    note="销号由没有参加本次复查的人审批；整改一个，销号一个，巩固一个。",
)

DOCUMENT = Document(
    code="closing_out_approval",
    title="整改销号审批表",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        reference="整改100000",
        party=LONGEST_PARTY,
        findings=LONGEST_FINDINGS,
        orders=tuple(
            f"金坛金城食安办告〔2018〕{number}号，2018年11月8日下达，限2018年12月28日前"
            for number in (1200, 1201, 1202)
        ),
        due_on=date(2018, 12, 28),
        inspectors=("阿卜杜喀迪尔·阿卜杜热合曼江", "买买提·艾力", "欧阳㛃", "朱𠮷生"),
        result=("合格。" + "地面已硬化，原料离地存放；消泡剂专柜存放，记录齐全。" * 5,),
        opinion=("同意销号。批准人：阿卜杜喀迪尔·阿卜杜热合曼江",),
        approved_on=date(2018, 12, 29),
    ),
    draw=draw,
)
