"""The pages of a PDF as pictures and as text: the preview shows the very file that is printed."""

from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import pypdfium2

_one_at_a_time = Lock()  # PDFium keeps state of its own and must never run in two threads


class Preview:
    """An opened PDF. Close it, or use it in a ``with`` block."""

    def __init__(self, source: Path | bytes) -> None:
        with _one_at_a_time:
            self._pdf = pypdfium2.PdfDocument(source)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def size_mm(self, page: int) -> tuple[float, float]:
        """Return width and height of a page."""
        with _one_at_a_time:
            width, height = self._pdf.get_page_size(page)
        return width * 25.4 / 72, height * 25.4 / 72

    def rgb(self, page: int, dpi: float) -> tuple[int, int, bytes]:
        """Return width, height and the bytes of a page, three for each dot, without padding."""
        with _one_at_a_time:
            sheet = self._pdf[page]
            bitmap = sheet.render(scale=dpi / 72, rev_byteorder=True)
            width, height, stride, wide = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
            data = bytes(bitmap.buffer)
            bitmap.close()
            sheet.close()
        rows = (data[row * stride : row * stride + width * wide] for row in range(height))
        packed = b"".join(rows)
        if wide == 4:
            pixels = bytearray(width * height * 3)
            for channel in range(3):
                pixels[channel::3] = packed[channel::4]
            packed = bytes(pixels)
        return width, height, packed

    def text(self, page: int) -> str:
        """Return the text of a page as copying and searching see it."""
        with _one_at_a_time:
            sheet = self._pdf[page]
            layer = sheet.get_textpage()
            text: str = layer.get_text_range()
            layer.close()
            sheet.close()
        return text

    def close(self) -> None:
        with _one_at_a_time:
            self._pdf.close()
