"""复查记录: whether what was ordered has been put right, seen by two."""

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
from printing.record_cells import Form, Label, Row, Signing, Ticks, pairs, passage
from printing.record_form import draw_form

_OPEN = Ticks(("已改", "未改"), width=38)
_DONE = Ticks(("已改", "未改"), ("已改",), width=38)


@dataclass(frozen=True, slots=True)
class ReinspectionFacts:
    """What the record says; without ``checked_on`` it is taken along and filled in by hand.

    The state of each finding is ticked on the spot, unless all were mended; ``result`` and ``opinion`` are
    of ``results`` and ``opinions``, and empty where nobody has decided.
    """

    title: str
    issuer: str
    number: str
    party: Party
    findings: tuple[str, ...]
    due_on: date | None
    checked_on: date | None
    inspectors: tuple[str, ...]
    results: tuple[str, ...]
    result: str | None
    opinions: tuple[str, ...]
    opinion: str | None
    found: tuple[str, ...]
    note: str = ""
    is_all_mended: bool = False


def draw(page: Page, facts: ReinspectionFacts) -> None:
    """Draw the record; the inspectors and the operator sign by hand."""
    require_party(page, facts.party)
    require_findings(page, facts.findings)
    require(page, ("复查结果", "".join(facts.results)), ("处理意见", "".join(facts.opinions)))
    if facts.checked_on is not None:
        require(page, ("复查人", "".join(facts.inspectors)), ("复查结果", facts.result or ""))
    refused = Signing(signatures=("被检查人（签名）：", "拒绝签名的原因：", "见证人（签名）："))
    rows = (
        *party_rows(facts.party),
        pairs(("复查日期", day_words(facts.checked_on)), ("整改期限", day_words(facts.due_on))),
        passage("复查人", "、".join(facts.inspectors)),
        *finding_rows(facts.findings, ("是否改好", 38), cell=_DONE if facts.is_all_mended else _OPEN),
        Row((Label("复查结果"), Ticks(facts.results, (facts.result,) if facts.result else ()))),
        passage("复查情况", *facts.found, height=22),
        Row((Label("处理意见"), Ticks(facts.opinions, (facts.opinion,) if facts.opinion else ()))),
        Row((Label("签名"), Signing(signatures=("复查人1：", "复查人2：")), refused)),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.number, rows, facts.note))


_SAMPLE = ReinspectionFacts(
    title="整改复查记录",
    issuer="金城镇食品安全委员会办公室",
    number="金食安办告〔2018〕12号",
    party=SAMPLE_PARTY,
    findings=SAMPLE_FINDINGS,
    due_on=date(2018, 6, 29),
    checked_on=date(2018, 6, 28),
    inspectors=("陈国华", "何玉珍"),
    results=("合格", "部分合格", "不合格"),
    result="合格",
    opinions=("报请销号", "再次责令整改", "挂账督办", "移送处理"),
    opinion="报请销号",
    found=("地面已硬化，原料离地存放；消泡剂专柜存放，记录齐全；从业人员已换新的健康证明。",),
    note="复查由2名以上人员进行，并出示证件。本记录一式两份，一份交被检查人，一份存档。",
    is_all_mended=True,
)

DOCUMENT = Document(
    code="reinspection_record",
    title="整改复查记录",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办告〔2018〕1200号",
        party=LONGEST_PARTY,
        findings=LONGEST_FINDINGS,
        due_on=date(2018, 12, 28),
        checked_on=date(2018, 12, 27),
        inspectors=("阿卜杜喀迪尔·阿卜杜热合曼江", "买买提·艾力", "欧阳㛃", "朱𠮷生"),
        result="部分合格",
        opinion="再次责令整改",
        is_all_mended=False,
        found=("地面已硬化，原料离地存放；消泡剂专柜存放，记录不齐；从业人员仍无健康证明。" * 5,),
    ),
    draw=draw,
)
