"""Fonts, finished papers and golden pictures for the tests of the papers."""

from collections.abc import Callable
from os import environ
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from printing.batch import print_batch
from printing.document import Document
from printing.fonts import Faces
from printing.preview import Preview

GOLDENS = Path(__file__).parent.parent / "golden" / "papers"
NOTICEABLE = 96
"""By how much (of 255) a dot must differ to be seen."""
MOST_DOTS = 0.0002
"""Which part of the dots may differ: rounding at the edges of strokes, not a moved word."""


@pytest.fixture(scope="session")
def faces(assets: Path) -> Faces:
    return Faces(assets / "fonts")


@pytest.fixture
def printed(faces: Faces, tmp_path: Path) -> Callable[..., Path]:
    """Print papers into a file and return it."""

    def print_them(document: Document[Any], *facts: Any, **how: Any) -> Path:
        target = tmp_path / f"{document.code}-{len(list(tmp_path.iterdir()))}.pdf"
        print_batch(document, facts, target, faces, **how)
        return target

    return print_them


@pytest.fixture(scope="session")
def printed_once(
    faces: Faces, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Document[Any], Any], Path]:
    """Print the sample of a paper, or its longest facts, for all tests that only read it."""
    folder = tmp_path_factory.mktemp("papers")

    def print_them(document: Document[Any], facts: Any) -> Path:
        which = "sample" if facts is document.sample else "longest"
        target = folder / f"{document.code}-{which}.pdf"
        if not target.exists():
            print_batch(document, (facts,), target, faces)
        return target

    return print_them


@pytest.fixture
def golden() -> Callable[[Path, str, int], None]:
    """Compare the pages of a file with the pictures that somebody has looked at.

    With SANXIAO_UPDATE_GOLDENS=1 the pictures are drawn anew; look at each of them before committing.
    """

    def compare(file: Path, name: str, dpi: int) -> None:
        with Preview(file) as pages:
            for number in range(len(pages)):
                golden_file = GOLDENS / f"{name}-{number + 1}.png"
                if environ.get("SANXIAO_UPDATE_GOLDENS") == "1":
                    golden_file.write_bytes(pages.png(number, dpi))
                width, height, dots = pages.rgb(number, dpi)
                drawn = Image.frombytes("RGB", (width, height), dots)
                assert golden_file.is_file(), f"{golden_file.name} is missing: draw it, look at it, commit it"
                assert _difference(drawn, golden_file) <= MOST_DOTS, f"{golden_file.name} looks different now"

    return compare


def _difference(drawn: Image.Image, golden_file: Path) -> float:
    new, old = drawn.convert("L"), Image.open(golden_file).convert("L")
    if new.size != old.size:
        return 1.0
    histogram = ImageChops.difference(new, old).histogram()
    return sum(histogram[NOTICEABLE:]) / (new.width * new.height)
