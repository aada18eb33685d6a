"""Photographs of an establishment: small ones in a grid, added by choosing or by dropping files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSizePolicy

from desktop.errors import UserError
from desktop.services.survey.photos import PhotoRow
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.establishment.photo_viewer import PhotoViewer
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.drawing import words
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.look import look, typeface
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.words import Words

CAPTIONS = ("门头", "加工间", "证照公示", "原料存放", "三防设施", "从业人员")
"""What a dossier wants to see, in this order; a new photograph takes the first that is still free."""
ENDINGS = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class Added:
    """How many files were taken, and why others were not."""

    count: int
    refusals: tuple[str, ...]


class PhotosPanel(Panel):
    """The grid, its button, and the place to drop files onto."""

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: EstablishmentDesk) -> None:
        self._add = SmallButton("加照片", "camera")
        super().__init__("照片", self._add, margins="none", ruled=True)
        self._desk = desk
        self._establishment_id: int | None = None
        self._photos: tuple[PhotoRow, ...] = ()
        self.tiles: list[PhotoTile] = []
        self._flow = FlowLayout(gap="small", line_gap="small")
        self._nothing = Words(
            "还没有照片。门头、加工间、证照公示各拍一张，以后对照用；也可以把文件拖到这里。",
            role="muted",
            wraps=True,
        )
        self.viewer = PhotoViewer(desk)
        self.setAcceptDrops(True)

        self.add(Grow(scrolling(column(self._nothing, self._flow, None, margins="medium small"))))

        self._add.clicked.connect(self._files_asked)
        self.viewer.failed.connect(self.failed)

    def show_photos(self, establishment_id: int, photos: Sequence[PhotoRow]) -> None:
        self._establishment_id, self._photos = establishment_id, tuple(photos)
        for old in self.tiles:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = [PhotoTile(photo) for photo in photos]
        for tile in self.tiles:
            self._flow.addWidget(tile)
            tile.show()
            tile.clicked.connect(self._tile_pressed)
        self.set_note(f"{len(photos)} 张" if photos else "")
        self._nothing.setVisible(not photos)

    def take(self, files: Sequence[Path]) -> None:
        """Add photographs from files; those that are none are named with their reasons."""
        desk, establishment_id = self._desk, self._establishment_id
        if establishment_id is None or not files:
            return
        used = {photo.caption for photo in self._photos}
        free = [caption for caption in CAPTIONS if caption not in used]

        def add(progress: Progress) -> Added:
            refusals: list[str] = []
            for place, file in enumerate(files):
                progress.step(place, len(files), file.name)
                # A caption is used up only by a photograph that was taken.
                caption = free[place - len(refusals)] if place - len(refusals) < len(free) else "其他"
                try:
                    desk.photos.add(establishment_id, file.read_bytes(), caption=caption, by=desk.actor)
                except OSError:
                    refusals.append(f"{file.name}：读不出来")
                except UserError as refused:
                    refusals.append(f"{file.name}：{refused}")
            return Added(len(files) - len(refusals), tuple(refusals))

        self._add.setEnabled(False)
        desk.jobs.run(add, owner=self, done=self._are_added, failed=self._not_added, label="加照片")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(_files(event))

    def _are_added(self, added: Added) -> None:
        self._add.setEnabled(True)
        if added.refusals:
            self.failed.emit(f"加了 {added.count} 张；没有加：{'；'.join(added.refusals)}")
        else:
            self.told.emit(f"加了 {added.count} 张照片，已去掉拍摄地点和机型。")

    def _not_added(self, error: Exception) -> None:
        self._add.setEnabled(True)
        self.failed.emit(str(error))

    def _files_asked(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "选照片", "", "照片 (*.jpg *.jpeg *.png)")
        self.take([Path(name) for name in names])

    def _tile_pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PhotoTile):
            self.viewer.open_photo(pressed.photo, self)


class PhotoTile(QAbstractButton):
    """One photograph, cut to its frame, with its caption under it."""

    def __init__(self, photo: PhotoRow) -> None:
        super().__init__()
        self.photo = photo
        self._image = QImage.fromData(photo.thumbnail)
        self.setAccessibleName(f"照片：{photo.caption}，{photo.taken_on:%Y-%m-%d}")
        self.setToolTip(f"{photo.taken_on:%Y-%m-%d} 拍，{photo.entered_by} 加")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.photo, at.photo_height + at.key)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(0, 0, self.width(), at.photo_height)
        shape = QPainterPath()
        shape.addRoundedRect(frame, at.radius, at.radius)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(frame, now.colour("sunken"))
        size = self._image.size().toSizeF()
        if not size.isEmpty():
            wanted = size.scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            spot = QRectF(frame.topLeft(), wanted)
            spot.moveCenter(frame.center())
            painter.drawImage(spot, self._image)
        painter.restore()
        painter.setPen(QPen(now.colour("border"), float(at.hair)))
        painter.drawPath(shape)
        caption = QRectF(at.hair, at.photo_height, self.width() - at.hair, at.key)
        words(painter, caption, self.photo.caption, now.colour("text"), typeface(at.type_caption))
        painter.end()


def _files(event: QDropEvent) -> list[Path]:
    """Return the photographs among what is dragged."""
    places = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [place for place in places if place.suffix.lower() in ENDINGS]
