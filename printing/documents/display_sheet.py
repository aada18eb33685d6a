"""食品安全信息公示: the sheet on the wall of a shop, readable from two metres; nothing personal on it."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import code, paragraph, require, single, spread, value
from printing.document import Document
from printing.errors import FIT, Reason
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A4, MM, Align, Box, baseline
from printing.ornaments import double_frame, woven_band
from printing.page import GREY, Page
from printing.registration import Row
from printing.wording import chinese_date


@dataclass(frozen=True, slots=True)
class LastInspection:
    """What the last inspection came to: a word, and one sentence on its items."""

    inspected_on: date
    result: str
    sentence: str
    inspectors: str
    inspectors_label: str = "监督管理人员"


@dataclass(frozen=True, slots=True)
class DisplaySheetFacts:
    """What the sheet says. No identity number, no private phone; inspectors are officials.
    ``inspection`` says in words that there was none yet.

    ``accent`` is the dark colour of the trade as six hexadecimal digits.
    """

    title: str
    name: str
    trade: str
    number_label: str
    number: str
    rows: tuple[Row, ...]
    inspection: LastInspection | str
    hotline_label: str
    hotlines: tuple[str, ...]
    issuer: str
    issued_on: date
    accent: str
    qr_text: str
    qr_caption: str
    seal_word: str = "（盖章）"
    inspection_label: str = "最近一次监督检查"


LEFT, RIGHT = 24.0, 186.0
_MIDDLE = A4.width / 2
_FIRST, _PITCH = 86.0, 14.3
_MOST = 5


def draw(page: Page, facts: DisplaySheetFacts) -> None:
    """Draw the sheet."""
    require(page, ("标题", facts.title), ("名称", facts.name), (facts.number_label, facts.number))
    ink = facts.accent
    double_frame(page, Box(10, 10, 190, 277), outer=1.6, inner=0.4, gap=1.8, ink=ink)
    _draw_head(page, facts)
    _draw_rows(page, facts)
    _draw_inspection(page, facts)
    _draw_foot(page, facts)


def _draw_head(page: Page, facts: DisplaySheetFacts) -> None:
    ink = facts.accent
    spread(page, _MIDDLE - 69.5, 37, 139, facts.title, Face.SONG_BOLD, 44, ink=ink)
    for y in (44.4, 50.6):
        page.line((LEFT, y), (RIGHT, y), weight=0.5, ink=ink)
    woven_band(page, Box(LEFT, 45.4, RIGHT - LEFT, 4.2), weight=0.35, ink=ink)
    name = Box(LEFT, 56.5, RIGHT - LEFT, 13)
    value(page, name, facts.name, Style(Face.SONG_BOLD, 34, 22, 18), label="名称", align=Align.CENTRE)
    said = f"{facts.trade}　{facts.number_label}　{facts.number}"
    single(page, _MIDDLE, 78, said, Face.SONG, 13, most=RIGHT - LEFT, label="编号", align=Align.CENTRE)


def _draw_rows(page: Page, facts: DisplaySheetFacts) -> None:
    if len(facts.rows) > _MOST:
        page.refuse(_too_many(len(facts.rows)))
    page.line((LEFT, _FIRST), (RIGHT, _FIRST), weight=0.5, ink=facts.accent)
    longest = max((len(row.label) for row in facts.rows), default=1)
    size = min(17.0, 31 * MM / longest)
    for place, row in enumerate(facts.rows):
        top = _FIRST + place * _PITCH
        spread(page, LEFT, baseline(top + _PITCH / 2, size), 31, row.label, Face.HEI_BOLD, size)
        style = Style(Face.KAI, 20, 15, 15 if row.may_wrap else None)
        value(page, Box(62, top + 0.6, 124, _PITCH - 1.2), row.value, style, label=row.label)
        page.line((LEFT, top + _PITCH), (RIGHT, top + _PITCH), weight=0.4, ink=GREY)


def _too_many(count: int) -> Reason:
    return Reason(FIT, f"公示表最多印 {_MOST} 行，现在有 {count} 行，请在规则包里减少")


def _draw_inspection(page: Page, facts: DisplaySheetFacts) -> None:
    seen = facts.inspection
    page.text(LEFT, 174, facts.inspection_label, Face.HEI_BOLD, 15)
    page.line((LEFT, 177.6), (RIGHT, 177.6), weight=0.5, ink=facts.accent)
    if isinstance(seen, str):
        single(page, LEFT, 197, seen, Face.SONG, 20, most=110, label=facts.inspection_label)
    else:
        day = chinese_date(seen.inspected_on)
        page.text(RIGHT, 174, day, Face.SONG, 15, align=Align.RIGHT)
        result = Box(LEFT, 183, 110, 15)
        value(page, result, seen.result, Style(Face.SONG_BOLD, 38, 30), label="检查结果")
        box = Box(LEFT, 201.5, 106, 14)
        paragraph(page, box, seen.sentence, Face.SONG, 13, label="检查情况", pitch=6.9)
        page.text(LEFT, 225.5, seen.inspectors_label, Face.HEI_BOLD, 13)
        value(
            page, Box(58, 220, 72, 8), seen.inspectors, Style(Face.KAI, 15, 10), label=seen.inspectors_label
        )
    if facts.qr_text:
        code(page, Box(143, 183, 43, 43), facts.qr_text)
        centre = 143 + 43 / 2
        said = facts.qr_caption
        single(page, centre, 232, said, Face.HEI, 9.5, most=50, label="二维码说明", align=Align.CENTRE)


def _draw_foot(page: Page, facts: DisplaySheetFacts) -> None:
    ink = facts.accent
    for y in (238, 264):
        page.line((LEFT, y), (RIGHT, y), weight=0.5, ink=ink)
    single(page, LEFT, baseline(251, 19), facts.hotline_label, Face.HEI_BOLD, 19, most=66, label="投诉电话")
    numbers = "　".join(facts.hotlines)
    size = 38 if page.width(numbers, Face.HEI_BOLD, 38) <= 92 else 26
    single(
        page, RIGHT, baseline(251, size), numbers, Face.HEI_BOLD, size,
        most=92, label=facts.hotline_label, align=Align.RIGHT, ink=ink,
    )  # fmt: skip
    said = f"{facts.issuer}　　{chinese_date(facts.issued_on)}　　{facts.seal_word}"
    value(
        page,
        Box(LEFT, 268.5, RIGHT - LEFT, 7),
        said,
        Style(Face.SONG, 12.5, 9.5),
        label="落款",
        align=Align.CENTRE,
    )


_SAMPLE = DisplaySheetFacts(
    title="食品安全信息公示",
    name="柳塘老街面馆",
    trade="食品小餐饮",
    number_label="登记卡编号",
    number="CY32041310020180021",
    rows=(
        Row("经营者", "陆小满"),
        Row("经营地点", "金城镇柳塘村中街7号", may_wrap=True),
        Row("经营项目", "热食类食品制售（面食、小炒）", may_wrap=True),
        Row("有效期至", "2019年6月21日"),
        Row("健康证明", "从业人员2人，持有效健康证明2人"),
    ),
    inspection=LastInspection(
        date(2018, 7, 12),
        "基本符合",
        "检查15项：符合13项，合理缺项1项，不符合1项（已当场改正）。重点项全部符合。",
        "周立春、许文清",
    ),
    hotline_label="投诉举报电话",
    hotlines=("12345", "12315"),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 7, 13),
    accent="7A3B1E",
    qr_text="编号CY32041310020180021\n名称柳塘老街面馆\n类别食品小餐饮\n有效期至2019-06-21\n发卡单位金城镇食品安全委员会办公室",
    qr_caption="扫码核对登记信息",
)

DOCUMENT = Document(
    code="display_sheet",
    title="食品安全信息公示表",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        name="常州市金坛区金城镇石桥新村老街张记豆制品加工作坊",
        rows=(
            Row("经营者", "阿卜杜喀迪尔·阿卜杜热合曼江"),
            Row(
                "生产加工地址",
                "金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号旁一层临街厂房",
                may_wrap=True,
            ),
            Row(
                "品种",
                "豆制品（豆腐、百叶、豆腐干、素鸡、油豆腐、豆浆）、糕点、酱腌菜、粮食加工品",
                may_wrap=True,
            ),
            Row("有效期至", "2021年12月25日"),
            Row("健康证明", "从业人员12人，持有效健康证明12人"),
        ),
        inspection="尚无监督检查记录",
        issuer="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw,
)
