"""The tables of a font, read at a stretch, hold what ReportLab reads number by number."""

from pathlib import Path

import pytest
from reportlab.pdfbase import ttfonts

from printing.fonts import FILES, RARE_FILES
from printing.quick_font import QuickFace

IN_SUITE = {"LXGWWenKai-Regular.ttf", "HanaMinB.ttf"}
SHIPPED = sorted({file for files in FILES.values() for file in files if "ang" not in file} | set(RARE_FILES))
NOT_COMPARED = {"_pos", "_pdfScale", "glyphToChar", "hmetrics"}
"""Where it stands in the file, a function, and what only reading needs; widths are compared beside."""


@pytest.mark.parametrize(
    "file", [pytest.param(one, marks=[] if one in IN_SUITE else pytest.mark.proof) for one in SHIPPED]
)
def test_a_font_read_at_a_stretch_is_the_one_that_reportlab_reads(file: str, assets: Path) -> None:
    path = str(assets / "fonts" / file)
    slow = ttfonts.TTFontFile(path)
    quick = QuickFace(path)

    for name, value in vars(slow).items():
        if name not in NOT_COMPARED:
            assert getattr(quick, name) == value, name
    assert [bearing for _, bearing in quick.hmetrics] == [bearing for _, bearing in slow.hmetrics]
    # Of glyphs that share the last width ReportLab keeps it in thousandths, beside units for the others.
    pairs = zip(quick.hmetrics, slow.hmetrics, strict=True)
    assert {one for (one, _), (other, _) in pairs if one != other} <= {quick.hmetrics[-1][0]}


def test_a_character_map_of_another_format_is_left_to_reportlab(assets: Path, monkeypatch) -> None:
    monkeypatch.setattr("printing.quick_font._SEGMENTS", 99)

    face = QuickFace(str(assets / "fonts" / "LXGWWenKai-Regular.ttf"))

    assert face.charToGlyph[ord("张")]
    assert face.glyphToChar
