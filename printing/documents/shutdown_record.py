"""取缔记录: the authority's decision, its paper, and what was done on the spot."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
from printing.case_facts import LONGEST_PARTY, SAMPLE_PARTY, Party, day_words, party_rows, require_party
from printing.document import Document
from printing.geometry import A4
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, Ticks, pairs, passage
from printing.record_form import draw_form
from printing.wording import NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class ShutdownRecordFacts:
    """What the record says; the authority and the basis are the rule pack's, the paper is the authority's."""

    title: str
    issuer: str
    reference: str
    party: Party
    authority: tuple[str, ...]
    document: tuple[str, ...]
    decided_on: date
    basis: tuple[str, ...]
    reason: tuple[str, ...]
    before: tuple[str, ...]
    measures: tuple[str, ...]
    note: str = ""


def draw(page: Page, facts: ShutdownRecordFacts) -> None:
    """Draw the record; measures are ticked, and people sign, on the spot."""
    require_party(page, facts.party)
    require(page, ("决定机关", "".join(facts.authority)), ("决定文书", "".join(facts.document)))
    require(page, ("理由", "".join(facts.reason)))
    refused = Signing(signatures=("当事人（签名）：", "拒绝签名的原因：", "见证人（签名）："))
    rows = (
        *party_rows(facts.party),
        pairs(("决定机关", "".join(facts.authority)), ("决定日期", day_words(facts.decided_on))),
        passage("决定文书", *facts.document, height=11),
        passage("依据", *facts.basis, height=11),
        passage("理由", *facts.reason, height=22),
        passage("此前经过", *(facts.before or (NOT_APPLICABLE,)), height=22),
        Row((Label("现场措施"), Ticks(facts.measures)), 12),
        Row((Label("现场情况"), Signing()), 34),
        Row((Label("签名"), Signing(signatures=("执行人1：", "执行人2：")), refused)),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.reference, rows, facts.note))


_SAMPLE = ShutdownRecordFacts(
    title="取缔记录",
    issuer="金城镇食品安全委员会办公室",
    reference="取缔3",
    party=SAMPLE_PARTY,
    authority=("常州市金坛区人民政府",),
    document=("坛政取决〔2018〕7号",),
    decided_on=date(2018, 11, 20),
    basis=("《金城镇专项整治工作方案（2018）》五（二）2",),
    reason=("整改期满拒不整改，经限期关停仍在生产。",),
    before=("2018年9月3日限期关停，限2018年10月8日前停止生产经营。",),
    measures=("停止生产经营", "清理设备工具", "清理原料成品", "拆除招牌", "张贴公告"),
    note="取缔决定由决定机关作出，本记录不代替决定文书；登记证（卡）同时注销。",
)

DOCUMENT = Document(
    code="shutdown_record",
    title="取缔记录",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        reference="取缔100000",
        party=LONGEST_PARTY,
        document=("常州市金坛区人民政府关于取缔金城镇石桥村等无证食品小作坊的决定（坛政取决〔2018〕700号）",),
        reason=("整改期满拒不整改，经限期关停仍在生产，产品流入农贸市场和学校周边商店。" * 5,),
        before=tuple(
            f"2018年{month}月3日限期关停，限2018年{month}月28日前停止生产经营。" for month in (7, 8, 9, 10)
        ),
    ),
    draw=draw,
)
