"""打印位置校准页: rulers along the four edges, a cross in the middle, on A4 also what a printer must show."""

from dataclasses import dataclass

from printing.blocks import single
from printing.document import Document
from printing.fonts import Face
from printing.geometry import A4, A4_LANDSCAPE, A6_LANDSCAPE, A7_LANDSCAPE, Align, Box, Sheet
from printing.page import Page
from printing.printer_trial import HEIGHT, WEIGHTS, WIDTH, draw_trial

SHEETS = {"a4": A4, "a4-landscape": A4_LANDSCAPE, "a6": A6_LANDSCAPE, "a7": A7_LANDSCAPE}
"""The sheets that papers are printed on, by the name that the command line knows them by."""

SQUARE = 100.0
"""Side in mm of the square that a printer must neither stretch nor shrink; small sheets have no room."""


@dataclass(frozen=True, slots=True)
class CalibrationFacts:
    """What the page says; nothing of the register."""

    title: str = "打印位置校准页"
    how: str = "按实际大小（100%）打印，不要选“适合页面”"
    numbers: str = "标尺上的数字，就是到纸左边、上边的毫米数"
    across: str = "左右"
    down: str = "上下"
    right: str = "（正数向右移）"
    below: str = "（正数向下移）"
    square: str = "此框应为 100.0 mm × 100.0 mm"
    blanks: str = "打印机＿＿＿＿＿＿＿＿　日期＿＿＿＿＿＿"


@dataclass(frozen=True, slots=True)
class _Measures:
    """What depends on the size of the sheet, in mm and points."""

    edge: float
    figure: float
    title: float
    text: float
    ring: float
    is_large: bool


def _measures(sheet: Sheet) -> _Measures:
    if min(sheet.width, sheet.height) > 200:
        return _Measures(edge=10, figure=7, title=24, text=11, ring=10, is_large=True)
    text = 7.5 if sheet.width > 120 else 6.0
    return _Measures(edge=6, figure=6.0, title=13, text=text, ring=4, is_large=False)


def draw(page: Page, facts: CalibrationFacts) -> None:
    """Draw rulers, the cross and the table of what was measured."""
    sheet, at = page.sheet, _measures(page.sheet)
    for y, into in ((at.edge, 1), (sheet.height - at.edge, -1)):
        _level_ruler(page, y, into, at)
    for x, into in ((at.edge, 1), (sheet.width - at.edge, -1)):
        _upright_ruler(page, x, into, at)
    _draw_cross(page, at)
    if at.is_large:
        _draw_square(page, facts, at)
    _draw_words(page, facts, at)


def _marks(length: float, at: _Measures) -> list[tuple[int, float]]:
    """Return where the ticks of a ruler stand and how long they are: 5, 3 and 2 mm, in small half of it."""
    first, last = int(at.edge * 2), int(length - at.edge * 2)
    part = at.edge / 10
    return [
        (place, part * (5 if place % 10 == 0 else 3 if place % 5 == 0 else 2))
        for place in range(first, last + 1)
    ]


def _level_ruler(page: Page, y: float, into: int, at: _Measures) -> None:
    marks = _marks(page.sheet.width, at)
    page.line((marks[0][0], y), (marks[-1][0], y), weight=0.35)
    for x, length in marks:
        page.line((x, y), (x, y + into * length), weight=0.35)
        if x % 10 == 0:
            base = y + into * (at.edge * 0.5 + 0.8) + (at.figure * 0.26 if into > 0 else 0)
            page.figures(x, base, str(x), Face.HEI, at.figure, align=Align.CENTRE)


def _upright_ruler(page: Page, x: float, into: int, at: _Measures) -> None:
    marks = _marks(page.sheet.height, at)
    page.line((x, marks[0][0]), (x, marks[-1][0]), weight=0.35)
    for y, length in marks:
        page.line((x, y), (x + into * length, y), weight=0.35)
        if y % 10 == 0:
            side = Align.LEFT if into > 0 else Align.RIGHT
            start = x + into * (at.edge * 0.5 + 0.8)
            page.figures(start, y + at.figure * 0.13, str(y), Face.HEI, at.figure, align=side)


def _draw_cross(page: Page, at: _Measures) -> None:
    sheet = page.sheet
    x, y, arm = sheet.width / 2, sheet.height / 2, at.ring * 2
    page.line((x - arm, y), (x + arm, y), weight=0.35)
    page.line((x, y - arm), (x, y + arm), weight=0.35)
    page.frame(Box(x - at.ring, y - at.ring, 2 * at.ring, 2 * at.ring), weight=0.35)


def _draw_square(page: Page, facts: CalibrationFacts, at: _Measures) -> None:
    """Draw the square round the middle, its corners crossed."""
    box = Box((page.sheet.width - SQUARE) / 2, (page.sheet.height - SQUARE) / 2, SQUARE, SQUARE)
    page.frame(box, weight=0.35)
    for x in (box.x, box.right):
        for y in (box.y, box.bottom):
            page.line((x - 3, y), (x + 3, y), weight=0.35)
            page.line((x, y - 3), (x, y + 3), weight=0.35)
    single(
        page, box.centre, box.bottom - 3, facts.square, Face.SONG, at.text,
        most=SQUARE - 4, label="框", align=Align.CENTRE,
    )  # fmt: skip


def _draw_words(page: Page, facts: CalibrationFacts, at: _Measures) -> None:
    sheet = page.sheet
    centre, pitch = sheet.width / 2, at.text * 0.62
    most = sheet.width - 2 * (at.edge * 1.5 + 4)
    y = at.edge * 2.4 + at.title * 0.3
    single(
        page, centre, y, facts.title, Face.SONG_BOLD, at.title,
        most=most, label="标题", align=Align.CENTRE, spacing=at.title * 0.03,
    )  # fmt: skip
    name = f"{sheet.label}　{facts.how}"
    for text in (name, facts.numbers):
        y += pitch
        single(page, centre, y, text, Face.SONG, at.text, most=most, label="说明", align=Align.CENTRE)
    y = sheet.height / 2 + (SQUARE / 2 + 2 if at.is_large else at.ring * 2) + pitch
    for way, length, sign in (
        (facts.across, sheet.width / 2, facts.right),
        (facts.down, sheet.height / 2, facts.below),
    ):
        said = f"{way}：应为 {length:.1f} mm　实测＿＿＿＿ mm　差值＿＿＿＿ mm{sign}"
        single(page, centre, y, said, Face.SONG, at.text, most=most, label=way, align=Align.CENTRE)
        y += pitch
    single(page, centre, y, facts.blanks, Face.SONG, at.text, most=most, label="打印机", align=Align.CENTRE)
    if sheet == A4:
        draw_trial(page, (sheet.width - WIDTH) / 2, sheet.height / 2 - SQUARE / 2 - HEIGHT - 4)
    elif not at.is_large:
        _draw_weights(page, y + pitch * 0.6, at)


def _draw_weights(page: Page, y: float, at: _Measures) -> None:
    """Draw a line of each weight that papers are ruled in: each must come out unbroken."""
    length, gap = at.edge * 1.6, at.edge * 0.3
    x = page.sheet.width / 2 - (len(WEIGHTS) * (length + gap) - gap) / 2
    for weight in WEIGHTS:
        page.line((x, y), (x + length, y), weight=weight)
        page.figures(x, y + at.figure * 0.4, f"{weight:g} pt", Face.HEI, at.figure)
        x += length + gap


def on_sheet(sheet: Sheet) -> Document[CalibrationFacts]:
    """Return the page for a sheet."""
    return Document(
        code="calibration",
        title="打印位置校准页",
        sheet=sheet,
        sample=CalibrationFacts(),
        longest=CalibrationFacts(),
        draw=draw,
    )


DOCUMENT = on_sheet(A4)
