"""Pages go to the file as they are filled, and the file is what ReportLab itself would have made of them."""

from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.pdfbase.pdfdoc import PDFPage
from reportlab.pdfgen.canvas import Canvas

from printing.flat_canvas import FlatCanvas

SETTINGS: dict[str, Any] = {"invariant": 1, "pageCompression": 1, "lang": "zh-CN"}


def draw(canvas: Canvas, pages: int) -> None:
    canvas.beginForm("background", 0, 0, 200, 200)
    canvas.rect(1, 1, 50, 50)
    canvas.endForm()
    for page in range(pages):
        canvas.doForm("background")
        canvas.drawString(10, 10, f"page {page}")
        canvas.showPage()


def pages_of(path: Path) -> list[tuple[str, bytes]]:
    """Return what each page says, and its picture."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [
            (page.get_textpage().get_text_range(), page.render(scale=0.2).to_pil().tobytes()) for page in pdf
        ]


def test_the_pages_are_those_that_reportlab_saves(tmp_path: Path) -> None:
    flat = FlatCanvas(tmp_path / "flat.pdf", **SETTINGS)
    plain = Canvas(str(tmp_path / "plain.pdf"), **SETTINGS)

    for canvas in (flat, plain):
        draw(canvas, 3)
        canvas.save()
    flat.close()

    assert pages_of(tmp_path / "flat.pdf") == pages_of(tmp_path / "plain.pdf")


def test_a_full_page_lies_in_the_file_and_is_kept_nowhere_else(tmp_path: Path) -> None:
    canvas = FlatCanvas(tmp_path / "flat.pdf", **SETTINGS)

    draw(canvas, 200)
    canvas._flat_file.flush()

    assert (tmp_path / "flat.pdf").stat().st_size > 200 * 100
    kept = [*canvas._doc.idToObject.values(), *canvas._doc.Pages.pages]
    assert not any(isinstance(one, PDFPage) for one in kept)
    canvas.close()


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("one.pdf", "two.pdf"):
        canvas = FlatCanvas(tmp_path / name, **SETTINGS)
        draw(canvas, 2)
        canvas.save()
        canvas.close()
        written.append((tmp_path / name).read_bytes())

    assert written[0] == written[1]
