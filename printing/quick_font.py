"""Reads the tables of a font at a stretch: ReportLab asks for each of their many thousand numbers alone."""

from struct import unpack_from

from reportlab.pdfbase import ttfonts
from reportlab.pdfbase.ttfonts import TTFontFace

_SPACE, _NO_BREAK_SPACE = 0x20, 0xA0
_SEGMENTS = 12
"""The format of a character map that all our fonts have: from, to, and the first glyph."""


def read_fonts_quickly() -> None:
    """Let ReportLab take the tables from here; a font of another kind it goes on reading itself."""
    ttfonts.TTFontFace = QuickFace


class QuickFace(TTFontFace):  # type: ignore[misc]  # ReportLab has no types
    """A face that knows the same as ReportLab's own, in a tenth of the time; a test compares them."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - ReportLab's name
        """Read what ReportLab reads; a character map of another format is left to it."""
        segments = self._segments() if charInfo else None
        super().extractInfo(charInfo if segments is None else 0)
        if segments is None:
            return
        self.charToGlyph = glyphs = _glyphs(segments)
        advances = self._advances()
        widths = [advance * 1000.0 / self.unitsPerEm for advance, _ in advances]
        self.hmetrics, self.defaultWidth = advances, widths[0]
        self.charWidths = {one: widths[glyph] for one, glyph in glyphs.items() if glyph < self.numGlyphs}
        self.glyphPos = self._places()
        for has, lacks in ((_SPACE, _NO_BREAK_SPACE), (_NO_BREAK_SPACE, _SPACE)):
            if has in glyphs:
                glyphs[lacks], self.charWidths[lacks] = glyphs[has], self.charWidths[has]
                break

    def _segments(self) -> tuple[int, ...] | None:
        """Return the numbers of the character map, three a segment; ``None`` where it has another format."""
        data, start = self._ttf_data, self.get_table_pos("cmap")[0]
        version, count = unpack_from(">HH", data, start)
        chosen, rank = None, 0
        for place in range(count if version == 0 else 0):
            platform, encoding, offset = unpack_from(">HHL", data, start + 4 + 8 * place)
            if platform == 3 or (platform == 1 and encoding == 1) or (platform == 0 and encoding != 5):
                chosen, rank = offset, 1
            elif platform == 1 and encoding == 0 and rank != 1:
                chosen, rank = offset, 2
        if chosen is None or unpack_from(">H", data, start + chosen)[0] != _SEGMENTS:
            return None
        (segments,) = unpack_from(">L", data, start + chosen + 12)
        return unpack_from(f">{3 * segments}L", data, start + chosen + 16)

    def _advances(self) -> list[tuple[int, int]]:
        """Return width and left bearing of each glyph; those at the end share the last width."""
        data, start = self._ttf_data, self.get_table_pos("hmtx")[0]
        (count,) = unpack_from(">H", data, self.get_table_pos("hhea")[0] + 34)
        numbers = unpack_from(f">{count + self.numGlyphs}H", data, start)
        pairs = list(zip(numbers[: 2 * count : 2], numbers[1 : 2 * count : 2], strict=True))
        return pairs + [(pairs[-1][0], bearing) for bearing in numbers[2 * count :]]

    def _places(self) -> list[int]:
        """Return where the outline of each glyph begins, and the end of the last one."""
        data, start, count = self._ttf_data, self.get_table_pos("loca")[0], self.numGlyphs + 1
        (is_long,) = unpack_from(">h", data, self.get_table_pos("head")[0] + 50)
        if is_long:
            return list(unpack_from(f">{count}L", data, start))
        return [place << 1 for place in unpack_from(f">{count}H", data, start)]


def _glyphs(segments: tuple[int, ...]) -> dict[int, int]:
    """Return the glyph of each character, segment by segment."""
    glyphs: dict[int, int] = {}
    for first, last, glyph in zip(segments[::3], segments[1::3], segments[2::3], strict=True):
        glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return glyphs
