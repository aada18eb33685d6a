"""What stands below a list about those whom it leaves out: a list that silently lacks somebody is wrong."""

from collections.abc import Iterable, Sequence

from printing.errors import FIT, Reason
from printing.fit import broken
from printing.fonts import Face, Faces, normal
from printing.page import Page

SIZE = 9.0
PITCH = 4.4
_MOST_LINES = 20


def named(text: str, faces: Faces) -> str:
    """Return a name as it can be printed: each character without a glyph by its code point."""
    return "".join(
        one if faces.draws(one, Face.SONG) else f"〔U+{ord(one):04X}〕" for one in normal(text).strip()
    )


def left_out_lines(page: Page, left_out: Sequence[str], width: float) -> tuple[str, ...]:
    """Break what is said of them into lines of a width in mm; nothing where nobody is left out."""
    if not left_out:
        return ()
    why = "有字打不出，或者放不进格子；请按档案手工补写"
    said = f"合计含未列入的{len(left_out)}户（{why}）：{'、'.join(left_out)}。"
    lines = broken(said, Face.SONG, SIZE, width, page.faces) or ()
    if not lines or len(lines) > _MOST_LINES:
        page.refuse(Reason(FIT, f"有{len(left_out)}户不能列入，表下写不下他们的名字；请先改好档案再打印"))
        return ()
    return lines


def draw_left_out(page: Page, x: float, y: float, lines: Iterable[str]) -> float:
    """Draw the lines from a first baseline downwards; return the baseline that would follow."""
    for line in lines:
        page.text(x, y, line, Face.SONG, SIZE)
        y += PITCH
    return y
