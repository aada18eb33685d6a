"""What the other programs are told, as one JSON file: fonts, marks behind, words and code of each card."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from printing.documents.card import DOCUMENT, draw_background
from printing.fonts import Faces
from printing.geometry import A6_LANDSCAPE, MM
from printing.registration import RegistrationFacts
from tests.bench.bare import BarePage, heard

_HEIGHT = A6_LANDSCAPE.height * MM


def tell(cards: Sequence[RegistrationFacts], faces: Faces, target: Path) -> None:
    """Write what each program needs to draw the same cards, in points from the upper left corner."""
    behind = heard(partial(draw_background, layout=DOCUMENT.layout), cards[:1], faces, A6_LANDSCAPE)[0][0]
    code = DOCUMENT.layout.code
    told = {
        "sheet": [A6_LANDSCAPE.width * MM, _HEIGHT],
        "lines": [
            [line.weight, [(round(x, 2), round(_HEIGHT - y, 2)) for x, y in line.points]]
            for line in behind.lines
        ],
        "behind": _words(behind),
        "code": [code.x * MM, code.y * MM, code.width * MM],
        "cards": [
            {"words": _words(page), "rows": page.code[1] if page.code else []}
            for (page,) in heard(DOCUMENT.draw, cards, faces, A6_LANDSCAPE)
        ],
        "families": {font.fontName: font.face.familyName.decode() for font in faces.loaded()},
        "fonts": {font.fontName: str(Path(font.face.filename).resolve()) for font in faces.loaded()},
    }
    target.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _words(page: BarePage) -> list[list[object]]:
    """Return each word's place, with its baseline, its text, its font and its size."""
    return [
        [round(mark.x, 2), round(_HEIGHT - mark.y, 2), mark.text, mark.font, mark.size] for mark in page.marks
    ]
