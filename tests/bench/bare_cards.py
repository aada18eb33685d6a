"""The same cards by a bare ReportLab loop: the same marks at the same places, no check, no fit, no log."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from reportlab.pdfgen.canvas import Canvas

from printing.documents.card import DOCUMENT, draw_background
from printing.fonts import Face, Faces
from printing.geometry import A6_LANDSCAPE, MM
from printing.page import Page
from printing.registration import RegistrationFacts


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text that one font draws, and where, in points."""

    x: float
    y: float
    text: str
    font: str
    size: float


@dataclass(frozen=True, slots=True)
class BareCard:
    """What a loop without any thought is told beforehand."""

    marks: tuple[Mark, ...]
    code: str


class _Listening(Page):
    """A page that notes where the program puts its words, so that the loop need not find out."""

    def __init__(self, faces: Faces) -> None:
        super().__init__(faces, A6_LANDSCAPE, None)
        self.marks: list[Mark] = []

    def text(self, x: float, y: float, text: str, face: Face, size: float, **_: Any) -> None:
        x, y = x * MM, (A6_LANDSCAPE.height - y) * MM
        for run in self.faces.runs(text, face):
            self.marks.append(Mark(x, y, run.text, run.font.fontName, size))
            x += self.faces.width(run.text, face) * size

    figures = text


def known_beforehand(cards: Sequence[RegistrationFacts], faces: Faces) -> list[BareCard]:
    """Find out, outside of what is timed, where each word stands and how large it is."""
    return [_listen(card, faces) for card in cards]


def draw_bare(cards: Sequence[BareCard], first: RegistrationFacts, target: Path, faces: Faces) -> None:
    """Write one file: the background as a form, then for each card its words and its code."""
    size = (A6_LANDSCAPE.width * MM, A6_LANDSCAPE.height * MM)
    canvas = Canvas(str(target), pagesize=size, invariant=1, initialFontName=faces.font_name(Face.SONG))
    canvas.beginForm("background", 0, 0, *size)
    draw_background(Page(faces, A6_LANDSCAPE, canvas), first, DOCUMENT.layout)
    canvas.endForm()
    for card in cards:
        canvas.doForm("background")
        for mark in card.marks:
            canvas.setFont(mark.font, mark.size)
            canvas.drawString(mark.x, mark.y, mark.text)
        _code(canvas, card.code)
        canvas.showPage()
    canvas.save()


def _listen(card: RegistrationFacts, faces: Faces) -> BareCard:
    page = _Listening(faces)
    DOCUMENT.draw(page, card)
    return BareCard(tuple(page.marks), card.qr_text)


def _code(canvas: Canvas, text: str) -> None:
    matrix = segno.make(text, error="m", micro=False, mask=3, boost_error=False).matrix
    box = DOCUMENT.layout.code
    module = box.width * MM / len(matrix)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        y = (A6_LANDSCAPE.height - box.y) * MM - (row + 1) * module
        start = None
        for column, dark in enumerate((*modules, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(box.x * MM + start * module, y, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
