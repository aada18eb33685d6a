"""The A6 card of a stall or an eatery, whatever its province calls it: one drawing for all of them."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from functools import partial

from printing.blocks import centred_spread, paragraph
from printing.document import Document
from printing.fonts import Face
from printing.geometry import Box
from printing.layout import Layout
from printing.layout_file import standard
from printing.ornaments import double_frame, key_corners
from printing.page import Page
from printing.registration import (
    RegistrationFacts,
    Row,
    draw_card_issuer,
    draw_code_caption,
    draw_facts,
    draw_hotlines,
    draw_labels,
    draw_number_label,
    draw_rule,
)

_FRAME = Box(5.5, 5.5, 137, 94)


def draw_background(page: Page, facts: RegistrationFacts, layout: Layout) -> None:
    """Draw what a pre-printed card carries: frame, title, labels, issuer and note."""
    ink, places = facts.accent, layout.places
    double_frame(page, _FRAME, outer=1.2, inner=0.4, gap=1.0, ink=ink)
    key_corners(page, _FRAME.inset(1.0, 1.0), size=5.6, weight=0.5, ink=ink)
    title = places["title"]
    centred_spread(
        page, title.box.centre, title.base, facts.title, Face.SONG_BOLD, title.size,
        most=title.box.width, gap=0.29, ink=ink,
    )  # fmt: skip
    draw_rule(page, places["rule"], ink=ink, weight=0.8)
    draw_number_label(page, places["number"], facts)
    draw_labels(page, layout.lines, facts.rows)
    draw_card_issuer(page, layout, facts, seal_size=9, gap=0.6)
    draw_code_caption(page, places["caption"], facts)
    draw_hotlines(page, places["hotlines"], facts)
    note = places["note"]
    pitch = note.size * 2.7 / 7
    paragraph(
        page, note.box, facts.note, Face.SONG, note.size, label="说明文字", pitch=pitch, align=note.align
    )


def background_key(facts: RegistrationFacts) -> Hashable:
    """Return what two cards must share to lie on the same background."""
    return (
        facts.title,
        facts.number_label,
        _pattern(facts.number),
        tuple((row.label, row.fact) for row in facts.rows),
        (facts.issuer_label, facts.issuer, facts.seal_word, facts.date_label),
        (facts.note, facts.accent, facts.qr_caption if facts.qr_text else ""),
        (facts.hotline_label, facts.hotlines),
    )


def _pattern(number: str) -> str:
    """Return a number with its digits alike: numbers of one pattern are of one width."""
    return "".join("0" if character.isascii() and character.isdigit() else character for character in number)


_SAMPLE = RegistrationFacts(
    title="食品摊贩登记卡",
    number_label="登记卡编号",
    number="TF 320413100 2018 0037",
    rows=(
        Row("经营者姓名", "张𬭎", fact="operator_name"),
        Row("身份证号", "3204821990****0019", fact="operator_id_number_masked"),
        Row("经营品种", "油条、豆浆、蒸包", may_wrap=True, fact="products"),
        Row("指定地点", "金城镇柳塘路早餐点　A06摊位", may_wrap=True, fact="address"),
        Row("经营时段", "5:00—9:30", fact="trading_hours"),
        Row("有效期限", "2018年6月20日至2019年6月19日", fact="validity"),
    ),
    issuer_label="发卡单位",
    issuer="金城镇食品安全委员会办公室",
    date_label="发卡日期",
    issued_on=date(2018, 6, 20),
    note="请将本卡置于摊位显著位置，在指定地点和时段内经营。本卡载明登记信息，不是行政许可证件。",
    accent="1F4878",
    qr_text="编号TF32041310020180037\n名称张𬭎\n类别食品摊贩\n有效期至2019-06-19\n发卡单位金城镇食品安全委员会办公室",
)

_LONGEST = replace(
    _SAMPLE,
    number="TF 320413100 2018 9999",
    rows=(
        Row("经营者姓名", "阿卜杜喀迪尔·阿卜杜热合曼江", fact="operator_name"),
        Row("身份证号", "6531011985****351X", fact="operator_id_number_masked"),
        Row(
            "经营品种",
            "烤羊肉串、烤馕、烤包子、手抓饭、凉皮、凉粉、酸奶、切糕、葡萄干、巴旦木、大盘鸡",
            may_wrap=True,
            fact="products",
        ),
        Row(
            "指定地点",
            "金城镇东浦村委会东侧三十米早餐夜市便民服务疏导点南区第二排B区112号摊位（流动）",
            may_wrap=True,
            fact="address",
        ),
        Row("经营时段", "5:00—9:30，17:30—次日1:00", fact="trading_hours"),
        Row("有效期限", "2018年12月20日至2019年12月19日", fact="validity"),
    ),
    issuer="常州市金坛区金城镇食品安全委员会办公室",
    issued_on=date(2018, 12, 20),
)


def laid_out(layout: Layout) -> Document[RegistrationFacts]:
    """Return the paper in a layout."""
    return Document(
        code="card",
        title="登记卡（食品摊贩、食品小餐饮）",
        sheet=layout.sheet,
        sample=_SAMPLE,
        longest=_LONGEST,
        draw=partial(draw_facts, layout=layout),
        background=partial(draw_background, layout=layout),
        background_key=background_key,
        layout=layout,
        laid_out=laid_out,
    )


DOCUMENT = laid_out(standard("card"))
