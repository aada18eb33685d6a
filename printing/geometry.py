"""Sheets and boxes in millimetres; x and y count from the upper left corner."""

from dataclasses import dataclass
from enum import StrEnum

MM = 72 / 25.4

GLYPH_MIDDLE = 0.38
"""Height in em of the middle of a Chinese character above its baseline."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper in mm, as it lies before the reader."""

    name: str
    width: float
    height: float

    @property
    def label(self) -> str:
        return f"{self.name} {'横' if self.width > self.height else '竖'}版"

    def turned(self) -> "Sheet":
        return Sheet(self.name, self.height, self.width)


A4 = Sheet("A4", 210, 297)
A4_LANDSCAPE = Sheet("A4", 297, 210)
A6_LANDSCAPE = Sheet("A6", 148, 105)
A7_LANDSCAPE = Sheet("A7", 105, 74)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm; x and y are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def centre(self) -> float:
        return self.x + self.width / 2

    def inset(self, left: float, top: float = 0.0) -> "Box":
        return Box(self.x + left, self.y + top, self.width - 2 * left, self.height - 2 * top)

    def meets(self, other: "Box") -> bool:
        """Say whether the two have more than an edge in common."""
        is_apart = self.right <= other.x or self.x >= other.right
        return not (is_apart or self.bottom <= other.y or self.y >= other.bottom)

    def holds(self, other: "Box") -> bool:
        """Say whether the other lies wholly inside."""
        is_within = self.x <= other.x and other.right <= self.right
        return is_within and self.y <= other.y and other.bottom <= self.bottom


class Align(StrEnum):
    """Where a line stands in its width."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


def baseline(middle: float, size: float) -> float:
    """Return the baseline in mm that puts the middle of the glyphs on a height in mm."""
    return middle + size * GLYPH_MIDDLE / MM
