"""What the record forms of putting right have in common: the party, its findings, days and names."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require
from printing.geometry import Align
from printing.page import Page
from printing.record_cells import Cell, Label, Row, Text, pairs, passage
from printing.wording import NOT_APPLICABLE, chinese_date


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a form is about; the phone is masked before it comes here, and may be missing."""

    name: str
    operator: str
    trade: str
    address: str
    phone: str = ""


SAMPLE = (
    Party("石桥张记豆制品作坊", "张𬭎", "食品小作坊", "金城镇石桥村6组23号", "138****0024"),
    (
        "原料间地面潮湿，豆料直接落地堆放，未离墙离地。",
        "消泡剂未专柜存放，没有使用记录。",
        "1名从业人员的健康证明已过期。",
    ),
)
LONGEST = (
    Party(
        "常州市金坛区金城镇石桥新村老街张记豆制品食品生产加工小作坊（总店）",
        "阿卜杜喀迪尔·阿卜杜热合曼江",
        "食品生产加工小作坊",
        "常州市金坛区金城镇东浦村委会东侧三十米早餐夜市便民服务疏导点南区第二排B区112号摊位",
        "0519-8288****",
    ),
    tuple(
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
        )
    ),
)
SAMPLE_PARTY, SAMPLE_FINDINGS = SAMPLE
LONGEST_PARTY, LONGEST_FINDINGS = LONGEST


def party_rows(party: Party) -> tuple[Row, ...]:
    """Return the rows that say whom the form is about."""
    return (
        pairs(("当事人", party.name), ("经营者", party.operator)),
        pairs(("经营地址", party.address), ("联系电话", party.phone or NOT_APPLICABLE)),
        passage("类别", party.trade),
    )


def require_party(page: Page, party: Party) -> None:
    """Refuse a form that does not say whom it is about."""
    require(page, ("当事人", party.name), ("经营者", party.operator), ("经营地址", party.address))
    require(page, ("类别", party.trade))


def require_findings(page: Page, findings: tuple[str, ...]) -> None:
    """Refuse a form without findings, or with one that says nothing."""
    is_said = bool(findings) and all(map(str.strip, findings))
    require(page, ("问题", "".join(findings) if is_said else ""))


def finding_rows(
    findings: tuple[str, ...], *heads: tuple[str, float], cell: Cell | None = None
) -> tuple[Row, ...]:
    """Return a table of findings with columns (head, width) beside them, each ``cell`` or room to write."""
    beside = (Label(head, width, is_head=True) for head, width in heads)
    top = Row((Label("序号", 11, is_head=True), Label("问题", 0, is_head=True), *beside))
    rows = (_finding_row(place, text, heads, cell) for place, text in enumerate(findings, start=1))
    return (top, *(replace(row, head=top) for row in rows))


def _finding_row(place: int, text: str, heads: tuple[tuple[str, float], ...], cell: Cell | None) -> Row:
    beside = tuple(cell or Text(width=width) for _, width in heads)
    number = Text((str(place),), 11, align=Align.CENTRE, about="序号")
    return Row((number, Text((text,), about=f"第{place}项问题"), *beside), 12.0)


def numbered(findings: tuple[str, ...]) -> tuple[str, ...]:
    """Return findings as paragraphs of one cell, numbered where there are several."""
    if len(findings) == 1:
        return findings
    return tuple(f"{place}. {finding}" for place, finding in enumerate(findings, start=1))


def day_words(day: date | None) -> str:
    """Return a day as papers write it; nothing where it is still to be written by hand."""
    return chinese_date(day) if day else ""
