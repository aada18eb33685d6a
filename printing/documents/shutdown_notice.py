"""限期关停告知书: the office tells whom it cannot register to close by a day, as a letter (GB/T 9704)."""

from dataclasses import replace
from datetime import date

from printing.blocks import require
from printing.document import Document
from printing.geometry import A4
from printing.notice_page import LAYOUT, LetterFacts, draw_notice
from printing.page import Page


def draw(page: Page, facts: LetterFacts) -> None:
    """Draw the letter: it opens with the grounds, and closes with the day, what follows, and whom to ask."""
    require(page, ("关停的理由", facts.opening), ("关停的要求", "".join(facts.closing)))
    draw_notice(page, facts.notice)


_SAMPLE = LetterFacts(
    letterhead="金城镇食品安全委员会办公室",
    number="金食安办停〔2018〕3号",
    title="限期关停告知书",
    addressee="张𬭎（石桥张记豆制品作坊）",
    opening="经查，你处不具备食品生产经营条件：原料间与旱厕相邻，无法改造，也未取得登记。",
    closing=(
        "根据《金城镇专项整治工作方案（2018）》五（二）1（3），请你（单位）于2018年10月8日前（含当日）停止食品生产经营，"
        "清理现场的原料、成品和设备。",
        "期限届满，我办将会同有关单位到现场核实。对上述情况有不同意见的，请在期限届满以前与我办联系。",
        "联系单位：金城镇食品安全委员会办公室。",
    ),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 9, 3),
    copies_to=("市场监督管理局金城分局", "石桥村村民委员会"),
)

DOCUMENT = Document(
    code="shutdown_notice",
    title="限期关停告知书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        letterhead="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办停〔2018〕1200号",
        addressee="阿卜杜喀迪尔·阿卜杜热合曼江（常州市金坛区金城镇石桥新村老街张记豆制品加工作坊）",
        opening="经查，你处不具备食品生产经营条件："
        + "原料间与旱厕相邻，无法改造，也未取得登记；" * 14
        + "经多次告知仍未改正。",
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw,
    layout=LAYOUT,
)
