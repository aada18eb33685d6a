"""A small frame that opens beside a control and closes when something else is pressed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.views.kit.look import look
from desktop.views.kit.stylesheet import wear


class Popover(QFrame):
    """A popup with the kit's frame; fill it with a layout."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popover")

    def open_below(self, anchor: QWidget, *, right: bool = False) -> None:
        """Open under a control, kept on the screen; ``right`` lines up the right edges."""
        if not self.styleSheet():
            wear(self)
        self.adjustSize()
        corner = anchor.rect().bottomRight() if right else anchor.rect().bottomLeft()
        spot = anchor.mapToGlobal(corner) + QPoint(0, look().at.tiny)
        if right:
            spot.setX(spot.x() - self.width())
        room = anchor.screen().availableGeometry()
        spot.setX(max(room.left(), min(spot.x(), room.right() - self.width())))
        if spot.y() + self.height() > room.bottom():
            spot.setY(max(room.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - look().at.tiny))
        self.move(spot)
        self.show()
