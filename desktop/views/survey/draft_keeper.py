"""Keeps a draft from the first keystroke: a second after the last one it is written, off the main thread."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.views.jobs import Progress
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.draft_keys import when

PAUSE_MS = 1000
LONGEST_MS = 5000
"""Who never rests is saved all the same, this long after the first keystroke."""


class DraftKeeper(QObject):
    """Writes what ``content`` returns (label and typed values) under a key, and tells when it was kept."""

    kept = Signal(str)
    failed = Signal(str)

    def __init__(
        self, desk: SurveyDesk, content: Callable[[], tuple[str, Mapping[str, Any]]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._content = content
        self.key = ""
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)

    @property
    def is_waiting(self) -> bool:
        """True while something typed is not yet written."""
        return self._pause.isActive()

    def begin(self, key: str) -> None:
        """Keep from now on under another key."""
        self.forget()
        self.key = key

    def touch(self) -> None:
        """Tell that something was typed."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def keep_now(self) -> None:
        """Write at once, as Ctrl+S asks and leaving the page does."""
        self.forget()
        label, typed = self._content()
        drafts, actor, key = self._desk.drafts, self._desk.actor, self.key

        def keep(progress: Progress) -> datetime:
            return drafts.save(key=key, label=label, typed=typed, by=actor)

        self._desk.jobs.run(keep, owner=self, done=self._kept, failed=self._not_kept)

    def forget(self) -> None:
        """Write nothing more of what was typed so far: it was saved, or is not wanted."""
        self._pause.stop()
        self._longest.stop()

    def discard(self) -> None:
        """Throw the draft away."""
        self.forget()
        drafts, actor, key = self._desk.drafts, self._desk.actor, self.key

        def discard(progress: Progress) -> None:
            drafts.discard(key, by=actor)

        self._desk.jobs.run(discard, owner=self, done=self._discarded, failed=self._not_kept)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.keep_now)
        return timer

    def _kept(self, moment: datetime) -> None:
        self.kept.emit(f"草稿已存 {when(moment)}，断电也找得回")

    def _discarded(self, nothing: None) -> None:
        self.kept.emit("")

    def _not_kept(self, error: Exception) -> None:
        self.failed.emit(str(error))
