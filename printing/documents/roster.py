"""登记名册: who holds which paper in a village, as the village sends it up."""

from dataclasses import dataclass
from datetime import date

from printing.blocks import single
from printing.document import Document
from printing.errors import FIT, MISSING_FACT, Reason
from printing.fonts import Face
from printing.geometry import A4_LANDSCAPE, Align
from printing.left_out import PITCH, draw_left_out, left_out_lines
from printing.page import Page
from printing.tables import Column, Table, TableRow
from printing.wording import NOT_APPLICABLE, chinese_date

LEFT, RIGHT = 12.0, 285.0
TOP = 35.0
FOOT = 190.0
"""Where the page number stands; the table ends above it, on the last page above totals and signatures."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One establishment. Identity numbers arrive masked; what does not apply yet is left empty."""

    number: str
    trade: str
    operator: str
    identity_number: str
    place: str
    products: str
    valid_until: date | None
    status: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """What a roster says. ``sender`` is the village, ``receiver`` whom it is sent to.

    ``left_out`` names who belongs on it and cannot stand there; the totals count them.
    """

    title: str
    sender_label: str
    sender: str
    receiver: str
    as_of: date
    rows: tuple[RosterRow, ...]
    totals: str
    note: str
    number_head: str = "登记卡编号"
    signatures: tuple[str, ...] = ("村书记（签名）", "填报人（签名）")
    left_out: tuple[str, ...] = ()


TABLE = Table(
    x=LEFT,
    columns=(
        Column("序号", 10),
        Column("登记卡编号", 41),
        Column("类别", 16),
        Column("经营者", 20),
        Column("身份证号", 36),
        Column("经营地点", 40, Align.LEFT),
        Column("经营品种（项目）", 46, Align.LEFT),
        Column("有效期至", 25),
        Column("状态", 20),
        Column("店名、备注", 19, size=8.5),
    ),
    head_height=9.4,
    row_height=12,
)


def draw(page: Page, facts: RosterFacts) -> None:
    """Draw the roster over as many pages as it needs, the head on each."""
    if not facts.rows:
        page.refuse(Reason(MISSING_FACT, "名册里一户也没有，没有可打印的内容"))
    for label, text in (
        ("标题", facts.title),
        (facts.sender_label, facts.sender),
        ("报送单位", facts.receiver),
    ):
        if not text.strip():
            page.refuse(Reason(MISSING_FACT, f"“{label}”还空着，补上以后再打印"))
    table = _with_head(facts.number_head)
    rows = [_set_row(page, table, place, row) for place, row in enumerate(facts.rows, start=1)]
    told = left_out_lines(page, facts.left_out, RIGHT - LEFT)
    pages = table.paged(rows, room=FOOT - 5 - TOP, last_room=FOOT - 13 - TOP - PITCH * len(told))
    for index, on_page in enumerate(pages):
        if index:
            page.next()
        _draw_head(page, facts)
        bottom = table.draw(page, TOP, on_page)
        said = f"第{index + 1}页　共{len(pages)}页"
        page.text(RIGHT, FOOT, said, Face.SONG, 9.5, align=Align.RIGHT)
        if index == len(pages) - 1:
            _draw_foot(page, facts, bottom)
            draw_left_out(page, LEFT, bottom + 11, told)


def _with_head(number_head: str) -> Table:
    columns = list(TABLE.columns)
    columns[1] = Column(number_head, columns[1].width)
    return Table(TABLE.x, tuple(columns), TABLE.head_height, TABLE.row_height, TABLE.face)


def _set_row(page: Page, table: Table, place: int, row: RosterRow) -> TableRow:
    # The list that a refusal is about was never printed: its row is named so that the record is found.
    who = "，".join(part for part in (row.number, row.operator, row.place) if part.strip())
    name = f"名册第{place}户（{who}）"
    for label, text in (
        ("经营者", row.operator),
        ("类别", row.trade),
        ("经营地点", row.place),
        ("状态", row.status),
    ):
        if not text.strip():
            page.refuse(Reason(MISSING_FACT, f"{name}的“{label}”还空着，补上以后再打印"))
    endless = "长期" if row.number else NOT_APPLICABLE
    until = chinese_date(row.valid_until) if row.valid_until else endless
    texts = (
        str(place),
        row.number or NOT_APPLICABLE,
        row.trade,
        row.operator,
        row.identity_number or NOT_APPLICABLE,
        row.place,
        row.products or NOT_APPLICABLE,
        until,
        row.status,
        row.remark,
    )
    return table.set_row(page, texts, name=name)


def _draw_head(page: Page, facts: RosterFacts) -> None:
    single(
        page, (LEFT + RIGHT) / 2, 21, facts.title, Face.SONG_BOLD, 20,
        most=RIGHT - LEFT, label="标题", align=Align.CENTRE, spacing=0.25,
    )  # fmt: skip
    sender = f"{facts.sender_label}　{facts.sender}"
    receiver = f"报送　{facts.receiver}"
    middle = (LEFT + RIGHT) / 2
    single(page, LEFT, 31, sender, Face.SONG, 10.5, most=85, label=facts.sender_label)
    single(page, middle, 31, receiver, Face.SONG, 10.5, most=100, label="报送", align=Align.CENTRE)
    page.text(RIGHT, 31, f"截至{chinese_date(facts.as_of)}", Face.SONG, 10.5, align=Align.RIGHT)


def _draw_foot(page: Page, facts: RosterFacts, bottom: float) -> None:
    line = bottom + 5.6
    page.text(LEFT, line, facts.totals, Face.SONG, 10)
    x = LEFT + max(112.0, page.width(facts.totals, Face.SONG, 10) + 8)
    for label in facts.signatures:
        page.text(x, line, label, Face.SONG, 10)
        x += page.width(label, Face.SONG, 10) + 24
    for word, back in (("日期", 36.0), ("年", 21.0), ("月", 10.5), ("日", 0.0)):
        page.text(RIGHT - back, line, word, Face.SONG, 10, align=Align.RIGHT)
    if x > RIGHT - 40:
        page.refuse(Reason(FIT, f"合计一句太长，放不下签名：{facts.totals}"))
    single(page, LEFT, FOOT, facts.note, Face.SONG, 8, most=RIGHT - LEFT - 30, label="名册说明")


_STALL = "摊贩"
_EATERY = "小餐饮"
_SAMPLE = RosterFacts(
    title="食品摊贩和食品小餐饮登记名册",
    sender_label="登记村（盖章）",
    sender="柳塘村村民委员会",
    receiver="金城镇食品安全委员会办公室",
    as_of=date(2018, 6, 30),
    rows=(
        RosterRow(
            "TF32041310020180037",
            _STALL,
            "张𬭎",
            "3204821990****0019",
            "柳塘路早餐点A06",
            "油条、豆浆、蒸包",
            date(2019, 6, 19),
            "有效",
        ),
        RosterRow(
            "TF32041310020180039",
            _STALL,
            "何玉珍",
            "3204821969****0822",
            "柳塘路早餐点A09",
            "烧饼、麻团",
            date(2019, 6, 19),
            "有效",
        ),
        RosterRow(
            "TF32041310020180040",
            _STALL,
            "朱𠮷生",
            "3204821975****2316",
            "柳塘路早餐点A11",
            "豆腐花、馄饨",
            date(2019, 6, 19),
            "有效",
        ),
        RosterRow(
            "TF32041310020180042",
            _STALL,
            "欧阳㛃",
            "3204131994****1129",
            "柳塘菜场东门",
            "糖葫芦、烤红薯",
            date(2019, 6, 24),
            "有效",
            "流动",
        ),
        RosterRow(
            "CY32041310020180021",
            _EATERY,
            "陆小满",
            "3204131990****0024",
            "柳塘村中街7号",
            "热食类（面食、小炒）",
            date(2019, 6, 21),
            "有效",
            "柳塘老街面馆",
        ),
        RosterRow(
            "CY32041310020180024",
            _EATERY,
            "陈䶮",
            "3204821988****0043",
            "柳塘村西路2号",
            "自制饮品、糕点类（不含裱花）",
            date(2019, 6, 24),
            "有效",
            "䶮家糖水",
        ),
        RosterRow(
            "",
            _EATERY,
            "汤长根",
            "3204821962****0731",
            "柳塘村北圩4号",
            "热食类（农家菜）",
            None,
            "整改后登记",
        ),
    ),
    totals="合计7户：摊贩4户，小餐饮3户。已登记6户，整改后登记1户。",
    note="身份证号遮盖第11至14位。本名册供镇食安办复核发卡；对外公示时另印公示版，经营者姓名、地址按规则遮盖。",
)


def _one_row(page: Page, facts: RosterFacts, index: int) -> TableRow:
    return _set_row(page, _with_head(facts.number_head), index + 1, facts.rows[index])


DOCUMENT = Document(
    code="roster",
    title="登记名册",
    sheet=A4_LANDSCAPE,
    sample=_SAMPLE,
    longest=RosterFacts(
        title="食品小作坊、食品摊贩和食品小餐饮登记名册",
        sender_label="登记村（盖章）",
        sender="金城镇柳塘新村社区居民委员会",
        receiver="常州市金坛区金城镇食品安全委员会办公室",
        as_of=date(2018, 12, 31),
        rows=tuple(
            RosterRow(
                f"TF3204131002018{number:04d}",
                "食品小作坊",
                "阿卜杜喀迪尔·阿卜杜热合曼江",
                "6531011985****351X",
                "常州市金坛区金城镇东浦村委会东侧三十米早餐夜市便民服务疏导点南区第二排B区112号摊位",
                "烤羊肉串、烤馕、烤包子、手抓饭、凉皮、凉粉、酸奶、切糕、葡萄干、巴旦木、大盘鸡",
                date(2019, 12, 19),
                "整改后登记",
                "金城镇东浦新村便民早餐面馆小吃店",
            )
            for number in range(9988, 10000)
        ),
        left_out=tuple(
            f"100-{place:04d} 阿卜杜喀迪尔〔U+3FFFD〕（烤羊肉串、烤馕、烤包子）" for place in range(1, 11)
        ),
        totals="合计1212户：小作坊120户，摊贩892户，小餐饮200户。已登记1210户。",
        note=_SAMPLE.note,
    ),
    draw=draw,
    set_row=_one_row,
    layout=TABLE,
)
