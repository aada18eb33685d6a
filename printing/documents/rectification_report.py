"""整改情况报告: the operator's own form to say how each problem was put right."""

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
    finding_rows,
    party_rows,
    require_findings,
    require_party,
)
from printing.document import Document
from printing.geometry import A4
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, pairs
from printing.record_form import draw_form


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What stands on the form before the operator fills it in."""

    title: str
    issuer: str
    number: str
    party: Party
    findings: tuple[str, ...]
    addressee: tuple[str, ...]
    due_on: date
    statement: tuple[str, ...]
    note: str = ""


def draw(page: Page, facts: ReportFacts) -> None:
    """Draw the form; what was done about each problem, and when, is written by hand."""
    require_party(page, facts.party)
    require_findings(page, facts.findings)
    require(page, ("报送单位", "".join(facts.addressee)), ("声明", "".join(facts.statement)))
    rows = (
        *party_rows(facts.party),
        pairs(("报送", "".join(facts.addressee)), ("整改期限", day_words(facts.due_on))),
        *finding_rows(facts.findings, ("整改措施", 62), ("完成日期", 26)),
        Row((Label("其他说明"), Signing()), 20),
        Row((Label("报告人"), Signing(facts.statement, ("经营者（签名）：",), about="声明")), 34),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.number, rows, facts.note))


_SAMPLE = ReportFacts(
    title="整改情况报告",
    issuer="报告人：石桥张记豆制品作坊",
    number="金食安办告〔2018〕12号",
    party=SAMPLE_PARTY,
    findings=SAMPLE_FINDINGS,
    addressee=("金城镇食品安全委员会办公室",),
    due_on=date(2018, 6, 29),
    statement=("以上整改情况属实，请予复查。",),
    note="整改前后的照片、购置凭证、健康证明复印件等附在后面。",
)

DOCUMENT = Document(
    code="rectification_report",
    title="整改情况报告",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        issuer="报告人：阿卜杜喀迪尔·阿卜杜热合曼江",
        number="金坛金城食安办告〔2018〕1200号",
        party=LONGEST_PARTY,
        findings=LONGEST_FINDINGS,
        addressee=("常州市金坛区金城镇食品安全委员会办公室",),
        due_on=date(2018, 12, 28),
    ),
    draw=draw,
)
