"""The quiet strip at the bottom: saved, jobs running, last backup, rule pack, zoom."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.views.jobs import Job, Jobs
from desktop.views.kit.arrange import box, hold, row
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.drawing import centred, painter_on, rounded
from desktop.views.kit.look import look
from desktop.views.kit.words import IconMark, ShortWords, Words


class StripNote(QWidget):
    """An icon and a few words; hidden while it has nothing to say."""

    def __init__(self, icon: str, role: str = "muted") -> None:
        super().__init__()
        self._mark = IconMark(icon, role=role)
        self._words = ShortWords(size="type_caption", role="muted")
        self.setLayout(row(self._mark, self._words, gap="close"))
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, text: str, *, icon: str = "", role: str = "", words_role: str = "muted") -> None:
        """Show words, and another icon where one is named."""
        self._words.setText(text)
        self._words.set_role(words_role)
        if icon:
            self._mark.set_icon(icon, role or "muted")
        self.setVisible(bool(text))
        self.updateGeometry()


class _Bar(QWidget):
    """How far a job has come."""

    def __init__(self) -> None:
        super().__init__()
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float) -> None:
        self._part = part
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().at.progress_least, look().at.icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = painter_on(self)
        area = self.rect().toRectF()
        groove = centred(area, 0, area.width(), now.at.progress)
        rounded(painter, groove, now.at.bar, fill=now.colour("border"), line=None)
        done = centred(area, 0, area.width() * self._part, now.at.progress)
        rounded(painter, done, now.at.bar, fill=now.colour("bar"), line=None)
        painter.end()


class JobNote(QWidget):
    """The labelled job that runs: what, how far, and a way to stop it."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._job: Job | None = None
        self._jobs = jobs
        self._note = StripNote("loader")
        self._bar = _Bar()
        self._cancel_button = LinkButton("取消")
        self.setLayout(row(self._note, self._bar, self._cancel_button, gap="small"))
        self.hide()

        jobs.started.connect(self._something_changed)
        jobs.ended.connect(self._something_changed)
        self._cancel_button.clicked.connect(self._cancel_asked)

    def _something_changed(self, job: Job) -> None:
        shown = next((found for found in self._jobs.running if found.label), None)
        if shown is self._job:
            return
        self._job = shown
        self.setVisible(shown is not None)
        if shown is not None:
            self._cancel_button.setEnabled(True)
            self._note.say(f"正在{shown.label}")
            self._bar.show_part(0)
            shown.progressed.connect(self._progressed)

    def _progressed(self, done: int, total: int, note: str) -> None:
        if self._job is None or self.sender() is not self._job:
            return
        count = f" {done:,} / {total:,}" if total else ""
        self._note.say(f"正在{self._job.label}{count}{'，' + note if note else ''}")
        self._bar.setVisible(bool(total))
        self._bar.show_part(done / total if total else 0)

    def _cancel_asked(self) -> None:
        if self._job is not None:
            self._cancel_button.setEnabled(False)
            self._note.say(f"正在停下：{self._job.label}")
            self._job.cancel()


class StatusStrip(QFrame):
    """Says quietly that all is well, and a little louder when a backup is late."""

    def __init__(self, jobs: Jobs, rule_pack: str) -> None:
        super().__init__()
        self._saved = StripNote("circle-check", "success")
        self._count = StripNote("database")
        self._job = JobNote(jobs)
        self._backup = StripNote("hard-drive")
        self._zoom = Words(size="type_caption", role="muted")
        pack = ShortWords(rule_pack, size="type_caption", role="muted")
        self.setObjectName("strip")

        left = row(self._saved, self._count, self._job, gap="large")
        right = row(self._backup, pack, self._zoom, gap="large")
        self.setLayout(row(box(left), None, box(right), gap="large", margins="large none"))
        hold(self, height="status_strip")
        self.rescale()

    def say_saved(self, text: str) -> None:
        """Tell that everything is saved, and since when."""
        self._saved.say(text)

    def say_count(self, text: str) -> None:
        self._count.say(text)

    def say_backup(self, text: str, *, is_late: bool = False) -> None:
        """Tell of the last backup; a late one is spoken in the colour of a warning."""
        role = "warning" if is_late else "muted"
        self._backup.say(text, icon="triangle-alert" if is_late else "hard-drive", role=role, words_role=role)

    def rescale(self) -> None:
        self._zoom.setText(f"{round(look().zoom * 100)}%")
