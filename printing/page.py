"""The pen of one paper, in millimetres from its upper left corner; without a canvas it only measures."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from printing.errors import GLYPH, PICTURE, PRIVATE_USE, Reason, Refused, code_points
from printing.fonts import BOLD_FACES, Face, Faces, digit_cell, normal, private_use
from printing.geometry import MM, Align, Box, Sheet
from printing.text_layer import actual_text

BLACK = "000000"
GREY = "8C8C8C"

_THICKENED = 0.035
"""How heavy an outline makes a regular face look bold, in em."""

_NO_GLYPH = "打印不出的字（{}），请核对这个字；没有写错的，请装好生僻字字体"

_BAR = re.compile("1+")

Point = tuple[float, float]
Bend = tuple[Point, Point, Point]


class Page:
    """Draws one paper, or only finds what is wrong with it. ``scale`` is how it will lie on the sheet."""

    def __init__(
        self,
        faces: Faces,
        sheet: Sheet,
        canvas: Canvas | None,
        *,
        scale: float = 1.0,
        onto_preprinted: bool = False,
    ) -> None:
        self.faces = faces
        self.sheet = sheet
        self.scale = scale
        self.onto_preprinted = onto_preprinted
        self.number = 1
        self.reasons: list[Reason] = []
        self._canvas = canvas
        self._placed = ""

    @property
    def is_drawing(self) -> bool:
        return self._canvas is not None

    def refuse(self, reason: Reason) -> None:
        """Note what stops this paper; a page that is drawn for good must not meet anything new."""
        if self.is_drawing:
            raise Refused([reason])
        if reason not in self.reasons:
            self.reasons.append(reason)

    def next(self) -> None:
        """Go to a further page of the same sheet."""
        self.number += 1
        if self._canvas is not None:
            self._canvas.addLiteral("Q" if self._placed else "")
            self._canvas.showPage()
            self._canvas.addLiteral(self._placed)

    @contextmanager
    def lying_at(self, left: float, bottom: float) -> Iterator[None]:
        """Lay the paper with its lower left corner there (mm) on the sheet, and so its further pages."""
        if self._canvas is None:
            yield
            return
        scale = f"{self.scale:.5f}"
        self._placed = f"q {scale} 0 0 {scale} {_n(left * MM)} {_n(bottom * MM)} cm"
        self._canvas.addLiteral(self._placed)
        yield
        self._canvas.addLiteral("Q")

    def can_draw(self, text: str, face: Face, label: str) -> bool:
        """Say whether every character has a glyph; note which ones have none."""
        if self.faces.draws(text, face):
            return True
        for code, characters, what in (
            (PRIVATE_USE, private_use(text), "旧系统的自造字（{}），请换成正式的字"),
            (
                GLYPH,
                self.faces.missing(text, face),
                _NO_GLYPH,
            ),
        ):
            if characters:
                points = code_points(characters)
                self.refuse(Reason(code, f"“{label}”里有{what.format('、'.join(points))}", points))
        return False

    def width(self, text: str, face: Face, size: float) -> float:
        """Return the natural width of a line in mm."""
        return self.faces.width(text, face) * size / MM

    def figures_width(self, text: str, face: Face, size: float) -> float:
        """Return the width in mm of a line whose digits stand in cells."""
        return sum(self._cells(text, face)) * size / MM

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        align: Align = Align.LEFT,
        ink: str = BLACK,
        spacing: float = 0.0,
        reads_as: str | None = None,
    ) -> None:
        """Draw one line with its baseline at y; ``spacing`` in mm is added after every character.

        ``reads_as`` is what copying and searching give back where it differs from the marks.
        """
        text = normal(text)
        if not text or not self.can_draw(text, face, text) or self._canvas is None:
            return
        if align is not Align.LEFT:
            length = self.width(text, face, size) + spacing * (len(text) - 1)
            x -= length if align is Align.RIGHT else length / 2
        marks = " ".join(
            f"{font} {_n(size)} Tf <{codes.hex()}> Tj" for font, codes, _ in self._coded(text, face, size)
        )
        self._show(x, y, marks, ink, spacing, reads_as)

    def figures(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        align: Align = Align.LEFT,
        reads_as: str | None = None,
    ) -> None:
        """Draw a line whose digits each stand in a cell of one width, so that columns of them line up."""
        text = normal(text)
        cell = digit_cell(face)
        if cell is None:
            self.text(x, y, text, face, size, align=align, reads_as=reads_as)
            return
        if not text or not self.can_draw(text, face, text) or self._canvas is None:
            return
        if align is not Align.LEFT:
            x -= self.figures_width(text, face, size) / (1 if align is Align.RIGHT else 2)
        marks = []
        for font, codes, characters in self._coded(text, face, size):
            shown = zip(codes, characters, strict=True)
            parts = " ".join(self._in_cell(code, character, face, cell) for code, character in shown)
            marks.append(f"{font} {_n(size)} Tf [{parts}] TJ")
        self._show(x, y, " ".join(marks), BLACK, 0.0, reads_as)

    def _coded(self, text: str, face: Face, size: float) -> Iterator[tuple[str, bytes, str]]:
        """Yield how to choose a subset of a font, the codes in it and the characters they stand for."""
        assert self._canvas is not None
        document = self._canvas._doc  # noqa: SLF001 - a font gives out its subsets per document only
        for run in self.faces.runs(text, face):
            weight = self._weight(run.font, face, size)
            start = 0
            for subset, codes in run.font.splitString(run.text, document):
                name = run.font.getSubsetInternalName(subset, document)
                yield weight + name, codes, run.text[start : start + len(codes)]
                start += len(codes)

    def _weight(self, font: TTFont, face: Face, size: float) -> str:
        """Thicken the outline of a rare character in a bold line: its font has no bold."""
        if face not in BOLD_FACES:
            return ""
        return f"2 Tr {_n(size * _THICKENED)} w " if self.faces.is_thin(font, face) else "0 Tr "

    def _in_cell(self, code: int, character: str, face: Face, cell: float) -> str:
        if not "0" <= character <= "9":
            return f"<{code:02x}>"
        beside = _n(-500 * (cell - self.faces.width(character, face)))
        return f"{beside} <{code:02x}> {beside}"

    def _show(self, x: float, y: float, marks: str, ink: str, spacing: float, reads_as: str | None) -> None:
        assert self._canvas is not None
        operators = f"BT 1 0 0 1 {self._point((x, y))} Tm {marks} ET"
        if spacing:
            operators = f"{_n(spacing * MM)} Tc {operators}"
        if ink != BLACK:
            colour = " ".join(map(_n, _rgb(ink)))
            operators = f"{colour} rg {colour} RG {operators}"
        if spacing or ink != BLACK or " Tr " in marks:
            operators = f"q {operators} Q"
        if reads_as is not None:
            operators = f"{actual_text(normal(reads_as))} {operators} EMC"
        self._canvas.addLiteral(operators)

    @contextmanager
    def reads_as(self, text: str) -> Iterator[None]:
        """Say what the marks drawn inside mean when they are copied or searched."""
        if self._canvas is None:
            yield
            return
        self._canvas.addLiteral(actual_text(normal(text)))
        yield
        self._canvas.addLiteral("EMC")

    def line(
        self, start: Point, end: Point, *, weight: float, ink: str = BLACK, dash: Sequence[float] = ()
    ) -> None:
        """Draw a straight line; its weight in points, its dashes in mm."""
        self.path([start, end], weight=weight, ink=ink, dash=dash)

    def frame(self, box: Box, *, weight: float, ink: str = BLACK) -> None:
        """Draw the outline of a box; the line is centred on its edge."""
        if self._canvas is not None:
            self._canvas.addLiteral(f"{_pen(weight, ink)} {self._rectangle(box)} re S Q")

    def path(
        self, points: Sequence[Point], *, weight: float, ink: str = BLACK, dash: Sequence[float] = ()
    ) -> None:
        """Draw lines from point to point with mitred corners."""
        if self._canvas is None:
            return
        dashes = f"[{' '.join(_n(part * MM) for part in dash)}] 0 d " if dash else ""
        first, *rest = (self._point(point) for point in points)
        steps = " ".join(f"{point} l" for point in rest)
        self._canvas.addLiteral(f"{_pen(weight, ink)} {dashes}{first} m {steps} S Q")

    def curves(self, curves: Sequence[tuple[Point, Sequence[Bend]]], *, weight: float, ink: str) -> None:
        """Draw smooth lines, each a start and bends of two control points and an end, in one stroke."""
        if self._canvas is None:
            return
        strokes = " ".join(
            f"{self._point(start)} m " + " ".join(f"{' '.join(map(self._point, bend))} c" for bend in bends)
            for start, bends in curves
        )
        self._canvas.addLiteral(f"{_pen(weight, ink)} {strokes} S Q")

    def cells(self, box: Box, rows: Sequence[str]) -> None:
        """Fill a square box with as many rows of cells: black for each 1, neighbours in one bar."""
        if self._canvas is None:
            return
        unit = f"{box.width / len(rows) * MM:.5f}"
        marks = " ".join(
            f"{first} {-row} {end - first} 1 re"
            for row, cells in enumerate(rows, 1)
            for first, end in map(re.Match.span, _BAR.finditer(cells))
        )
        corner = self._point((box.x, box.y))
        self._canvas.addLiteral(f"q 0 g {unit} 0 0 {unit} {corner} cm {marks} f Q")

    def picture(self, box: Box, image: bytes) -> None:
        """Draw a photograph in the middle of a box, as large as fits; one that cannot be read is refused."""
        try:
            reader = ImageReader(BytesIO(image))
            width, height = reader.getSize()
        except OSError:
            self.refuse(Reason(PICTURE, "有一张照片读不出来，请在档案里换一张再打印"))
            return
        if self._canvas is None:
            return
        scale = min(box.width / width, box.height / height)
        across, down = width * scale, height * scale
        left, bottom = (box.centre - across / 2) * MM, self._up(box.middle + down / 2)
        self._canvas.drawImage(reader, left, bottom, across * MM, down * MM)

    @contextmanager
    def inside(self, box: Box) -> Iterator[None]:
        """Cut off what is drawn outside a box."""
        if self._canvas is None:
            yield
            return
        self._canvas.addLiteral(f"q {self._rectangle(box)} re W n")
        yield
        self._canvas.addLiteral("Q")

    def _cells(self, text: str, face: Face) -> list[float]:
        cell = digit_cell(face)
        return [
            cell if cell and "0" <= character <= "9" else self.faces.width(character, face)
            for character in text
        ]

    def _rectangle(self, box: Box) -> str:
        return f"{self._point((box.x, box.bottom))} {_n(box.width * MM)} {_n(box.height * MM)}"

    def _point(self, point: Point) -> str:
        return f"{_n(point[0] * MM)} {_n(self._up(point[1]))}"

    def _up(self, y: float) -> float:
        return (self.sheet.height - y) * MM


def _pen(weight: float, ink: str) -> str:
    return f"q {_n(weight)} w {' '.join(map(_n, _rgb(ink)))} RG"


def _n(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _rgb(ink: str) -> tuple[float, float, float]:
    red, green, blue = (int(ink[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue
