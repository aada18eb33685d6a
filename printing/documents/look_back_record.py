"""回头看记录: do the registered keep the norm, do the closed stay closed? Seen by two (DOMAIN.md §4.8)."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
from printing.case_facts import LONGEST_PARTY, SAMPLE_PARTY, Party, day_words, party_rows, require_party
from printing.document import Document
from printing.geometry import A4
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, Ticks, pairs, passage
from printing.record_form import draw_form


@dataclass(frozen=True, slots=True)
class LookBackFacts:
    """What the record says; without ``looked_on`` it is taken along and filled in by hand."""

    title: str
    issuer: str
    reference: str
    party: Party
    origins: tuple[str, ...]
    origin: str | None
    basis: tuple[str, ...]
    looked_on: date | None
    inspectors: tuple[str, ...]
    outcomes: tuple[str, ...]
    outcome: str | None
    found: tuple[str, ...]
    follow_up: tuple[str, ...]
    note: str = ""


def draw(page: Page, facts: LookBackFacts) -> None:
    """Draw the record; whoever looked and the operator sign by hand."""
    require_party(page, facts.party)
    require(page, ("对象来源", "".join(facts.origins)), ("结论", "".join(facts.outcomes)))
    if facts.looked_on is not None:
        require(page, ("检查人", "".join(facts.inspectors)), ("结论", facts.outcome or ""))
    refused = Signing(signatures=("被检查人（签名）：", "拒绝签名的原因：", "见证人（签名）："))
    rows = (
        *party_rows(facts.party),
        Row((Label("对象来源"), Ticks(facts.origins, (facts.origin,) if facts.origin else ()))),
        passage("依据", *facts.basis),
        pairs(("检查日期", day_words(facts.looked_on)), ("检查人", "、".join(facts.inspectors)), width=62),
        Row((Label("结论"), Ticks(facts.outcomes, (facts.outcome,) if facts.outcome else ())), 11),
        passage("发现情况", *facts.found, height=44),
        passage("后续处理", *facts.follow_up, height=24),
        Row((Label("签名"), Signing(signatures=("检查人1：", "检查人2：")), refused)),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.reference, rows, facts.note))


_SAMPLE = LookBackFacts(
    title="“回头看”检查记录",
    issuer="金城镇食品安全委员会办公室",
    reference="回头看3",
    party=SAMPLE_PARTY,
    origins=("已登记", "已关停", "已取缔", "其他"),
    origin="已登记",
    basis=("《金城镇专项整治工作方案（2018）》五（三）",),
    looked_on=date(2019, 7, 16),
    inspectors=("陈国华", "何玉珍"),
    outcomes=("保持良好", "出现反弹", "死灰复燃", "已搬迁", "已转行"),
    outcome="出现反弹",
    found=("原料间又有豆料落地堆放，消泡剂使用记录中断一个月。",),
    follow_up=("已立整改212，另行下达整改文书。",),
    note="检查由2名以上人员进行。本记录一式两份，一份交被检查人，一份存档。",
)

DOCUMENT = Document(
    code="look_back_record",
    title="“回头看”检查记录",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        reference="回头看100000",
        party=LONGEST_PARTY,
        origin="已取缔",
        inspectors=("阿卜杜喀迪尔·阿卜杜热合曼江", "买买提·艾力", "欧阳㛃"),
        outcome="死灰复燃",
        found=("原料间又有豆料落地堆放，消泡剂使用记录中断一个月，无证生产豆制品。" * 12,),
        follow_up=("已立整改100212，另行下达整改文书；同时报告辖区政府，抄告市场监督管理局。" * 3,),
    ),
    draw=draw,
)
