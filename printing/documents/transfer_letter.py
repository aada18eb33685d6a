"""案件线索移送单: the office hands what it found over to who may act on it, as a letter (GB/T 9704)."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
from printing.document import Document
from printing.geometry import A4
from printing.notice_page import LAYOUT, RED, Notice, draw_notice
from printing.page import Page
from printing.wording import ordinal


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """What the letter says, all of it in the words of the rule pack.

    ``opening`` names the party, ``history`` what was done about the findings, ``closing`` what is asked,
    what is enclosed and whom to answer. The receiving office signs at the foot.
    """

    letterhead: str
    number: str
    title: str
    addressee: str
    opening: str
    findings: tuple[str, ...]
    history: tuple[str, ...]
    closing: tuple[str, ...]
    issuer: str
    issued_on: date
    receipt_label: str
    receipt_date_label: str
    head_ink: str = RED


def draw(page: Page, facts: TransferFacts) -> None:
    """Draw the letter; long facts run on to further pages."""
    is_said = all(map(str.strip, facts.findings))
    require(page, ("线索", facts.opening), ("问题", "".join(facts.findings) if is_said else ""))
    require(page, ("办理经过", "".join(facts.history)), ("移送的请求", "".join(facts.closing)))
    points = (f"{ordinal(number)}、{finding}" for number, finding in enumerate(facts.findings, start=1))
    draw_notice(
        page,
        Notice(
            letterhead=facts.letterhead,
            number=facts.number,
            title=facts.title,
            addressee=facts.addressee,
            paragraphs=(facts.opening, *points, *facts.history, *facts.closing),
            issuer=facts.issuer,
            issued_on=facts.issued_on,
            receipt_label=facts.receipt_label,
            receipt_date_label=facts.receipt_date_label,
            head_ink=facts.head_ink,
        ),
    )


_SAMPLE = TransferFacts(
    letterhead="金城镇食品安全委员会办公室",
    number="金食安办移〔2018〕2号",
    title="案件线索移送单",
    addressee="市场监督管理局金城分局",
    opening="我办在食品三小整治中发现，石桥张记豆制品作坊（经营者张𬭎，地址：金城镇石桥村6组23号）存在以下问题：",
    findings=("原料间地面潮湿，豆料直接落地堆放。", "消泡剂未专柜存放，没有使用记录。"),
    history=("2018年6月8日以金食安办告〔2018〕12号告知整改，限2018年6月29日前；2018年7月2日复查不合格。",),
    closing=(
        "现将有关线索和材料移送你单位依法处理，处理结果请告知我办。",
        "附：检查记录、整改文书、复查记录、照片。",
    ),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 7, 10),
    receipt_label="接收人（签名）：",
    receipt_date_label="接收日期：",
)

DOCUMENT = Document(
    code="transfer_letter",
    title="案件线索移送单",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        letterhead="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办移〔2018〕1200号",
        addressee="常州市金坛区市场监督管理局食品生产安全监督管理科（金城分局）",
        findings=tuple(
            f"{place}地面潮湿，豆料直接落地堆放；消泡剂未专柜存放，没有使用记录；健康证明已过期。"
            for place in ("原料间", "浸泡间", "磨浆间", "煮浆间", "成型间", "冷却间", "包装间")
        ),
        history=(
            "2018年11月8日以金坛金城食安办告〔2018〕1200号告知整改，限2018年12月8日前；"
            "2018年12月9日复查不合格；2018年12月10日挂账督办。",
        ),
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw,
    layout=LAYOUT,
)
