"""The pieces that papers are put together from: spread words, values in boxes, paragraphs, rules, codes."""

from functools import lru_cache

import segno

from printing import qr
from printing.errors import FIT, MISSING_FACT, Reason
from printing.fit import LINE_HEIGHT, Fitted, Style, broken, fit
from printing.fonts import Face, normal
from printing.geometry import MM, Align, Box, baseline
from printing.layout import GLYPH_HEIGHT
from printing.page import BLACK, Page

LEAST_MODULE = 0.47
"""The narrowest module in mm of a code on a paper that telephones read, laminated and scratched."""
LEAST_MICRO_MODULE = 0.33
"""The narrowest module of the little codes on forms, which the office reads with a scanner gun."""


def require(page: Page, *facts: tuple[str, str]) -> None:
    """Refuse the paper for every labelled fact (label, text) that is empty."""
    for label, text in facts:
        if not text.strip():
            page.refuse(Reason(MISSING_FACT, f"“{label}”还空着，补上以后再打印"))


def spread(
    page: Page, x: float, y: float, width: float, text: str, face: Face, size: float, *, ink: str = BLACK
) -> None:
    """Draw a word whose first and last characters touch both edges (两端对齐); it reads as one word."""
    text = normal(text)
    natural = page.width(text, face, size)
    if natural > width + 0.01:
        least = size * width / natural
        page.refuse(Reason(FIT, f"“{text}”太长，放不进 {width:g} 毫米，请在规则包里写短些"))
        size, natural = least, width
    gaps = len(text) - 1
    spacing = (width - natural) / gaps if gaps else 0.0
    page.text(x, y, text, face, size, ink=ink, spacing=spacing, reads_as=text if spacing else None)


def centred_spread(
    page: Page,
    centre: float,
    y: float,
    text: str,
    face: Face,
    size: float,
    *,
    most: float,
    gap: float,
    ink: str,
) -> float:
    """Draw a title spread by a gap in em but never wider than ``most``; return its width."""
    natural = page.width(text, face, size)
    width = min(most, natural + gap * size / MM * (len(text) - 1))
    spread(page, centre - width / 2, y, width, text, face, size, ink=ink)
    return width


def single(
    page: Page,
    x: float,
    y: float,
    text: str,
    face: Face,
    size: float,
    *,
    most: float,
    label: str,
    align: Align = Align.LEFT,
    ink: str = BLACK,
    spacing: float = 0.0,
) -> None:
    """Draw a line that may neither wrap nor shrink; one that is wider than ``most`` mm is refused."""
    width = page.width(text, face, size) + spacing * (len(text) - 1)
    if width > most:
        page.refuse(Reason(FIT, f"“{label}”太长，一行放不下，请写短些：{text}"))
        return
    page.text(x, y, text, face, size, align=align, ink=ink, spacing=spacing)


def value(
    page: Page,
    box: Box,
    text: str,
    style: Style,
    *,
    label: str,
    align: Align = Align.LEFT,
    base: float | None = None,
    middle: float | None = None,
) -> float:
    """Set a filled-in value in its box: as large as fits, else two lines, else the paper is refused.

    ``base`` is the baseline of one line and ``middle`` the middle of two, from the top of the box;
    without them the text stands in the middle. Returns the width of a single line.
    """
    text = normal(text).strip()
    if not text:
        page.refuse(Reason(MISSING_FACT, f"“{label}”还空着，补上以后再打印"))
        return 0.0
    if not page.can_draw(text, style.face, label):
        return 0.0
    fitted = fit(text, style, box.width, page.faces)
    if fitted is None or ink_height(fitted) > box.height + 0.1:
        page.refuse(_too_long(text, label, style))
        return 0.0
    x = {Align.LEFT: box.x, Align.CENTRE: box.centre, Align.RIGHT: box.right}[align]
    if len(fitted.lines) == 1:
        y = baseline(box.middle, fitted.size) if base is None else box.y + base
        page.text(x, y, text, style.face, fitted.size, align=align)
        return page.width(text, style.face, fitted.size)
    pitch = fitted.size * LINE_HEIGHT / MM
    first = (box.middle if middle is None else box.y + middle) - pitch * (len(fitted.lines) - 1) / 2
    with page.reads_as(text):
        for index, line in enumerate(fitted.lines):
            y = baseline(first + index * pitch, fitted.size)
            page.text(x, y, line, style.face, fitted.size, align=align)
    return box.width


def paragraph(
    page: Page,
    box: Box,
    text: str,
    face: Face,
    size: float,
    *,
    label: str,
    pitch: float,
    align: Align = Align.LEFT,
) -> int:
    """Set a text in lines of a pitch in mm that fill the box; return how many lines it took."""
    if not page.can_draw(text, face, label):
        return 0
    lines = broken(text, face, size, box.width, page.faces)
    if lines is None or len(lines) * pitch > box.height + 0.01:
        page.refuse(Reason(FIT, f"“{label}”的文字放不下，请写短些：{text}"))
        return 0
    for index, line in enumerate(lines):
        y = baseline(box.y + (index + 0.5) * pitch, size)
        if align is Align.CENTRE:
            page.text(box.centre, y, line, face, size, align=align)
        else:
            justified(page, box.x, y, box.width, line, face, size, is_last=index == len(lines) - 1)
    return len(lines)


def justified(
    page: Page, x: float, y: float, width: float, line: str, face: Face, size: float, *, is_last: bool
) -> None:
    """Draw a line that reaches both edges, unless it is the last of its paragraph."""
    spare = width - page.width(line, face, size)
    gaps = len(line) - 1
    spacing = spare / gaps if gaps and spare > 0 and not is_last else 0.0
    page.text(x, y, line, face, size, spacing=spacing)


def code(page: Page, box: Box, text: str, *, label: str = "二维码", is_micro: bool = False) -> None:
    """Draw a QR code that fills a box; refuse one whose modules would be too small to read."""
    try:
        across = len(_micro(text)) if is_micro else qr.across(text)
    except segno.DataOverflowError:
        said = f"“{label}”要装的字太多，放不进一个码，请改短规则包里的二维码内容"
        page.refuse(Reason(FIT, said))
        return
    module, least = box.width / across * page.scale, LEAST_MICRO_MODULE if is_micro else LEAST_MODULE
    if module < least:
        way_out = "每页少印几张" if page.scale < 1 else "在版式里把码放大，或者改短规则包里的二维码内容"
        said = f"“{label}”的小格只有 {module:.2f} 毫米（至少 {least:g}），扫不出来，请{way_out}"
        page.refuse(Reason(FIT, said))
    elif page.is_drawing:
        page.cells(box, _micro(text) if is_micro else qr.rows(text))


@lru_cache(maxsize=64)
def _micro(text: str) -> tuple[str, ...]:
    """Return the rows of a Micro QR code, 1 for each dark module."""
    made = segno.make(text, error="m", micro=True, mask=3, boost_error=False)
    return tuple("".join(map(str, row)) for row in made.matrix)


def ink_height(fitted: Fitted) -> float:
    """Return the height in mm from the lowest to the highest ink of a set text."""
    return ((len(fitted.lines) - 1) * LINE_HEIGHT + GLYPH_HEIGHT) * fitted.size / MM


def _too_long(text: str, label: str, style: Style) -> Reason:
    least = style.two_least or style.two_lines or style.least
    allowed = "两行" if style.two_lines else "一行"
    said = f"“{label}”太长，缩到 {least:g} 磅、{allowed}也放不下，请在档案里写短些：{text}"
    return Reason(FIT, said)
