"""The text behind the marks: what copying and searching a paper gives back is what the facts say."""

from collections.abc import Sequence

from reportlab import rl_config
from reportlab.pdfbase import ttfonts

_BLOCK = 100  # a bfchar block may hold no more entries


def correct_text_layer() -> None:
    """Put the right character map into ReportLab, whose own writes five digits above U+FFFF.

    There 𠮷 prints right and is copied as another character. A test says when ReportLab has put
    it right; then this function goes.
    """
    ttfonts.makeToUnicodeCMap = to_unicode_map
    rl_config.useA85 = 0  # streams in text armour are a quarter longer, for nothing


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """Return the ToUnicode map of a font subset, with surrogate pairs for astral characters."""
    entries = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset)]
    blocks = [entries[start : start + _BLOCK] for start in range(0, len(entries), _BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def actual_text(text: str) -> str:
    """Return the PDF operator that says which text the marks up to ``EMC`` stand for.

    Spread titles, grouped numbers and broken lines are read back as what they mean.
    """
    return f"/Span <</ActualText <FEFF{_utf16_text(text)}>>> BDC"


def _utf16(point: int) -> str:
    return _utf16_text(chr(point))


def _utf16_text(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
