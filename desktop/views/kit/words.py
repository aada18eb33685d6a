"""Labels: the few sizes and two weights of text that the window has, and icons beside them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.views.kit import icons
from desktop.views.kit.drawing import painter_on, words
from desktop.views.kit.look import ink, look, typeface


class Words(QLabel):
    """A label: ``size`` names a measure, ``role`` a colour; there are two weights."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "type_body",
        role: str = "text",
        strong: bool = False,
        wraps: bool = False,
    ) -> None:
        super().__init__(text)
        self._size = size
        self._role = role
        self._strong = strong
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.rescale()

    def set_role(self, role: str) -> None:
        """Change the colour role."""
        if self._role != role:
            self._role = role
            self.setPalette(ink(role))

    def rescale(self) -> None:
        """Take the letters and the colour of the look in force."""
        self.setFont(typeface(getattr(look().at, self._size), strong=self._strong))
        self.setPalette(ink(self._role))


class ShortWords(Words):
    """A label of one line that ends in an ellipsis when there is no room; the whole text is its tip."""

    def __init__(
        self, text: str = "", *, size: str = "type_body", role: str = "text", strong: bool = False
    ) -> None:
        super().__init__(text, size=size, role=role, strong=strong)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        least = min(look().at.column_least, self.sizeHint().width())
        return QSize(least, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        colour = look().colour(self._role)
        words(painter, self.contentsRect().toRectF(), self.text(), colour, self.font())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if is_cut else "")


class IconMark(QWidget):
    """One icon in a colour role; it says nothing to a screen reader, the word beside it does."""

    def __init__(self, name: str, *, role: str = "muted", size: str = "icon") -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        side = int(getattr(look().at, self._size))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        icons.paint(painter, self._name, self._role, self.rect().toRectF())
        painter.end()
