"""食品安全信息公示: the sheet on the wall of a shop, readable from two metres; nothing personal on it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from printing.blocks import code, paragraph, require, single, spread, value
from printing.document import Document
from printing.errors import FIT, Reason
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import MM, Align, Box, baseline
from printing.layout import LEAST_SIZE, Layout, Lines, Place
from printing.layout_file import standard
from printing.ornaments import double_frame, woven_band
from printing.page import GREY, Page
from printing.registration import Row, draw_single
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


def draw(page: Page, facts: DisplaySheetFacts, layout: Layout) -> None:
    """Draw the sheet."""
    require(page, ("标题", facts.title), ("名称", facts.name), (facts.number_label, facts.number))
    double_frame(page, Box(10, 10, 190, 277), outer=1.6, inner=0.4, gap=1.8, ink=facts.accent)
    _draw_head(page, facts, layout)
    _draw_rows(page, facts, layout.lines)
    _draw_inspection(page, facts, layout)
    _draw_foot(page, facts, layout)


def _draw_head(page: Page, facts: DisplaySheetFacts, layout: Layout) -> None:
    ink, places = facts.accent, layout.places
    title, name = places["title"], places["name"]
    box = title.box
    spread(page, box.x, title.base, box.width, facts.title, Face.SONG_BOLD, title.size, ink=ink)
    across = name.box
    for y in (title.base + 7.4, title.base + 13.6):
        page.line((across.x, y), (across.right, y), weight=0.5, ink=ink)
    woven_band(page, Box(across.x, title.base + 8.4, across.width, 4.2), weight=0.35, ink=ink)
    two = [max(LEAST_SIZE, name.least - less) for less in (4, 7)]
    style = Style(Face.SONG_BOLD, name.size, name.least, *two)
    value(page, name.box, facts.name, style, label="名称", align=name.align)
    said = f"{facts.trade}　{facts.number_label}　{facts.number}"
    draw_single(page, places["number"], said, Face.SONG, label="编号")


def _draw_rows(page: Page, facts: DisplaySheetFacts, lines: Lines) -> None:
    rows = [row for row in facts.rows if row.fact not in lines.without]
    if len(rows) > lines.most:
        page.refuse(Reason(FIT, f"公示表最多印 {lines.most} 行，现在有 {len(rows)} 行，请在规则包里减少"))
    left, above = lines.first.x - lines.label_x, (lines.pitch - lines.first.height) / 2
    top = lines.first.y - above
    page.line((lines.label_x, top), (lines.first.right, top), weight=0.5, ink=facts.accent)
    longest = max((len(row.label) for row in rows), default=1)
    size = min(lines.label_size, lines.label_width * MM / longest)
    for index, row in enumerate(rows):
        place = lines.place(row.fact, index)
        box = place.box
        y = baseline(box.middle, size)
        spread(page, box.x - left, y, lines.label_width, row.label, Face.HEI_BOLD, size)
        style = place.style(Face.KAI, may_wrap=row.may_wrap)
        value(page, box, row.value, style, label=row.label, align=place.align)
        ends = (box.x - left, box.bottom + above), (box.right, box.bottom + above)
        page.line(*ends, weight=0.4, ink=GREY)


def _draw_inspection(page: Page, facts: DisplaySheetFacts, layout: Layout) -> None:
    seen, places = facts.inspection, layout.places
    head, body = places["inspection_head"], places["inspection"]
    box, part = body.box, body.size / 38
    page.text(head.box.x, head.base, facts.inspection_label, Face.HEI_BOLD, head.size)
    under = head.box.bottom
    page.line((head.box.x, under), (head.box.right, under), weight=0.5, ink=facts.accent)
    if isinstance(seen, str):
        said = facts.inspection_label
        single(page, box.x, box.y + 14 * part, seen, Face.SONG, 20 * part, most=box.width, label=said)
    else:
        day = chinese_date(seen.inspected_on)
        page.text(head.box.right, head.base, day, Face.SONG, head.size, align=Align.RIGHT)
        _draw_result(page, seen, box, body, part)
    if facts.qr_text:
        code(page, layout.code, facts.qr_text)
        draw_single(page, places["caption"], facts.qr_caption, Face.HEI, label="二维码说明")


def _draw_result(page: Page, seen: LastInspection, box: Box, place: Place, part: float) -> None:
    """Draw the word, one sentence, and who was there; all of it grows and shrinks with the word."""
    result = Box(box.x, box.y, box.width, 15 * part)
    value(page, result, seen.result, Style(Face.SONG_BOLD, place.size, place.least), label="检查结果")
    told = Box(box.x, box.y + 18.5 * part, box.width - 4, 14 * part)
    paragraph(page, told, seen.sentence, Face.SONG, 13 * part, label="检查情况", pitch=6.9 * part)
    label = seen.inspectors_label
    page.text(box.x, box.y + 42.5 * part, label, Face.HEI_BOLD, 13 * part)
    people = Box(box.x + 34 * part, box.y + 37 * part, box.width - 38 * part, 8 * part)
    value(page, people, seen.inspectors, Style(Face.KAI, 15 * part, 10 * part), label=label)


def _draw_foot(page: Page, facts: DisplaySheetFacts, layout: Layout) -> None:
    ink, hotlines, issuer = facts.accent, layout.places["hotlines"], layout.places["issuer"]
    if hotlines.is_shown:
        box = hotlines.box
        for y in (box.y, box.bottom):
            page.line((box.x, y), (box.right, y), weight=0.5, ink=ink)
        half, label = hotlines.size / 2, facts.hotline_label
        left = box.width * 0.41
        y = baseline(box.middle, half)
        single(page, box.x, y, label, Face.HEI_BOLD, half, most=left, label="投诉电话")
        numbers, most = "　".join(facts.hotlines), box.width - left - 4
        fits = page.width(numbers, Face.HEI_BOLD, hotlines.size) <= most
        size = hotlines.size if fits else hotlines.least
        single(
            page, box.right, baseline(box.middle, size), numbers, Face.HEI_BOLD, size,
            most=most, label=label, align=Align.RIGHT, ink=ink,
        )  # fmt: skip
    said = f"{facts.issuer}　　{chinese_date(facts.issued_on)}　　{facts.seal_word}"
    style = Style(Face.SONG, issuer.size, issuer.least)
    value(page, issuer.box, said, style, label="落款", align=issuer.align)


_SAMPLE = DisplaySheetFacts(
    title="食品安全信息公示",
    name="柳塘老街面馆",
    trade="食品小餐饮",
    number_label="登记卡编号",
    number="CY32041310020180021",
    rows=(
        Row("经营者", "陆小满", fact="operator_name"),
        Row("经营地点", "金城镇柳塘村中街7号", may_wrap=True, fact="address"),
        Row("经营项目", "热食类食品制售（面食、小炒）", may_wrap=True, fact="products"),
        Row("有效期至", "2019年6月21日", fact="validity"),
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

_LONGEST = replace(
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
)


def laid_out(layout: Layout) -> Document[DisplaySheetFacts]:
    """Return the paper in a layout."""
    return Document(
        code="display_sheet",
        title="食品安全信息公示表",
        sheet=layout.sheet,
        sample=_SAMPLE,
        longest=_LONGEST,
        draw=partial(draw, layout=layout),
        layout=layout,
        laid_out=laid_out,
    )


DOCUMENT = laid_out(standard("display_sheet"))
