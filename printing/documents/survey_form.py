"""基本情况调查表: the blank survey form of a trade, from the very questions of its rule pack."""

from dataclasses import dataclass, replace
from itertools import pairwise

from printing.blocks import code, single
from printing.document import Document
from printing.errors import FIT, MISSING_FACT, Reason
from printing.fonts import Face
from printing.form_cells import Cell, FormQuestion, draw_cell, lines_of_cells
from printing.geometry import A4_LANDSCAPE, MM, Align, Box, baseline
from printing.page import Page


@dataclass(frozen=True, slots=True)
class FormSection:
    """A part of the form and its questions."""

    title: str
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True, slots=True)
class SurveyFormFacts:
    """What the blank form says. ``codes`` has one entry for each establishment to be filled in by pen.

    A code equals the line of entry in the program; an empty one prints no QR. ``sender`` may be empty.
    """

    title: str
    form_number: str
    sections: tuple[FormSection, ...]
    codes: tuple[str, ...]
    note: str
    sender: str = ""
    sender_label: str = "填报单位（盖章）"
    signatures: tuple[str, ...] = ("调查人（2人签名）", "被调查人（签名）", "审核人")


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The page of the form in mm: the record column holds code and QR, the next one the section."""

    left: float = 12
    right: float = 285
    top: float = 37
    bottom: float = 191.5
    record_width: float = 17
    section_width: float = 7
    gap: float = 2.5
    least_height: float = 21

    @property
    def cells_x(self) -> float:
        return self.left + self.record_width + self.section_width

    @property
    def cells_width(self) -> float:
        return self.right - self.cells_x


LAYOUT = FormLayout()
LEAST_SIZE = 7.0


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one section that stand together on a page."""

    title: str
    lines: tuple[tuple[Cell, ...], ...]

    @property
    def height(self) -> float:
        return sum(line[0].height for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one page holds of one establishment."""

    code: str
    blocks: tuple[_Block, ...]

    @property
    def height(self) -> float:
        return sum(block.height for block in self.blocks)


def draw(page: Page, facts: SurveyFormFacts) -> None:
    """Draw the form over as many pages as its questions and establishments need."""
    if not facts.title.strip():
        page.refuse(Reason(MISSING_FACT, "“标题”还空着，补上以后再打印"))
    if not any(section.questions for section in facts.sections) or not facts.codes:
        page.refuse(Reason(MISSING_FACT, "调查表里没有要填的项目，请检查规则包"))
        return
    pieces = [piece for record in facts.codes for piece in _pieces(page, facts, record)]
    pages = _paged(pieces)
    for index, on_page in enumerate(pages):
        if index:
            page.next()
        _draw_head(page, facts)
        y = LAYOUT.top
        for piece in on_page:
            _draw_piece(page, piece, y)
            y += piece.height + LAYOUT.gap
        _draw_foot(page, facts, f"第{index + 1}页　共{len(pages)}页")


def _pieces(page: Page, facts: SurveyFormFacts, record: str) -> list[_Piece]:
    """Divide one establishment into what fits on a page; a section breaks only between its lines."""
    room = LAYOUT.bottom - LAYOUT.top
    pieces: list[list[_Block]] = [[]]
    for section in facts.sections:
        for line in lines_of_cells(page, section.questions, LAYOUT.cells_width):
            used = sum(block.height for block in pieces[-1])
            if pieces[-1] and used + line[0].height > room:
                pieces.append([])
            last = pieces[-1][-1] if pieces[-1] else None
            if last is not None and last.title == section.title:
                pieces[-1][-1] = _Block(section.title, (*last.lines, tuple(line)))
            else:
                pieces[-1].append(_Block(section.title, (tuple(line),)))
    return [_Piece(record, _tall_enough(blocks)) for blocks in pieces]


def _tall_enough(blocks: list[_Block]) -> tuple[_Block, ...]:
    """Give the last line what a short piece lacks beside the code of its record."""
    lacking = LAYOUT.least_height - sum(block.height for block in blocks)
    if lacking <= 0:
        return tuple(blocks)
    *lines, last = blocks[-1].lines
    taller = tuple(replace(cell, height=cell.height + lacking) for cell in last)
    return (*blocks[:-1], _Block(blocks[-1].title, (*lines, taller)))


def _paged(pieces: list[_Piece]) -> list[list[_Piece]]:
    pages: list[list[_Piece]] = [[]]
    for piece in pieces:
        used = sum(other.height + LAYOUT.gap for other in pages[-1])
        if pages[-1] and used + piece.height > LAYOUT.bottom - LAYOUT.top:
            pages.append([])
        pages[-1].append(piece)
    return pages


def _draw_head(page: Page, facts: SurveyFormFacts) -> None:
    layout = LAYOUT
    centre = (layout.left + layout.right) / 2
    single(
        page, centre, 21.5, facts.title, Face.SONG_BOLD, 20,
        most=180, label="标题", align=Align.CENTRE, spacing=0.25,
    )  # fmt: skip
    if facts.form_number:
        said = f"表号　{facts.form_number}"
        single(page, layout.right, 21.5, said, Face.HEI, 9, most=44, label="表号", align=Align.RIGHT)
    x = layout.left
    for label, length in ((facts.sender_label, 58.0), ("填报人", 36.0), ("联系电话", 38.0)):
        single(page, x, 31.5, label, Face.SONG, 10.5, most=40, label="填报单位一栏的名称")
        x += page.width(label, Face.SONG, 10.5) + 1
        page.line((x, 32.8), (x + length, 32.8), weight=0.45)
        if label == facts.sender_label and facts.sender:
            _draw_sender(page, x + 1.5, facts.sender, length - 3)
        x += length + 5
    for word, back in (("填报日期", 48.5), ("年", 21.4), ("月", 10.7), ("日", 0.0)):
        page.text(layout.right - back, 31.5, word, Face.SONG, 10.5, align=Align.RIGHT)


def _draw_sender(page: Page, x: float, sender: str, width: float) -> None:
    natural = page.width(sender, Face.KAI, 11)
    if natural * 8 / 11 > width:
        page.refuse(Reason(FIT, f"填报单位的名称太长，缩到 8 磅也放不下：{sender}"))
    page.text(x, 31.5, sender, Face.KAI, min(11.0, 11 * width / max(natural, 0.1)))


def _draw_piece(page: Page, piece: _Piece, y: float) -> None:
    layout = LAYOUT
    bottom = y + piece.height
    _draw_record(page, piece.code, y)
    top = y
    for block in piece.blocks:
        section = Box(layout.left + layout.record_width, top, layout.section_width, block.height)
        _draw_upright(page, section, block.title)
        for line in block.lines:
            _draw_line(page, line, top)
            top += line[0].height
            if top < bottom - 0.01:
                start = layout.cells_x if line is not block.lines[-1] else section.x
                page.line(
                    (start, top), (layout.right, top), weight=0.42 if line is not block.lines[-1] else 0.85
                )
    for x in (layout.left + layout.record_width, layout.cells_x):
        page.line((x, y), (x, bottom), weight=0.42)
    page.frame(Box(layout.left, y, layout.right - layout.left, piece.height), weight=1.0)


def _draw_record(page: Page, record: str, y: float) -> None:
    """Draw the code of the record, which a camera finds again when the form is typed in.

    A form for somebody not entered yet has a line instead, for the number that he gets.
    """
    centre = LAYOUT.left + LAYOUT.record_width / 2
    if not record:
        page.text(centre, y + 4.6, "档案编号", Face.HEI, 7.5, align=Align.CENTRE)
        page.text(centre, y + 8.2, "（录入后填）", Face.SONG, 6.5, align=Align.CENTRE)
        half = LAYOUT.record_width / 2 - 1.5
        page.line((centre - half, y + 18), (centre + half, y + 18), weight=0.45)
        return
    code(page, Box(centre - 5.5, y + 2.6, 11, 11), record, label="行号", is_micro=True)
    size = min(8.0, 8 * (LAYOUT.record_width - 2) / max(0.1, page.width(record, Face.HEI, 8)))
    page.text(centre, y + 18.6, record, Face.HEI, size, align=Align.CENTRE)


def _draw_line(page: Page, line: tuple[Cell, ...], y: float) -> None:
    x = LAYOUT.cells_x
    edges = [x]
    for cell in line:
        draw_cell(page, cell, Box(x, y, cell.width, cell.height))
        x += cell.width
        edges.append(x)
    for _, edge in pairwise(edges[:-1]):
        page.line((edge, y), (edge, y + line[0].height), weight=0.42)


def _draw_upright(page: Page, box: Box, title: str) -> None:
    """Draw the name of a section from top to bottom, two characters a row where it is too long for one."""
    room = (box.height - 1) * MM / 1.15
    across = 1 if room / max(1, len(title)) >= LEAST_SIZE else 2
    rows = [title[start : start + across] for start in range(0, len(title), across)]
    size = min(9.0, room / max(1, len(rows)), (box.width - 1) * MM / across)
    if size < LEAST_SIZE:
        page.refuse(Reason(FIT, f"栏目名“{title}”太长，写不进表格左边，请在规则包里写短些"))
    pitch = size * 1.15 / MM
    first = box.middle - pitch * (len(rows) - 1) / 2
    with page.reads_as(title):
        for place, row in enumerate(rows):
            y = baseline(first + place * pitch, size)
            page.text(box.centre, y, row, Face.HEI_BOLD, size, align=Align.CENTRE)


def _draw_foot(page: Page, facts: SurveyFormFacts, said: str) -> None:
    x, y = LAYOUT.left, 197.6
    for label in facts.signatures:
        page.text(x, y, label, Face.SONG, 10)
        x += page.width(label, Face.SONG, 10) + 1
        page.line((x, y + 1.3), (x + 38, y + 1.3), weight=0.45)
        x += 44
    page.text(LAYOUT.right, y, said, Face.SONG, 9.5, align=Align.RIGHT)
    most = LAYOUT.right - LAYOUT.left
    single(page, LAYOUT.left, 203, facts.note, Face.SONG, 8, most=most, label="填写说明")


_NOTE = (
    "填写说明：用黑色笔填写；选择项在方框内打√，标“可多选”的可选几项；证件号码逐格填写；"
    "行号供录入时对应，请勿涂污。本表含个人信息，只用于登记管理，不得外传。"
)
_PROBLEMS = ("无证经营", "环境脏乱差", "违规添加", "占道经营", "其他")
_STALL = (
    FormSection(
        "基本情况",
        (
            FormQuestion("摊位名称", "text", most=40),
            FormQuestion("所属村（社区）", "village"),
            FormQuestion("经营地点（摊位号）", "text", most=60),
        ),
    ),
    FormSection(
        "经营者",
        (
            FormQuestion("经营者姓名", "text"),
            FormQuestion("身份证号码", "identity_number"),
            FormQuestion("联系电话", "phone"),
            FormQuestion("户籍", "choice", ("本地", "外地")),
        ),
    ),
    FormSection(
        "经营情况",
        (
            FormQuestion("摊贩类型", "choice", ("流动", "固定", "市场内", "早夜市")),
            FormQuestion("经营时段", "text", most=30),
            FormQuestion("从业人数", "count", unit="人"),
            FormQuestion("其中持有效健康证", "count", unit="人"),
            FormQuestion("经营品种", "long_text"),
            FormQuestion("持证情况", "choice", ("未登记", "已登记", "证件过期", "其他")),
        ),
    ),
    FormSection(
        "排查结果",
        (
            FormQuestion(
                "存在问题（可多选）", "choices", ("无证经营", "环境脏乱差", "违规添加", "占道经营", "其他")
            ),
            FormQuestion("处置意见", "choice", ("督促办证", "整改后登记", "限期关停")),
            FormQuestion("调查日期", "date"),
            FormQuestion("备注", "text", most=60),
        ),
    ),
)
_FOODS = (
    "粮食加工品", "食用油", "调味品", "肉制品", "乳制品", "饮料", "方便食品",
    "饼干", "罐头", "冷冻饮品", "速冻食品", "薯类和膨化食品", "糖果制品", "茶叶及相关制品",
    "酒类", "蔬菜制品", "水果制品", "炒货坚果", "蛋制品", "可可及焙烤咖啡", "食糖",
    "水产制品", "淀粉制品", "糕点", "豆制品", "蜂产品", "特殊膳食", "其他食品",
)  # fmt: skip
_BUYERS = ("商超", "食堂", "学校", "摊贩", "集贸市场", "网络", "自销")
_WORKSHOP = (
    *_STALL[:2],
    FormSection(
        "证照",
        (
            FormQuestion("有无营业执照", "yes_no", ("有", "无")),
            FormQuestion("统一社会信用代码（注册号）", "credit_code"),
            FormQuestion("主体类型", "choice", ("个体工商户", "企业", "农民专业合作社", "个人（无照）")),
            FormQuestion("持证情况", "choice", ("已登记", "许可证", "无证", "证件过期")),
            FormQuestion("原有证（卡）编号", "text", most=30),
            FormQuestion("原有证（卡）有效期至", "date"),
        ),
    ),
    FormSection(
        "人员场所",
        (
            FormQuestion("从业人数", "count", unit="人"),
            FormQuestion("其中持有效健康证人数", "count", unit="人"),
            FormQuestion("经营（生产）面积", "area", unit="㎡"),
            FormQuestion("是否在集中区", "yes_no"),
            FormQuestion("集中区名称", "text", most=30),
            FormQuestion("有无违章搭建、占道", "yes_no", ("有", "无")),
        ),
    ),
    FormSection(
        "产品工艺",
        (
            FormQuestion("生产加工品种", "long_text"),
            FormQuestion("主要设备", "long_text"),
            FormQuestion("生产工艺", "long_text"),
            FormQuestion("食品类别（可多选）", "choices", _FOODS),
            FormQuestion("主要原料来源", "long_text"),
            FormQuestion("使用的食品添加剂", "long_text"),
            FormQuestion("年产量", "text"),
            FormQuestion("年产值", "count", unit="万元"),
            FormQuestion(
                "销售去向（可多选）", "choices", ("商超", "食堂", "学校", "摊贩", "集贸市场", "网络", "自销")
            ),
            FormQuestion("是否网络经营", "yes_no"),
        ),
    ),
    FormSection(
        "安全条件",
        (
            FormQuestion("有无索证索票、进货台账", "yes_no", ("有", "无")),
            FormQuestion("有无防蝇、防鼠、防尘设施", "yes_no", ("有", "无")),
            FormQuestion("有无清洗消毒设施", "yes_no", ("有", "无")),
            FormQuestion("问题说明", "long_text"),
        ),
    ),
    _STALL[3],
)

DOCUMENT = Document(
    code="survey_form",
    title="基本情况调查表（空白）",
    sheet=A4_LANDSCAPE,
    sample=SurveyFormFacts(
        title="金坛区食品小摊贩基本情况调查表",
        form_number="204—006",
        sections=_STALL,
        codes=("204-031", "204-032"),
        note=_NOTE,
        sender="柳塘村村民委员会",
    ),
    longest=SurveyFormFacts(
        title="常州市金坛区食品小作坊基本情况调查表",
        form_number="320413100204—1006",
        sections=_WORKSHOP,
        codes=("320413-204-9998", "320413-204-9999"),
        note=_NOTE,
        sender="金城镇柳塘新村社区居民委员会",
    ),
    draw=draw,
    layout=LAYOUT,
)
