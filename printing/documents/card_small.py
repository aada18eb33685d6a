"""The A7 card that a moving stall carries along: the facts of the card in the size of a pocket."""

from dataclasses import replace
from functools import partial

from printing.blocks import centred_spread
from printing.document import Document
from printing.documents.card import DOCUMENT as CARD
from printing.documents.card import background_key
from printing.fonts import Face
from printing.geometry import Box
from printing.layout import Layout
from printing.layout_file import standard
from printing.ornaments import double_frame
from printing.page import Page
from printing.registration import (
    RegistrationFacts,
    draw_card_issuer,
    draw_code_caption,
    draw_facts,
    draw_hotlines,
    draw_labels,
    draw_number_label,
    draw_rule,
    draw_single,
)

_FRAME = Box(5.2, 5.2, 94.6, 63.6)


def draw_background(page: Page, facts: RegistrationFacts, layout: Layout) -> None:
    """Draw what a pre-printed card carries: frame, title, labels, issuer and note."""
    ink, places = facts.accent, layout.places
    double_frame(page, _FRAME, outer=1.0, inner=0.4, gap=0.8, ink=ink)
    title = places["title"]
    centred_spread(
        page, title.box.centre, title.base, facts.title, Face.SONG_BOLD, title.size,
        most=title.box.width, gap=0.2, ink=ink,
    )  # fmt: skip
    draw_rule(page, places["rule"], ink=ink, weight=0.6)
    draw_number_label(page, places["number"], facts)
    draw_labels(page, layout.lines, facts.rows)
    draw_card_issuer(page, layout, facts, seal_size=7, gap=0.5)
    draw_code_caption(page, places["caption"], facts)
    draw_hotlines(page, places["hotlines"], facts)
    draw_single(page, places["note"], facts.note, Face.SONG, label="说明文字")


_NOTE = "载明登记信息，不是行政许可证件。"

_LONGEST = replace(
    CARD.longest,
    rows=tuple(replace(row, value=row.value[:33]) if row.may_wrap else row for row in CARD.longest.rows),
    note=_NOTE,
)


def laid_out(layout: Layout) -> Document[RegistrationFacts]:
    """Return the paper in a layout."""
    return Document(
        code="card_small",
        title="登记卡（A7 小卡）",
        sheet=layout.sheet,
        sample=replace(CARD.sample, note=_NOTE),
        longest=_LONGEST,
        draw=partial(draw_facts, layout=layout),
        background=partial(draw_background, layout=layout),
        background_key=background_key,
        layout=layout,
        laid_out=laid_out,
    )


DOCUMENT = laid_out(standard("card_small"))
