"""Everything that happened, newest first: date, mark, what, who."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit import icons
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.drawing import painter_on, rounded
from desktop.views.kit.look import look
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; ``key`` names it when its link is pressed."""

    day: str
    icon: str
    title: str
    text: str = ""
    people: str = ""
    status: Status = Status.NEUTRAL
    key: str = ""
    link: str = ""


class Timeline(QWidget):
    """Events one below the other on a line."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[EventRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)

        self.setLayout(column(self._rows, None, gap="none"))

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these events instead of what is there."""
        for old in self._shown:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [EventRow(event, is_last=event is events[-1]) for event in events]
        for line in self._shown:
            line.opened.connect(self.opened)
            self._rows.addWidget(line)


class EventRow(QWidget):
    """One event."""

    opened = Signal(str)

    def __init__(self, event: Event, *, is_last: bool) -> None:
        super().__init__()
        self._key = event.key
        day = hold(Words(event.day, size="type_caption", role="muted"), width="timeline_date")
        mark = TimelineMark(event.icon, event.status, is_last=is_last)
        title = ShortWords(event.title, strong=True)
        people = Words(event.people, size="type_caption", role="muted")
        text = Words(event.text, role="muted", wraps=True)
        link = LinkButton(event.link)

        self._head = row(Grow(title), link, people)
        self._in_head = (title, link, people)
        words = column(self._head, text, None, gap="none", margins="none none none medium")
        self._words = words
        self.setLayout(row(column(day, None), mark, Grow(words), gap="small"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        text.setVisible(bool(event.text))
        link.setVisible(bool(event.link))

        link.clicked.connect(self._link_pressed)

    def minimumSizeHint(self) -> QSize:
        """Need no more width than the pieces have one below the other: the row folds where it must."""
        at = look().at
        widest = max(one.minimumSizeHint().width() for one in self._in_head if not one.isHidden())
        before = at.timeline_date + at.timeline_mark + 2 * at.small
        return QSize(before + widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()

    def rescale(self) -> None:
        """Put who did it under what was done where both have no room on one line."""
        wanted = sum(one.sizeHint().width() for one in self._in_head if not one.isHidden())
        gaps = self._head.spacing() * (len(self._in_head) - 1)
        is_narrow = wanted + gaps > self._words.geometry().width()
        self._head.setDirection(
            QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        )

    def _link_pressed(self) -> None:
        self.opened.emit(self._key)


class TimelineMark(QWidget):
    """The boxed icon of an event and the line down to the next one."""

    def __init__(self, icon: str, status: Status, *, is_last: bool) -> None:
        super().__init__()
        self._icon = icon
        self._status = status
        self._is_last = is_last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        side = look().at.timeline_mark
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        side = at.timeline_mark
        box = QRectF(0, 0, side, side)
        if not self._is_last:
            painter.fillRect(
                QRectF((side - at.hair) / 2, side, at.hair, self.height() - side), now.colour("border")
            )
        rounded(painter, box, at.radius, fill=now.colour("raised"), line=now.colour("border"), width=at.hair)
        inset = (side - at.icon_chip) / 2
        icons.paint(painter, self._icon, self._status.value, box.adjusted(inset, inset, -inset, -inset))
        painter.end()
