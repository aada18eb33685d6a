"""Labels: the few sizes and weights of text that the window has."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.views.kit import icons
from desktop.views.kit.drawing import painter_on, words
from desktop.views.kit.look import look


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look again at a widget whose property has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Words(QLabel):
    """A label: ``kind`` is its size and weight, ``role`` its colour (both named in the stylesheet)."""

    def __init__(
        self, text: str = "", kind: str = "body", role: str = "text", *, wraps: bool = False
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setProperty("role", role)
        self.setWordWrap(wraps)

    def set_role(self, role: str) -> None:
        if self.property("role") != role:
            self.setProperty("role", role)
            restyle(self)


class ShortWords(Words):
    """A label of one line that ends in an ellipsis when there is no room; the whole text is its tip."""

    def __init__(self, text: str = "", kind: str = "body", role: str = "text") -> None:
        super().__init__(text, kind, role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().at.column_least, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        role = str(self.property("role"))
        words(painter, self.contentsRect().toRectF(), self.text(), look().colour(role), self.font())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        short = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if short else "")


class Icon(QWidget):
    """One icon in a colour role; it says nothing to a screen reader, the word beside it does."""

    def __init__(self, name: str, role: str = "muted", size: str = "icon") -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        side = int(getattr(look().at, self._size))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        icons.paint(painter, self._name, self._role, self.rect().toRectF())
        painter.end()
