"""Draws the told cards with WeasyPrint; runs in an environment of its own."""

import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

_STYLE = """@page {{ size: {0}pt {1}pt; margin: 0 }} html, body {{ margin: 0 }}
section {{ position: relative; width: {0}pt; height: {1}pt; break-after: page; overflow: hidden }}
span {{ position: absolute; white-space: pre; line-height: 1 }}
svg {{ position: absolute; left: 0; top: 0 }}"""


def draw(told: dict[str, Any], target: str) -> None:
    """Write all cards into one file."""
    HTML(string="".join(_page(told))).write_pdf(target, font_config=FontConfiguration())


def _page(told: dict[str, Any]) -> Iterator[str]:
    width, height = told["sheet"]
    yield f'<html lang="zh-CN"><style>{_STYLE.format(width, height)}'
    for name, file in told["fonts"].items():
        yield f'@font-face {{ font-family: "{name}"; src: url("file://{file}") }}'
    yield "</style><body>"
    behind = "".join(map(_word, told["behind"]))
    lines = "".join(_line(weight, points) for weight, points in told["lines"])
    svg = f'<svg width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">{lines}'
    for card in told["cards"]:
        code = f'<path d="{_code(told["code"], card["rows"])}"/></svg>'
        yield f"<section>{svg}{code}{behind}{''.join(map(_word, card['words']))}</section>"
    yield "</body></html>"


def _word(word: list[Any]) -> str:
    x, y, text, font, size = word
    place = f"left:{x:.2f}pt;top:{y - size * 0.88:.2f}pt;font:{size}pt '{font}'"
    return f'<span style="{place}">{escape(text)}</span>'


def _line(weight: float, points: list[list[float]]) -> str:
    said = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return f'<polyline points="{said}" fill="none" stroke="black" stroke-width="{weight}"/>'


def _code(place: list[float], rows: list[str]) -> str:
    left, top, side = place
    module = side / len(rows)
    said = []
    for row, cells in enumerate(rows):
        start = cells.find("1")
        while start >= 0:
            end = f"{cells}0".find("0", start)
            across = (end - start) * module
            corner = f"M{left + start * module:.3f} {top + row * module:.3f}"
            said.append(f"{corner}h{across:.3f}v{module:.3f}h{-across:.3f}z")
            start = cells.find("1", end)
    return "".join(said)


if __name__ == "__main__":
    cards = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    started, processor = perf_counter(), process_time()
    draw(cards, sys.argv[2])
    print(perf_counter() - started, process_time() - processor)
