"""食品安全隐患整改告知书: the township tells an operator what to put right, as a letter (GB/T 9704)."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import justified, single, spread, value
from printing.document import Document
from printing.errors import FIT, MISSING_FACT, Reason
from printing.fit import Style, broken
from printing.fonts import Face
from printing.geometry import A4, MM, Align, Box
from printing.page import BLACK, Page
from printing.wording import chinese_date, ordinal

RED = "C8102E"


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the notice says; all wording comes from the rule pack.

    ``head_ink`` prints the letterhead in red or black; empty leaves it to paper that has one.
    ``closing`` holds the day to be done by, what follows, and whom to ask, a paragraph each.
    """

    letterhead: str
    number: str
    title: str
    addressee: str
    opening: str
    findings: tuple[str, ...]
    closing: tuple[str, ...]
    issuer: str
    issued_on: date
    copies_to: tuple[str, ...] = ()
    seal_word: str = "（盖章）"
    receipt_label: str = "签收人（签名）："
    receipt_date_label: str = "签收日期："
    head_ink: str = RED


@dataclass(frozen=True, slots=True)
class NoticeLayout:
    """The letter page of GB/T 9704 in mm and points: 28 characters a line, 22 lines a page."""

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
    first_lines: int = 17
    next_lines: int = 21
    first_with_end: int = 11
    next_with_end: int = 14
    first_end_y: float = 244
    next_end_y: float = 232

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def em(self) -> float:
        return self.size / MM


LAYOUT = NoticeLayout()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body: how far in it starts (em), and whether it ends its paragraph."""

    text: str
    indent: float
    is_last: bool


def draw(page: Page, facts: NoticeFacts) -> None:
    """Draw the letter; long facts run on to further pages, the signature never alone."""
    _mandatory(page, facts)
    pages = _paged(_body(page, facts))
    _draw_head(page, facts)
    for index, lines in enumerate(pages):
        if index:
            page.next()
        first = LAYOUT.next_y if index else LAYOUT.first_y
        for place, line in enumerate(lines):
            _draw_line(page, first + place * LAYOUT.pitch, line)
        if index:
            _draw_page_number(page, page.number)
        if index == len(pages) - 1:
            _draw_end(page, facts, first + len(lines) * LAYOUT.pitch, is_first=index == 0)


def _mandatory(page: Page, facts: NoticeFacts) -> None:
    needed = (
        ("发文机关", facts.letterhead),
        ("文号", facts.number),
        ("整改对象", facts.addressee),
        ("检查情况", facts.opening),
        ("隐患内容", "".join(facts.findings) if all(map(str.strip, facts.findings)) else ""),
        ("整改要求", "".join(facts.closing)),
        ("落款", facts.issuer),
    )
    for label, text in needed:
        if not text.strip():
            page.refuse(Reason(MISSING_FACT, f"“{label}”还空着，补上以后再打印"))


def _body(page: Page, facts: NoticeFacts) -> list[_Line]:
    points = [f"{ordinal(number)}、{finding}" for number, finding in enumerate(facts.findings, start=1)]
    lines = _lines(page, facts.addressee + "：", 0)
    for paragraph in (facts.opening, *points, *facts.closing):
        lines += _lines(page, paragraph, 2)
    return lines


def _lines(page: Page, text: str, indent: float) -> list[_Line]:
    if not page.can_draw(text, Face.FANGSONG, text):
        return []
    broken_lines = broken(text, Face.FANGSONG, LAYOUT.size, LAYOUT.width, page.faces, indent=indent)
    if broken_lines is None:
        page.refuse(Reason(FIT, f"这一段里有一行放不下的长词，请断开或写短：{text}"))
        return []
    last = len(broken_lines) - 1
    return [_Line(line, 0 if place else indent, place == last) for place, line in enumerate(broken_lines)]


def _paged(lines: list[_Line]) -> list[list[_Line]]:
    """Divide the lines over pages: the last page holds the signature and at least two lines of text."""
    pages: list[list[_Line]] = []
    room, with_end = LAYOUT.first_lines, LAYOUT.first_with_end
    while len(lines) > with_end:
        taken = min(room, len(lines) - 2)
        pages.append(lines[:taken])
        lines = lines[taken:]
        room, with_end = LAYOUT.next_lines, LAYOUT.next_with_end
    return [*pages, lines]


def _draw_head(page: Page, facts: NoticeFacts) -> None:
    layout, ink = LAYOUT, facts.head_ink
    if ink:
        start = A4.width / 2 - layout.head_width / 2
        size = layout.head_width * MM / max(1, len(facts.letterhead))
        size = max(layout.head_least, min(layout.head_size, size))
        spread(page, start, layout.head_y, layout.head_width, facts.letterhead, Face.SONG_BOLD, size, ink=ink)
        for y, weight in ((layout.rule_y, 1.6), (layout.rule_y + 1.2, 0.7)):
            page.line((20, y), (190, y), weight=weight, ink=ink)
        for y, weight in ((layout.foot_rule_y, 0.7), (layout.foot_rule_y + 1.2, 1.6)):
            page.line((20, y), (190, y), weight=weight, ink=ink)
    single(
        page, layout.right, layout.number_y, facts.number, Face.FANGSONG, layout.size,
        most=layout.width, label="文号", align=Align.RIGHT,
    )  # fmt: skip
    title = Box(A4.width / 2 - layout.width / 2, layout.title_y - 8, layout.width, 11)
    style = Style(Face.SONG_BOLD, layout.title_size, 16)
    value(page, title, facts.title, style, label="标题", align=Align.CENTRE, base=8)


def _draw_line(page: Page, y: float, line: _Line) -> None:
    x = LAYOUT.left + line.indent * LAYOUT.em
    width = LAYOUT.right - x
    justified(page, x, y, width, line.text, Face.FANGSONG, LAYOUT.size, is_last=line.is_last)


def _draw_end(page: Page, facts: NoticeFacts, y: float, *, is_first: bool) -> None:
    """Draw signature and date one over the other's middle, then the receipt and whom a copy goes to."""
    layout = LAYOUT
    issuer_y, date_y = y + 0.95 * layout.pitch, y + 1.95 * layout.pitch
    day = chinese_date(facts.issued_on)
    issuer = page.width(facts.issuer, Face.FANGSONG, layout.size)
    seal = page.width(facts.seal_word, Face.FANGSONG, 13)
    room = 4 * layout.em
    middle = layout.right - room - page.width(day, Face.FANGSONG, layout.size) / 2
    middle = min(middle, layout.right - 2 * layout.em - issuer / 2)
    single(
        page, middle, issuer_y, facts.issuer, Face.FANGSONG, layout.size,
        most=layout.width - 2 * layout.em, label="落款", align=Align.CENTRE,
    )  # fmt: skip
    page.text(middle, date_y, day, Face.FANGSONG, layout.size, align=Align.CENTRE)
    after = middle + page.width(day, Face.FANGSONG, layout.size) / 2 + 1
    page.text(min(after, layout.right - seal), date_y, facts.seal_word, Face.FANGSONG, 13)
    _draw_receipt(page, facts, layout.first_end_y if is_first else layout.next_end_y)


def _draw_receipt(page: Page, facts: NoticeFacts, y: float) -> None:
    layout, face, size = LAYOUT, Face.FANGSONG, 14
    page.line((layout.left, y), (layout.right, y), weight=0.6, dash=(0.9, 0.7))
    line = y + 9.2
    page.text(layout.left, line, facts.receipt_label, face, size)
    start = layout.left + page.width(facts.receipt_label, face, size) + 1
    page.line((start, line + 1.2), (start + 34, line + 1.2), weight=0.5)
    page.text(start + 39, line, facts.receipt_date_label, face, size)
    for word, x in (("年", 23.9), ("月", 11.95), ("日", 0.0)):
        page.text(layout.right - x, line, word, face, size, align=Align.RIGHT)
    if facts.copies_to:
        said = f"抄送：{'，'.join(facts.copies_to)}。"
        single(page, layout.left + 5, y + 24.4, said, face, size, most=layout.width - 10, label="抄送")


def _draw_page_number(page: Page, number: int) -> None:
    """Draw — 2 — seven millimetres under the text, odd pages right and even ones left."""
    said, edge = f"— {number} —", 14 / MM
    is_odd = number % 2 == 1
    x = LAYOUT.right - edge if is_odd else LAYOUT.left + edge
    align = Align.RIGHT if is_odd else Align.LEFT
    page.text(x, 37 + 225 + 7 + 3.6, said, Face.SONG, 14, align=align, ink=BLACK)


_SAMPLE = NoticeFacts(
    letterhead="金城镇食品安全委员会办公室",
    number="金食安办告〔2018〕12号",
    title="食品安全隐患整改告知书",
    addressee="张𬭎（金城镇石桥张记豆制品作坊）",
    opening="2018年6月5日，我办会同石桥村村民委员会、市场监督管理局金城分局到你处检查，发现以下食品安全隐患：",
    findings=(
        "原料间地面潮湿，豆料直接落地堆放，未离墙离地。",
        "消泡剂未专柜存放，没有使用记录。",
        "1名从业人员的健康证明已过期。",
    ),
    closing=(
        "请于2018年6月29日前完成整改，并将整改情况报我办，我办将会同有关单位到现场复查。"
        "对上述情况有不同意见，或者整改中需要指导的，请与我办联系。",
        "联系人：周立春，电话：0519-8280××××。",
    ),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 6, 8),
    copies_to=("市场监督管理局金城分局", "石桥村村民委员会"),
)

DOCUMENT = Document(
    code="rectification_notice",
    title="食品安全隐患整改告知书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        letterhead="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办告〔2018〕1200号",
        addressee="阿卜杜喀迪尔·阿卜杜热合曼江（常州市金坛区金城镇石桥新村老街张记豆制品加工作坊）",
        findings=tuple(
            f"{place}地面潮湿，豆料直接落地堆放，未离墙离地；消泡剂未专柜存放，没有使用记录；"
            "从业人员的健康证明已过期，未在显著位置公示登记证。"
            for place in (
                "原料间",
                "浸泡间",
                "磨浆间",
                "煮浆间",
                "成型间",
                "冷却间",
                "包装间",
                "成品库",
                "更衣室",
                "留样间",
            )
        ),
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw,
    layout=LAYOUT,
)
