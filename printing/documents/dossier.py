"""一户一档: the file of one establishment: cover, facts, papers, inspections, materials, photographs."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from printing.blocks import require, single, spread, value
from printing.document import Document
from printing.dossier_cover import DossierCover, draw_cover
from printing.errors import FIT, Reason
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A4, Align, Box, baseline
from printing.page import Page
from printing.record_form import halves
from printing.tables import LEAST, Column, Table, TableRow
from printing.wording import NOT_APPLICABLE, chinese_date


@dataclass(frozen=True, slots=True)
class DossierTable:
    """A section that is a ruled table; without rows it holds ／."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    row_height: float = 7.6


@dataclass(frozen=True, slots=True)
class DossierPhoto:
    """A photograph as it is kept, the day it was taken, and what it shows."""

    picture: bytes = field(repr=False)
    taken_on: date
    caption: str


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What the file says. Personal numbers arrive masked.

    ``facts`` stand two in a row under ``facts_title``; an empty one holds ／.
    """

    page_title: str
    name: str
    cover: DossierCover
    facts_title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[DossierTable, ...]
    photos_title: str
    photos: tuple[DossierPhoto, ...]
    note: str


LEFT, RIGHT = 25.0, 190.0
WIDTH = RIGHT - LEFT
TOP, NEXT, BOTTOM = 40.0, 24.0, 272.0
_LABEL, _SECOND = 23.0, 42.0
_ROW = 8.2
_HEADING = 9.0
_PHOTO = 58.0
_CAPTION = 6.0
_NOTE_Y = BOTTOM + 4.6
"""The lowest baseline of the note, between the last row and the page number."""


def draw(page: Page, facts: DossierFacts) -> None:
    """Draw the cover, then the pages with a running head; a row never splits."""
    require(page, ("档案编号", facts.cover.archive_number), ("名称", facts.name))
    draw_cover(page, facts.cover)
    page.next()
    _draw_head(page, facts)
    title = Box(LEFT, 24, WIDTH, 11)
    value(page, title, facts.page_title, Style(Face.SONG_BOLD, 18, 13), label="标题", align=Align.CENTRE)
    y = _draw_facts(page, facts, TOP)
    for place, section in enumerate(facts.tables):
        y = _draw_section(page, facts, section, y + 3, "二三四五六七八九"[place])
    if facts.photos:
        y = _draw_photos(page, facts, y + 3, "二三四五六七八九"[len(facts.tables)])
    note_y = min(y + 5, _NOTE_Y)  # under what stands last: a page with nothing but a note says nothing
    single(page, LEFT, note_y, facts.note, Face.SONG, 8, most=WIDTH, label="附注")


def _draw_head(page: Page, facts: DossierFacts) -> None:
    number = facts.cover.archive_number
    single(page, LEFT, 17, number, Face.SONG, 9.5, most=43, label="档案编号")
    name = Box(LEFT + 45, 12.6, WIDTH - 45, 5.9)
    value(page, name, facts.name, Style(Face.SONG, 9.5, 7, 7), label="名称", align=Align.RIGHT, base=4.4)
    page.line((LEFT, 19.5), (RIGHT, 19.5), weight=0.5)
    said = f"— {page.number - 1} —"
    page.text((LEFT + RIGHT) / 2, 282, said, Face.SONG, 11, align=Align.CENTRE)


def _room_for(page: Page, facts: DossierFacts, y: float, height: float) -> float:
    """Return where to go on: here, or at the top of a further page."""
    if y + height <= BOTTOM:
        return y
    page.next()
    _draw_head(page, facts)
    return NEXT


def _draw_heading(page: Page, y: float, title: str) -> float:
    single(page, LEFT, y + 5.6, title, Face.HEI, 11, most=WIDTH, label="栏目名")
    return y + _HEADING


def _draw_facts(page: Page, facts: DossierFacts, y: float) -> float:
    """Draw the facts two in a row; each value wraps in its cell and makes the row grow."""
    y = _draw_heading(page, y - 3, f"一、{facts.facts_title}")
    first = WIDTH - 2 * _LABEL - _SECOND
    table = Table(
        LEFT,
        tuple(Column("", width, Align.LEFT, 10) for width in (_LABEL, first, _LABEL, _SECOND)),
        0,
        _ROW,
        Face.KAI,
    )
    lines = [(*facts.facts[start : start + 2], ("", ""))[:2] for start in range(0, len(facts.facts), 2)]
    rows = [
        table.set_row(
            page,
            [part for label, said in line for part in ("", said or (NOT_APPLICABLE if label else ""))],
            name=facts.facts_title,
        )
        for line in lines
    ]
    for line, (at, height) in zip(lines, _flow(page, facts, table, rows, y), strict=False):
        y = at + height
        for (label, _), x in zip(line, (LEFT, LEFT + _LABEL + first), strict=True):
            if label:
                _draw_label(page, label, Box(x, at, _LABEL, height))
    return y


def _draw_label(page: Page, label: str, box: Box) -> None:
    """Spread a label over its cell, or set a long one in two small lines."""
    width = box.width - 3
    if page.width(label, Face.HEI, 9.5) <= width:
        spread(page, box.x + 1.5, baseline(box.middle, 9.5), width, label, Face.HEI, 9.5)
        return
    parts = halves(label)
    size = min(8.0, *(8.0 * width / page.width(part, Face.HEI, 8) for part in parts))
    if size < LEAST:
        page.refuse(Reason(FIT, f"栏目名“{label}”太长，写不进表格左边，请在规则包里写短些"))
    with page.reads_as(label):
        for part, y in zip(parts, (box.middle - 1.7, box.middle + 1.7), strict=True):
            page.text(box.centre, baseline(y, size), part, Face.HEI, size, align=Align.CENTRE)


def _draw_section(page: Page, facts: DossierFacts, section: DossierTable, y: float, ordinal: str) -> float:
    columns = tuple(
        Column(head, width, Align.LEFT if width > 40 else Align.CENTRE)
        for head, width in zip(section.heads, section.widths, strict=True)
    )
    table = Table(LEFT, columns, 8, section.row_height)
    title = f"{ordinal}、{section.title}"
    rows = [
        table.set_row(page, texts, name=f"{section.title}第{place}行")
        for place, texts in enumerate(section.rows or [(NOT_APPLICABLE,) * len(columns)], start=1)
    ]
    first = rows[0].height
    y = _draw_heading(page, _room_for(page, facts, y, _HEADING + table.head_height + first), title)
    for at, height in _flow(page, facts, table, rows, y):
        y = at + height
    return y


def _flow(
    page: Page, facts: DossierFacts, table: Table, rows: Sequence[TableRow], y: float
) -> Iterator[tuple[float, float]]:
    """Draw rows from y on, over further pages where they are needed; yield where each stands."""
    rows = list(rows)
    if any(table.head_height + row.height > BOTTOM - NEXT for row in rows):
        page.refuse(Reason(FIT, f"档案{facts.cover.archive_number}有一栏的文字一页也放不下，请写短些"))
        return
    while rows:
        taken, height = 0, table.head_height
        while taken < len(rows) and (y + height + rows[taken].height <= BOTTOM or not (taken or y > NEXT)):
            height += rows[taken].height
            taken += 1
        if taken > 2 and len(rows) - taken == 1:
            taken -= 1  # the last row takes one along, else a page would be for it alone
        if taken:
            table.draw(page, y, rows[:taken])
        at = y + table.head_height
        for row in rows[:taken]:
            yield at, row.height
            at += row.height
        rows = rows[taken:]
        if rows:
            y = _room_for(page, facts, BOTTOM, 1)


def _draw_photos(page: Page, facts: DossierFacts, y: float, ordinal: str) -> float:
    """Draw two photographs side by side, each with its day and words under it."""
    width = (WIDTH - 5) / 2
    height = _PHOTO + _CAPTION
    y = _room_for(page, facts, y, _HEADING + height)
    y = _draw_heading(page, y, f"{ordinal}、{facts.photos_title}")
    for start in range(0, len(facts.photos), 2):
        y = _room_for(page, facts, y, height)
        for place, photo in enumerate(facts.photos[start : start + 2]):
            box = Box(LEFT + place * (width + 5), y, width, _PHOTO)
            page.frame(box, weight=0.42)
            page.picture(box.inset(1, 1), photo.picture)
            said = f"{chinese_date(photo.taken_on)}　{photo.caption}".strip()
            under = Box(box.x, box.bottom + 0.4, width, _CAPTION - 0.8)
            value(page, under, said, Style(Face.SONG, 9, 7, 7), label="照片说明", align=Align.CENTRE)
        y += height + 2
    return y


def _sample_picture(width: int = 48, height: int = 36) -> bytes:
    """Return a small grey picture of a wall and a window, as PNG."""
    rows = b"".join(
        b"\0" + bytes(220 if 12 < x < 36 and 8 < y < 26 else 120 + y for x in range(width))
        for y in range(height)
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


_PAPERS = DossierTable(
    "登记情况",
    ("日期", "事项", "证（卡）编号", "有效期至", "状态"),
    (27, 42, 44, 28, 24),
    (
        ("2018年7月6日", "食品小作坊登记证", "ZF32041310020180012", "2021年7月5日", "有效"),
        ("2018年6月11日", "受理", "坛市监登受〔2018〕12号", "／", "／"),
    ),
)
_CHECKS = DossierTable(
    "检查与整改",
    ("日期", "类型", "结果与问题", "文书号", "办结日期"),
    (27, 22, 60, 32, 24),
    (
        (
            "2018年6月5日",
            "联合检查",
            "原料落地堆放，消泡剂无使用记录，健康证明过期",
            "金食安办告〔2018〕12号",
            "6月29日",
        ),
        ("2018年6月28日", "复查", "合格", "／", "／"),
    ),
    row_height=9.8,
)
_MATERIALS = DossierTable(
    "材料目录",
    ("序号", "材料名称", "日期", "备注"),
    (13, 86, 36, 30),
    (
        ("1", "登记申请书", "2018年5月20日", "已收"),
        ("2", "营业执照复印件", "2018年5月20日", "已收"),
        ("3", "从业人员健康证明", "／", "欠交"),
    ),
)

_SAMPLE = DossierFacts(
    page_title="食品小作坊一户一档登记表",
    name="金城镇石桥张记豆制品作坊",
    cover=DossierCover(
        archive_number="204-0012",
        trade="食品小作坊",
        title="食品生产经营户档案",
        subtitle="一户一档",
        rows=(
            ("名称", "金城镇石桥张记豆制品作坊"),
            ("经营者姓名", "张𬭎"),
            ("地址", "金城镇石桥村东巷18号"),
            ("所属村", "石桥村"),
            ("建档日期", "2018年5月14日"),
            ("建档单位", "金城镇食品安全委员会办公室"),
        ),
        foot=(
            ("起止日期", "2018年5月起"),
            ("印制日期", "2018年7月13日"),
            ("证（卡）", "1张"),
            ("照片", "2张"),
        ),
        maker="金城镇食品安全委员会办公室",
        qr_text="204-0012",
    ),
    facts_title="基本情况",
    facts=(
        ("名称", "金城镇石桥张记豆制品作坊"),
        ("经营者", "张𬭎"),
        ("证件号码", "3204821990****0019"),
        ("联系电话", "138****0019"),
        ("地址", "金城镇石桥村东巷18号"),
        ("所属村", "石桥村"),
        ("信用代码", "92320413MA1T000133"),
        ("主体类型", "个体工商户"),
        ("品种", "豆制品（豆腐、百叶、豆腐干）"),
        ("面积", "86.5 ㎡"),
        ("经营状态", "正常经营"),
    ),
    tables=(_PAPERS, _CHECKS, _MATERIALS),
    photos_title="照片",
    photos=(
        DossierPhoto(_sample_picture(), date(2018, 6, 5), "生产间"),
        DossierPhoto(_sample_picture(36, 48), date(2018, 6, 28), "整改后的原料架"),
    ),
    note="表内证件号码、电话按显示规则遮盖；完整号码只在内部查阅时显示，并留有查阅记录。",
)


def _repeated(table: DossierTable, times: int) -> DossierTable:
    return replace(table, rows=table.rows * times)


_LONGEST = (
    "常州市金坛区金城镇石桥新村老街张记豆制品加工作坊",
    "江苏省常州市金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号旁一层临街厂房（原第二粮站仓库）",
)
_LONG_NAME, _LONG_ADDRESS = _LONGEST

DOCUMENT = Document(
    code="dossier",
    title="一户一档",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        page_title="食品生产加工小作坊一户一档登记表",
        name=_LONG_NAME,
        cover=replace(
            _SAMPLE.cover,
            archive_number="320413-204-9999",
            rows=(
                ("名称", _LONG_NAME),
                ("经营者姓名", "阿卜杜喀迪尔·阿卜杜热合曼江"),
                ("地址", _LONG_ADDRESS),
                ("所属村", "金城镇柳塘新村社区居民委员会"),
                ("建档日期", "2018年12月14日"),
                ("建档单位", "常州市金坛区金城镇食品安全委员会办公室"),
            ),
            qr_text="320413-204-9999",
        ),
        facts=(
            ("单位（店、摊）名称", _LONG_NAME),
            ("经营者（负责人）姓名", "阿卜杜喀迪尔·阿卜杜热合曼江"),
            ("详细地址", _LONG_ADDRESS),
            ("有无索证索票、进货台账", "是"),
            ("有无防蝇、防鼠、防尘设施", "是"),
            ("备注", "与隔壁小吃店共用水表，已约定分摊；每年冬至前后产量加倍，临时增加帮工两人。" * 3),
        )
        * 5,
        tables=(_repeated(_PAPERS, 4), _repeated(_CHECKS, 12), replace(_MATERIALS, rows=())),
        photos=_SAMPLE.photos * 5,
    ),
    draw=draw,
)
