"""Merges the told cards into one letter and lets LibreOffice, where it is installed, make a PDF of it."""

import json
import os
import sys
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from shutil import which
from subprocess import run
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from PIL import Image

PROGRAMS = ("soffice", "libreoffice")

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def is_here() -> bool:
    """Tell whether LibreOffice is installed with its Writer: it may be there for tables alone."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "a.txt"
        source.write_text("字", encoding="utf-8")
        return _program() is not None and _converted(source, Path(folder), {}).is_file()


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := which(name))), None)


def _converted(source: Path, folder: Path, environment: dict[str, str]) -> Path:
    """Let LibreOffice make a PDF; what it cannot read is no failure to it, the file is then not there."""
    command = [
        _program() or PROGRAMS[0], f"-env:UserInstallation=file://{folder / 'profile'}", "--headless",
        "--convert-to", "pdf", "--outdir", folder, source,
    ]  # fmt: skip
    run(command, check=True, capture_output=True, env=os.environ | environment)
    return folder / f"{source.stem}.pdf"


def letter(told: dict[str, Any]) -> Iterator[str]:
    """Yield a flat OpenDocument text: a page for each card, each word in a frame at its place."""
    width, height = told["sheet"]
    words = [word for card in told["cards"] for word in (*told["behind"], *card["words"])]
    looks = {look: f"T{number}" for number, look in enumerate(dict.fromkeys((w[3], w[4]) for w in words))}
    yield f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3"'
    yield ' office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
    for (font, size), name in looks.items():
        family = told["families"][font]
        yield f'<style:style style:name="{name}" style:family="text"><style:text-properties'
        yield f' fo:font-family="{family}" style:font-family-asian="{family}"'
        yield f' fo:font-size="{size}pt" style:font-size-asian="{size}pt"/></style:style>'
    yield '<style:style style:name="F" style:family="graphic"><style:graphic-properties draw:stroke="none"'
    yield ' draw:fill="none"'
    yield ' fo:padding="0pt" fo:border="none" style:wrap="run-through" style:vertical-pos="from-top"'
    yield ' style:vertical-rel="page" style:horizontal-pos="from-left" style:horizontal-rel="page"/>'
    yield '</style:style><style:style style:name="P" style:family="paragraph"><style:paragraph-properties'
    yield ' fo:break-before="page"/></style:style><style:page-layout style:name="A6">'
    yield f'<style:page-layout-properties fo:page-width="{width}pt" fo:page-height="{height}pt"'
    yield ' fo:margin="0pt"/></style:page-layout></office:automatic-styles><office:master-styles>'
    yield '<style:master-page style:name="Standard" style:page-layout-name="A6"/></office:master-styles>'
    yield "<office:body><office:text>"
    for number, card in enumerate(told["cards"], 1):
        yield '<text:p text:style-name="P">'
        for word in (*told["behind"], *card["words"]):
            yield _frame(word, looks, number)
        yield f"{_picture(told['code'], card['rows'], number)}</text:p>"
    yield "</office:text></office:body></office:document>"


def _frame(word: list[Any], looks: dict[tuple[str, float], str], page: int) -> str:
    x, y, text, font, size = word
    place = f'svg:x="{x}pt" svg:y="{y - size}pt" svg:width="{size * (len(text) + 1)}pt"'
    return (
        f'<draw:frame draw:style-name="F" text:anchor-type="page" text:anchor-page-number="{page}" {place}>'
        f'<draw:text-box><text:p><text:span text:style-name="{looks[font, size]}">{escape(text)}</text:span>'
        "</text:p></draw:text-box></draw:frame>"
    )


def _picture(place: list[float], rows: list[str], page: int) -> str:
    left, top, side = place
    image = Image.new("1", (len(rows), len(rows)))
    image.putdata([cell == "0" for row in rows for cell in row])
    file = BytesIO()
    image.save(file, "PNG")
    return (
        f'<draw:frame draw:style-name="F" text:anchor-type="page" text:anchor-page-number="{page}"'
        f' svg:x="{left}pt" svg:y="{top}pt" svg:width="{side}pt" svg:height="{side}pt"><draw:image>'
        f"<office:binary-data>{b64encode(file.getvalue()).decode()}</office:binary-data></draw:image>"
        "</draw:frame>"
    )


def main(told: Path, target: Path) -> None:
    """Merge and convert; say how long both took together."""
    cards = json.loads(told.read_text(encoding="utf-8"))
    folders = "".join(f"<dir>{folder}</dir>" for folder in {Path(f).parent for f in cards["fonts"].values()})
    config = target.with_suffix(".conf")
    config.write_text(f"<fontconfig>{folders}<cachedir>{target.parent}</cachedir></fontconfig>")
    began = os.times()
    started = perf_counter()
    source = target.with_suffix(".fodt")
    source.write_text("".join(letter(cards)), encoding="utf-8")
    made = _converted(source, target.parent, {"FONTCONFIG_FILE": str(config)})
    ended = os.times()
    if not made.is_file():
        raise SystemExit("LibreOffice has written nothing")
    # The first four figures of both: the processor for this process and for its children.
    print(perf_counter() - started, sum(ended[:4]) - sum(began[:4]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
