"""送达回证: what was served on whom, when and how; signed for, or why not (DOMAIN.md §4.7)."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
from printing.case_facts import LONGEST_PARTY, SAMPLE_PARTY, Party, day_words, party_rows, require_party
from printing.document import Document
from printing.geometry import A4
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, Ticks, pair, passage
from printing.record_form import draw_form


@dataclass(frozen=True, slots=True)
class ServiceReceiptFacts:
    """What the receipt says; without ``served_on`` day and way are ticked and written by hand."""

    title: str
    issuer: str
    reference: str
    party: Party
    papers: tuple[str, ...]
    place: tuple[str, ...]
    ways: tuple[str, ...]
    way: str | None
    served_on: date | None
    remark: tuple[str, ...] = ()
    note: str = ""


def draw(page: Page, facts: ServiceReceiptFacts) -> None:
    """Draw the receipt; whoever receives signs by hand."""
    require_party(page, facts.party)
    require(page, ("送达的文书", "".join(facts.papers)), ("送达方式", "".join(facts.ways)))
    signed = Signing(signatures=("受送达人（签名或盖章）：",))
    rows = (
        *party_rows(facts.party),
        passage("送达文书", *facts.papers, height=14),
        passage("送达地点", *facts.place, height=11),
        Row((Label("送达方式"), Ticks(facts.ways, (facts.way,) if facts.way else ())), 11),
        Row((*pair("送达日期", day_words(facts.served_on)),), 11),
        Row((Label("收件人签收"), signed), 26),
        Row((Label("代收人签收"), Signing(signatures=("代收人（签名）：", "与受送达人的关系：")))),
        Row((Label("拒收记明"), Signing(signatures=("拒收的原因：", "见证人（签名）：")))),
        Row((Label("送达人"), Signing(signatures=("1.", "2.")))),
        passage("备注", *facts.remark, height=14),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.reference, rows, facts.note))


_SAMPLE = ServiceReceiptFacts(
    title="送达回证",
    issuer="金城镇食品安全委员会办公室",
    reference="金食安办告〔2018〕12号",
    party=SAMPLE_PARTY,
    papers=("食品安全隐患整改告知书（金食安办告〔2018〕12号）",),
    place=(SAMPLE_PARTY.address,),
    ways=("直接送达", "留置送达", "委托送达", "邮寄送达", "转交送达", "公告送达"),
    way="直接送达",
    served_on=date(2018, 6, 8),
    note="受送达人拒绝签收的，记明拒收的原因和日期，由送达人、见证人签名，并可以拍照、录像留存。",
)

DOCUMENT = Document(
    code="service_receipt",
    title="送达回证",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        reference="金坛金城食安办告〔2018〕1200号",
        party=LONGEST_PARTY,
        papers=(
            "食品安全隐患整改告知书（金坛金城食安办告〔2018〕1200号）",
            "整改情况报告（空白表）1份",
        ),
        place=(LONGEST_PARTY.address,),
        way=None,
        served_on=None,
        remark=("受送达人在外地，由其成年家属代收；已当面告知整改内容和期限，并拍照留存。" * 2,),
    ),
    draw=draw,
)
