"""A text line that never acts while the input method is composing, and keeps to a length."""

import unicodedata

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

ACTING_KEYS = frozenset(
    {
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Escape,
    }
)


class TypingLine(QLineEdit):
    """A QLineEdit for people who type Chinese: Enter and arrows belong to the input method first."""

    entered = Signal()
    left = Signal()
    stepped = Signal(int)
    escaped = Signal()
    focus_moved = Signal()

    def __init__(
        self, *, most: int | None = None, digits: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._is_composing = False
        if digits:
            self.setInputMethodHints(
                Qt.InputMethodHint.ImhPreferLatin
                | Qt.InputMethodHint.ImhPreferNumbers
                | Qt.InputMethodHint.ImhNoPredictiveText
            )
        self._digits = digits

        self.textEdited.connect(self._text_edited)

    @property
    def is_composing(self) -> bool:
        """True while the input method shows letters that are not yet text."""
        return self._is_composing

    def event(self, event: QEvent) -> bool:
        return (self._is_composing and keeps_shortcut(event)) or super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_composing and Qt.Key(event.key()) in ACTING_KEYS:
            event.accept()
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & _COMMAND:
                event.accept()
                self.entered.emit()
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Escape:
                self.escaped.emit()
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._is_composing = False
        super().focusOutEvent(event)
        self.focus_moved.emit()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._tidy()
            self.left.emit()

    def _text_edited(self, text: str) -> None:
        # Qt's own maxLength counts UTF-16 units and would count 𠮷 twice.
        if self._most is not None and len(text) > self._most:
            place = self.cursorPosition()
            self.setText(text[: self._most])
            self.setCursorPosition(min(place, self._most))

    def _tidy(self) -> None:
        tidy = self.text().strip()
        if self._digits:
            tidy = folded(tidy)
        if tidy != self.text():
            self.setText(tidy)
            self.textEdited.emit(tidy)


class SpelledLine(TypingLine):
    """A line that narrows what is in view; ``spelled`` tells all that stands there, what is composed too."""

    spelled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)

        self.textEdited.connect(self.spelled)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        place = self.cursorPosition()
        text = self.text()
        self.spelled.emit(text[:place] + event.preeditString() + text[place:])


def keeps_shortcut(event: QEvent) -> bool:
    """Keep a key that reaches a field while somebody composes from being a shortcut of the page."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    event.accept()
    return True


_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def folded(text: str) -> str:
    """Return the text with full-width digits, letters and marks made half-width."""
    return "".join(_half(char) for char in text)


def _half(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" or char == "\u3000" else char
