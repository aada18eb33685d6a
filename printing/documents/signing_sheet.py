"""证（卡）领取签收表: who took which paper away, on which day, for whom; filled in at the counter."""

from dataclasses import replace
from datetime import date

from printing.document import Document
from printing.geometry import A4_LANDSCAPE, Align
from printing.list_page import LEFT, ListFacts, draw_list, set_row
from printing.page import Page
from printing.tables import Column, Table

TABLE = Table(
    x=LEFT,
    columns=(
        Column("序号", 11),
        Column("证（卡）编号", 44),
        Column("名称", 52, Align.LEFT),
        Column("经营者", 26),
        Column("所属村（社区）", 28),
        Column("领取人（签名）", 36),
        Column("与经营者的关系", 27),
        Column("领取日期", 30),
        Column("备注", 19, size=8.5),
    ),
    head_height=9.4,
    row_height=11.6,
)


def draw(page: Page, facts: ListFacts) -> None:
    """Draw the sheet; the last columns stay empty for the pen, or say what is known of who came."""
    draw_list(page, facts, TABLE)


_SAMPLE = ListFacts(
    title="证（卡）领取签收表",
    sender="金城镇食品安全委员会办公室",
    heading="柳塘村",
    as_of=date(2018, 6, 22),
    rows=(
        ("TF32041310020180037", "张𬭎（油条）", "张𬭎", "柳塘村", "", "", "", ""),
        ("TF32041310020180040", "朱𠮷生（豆腐花）", "朱𠮷生", "柳塘村", "", "", "", "第2份"),
        ("CY32041310020180021", "柳塘老街面馆", "陆小满", "柳塘村", "", "", "", ""),
    ),
    totals="合计3张。",
    note="本人领取的出示身份证件；代领的写明与本人的关系，附委托书。",
    signatures=("发放人", "复核人"),
)

DOCUMENT = Document(
    code="signing_sheet",
    title="证（卡）领取签收表",
    sheet=A4_LANDSCAPE,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        sender="常州市金坛区金城镇食品安全委员会办公室",
        heading="金城镇柳塘新村社区",
        rows=tuple(
            (
                f"TF3204131002018{number:04d}",
                "常州市金坛区金城镇石桥新村老街张记豆制品加工作坊",
                "阿卜杜喀迪尔·阿卜杜热合曼江",
                "金城镇柳塘新村社区",
                "",
                "",
                "",
                "第12份",
            )
            for number in range(9982, 10000)
        ),
        left_out=tuple(
            f"100-{place:04d} 阿卜杜喀迪尔〔U+3FFFD〕（烤羊肉串、烤馕、烤包子）" for place in range(1, 11)
        ),
        totals="合计1212张。",
    ),
    draw=draw,
    layout=TABLE,
    set_row=lambda page, facts, index: set_row(page, TABLE, index + 1, facts.rows[index]),
)
