"""The facts of the papers that a registered trade is given: certificates and cards of every province."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import code, single, spread, value
from printing.errors import FIT, MISSING_FACT, Reason
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import MM, Align, Box
from printing.layout import Layout, Lines, Place
from printing.page import GREY, Page
from printing.wording import chinese_date, ungrouped


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled line; a list of products or a place may take two lines, a name or a number never.

    ``fact`` is what the layout knows it by (``printing.layout.FACTS``).
    """

    label: str
    value: str
    may_wrap: bool = False
    fact: str = ""


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """What a certificate or card says. Titles, labels and wording come from the rule pack.

    Identity numbers arrive masked. Spaces in ``number`` group it on paper and are no part of it.
    ``accent`` is the dark colour of the trade as six hexadecimal digits. Certificates show the day
    without ``date_label``. ``date_word`` (变更、补发) stands behind the day.
    """

    title: str
    number_label: str
    number: str
    rows: tuple[Row, ...]
    issuer_label: str
    issuer: str
    issued_on: date
    note: str
    accent: str
    date_label: str = ""
    date_word: str = ""
    seal_word: str = "（盖章）"
    copy_word: str = ""
    qr_text: str = ""
    qr_caption: str = "扫码核对登记信息"
    hotline_label: str = "投诉举报电话"
    hotlines: tuple[str, ...] = ("12345", "12315")

    @property
    def date_line(self) -> str:
        """The day of signing as it is printed, 变更 or 补发 behind it (餐饮服务许可证填写说明)."""
        word = f"（{self.date_word}）" if self.date_word else ""
        return f"{chinese_date(self.issued_on)}{word}"


def _placed(lines: Lines, rows: tuple[Row, ...]) -> Iterator[tuple[Row, Place, bool]]:
    """Yield the rows that the layout prints, where each stands, and whether that is in its line."""
    shown = [row for row in rows if row.fact not in lines.without]
    for index, row in enumerate(shown):
        yield row, lines.place(row.fact, index), row.fact not in lines.own


def draw_labels(page: Page, lines: Lines, rows: tuple[Row, ...]) -> None:
    """Draw the labels, spread to one width, and the lines under the values."""
    left = lines.first.x - lines.label_x
    for row, place, is_in_line in _placed(lines, rows):
        box = place.box
        y = box.y + lines.base if is_in_line else place.base
        spread(page, box.x - left, y, lines.label_width, row.label, Face.SONG, lines.label_size)
        if lines.underline:
            ends = (box.x - 1, box.bottom), (box.right + 1, box.bottom)
            page.line(*ends, weight=lines.underline, ink=GREY)


def draw_values(page: Page, lines: Lines, rows: tuple[Row, ...]) -> None:
    """Draw the values; where there are more than the paper has lines, it is refused."""
    placed = list(_placed(lines, rows))
    if len(placed) > lines.most:
        page.refuse(Reason(FIT, f"这张证卡最多印 {lines.most} 行，规则包里写了 {len(placed)} 行"))
    for row, place, is_in_line in placed:
        value(
            page,
            place.box,
            row.value,
            place.style(Face.KAI, may_wrap=row.may_wrap),
            label=row.label,
            align=place.align,
            base=lines.base if is_in_line else place.base - place.box.y,
            middle=lines.middle if is_in_line else None,
        )


def draw_single(page: Page, place: Place, text: str, face: Face, *, label: str) -> None:
    """Draw a field of one line that may neither wrap nor shrink, where the layout shows it."""
    if place.is_shown:
        most = place.box.width
        single(
            page, place.anchor, place.base, text, face, place.size, most=most, label=label, align=place.align
        )


def draw_rule(page: Page, place: Place, *, weight: float, ink: str) -> None:
    """Draw the line below a title along the top of its place."""
    if place.is_shown:
        box = place.box
        page.line((box.x, box.y), (box.right, box.y), weight=weight, ink=ink)


def draw_card_issuer(
    page: Page, layout: Layout, facts: RegistrationFacts, *, seal_size: float, gap: float
) -> None:
    """Draw who issues a card, with room for the seal behind it, and the labels of issuer and day."""
    issuer, lines = layout.places["issuer"], layout.lines
    left = lines.first.x - lines.label_x
    for place, label in ((issuer, facts.issuer_label), (layout.places["date"], facts.date_label)):
        spread(page, place.box.x - left, place.base, lines.label_width, label, Face.SONG, lines.label_size)
    box, seal = issuer.box, page.width(facts.seal_word, Face.SONG, seal_size)
    room = Box(box.x, box.y, box.width - seal, box.height)
    style = Style(Face.SONG_BOLD, issuer.size, issuer.least)
    width = value(page, room, facts.issuer, style, label=facts.issuer_label, base=issuer.base - box.y)
    page.text(box.x + width + gap, issuer.base, facts.seal_word, Face.SONG, seal_size)


def number_place(page: Page, place: Place, facts: RegistrationFacts) -> tuple[float, float]:
    """Return where the label and the number begin; both together are aligned in their box."""
    gap = place.size / MM
    label = page.width(facts.number_label, Face.SONG, place.size)
    width = label + gap + number_width(page, facts.number, place.size)
    before = {Align.LEFT: 0.0, Align.CENTRE: width / 2, Align.RIGHT: width}[place.align]
    return place.anchor - before, place.anchor - before + label + gap


def number_width(page: Page, number: str, size: float) -> float:
    """Return the width in mm of a number whose groups stand one character apart."""
    parts = number.split()
    gaps = size / MM * max(0, len(parts) - 1)
    return sum(page.figures_width(part, Face.SONG, size) for part in parts) + gaps


def draw_number_label(page: Page, place: Place, facts: RegistrationFacts) -> None:
    """Draw what stands before the number."""
    x, _ = number_place(page, place, facts)
    page.text(x, place.base, facts.number_label, Face.SONG, place.size)


def draw_number(page: Page, place: Place, facts: RegistrationFacts) -> None:
    """Draw the number, its groups one character apart; it is read back without gaps."""
    if not facts.number.strip():
        said = f"“{facts.number_label}”还空着：先登记取号，再打印"
        page.refuse(Reason(MISSING_FACT, said))
    size = place.size
    label_width = page.width(facts.number_label, Face.SONG, size) + size / MM
    if label_width + number_width(page, facts.number, size) > place.box.width:
        page.refuse(Reason(FIT, f"“{facts.number_label}”太长，一行放不下：{facts.number}"))
        return
    _, x = number_place(page, place, facts)
    with page.reads_as(ungrouped(facts.number)):
        for part in facts.number.split():
            page.figures(x, place.base, part, Face.SONG, size)
            x += page.figures_width(part, Face.SONG, size) + size / MM


def draw_facts(page: Page, facts: RegistrationFacts, layout: Layout) -> None:
    """Draw what is filled in, on a pre-printed paper too: number, lines, day and code."""
    places = layout.places
    draw_number(page, places["number"], facts)
    draw_values(page, layout.lines, facts.rows)
    draw_single(page, places["date"], facts.date_line, Face.SONG, label=facts.date_label or "发证日期")
    draw_code(page, layout.code, facts)


def draw_code(page: Page, box: Box, facts: RegistrationFacts) -> None:
    """Draw the code, where the rule pack wants one."""
    if facts.qr_text:
        code(page, box, facts.qr_text)


def draw_code_caption(page: Page, place: Place, facts: RegistrationFacts) -> None:
    """Say under the code what it is for."""
    if facts.qr_text:
        draw_single(page, place, facts.qr_caption, Face.HEI, label="二维码说明")


def draw_hotlines(page: Page, place: Place, facts: RegistrationFacts) -> None:
    """Draw the numbers for complaints in the lower half of their box, smaller above it what they are."""
    if not facts.hotlines or not place.is_shown:
        return
    box, name = place.box, facts.hotline_label
    half = box.height / 2
    above = replace(place, box=Box(box.x, box.y, box.width, half), size=place.least)
    below = replace(place, box=Box(box.x, box.middle, box.width, half))
    draw_single(page, above, name, Face.SONG, label=name)
    draw_single(page, below, "　".join(facts.hotlines), Face.HEI, label=name)
