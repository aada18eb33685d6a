"""Notices an identity-card reader that types like a keyboard, or a pasted card, and hands on what it read."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.card_reader import looks_like_card, read_card

FASTEST_TYPIST_MS = 30
"""Nobody types with less than this between two keys, key after key; a reader does."""

SURE_AFTER = 6
"""So many keys without a human pause are a reader: what it types from then on reaches no field."""

ENDS_AFTER_MS = 120

LEAD_MS = 300
MOST_LEAD = 3
"""A slow desk takes long over the first keys of a run: so few, so shortly before it, belong to it."""


class CardTyping(QObject):
    """Watches the keys of a page. The fields get back what they held before the reader began."""

    began = Signal()
    read = Signal(object)
    gave_up = Signal()

    def __init__(self, page: QWidget, ticks: Callable[[], int] | None = None) -> None:
        super().__init__(page)
        self._page = page
        self._since = QElapsedTimer()
        self._since.start()
        self._ticks = ticks or self._since.elapsed
        self._last = -FASTEST_TYPIST_MS
        self._lead = ""
        self._typed = ""
        self._keys = 0
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(ENDS_AFTER_MS)

        self._end.timeout.connect(self._ended)

    def watch(self, is_watching: bool) -> None:
        """Watch while the page is seen, and not otherwise."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        if is_watching:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Each key passes here several times on its way up; only its first stop counts.
        if watched is not QGuiApplication.focusObject() or not self._is_inside(watched):
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Paste):
                return self._pasted()
            return not event.isAutoRepeat() and self._key(_text_of(event))
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._key(event.commitString())
        return False

    def _is_inside(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and self._page.isAncestorOf(watched)

    def _key(self, text: str) -> bool:
        """Take part of a run of keys; True keeps the key from the field."""
        if not text:
            return False
        now = self._ticks()
        pause, self._last = now - self._last, now
        if pause >= FASTEST_TYPIST_MS:
            self._lead += self._typed
            if pause >= LEAD_MS or len(self._lead) > MOST_LEAD:
                self._lead = ""
            if not self._lead:
                self.began.emit()
            self._typed, self._keys = "", 0
        self._typed += text
        self._keys += 1
        self._end.start()
        return self._keys > SURE_AFTER

    def _ended(self) -> None:
        lead, typed, keys = self._lead, self._typed, self._keys
        if keys <= SURE_AFTER:
            return
        self._lead, self._typed, self._keys = "", "", 0
        facts = read_card(lead + typed)
        if facts is not None:
            self.read.emit(facts)
        else:
            self._give_back(typed)

    def _give_back(self, typed: str) -> None:
        """Put what was held back into the field: a scanner of bar codes types fast too."""
        held = typed[SURE_AFTER:].rstrip("\t\n")
        target = QGuiApplication.focusObject()
        if target is not None and held:
            event = QInputMethodEvent()
            event.setCommitString(held)
            QApplication.sendEvent(target, event)
        if typed.endswith(("\t", "\n")):
            self._page.focusNextChild()
        self.gave_up.emit()

    def _pasted(self) -> bool:
        text = QGuiApplication.clipboard().text()
        if not looks_like_card(text):
            return False
        self.began.emit()
        self.read.emit(read_card(text))
        return True


def _text_of(event: QKeyEvent) -> str:
    text = event.text()
    if text in {"\r", "\n"}:
        return "\n"
    return text if text == "\t" or text.isprintable() else ""
