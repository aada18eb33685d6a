"""催报函: the office asks a village that has sent nothing for its monthly workbook (GB/T 9704)."""

from dataclasses import replace
from datetime import date

from printing.blocks import require
from printing.document import Document
from printing.geometry import A4
from printing.notice_page import LAYOUT, LetterFacts, draw_notice
from printing.page import Page


def draw(page: Page, facts: LetterFacts) -> None:
    """Draw the letter."""
    require(page, ("没有报的是什么", facts.opening), ("请怎样报", "".join(facts.closing)))
    draw_notice(page, facts.notice)


_SAMPLE = LetterFacts(
    letterhead="金城镇食品安全委员会办公室",
    number="金食安办催〔2018〕3号",
    title="关于报送2018年6月食品“三小”月度交换表的催报函",
    addressee="石桥村村民委员会",
    opening="2018年6月的食品“三小”月度交换表，应于2018年7月5日前报送。到今天为止，"
    "还没有收到你村（社区）的交换表。",
    closing=(
        "请抓紧核对本村（社区）小作坊、小摊贩等的新增、停业、关停和其他变化，填入我办发给的交换表，"
        "尽快报我办。没有变化的，也请把原表报回，并注明“无变化”。",
        "联系单位：金城镇食品安全委员会办公室。",
    ),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 7, 9),
)

DOCUMENT = Document(
    code="exchange_reminder",
    title="催报函",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        letterhead="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办催〔2018〕1200号",
        title="关于报送2018年12月食品“三小”月度交换表的催报函",
        addressee="常州市金坛区金城镇柳塘新村社区居民委员会",
        opening="2018年12月的食品“三小”月度交换表，应于2019年1月5日前报送。" * 6,
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw,
    layout=LAYOUT,
)
