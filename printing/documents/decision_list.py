"""登记决定名单: whom the authority registered on one day, for the signature of who decides."""

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
        Column("类别", 20),
        Column("编号", 44),
        Column("名称", 46, Align.LEFT),
        Column("经营者", 25),
        Column("地址", 48, Align.LEFT),
        Column("品种（项目）", 44, Align.LEFT),
        Column("有效期至", 35),
    ),
    head_height=9.4,
    row_height=11,
)


def draw(page: Page, facts: ListFacts) -> None:
    """Draw the list over as many pages as it needs."""
    draw_list(page, facts, TABLE)


_SAMPLE = ListFacts(
    title="登记决定名单",
    sender="金城镇食品安全委员会办公室",
    heading="经审查，下列申请符合登记条件，决定予以登记。",
    as_of=date(2018, 6, 20),
    rows=(
        (
            "小摊贩",
            "TF32041310020180037",
            "张𬭎（油条）",
            "张𬭎",
            "柳塘路早餐点A06",
            "油条、豆浆、蒸包",
            "2019年6月19日",
        ),
        (
            "小餐饮",
            "CY32041310020180021",
            "柳塘老街面馆",
            "陆小满",
            "柳塘村中街7号",
            "面食、小炒",
            "2019年6月19日",
        ),
    ),
    totals="合计2户。",
    note="本名单一式一份，连同各户申请材料存档。",
    signatures=("经办人", "审核人", "负责人"),
)

DOCUMENT = Document(
    code="decision_list",
    title="登记决定名单",
    sheet=A4_LANDSCAPE,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        sender="常州市金坛区金城镇食品安全委员会办公室",
        rows=tuple(
            (
                "小摊贩",
                f"TF3204131002018{number:04d}",
                "常州市金坛区金城镇石桥新村老街张记豆制品加工作坊",
                "阿卜杜喀迪尔·阿卜杜热合曼江",
                "江苏省常州市金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号旁一层临街厂房（原第二粮站仓库）",
                "烤羊肉串、烤馕、烤包子、手抓饭、凉皮、凉粉、酸奶、切糕、葡萄干、巴旦木、大盘鸡",
                "2019年12月19日",
            )
            for number in range(9985, 10000)
        ),
        left_out=tuple(
            f"100-{place:04d} 阿卜杜喀迪尔〔U+3FFFD〕（烤羊肉串、烤馕、烤包子）" for place in range(1, 11)
        ),
        totals="合计1212户。",
    ),
    draw=draw,
    layout=TABLE,
    set_row=lambda page, facts, index: set_row(page, TABLE, index + 1, facts.rows[index]),
)
