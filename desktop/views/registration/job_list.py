"""What waits for printing, one line for each kind of paper; the arrows walk it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit.drawing import RIGHT, painter_on, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.registration.print_jobs import PrintJob


class JobList(QWidget):
    """Lines to choose one of."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._lines: list[JobLine] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(0)
        self._inside.setContentsMargins(0, 0, 0, 0)

        self.setLayout(self._inside)

        self._group.buttonClicked.connect(self.chosen)

    def show_jobs(self, jobs: Sequence[PrintJob]) -> None:
        """Show these; the chosen one stays chosen where it is still there, else the first is."""
        kept = self.current()
        for old in self._lines:
            self._group.removeButton(old)
            self._inside.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [JobLine(job) for job in jobs]
        for line in self._lines:
            self._group.addButton(line)
            self._inside.addWidget(line)
        self.choose(kept.key if kept is not None else "")

    def current(self) -> PrintJob | None:
        line = self._group.checkedButton()
        return line.job if isinstance(line, JobLine) else None

    def choose(self, key: str) -> None:
        """Choose a line; the first one where there is none of that key."""
        found = [line for line in self._lines if line.job.key == key] or self._lines[:1]
        for line in found:
            line.setChecked(True)


class JobLine(QAbstractButton):
    """One kind of paper, its note, and how many."""

    def __init__(self, job: PrintJob) -> None:
        super().__init__()
        self.job = job
        self.setText(job.title)
        self.setAccessibleName(f"{job.title}，{len(job.numbers)} 张，{job.note}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.list_least, at.row_list)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        if self.isChecked() or self.underMouse():
            painter.fillRect(area, now.colour("selection" if self.isChecked() else "hover"))
        if self.isChecked():
            painter.fillRect(QRectF(0, 0, at.bar, area.height()), now.colour("accent_text"))
        painter.fillRect(QRectF(0, area.height() - at.hair, area.width(), at.hair), now.colour("border"))
        count = f"{len(self.job.numbers)} 张"
        wide = text_width(typeface(at.type_body), count)
        inside = area.adjusted(at.medium, at.close, -at.medium, -at.close)
        half = inside.height() / 2
        words(painter, inside, count, now.colour("text"), typeface(at.type_body), RIGHT)
        left = inside.adjusted(0, 0, -wide - at.small, 0)
        top = QRectF(left.left(), left.top(), left.width(), half)
        words(painter, top, self.job.title, now.colour("text"), typeface(at.type_body, strong=True))
        below = QRectF(left.left(), left.top() + half, left.width(), half)
        words(painter, below, self.job.note, now.colour("muted"), typeface(at.type_caption))
        painter.end()
