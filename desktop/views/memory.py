"""What a person's tables and pages remember: read once at the start, written quietly in the background."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from desktop.domain.act import Actor
from desktop.services.office.preferences import Preferences
from desktop.views.jobs import Jobs, Progress

PAUSE_MS = 800
"""A column that is being dragged changes many times a second; it is written when it rests."""


class Memory(QObject):
    """Keeps small texts by key for the person who is signed in."""

    def __init__(self, preferences: Preferences, actor: Actor, jobs: Jobs, known: Mapping[str, str]) -> None:
        super().__init__()
        self._preferences = preferences
        self._actor = actor
        self._jobs = jobs
        self._known = dict(known)
        self._changed: dict[str, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)

        self._pause.timeout.connect(self._write)

    def get(self, key: str) -> str | None:
        """Return what was kept under a key."""
        return self._known.get(key)

    def set(self, key: str, value: str) -> None:
        """Keep a text under a key."""
        if self._known.get(key) != value:
            self._known[key] = value
            self._changed[key] = value
            self._pause.start()

    def _write(self) -> None:
        changed, self._changed = self._changed, {}
        preferences, actor = self._preferences, self._actor

        def keep(progress: Progress) -> None:
            preferences.keep(changed, by=actor)

        self._jobs.run(keep, owner=self, done=self._written)

    def _written(self, result: None) -> None:
        """Nothing to show: what was kept is what is seen already."""
