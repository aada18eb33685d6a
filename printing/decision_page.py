"""The black page of an authority's decisions and orders: office, title, parties, text, a box to sign receipt.

A document of this family states its own facts, makes a ``Decision`` of them and has it drawn here.
"""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import require, single, spread, value
from printing.errors import FIT, Reason
from printing.fit import STEP, Style
from printing.fonts import Face
from printing.geometry import A4, Align, Box, baseline
from printing.ornaments import double_rule
from printing.page import BLACK, Page
from printing.running_text import Line, Measure, Room, draw_lines, draw_page_number, lines_of, paged
from printing.signature import draw_signature


@dataclass(frozen=True, slots=True)
class Decision:
    """What such a paper says; all wording comes from the rule pack.

    ``parties`` are labelled lines above the text, such as (当事人, …) and (地址, …). Without
    ``receipt_label`` there is no box to sign in. ``copies_note`` stands under it.
    """

    office: str
    title: str
    number: str
    parties: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    issuer: str
    issued_on: date
    seal_word: str = "（盖章）"
    receipt_title: str = "送达签收"
    receipt_text: str = "本文书于"
    receipt_label: str = "当事人（签名或盖章）："
    deliverer_label: str = "送达人："
    copies_note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLayout:
    """Positions in mm and sizes in points; the text may shrink to ``least`` before it takes a second page."""

    measure: Measure
    receipt: Box
    least: float = 12
    office_y: float = 34
    office_size: float = 21
    title_y: float = 47.6
    title_size: float = 24
    title_width: float = 70
    rule_y: float = 53
    number_y: float = 62.3
    first_y: float = 71.3
    label_width: float = 4
    next_y: float = 44.6
    last_y: float = 258
    last_with_end_y: float = 203
    note_y: float = 273.4
    foot_y: float = 281


LAYOUT = DecisionLayout(
    measure=Measure(left=28, width=156, size=13, pitch=7.85), receipt=Box(28, 243.7, 156, 24.5)
)


def draw_decision(page: Page, decision: Decision) -> None:
    """Draw the paper; what does not fit on one page runs on, the signature never alone."""
    _mandatory(page, decision)
    measure, pages, text_y = _set(page, decision)
    _draw_head(page, decision)
    _draw_parties(page, decision)
    for index, lines in enumerate(pages):
        if index:
            page.next()
        if len(pages) > 1:
            draw_page_number(page, measure, y=LAYOUT.foot_y)
        y = draw_lines(page, LAYOUT.next_y if index else text_y, lines, measure)
        if index == len(pages) - 1:
            draw_signature(
                page, y + 0.35 * measure.pitch, measure,
                issuer=decision.issuer, day=decision.issued_on, seal_word=decision.seal_word, seal_size=11,
            )  # fmt: skip
            _draw_receipt(page, decision)


def _mandatory(page: Page, decision: Decision) -> None:
    require(
        page,
        ("发文机关", decision.office),
        ("标题", decision.title),
        ("文号", decision.number),
        ("正文", "".join(decision.paragraphs)),
        ("落款", decision.issuer),
        *decision.parties,
    )


def _set(page: Page, decision: Decision) -> tuple[Measure, list[list[Line]], float]:
    """Return the measure, the lines of each page and where the text begins: one page if that can be."""
    measure = LAYOUT.measure
    parties = sum(len(lines) for _, lines in _party_lines(page, decision))
    text_y = LAYOUT.first_y + parties * measure.pitch + 1
    room = Room(
        _fits(text_y, LAYOUT.last_y, measure),
        _fits(text_y, LAYOUT.last_with_end_y, measure),
        _fits(LAYOUT.next_y, LAYOUT.last_y, measure),
        _fits(LAYOUT.next_y, LAYOUT.last_with_end_y, measure),
    )
    smaller = measure
    while smaller.size >= LAYOUT.least:
        lines = _body(page, decision, smaller)
        if len(lines) <= room.first_with_end:
            return smaller, [lines], text_y
        smaller = replace(smaller, size=smaller.size - STEP)
    return measure, paged(_body(page, decision, measure), room), text_y


def _fits(first: float, last: float, measure: Measure) -> int:
    return max(2, int((last - first) / measure.pitch) + 1)


def _body(page: Page, decision: Decision, measure: Measure) -> list[Line]:
    return [
        line for paragraph in decision.paragraphs for line in lines_of(page, paragraph, measure, indent=2)
    ]


def _party_lines(page: Page, decision: Decision) -> list[tuple[str, list[Line]]]:
    measure = _party_measure()
    return [(label, lines_of(page, text, measure, indent=0)) for label, text in decision.parties]


def _party_measure() -> Measure:
    measure = LAYOUT.measure
    indent = (LAYOUT.label_width + 1) * measure.em
    return replace(measure, left=measure.left + indent, width=measure.width - indent)


def _draw_head(page: Page, decision: Decision) -> None:
    layout, measure = LAYOUT, LAYOUT.measure
    office = Box(measure.left, layout.office_y - 8, measure.width, 11)
    style = Style(Face.SONG_BOLD, layout.office_size, 14)
    value(page, office, decision.office, style, label="发文机关", align=Align.CENTRE, base=8)
    natural = page.width(decision.title, Face.SONG_BOLD, layout.title_size)
    width = max(layout.title_width, natural)
    size = layout.title_size * min(1.0, measure.width / max(natural, 0.1))
    if size < 16:
        page.refuse(Reason(FIT, f"“标题”太长，缩到 16 磅也放不进一行：{decision.title}"))
    width = min(width, measure.width)
    start = A4.width / 2 - width / 2
    spread(page, start, layout.title_y, width, decision.title, Face.SONG_BOLD, size)
    double_rule(page, (measure.left, layout.rule_y), measure.width, gap=1.1, ink=BLACK)
    single(
        page, measure.right, layout.number_y, decision.number, Face.FANGSONG, measure.size,
        most=measure.width, label="文号", align=Align.RIGHT,
    )  # fmt: skip


def _draw_parties(page: Page, decision: Decision) -> None:
    measure = _party_measure()
    y = LAYOUT.first_y
    for label, lines in _party_lines(page, decision):
        width = LAYOUT.label_width * LAYOUT.measure.em
        spread(page, LAYOUT.measure.left, y, width, label, Face.HEI, LAYOUT.measure.size)
        page.text(LAYOUT.measure.left + width, y, "：", Face.HEI, LAYOUT.measure.size)
        y = draw_lines(page, y, lines, measure)


def _draw_receipt(page: Page, decision: Decision) -> None:
    box, face, size = LAYOUT.receipt, Face.FANGSONG, 12
    if decision.copies_note:
        most = LAYOUT.measure.width
        single(page, box.x, LAYOUT.note_y, decision.copies_note, Face.HEI, 8.5, most=most, label="份数说明")
    if not decision.receipt_label:
        return
    page.frame(box, weight=0.6)
    aside = Box(box.x, box.y, 11, box.height)
    page.line((aside.right, box.y), (aside.right, box.bottom), weight=0.6)
    with page.reads_as(decision.receipt_title):
        step = 5.4
        top = box.middle - step * (len(decision.receipt_title) - 1) / 2
        for place, character in enumerate(decision.receipt_title):
            y = baseline(top + place * step, size)
            page.text(aside.centre, y, character, Face.HEI, 11, align=Align.CENTRE)
    x, first, second = aside.right + 4, box.y + 8, box.y + 18.4
    page.text(x, first, decision.receipt_text, face, size)
    x += page.width(decision.receipt_text, face, size) + 14
    for word, room in (("年", 8.0), ("月", 8.0), ("日", 8.0), ("时", 8.0), ("分收到。", 0.0)):
        page.text(x, first, word, face, size)
        x += page.width(word, face, size) + room
    x = aside.right + 4
    for label, room in ((decision.receipt_label, 32.0), (decision.deliverer_label, 0.0)):
        page.text(x, second, label, face, size)
        x += page.width(label, face, size) + 1
        end = x + room if room else box.right - 5
        page.line((x, second + 1.3), (end, second + 1.3), weight=0.5)
        x = end + 5
