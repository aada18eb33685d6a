"""现场核查记录表: two people look at the place of an applicant, item by item (行政许可法 art. 34)."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
from printing.case_facts import LONGEST_PARTY, SAMPLE_PARTY, Party, day_words, require_party
from printing.document import Document
from printing.fonts import Face
from printing.geometry import A4, Align
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, Text, Tick, Ticks, pairs, passage
from printing.record_form import draw_form

MET, NOT_MET, NOT_APPLICABLE = "符合", "不符合", "不适用"

_ROW = 7.0
_ANSWERS = ((MET, 14), (NOT_MET, 16), (NOT_APPLICABLE, 16))
"""The heads under which an item is ticked, and their widths in mm."""


@dataclass(frozen=True, slots=True)
class SiteItem:
    """One item with its answer, a head of the table; without one it is ticked on the spot."""

    text: str
    is_starred: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SiteCheckFacts:
    """What the record says. Without ``checked_on`` nothing is known yet: the form is filled in by hand."""

    title: str
    issuer: str
    reference: str
    party: Party
    products: tuple[str, ...]
    checked_on: date | None
    inspectors: tuple[str, ...]
    told: tuple[str, ...]
    items: tuple[SiteItem, ...]
    found: tuple[str, ...]
    results: tuple[str, ...] = ("符合登记条件", "整改后再核查", "不符合登记条件")
    note: str = ""
    qr_text: str = ""


def draw(page: Page, facts: SiteCheckFacts) -> None:
    """Draw the record; a row of items never splits, the head stands over them again on a further page."""
    require_party(page, facts.party)
    require(page, ("核查内容", "".join(item.text for item in facts.items)))
    if facts.checked_on is not None:
        require(page, ("核查人", "".join(facts.inspectors)))
    party = facts.party
    operator = f"{party.operator}　{party.phone}".strip()
    signed = Signing(signatures=("核查人1（签名、证件号）：", "核查人2（签名、证件号）："))
    met = Signing(signatures=("被核查人（签名）：", "拒绝签名的原因：", "见证人（签名）："))
    rows = (
        pairs(("名称", party.name), ("经营者", operator), width=56),
        passage("地址", party.address),
        passage("申请品种", *facts.products),
        pairs(("核查日期", day_words(facts.checked_on)), ("核查人", "、".join(facts.inspectors)), width=62),
        Row(
            (Label("告知"), Text(facts.told, about="告知", size=9.5), Ticks(("申请回避", "不申请"), width=44))
        ),
        *_item_rows(facts.items),
        passage("核查情况", *facts.found, height=16),
        Row((Label("核查结论"), Ticks(facts.results))),
        Row((Label("签名"), signed, met)),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.reference, rows, facts.note, facts.qr_text))


def _item_rows(items: tuple[SiteItem, ...]) -> tuple[Row, ...]:
    heads = (
        ("序号", 11),
        ("核查内容", 0),
        ("重点", 12),
        *_ANSWERS,
        ("备注", 21),
    )
    head = Row(tuple(Label(text, width, is_head=True) for text, width in heads), 8.5)
    return (head, *(_item_row(place, item, head) for place, item in enumerate(items, start=1)))


def _item_row(place: int, item: SiteItem, head: Row) -> Row:
    def middle(said: str, width: float) -> Text:
        return Text((said,) if said else (), width, Align.CENTRE, Face.SONG, "序号", 9.5)

    return Row(
        (
            middle(str(place), 11),
            Text((item.text,), face=Face.SONG, about=f"第{place}项", size=10),
            middle("★" if item.is_starred else "", 12),
            *(Tick(width, is_ticked=item.answer == answer) for answer, width in _ANSWERS),
            Text((), 21),
        ),
        _ROW,
        head,
    )


_ITEMS = tuple(
    SiteItem(text, is_starred)
    for text, is_starred in (
        ("所用原辅料符合食品安全标准", False),
        ("生产用水符合生活饮用水卫生标准", False),
        ("食品添加剂符合食品安全标准", False),
        ("采购时查验供货者的许可证（登记证）", False),
        (
            "进货记录齐全：名称、规格、数量、批号或者生产日期、保质期、进货日期、供货者名称、地址、联系方式",
            False,
        ),
        ("从业人员保持个人卫生，加工时将手洗净", False),
        ("没有非法使用食品添加剂", True),
        ("没有超范围、超限量使用食品添加剂", True),
    )
)

_SAMPLE = SiteCheckFacts(
    title="食品小作坊现场核查记录表",
    issuer="常州市金坛区市场监督管理局",
    reference="档案204-0012",
    party=SAMPLE_PARTY,
    products=("豆制品（豆腐、百叶、豆腐干）",),
    checked_on=date(2018, 6, 20),
    inspectors=("陈国华", "何玉珍"),
    told=("核查人员两人以上，已出示证件；你有权申请有利害关系的核查人员回避。",),
    items=tuple(replace(item, answer=NOT_APPLICABLE if item is _ITEMS[3] else MET) for item in _ITEMS),
    found=("生产间与生活区分开，设备与申报的工艺相符；消泡剂已设专柜。",),
    note="★为重点项，有一项不符合的，不予登记。本表一式两份，一份交被核查人，一份存档。",
    qr_text="204-0012",
)

DOCUMENT = Document(
    code="site_check_record",
    title="现场核查记录表",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        title="食品生产加工小作坊现场核查记录表",
        issuer="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        reference="档案320413-204-9999",
        party=LONGEST_PARTY,
        products=("烤羊肉串、烤馕、烤包子、手抓饭、凉皮、凉粉、酸奶、切糕、葡萄干、巴旦木、大盘鸡",),
        checked_on=None,
        inspectors=(),
        items=_ITEMS * 4,
        found=(),
        qr_text="320413-2049999",
    ),
    draw=draw,
)
