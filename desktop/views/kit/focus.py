"""The visible focus: a frame of two pixels outside whatever the keyboard is on."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from desktop.views.kit.look import look

OWN_FRAME = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
"""These draw their own frame: fields by the stylesheet, tables inside the cell."""


class FocusWatch(QObject):
    """Follows the keyboard through an application and keeps one frame around where it is."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.frame = FocusFrame()

        app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        framed = new is not None and not isinstance(new, OWN_FRAME) and wants_frame(new)
        if not isValid(self.frame):
            # Qt makes the frame a child of the page it is on: it went with that page.
            self.frame = FocusFrame()
        # Qt takes None here, its stub does not say so.
        self.frame.setWidget(new if framed else None)  # type: ignore[arg-type]


class _Above(QProxyStyle):
    """Lays the frame over the page: as a neighbour of its widget it would be cut at the edge of their box."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returned)


class FocusFrame(QFocusFrame):
    """Two pixels in the colour of links, with round corners."""

    def __init__(self) -> None:
        super().__init__()
        self._above = _Above()
        self.setStyle(self._above)

    def paintEvent(self, event: QPaintEvent) -> None:
        at = look().at
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("accent_text"), float(at.frame)))
        half = at.frame / 2
        area = self.rect().toRectF().adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, at.radius + half, at.radius + half)
        painter.end()


def wants_frame(widget: QWidget) -> bool:
    """Return whether a widget that can be pressed by keyboard has no frame of its own."""
    return isinstance(widget, QAbstractButton) or bool(widget.property("framed"))
