"""The pages of a PDF as they will be printed: drawn aside, the first page at once."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row, rule
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.drawing import MIDDLE
from desktop.views.kit.look import look, typeface
from desktop.views.kit.words import ShortWords, Words
from desktop.views.registration.official_form import draw_on_form, scan_of
from printing.preview import Preview

REST_MS = 80
_MM_PER_INCH = 25.4
_LEAST_DPI, _MOST_DPI = 24.0, 300.0


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page as dots, and how many there are."""

    turn: int
    page: int
    count: int
    width: int
    height: int
    dots: bytes


class SheetPane(QFrame):
    """A PDF, page by page; the paper stays white in the dark."""

    shown = Signal(int)

    def __init__(self, title: str, jobs: Jobs, *, note: str = "") -> None:
        super().__init__()
        self._jobs = jobs
        self._pdf = b""
        self._page = self._count = self._turn = 0
        self._title = Words(title, size="type_field", strong=True)
        self._note = ShortWords(note, size="type_caption", role="muted")
        self._where = Words(role="muted")
        self._previous = IconButton("上一页", "chevron-left", shortcut="Alt+Left")
        self._next = IconButton("下一页", "chevron-right", shortcut="Alt+Right")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self.sheet = Sheet()
        self.setObjectName("panel")

        head = row(
            self._title, Grow(self._note), self._where, self._previous, self._next, margins="medium none"
        )
        self.setLayout(
            column(hold(box(head), height="panel_head"), rule(), Grow(self.sheet), gap="none", margins="hair")
        )
        self._say_page()

        self._previous.clicked.connect(self._previous_asked)
        self._next.clicked.connect(self._next_asked)
        self._rest.timeout.connect(self._draw)
        self.sheet.resized.connect(self._rest.start)

    @property
    def page(self) -> int:
        return self._page

    @property
    def count(self) -> int:
        return self._count

    def set_note(self, note: str) -> None:
        self._note.setText(note)

    def show_pdf(self, pdf: bytes, page: int = 0) -> None:
        """Show a PDF from a page on."""
        self._pdf, self._page = pdf, page
        self._draw()

    def lay_on(self, scan: bytes) -> None:
        """Show the pages on a scan of the official form, or on white paper again."""
        self.sheet.lay_on(scan_of(scan))

    def show_nothing(self, sentence: str) -> None:
        """Say why there is nothing to see."""
        self._pdf, self._count, self._page = b"", 0, 0
        self._turn += 1
        self.sheet.show_words(sentence)
        self._say_page()

    def _previous_asked(self) -> None:
        self._go(self._page - 1)

    def _next_asked(self) -> None:
        self._go(self._page + 1)

    def _go(self, page: int) -> None:
        if 0 <= page < self._count:
            self._page = page
            self._draw()

    def _draw(self) -> None:
        if not self._pdf:
            return
        self._turn += 1
        turn, pdf, page = self._turn, self._pdf, self._page
        room, ratio = self.sheet.room(), self.devicePixelRatioF()

        def draw(progress: Progress) -> DrawnPage:
            with Preview(pdf) as pages:
                shown = min(page, len(pages) - 1)
                width, height = pages.size_mm(shown)
                across, down = room.width() * ratio / width, room.height() * ratio / height
                dpi = min(max(min(across, down) * _MM_PER_INCH, _LEAST_DPI), _MOST_DPI)
                return DrawnPage(turn, shown, len(pages), *pages.rgb(shown, dpi))

        self._jobs.run_aside(draw, owner=self, done=self._drawn)

    def _drawn(self, drawn: DrawnPage) -> None:
        if drawn.turn != self._turn:
            return
        self._page, self._count = drawn.page, drawn.count
        stride = drawn.width * 3
        image = QImage(drawn.dots, drawn.width, drawn.height, stride, QImage.Format.Format_RGB888).copy()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.show_image(image)
        self._say_page()
        self.shown.emit(self._page)

    def _say_page(self) -> None:
        self._where.setText(f"第 {self._page + 1} / {self._count} 页" if self._count else "")
        self._previous.setEnabled(self._page > 0)
        self._next.setEnabled(self._page + 1 < self._count)
        self.sheet.setAccessibleName(self._where.text() or "还没有页面")


class Sheet(QWidget):
    """One page in the middle of the room it has."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._scan = QImage()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        self._image, self._words = image, ""
        self.update()

    def lay_on(self, scan: QImage) -> None:
        self._scan = scan
        self.update()

    def show_words(self, sentence: str) -> None:
        self._image, self._words = QImage(), sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def room(self) -> QSize:
        """Return how large a page may be drawn."""
        at = look().at
        return QSize(
            max(self.width() - 2 * at.medium, at.field_least),
            max(self.height() - 2 * at.medium, at.field_least),
        )

    def has_page(self) -> bool:
        return not self._image.isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.colour("sunken"))
        if self._image.isNull():
            inside = self.rect().toRectF().adjusted(at.large, 0, -at.large, 0)
            painter.setFont(typeface(at.type_body))
            painter.setPen(now.colour("muted"))
            painter.drawText(inside, MIDDLE | Qt.TextFlag.TextWordWrap, self._words)
        else:
            size = self._image.deviceIndependentSize()
            corner = QPointF(
                round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2)
            )
            paper = QRectF(corner, size)
            painter.fillRect(paper, Qt.GlobalColor.white)
            draw_on_form(painter, paper, self._scan, self._image)
            painter.setPen(QPen(now.colour("border_control"), float(at.hair)))
            painter.drawRect(paper.adjusted(-at.hair, -at.hair, 0, 0))
        painter.end()
