"""The pages of a PDF as pictures and as text: the preview shows the very file that is printed."""

from pathlib import Path
from struct import pack
from threading import Lock
from types import TracebackType
from typing import Self
from zlib import compress, crc32

import pypdfium2

_one_at_a_time = Lock()  # PDFium keeps state of its own and must never run in two threads


class Preview:
    """An opened PDF, by its path or its bytes. Use it in a ``with`` block, or close it."""

    def __init__(self, source: Path | bytes) -> None:
        with _one_at_a_time:
            self._pdf = pypdfium2.PdfDocument(source)
            self._count = len(self._pdf)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self._count

    def size_mm(self, page: int) -> tuple[float, float]:
        """Return width and height of a page."""
        with _one_at_a_time:
            width, height = self._pdf.get_page_size(page)
        return width * 25.4 / 72, height * 25.4 / 72

    def rgb(self, page: int, dpi: float) -> tuple[int, int, bytes]:
        """Return width, height and the dots of a page, three bytes each, without padding."""
        with _one_at_a_time:
            sheet = self._pdf[page]
            bitmap = sheet.render(scale=dpi / 72, rev_byteorder=True)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            channels, data = bitmap.n_channels, bytes(bitmap.buffer)
            bitmap.close()
            sheet.close()
        wide = width * channels
        packed = b"".join(data[row * stride : row * stride + wide] for row in range(height))
        return width, height, _three_channels(packed, channels)

    def png(self, page: int, dpi: float) -> bytes:
        """Return a page as a PNG file."""
        width, height, dots = self.rgb(page, dpi)
        rows = (b"\0" + dots[row * width * 3 : (row + 1) * width * 3] for row in range(height))
        header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", compress(b"".join(rows), 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)

    def text(self, page: int) -> str:
        """Return the text of a page as copying and searching see it."""
        with _one_at_a_time:
            sheet = self._pdf[page]
            layer = sheet.get_textpage()
            text = str(layer.get_text_range())
            layer.close()
            sheet.close()
        return text

    def close(self) -> None:
        """Let go of the file."""
        with _one_at_a_time:
            self._pdf.close()


def _three_channels(dots: bytes, channels: int) -> bytes:
    if channels == 3:
        return dots
    picked = bytearray(len(dots) // channels * 3)
    for channel in range(3):
        picked[channel::3] = dots[channel::channels]
    return bytes(picked)


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", crc32(name + data))
