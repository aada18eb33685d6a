"""What is higher than its place: it scrolls, and the keyboard's control is always brought into sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.views.kit.arrange import Thing, column


class Scrolled(QScrollArea):
    """Scrolls what stands in it from top to bottom."""

    def __init__(self, *things: Thing, gap: str = "medium", margins: str = "none") -> None:
        super().__init__()
        self.inside = QWidget()
        self.inside.setObjectName("scrolled")

        self.inside.setLayout(column(*things, gap=gap, margins=margins))
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The controls inside take the keyboard, the area itself does not.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def to_top(self) -> None:
        """Show the beginning again."""
        self.verticalScrollBar().setValue(0)
