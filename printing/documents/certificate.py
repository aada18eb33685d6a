"""食品小作坊登记证, the original (正本) that hangs on the wall of a workshop."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from functools import partial

from printing.blocks import paragraph, spread, value
from printing.document import Document
from printing.documents.card import background_key as card_background_key
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import Box
from printing.layout import Layout
from printing.layout_file import standard
from printing.ornaments import double_frame, double_rule, woven_frame
from printing.page import Page
from printing.registration import (
    RegistrationFacts,
    Row,
    draw_code_caption,
    draw_facts,
    draw_hotlines,
    draw_labels,
    draw_number_label,
    draw_single,
)

_FRAME = Box(9, 9, 279, 192)
_BAND = 9.5


def draw_background(page: Page, facts: RegistrationFacts, layout: Layout) -> None:
    """Draw what a pre-printed certificate carries: border, title, labels, issuer and note."""
    places = layout.places
    draw_border(page, _FRAME, band=_BAND, ink=facts.accent)
    draw_certificate_head(page, facts, layout)
    draw_labels(page, layout.lines, facts.rows)
    draw_code_caption(page, places["caption"], facts)
    draw_hotlines(page, places["hotlines"], facts)
    note = places["note"]
    box = note.box
    page.line((box.x, box.y - 1.8), (box.right, box.y - 1.8), weight=0.5, ink=facts.accent)
    pitch = note.size * 5.2 / 9.5
    paragraph(page, box, facts.note, Face.SONG, note.size, label="说明文字", pitch=pitch, align=note.align)
    draw_certificate_issuer(page, facts, layout)


def draw_certificate_head(page: Page, facts: RegistrationFacts, layout: Layout) -> None:
    """Draw title, which copy it is, the rule below, and what stands before the number."""
    ink, places = facts.accent, layout.places
    title = places["title"]
    box = title.box
    spread(page, box.x, title.base, box.width, facts.title, Face.SONG_BOLD, title.size, ink=ink)
    if facts.copy_word:
        draw_single(page, places["copy"], f"（{facts.copy_word}）", Face.SONG, label="正本、副本字样")
    if places["rule"].is_shown:
        rule = places["rule"].box
        double_rule(page, (rule.x, rule.y), rule.width, gap=1.0, ink=ink)
    draw_number_label(page, places["number"], facts)


def background_key(facts: RegistrationFacts) -> Hashable:
    """Return what two certificates must share to lie on the same background."""
    return facts.copy_word, card_background_key(facts)


def draw_border(page: Page, frame: Box, *, band: float, ink: str) -> None:
    """Draw the woven border along the inside of a frame."""
    double_frame(page, frame, outer=1.4, inner=0.35, gap=1.0, ink=ink)
    woven = frame.inset(1.0, 1.0)
    woven_frame(page, woven, band=band, weight=0.35, ink=ink)
    double_frame(page, woven.inset(band + 0.7, band + 0.7), outer=0.35, inner=0.9, gap=0.8, ink=ink)


def draw_certificate_issuer(page: Page, facts: RegistrationFacts, layout: Layout) -> None:
    """Draw who issues a certificate, with room for the seal."""
    issuer = layout.places["issuer"]
    seal = f"{facts.issuer_label}{facts.seal_word}"
    draw_single(page, layout.places["seal"], seal, Face.SONG, label="发证机关")
    style = Style(Face.SONG_BOLD, issuer.size, issuer.least)
    value(page, issuer.box, facts.issuer, style, label=facts.issuer_label, align=issuer.align)


_SAMPLE = RegistrationFacts(
    title="食品小作坊登记证",
    copy_word="正本",
    number_label="登记证编号",
    number="ZF 320413100 2018 0012",
    rows=(
        Row("名称", "金城镇石桥张记豆制品作坊", fact="name"),
        Row("经营者姓名", "张𬭎", fact="operator_name"),
        Row("统一社会信用代码", "92320413MA1T000133", fact="business_licence_number"),
        Row("生产加工地址", "常州市金坛区金城镇石桥村东巷18号", may_wrap=True, fact="address"),
        Row("生产加工品种", "豆制品（豆腐、百叶、豆腐干）", may_wrap=True, fact="products"),
        Row("有效期限", "2018年7月6日至2021年7月5日", fact="validity"),
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

_LONGEST = replace(
    _SAMPLE,
    number="ZF 320413100 2018 9999",
    rows=(
        Row("名称", "常州市金坛区金城镇石桥新村老街张记豆制品加工作坊", fact="name"),
        Row("经营者姓名", "阿卜杜喀迪尔·阿卜杜热合曼江", fact="operator_name"),
        Row("统一社会信用代码", "92320413MA1WWWWW8W", fact="business_licence_number"),
        Row(
            "生产加工地址",
            "江苏省常州市金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号旁一层临街厂房（原第二粮站仓库）",
            may_wrap=True,
            fact="address",
        ),
        Row(
            "生产加工品种",
            "豆制品（豆腐、百叶、豆腐干、素鸡、油豆腐、豆浆）、糕点（烘烤类、蒸煮类）、酱腌菜、粮食加工品（米粉）",
            may_wrap=True,
            fact="products",
        ),
        Row("有效期限", "2018年12月26日至2021年12月25日", fact="validity"),
    ),
    issuer="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
    issued_on=date(2018, 12, 26),
)


def laid_out(layout: Layout) -> Document[RegistrationFacts]:
    """Return the paper in a layout."""
    return Document(
        code="certificate",
        title="食品小作坊登记证",
        sheet=layout.sheet,
        sample=_SAMPLE,
        longest=_LONGEST,
        draw=partial(draw_facts, layout=layout),
        background=partial(draw_background, layout=layout),
        background_key=background_key,
        layout=layout,
        laid_out=laid_out,
    )


DOCUMENT = laid_out(standard("certificate"))
