"""Several papers on one sheet of A4: where each lies, how much smaller, and where to cut."""

from dataclasses import dataclass

from printing.errors import PrintError
from printing.geometry import A4, A4_LANDSCAPE, Box, Sheet
from printing.page import Page

PER_PAGE = (1, 2, 4, 8)
_CUT = 0.5
_EDGE_MARK = 4.5
_CROSS = 6.0
_CORNER = 5.0


@dataclass(frozen=True, slots=True)
class Imposition:
    """A sheet and the places on it, left to right and top to bottom."""

    sheet: Sheet
    places: tuple[Box, ...]
    scale: float
    columns: int
    rows: int


def impose(paper: Sheet, per_page: int) -> Imposition:
    """Lay papers on a sheet; alone, a paper is printed on a sheet of its own size.

    The cells have no gap, so that straight cuts through the middle part them; a paper smaller than
    its cell lies in its middle, a larger one is made smaller.
    """
    if per_page not in PER_PAGE:
        raise PrintError(f"每页张数只能是 {'、'.join(map(str, PER_PAGE))}，没有 {per_page}")
    if per_page == 1:
        return Imposition(paper, (Box(0, 0, paper.width, paper.height),), 1.0, 1, 1)
    if max(paper.width, paper.height) > A4.width:
        raise PrintError(f"{paper.label}的纸一页只能印一张，请把每页张数改成 1")
    is_wide = paper.width > paper.height
    columns, rows = {2: (1, 2), 4: (2, 2), 8: (2, 4)}[per_page]
    sheet = A4_LANDSCAPE if per_page == 4 else A4
    if not is_wide:
        columns, rows, sheet = rows, columns, sheet.turned()
    width, height = sheet.width / columns, sheet.height / rows
    scale = min(1.0, width / paper.width, height / paper.height)
    left, top = (width - paper.width * scale) / 2, (height - paper.height * scale) / 2
    places = tuple(
        Box(column * width + left, row * height + top, paper.width * scale, paper.height * scale)
        for row in range(rows)
        for column in range(columns)
    )
    return Imposition(sheet, places, scale, columns, rows)


def draw_cut_marks(page: Page, imposition: Imposition) -> None:
    """Draw short marks at the ends of cuts, crosses where two meet, and corners of papers in free space."""
    sheet = imposition.sheet
    across = [sheet.height * row / imposition.rows for row in range(1, imposition.rows)]
    down = [sheet.width * column / imposition.columns for column in range(1, imposition.columns)]
    for y in across:
        page.line((0, y), (_EDGE_MARK, y), weight=_CUT)
        page.line((sheet.width - _EDGE_MARK, y), (sheet.width, y), weight=_CUT)
    for x in down:
        page.line((x, 0), (x, _EDGE_MARK), weight=_CUT)
        page.line((x, sheet.height - _EDGE_MARK), (x, sheet.height), weight=_CUT)
    for x in down:
        for y in across:
            page.line((x - _CROSS / 2, y), (x + _CROSS / 2, y), weight=_CUT)
            page.line((x, y - _CROSS / 2), (x, y + _CROSS / 2), weight=_CUT)
    for place in imposition.places:
        if sheet.width / imposition.columns - place.width > _CORNER:
            _draw_corners(page, place)


def _draw_corners(page: Page, place: Box) -> None:
    """Draw where to cut a paper out that is smaller than its part of the sheet; the marks stay off it."""
    for x, right in ((place.x, -1), (place.right, 1)):
        for y, down in ((place.y, -1), (place.bottom, 1)):
            page.line((x + right, y), (x + right * _CORNER, y), weight=_CUT)
            page.line((x, y + down), (x, y + down * _CORNER), weight=_CUT)
