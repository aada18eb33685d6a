"""责令改正通知书: market supervision orders that something be put right (DOMAIN.md §4.7)."""

from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import justified, require, single
from printing.document import Document
from printing.errors import FIT, Reason
from printing.fit import broken
from printing.fonts import Face
from printing.geometry import A4, MM, Align, Box
from printing.page import Page
from printing.running_text import Measure
from printing.signature import draw_signature
from printing.wording import ordinal


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What the order says, all of it in the words of the rule pack and the law of its date.

    ``found`` is what was found and which clause it breaks, ``order`` the basis and the day, ``points``
    what to do, ``closing`` the consequence, the remedies and whom to ask, a paragraph each.
    """

    office: str
    title: str
    number: str
    party: tuple[str, ...]
    address: tuple[str, ...]
    found: tuple[str, ...]
    order: tuple[str, ...]
    points: tuple[str, ...]
    closing: tuple[str, ...]
    issuer: str
    issued_on: date
    copies: str


@dataclass(frozen=True, slots=True)
class OrderLayout:
    """The page of the order in mm and points; the body shrinks to ``least`` before it takes a second page."""

    left: float = 28
    width: float = 156
    size: float = 13
    least: float = 12
    pitch: float = 7.85
    office_y: float = 34
    title_y: float = 47
    rule_y: float = 53.5
    number_y: float = 63
    first_y: float = 72.5
    next_y: float = 40
    bottom: float = 262
    box_height: float = 24.5
    end: float = 33
    """Height of seal, date and the free room over the box."""

    @property
    def right(self) -> float:
        return self.left + self.width


LAYOUT = OrderLayout()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    x: float
    is_last: bool
    label: str = ""


def draw(page: Page, facts: CorrectionFacts) -> None:
    """Draw the order; the receipt stands on the last page, with at least two lines of text over it."""
    _mandatory(page, facts)
    lines, size = _body(page, facts)
    pages = _paged(lines, size)
    _draw_head(page, facts)
    for index, on_page in enumerate(pages):
        if index:
            page.next()
        y = LAYOUT.next_y if index else LAYOUT.first_y
        for line in on_page:
            _draw_line(page, y, line, size)
            y += LAYOUT.pitch
        if len(pages) > 1:
            said = f"第{index + 1}页　共{len(pages)}页"
            page.text(LAYOUT.right, 286, said, Face.SONG, 9.5, align=Align.RIGHT)
        if index == len(pages) - 1:
            _draw_end(page, facts, y, size)


def _mandatory(page: Page, facts: CorrectionFacts) -> None:
    require(page, ("发文机关", facts.office), ("标题", facts.title), ("文号", facts.number))
    require(page, ("当事人", "".join(facts.party)), ("地址", "".join(facts.address)))
    is_said = bool(facts.points) and all(map(str.strip, facts.points))
    require(page, ("违法行为", "".join(facts.found)), ("依据和期限", "".join(facts.order)))
    require(page, ("改正内容", "".join(facts.points) if is_said else ""))
    require(page, ("逾期后果和救济途径", "".join(facts.closing)), ("落款", facts.issuer))


def _body(page: Page, facts: CorrectionFacts) -> tuple[list[_Line], float]:
    """Set the body at 13 points; at 12 where that saves a page."""
    points = (f"{ordinal(number)}、{point}" for number, point in enumerate(facts.points, start=1))
    paragraphs = (*facts.found, *facts.order, *points, *facts.closing)
    made: list[list[_Line]] = []
    for size in (LAYOUT.size, LAYOUT.least):
        lines = _labelled(page, "当事人：", "".join(facts.party), size)
        lines += _labelled(page, "地　址：", "".join(facts.address), size)
        for paragraph in paragraphs:
            lines += _lines(page, paragraph, size)
        made.append(lines)
        if len(_paged(lines, size)) == 1:
            return lines, size
    return made[0], LAYOUT.size


def _labelled(page: Page, label: str, text: str, size: float) -> list[_Line]:
    room = page.width(label, Face.HEI, size) + 1.0
    found = _broken(page, text, size, LAYOUT.width - room, 0.0)
    return [
        _Line(line, LAYOUT.left + room, is_last=True, label="" if place else label)
        for place, line in enumerate(found)
    ]


def _lines(page: Page, text: str, size: float) -> list[_Line]:
    found = _broken(page, text, size, LAYOUT.width, 2.0)
    return [
        _Line(line, LAYOUT.left + (0 if place else 2 * size / MM), is_last=place == len(found) - 1)
        for place, line in enumerate(found)
    ]


def _broken(page: Page, text: str, size: float, width: float, indent: float) -> tuple[str, ...]:
    if not page.can_draw(text, Face.FANGSONG, text):
        return ()
    found = broken(text, Face.FANGSONG, size, width, page.faces, indent=indent)
    if found is None:
        page.refuse(Reason(FIT, f"这一段里有一行放不下的长词，请断开或写短：{text}"))
        return ()
    return found


def _paged(lines: list[_Line], size: float) -> list[list[_Line]]:
    """Divide the lines over pages: the last holds seal, date, receipt and at least two lines of text."""
    pages: list[list[_Line]] = []
    top = LAYOUT.first_y
    while len(lines) * LAYOUT.pitch > LAYOUT.bottom - LAYOUT.end - top:
        taken = min(int((LAYOUT.bottom + 8 - top) / LAYOUT.pitch), len(lines) - 2)
        pages.append(lines[:taken])
        lines = lines[taken:]
        top = LAYOUT.next_y
    return [*pages, lines]


def _draw_head(page: Page, facts: CorrectionFacts) -> None:
    layout = LAYOUT
    centre = layout.left + layout.width / 2
    size = min(21.0, 21 * layout.width / max(page.width(facts.office, Face.SONG_BOLD, 21), 1))
    if size < 16:
        page.refuse(Reason(FIT, f"发文机关名称太长，缩到 16 磅一行也放不下：{facts.office}"))
    page.text(centre, layout.office_y, facts.office, Face.SONG_BOLD, size, align=Align.CENTRE)
    single(
        page, centre, layout.title_y, facts.title, Face.SONG_BOLD, 24,
        most=layout.width, label="标题", align=Align.CENTRE, spacing=2.0,
    )  # fmt: skip
    for y, weight in ((layout.rule_y, 1.0), (layout.rule_y + 1.1, 0.5)):
        page.line((layout.left, y), (layout.right, y), weight=weight)
    single(
        page, layout.right, layout.number_y, facts.number, Face.FANGSONG, layout.size,
        most=layout.width, label="文号", align=Align.RIGHT,
    )  # fmt: skip


def _draw_line(page: Page, y: float, line: _Line, size: float) -> None:
    if line.label:
        page.text(LAYOUT.left, y, line.label, Face.HEI, size)
    width = LAYOUT.right - line.x
    justified(page, line.x, y, width, line.text, Face.FANGSONG, size, is_last=line.is_last)


def _draw_end(page: Page, facts: CorrectionFacts, y: float, size: float) -> None:
    """Draw issuer and date, the place of the seal, and the receipt."""
    layout = LAYOUT
    measure = Measure(layout.left, layout.width, size, layout.pitch)
    draw_signature(
        page, y + 0.8 * layout.pitch, measure,
        issuer=facts.issuer, day=facts.issued_on, seal_word="（盖章）", seal_size=11,
    )  # fmt: skip
    box = Box(layout.left, layout.bottom - layout.box_height + 12, layout.width, layout.box_height)
    _draw_receipt(page, box)
    single(page, layout.left, box.bottom + 5, facts.copies, Face.HEI, 8, most=layout.width, label="份数")


def _draw_receipt(page: Page, box: Box) -> None:
    face, size = Face.FANGSONG, 11.5
    page.frame(box, weight=0.8)
    page.line((box.x + 11, box.y), (box.x + 11, box.bottom), weight=0.5)
    with page.reads_as("送达签收"):
        for place, character in enumerate("送达签收"):
            y = box.y + 5.6 + place * 5.4
            page.text(box.x + 5.5, y, character, Face.SONG, 10.5, align=Align.CENTRE)
    first, second = box.y + 8.0, box.y + 18.4
    page.text(box.x + 15, first, "本通知书于", face, size)
    for word, x in (("年", 51.5), ("月", 63.5), ("日", 75.5), ("时", 87.5), ("分收到。", 100.0)):
        page.text(box.x + x, first, word, face, size)
    page.text(box.x + 15, second, "当事人（签名或盖章）：", face, size)
    page.line((box.x + 60, second + 1.2), (box.x + 91, second + 1.2), weight=0.5)
    page.text(box.x + 97, second, "送达人：", face, size)
    page.line((box.x + 113.5, second + 1.2), (box.right - 5, second + 1.2), weight=0.5)


_SAMPLE = CorrectionFacts(
    office="常州市金坛区市场监督管理局",
    title="责令改正通知书",
    number="坛市监责改〔2026〕12号",
    party=("柳塘老街面馆（经营者：陆小满）",),
    address=("金城镇柳塘村中街7号",),
    found=(
        "经查，你单位存在以下行为：2026年5月12日，在加工间使用超过保质期的酱油1瓶"
        "（标示保质期至2026年4月30日）；从业人员2人中有1人未取得有效健康证明。"
        "上述行为违反了《中华人民共和国食品安全法》第三十四条、第四十五条的规定。",
    ),
    order=(
        "依据《中华人民共和国行政处罚法》第二十八条的规定，现责令你单位于2026年5月27日前（含当日）改正。"
        "改正内容及要求如下：",
    ),
    points=(
        "立即停止使用并封存超过保质期的食品原料，登记品名和数量。",
        "从业人员取得有效健康证明后，方可从事接触直接入口食品的工作。",
        "改正完成后，将改正情况书面报告本局。",
    ),
    closing=(
        "逾期不改正的，本局将依据有关法律、法规的规定处理。",
        "如不服本通知，可以自收到本通知之日起六十日内向常州市金坛区人民政府申请行政复议，"
        "也可以自收到本通知之日起六个月内依法向人民法院提起行政诉讼。",
        "联系人：周立春、许文清　　联系电话：0519-8280××××",
        "地　址：金坛区金城镇××路××号",
    ),
    issuer="常州市金坛区市场监督管理局",
    issued_on=date(2026, 5, 13),
    copies="本通知书一式三份：一份交当事人，一份存档，一份送日常监管机构。拒绝签收的，在送达回证上注明情况。",
)

DOCUMENT = Document(
    code="correction_order",
    title="责令改正通知书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        office="新疆维吾尔自治区伊犁哈萨克自治州市场监督管理局",
        number="新伊市监责改〔2026〕1200号",
        party=("常州市金坛区金城镇石桥新村老街张记豆制品食品小作坊（经营者：阿卜杜喀迪尔·阿卜杜热合曼江）",),
        address=("常州市金坛区金城镇东浦村委会东侧三十米早餐夜市便民服务疏导点南区第二排B区112号摊位",),
        found=tuple(
            f"经查，你单位存在以下行为：{place}地面潮湿，豆料直接落地堆放；消泡剂未专柜存放，没有使用记录；"
            "健康证明已过期。上述行为违反了《中华人民共和国食品安全法》第三十三条、第四十五条的规定。"
            for place in ("原料间", "浸泡间", "磨浆间")
        ),
        points=tuple(
            f"{place}地面做防潮处理，豆料离墙离地存放；消泡剂专柜存放，逐次记录使用量和使用人。"
            for place in ("原料间", "浸泡间", "磨浆间", "煮浆间", "成型间", "冷却间", "包装间", "成品库")
        ),
        issuer="新疆维吾尔自治区伊犁哈萨克自治州市场监督管理局",
        issued_on=date(2026, 12, 28),
    ),
    draw=draw,
    layout=LAYOUT,
)
