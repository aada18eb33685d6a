"""Text that fits its box: shrink, then two lines, then refuse; and how Chinese lines break."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from printing.fonts import Face, Faces, normal
from printing.geometry import MM

STEP = 0.25
NOT_FIRST = frozenset("，。、；：！？）》”〕】」』’％%,.;:!?)]}…—·～〉×")
NOT_LAST = frozenset("（《“〔【「『‘([{〈￥$")
HANGS = frozenset("，。、；：）》”〕！？")
HANG = 0.5
LINE_HEIGHT = 1.2
_WHOLE = re.compile(
    r"\d{1,4}年\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号|[0-9A-Za-z][0-9A-Za-z./:_*@#&+~%,×?=-]*|.", re.DOTALL
)
"""What a line end must not tear: dates, document numbers, numbers, Latin words."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a value is set: face, normal and least size in points, and the sizes of two lines if allowed."""

    face: Face
    size: float
    least: float
    two_lines: float | None = None
    two_least: float | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it stands in its box."""

    lines: tuple[str, ...]
    size: float


def fit(text: str, style: Style, width: float, faces: Faces) -> Fitted | None:
    """Return the largest setting of a text in a width in mm, or ``None`` when it does not fit.

    One line is preferred to two of the same size.
    """
    text = normal(text)
    natural = faces.width(text, style.face)
    if natural * style.size <= width * MM:
        return Fitted((text,), style.size)
    alone = int(width * MM / natural / STEP) * STEP
    size = style.two_lines or 0.0
    while size > alone and size >= (style.two_least or style.two_lines or 0.0):
        lines = broken(text, style.face, size, width, faces, hangs=False)
        if lines is not None and len(lines) <= 2:
            return Fitted(lines, size)
        size -= STEP
    least = min(style.least, style.two_lines or style.least)
    return Fitted((text,), alone) if alone >= least else None


@lru_cache(maxsize=8192)  # each paper is set twice: to see whether it fits, and to be drawn
def broken(
    text: str,
    face: Face,
    size: float,
    width: float,
    faces: Faces,
    *,
    indent: float = 0.0,
    hangs: bool = True,
) -> tuple[str, ...] | None:
    """Break a paragraph into lines of a width in mm; ``None`` when one word is wider than a line.

    No line begins with closing or ends with opening punctuation, dates, numbers and Latin words
    stay whole, closing punctuation may hang half a character, and the last line is not one
    character. ``indent`` is the room in em that the first line leaves.
    """
    room = width * MM / size
    units = _WHOLE.findall(normal(text))
    ends = list(accumulate(faces.widths(units, face), initial=0.0))
    lines: list[list[int]] = []
    start = 0
    while start < len(units):
        end = _line_end(units, ends, start, room - (0.0 if lines else indent), hangs=hangs)
        if end == start:
            return None
        lines.append(list(range(start, end)))
        start = end
    _keep_company(lines, units)
    return tuple("".join(units[index] for index in line).strip(" ") for line in lines)


def _line_end(units: list[str], ends: list[float], start: int, room: float, *, hangs: bool) -> int:
    """Return where the line that begins at ``start`` ends; ``start`` itself when nothing fits."""
    most = ends[start] + room + 1e-6
    end = bisect_right(ends, most) - 1
    if end < len(units) and hangs and units[end] in HANGS and ends[end + 1] <= most + HANG:
        end += 1
    if end in (start, len(units)):
        return end
    for kept in range(end, start, -1):
        if may_break(units[kept - 1], units[kept]):
            return kept
    return end  # nothing but marks that cling together: the law of lines gives way


def may_break(before: str, after: str) -> bool:
    """Say whether a line may end between two pieces of text."""
    return after[0] not in NOT_FIRST and before[-1] not in NOT_LAST


def _keep_company(lines: list[list[int]], units: list[str]) -> None:
    """Give a last line of one character some of the line before it."""
    if len(lines) < 2:
        return
    before, last = lines[-2], lines[-1]
    for kept in range(len(before), len(before) // 2, -1):
        first, second = before[:kept], before[kept:] + last
        is_allowed = kept == len(before) or may_break(units[first[-1]], units[second[0]])
        if is_allowed and sum(len(units[index]) for index in second if units[index] not in HANGS) > 1:
            lines[-2:] = [first, second]
            return
