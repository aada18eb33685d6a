"""Lucide icons, drawn by QtSvg in a colour role and kept in Qt's own picture cache."""

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop.views.kit.look import look

SEARCH_PREFIX = "icon"
"""Qt looks ``icon:NAME.svg`` up in the folder that the theme has named."""

_STROKE = b'stroke-width="1.9"'


def pixmap(name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon in a colour role, ``size`` logical pixels wide; unknown names are refused."""
    colour = look().colour(role).name()
    key = f"icon/{name}/{colour}/{size}/{ratio}"
    cached = QPixmap()
    if QPixmapCache.find(key, cached):
        return cached
    drawn = _draw(_source(name, colour), size, ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, role: str, size: int, ratio: float = 1.0) -> QIcon:
    """Return the icon for a Qt button or menu; greyed when that is disabled."""
    made = QIcon(pixmap(name, role, size, ratio))
    made.addPixmap(pixmap(name, "disabled", size, ratio), QIcon.Mode.Disabled)
    return made


def paint(painter: QPainter, name: str, role: str, target: QRectF) -> None:
    """Draw an icon into a square of a widget that paints itself."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(target.topLeft(), pixmap(name, role, round(target.width()), ratio))


def _source(name: str, colour: str) -> QByteArray:
    file = QFile(f"{SEARCH_PREFIX}:{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise LookupError(f"no icon named {name!r}")
    text = bytes(file.readAll().data())
    return QByteArray(text.replace(b"currentColor", colour.encode()).replace(b'stroke-width="2"', _STROKE))


def _draw(source: QByteArray, size: int, ratio: float) -> QPixmap:
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(source).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
