"""Draws the told cards with fpdf2; runs in an environment of its own."""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from fpdf import FPDF


def draw(told: dict[str, Any], target: str) -> None:
    """Write all cards into one file."""
    width, height = told["sheet"]
    pdf = FPDF(unit="pt", format=(width, height))
    pdf.set_auto_page_break(False)
    for name, file in told["fonts"].items():
        pdf.add_font(name, "", file)
    left, top, side = told["code"]
    for card in told["cards"]:
        pdf.add_page()
        for weight, points in told["lines"]:
            pdf.set_line_width(weight)
            pdf.polyline(points)
        for x, y, text, font, size in [*told["behind"], *card["words"]]:
            pdf.set_font(font, "", size)
            pdf.text(x, y, text)
        module = side / len(card["rows"])
        for row, cells in enumerate(card["rows"]):
            start = cells.find("1")
            while start >= 0:
                end = f"{cells}0".find("0", start)
                at = (left + start * module, top + row * module)
                pdf.rect(*at, (end - start) * module, module, style="F")
                start = cells.find("1", end)
    pdf.output(target)


if __name__ == "__main__":
    cards = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    started, processor = perf_counter(), process_time()
    draw(cards, sys.argv[2])
    print(perf_counter() - started, process_time() - processor)
