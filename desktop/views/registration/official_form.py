"""A page as it will lie on the official form: a scan of the form shines through under it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

_SCAN = 0.45
"""How strongly the scan shines through."""


def scan_of(data: bytes) -> QImage:
    """Return the picture of a scan; of none, an empty one."""
    return QImage.fromData(data) if data else QImage()


def draw_on_form(painter: QPainter, paper: QRectF, scan: QImage, page: QImage) -> None:
    """Draw a page on its form; either may be empty."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if not scan.isNull():
        painter.setOpacity(_SCAN)
        painter.drawImage(paper, scan)
        painter.setOpacity(1.0)
    if not page.isNull():
        # What is printed darkens the scan under it, as ink on the official form would.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawImage(paper, page)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
