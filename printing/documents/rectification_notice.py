"""食品安全隐患整改告知书: the township tells an operator what to put right, as a letter (GB/T 9704)."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
from printing.document import Document
from printing.geometry import A4
from printing.notice_page import LAYOUT, RED, Notice, draw_notice
from printing.page import Page
from printing.wording import ordinal


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the notice says; all wording comes from the rule pack.

    ``head_ink`` prints the letterhead in red or black; empty leaves it to paper that has one.
    ``closing`` holds the day to be done by, what follows, and whom to ask, a paragraph each.
    """

    letterhead: str
    number: str
    title: str
    addressee: str
    opening: str
    findings: tuple[str, ...]
    closing: tuple[str, ...]
    issuer: str
    issued_on: date
    copies_to: tuple[str, ...] = ()
    seal_word: str = "（盖章）"
    receipt_label: str = "签收人（签名）："
    receipt_date_label: str = "签收日期："
    head_ink: str = RED


def draw(page: Page, facts: NoticeFacts) -> None:
    """Draw the letter; long facts run on to further pages, the signature never alone."""
    is_said = all(map(str.strip, facts.findings))
    require(page, ("检查情况", facts.opening), ("隐患内容", "".join(facts.findings) if is_said else ""))
    require(page, ("整改要求", "".join(facts.closing)))
    points = (f"{ordinal(number)}、{finding}" for number, finding in enumerate(facts.findings, start=1))
    draw_notice(
        page,
        Notice(
            letterhead=facts.letterhead,
            number=facts.number,
            title=facts.title,
            addressee=facts.addressee,
            paragraphs=(facts.opening, *points, *facts.closing),
            issuer=facts.issuer,
            issued_on=facts.issued_on,
            copies_to=facts.copies_to,
            seal_word=facts.seal_word,
            receipt_label=facts.receipt_label,
            receipt_date_label=facts.receipt_date_label,
            head_ink=facts.head_ink,
        ),
    )


_SAMPLE = NoticeFacts(
    letterhead="金城镇食品安全委员会办公室",
    number="金食安办告〔2018〕12号",
    title="食品安全隐患整改告知书",
    addressee="张𬭎（金城镇石桥张记豆制品作坊）",
    opening="2018年6月5日，我办会同石桥村村民委员会、市场监督管理局金城分局到你处检查，发现以下食品安全隐患：",
    findings=(
        "原料间地面潮湿，豆料直接落地堆放，未离墙离地。",
        "消泡剂未专柜存放，没有使用记录。",
        "1名从业人员的健康证明已过期。",
    ),
    closing=(
        "请于2018年6月29日前（含当日）完成整改，并将整改情况报我办，我办将会同有关单位到现场复查。"
        "对上述情况有不同意见，或者整改中需要指导的，请与我办联系。",
        "联系人：周立春，电话：0519-8280××××。",
    ),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 6, 8),
    copies_to=("市场监督管理局金城分局", "石桥村村民委员会"),
)

DOCUMENT = Document(
    code="rectification_notice",
    title="食品安全隐患整改告知书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        letterhead="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办告〔2018〕1200号",
        addressee="阿卜杜喀迪尔·阿卜杜热合曼江（常州市金坛区金城镇石桥新村老街张记豆制品加工作坊）",
        findings=tuple(
            f"{place}地面潮湿，豆料直接落地堆放，未离墙离地；消泡剂未专柜存放，没有使用记录；"
            "从业人员的健康证明已过期，未在显著位置公示登记证。"
            for place in (
                "原料间",
                "浸泡间",
                "磨浆间",
                "煮浆间",
                "成型间",
                "冷却间",
                "包装间",
                "成品库",
                "更衣室",
                "留样间",
            )
        ),
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw,
    layout=LAYOUT,
)
