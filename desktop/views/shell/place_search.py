"""The search for a place or a person from everywhere: a box in the top bar, hits in a list under it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QObject,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QSizePolicy,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.paper_code import looks_like_code
from desktop.domain.sheet_code import archive_number_in
from desktop.views.jobs import Job, Jobs, Progress
from desktop.views.kit import icons
from desktop.views.kit.arrange import row
from desktop.views.kit.drawing import centred, draw_key, key_width, painter_on, rounded
from desktop.views.kit.look import look
from desktop.views.kit.typing_line import TypingLine
from desktop.views.shell.search_hit import SearchHit

if TYPE_CHECKING:
    from desktop.views.shell.search_hits import HitList

PAUSE_MS = 60
"""Long enough to skip a letter that is overtaken by the next, too short to be felt."""

SearchProvider = Callable[[str], Sequence[SearchHit]]
"""Finds what fits a text; called on the working thread."""


class PlaceSearch(QFrame):
    """The box; ``chosen`` carries the hit that somebody picked."""

    chosen = Signal(object)

    def __init__(self, provider: SearchProvider, jobs: Jobs) -> None:
        super().__init__()
        self._provider = provider
        self._jobs = jobs
        self._job: Job | None = None
        self._asked = self._found_for = ""
        self._is_entered = False
        self._came_from: QWidget | None = None
        self.line = TypingLine()
        self.line.setProperty("fit", "bare")
        self.line.setPlaceholderText("店名、姓名、证号、电话或身份证尾号，可打首字母")
        self.line.setAccessibleName("找档案")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

        self._inside = row(self.line, gap="none")
        self.setLayout(self._inside)
        self.rescale()

        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._text_changed)
        self.line.stepped.connect(self._stepped)
        self.line.entered.connect(self._entered)
        self.line.escaped.connect(self.leave)
        self._pause.timeout.connect(self._ask)

    @cached_property
    def hits(self) -> "HitList":
        """The list below the box; the first picture of the window does without its code."""
        from desktop.views.shell.search_hits import HitList

        hits = HitList(self)
        hits.picked.connect(self._picked)
        return hits

    def start(self) -> None:
        """Put the keyboard into the box, with its text selected."""
        if not self.line.hasFocus():
            self._came_from = QApplication.focusWidget()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        if self.line.text().strip():
            self._pause.start()

    def leave(self) -> None:
        """Close the list and give the keyboard back; what was typed stays for the next time."""
        self._pause.stop()
        self._hide_hits()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.line.clearFocus()

    def rescale(self) -> None:
        at = look().at
        key = key_width(self._key()) + at.small
        self._inside.setContentsMargins(at.icon + at.medium + at.small, at.none, key + at.small, at.none)
        self.setFixedHeight(at.control)
        self.setMaximumWidth(at.search)
        self.setMinimumWidth(at.side_pane // 2)

    def sizeHint(self) -> QSize:
        return QSize(look().at.search, look().at.control)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
            if event.type() == QEvent.Type.FocusOut:
                self._hide_hits()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        is_active = self.line.hasFocus()
        line = now.colour("accent_text" if is_active else "border_control")
        width = at.frame if is_active else at.hair
        rounded(painter, area, at.radius, fill=now.colour("raised"), line=line, width=width)
        icons.paint(painter, "search", "muted", centred(area, at.medium, at.icon, at.icon))
        wide = key_width(self._key())
        spot = centred(area, area.width() - wide - at.small, wide, at.key)
        draw_key(painter, spot, self._key(), words_role="muted", line_role="border", fill="surface")
        painter.end()

    def _key(self) -> str:
        return "Esc" if self.line.hasFocus() else "Ctrl+K"

    def _text_changed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._hide_hits()

    def _hide_hits(self) -> None:
        if "hits" in self.__dict__:
            self.hits.hide()

    def _stepped(self, by: int) -> None:
        self.hits.step(by)

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
        text = self._asked = self.line.text().strip()
        provider = self._provider

        def find(progress: Progress) -> tuple[str, tuple[SearchHit, ...]]:
            return text, tuple(provider(text))

        self._job = self._jobs.run(find, owner=self, done=self._found, failed=self._not_found)

    def _found(self, found: tuple[str, tuple[SearchHit, ...]]) -> None:
        text, hits = found
        if text != self._asked:
            return
        self._job = None
        self._found_for = text
        is_entered, self._is_entered = self._is_entered, False
        if is_entered and len(hits) == 1:
            self._picked(hits[0])
        elif self.line.hasFocus():
            self.hits.show_hits(text, hits, self)

    def _not_found(self, error: Exception) -> None:
        """Keep the list as it was: the runner reports what is a bug, an overtaken search is none."""

    def _entered(self) -> None:
        typed = self.line.text()
        is_scanned = looks_like_code(typed) or archive_number_in(typed) is not None
        if is_scanned and self.line.text().strip() != self._found_for:
            self._is_entered = True  # a scanner ends with Enter before the list can be there
            self._pause.stop()
            self._ask()
            return
        hit = self.hits.current()
        if hit is not None and self.hits.isVisible():
            self._picked(hit)

    def _picked(self, hit: SearchHit) -> None:
        self.leave()
        self.chosen.emit(hit)
