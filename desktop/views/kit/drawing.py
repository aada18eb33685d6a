"""What pieces that paint themselves share: rounded boxes, words cut with an ellipsis, keys."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.views.kit.look import look, text_width, typeface

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter


def painter_on(widget: QWidget) -> QPainter:
    """Return a painter with smooth corners; the caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(
    painter: QPainter,
    area: QRectF,
    radius: float,
    *,
    fill: QColor | None,
    line: QColor | None,
    width: int = 1,
) -> None:
    """Draw a box whose line lies wholly inside the area."""
    inset = width / 2 if line is not None else 0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)


def words(
    painter: QPainter,
    area: QRectF,
    text: str,
    colour: QColor,
    font: QFont,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Draw one line of text, cut with an ellipsis where it does not fit."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
    painter.drawText(area, align | Qt.TextFlag.TextSingleLine, shown)


def key_width(text: str) -> int:
    """Return how wide the drawing of a key is."""
    at = look().at
    return text_width(typeface(at.type_caption), text) + 2 * at.close


def draw_key(
    painter: QPainter, area: QRectF, text: str, *, words_role: str, line_role: str, fill: str
) -> None:
    """Draw a key as on a keyboard; ``fill`` may be empty."""
    now = look()
    rounded(
        painter,
        area,
        now.at.bar,
        fill=now.colour(fill) if fill else None,
        line=now.colour(line_role),
        width=now.at.hair,
    )
    words(painter, area, text, now.colour(words_role), typeface(now.at.type_caption), MIDDLE)


def centred(area: QRectF, left: float, width: float, height: float) -> QRectF:
    """Return a box of that size at ``left``, in the middle of the area's height."""
    return QRectF(left, area.top() + round((area.height() - height) / 2), width, height)
