"""How far long work has come: bar, note, cancel; and bars that compare numbers."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit.arrange import Grow, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.drawing import painter_on, rounded
from desktop.views.kit.look import look
from desktop.views.kit.words import ShortWords, Words


class Bar(QWidget):
    """A part of a whole as a bar, with a mark for the target."""

    def __init__(self, *, role: str = "bar") -> None:
        super().__init__()
        self._role = role
        self._part = 0.0
        self._target: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float, *, target: float | None = None, role: str = "") -> None:
        """Show a part between 0 and 1."""
        self._part = min(max(part, 0.0), 1.0)
        self._target = target
        self._role = role or self._role
        self.setAccessibleName(f"{self._part:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.progress_least, at.icon)

    def minimumSizeHint(self) -> QSize:
        at = look().at
        return QSize(at.column_least, at.icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        height = at.small
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        rounded(painter, track, at.frame, fill=now.colour("neutral_tint"), line=None)
        done = QRectF(track.left(), track.top(), track.width() * self._part, height)
        rounded(painter, done, at.frame, fill=now.colour(self._role), line=None)
        if self._target is not None:
            spot = track.width() * self._target
            painter.fillRect(QRectF(spot, 0, at.frame, self.height()), now.colour("text"))
        painter.end()


class ProgressStrip(QWidget):
    """Long work in one line: what it does, how far it is, a way to stop it."""

    cancel_asked = Signal()

    def __init__(self, label: str = "", *, can_cancel: bool = True) -> None:
        super().__init__()
        self._label = Words(label)
        self._bar = Bar()
        self._count = Words(role="muted")
        self._note = ShortWords(role="muted")
        self._cancel = SmallButton("取消")

        self.setLayout(row(self._label, Grow(self._bar, 2), self._count, Grow(self._note, 3), self._cancel))
        self._cancel.setVisible(can_cancel)

        self._cancel.clicked.connect(self._cancel_pressed)

    def begin(self, label: str) -> None:
        """Show a new piece of work from its start."""
        self._label.setText(label)
        self._cancel.setEnabled(True)
        self.step(0, 0, "")
        self.setVisible(True)

    def step(self, done: int, total: int, note: str = "") -> None:
        """Show how far it has come; fits the signal of a job."""
        self._bar.show_part(done / total if total else 0.0)
        self._count.setText(f"{done} / {total}" if total else "")
        self._note.setText(note)

    def _cancel_pressed(self) -> None:
        self._cancel.setEnabled(False)
        self._note.setText("正在停下，已做的会退回。")
        self.cancel_asked.emit()
