"""The faces of the papers: loading, per-character fallback, widths, and what no face can draw."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from printing.errors import FontMissing
from printing.quick_font import read_fonts_quickly
from printing.text_layer import correct_text_layer


class Face(StrEnum):
    """A role on the page; the folder of fonts decides which file plays it."""

    SONG = "song"
    SONG_BOLD = "song-bold"
    HEI = "hei"
    HEI_BOLD = "hei-bold"
    KAI = "kai"
    FANGSONG = "fangsong"


FILES: dict[Face, tuple[str, ...]] = {
    Face.SONG: ("NotoSerifSC-Regular.ttf",),
    Face.SONG_BOLD: ("NotoSerifSC-Bold.ttf",),
    Face.HEI: ("NotoSansSC-Regular.ttf",),
    Face.HEI_BOLD: ("NotoSansSC-Bold.ttf",),
    Face.KAI: ("LXGWWenKai-Regular.ttf",),
    # No fangsong may be redistributed: the machine's own when the office has put it here, else kai.
    Face.FANGSONG: ("FangSong.ttf", "simfang.ttf", "LXGWWenKai-Regular.ttf"),
}
SECOND_FACE = {
    Face.SONG_BOLD: Face.SONG,
    Face.HEI_BOLD: Face.HEI,
    Face.HEI: Face.SONG,
    Face.KAI: Face.SONG,
    Face.FANGSONG: Face.KAI,
}
"""Which face is asked next for a character, before the rare ones."""
RARE_FILES = ("HanaMinB.ttf", "BabelStoneHan.ttf", "HanaMinA.ttf")
"""HanaMinA comes last: it draws 直 and 骨 in their Japanese shapes."""

_BLANKS = frozenset(" \u3000\u2002\u2003")
_NEVER_PRINTED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Mc", "Me"})
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_PICTURES = range(0x1F000, 0x1FC00)
"""Emoji and other pictures: some font of rare characters has them, no register of names does."""

BOLD_FACES = frozenset({Face.SONG_BOLD, Face.HEI_BOLD})
_CELL = {Face.SONG: 0.558, Face.SONG_BOLD: 0.594}


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters that one font draws."""

    font: TTFont
    text: str


class Faces:
    """The fonts of one folder. Reads a file when the first character is asked of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._fonts: dict[str, TTFont | None] = {}
        self._glyphs: dict[Face, dict[str, tuple[TTFont, float] | None]] = {face: {} for face in Face}
        self._widths: dict[Face, dict[str, float]] = {face: {} for face in Face}
        self._of_main: dict[Face, set[str]] = {face: set() for face in Face}

    def glyph(self, character: str, face: Face) -> tuple[TTFont, float] | None:
        """Return the font that draws a character and its width in em, or ``None``."""
        known = self._glyphs[face]
        if character not in known:
            found = known[character] = self._find(character, face)
            if found is not None:
                self._widths[face][character] = found[1]
                if found[0] is self._main(face):
                    self._of_main[face].add(character)
        return known[character]

    def runs(self, text: str, face: Face) -> tuple[Run, ...]:
        """Split a line into what each font draws; a character without glyph is a ``KeyError``."""
        if self._of_main[face].issuperset(text):
            return (Run(self._main(face), text),)
        runs: list[Run] = []
        font, start = None, 0
        for place, character in enumerate(text):
            found = self.glyph(character, face)
            if found is None:
                raise KeyError(character)
            if found[0] is not font:
                if place > start:
                    runs.append(Run(font, text[start:place]))
                font, start = found[0], place
        runs.append(Run(font, text[start:]))
        return tuple(runs)

    def width(self, text: str, face: Face) -> float:
        """Return the width of a line in em; what cannot be drawn counts as one em."""
        known = self._widths[face]
        try:
            return sum(map(known.__getitem__, text))
        except KeyError:
            found = [self.glyph(character, face) for character in text]
            return sum(one[1] if one else 1.0 for one in found)

    def widths(self, pieces: Iterable[str], face: Face) -> Iterator[float]:
        """Yield the widths of pieces of a text in em, most of them single characters."""
        known = self._widths[face]
        return (known[piece] if piece in known else self.width(piece, face) for piece in pieces)

    def draws(self, text: str, face: Face) -> bool:
        """Say whether every character of a text has a glyph; quick for those that were asked before."""
        return self._of_main[face].issuperset(text) or all(self.glyph(one, face) for one in text)

    def missing(self, text: str, face: Face = Face.SONG) -> tuple[str, ...]:
        """Return the characters that no font can draw, each once; private ones are not among them."""
        return tuple(
            character
            for character in dict.fromkeys(text)
            if self.glyph(character, face) is None and not is_private_use(character)
        )

    def loaded(self) -> tuple[TTFont, ...]:
        """Return the fonts that were read so far."""
        return tuple(font for font in self._fonts.values() if font is not None)

    def file(self, face: Face) -> str:
        """Return the name of the file that plays a face on this machine."""
        return next(file for file in FILES[face] if self._font(file) is self._main(face))

    def is_thin(self, font: TTFont, face: Face) -> bool:
        """Say whether a font that stands in for a bold one is not bold itself."""
        return face in BOLD_FACES and font is not self._main(face)

    def font_name(self, face: Face) -> str:
        """Return the name under which the main font of a face is known to a canvas."""
        return str(self._main(face).fontName)

    def _find(self, character: str, face: Face) -> tuple[TTFont, float] | None:
        if is_private_use(character) or _is_no_writing(character):
            return None
        for font in self._asked(face):
            if _draws(font, character):
                return font, float(font.face.getCharWidth(ord(character))) / 1000
        return None

    def _asked(self, face: Face) -> Iterator[TTFont]:
        """Yield the fonts that are asked for a character, one after the other."""
        current: Face | None = face
        while current is not None:
            yield self._main(current)
            current = SECOND_FACE.get(current)
        for file in RARE_FILES:
            font = self._font(file)
            if font is not None:
                yield font

    def _main(self, face: Face) -> TTFont:
        for file in FILES[face]:
            font = self._font(file)
            if font is not None:
                return font
        raise FontMissing(f"打印用的字体没有装好，缺 {FILES[face][0]}，请重新运行 make setup")

    def _font(self, file: str) -> TTFont | None:
        if file not in self._fonts:
            path = self.folder / file
            self._fonts[file] = _registered(path) if path.is_file() else None
        return self._fonts[file]


def is_private_use(character: str) -> bool:
    """Say whether a character is a maker's own (自造字), which no other machine draws alike."""
    return unicodedata.category(character) == "Co"


def private_use(text: str) -> tuple[str, ...]:
    """Return the private-use characters of a text, each once."""
    return tuple(character for character in dict.fromkeys(text) if is_private_use(character))


def normal(text: str) -> str:
    """Return the text in the one form that fonts and searches agree on (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def digit_cell(face: Face) -> float | None:
    """Return the cell in em that figures in columns need where the face's own are not of one width."""
    return _CELL.get(face)


def _is_no_writing(character: str) -> bool:
    """Say whether a character cannot stand alone in a line from left to right.

    A font of rare characters draws a selector of shape as a dotted box, a combining mark beside its letter.
    """
    return (
        unicodedata.category(character) in _NEVER_PRINTED
        or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
        or ord(character) in _PICTURES
    )


def _draws(font: TTFont, character: str) -> bool:
    """Say whether a font has an outline for a character: a blank glyph would be a hole in a name."""
    glyph = font.face.charToGlyph.get(ord(character), 0)
    starts = font.face.glyphPos
    has_outline = bool(starts[glyph + 1] > starts[glyph]) and font.face.getCharWidth(ord(character)) > 0
    return bool(glyph) and (character in _BLANKS or has_outline)


FONTS_IN_USE = Lock()
"""ReportLab keeps its fonts per process and reads them with one moving position: one file at a time."""


def _registered(path: Path) -> TTFont:
    """Load a font once per process: ReportLab keeps its fonts in one table for everybody."""
    with FONTS_IN_USE:
        for name in _names(path.stem):
            if name not in pdfmetrics.getRegisteredFontNames():
                return _load(name, path)
            font = pdfmetrics.getFont(name)
            if Path(font.face.filename) == path:
                return font
    raise AssertionError("names never end")


def _load(name: str, path: Path) -> TTFont:
    correct_text_layer()
    read_fonts_quickly()
    try:
        # No ASCII block in each subset, no shaping: both only make files larger or lines wrong.
        font = TTFont(name, str(path), asciiReadable=0, shapable=False)
    except TTFError as error:
        raise FontMissing(f"字体文件 {path.name} 读不了，请重新运行 make setup") from error
    pdfmetrics.registerFont(font)
    return font


def _names(stem: str) -> Iterator[str]:
    yield stem
    for number in range(2, 10_000):  # the same file name from another folder
        yield f"{stem}-{number}"
