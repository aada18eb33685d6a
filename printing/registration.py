"""The facts of the papers that a registered trade is given: certificates and cards of every province."""

from dataclasses import dataclass
from datetime import date

from printing.blocks import code, single, spread, value
from printing.errors import FIT, MISSING_FACT, Reason
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import MM, Align, Box
from printing.page import GREY, Page
from printing.wording import chinese_date, ungrouped


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled line; a list of products or a place may take two lines, a name or a number never."""

    label: str
    value: str
    may_wrap: bool = False


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


@dataclass(frozen=True, slots=True)
class RowsLayout:
    """Where the labelled lines stand, in mm.

    ``base`` is the baseline of one line, ``middle`` the middle of two, from the top of a box.
    """

    label_x: float
    label_width: float
    label_size: float
    first: Box
    pitch: float
    base: float
    middle: float
    most: int
    style: Style
    two_lines: float
    underline: float = 0.0

    def box(self, index: int) -> Box:
        return Box(self.first.x, self.first.y + index * self.pitch, self.first.width, self.first.height)

    def value_style(self, row: Row) -> Style:
        two_lines = self.two_lines if row.may_wrap else None
        return Style(self.style.face, self.style.size, self.style.least, two_lines)


def draw_labels(page: Page, layout: RowsLayout, rows: tuple[Row, ...]) -> None:
    """Draw the labels, spread to one width, and the lines under the values."""
    for index, row in enumerate(rows):
        box = layout.box(index)
        spread(
            page,
            layout.label_x,
            box.y + layout.base,
            layout.label_width,
            row.label,
            Face.SONG,
            layout.label_size,
        )
        if layout.underline:
            ends = (box.x - 1, box.bottom), (box.right + 1, box.bottom)
            page.line(*ends, weight=layout.underline, ink=GREY)


def draw_values(page: Page, layout: RowsLayout, rows: tuple[Row, ...]) -> None:
    """Draw the values; where there are more than the paper has lines, it is refused."""
    if len(rows) > layout.most:
        page.refuse(Reason(FIT, f"这张证卡最多印 {layout.most} 行，规则包里写了 {len(rows)} 行"))
    for index, row in enumerate(rows):
        value(
            page,
            layout.box(index),
            row.value,
            layout.value_style(row),
            label=row.label,
            base=layout.base,
            middle=layout.middle,
        )


def number_place(page: Page, centre: float, facts: RegistrationFacts, size: float) -> tuple[float, float]:
    """Return where the label and the number begin so that both together stand in the middle."""
    gap = size / MM
    label = page.width(facts.number_label, Face.SONG, size)
    width = label + gap + number_width(page, facts.number, size)
    return centre - width / 2, centre - width / 2 + label + gap


def number_width(page: Page, number: str, size: float) -> float:
    """Return the width in mm of a number whose groups stand one character apart."""
    parts = number.split()
    gaps = size / MM * max(0, len(parts) - 1)
    return sum(page.figures_width(part, Face.SONG, size) for part in parts) + gaps


def draw_number(
    page: Page, x: float, y: float, facts: RegistrationFacts, size: float, *, most: float
) -> None:
    """Draw the number, its groups one character apart; it is read back without gaps."""
    if not facts.number.strip():
        said = f"“{facts.number_label}”还空着：先登记取号，再打印"
        page.refuse(Reason(MISSING_FACT, said))
    label_width = page.width(facts.number_label, Face.SONG, size) + size / MM
    if label_width + number_width(page, facts.number, size) > most:
        page.refuse(Reason(FIT, f"“{facts.number_label}”太长，一行放不下：{facts.number}"))
        return
    with page.reads_as(ungrouped(facts.number)):
        for part in facts.number.split():
            page.figures(x, y, part, Face.SONG, size)
            x += page.figures_width(part, Face.SONG, size) + size / MM


def draw_code(page: Page, box: Box, facts: RegistrationFacts) -> None:
    """Draw the code, where the rule pack wants one."""
    if facts.qr_text:
        code(page, box, facts.qr_text)


def draw_code_caption(
    page: Page, centre: float, y: float, facts: RegistrationFacts, size: float, *, most: float
) -> None:
    """Say under the code what it is for."""
    if facts.qr_text:
        said = facts.qr_caption
        single(page, centre, y, said, Face.HEI, size, most=most, label="二维码说明", align=Align.CENTRE)


def draw_hotlines(
    page: Page,
    centre: float,
    y: float,
    facts: RegistrationFacts,
    *,
    label: float,
    size: float,
    below: float,
    most: float,
) -> None:
    """Draw the numbers for complaints under their label."""
    if not facts.hotlines:
        return
    name, numbers = facts.hotline_label, "　".join(facts.hotlines)
    single(page, centre, y, name, Face.SONG, label, most=most, label=name, align=Align.CENTRE)
    single(page, centre, y + below, numbers, Face.HEI, size, most=most, label=name, align=Align.CENTRE)
