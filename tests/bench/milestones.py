"""What a window tells the bench that started it, and how it notices its own first picture."""

from time import process_time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


def say(milestone: str, figure: float) -> None:
    """Tell the parent, with the processor time so far; it looks at its own watch when the line arrives."""
    tell(milestone, figure, process_time() * 1000)


def tell(name: str, *figures: float) -> None:
    """Write one line: a name and its figures."""
    print(name, *(f"{figure:.2f}" for figure in figures), sep="\t", flush=True)


class FirstPaint(QObject):
    """Tells once when a window has drawn itself and takes the next event."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False
