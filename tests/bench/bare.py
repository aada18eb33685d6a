"""The same papers by a bare ReportLab loop: the same marks at places it is told, no check, no fit, no log."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from reportlab.pdfgen.canvas import Canvas

from printing.fonts import Face, Faces
from printing.geometry import MM, Align, Box, Sheet
from printing.page import Page, Point

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text that one font draws, and where, in points from the lower left corner."""

    x: float
    y: float
    text: str
    font: str
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line through some points, in points from the lower left corner."""

    points: tuple[Point, ...]
    weight: float


@dataclass(slots=True)
class BarePage:
    """What a loop without any thought is told beforehand of one page; a code by its box and its rows."""

    marks: list[Mark] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    code: tuple[Box, Sequence[str]] | None = None


class Listening(Page):
    """Notes where the program puts its marks, so that the loop need not find out."""

    def __init__(self, faces: Faces, sheet: Sheet) -> None:
        super().__init__(faces, sheet, None)
        self.heard = [BarePage()]

    @property
    def is_drawing(self) -> bool:
        return True

    def next(self) -> None:
        super().next()
        self.heard.append(BarePage())

    def text(
        self, x: float, y: float, text: str, face: Face, size: float, *, align: Align = Align.LEFT, **_: Any
    ) -> None:
        x, y = x * MM, (self.sheet.height - y) * MM
        x -= self.faces.width(text, face) * size * {Align.LEFT: 0, Align.CENTRE: 0.5, Align.RIGHT: 1}[align]
        for run in self.faces.runs(text, face):
            self.heard[-1].marks.append(Mark(x, y, run.text, run.font.fontName, size))
            x += self.faces.width(run.text, face) * size

    figures = text

    def frame(self, box: Box, *, weight: float, **_: Any) -> None:
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
        self.path([*corners, corners[0]], weight=weight)

    def path(self, points: Sequence[Point], *, weight: float, **_: Any) -> None:
        placed = tuple((x * MM, (self.sheet.height - y) * MM) for x, y in points)
        self.heard[-1].lines.append(Line(placed, weight))

    def cells(self, box: Box, rows: Sequence[str]) -> None:
        self.heard[-1].code = box, rows


def heard(
    draw: Callable[[Page, F], None], papers: Iterable[F], faces: Faces, sheet: Sheet
) -> list[list[BarePage]]:
    """Find out, outside of what is timed, what stands on each page of some papers, and where."""
    found = []
    for paper in papers:
        page = Listening(faces, sheet)
        draw(page, paper)
        found.append(page.heard)
    return found


def draw_bare(
    papers: Sequence[Sequence[BarePage]],
    target: Path,
    faces: Faces,
    sheet: Sheet,
    background: Callable[[Page], None] | None = None,
) -> None:
    """Write one file: the background as a form, then for each page its words, lines and code."""
    size = (sheet.width * MM, sheet.height * MM)
    canvas = Canvas(str(target), pagesize=size, invariant=1, initialFontName=faces.font_name(Face.SONG))
    if background is not None:
        canvas.beginForm("background", 0, 0, *size)
        background(Page(faces, sheet, canvas))
        canvas.endForm()
    for page in (page for pages in papers for page in pages):
        if background is not None:
            canvas.doForm("background")
        for mark in page.marks:
            canvas.setFont(mark.font, mark.size)
            canvas.drawString(mark.x, mark.y, mark.text)
        for line in page.lines:
            canvas.setLineWidth(line.weight)
            path = canvas.beginPath()
            path.moveTo(*line.points[0])
            for point in line.points[1:]:
                path.lineTo(*point)
            canvas.drawPath(path)
        if page.code is not None:
            _code(canvas, sheet, *page.code)
        canvas.showPage()
    canvas.save()


def _code(canvas: Canvas, sheet: Sheet, box: Box, rows: Sequence[str]) -> None:
    module = box.width * MM / len(rows)
    path = canvas.beginPath()
    for row, cells in enumerate(rows):
        y = (sheet.height - box.y) * MM - (row + 1) * module
        start = cells.find("1")
        while start >= 0:
            end = f"{cells}0".find("0", start)
            path.rect(box.x * MM + start * module, y, (end - start) * module, module)
            start = cells.find("1", end)
    canvas.drawPath(path, stroke=0, fill=1)
