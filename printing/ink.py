"""How far the marks of a paper reach: it is drawn on a page that remembers nothing else."""

from collections.abc import Sequence
from typing import Any

from printing.fonts import Face, Faces
from printing.geometry import MM, Align, Box, Sheet
from printing.page import BLACK, Bend, Page, Point

_ASCENT, _DESCENT = 0.88, 0.12
"""How far in em a Chinese character reaches above and below its baseline."""


class InkPage(Page):
    """A page that draws nothing and knows the smallest box around all that it was told to draw."""

    def __init__(self, faces: Faces, sheet: Sheet) -> None:
        super().__init__(faces, sheet, None)
        self.points: list[Point] = []

    @property
    def ink(self) -> Box | None:
        """The box around all marks; nothing where there are none."""
        if not self.points:
            return None
        across, down = zip(*self.points, strict=True)
        left, top = min(across), min(down)
        return Box(left, top, max(across) - left, max(down) - top)

    def text(self, x: float, y: float, text: str, face: Face, size: float, **how: Any) -> None:  # noqa: ANN401
        """Remember the box of a line."""
        if text.strip():
            length = self.width(text, face, size) + how.get("spacing", 0.0) * (len(text) - 1)
            self._line(x, y, length, size, how.get("align", Align.LEFT))

    def figures(self, x: float, y: float, text: str, face: Face, size: float, **how: Any) -> None:  # noqa: ANN401
        """Remember the box of a line of figures."""
        if text.strip():
            self._line(x, y, self.figures_width(text, face, size), size, how.get("align", Align.LEFT))

    def frame(self, box: Box, *, weight: float, ink: str = BLACK) -> None:
        """Remember a frame."""
        self._box(box)

    def path(
        self, points: Sequence[Point], *, weight: float, ink: str = BLACK, dash: Sequence[float] = ()
    ) -> None:
        """Remember the points of a line."""
        self.points += points

    def curves(self, curves: Sequence[tuple[Point, Sequence[Bend]]], *, weight: float, ink: str) -> None:
        """Remember where smooth lines begin and where each bend ends."""
        for start, bends in curves:
            self.points += [start, *(bend[-1] for bend in bends)]

    def picture(self, box: Box, image: bytes) -> None:
        """Remember where a photograph has its place."""
        self._box(box)

    def _line(self, x: float, y: float, length: float, size: float, align: Align) -> None:
        before = {Align.LEFT: 0.0, Align.CENTRE: length / 2, Align.RIGHT: length}[align]
        top, height = y - _ASCENT * size / MM, (_ASCENT + _DESCENT) * size / MM
        self._box(Box(x - before, top, length, height))

    def _box(self, box: Box) -> None:
        self.points += [(box.x, box.y), (box.right, box.bottom)]
