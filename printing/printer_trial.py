"""What a printer has to show before it prints papers: thin lines, greys, rare characters, a code to scan."""

from printing.blocks import code, single
from printing.fonts import Face
from printing.geometry import MM, Align, Box
from printing.page import Page

WEIGHTS = (0.25, 0.35, 0.5, 0.75, 1.0, 1.5)
"""Points that papers are ruled in."""

WIDTH, HEIGHT = 160.0, 43.0
"""How much room the trial takes, in mm."""

_GREYS = (100, 80, 60, 40, 20, 10)
_GREY = 7.0
_FACES = (
    (Face.SONG, "宋体"),
    (Face.SONG_BOLD, "宋体粗"),
    (Face.HEI, "黑体"),
    (Face.HEI_BOLD, "黑体粗"),
    (Face.KAI, "楷体"),
    (Face.FANGSONG, "仿宋"),
)
RARE = "𬭎𠮷𬱟䶮㛃𫖯"
"""Characters of names: what the face itself lacks comes from the fonts for rare ones."""

_CODE = 28.0
SCANNED = f"JIAOZHUN-{'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ' * 5}-END"
"""As long as the signed code of a card, so that whoever scans this one scans those."""


def draw_trial(page: Page, x: float, y: float) -> None:
    """Draw lines, greys, characters and code in a block of ``WIDTH`` × ``HEIGHT`` from a corner."""
    _draw_weights(page, x, y + 2)
    _draw_greys(page, x + 45, y)
    _draw_faces(page, x + 45, y + 16)
    box = Box(x + WIDTH - _CODE, y, _CODE, _CODE)
    code(page, box, SCANNED, label="校准页的二维码")
    for line, said in enumerate(("用扫码枪扫，应以", "JIAOZHUN 开头、END 结尾"), 1):
        single(
            page, box.centre, box.bottom + 1.5 + 3.4 * line, said, Face.SONG, 7,
            most=_CODE + 12, label="二维码说明", align=Align.CENTRE,
        )  # fmt: skip


def _draw_weights(page: Page, x: float, y: float) -> None:
    """Draw a line of each weight: each must come out unbroken."""
    for place, weight in enumerate(WEIGHTS):
        at = y + place * 7
        page.figures(x, at + 0.9, f"{weight:.2f} pt", Face.HEI, 7)
        page.line((x + 13, at), (x + 39, at), weight=weight)


def _draw_greys(page: Page, x: float, y: float) -> None:
    """Draw steps of grey: each must be told from the next."""
    for place, grey in enumerate(_GREYS):
        left, ink = x + place * _GREY, f"{round(255 * (1 - grey / 100)):02X}" * 3
        page.line((left, y + _GREY / 2), (left + _GREY, y + _GREY / 2), weight=_GREY * MM, ink=ink)
        page.figures(left + _GREY / 2, y + _GREY + 3, f"{grey}%", Face.HEI, 6.5, align=Align.CENTRE)
    page.frame(Box(x, y, _GREY * len(_GREYS), _GREY), weight=0.35)


def _draw_faces(page: Page, x: float, y: float) -> None:
    """Draw rare characters in each face, in the smallest size of a card and in that of a value."""
    for place, (face, name) in enumerate(_FACES):
        at = y + place * 5
        page.text(x, at, name, Face.SONG, 7)
        page.text(x + 12, at, f"{RARE}0123456789", face, 7)
        page.text(x + 46, at, RARE, face, 10)
