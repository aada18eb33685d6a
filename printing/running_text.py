"""The text of an official letter: paragraphs broken into lines, lines divided over pages, page numbers."""

from dataclasses import dataclass

from printing.blocks import justified
from printing.errors import FIT, Reason
from printing.fit import broken
from printing.fonts import Face
from printing.geometry import MM, Align
from printing.page import Page


@dataclass(frozen=True, slots=True)
class Measure:
    """Where text runs: left edge and width in mm, size in points, distance of lines in mm."""

    left: float
    width: float
    size: float
    pitch: float
    face: Face = Face.FANGSONG

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def em(self) -> float:
        return self.size / MM


@dataclass(frozen=True, slots=True)
class Line:
    """A line: how far in it starts (em), and whether it ends its paragraph."""

    text: str
    indent: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines a page holds: the first and each later one, without and with what ends the text."""

    first: int
    first_with_end: int
    later: int
    later_with_end: int


def lines_of(page: Page, text: str, measure: Measure, *, indent: float) -> list[Line]:
    """Break a paragraph; a word longer than a line is refused."""
    if not page.can_draw(text, measure.face, text):
        return []
    parts = broken(text, measure.face, measure.size, measure.width, page.faces, indent=indent)
    if parts is None:
        page.refuse(Reason(FIT, f"这一段里有一行放不下的长词，请断开或写短：{text}"))
        return []
    last = len(parts) - 1
    return [Line(part, 0 if place else indent, place == last) for place, part in enumerate(parts)]


def paged(lines: list[Line], room: Room) -> list[list[Line]]:
    """Divide the lines over pages: the last page holds the signature and at least two lines of text."""
    pages: list[list[Line]] = []
    most, with_end = room.first, room.first_with_end
    while len(lines) > with_end:
        taken = min(most, len(lines) - 2)
        pages.append(lines[:taken])
        lines = lines[taken:]
        most, with_end = room.later, room.later_with_end
    return [*pages, lines]


def draw_lines(page: Page, y: float, lines: list[Line], measure: Measure) -> float:
    """Draw lines from the baseline y downwards; return the baseline of the line that would follow."""
    for line in lines:
        x = measure.left + line.indent * measure.em
        width = measure.right - x
        justified(page, x, y, width, line.text, measure.face, measure.size, is_last=line.is_last)
        y += measure.pitch
    return y


UNDER_TEXT = 37 + 225 + 7 + 3.6
"""The baseline in mm of a page number seven millimetres under the text (GB/T 9704, 7.5)."""


def draw_page_number(page: Page, measure: Measure, *, y: float = UNDER_TEXT) -> None:
    """Draw — 2 —, on odd pages one character in from the right, on even ones from the left."""
    said, edge = f"— {page.number} —", 14 / MM
    is_odd = page.number % 2 == 1
    x = measure.right - edge if is_odd else measure.left + edge
    align = Align.RIGHT if is_odd else Align.LEFT
    page.text(x, y, said, Face.SONG, 14, align=align)
