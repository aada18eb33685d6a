"""The rail at the left: the places of the window."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout

from desktop.views.kit import icons
from desktop.views.kit.arrange import column
from desktop.views.kit.drawing import MIDDLE, RIGHT, centred, painter_on, words
from desktop.views.kit.look import look, typeface


class RailButton(QAbstractButton):
    """One place: icon, word, and a count where something waits."""

    def __init__(self, key: str, title: str, icon: str) -> None:
        super().__init__()
        self.key = key
        self.badge = ""
        self.is_narrow = False
        self._icon = icon
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_badge(self, badge: str) -> None:
        """Show how much waits there; an empty text shows nothing."""
        self.badge = badge
        self.setAccessibleName(f"{self.text()}，{badge} 项" if badge else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        at = look().at
        if self.is_narrow:
            return QSize(at.rail_narrow - at.hair, at.rail_item_narrow)
        return QSize(at.rail - at.hair, at.rail_item)

    def minimumSizeHint(self) -> QSize:
        """Return the height to which a place shrinks where eight of them must fit a low screen."""
        at = look().at
        return QSize(self.sizeHint().width(), at.rail_item if self.is_narrow else at.control_small)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        if self.isChecked():
            painter.fillRect(area, now.colour("raised"))
            mark = centred(area, 0, at.bar, area.height() - 2 * at.small)
            painter.fillRect(mark, now.colour("accent_text"))
        elif self.underMouse():
            painter.fillRect(area, now.colour("hover"))
        if self.is_narrow:
            self._paint_narrow(painter, area)
        else:
            self._paint_wide(painter, area)
        painter.end()

    def _paint_wide(self, painter: QPainter, area: QRectF) -> None:
        now = look()
        at = now.at
        role = "accent_text" if self.isChecked() else "text"
        icon_role = role if self.isChecked() else "muted"
        icons.paint(painter, self._icon, icon_role, centred(area, at.large, at.icon_rail, at.icon_rail))
        font = typeface(at.type_field, strong=self.isChecked())
        text = area.adjusted(at.large + at.icon_rail + at.small + at.frame, 0, -at.small, 0)
        words(painter, text, self.text(), now.colour(role), font)
        strong = typeface(at.type_body, strong=True)
        words(painter, area.adjusted(0, 0, -at.small, 0), self.badge, now.colour("danger"), strong, RIGHT)

    def _paint_narrow(self, painter: QPainter, area: QRectF) -> None:
        now = look()
        at = now.at
        role = "accent_text" if self.isChecked() else "text"
        icon_role = role if self.isChecked() else "muted"
        font = typeface(at.type_caption, strong=self.isChecked())
        line = QFontMetrics(font).height()
        left = round((area.width() - at.icon_rail) / 2)
        top = round((area.height() - at.icon_rail - line) / 2)
        icons.paint(painter, self._icon, icon_role, QRectF(left, top, at.icon_rail, at.icon_rail))
        text = QRectF(0, top + at.icon_rail, area.width(), line)
        words(painter, text, self.text(), now.colour(role), font, MIDDLE)
        if self.badge:
            strong = typeface(at.type_caption, strong=True)
            spot = QRectF(left + at.icon_rail + at.tiny, top - at.tiny, area.width(), at.icon_rail)
            words(painter, spot, self.badge, now.colour("danger"), strong)


class Rail(QFrame):
    """All places, one of them open; the last ones may stand at the bottom."""

    place_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._places: QVBoxLayout = column(gap="hair", margins="none small")
        self._bottom: QVBoxLayout = column(gap="hair")
        self._is_narrow = False
        self.setObjectName("rail")
        self.setAccessibleName("栏目")

        self._places.addStretch(1)
        self._places.addLayout(self._bottom)
        self.setLayout(self._places)
        self.rescale()

        self._group.buttonClicked.connect(self._button_clicked)

    def add(self, key: str, title: str, icon: str, *, at_bottom: bool) -> None:
        """Add a place below the others."""
        button = RailButton(key, title, icon)
        button.is_narrow = self._is_narrow
        self._buttons[key] = button
        self._group.addButton(button)
        if at_bottom:
            self._bottom.addWidget(button)
        else:
            self._places.insertWidget(self._places.count() - 2, button)

    def show_place(self, key: str) -> None:
        """Mark the open place."""
        self._buttons[key].setChecked(True)

    def set_badge(self, key: str, badge: str) -> None:
        self._buttons[key].set_badge(badge)

    def set_narrow(self, is_narrow: bool) -> None:
        """Put the words under the icons where the window is small."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for button in self._buttons.values():
            button.is_narrow = is_narrow
            button.updateGeometry()
        self.rescale()

    def rescale(self) -> None:
        at = look().at
        self.setFixedWidth(at.rail_narrow if self._is_narrow else at.rail)

    def _button_clicked(self, button: RailButton) -> None:
        self.place_asked.emit(button.key)
