"""The place where files are dropped, and the dialog for those who would rather choose."""

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.views.kit.arrange import column, hold, row
from desktop.views.kit.drawing import painter_on
from desktop.views.kit.look import look
from desktop.views.kit.table_source import Remembered
from desktop.views.kit.words import IconMark, Words

ENDINGS = (".xlsx", ".xls", ".csv")
FOLDER_KEY = "exchange.folder"


class DropArea(QWidget):
    """Takes workbooks from the file manager; others are not accepted, the pointer says so."""

    dropped = Signal(object)
    """The files, as a ``tuple[Path, ...]``."""

    def __init__(self) -> None:
        super().__init__()
        self._is_over = False
        mark = IconMark("file-spreadsheet", role="accent_text", size="icon_large")
        head = Words("把村里报来的台账、交换表拖到这里", size="type_record", strong=True)
        more = Words(
            "Excel（.xlsx、.xls）或 .csv，可以一次几个。先核对，核对时什么都不写入。",
            role="muted",
            wraps=True,
        )
        more.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self.setLayout(
            column(
                row(None, mark, None),
                row(None, head, None),
                more,
                gap="small",
                margins="large",
            )
        )
        hold(self, least_height="drop_area")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()
            self._show_over(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(is_over=False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_files(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        half = at.frame / 2
        role = "accent_text" if self._is_over else "border_control"
        pen = QPen(now.colour(role), at.frame if self._is_over else at.hair, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(now.colour("accent_tint" if self._is_over else "raised"))
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, at.radius_panel, at.radius_panel)
        painter.end()

    def _show_over(self, *, is_over: bool) -> None:
        self._is_over = is_over
        self.update()


def dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    """Return the workbooks of a drag; empty where anything else is among them."""
    files = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return files if all(file.suffix.lower() in ENDINGS for file in files) else ()


def choose_files(over: QWidget, remembered: Remembered) -> Sequence[Path]:
    """Let the person choose workbooks, beginning in the folder of the last time."""
    folder = json.loads(remembered.get(FOLDER_KEY) or '""')
    patterns = " ".join(f"*{ending}" for ending in ENDINGS)
    names, _ = QFileDialog.getOpenFileNames(over, "选台账", folder, f"Excel / CSV ({patterns})")
    if names:
        remembered.set(FOLDER_KEY, json.dumps(str(Path(names[0]).parent)))
    return [Path(name) for name in names]
