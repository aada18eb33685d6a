"""The A6 card of a stall or an eatery, whatever its province calls it: one drawing for all of them."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import centred_spread, paragraph, spread, value
from printing.document import Document
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A6_LANDSCAPE, Align, Box
from printing.ornaments import double_frame, key_corners
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
class CardLayout:
    """Positions in mm and sizes in points of the A6 card."""

    frame: Box
    title_y: float
    title_size: float
    title_most: float
    rule_y: float
    number_y: float
    number_size: float
    rows: RowsLayout
    issuer_y: float
    issuer: Style
    date_y: float
    code: Box
    caption_y: float
    hotline_y: float
    note: Box


LAYOUT = CardLayout(
    frame=Box(5.5, 5.5, 137, 94),
    title_y=21.2,
    title_size=25,
    title_most=104,
    rule_y=25,
    number_y=30.3,
    number_size=9.5,
    rows=RowsLayout(
        label_x=14,
        label_width=19.6,
        label_size=10.5,
        first=Box(37, 34.6, 63, 6.6),
        pitch=7.25,
        base=4.95,
        middle=2.95,
        most=6,
        style=Style(Face.KAI, 12, 9),
        two_lines=8,
        underline=0.35,
    ),
    issuer_y=83.5,
    issuer=Style(Face.SONG_BOLD, 11.5, 7.5),
    date_y=90,
    code=Box(106, 35.6, 28, 28),
    caption_y=69.3,
    hotline_y=76.6,
    note=Box(18, 92.6, 112, 5.4),
)


def draw_background(page: Page, facts: RegistrationFacts) -> None:
    """Draw what a pre-printed card carries: frame, title, labels, issuer and note."""
    layout = LAYOUT
    ink = facts.accent
    double_frame(page, layout.frame, outer=1.2, inner=0.4, gap=1.0, ink=ink)
    key_corners(page, layout.frame.inset(1.0, 1.0), size=5.6, weight=0.5, ink=ink)
    centre = A6_LANDSCAPE.width / 2
    centred_spread(
        page, centre, layout.title_y, facts.title, Face.SONG_BOLD, layout.title_size,
        most=layout.title_most, gap=0.29, ink=ink,
    )  # fmt: skip
    page.line((14, layout.rule_y), (134, layout.rule_y), weight=0.8, ink=ink)
    x, _ = number_place(page, centre, facts, layout.number_size)
    page.text(x, layout.number_y, facts.number_label, Face.SONG, layout.number_size)
    draw_labels(page, layout.rows, facts.rows)
    _draw_issuer(page, facts)
    draw_code_caption(page, layout.code.centre, layout.caption_y, facts, 7.5, most=34)
    draw_hotlines(page, layout.code.centre, layout.hotline_y, facts, label=8.5, size=10.5, below=5.3, most=34)
    paragraph(page, layout.note, facts.note, Face.SONG, 7, label="说明文字", pitch=2.7, align=Align.CENTRE)


def draw(page: Page, facts: RegistrationFacts) -> None:
    """Draw the facts of one card."""
    layout = LAYOUT
    _, x = number_place(page, A6_LANDSCAPE.width / 2, facts, layout.number_size)
    draw_number(page, x, layout.number_y, facts, layout.number_size, most=96)
    draw_values(page, layout.rows, facts.rows)
    page.text(layout.rows.first.x, layout.date_y, facts.date_line, Face.SONG, 11.5)
    draw_code(page, layout.code, facts)


def background_key(facts: RegistrationFacts) -> Hashable:
    """Return what two cards must share to lie on the same background."""
    return (
        facts.title,
        facts.number_label,
        _pattern(facts.number),
        tuple(row.label for row in facts.rows),
        (facts.issuer_label, facts.issuer, facts.seal_word, facts.date_label),
        (facts.note, facts.accent, facts.qr_caption if facts.qr_text else ""),
        (facts.hotline_label, facts.hotlines),
    )


def _pattern(number: str) -> str:
    """Return a number with its digits alike: numbers of one pattern are of one width."""
    return "".join("0" if character.isascii() and character.isdigit() else character for character in number)


def _draw_issuer(page: Page, facts: RegistrationFacts) -> None:
    layout = LAYOUT
    rows = layout.rows
    for y, label in ((layout.issuer_y, facts.issuer_label), (layout.date_y, facts.date_label)):
        spread(page, rows.label_x, y, rows.label_width, label, Face.SONG, rows.label_size)
    seal = page.width(facts.seal_word, Face.SONG, 9)
    room = Box(rows.first.x, layout.issuer_y - 4.5, layout.code.x - 3 - rows.first.x - seal, 6)
    width = value(page, room, facts.issuer, layout.issuer, label=facts.issuer_label, base=4.5)
    page.text(room.x + width + 0.6, layout.issuer_y, facts.seal_word, Face.SONG, 9)


_SAMPLE = RegistrationFacts(
    title="食品摊贩登记卡",
    number_label="登记卡编号",
    number="TF 320413100 2018 0037",
    rows=(
        Row("经营者姓名", "张𬭎"),
        Row("身份证号", "3204821990****0019"),
        Row("经营品种", "油条、豆浆、蒸包", may_wrap=True),
        Row("指定地点", "金城镇柳塘路早餐点　A06摊位", may_wrap=True),
        Row("经营时段", "5:00—9:30"),
        Row("有效期限", "2018年6月20日至2019年6月19日"),
    ),
    issuer_label="发卡单位",
    issuer="金城镇食品安全委员会办公室",
    date_label="发卡日期",
    issued_on=date(2018, 6, 20),
    note="请将本卡置于摊位显著位置，在指定地点和时段内经营。本卡载明登记信息，不是行政许可证件。",
    accent="1F4878",
    qr_text="编号TF32041310020180037\n名称张𬭎\n类别食品摊贩\n有效期至2019-06-19\n发卡单位金城镇食品安全委员会办公室",
)

DOCUMENT = Document(
    code="card",
    title="登记卡（食品摊贩、食品小餐饮）",
    sheet=A6_LANDSCAPE,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        number="TF 320413100 2018 9999",
        rows=(
            Row("经营者姓名", "阿卜杜喀迪尔·阿卜杜热合曼江"),
            Row("身份证号", "6531011985****351X"),
            Row(
                "经营品种",
                "烤羊肉串、烤馕、烤包子、手抓饭、凉皮、凉粉、酸奶、切糕、葡萄干、巴旦木、大盘鸡",
                may_wrap=True,
            ),
            Row(
                "指定地点",
                "金城镇东浦村委会东侧三十米早餐夜市便民服务疏导点南区第二排B区112号摊位（流动）",
                may_wrap=True,
            ),
            Row("经营时段", "5:00—9:30，17:30—次日1:00"),
            Row("有效期限", "2018年12月20日至2019年12月19日"),
        ),
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 20),
    ),
    draw=draw,
    background=draw_background,
    background_key=background_key,
    layout=LAYOUT,
)
