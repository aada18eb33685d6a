"""The photographs of a case: what was found, and how it looks when it was put right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.rectification import PhotoMoment
from desktop.errors import UserError
from desktop.services.rights import Right, may
from desktop.services.survey.photos import PhotoRow
from desktop.views.establishment.photo_viewer import PhotoViewer
from desktop.views.establishment.photos_panel import Added, PhotoTile
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import box, column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.panels import Panel
from desktop.views.kit.words import Words
from desktop.views.rectification.desk import RectificationDesk


class CasePhotos(Panel):
    """Before and after, each with its own button; the dossier shows them too."""

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__("佐证照片")
        self._desk = desk
        self._case_id = 0
        self.buttons = {SmallButton(f"{one.label}照片", "camera"): one for one in PhotoMoment}
        self.tiles: list[PhotoTile] = []
        self._groups: dict[PhotoMoment, tuple[QWidget, FlowLayout]] = {}
        self.viewer = PhotoViewer(desk)

        for one in PhotoMoment:
            inside = QWidget()
            flow = FlowLayout(gap="small", line_gap="small")
            inside.setLayout(flow)
            self._groups[one] = box(column(Words(one.label, role="muted"), inside, gap="tiny")), flow
        self.add(*(group for group, _ in self._groups.values()), row(*self.buttons, None))

        for button in self.buttons:
            button.setEnabled(may(desk.actor, Right.INSPECT))
            button.clicked.connect(self._files_asked)
        self.viewer.failed.connect(self.failed)
        for group, _ in self._groups.values():
            group.hide()

    def show_case(self, case_id: int) -> None:
        """Ask for the photographs of a case."""
        desk = self._desk
        self._case_id = case_id

        def ask(progress: Progress) -> tuple[PhotoRow, ...]:
            return desk.photos.of_case(case_id, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._show, failed=self._refused)

    def take(self, files: Sequence[Path], moment: PhotoMoment) -> None:
        """Add photographs from files; those that are none are named with their reasons."""
        desk, case_id = self._desk, self._case_id
        if not files:
            return

        def add(progress: Progress) -> Added:
            refusals: list[str] = []
            for place, file in enumerate(files):
                progress.step(place, len(files), file.name)
                try:
                    desk.photos.add_to_case(case_id, file.read_bytes(), moment=moment, by=desk.actor)
                except OSError:
                    refusals.append(f"{file.name}：读不出来")
                except UserError as refused:
                    refusals.append(f"{file.name}：{refused}")
            return Added(len(files) - len(refusals), tuple(refusals))

        desk.jobs.run(add, owner=self, done=self._added, failed=self._refused, label="加照片")

    def _show(self, photos: Sequence[PhotoRow]) -> None:
        for old in self.tiles:
            for _, flow in self._groups.values():
                flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = [PhotoTile(photo) for photo in photos]
        for moment, (group, flow) in self._groups.items():
            own = [tile for tile in self.tiles if tile.photo.moment is moment]
            for tile in own:
                flow.addWidget(tile)
                tile.show()
                tile.clicked.connect(self._tile_pressed)
            group.setVisible(bool(own))
        self.set_note(f"{len(photos)} 张" if photos else "查出时和改好后各拍一张")

    def _added(self, added: Added) -> None:
        if added.refusals:
            self.failed.emit(f"加了 {added.count} 张；没有加：{'；'.join(added.refusals)}")
        else:
            self.told.emit(f"加了 {added.count} 张照片，已去掉拍摄地点和机型。")
        self.show_case(self._case_id)

    def _refused(self, error: Exception) -> None:
        self.failed.emit(str(error))

    def _files_asked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, SmallButton):
            names, _ = QFileDialog.getOpenFileNames(self, "选照片", "", "照片 (*.jpg *.jpeg *.png)")
            self.take([Path(name) for name in names], self.buttons[pressed])

    def _tile_pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PhotoTile):
            self.viewer.open_photo(pressed.photo, self)
