"""An input method at a field, as Qt tells of it: letters that are composed, then the words they became."""

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication


def compose(letters: str) -> None:
    """Show letters that are not yet text where the keyboard is."""
    _hand_over(QInputMethodEvent(letters, []))


def commit(words: str) -> None:
    """Hand over what was chosen; an empty text takes the letters back."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    _hand_over(event)


def spell(letters: str) -> None:
    """Compose letter after letter, as fast as a person never does."""
    for end in range(1, len(letters) + 1):
        compose(letters[:end])


def _hand_over(event: QInputMethodEvent) -> None:
    target = QGuiApplication.focusObject()
    assert target is not None, "nothing has the keyboard"
    QApplication.sendEvent(target, event)
