"""A part of a page that scrolls when the window is low or the letters are large."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from desktop.views.kit.arrange import box


def scrolling(layout: QLayout) -> QScrollArea:
    """Return an area that scrolls up and down, never sideways."""
    area = QScrollArea()
    inside: QWidget = box(layout, name="scrolled")
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
