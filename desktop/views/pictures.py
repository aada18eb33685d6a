"""Pictures of windows and pages, drawn without a display and always the same."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.errors import EnvironmentFailedError
from desktop.views.kit.arrange import below

DEPTH = 4


def picture(widget: QWidget, path: Path, width: int = 1366, height: int = 768, scale: float = 1.0) -> None:
    """Write a PNG of a widget at a size; ``scale`` is the density of the screen it pretends to have."""
    drawn = image(widget, width, height, scale)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not drawn.save(str(path)):
        raise EnvironmentFailedError(f"图片写不进“{path}”，请看磁盘是否已满、文件夹是否可写。")


def image(widget: QWidget, width: int, height: int, scale: float = 1.0) -> QImage:
    """Return a widget drawn at a size."""
    widget.resize(width, height)
    widget.show()
    widget.ensurePolished()
    settle(widget)
    drawn = QImage(QSize(width, height) * scale, QImage.Format.Format_RGB32)
    drawn.setDevicePixelRatio(scale)
    drawn.fill(widget.palette().window().color())
    painter = QPainter(drawn)
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    return drawn


def settle(widget: QWidget) -> None:
    """Let every layout that waits take its place; a page in a page needs as many turns as it is deep."""
    for _ in range(DEPTH):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for view in below(widget, QAbstractItemView):
            # Lists lay out on a timer of their own, which a picture does not wait for.
            view.doItemsLayout()
