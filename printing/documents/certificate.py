"""食品小作坊登记证, the original (正本) that hangs on the wall of a workshop."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import paragraph, single, spread, value
from printing.document import Document
from printing.documents.card import background_key as card_background_key
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A4_LANDSCAPE, Align, Box
from printing.ornaments import double_frame, double_rule, woven_frame
from printing.page import Page
from printing.registration import (
    RegistrationFacts,
    Row,
    RowsLayout,
    draw_code,
    draw_code_caption,
    draw_hotlines,
    draw_labels,
    draw_number,
    draw_values,
    number_place,
)


@dataclass(frozen=True, slots=True)
class CertificateLayout:
    """Positions in mm and sizes in points of the A4 certificate."""

    frame: Box
    band: float
    title: Box
    title_size: float
    copy_x: float
    rule_y: float
    number_y: float
    number_size: float
    rows: RowsLayout
    code: Box
    caption_y: float
    hotline_y: float
    issuer: Box
    issuer_style: Style
    seal_y: float
    date_y: float
    date_size: float
    note: Box


LAYOUT = CertificateLayout(
    frame=Box(9, 9, 279, 192),
    band=9.5,
    title=Box(74, 40, 149, 13.8),
    title_size=40,
    copy_x=227,
    rule_y=59.3,
    number_y=68.2,
    number_size=12.5,
    rows=RowsLayout(
        label_x=40,
        label_width=41.5,
        label_size=14.5,
        first=Box(86.5, 79.4, 125.5, 9),
        pitch=12.6,
        base=6.25,
        middle=4.35,
        most=6,
        style=Style(Face.KAI, 17, 12),
        two_lines=12,
    ),
    code=Box(221, 79, 34, 34),
    caption_y=120,
    hotline_y=128.6,
    issuer=Box(157, 161.6, 100, 8),
    issuer_style=Style(Face.SONG_BOLD, 16, 12),
    seal_y=157.6,
    date_y=176.3,
    date_size=15,
    note=Box(40, 162, 92, 16),
)


def draw_background(page: Page, facts: RegistrationFacts) -> None:
    """Draw what a pre-printed certificate carries: border, title, labels, issuer and note."""
    layout, ink = LAYOUT, facts.accent
    _draw_border(page, ink)
    title = layout.title
    spread(page, title.x, title.bottom, title.width, facts.title, Face.SONG_BOLD, layout.title_size, ink=ink)
    if facts.copy_word:
        page.text(layout.copy_x, title.bottom - 0.8, f"（{facts.copy_word}）", Face.SONG, 13.5)
    double_rule(page, (title.x, layout.rule_y), title.width, gap=1.0, ink=ink)
    x, _ = number_place(page, title.centre, facts, layout.number_size)
    page.text(x, layout.number_y, facts.number_label, Face.SONG, layout.number_size)
    draw_labels(page, layout.rows, facts.rows)
    draw_code_caption(page, layout.code.centre, layout.caption_y, facts, 9, most=46)
    draw_hotlines(page, layout.code.centre, layout.hotline_y, facts, label=10.5, size=13, below=6.3, most=46)
    _draw_issuer(page, facts)


def draw(page: Page, facts: RegistrationFacts) -> None:
    """Draw the facts of one certificate."""
    layout = LAYOUT
    _, x = number_place(page, layout.title.centre, facts, layout.number_size)
    draw_number(page, x, layout.number_y, facts, layout.number_size, most=170)
    draw_values(page, layout.rows, facts.rows)
    draw_code(page, layout.code, facts)
    day = facts.date_line
    page.text(layout.issuer.centre, layout.date_y, day, Face.SONG, layout.date_size, align=Align.CENTRE)


def background_key(facts: RegistrationFacts) -> Hashable:
    """Return what two certificates must share to lie on the same background."""
    return facts.copy_word, card_background_key(facts)


def _draw_border(page: Page, ink: str) -> None:
    frame, band = LAYOUT.frame, LAYOUT.band
    double_frame(page, frame, outer=1.4, inner=0.35, gap=1.0, ink=ink)
    woven = frame.inset(1.0, 1.0)
    woven_frame(page, woven, band=band, weight=0.35, ink=ink)
    double_frame(page, woven.inset(band + 0.7, band + 0.7), outer=0.35, inner=0.9, gap=0.8, ink=ink)


def _draw_issuer(page: Page, facts: RegistrationFacts) -> None:
    layout = LAYOUT
    note = layout.note
    page.line((note.x, note.y - 1.8), (note.right, note.y - 1.8), weight=0.5, ink=facts.accent)
    paragraph(page, note, facts.note, Face.SONG, 9.5, label="说明文字", pitch=5.2)
    seal = f"{facts.issuer_label}{facts.seal_word}"
    centre = layout.issuer.centre
    single(page, centre, layout.seal_y, seal, Face.SONG, 11, most=100, label="发证机关", align=Align.CENTRE)
    value(
        page, layout.issuer, facts.issuer, layout.issuer_style, label=facts.issuer_label, align=Align.CENTRE
    )


_SAMPLE = RegistrationFacts(
    title="食品小作坊登记证",
    copy_word="正本",
    number_label="登记证编号",
    number="ZF 320413100 2018 0012",
    rows=(
        Row("名称", "金城镇石桥张记豆制品作坊"),
        Row("经营者姓名", "张𬭎"),
        Row("统一社会信用代码", "92320413MA1T000133"),
        Row("生产加工地址", "常州市金坛区金城镇石桥村东巷18号", may_wrap=True),
        Row("生产加工品种", "豆制品（豆腐、百叶、豆腐干）", may_wrap=True),
        Row("有效期限", "2018年7月6日至2021年7月5日"),
    ),
    issuer_label="发证机关",
    issuer="常州市金坛区市场监督管理局",
    issued_on=date(2018, 7, 6),
    note=(
        "本证依据《江苏省食品小作坊和食品摊贩管理条例》发给。持证人应当按登记的地址和品种生产加工，"
        "并将本证悬挂在生产加工场所的显著位置；登记事项变更的，应当申请变更。"
    ),
    accent="17564A",
    qr_text="编号ZF32041310020180012\n名称金城镇石桥张记豆制品作坊\n类别食品小作坊\n有效期至2021-07-05\n发证机关常州市金坛区市场监督管理局",
    hotline_label="投诉举报",
)

DOCUMENT = Document(
    code="certificate",
    title="食品小作坊登记证",
    sheet=A4_LANDSCAPE,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        number="ZF 320413100 2018 9999",
        rows=(
            Row("名称", "常州市金坛区金城镇石桥新村老街张记豆制品加工作坊"),
            Row("经营者姓名", "阿卜杜喀迪尔·阿卜杜热合曼江"),
            Row("统一社会信用代码", "92320413MA1WWWWW8W"),
            Row(
                "生产加工地址",
                "江苏省常州市金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号旁一层临街厂房（原第二粮站仓库）",
                may_wrap=True,
            ),
            Row(
                "生产加工品种",
                "豆制品（豆腐、百叶、豆腐干、素鸡、油豆腐、豆浆）、糕点（烘烤类、蒸煮类）、酱腌菜、粮食加工品（米粉）",
                may_wrap=True,
            ),
            Row("有效期限", "2018年12月26日至2021年12月25日"),
        ),
        issuer="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        issued_on=date(2018, 12, 26),
    ),
    draw=draw,
    background=draw_background,
    background_key=background_key,
    layout=LAYOUT,
)
