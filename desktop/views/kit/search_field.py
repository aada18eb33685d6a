"""A field to search in what a page shows, or, in the top bar, in everything."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import icons
from desktop.views.kit.arrange import Grow, hold, row
from desktop.views.kit.buttons import KeyCap, QuietButton
from desktop.views.kit.drawing import centred, painter_on, rounded
from desktop.views.kit.look import look
from desktop.views.kit.typing_line import TypingLine
from desktop.views.kit.words import Words

PAUSE_MS = 120
"""The rest between two keystrokes after which the search asks."""


class SearchField(QWidget):
    """A magnifying glass, a line, and at the end its key, what was found, or a cross to empty it."""

    searched = Signal(str)
    entered = Signal()
    stepped = Signal(int)
    escaped = Signal()

    def __init__(self, placeholder: str, *, key: str = "", name: str = "") -> None:
        super().__init__()
        self._cap = KeyCap(key)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.line = TypingLine()
        self.line.setProperty("fit", "bare")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name or placeholder)
        self._found = Words(role="muted")
        self._clear = QuietButton("清空", "x")
        self._found.hide()
        self._clear.hide()

        glass = hold(QWidget(), width="wide")
        inside = row(
            glass,
            Grow(self.line),
            self._found,
            self._clear,
            self._cap,
            gap="tiny",
            margins="small none close none",
        )
        self.setLayout(inside)
        self._cap.setVisible(bool(key))
        self.setFocusProxy(self.line)
        hold(self, height="control")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        self._pause.timeout.connect(self._pause_ended)
        self.line.textChanged.connect(self._typed)
        self.line.focus_moved.connect(self.update)
        self.line.entered.connect(self.entered)
        self.line.stepped.connect(self.stepped)
        self.line.escaped.connect(self.escaped)
        self._clear.clicked.connect(self._clear_pressed)

    def text(self) -> str:
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def clear(self) -> None:
        self.line.clear()

    def show_found(self, words: str) -> None:
        """Show at the end of the line how many were found."""
        self._found.setText(words)
        self._found.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.field_least * 2, at.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        is_in = self.line.hasFocus()
        line = "accent_text" if is_in else "border_control"
        width = at.frame if is_in else at.hair
        rounded(painter, area, at.radius, fill=now.colour("raised"), line=now.colour(line), width=width)
        icons.paint(painter, "search", "muted", centred(area, at.small + at.frame, at.icon, at.icon))
        painter.end()

    def _typed(self) -> None:
        self._clear.setVisible(bool(self.line.text()))
        self._cap.setVisible(self._cap.has_key and not self.line.text())
        if not self.line.text():
            self.show_found("")
        self._pause.start()

    def _pause_ended(self) -> None:
        self.searched.emit(self.text())

    def _clear_pressed(self) -> None:
        self.line.clear()
        self.line.setFocus()
