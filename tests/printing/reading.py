"""Read a finished PDF back: its text, the boxes of its words, its fonts, and what must not be in it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

Rectangle = tuple[float, float, float, float]

NOT_TEXT = {"accent", "fact", "head_ink", "kind", "qr_text"}
"""Facts that are drawn as a colour, as dark squares, as a shape or only in a place."""


def words(facts: object) -> Iterator[str]:
    """Yield every text of some facts, whatever they are made of."""
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, tuple):
        for part in facts:
            yield from words(part)
    elif is_dataclass(facts):
        for field in fields(facts):
            if field.name not in NOT_TEXT:
                yield from words(getattr(facts, field.name))


def squeezed(text: str) -> str:
    """Return a text without the white space that lines and columns put into it."""
    return re.sub(r"[\s\ufffe\ufeff]", "", text)


def whole_text(file: Path) -> str:
    """Return the text of all pages, without the page numbers that come between them."""
    document = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"—\d+—", "", squeezed(text))


def word_boxes(file: Path, page: int = 0) -> list[Rectangle]:
    """Return the ink box of every piece of text on a page, in points from the lower left."""
    document = pypdfium2.PdfDocument(file)
    found = [
        shape.get_bounds()
        for shape in document[page].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    ]
    document.close()
    return [box for box in found if box[2] - box[0] > 0.1 and box[3] - box[1] > 0.1]


def overlaps(boxes: list[Rectangle], *, slack: float = 0.6) -> list[tuple[Rectangle, Rectangle]]:
    """Return the pairs of boxes that lie on each other by more than a hair."""
    return [
        (one, other)
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > slack
        and min(one[3], other[3]) - max(one[1], other[1]) > slack
    ]


def raw_text(file: Path) -> str:
    """Return the objects of a file with their streams unpacked, as Latin-1."""
    content = file.read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return content.decode("latin-1") + "".join(part.decode("latin-1") for part in unpacked)
