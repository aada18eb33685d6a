"""The letter page of GB/T 9704-2012: what every notice on paper with a letterhead looks like.

A document that is a letter states its own facts, makes a ``Notice`` of them and has it drawn here.
"""

from dataclasses import dataclass
from datetime import date

from printing.blocks import require, single, spread, value
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A4, MM, Align, Box
from printing.page import Page
from printing.running_text import Line, Measure, Room, draw_lines, draw_page_number, lines_of, paged
from printing.signature import draw_signature

RED = "C8102E"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a letter says; all wording comes from the rule pack.

    ``paragraphs`` follow the addressee, each indented by two characters. ``head_ink`` prints the
    letterhead in red or black; empty leaves it to paper that has one. Without ``receipt_label``
    nobody signs for the letter.
    """

    letterhead: str
    number: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    issuer: str
    issued_on: date
    copies_to: tuple[str, ...] = ()
    seal_word: str = "（盖章）"
    receipt_label: str = "签收人（签名）："
    receipt_date_label: str = "签收日期："
    head_ink: str = RED


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter of the office in the words of the rule pack: how it opens, and paragraphs to its close."""

    letterhead: str
    number: str
    title: str
    addressee: str
    opening: str
    closing: tuple[str, ...]
    issuer: str
    issued_on: date
    copies_to: tuple[str, ...] = ()
    head_ink: str = RED

    @property
    def notice(self) -> Notice:
        return Notice(
            letterhead=self.letterhead,
            number=self.number,
            title=self.title,
            addressee=self.addressee,
            paragraphs=(self.opening, *self.closing),
            issuer=self.issuer,
            issued_on=self.issued_on,
            copies_to=self.copies_to,
            head_ink=self.head_ink,
        )


@dataclass(frozen=True, slots=True)
class NoticeLayout:
    """The letter page of GB/T 9704 in mm and points: 28 characters a line, 22 lines a page."""

    room: Room
    left: float = 28
    width: float = 156
    size: float = 15.79
    pitch: float = 10.23
    head_y: float = 41.4
    head_width: float = 140
    head_size: float = 29
    head_least: float = 16
    rule_y: float = 46.7
    foot_rule_y: float = 276.4
    number_y: float = 57.5
    title_y: float = 78
    title_size: float = 22
    first_y: float = 97
    next_y: float = 44.6
    first_end_y: float = 244
    next_end_y: float = 232

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def em(self) -> float:
        return self.size / MM

    @property
    def measure(self) -> Measure:
        return Measure(self.left, self.width, self.size, self.pitch)


LAYOUT = NoticeLayout(Room(17, 11, 21, 14))


def draw_notice(page: Page, notice: Notice) -> None:
    """Draw the letter; long facts run on to further pages, the signature never alone."""
    _mandatory(page, notice)
    pages = paged(_body(page, notice), LAYOUT.room)
    _draw_head(page, notice)
    for index, lines in enumerate(pages):
        if index:
            page.next()
            draw_page_number(page, LAYOUT.measure)
        y = draw_lines(page, LAYOUT.next_y if index else LAYOUT.first_y, lines, LAYOUT.measure)
        if index == len(pages) - 1:
            _draw_end(page, notice, y, is_first=index == 0)


def _mandatory(page: Page, notice: Notice) -> None:
    require(
        page,
        ("发文机关", notice.letterhead),
        ("文号", notice.number),
        ("标题", notice.title),
        ("发给谁", notice.addressee),
        ("正文", "".join(notice.paragraphs)),
        ("落款", notice.issuer),
    )


def _body(page: Page, notice: Notice) -> list[Line]:
    lines = lines_of(page, notice.addressee + "：", LAYOUT.measure, indent=0)
    for paragraph in notice.paragraphs:
        lines += lines_of(page, paragraph, LAYOUT.measure, indent=2)
    return lines


def _draw_head(page: Page, notice: Notice) -> None:
    layout, ink = LAYOUT, notice.head_ink
    if ink:
        start = A4.width / 2 - layout.head_width / 2
        size = layout.head_width * MM / max(1, len(notice.letterhead))
        size = max(layout.head_least, min(layout.head_size, size))
        spread(
            page, start, layout.head_y, layout.head_width, notice.letterhead, Face.SONG_BOLD, size, ink=ink
        )
        for y, weight in ((layout.rule_y, 1.6), (layout.rule_y + 1.2, 0.7)):
            page.line((20, y), (190, y), weight=weight, ink=ink)
        for y, weight in ((layout.foot_rule_y, 0.7), (layout.foot_rule_y + 1.2, 1.6)):
            page.line((20, y), (190, y), weight=weight, ink=ink)
    single(
        page, layout.right, layout.number_y, notice.number, Face.FANGSONG, layout.size,
        most=layout.width, label="文号", align=Align.RIGHT,
    )  # fmt: skip
    title = Box(A4.width / 2 - layout.width / 2, layout.title_y - 8, layout.width, 11)
    style = Style(Face.SONG_BOLD, layout.title_size, 16)
    value(page, title, notice.title, style, label="标题", align=Align.CENTRE, base=8)


def _draw_end(page: Page, notice: Notice, y: float, *, is_first: bool) -> None:
    """Draw signature and date, then the receipt and whom a copy goes to."""
    layout = LAYOUT
    draw_signature(
        page, y + 0.95 * layout.pitch, layout.measure,
        issuer=notice.issuer, day=notice.issued_on, seal_word=notice.seal_word, seal_size=13,
    )  # fmt: skip
    _draw_foot(page, notice, layout.first_end_y if is_first else layout.next_end_y)


def _draw_foot(page: Page, notice: Notice, y: float) -> None:
    layout, face, size = LAYOUT, Face.FANGSONG, 14
    if notice.receipt_label:
        page.line((layout.left, y), (layout.right, y), weight=0.6, dash=(0.9, 0.7))
        line = y + 9.2
        page.text(layout.left, line, notice.receipt_label, face, size)
        start = layout.left + page.width(notice.receipt_label, face, size) + 1
        page.line((start, line + 1.2), (start + 34, line + 1.2), weight=0.5)
        page.text(start + 39, line, notice.receipt_date_label, face, size)
        for word, x in (("年", 23.9), ("月", 11.95), ("日", 0.0)):
            page.text(layout.right - x, line, word, face, size, align=Align.RIGHT)
    if notice.copies_to:
        said = f"抄送：{'，'.join(notice.copies_to)}。"
        single(page, layout.left + 5, y + 24.4, said, face, size, most=layout.width - 10, label="抄送")
