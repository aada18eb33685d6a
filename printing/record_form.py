"""Record forms: ruled rows of labels, texts, ticks and places to sign, over as many pages as they need."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from printing.blocks import code, require, single, spread
from printing.errors import FIT, Reason
from printing.fit import STEP, broken, may_break
from printing.fonts import Face, normal
from printing.geometry import MM, Align, Box, baseline
from printing.layout import GLYPH_HEIGHT
from printing.page import BLACK, Page
from printing.record_cells import (
    LEFT,
    RIGHT,
    ROW,
    TEXT_SIZE,
    WIDTH,
    Cell,
    Form,
    Label,
    Row,
    Signing,
    Text,
    Tick,
    Ticks,
)
from printing.wording import chinese_date

TOP, NEXT_TOP, BOTTOM, FOOT = 40.0, 30.0, 274.0, 283.0
FRAME, INNER = 1.0, 0.42
LABEL_SIZE, LABEL_PITCH, LEAST = 10.0, 1.3, 8.5
LINE = 1.5
"""Distance of two lines of a text, in its size."""
PADDING, ABOVE = 2.0, 1.6
TICK = 2.6
_SIGNATURE = 34.0
_DAY = 11.0
_WITH_SIGNATURES = 2
"""How many rows of words stand on a page with the signatures, at least."""
_GROWS = 1.6
"""By how much a row with room to write may grow when the form leaves its page half empty."""


@dataclass(slots=True)
class _Set:
    """A row as it will stand: what each cell draws, and the height that the tallest of them needs."""

    row: Row
    height: float
    lines: list[tuple[tuple[str, ...], float]] = field(default_factory=list)


def draw_form(page: Page, form: Form) -> None:
    """Draw the form; a row never splits unless it alone is taller than a page."""
    require(page, ("标题", form.title), ("单位", form.issuer))
    pages = _paged(page, [one for row in form.rows for one in _set(page, row)])
    _grow(pages[0], TOP if len(pages) == 1 else BOTTOM)
    for index, on_page in enumerate(pages):
        if index:
            page.next()
        top = NEXT_TOP if index else TOP
        if index:
            page.text(LEFT, NEXT_TOP - 4, f"{form.title}（续页）", Face.HEI, 9.5)
        else:
            _draw_head(page, form)
        bottom = _draw_rows(page, on_page, top)
        if len(pages) > 1:
            said = f"第{index + 1}页　共{len(pages)}页"
            page.text(RIGHT, FOOT + 5, said, Face.SONG, 9.5, align=Align.RIGHT)
        if index == len(pages) - 1 and form.note:
            _draw_note(page, form.note, bottom)


def _draw_head(page: Page, form: Form) -> None:
    centre = (LEFT + RIGHT) / 2
    single(
        page, centre, 24, form.title, Face.SONG_BOLD, 20,
        most=WIDTH, label="标题", align=Align.CENTRE, spacing=0.35,
    )  # fmt: skip
    if form.qr_text:
        code(page, Box(RIGHT - 15, 14, 15, 15), form.qr_text, label="记录码", is_micro=True)
    single(page, LEFT, 36.4, form.issuer, Face.SONG, 10.5, most=98, label="单位")
    single(page, RIGHT, 36.4, form.reference, Face.SONG, 10.5, most=70, label="编号", align=Align.RIGHT)


def _draw_note(page: Page, note: str, bottom: float) -> None:
    """Draw the note under the table in small lines; there is always room for two of them."""
    lines = broken(note, Face.SONG, 8, WIDTH, page.faces)
    if lines is None or len(lines) > 2:
        page.refuse(Reason(FIT, f"“附注”太长，两行放不下，请在规则包里写短些：{note}"))
        return
    for place, line in enumerate(lines):
        page.text(LEFT, bottom + 4.6 + place * 3.9, line, Face.SONG, 8)


def _set(page: Page, row: Row) -> list[_Set]:
    """Set a row; one that is taller than a page goes on in further rows under the same label."""
    made = _Set(row, row.height)
    for cell, width in zip(row.cells, row.widths(), strict=True):
        lines, size = _lines(page, cell, width)
        made.lines.append((lines, size))
        made.height = max(made.height, _needed(page, cell, width, lines, size))
    room = BOTTOM - TOP
    if made.height <= room:
        return [made]
    return [part for short in _halved(row) for part in _set(page, short)] if _can_halve(row) else [made]


def _can_halve(row: Row) -> bool:
    last = row.cells[-1]
    return isinstance(last, Text) and len(last.paragraphs) > 1


def _halved(row: Row) -> tuple[Row, Row]:
    """Divide the paragraphs of the last cell over two rows under the same labels."""
    last = row.cells[-1]
    assert isinstance(last, Text)
    middle = len(last.paragraphs) // 2
    parts = (last.paragraphs[:middle], last.paragraphs[middle:])
    first, second = (replace(last, paragraphs=part) for part in parts)
    return replace(row, cells=(*row.cells[:-1], first)), replace(row, cells=(*row.cells[:-1], second))


def _lines(page: Page, cell: Cell, width: float) -> tuple[tuple[str, ...], float]:
    """Return the lines of a cell that holds paragraphs, and their size in points."""
    if not isinstance(cell, Text | Signing) or not cell.paragraphs:
        return (), TEXT_SIZE
    face = cell.face if isinstance(cell, Text) else Face.KAI
    if not all(page.can_draw(normal(text), face, cell.about) for text in cell.paragraphs):
        return (), TEXT_SIZE
    size = cell.size if isinstance(cell, Text) else TEXT_SIZE
    while size >= LEAST:
        found = [broken(text, face, size, width - 2 * PADDING, page.faces) for text in cell.paragraphs]
        if None not in found:
            return tuple(line for lines in found if lines for line in lines), size
        size -= STEP
    text = "".join(cell.paragraphs)
    page.refuse(Reason(FIT, f"“{cell.about}”里有缩到 {LEAST:g} 磅也放不进一行的长词，请断开或写短：{text}"))
    return (), TEXT_SIZE


def _needed(page: Page, cell: Cell, width: float, lines: tuple[str, ...], size: float) -> float:
    text_height = _height(len(lines), size) + 2 * ABOVE if lines else 0.0
    if isinstance(cell, Label):
        in_two = len(_label_lines(page, cell, width)) > 1
        return (LABEL_PITCH + GLYPH_HEIGHT) * LABEL_SIZE / MM + 2 * ABOVE if in_two else 0.0
    if isinstance(cell, Ticks):
        _refuse_other(page, cell)
        return len(_tick_lines(page, cell, width)) * 6.2 + 2.8
    if isinstance(cell, Signing):
        return text_height + 8.5 * len(cell.signatures) + _DAY
    return text_height


def _refuse_other(page: Page, cell: Ticks) -> None:
    for chosen in cell.chosen:
        if chosen not in cell.options:
            options = "、".join(cell.options)
            page.refuse(Reason(FIT, f"“{chosen}”不在表上可选的几项（{options}）里，请改规则包或者记录"))


def _height(lines: int, size: float) -> float:
    return ((lines - 1) * LINE + GLYPH_HEIGHT) * size / MM


def _paged(page: Page, rows: Sequence[_Set]) -> list[list[_Set]]:
    pages: list[list[_Set]] = [[]]
    room = BOTTOM - TOP
    for row in rows:
        if pages[-1] and sum(other.height for other in pages[-1]) + row.height > room:
            if len(pages[-1]) > 1 and pages[-1][-1].row is row.row.head:
                pages[-1].pop()  # a head that nothing follows stands on the further page only
            pages.append(_set(page, row.row.head) if row.row.head else [])
            room = BOTTOM - NEXT_TOP
        pages[-1].append(row)
    if len(pages) > 1:
        _bring_words(page, *pages[-2:])
    return pages


def _bring_words(page: Page, before: list[_Set], last: list[_Set]) -> None:
    """Bring rows from the page before to signatures that would stand alone: nobody signs an empty page.

    Of a list one row comes along under its head, if that is not all of it that stands there.
    """
    while sum(_has_words(one.row) for one in last) < _WITH_SIGNATURES and len(before) > 1:
        head = before[-1].row.head
        brought = [*(_set(page, head) if head else []), before[-1]]
        if before[-2].row is head or sum(one.height for one in (*brought, *last)) > BOTTOM - NEXT_TOP:
            return
        before.pop()
        last[:0] = brought
        if head:
            return


def _grow(rows: Sequence[_Set], top: float) -> None:
    """Give what a form of one page leaves empty to the rows where people write and sign."""
    tall = [row for row in rows if _is_for_writing(row.row)]
    used, all_tall = sum(row.height for row in rows), sum(row.height for row in tall)
    spare = BOTTOM - top - used
    if spare <= 0 or not tall:
        return
    factor = min(_GROWS, 1 + spare / all_tall)
    for row in tall:
        row.height *= factor


def _is_for_writing(row: Row) -> bool:
    """Tell whether a row leaves room by its shape; one that is tall by its words alone has enough."""
    has_room = any(isinstance(cell, Text) and not cell.paragraphs for cell in row.cells)
    return row.height > ROW or _is_signed(row) or (has_room and row.head is None)


def _has_words(row: Row) -> bool:
    return any(
        isinstance(cell, Ticks) or (isinstance(cell, Text | Signing) and cell.paragraphs)
        for cell in row.cells
    )


def _is_signed(row: Row) -> bool:
    return any(isinstance(cell, Signing) for cell in row.cells)


def _draw_rows(page: Page, rows: Sequence[_Set], top: float) -> float:
    y = top
    for place, one in enumerate(rows):
        if place:
            page.line((LEFT, y), (RIGHT, y), weight=INNER)
        x = LEFT
        for cell, width, (lines, size) in zip(one.row.cells, one.row.widths(), one.lines, strict=True):
            if x > LEFT:
                page.line((x, y), (x, y + one.height), weight=INNER)
            _draw_cell(page, cell, Box(x, y, width, one.height), lines, size)
            x += width
        y += one.height
    page.frame(Box(LEFT, top, WIDTH, y - top), weight=FRAME)
    return y


def _draw_cell(page: Page, cell: Cell, box: Box, lines: tuple[str, ...], size: float) -> None:
    if isinstance(cell, Label):
        _draw_label(page, cell, box)
    elif isinstance(cell, Tick):
        draw_tick(page, box.centre - TICK / 2, box.middle, is_ticked=cell.is_ticked)
    elif isinstance(cell, Ticks):
        _draw_ticks(page, cell, box)
    elif isinstance(cell, Signing):
        upper = Box(box.x, box.y, box.width, _height(len(lines), size) + 2 * ABOVE)
        _draw_lines(page, upper, lines, size, Align.LEFT)
        _draw_signatures(page, cell, box)
    else:
        _draw_lines(page, box, lines, size, cell.align, cell.face)


def _draw_label(page: Page, label: Label, box: Box) -> None:
    """Spread a label over its cell; a long one stands in two lines."""
    text = label.text
    natural = page.width(text, Face.HEI, LABEL_SIZE)
    rows = _label_lines(page, label, box.width)
    if any(page.width(row, Face.HEI, LABEL_SIZE) > box.width - 1.5 for row in rows):
        page.refuse(Reason(FIT, f"栏目名“{text}”太长，写不进表格左边，请写短些"))
        return
    pitch = LABEL_SIZE * LABEL_PITCH / MM
    first = box.middle - pitch * (len(rows) - 1) / 2
    with page.reads_as(text):
        for place, row in enumerate(rows):
            y = baseline(first + place * pitch, LABEL_SIZE)
            if natural <= box.width - 6 and not label.is_head:
                spread(page, box.x + 3, y, box.width - 6, row, Face.HEI, LABEL_SIZE)
            else:
                page.text(box.centre, y, row, Face.HEI, LABEL_SIZE, align=Align.CENTRE)


def _label_lines(page: Page, label: Label, width: float) -> list[str]:
    fits = page.width(label.text, Face.HEI, LABEL_SIZE) <= width - 1.5
    return [label.text] if fits else halves(label.text)


def halves(text: str) -> list[str]:
    """Return two halves; no half begins with closing or ends with opening punctuation."""
    middle = (len(text) + 1) // 2
    cuts = (middle, middle - 1, middle + 1, middle - 2, middle + 2)
    allowed = (cut for cut in cuts if 0 < cut < len(text) and may_break(text[cut - 1], text[cut]))
    cut = next(allowed, middle)
    return [text[:cut], text[cut:]]


def _draw_lines(
    page: Page, box: Box, lines: tuple[str, ...], size: float, align: Align, face: Face = Face.KAI
) -> None:
    pitch = size * LINE / MM
    first = box.middle - pitch * (len(lines) - 1) / 2
    x = box.centre if align is Align.CENTRE else box.x + PADDING
    for place, line in enumerate(lines):
        page.text(x, baseline(first + place * pitch, size), line, face, size, align=align)


def _tick_lines(page: Page, cell: Ticks, width: float) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for option in cell.options:
        used = sum(_tick_width(page, other) for other in lines[-1])
        if lines[-1] and used + _tick_width(page, option) > width - 2 * PADDING + 4:
            lines.append([])
        lines[-1].append(option)
    return lines


def _tick_width(page: Page, option: str) -> float:
    return TICK + 1.2 + page.width(option, Face.SONG, LABEL_SIZE) + 4


def _draw_ticks(page: Page, cell: Ticks, box: Box) -> None:
    lines = _tick_lines(page, cell, box.width)
    first = box.middle - 6.2 * (len(lines) - 1) / 2
    for place, line in enumerate(lines):
        x, middle = box.x + PADDING, first + place * 6.2
        for option in line:
            draw_tick(page, x, middle, is_ticked=option in cell.chosen)
            text_x = x + TICK + 1.2
            width = box.right - text_x - 1
            single(
                page, text_x, baseline(middle, LABEL_SIZE), option, Face.SONG, LABEL_SIZE,
                most=width, label="选项",
            )  # fmt: skip
            x += _tick_width(page, option)


def draw_tick(page: Page, x: float, middle: float, *, is_ticked: bool) -> None:
    """Draw a box to tick with its left edge at x, ticked or not."""
    box = Box(x, middle - TICK / 2, TICK, TICK)
    page.frame(box, weight=0.6, ink=BLACK)
    if is_ticked:
        corner = (box.x + 1.0, box.bottom - 0.35)
        page.path([(box.x + 0.3, middle + 0.1), corner, (box.right + 0.4, box.y - 0.3)], weight=1.3)


def _draw_signatures(page: Page, cell: Signing, box: Box) -> None:
    """Draw the places to sign, one under the other, and the day at the lower right."""
    y = box.bottom - _DAY - 8.5 * len(cell.signatures)
    x = box.x + PADDING
    widths = [page.width(label, Face.SONG, LABEL_SIZE) for label in cell.signatures]
    end = min(box.right - PADDING, x + max(widths, default=0.0) + 1 + _SIGNATURE)
    for label, width in zip(cell.signatures, widths, strict=True):
        y += 8.5
        if end - x - width < 18:
            page.refuse(Reason(FIT, f"“{label}”太长，后面没有签名的地方，请在规则包里写短些"))
        page.text(x, y, label, Face.SONG, LABEL_SIZE)
        page.line((x + width + 1, y + 1.2), (end, y + 1.2), weight=0.5)
    draw_day(page, box.right - PADDING, box.bottom - 3.2, cell.day)


def draw_day(page: Page, right: float, y: float, day: date | None) -> None:
    """Draw a day that ends at ``right``, or room to write one by hand."""
    if day is not None:
        page.text(right, y, chinese_date(day), Face.KAI, TEXT_SIZE, align=Align.RIGHT)
        return
    for word, back in (("年", 21.0), ("月", 10.5), ("日", 0.0)):
        page.text(right - back, y, word, Face.SONG, LABEL_SIZE, align=Align.RIGHT)
