"""The A7 card that a moving stall carries along: the facts of the card in the size of a pocket."""

from dataclasses import dataclass, replace

from printing.blocks import centred_spread, single, spread, value
from printing.document import Document
from printing.documents.card import DOCUMENT as CARD
from printing.documents.card import background_key
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A7_LANDSCAPE, Align, Box
from printing.ornaments import double_frame
from printing.page import Page
from printing.registration import (
    RegistrationFacts,
    RowsLayout,
    draw_code,
    draw_code_caption,
    draw_hotlines,
    draw_labels,
    draw_number,
    draw_values,
    number_place,
)
from printing.wording import chinese_date


@dataclass(frozen=True, slots=True)
class SmallCardLayout:
    """Positions in mm and sizes in points of the A7 card."""

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
    note_y: float


LAYOUT = SmallCardLayout(
    frame=Box(5.2, 5.2, 94.6, 63.6),
    title_y=13.6,
    title_size=16,
    title_most=70,
    rule_y=15.8,
    number_y=19.8,
    number_size=7.5,
    rows=RowsLayout(
        label_x=8,
        label_width=15,
        label_size=8,
        first=Box(25, 21.2, 42.5, 5.5),
        pitch=5.75,
        base=3.9,
        middle=2.6,
        most=6,
        style=Style(Face.KAI, 9, 7),
        two_lines=7,
        underline=0.35,
    ),
    issuer_y=60.1,
    issuer=Style(Face.SONG_BOLD, 8, 6.5),
    date_y=63.5,
    code=Box(71.5, 21.8, 25, 25),
    caption_y=49.4,
    hotline_y=52.8,
    note_y=66.6,
)


def draw_background(page: Page, facts: RegistrationFacts) -> None:
    """Draw what a pre-printed card carries: frame, title, labels, issuer and note."""
    layout, ink = LAYOUT, facts.accent
    double_frame(page, layout.frame, outer=1.0, inner=0.4, gap=0.8, ink=ink)
    centre = A7_LANDSCAPE.width / 2
    centred_spread(
        page, centre, layout.title_y, facts.title, Face.SONG_BOLD, layout.title_size,
        most=layout.title_most, gap=0.2, ink=ink,
    )  # fmt: skip
    page.line((8, layout.rule_y), (97, layout.rule_y), weight=0.6, ink=ink)
    x, _ = number_place(page, centre, facts, layout.number_size)
    page.text(x, layout.number_y, facts.number_label, Face.SONG, layout.number_size)
    draw_labels(page, layout.rows, facts.rows)
    _draw_issuer(page, facts)
    draw_code_caption(page, layout.code.centre, layout.caption_y, facts, 6.5, most=26)
    draw_hotlines(page, layout.code.centre, layout.hotline_y, facts, label=7, size=8, below=3.7, most=26)
    single(
        page, centre, layout.note_y, facts.note, Face.SONG, 6.5,
        most=86, label="说明文字", align=Align.CENTRE,
    )  # fmt: skip


def draw(page: Page, facts: RegistrationFacts) -> None:
    """Draw the facts of one card."""
    layout = LAYOUT
    _, x = number_place(page, A7_LANDSCAPE.width / 2, facts, layout.number_size)
    draw_number(page, x, layout.number_y, facts, layout.number_size, most=80)
    draw_values(page, layout.rows, facts.rows)
    page.text(layout.rows.first.x, layout.date_y, chinese_date(facts.issued_on), Face.SONG, 8)
    draw_code(page, layout.code, facts)


def _draw_issuer(page: Page, facts: RegistrationFacts) -> None:
    layout, rows = LAYOUT, LAYOUT.rows
    for y, label in ((layout.issuer_y, facts.issuer_label), (layout.date_y, facts.date_label)):
        spread(page, rows.label_x, y, rows.label_width, label, Face.SONG, rows.label_size)
    room = Box(rows.first.x, layout.issuer_y - 3.2, 44, 4.4)
    width = value(page, room, facts.issuer, layout.issuer, label=facts.issuer_label, base=3.2)
    page.text(room.x + width + 0.5, layout.issuer_y, facts.seal_word, Face.SONG, 7)


_NOTE = "载明登记信息，不是行政许可证件。"

DOCUMENT = Document(
    code="card_small",
    title="登记卡（A7 小卡）",
    sheet=A7_LANDSCAPE,
    sample=replace(CARD.sample, note=_NOTE),
    longest=replace(
        CARD.longest,
        rows=tuple(replace(row, value=row.value[:33]) if row.may_wrap else row for row in CARD.longest.rows),
        note=_NOTE,
    ),
    draw=draw,
    background=draw_background,
    background_key=background_key,
    layout=LAYOUT,
)
