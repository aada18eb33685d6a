"""登记证副本: the second paper of a certificate, with room for what is changed, renewed or issued again."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from printing.blocks import paragraph, single
from printing.document import Document
from printing.documents.card import background_key as card_background_key
from printing.documents.certificate import DOCUMENT as ORIGINAL
from printing.documents.certificate import (
    draw_border,
    draw_certificate_head,
    draw_certificate_issuer,
)
from printing.errors import FIT, Reason
from printing.fonts import Face
from printing.geometry import Align, Box
from printing.layout import Layout, Place
from printing.layout_file import standard
from printing.page import Page
from printing.registration import RegistrationFacts, Row, draw_code_caption, draw_facts, draw_labels
from printing.tables import Column, Table, TableRow
from printing.wording import chinese_date


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the table: on which day what was changed, renewed or issued again."""

    on: date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DuplicateFacts:
    """What the duplicate says: the certificate as it stands, and what has become of it since.

    A duplicate holds six records; when it is full, a new one is issued.
    """

    record_title: str
    certificate: RegistrationFacts
    records: tuple[Record, ...] = ()


LINES = 6
_SLACK = 4.0
"""By how much in mm the records may reach below their table."""
"""How many records the table holds."""

_FRAME, _BAND = Box(9, 9, 192, 279), 7.0
_HEAD_HEIGHT = 8.5
_COLUMNS = (
    Column("序号", 12),
    Column("日期", 27),
    Column("类别", 17),
    Column("记录内容", 67, Align.LEFT),
    Column("记录人、盖章", 37),
)


def draw_background(page: Page, facts: DuplicateFacts, layout: Layout) -> None:
    """Draw what a pre-printed duplicate carries: border, title, labels, issuer and note."""
    said, places = facts.certificate, layout.places
    ink = said.accent
    draw_border(page, _FRAME, band=_BAND, ink=ink)
    draw_certificate_head(page, said, layout)
    draw_labels(page, layout.lines, said.rows)
    draw_code_caption(page, places["caption"], said)
    note = places["note"]
    pitch = note.size * 4.9 / 9
    paragraph(page, note.box, said.note, Face.SONG, note.size, label="说明文字", pitch=pitch)
    draw_certificate_issuer(page, said, layout)
    title = places["record_title"]
    single(
        page, title.anchor, title.base, facts.record_title, Face.SONG_BOLD, title.size,
        most=title.box.width, label="记录表标题", align=title.align, spacing=0.3,
    )  # fmt: skip


def draw(page: Page, facts: DuplicateFacts, layout: Layout) -> None:
    """Draw the facts and the table of records; what does not fit on its lines is refused."""
    draw_facts(page, facts.certificate, layout)
    _draw_records(page, facts.records, layout.places["records"])


def background_key(facts: DuplicateFacts) -> Hashable:
    """Return what two duplicates must share to lie on the same background."""
    return facts.record_title, facts.certificate.copy_word, card_background_key(facts.certificate)


def _draw_records(page: Page, records: tuple[Record, ...], place: Place) -> None:
    """Draw the records of the duplicate that is in use: one that is full was followed by a new one."""
    box = place.box
    wider = box.width / sum(column.width for column in _COLUMNS)
    columns = tuple(replace(one, width=one.width * wider, size=place.size) for one in _COLUMNS)
    table = Table(box.x, columns, _HEAD_HEIGHT, (box.height - _HEAD_HEIGHT) / LINES)
    texts = [
        (str(number), chinese_date(record.on), record.kind, record.text, "")
        for number, record in enumerate(records, start=1)
    ]
    room = LINES * table.row_height + _SLACK
    rows: list[TableRow] = []
    for number, text in enumerate(texts, start=1):
        row = table.set_row(page, text, name=f"第{number}条记录")
        if row.height > room:
            page.refuse(Reason(FIT, f"副本的记录太长，整个记录栏也放不下，请写短些：{text[3]}"))
            return
        if sum(other.height for other in rows) + row.height > room:
            rows.clear()
        rows.append(row)
    empty = table.set_row(page, ("",) * len(columns), name="空行")
    while (left := LINES * table.row_height - sum(row.height for row in rows)) > _SLACK:
        rows.append(replace(empty, height=left if left < 2 * empty.height - _SLACK else empty.height))
    table.draw(page, box.y, rows)


_SAMPLE = DuplicateFacts(
    record_title="变更、延续、补发记录",
    certificate=replace(
        ORIGINAL.sample,
        copy_word="副本",
        rows=(
            *ORIGINAL.sample.rows,
            Row("日常监管机构", "市场监督管理局金城分局"),
            Row("投诉举报电话", "12345　12315"),
        ),
        note="副本与正本具有同等效力。记录栏由发证机关填写并盖章，其他单位和个人填写无效。",
    ),
    records=(
        Record(date(2019, 9, 12), "变更", "生产加工品种变更为：豆制品（豆腐、百叶、豆腐干、素鸡）"),
        Record(date(2021, 5, 6), "延续", "有效期延续至2024年7月5日"),
    ),
)

_LONGEST = DuplicateFacts(
    record_title="变更、延续、补发记录",
    certificate=replace(
        ORIGINAL.longest,
        copy_word="副本",
        rows=(
            *ORIGINAL.longest.rows,
            Row("日常监管机构", "常州市金坛区市场监督管理局金城分局"),
            Row("投诉举报电话", "12345　12315"),
        ),
        note=_SAMPLE.certificate.note,
    ),
    records=tuple(
        Record(
            date(2019, 12, 12),
            "变更",
            "生产加工地址变更为：江苏省常州市金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号"
            "旁一层临街厂房（原第二粮站仓库）",
        )
        for _ in range(LINES)
    ),
)


def laid_out(layout: Layout) -> Document[DuplicateFacts]:
    """Return the paper in a layout."""
    return Document(
        code="certificate_duplicate",
        title="登记证（副本）",
        sheet=layout.sheet,
        sample=_SAMPLE,
        longest=_LONGEST,
        draw=partial(draw, layout=layout),
        background=partial(draw_background, layout=layout),
        background_key=background_key,
        layout=layout,
        laid_out=laid_out,
    )


DOCUMENT = laid_out(standard("certificate_duplicate"))
