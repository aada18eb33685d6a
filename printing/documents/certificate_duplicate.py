"""登记证副本: the second paper of a certificate, with room for what is changed, renewed or issued again."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date

from printing.blocks import paragraph, single, spread, value
from printing.document import Document
from printing.documents.card import background_key as card_background_key
from printing.documents.certificate import DOCUMENT as ORIGINAL
from printing.errors import FIT, Reason
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A4, Align, Box
from printing.layout import Lines, Place
from printing.ornaments import double_frame, double_rule, woven_frame
from printing.page import Page
from printing.registration import (
    RegistrationFacts,
    Row,
    draw_code,
    draw_code_caption,
    draw_labels,
    draw_number,
    draw_number_label,
    draw_values,
)
from printing.tables import Column, Table
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


@dataclass(frozen=True, slots=True)
class DuplicateLayout:
    """Positions in mm and sizes in points of the A4 duplicate."""

    frame: Box
    band: float
    title: Box
    title_size: float
    copy_x: float
    rule_y: float
    number: Place
    rows: Lines
    code: Box
    caption: Place
    issuer: Box
    issuer_style: Style
    seal_y: float
    date_y: float
    note: Box
    record_y: float
    table_y: float
    table: Table
    lines: int


LAYOUT = DuplicateLayout(
    frame=Box(9, 9, 192, 279),
    band=7,
    title=Box(52, 30, 106, 10.6),
    title_size=29,
    copy_x=161,
    rule_y=45.6,
    number=Place(Box(40, 48.63, 130, 5), 11, 11, align=Align.CENTRE),
    rows=Lines(
        label_x=27,
        label_width=32.5,
        label_size=11.5,
        first=Box(64.5, 61, 83, 7.5),
        pitch=9.1,
        base=5.2,
        middle=3.7,
        most=8,
        size=13,
        least=9.5,
        two_lines=8.5,
    ),
    code=Box(152, 60, 30, 30),
    caption=Place(Box(147, 91.36, 40, 5), 8.5, 8.5, align=Align.CENTRE),
    issuer=Box(113, 141.5, 74, 7),
    issuer_style=Style(Face.SONG_BOLD, 13.5, 9.5),
    seal_y=139,
    date_y=155.4,
    note=Box(27, 143.5, 80, 15),
    record_y=170.5,
    table_y=175.6,
    table=Table(
        x=25,
        columns=(
            Column("序号", 12, size=9.5),
            Column("日期", 27, size=9.5),
            Column("类别", 17, size=9.5),
            Column("记录内容", 67, Align.LEFT, 9.5),
            Column("记录人、盖章", 37, size=9.5),
        ),
        head_height=8.5,
        row_height=14,
    ),
    lines=6,
)


def draw_background(page: Page, facts: DuplicateFacts) -> None:
    """Draw what a pre-printed duplicate carries: border, title, labels, issuer and note."""
    layout, said = LAYOUT, facts.certificate
    ink, frame = said.accent, LAYOUT.frame
    double_frame(page, frame, outer=1.4, inner=0.35, gap=1.0, ink=ink)
    woven = frame.inset(1.0, 1.0)
    woven_frame(page, woven, band=layout.band, weight=0.35, ink=ink)
    inner = woven.inset(layout.band + 0.7, layout.band + 0.7)
    double_frame(page, inner, outer=0.35, inner=0.9, gap=0.8, ink=ink)
    title = layout.title
    spread(page, title.x, title.bottom, title.width, said.title, Face.SONG_BOLD, layout.title_size, ink=ink)
    if said.copy_word:
        page.text(layout.copy_x, title.bottom - 0.6, f"（{said.copy_word}）", Face.SONG, 12)
    double_rule(page, (title.x, layout.rule_y), title.width, gap=1.0, ink=ink)
    draw_number_label(page, layout.number, said)
    draw_labels(page, layout.rows, said.rows)
    draw_code_caption(page, layout.caption, said)
    _draw_issuer(page, said)
    single(
        page, A4.width / 2, layout.record_y, facts.record_title, Face.SONG_BOLD, 15,
        most=150, label="记录表标题", align=Align.CENTRE, spacing=0.3,
    )  # fmt: skip


def draw(page: Page, facts: DuplicateFacts) -> None:
    """Draw the facts and the table of records; what does not fit on its lines is refused."""
    layout, said = LAYOUT, facts.certificate
    draw_number(page, layout.number, said)
    draw_values(page, layout.rows, said.rows)
    draw_code(page, layout.code, said)
    day = chinese_date(said.issued_on)
    page.text(layout.issuer.centre, layout.date_y, day, Face.SONG, 12.5, align=Align.CENTRE)
    _draw_records(page, facts.records)


def background_key(facts: DuplicateFacts) -> Hashable:
    """Return what two duplicates must share to lie on the same background."""
    return facts.record_title, facts.certificate.copy_word, card_background_key(facts.certificate)


def _draw_issuer(page: Page, said: RegistrationFacts) -> None:
    layout, note = LAYOUT, LAYOUT.note
    paragraph(page, note, said.note, Face.SONG, 9, label="说明文字", pitch=4.9)
    seal = f"{said.issuer_label}{said.seal_word}"
    centre, width = layout.issuer.centre, layout.issuer.width
    single(page, centre, layout.seal_y, seal, Face.SONG, 11, most=width, label="发证机关", align=Align.CENTRE)
    value(page, layout.issuer, said.issuer, layout.issuer_style, label=said.issuer_label, align=Align.CENTRE)


def _draw_records(page: Page, records: tuple[Record, ...]) -> None:
    layout, table = LAYOUT, LAYOUT.table
    if len(records) > layout.lines:
        said = f"副本的记录栏最多 {layout.lines} 行，现在有 {len(records)} 行；请换发新的副本"
        page.refuse(Reason(FIT, said))
        return
    texts = [
        (str(place), chinese_date(record.on), record.kind, record.text, "")
        for place, record in enumerate(records, start=1)
    ]
    texts += [("", "", "", "", "")] * (layout.lines - len(texts))
    rows = [table.set_row(page, row, name=f"第{place}条记录") for place, row in enumerate(texts, start=1)]
    if sum(row.height for row in rows) > layout.lines * table.row_height + 4:
        page.refuse(Reason(FIT, "副本的记录内容太长，记录栏放不下，请写短些"))
        return
    table.draw(page, layout.table_y, rows)


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

DOCUMENT = Document(
    code="certificate_duplicate",
    title="登记证（副本）",
    sheet=A4,
    sample=_SAMPLE,
    longest=DuplicateFacts(
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
            for _ in range(LAYOUT.lines)
        ),
    ),
    draw=draw,
    background=draw_background,
    background_key=background_key,
    layout=LAYOUT,
)
