"""Buttons, with their shortcut drawn as a key inside."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.views.kit import icons
from desktop.views.kit.drawing import centred, draw_key, key_width, painter_on, rounded, words
from desktop.views.kit.look import look, text_width, typeface


class Button(QPushButton):
    """A button with a line around it: icon, words, key; each may be left out."""

    filled = False
    measure = "control"

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        shortcut: str = "",
        icon_after: bool = False,
        key_only: bool = False,
    ) -> None:
        """Show a key inside; with ``key_only`` it tells of a key that another piece acts on."""
        super().__init__(text)
        self._icon = icon
        self._key = shortcut
        self._icon_after = icon_after
        self._acts_on_key = not key_only
        self._second = QShortcut(self) if "Enter" in shortcut and not key_only else None
        self._set_shortcut()
        self.setAccessibleName(text)
        self.setAutoDefault(True)  # Enter presses it where the keyboard is on it, not the space bar alone
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        if self._second is not None:
            self._second.activated.connect(self.click)

    def setText(self, text: str) -> None:
        """Change the words; Qt drops the shortcut then, so it is set again."""
        super().setText(text)
        self.setAccessibleName(text)
        self._set_shortcut()
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        at = look().at
        height = int(getattr(at, self.measure))
        if not self.text() and not self._key:
            return QSize(height, height)
        sides = at.medium if self.measure == "control" else at.small + at.frame
        return QSize(self._content_width() + 2 * sides, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        area = self.rect().toRectF()
        self._draw_body(painter, area)
        self._draw_inside(painter, area)
        painter.end()

    def _draw_body(self, painter: QPainter, area: QRectF) -> None:
        now = look()
        pressed = self.isDown() or self.isChecked()
        fill = "selection" if pressed else "hover" if self.underMouse() and self.isEnabled() else "raised"
        line = "border_control" if self.isEnabled() else "border"
        rounded(painter, area, now.at.radius, fill=now.colour(fill), line=now.colour(line), width=now.at.hair)

    def _draw_inside(self, painter: QPainter, area: QRectF) -> None:
        now = look()
        role = self._words_role()
        left = (area.width() - self._content_width()) / 2
        side = self._icon_side()
        if self._icon and not self._icon_after:
            icons.paint(painter, self._icon, role, centred(area, round(left), side, side))
            left += side + now.at.small
        if self.text():
            width = text_width(self._typeface(), self.text())
            words(
                painter,
                QRectF(left, 0, width, area.height()),
                self.text(),
                now.colour(role),
                self._typeface(),
            )
            left += width + now.at.small
        if self._icon and self._icon_after:
            icons.paint(painter, self._icon, role, centred(area, round(left), side, side))
            left += side + now.at.small
        if self._key:
            self._draw_key(painter, centred(area, round(left), key_width(self._key), now.at.key))

    def _draw_key(self, painter: QPainter, area: QRectF) -> None:
        draw_key(painter, area, self._key, words_role="muted", line_role="border", fill="surface")

    def _words_role(self) -> str:
        return "text" if self.isEnabled() else "disabled"

    def _typeface(self) -> QFont:
        at = look().at
        return typeface(at.type_body, strong=self.filled)

    def _icon_side(self) -> int:
        return look().at.icon

    def _content_width(self) -> int:
        at = look().at
        parts = [self._icon_side()] if self._icon else []
        parts += [text_width(self._typeface(), self.text())] if self.text() else []
        parts += [key_width(self._key)] if self._key else []
        return sum(parts) + at.small * max(len(parts) - 1, 0)

    def _set_shortcut(self) -> None:
        if not self._key or not self._acts_on_key:
            self.setShortcut(QKeySequence())
            return
        # "Enter" on a key means both of them: the large one and the number pad's.
        self.setShortcut(QKeySequence(self._key.replace("Enter", "Return")))
        if self._second is not None:
            self._second.setKey(QKeySequence(self._key))


class PrimaryButton(Button):
    """The one filled button of a page head, side pane or footer."""

    filled = True

    def _draw_body(self, painter: QPainter, area: QRectF) -> None:
        now = look()
        hot = self.underMouse() or self.isDown()
        fill = "neutral_tint" if not self.isEnabled() else "accent_hover" if hot else "accent"
        rounded(painter, area, now.at.radius, fill=now.colour(fill), line=None)

    def _draw_key(self, painter: QPainter, area: QRectF) -> None:
        role = self._words_role()
        draw_key(painter, area, self._key, words_role=role, line_role=role, fill="")

    def _words_role(self) -> str:
        return "on_accent" if self.isEnabled() else "disabled"


class SmallButton(Button):
    """A button inside a panel head or a banner."""

    measure = "control_small"


class SmallPrimaryButton(PrimaryButton):
    """The filled button of a panel head."""

    measure = "control_small"


class IconButton(SmallButton):
    """A button without words; its name is spoken and shown as a tip."""

    def __init__(self, name: str, icon: str, *, shortcut: str = "", measure: str = "control_small") -> None:
        super().__init__("", icon, shortcut=shortcut)
        self.measure = measure
        self._key = ""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}（{shortcut}）" if shortcut else name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class QuietButton(IconButton):
    """An icon without a line around it, as for closing a pane."""

    def _draw_body(self, painter: QPainter, area: QRectF) -> None:
        if self.underMouse() or self.isDown():
            rounded(painter, area, look().at.radius, fill=look().colour("hover"), line=None)


class LinkButton(Button):
    """Words that lead somewhere: the one verb at the end of a row."""

    measure = "key"

    def __init__(self, text: str, icon: str = "", *, icon_after: bool = False) -> None:
        super().__init__(text, icon, icon_after=icon_after)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(self._content_width() + 2 * at.tiny, int(getattr(at, self.measure)))

    def _draw_body(self, painter: QPainter, area: QRectF) -> None:
        """Words alone; the focus frame shows where the keyboard is."""

    def _words_role(self) -> str:
        return "accent_text" if self.isEnabled() else "disabled"

    def _typeface(self) -> QFont:
        font = QFont(super()._typeface())
        font.setUnderline(self.underMouse() and self.isEnabled())
        return font


class KeyCap(QWidget):
    """A key as on a keyboard, beside what it does."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def has_key(self) -> bool:
        return bool(self._key)

    def sizeHint(self) -> QSize:
        return QSize(key_width(self._key), look().at.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        draw_key(
            painter,
            self.rect().toRectF(),
            self._key,
            words_role="muted",
            line_role="border",
            fill="surface",
        )
        painter.end()
