"""A list that opens. One that is longer than a glance is typed into, and narrows while one types."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from desktop.views.kit import icons
from desktop.views.kit.choice_list import ChoiceList, fits
from desktop.views.kit.look import look
from desktop.views.kit.typing_line import SpelledLine

MOST_AT_A_GLANCE = 8
"""How many lines one takes in without reading them one by one; a longer list is typed into."""


LEAST_LETTERS = 6


class ComboBox(QComboBox):
    """A list that opens; the wheel scrolls the page and not the choice.

    A long one is typed into: ``entered`` tells of Enter in it, ``unclear`` of words that fit no line or
    several when it is left; the choice from before stays then.
    """

    entered = Signal()
    unclear = Signal(str)

    def __init__(self, *, size: str = "") -> None:
        super().__init__()
        self.line: ChoiceLine | None = None
        self.offered: ChoiceList | None = None
        if size:
            self.setProperty("fit", size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        self.model().rowsInserted.connect(self._lines_added)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if self.line is not None:
            self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        if self.line is not None:
            self.line.setAccessibleDescription(description)

    def showPopup(self) -> None:
        if self.line is None:
            super().showPopup()
            return
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.offered is None:
            self.line.selectAll()
            self._offer("")
        else:
            self._fold()

    def shorten(self) -> None:
        """Let what is chosen end in an ellipsis where there is no room, however long the list's lines are."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)

    def typed_place(self) -> int | None:
        """Return the line that is chosen or has been typed so far; None where that may be several or none."""
        if self.line is None or self.line.is_composing or self.line.text() == self.currentText():
            return self.currentIndex()
        typed, labels = self.line.text().strip(), self._labels()
        if typed in labels:
            return labels.index(typed)
        if not typed and not self.itemData(0):
            return 0
        fitting = _fitting(labels, typed)
        return fitting[0] if typed and len(fitting) == 1 else None

    def take_typed(self) -> None:
        """Choose what was typed where it fits one line alone; else the choice from before stays."""
        self._fold()
        place = self.typed_place()
        if self.line is None or place == self.currentIndex():
            self._show_chosen()
        elif place is not None:
            self._choose(place)
        else:
            typed = self.line.text().strip()
            self._show_chosen()
            count = len(_fitting(self._labels(), typed)) if typed else 0
            words = f"“{typed}”对得上 {count} 项" if count else f"列表里没有“{typed}”"
            self.unclear.emit(f"{words}，请从列表里选一项。")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_line()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt hands the letters of a list down to its line once, and forgets them at the next zoom.
        if event.type() == QEvent.Type.FontChange and self.line is not None:
            self.line.setFont(self.font())

    def rescale(self) -> None:
        """Keep the line inside the frame of the new zoom."""
        self._place_line()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.line is None:
            super().paintEvent(event)
        else:
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            if self.line.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]
            QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        at = look().at
        side = at.icon_chip
        spot = QRectF(self.width() - side - at.small, (self.height() - side) / 2, side, side)
        icons.paint(QPainter(self), "chevron-down", "muted" if self.isEnabled() else "disabled", spot)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.line is not None:
            # Not by a focus proxy: a list that has been filled loses its place in the Tab order by one.
            self.line.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _labels(self) -> list[str]:
        return [self.itemText(place) for place in range(self.count())]

    def _lines_added(self) -> None:
        if self.line is None and self.count() > MOST_AT_A_GLANCE:
            self._take_typing()

    def _take_typing(self) -> None:
        self.line = ChoiceLine(self)
        self.line.setProperty("fit", "choice" if not self.property("fit") else "choice_small")
        self.line.setAccessibleName(self.accessibleName())
        self.line.setAccessibleDescription(self.accessibleDescription())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.setFont(self.font())
        self._place_line()
        self._show_chosen()
        self.line.show()

        self.currentIndexChanged.connect(self._show_chosen)
        self.line.spelled.connect(self._offer)
        self.line.pressed.connect(self.showPopup)
        self.line.stepped.connect(self._stepped)
        self.line.entered.connect(self._entered)
        self.line.escaped.connect(self._escaped)
        self.line.left.connect(self.take_typed)
        self.line.focus_moved.connect(self.update)

    def _place_line(self) -> None:
        if self.line is None:
            return
        at = look().at
        is_cell = self.property("fit") == "cell"
        left = at.tiny if is_cell else at.small
        self.line.setGeometry(
            QRect(left, at.frame, self.width() - left - at.icon_chip - at.small, self.height() - 2 * at.frame)
        )

    def _show_chosen(self) -> None:
        if self.line is not None:
            self.line.setText(self.currentText())
            self.line.setCursorPosition(0)

    def _offer(self, typed: str) -> None:
        """Open the list with what fits."""
        if self.offered is None:
            self.offered = ChoiceList(self.accessibleName(), self._labels())
            self.offered.picked.connect(self._choose)
        self.offered.show_fitting(typed, self.currentIndex(), self)
        if self.line is not None:
            self.line.is_open = True

    def _fold(self) -> None:
        if self.line is not None:
            self.line.is_open = False
        if self.offered is not None:
            self.offered.hide()
            self.offered.deleteLater()
            self.offered = None

    def _stepped(self, by: int) -> None:
        if self.offered is None:
            self._offer("")
        if self.offered is not None:
            self.offered.step(by)

    def _entered(self) -> None:
        if self.offered is not None:
            place = self.offered.current()
            if place is None:
                return
            self._choose(place)
        self.entered.emit()

    def _escaped(self) -> None:
        self._fold()
        self._show_chosen()

    def _choose(self, place: int) -> None:
        self._fold()
        self.setCurrentIndex(place)
        self._show_chosen()
        if self.line is not None:
            self.line.selectAll()
        self.activated.emit(place)


def _fitting(labels: Sequence[str], typed: str) -> list[int]:
    return [place for place, label in enumerate(labels) if fits(label, typed)]


class ChoiceLine(SpelledLine):
    """The line in a long list."""

    pressed = Signal()

    def __init__(self, box: ComboBox) -> None:
        self.is_open = False
        super().__init__(box)

    def event(self, event: QEvent) -> bool:
        # Esc folds the list before it leads back anywhere else.
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if self.is_open and is_escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # What stands there is a choice and not a text: the first letter begins another one.
        self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4 and not self.is_composing:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
