"""Frames and borders: lines, the key-pattern corners of the cards, the woven band of the certificate."""

from collections.abc import Callable, Iterator
from math import cos, pi, sin

from printing.geometry import Box
from printing.page import Bend, Page, Point

Curve = tuple[Point, list[Bend]]
Place = Callable[[float, float], Point]

_WAVE = 0.3642
"""Where the control points of a half wave lie, in parts of its length: the curve is a sine to 0.1 %."""
_ROUND = 0.5523
"""How far the control points of a quarter circle lie from its ends, in radii."""
_STRANDS = tuple((ribbon + line) * pi for ribbon in (0.0, 1.0) for line in (-0.24, -0.08, 0.08, 0.24))
"""Where in the wave each line of a band begins: two ribbons of four that cross."""
_KEY = (
    (0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.24), (0.76, 0.24), (0.76, 0.76), (0.24, 0.76),
    (0.24, 0.48), (0.52, 0.48),
)  # fmt: skip
"""The line of a 回纹, from the outer corner of its square to its middle."""


def double_frame(page: Page, box: Box, *, outer: float, inner: float, gap: float, ink: str) -> None:
    """Draw two frames, weights in points, the inner one a gap in mm inside."""
    page.frame(box, weight=outer, ink=ink)
    page.frame(box.inset(gap, gap), weight=inner, ink=ink)


def double_rule(page: Page, start: Point, width: float, *, gap: float, ink: str) -> None:
    """Draw a heavy line over a light one, their middles a gap in mm apart."""
    x, y = start
    page.line((x, y), (x + width, y), weight=0.9, ink=ink)
    page.line((x, y + gap), (x + width, y + gap), weight=0.35, ink=ink)


def key_corners(page: Page, box: Box, *, size: float, weight: float, ink: str) -> None:
    """Draw the 回纹 in the four corners of a box, each square turned to the middle."""
    margin = 0.2
    for x, across in ((box.x, size), (box.right, -size)):
        for y, down in ((box.y, size), (box.bottom, -size)):
            square = Box(min(x, x + across), min(y, y + down), size, size)
            page.frame(square, weight=weight, ink=ink)
            page.path(
                [
                    (
                        x + across * (margin + (1 - 2 * margin) * along),
                        y + down * (margin + (1 - 2 * margin) * below),
                    )
                    for along, below in _KEY
                ],
                weight=weight,
                ink=ink,
            )


def woven_frame(page: Page, box: Box, *, band: float, weight: float, ink: str) -> None:
    """Draw a band of woven lines along the inside of a box, with a rosette in each corner."""
    level, upright = box.width - 2 * band, box.height - 2 * band
    for y in (box.y, box.bottom - band):
        woven_band(page, Box(box.x + band, y, level, band), weight=weight, ink=ink)
    for x in (box.x, box.right - band):
        woven_band(page, Box(x, box.y + band, band, upright), weight=weight, ink=ink)
        for y in (box.y, box.bottom - band):
            corner = Box(x, y, band, band)
            page.frame(corner, weight=weight, ink=ink)
            _rosette(page, corner, weight=weight, ink=ink)


def woven_band(page: Page, box: Box, *, weight: float, ink: str) -> None:
    """Draw a band of woven lines along the longer side of a box, the same at both ends."""
    is_upright = box.height > box.width
    length, width = (box.height, box.width) if is_upright else (box.width, box.height)

    def place(along: float, up: float) -> Point:
        return (box.centre + up, box.y + along) if is_upright else (box.x + along, box.middle + up)

    with page.inside(box):
        page.curves(list(_woven(length, width, place)), weight=weight, ink=ink)


def _woven(length: float, width: float, place: Place) -> Iterator[Curve]:
    waves = max(1, round(length / (width * 1.1)))
    half = length / waves / 2
    for strand in _STRANDS:
        yield _wave(half, waves, strand / pi * half, width / 2 - 0.5, place)


def _wave(half: float, waves: int, shift: float, height: float, place: Place) -> Curve:
    """Return a wave that begins one wave early, so that its shift leaves no gap at the ends."""
    along, up = shift - 2 * half - half / 2, -height
    start = place(along, up)
    bends: list[Bend] = []
    for _ in range(2 * waves + 5):
        first, second = along + _WAVE * half, along + (1 - _WAVE) * half
        bends.append((place(first, up), place(second, -up), place(along + half, -up)))
        along, up = along + half, -up
    return start, bends


def _rosette(page: Page, box: Box, *, weight: float, ink: str) -> None:
    """Draw circles that all touch a ring in the middle, as on bank notes."""
    ring = box.width * 0.1
    radius = (box.width / 2 - 0.6 - ring) / 2
    reach = ring + radius
    turns = [turn * pi / 14 for turn in range(28)]
    petals = [
        _circle((box.centre + reach * cos(turn), box.middle + reach * sin(turn)), radius) for turn in turns
    ]
    page.curves([*petals, _circle((box.centre, box.middle), ring)], weight=weight * 0.8, ink=ink)


def _circle(centre: Point, radius: float) -> Curve:
    x, y = centre
    reach = radius * _ROUND
    return (x + radius, y), [
        ((x + radius, y + reach), (x + reach, y + radius), (x, y + radius)),
        ((x - reach, y + radius), (x - radius, y + reach), (x - radius, y)),
        ((x - radius, y - reach), (x - reach, y - radius), (x, y - radius)),
        ((x + reach, y - radius), (x + radius, y - reach), (x + radius, y)),
    ]
