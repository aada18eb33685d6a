"""The cover of a dossier: what it is about, since when, and who keeps it."""

from dataclasses import dataclass

from printing.blocks import code, single, spread, value
from printing.fit import Style
from printing.fonts import Face
from printing.geometry import Align, Box
from printing.ornaments import double_frame, double_rule
from printing.page import BLACK, Page
from printing.tables import Column, Table
from printing.wording import NOT_APPLICABLE

_FRAME = Box(20, 14, 176, 269)


@dataclass(frozen=True, slots=True)
class DossierCover:
    """What stands on the cover; ``rows`` are spread labels with a line each."""

    archive_number: str
    trade: str
    title: str
    subtitle: str
    rows: tuple[tuple[str, str], ...]
    foot: tuple[tuple[str, str], ...]
    maker: str
    qr_text: str = ""


def draw_cover(page: Page, cover: DossierCover) -> None:
    """Draw the cover in black only, so that it prints on kraft board too."""
    double_frame(page, _FRAME, outer=1.6, inner=0.4, gap=2.0, ink=BLACK)
    page.line((14, 14), (14, 283), weight=0.35, dash=(1.0, 1.0))
    for y, label, said in ((29.0, "档案编号", cover.archive_number), (40.0, "类别", cover.trade)):
        spread(page, 30, y, 17, label, Face.SONG, 11.5)
        value(page, Box(52, y - 5, 60, 6.6), said, Style(Face.KAI, 12.5, 9), label=label, base=5)
        page.line((51, y + 2.2), (112, y + 2.2), weight=0.5)
    if cover.qr_text:
        code(page, Box(160, 24, 26, 26), cover.qr_text, label="档案码")
        page.text(173, 54.2, "档案编号二维码", Face.HEI, 7.5, align=Align.CENTRE)
    centre = _FRAME.centre
    spread(page, centre - 65, 100, 130, cover.title, Face.SONG_BOLD, 36)
    double_rule(page, (centre - 65, 109), 130, gap=1.4, ink=BLACK)
    subtitle = f"（{cover.subtitle}）"
    single(page, centre, 121, subtitle, Face.SONG, 15, most=130, label="副标题", align=Align.CENTRE)
    for place, (label, said) in enumerate(cover.rows):
        y = 152 + place * 14.2
        spread(page, 42, y, 31, label, Face.SONG, 14.5)
        style = Style(Face.KAI, 16, 11, 10, 8.5)
        value(page, Box(82, y - 8.6, 92, 10.6), said or NOT_APPLICABLE, style, label=label, base=8.2)
        page.line((80, y + 2.6), (176, y + 2.6), weight=0.5)
    _draw_cover_foot(page, cover)


def _draw_cover_foot(page: Page, cover: DossierCover) -> None:
    columns = tuple(Column(head, 140 / len(cover.foot), size=10) for head, _ in cover.foot)
    table = Table(_FRAME.centre - 70, columns, 9, 11)
    row = table.set_row(page, tuple(said for _, said in cover.foot), name="封面")
    table.draw(page, 244, [row])
    said = f"{cover.maker}　制"
    single(page, _FRAME.centre, 274, said, Face.SONG, 11, most=150, label="制档单位", align=Align.CENTRE)
