"""The change hub: a commit says which topics it touched, and the screens that show them ask again."""

from queue import SimpleQueue
from typing import ClassVar, Protocol, final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class Changes(Protocol):
    """What the storage announces after a commit."""

    @property
    def topics(self) -> frozenset[str]: ...


class ChangeHub(QObject):
    """Carries change sets from any thread to the main thread."""

    changed = Signal(object)
    """The topics, as a ``frozenset[str]``."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: SimpleQueue[frozenset[str]] = SimpleQueue()

        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def announce(self, changes: Changes) -> None:
        """Tell every screen; may be called from any thread."""
        self._waiting.put(changes.topics)
        self._arrived.emit()

    def _deliver(self) -> None:
        topics: set[str] = set()
        while not self._waiting.empty():
            topics |= self._waiting.get()
        if topics:
            self.changed.emit(frozenset(topics))


class Screen(QWidget):
    """A page: it asks when it is seen, and again when what it shows has changed.

    A page with a form under somebody's hands names no topics: it is never reloaded by others.
    """

    topics: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, hub: ChangeHub) -> None:
        super().__init__()
        self.is_stale = True

        hub.changed.connect(self._something_changed)

    def refresh(self) -> None:
        """Ask the services again; each page says how."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.is_stale:
            self._ask()

    @final
    def _something_changed(self, topics: frozenset[str]) -> None:
        if not topics & self.topics:
            return
        if self.isVisible():
            self._ask()
        else:
            self.is_stale = True

    @final
    def _ask(self) -> None:
        self.is_stale = False
        self.refresh()
