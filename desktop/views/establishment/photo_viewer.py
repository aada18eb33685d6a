"""One photograph at full size; its caption is changed here, and it is taken away with a reason."""

from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.act import Actor
from desktop.services.survey.photos import PhotoRow, Photos
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import QuietButton, SmallButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.popover import Popover
from desktop.views.kit.words import ShortWords

_PART = 0.7
"""How much of the window a photograph may cover."""


class PhotoDesk(Protocol):
    """What a page with photographs works with."""

    @property
    def photos(self) -> Photos: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def jobs(self) -> Jobs: ...


class PhotoViewer(Popover):
    """Opens over the page; Esc closes it."""

    failed = Signal(str)

    def __init__(self, desk: PhotoDesk) -> None:
        super().__init__()
        self._desk = desk
        self._photo: PhotoRow | None = None
        self._room = QSize()
        self._middle = QPoint()
        self._title = ShortWords(strong=True)
        self._close = QuietButton("收起", "x")
        self.picture = QLabel()
        self.caption = TextField("照片上是", most=20)
        self.reason = TextField("要删，写明原因", most=60)
        self._save = SmallButton("改说明", "check")
        self._remove = SmallButton("删掉这张", "trash-2")

        change = row(
            Grow(self.caption), column(None, self._save), Grow(self.reason), column(None, self._remove)
        )
        self.setLayout(column(row(Grow(self._title), self._close), self.picture, change, margins="medium"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self._close.clicked.connect(self.close)
        self._save.clicked.connect(self._save_asked)
        self.caption.next_asked.connect(self._save_asked)
        self._remove.clicked.connect(self._remove_asked)

    def open_photo(self, photo: PhotoRow, over: QWidget) -> None:
        """Show the small picture at once and the large one when it has come."""
        self._photo = photo
        window = over.window()
        self._room = window.size() * _PART
        self._title.setText(f"{photo.taken_on:%Y-%m-%d} 拍，{photo.entered_by} 加")
        self.caption.set_value(photo.caption)
        self.reason.set_value("")
        self.reason.clear_error()
        self._middle = window.mapToGlobal(window.rect().center())
        self._show(QImage.fromData(photo.thumbnail))
        self.show()
        self.caption.setFocus(Qt.FocusReason.PopupFocusReason)
        desk, photo_id = self._desk, photo.id

        def ask(progress: Progress) -> bytes:
            return desk.photos.picture(photo_id, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._has_come, failed=self._refused)

    def _has_come(self, picture: bytes) -> None:
        self._show(QImage.fromData(picture))

    def _show(self, image: QImage) -> None:
        size = image.size().scaled(self._room, Qt.AspectRatioMode.KeepAspectRatio)
        ratio = self.devicePixelRatioF()
        shown = QPixmap.fromImage(
            image.scaled(
                size * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(shown)
        self.adjustSize()
        self.move(self._middle - self.rect().center())

    def _save_asked(self) -> None:
        desk, photo, caption = self._desk, self._photo, self.caption.value()
        if photo is None:
            return
        if not caption:
            self.caption.show_error("请写照片上是什么。")
            return

        def change(progress: Progress) -> None:
            desk.photos.caption(photo.id, caption, by=desk.actor)

        desk.jobs.run(change, owner=self, done=self._is_done, failed=self._refused)

    def _remove_asked(self) -> None:
        desk, photo, reason = self._desk, self._photo, self.reason.value()
        if photo is None:
            return
        if not reason:
            self.reason.show_error("删照片须写明原因。")
            return

        def remove(progress: Progress) -> None:
            desk.photos.remove(photo.id, reason=reason, by=desk.actor)

        desk.jobs.run(remove, owner=self, done=self._is_done, failed=self._refused)

    def _is_done(self, nothing: None) -> None:
        self.close()

    def _refused(self, error: Exception) -> None:
        self.close()
        self.failed.emit(str(error))
