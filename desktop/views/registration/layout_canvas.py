"""The page with the boxes of its fields over it: drag them, size them, or move them with the arrow keys."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.papers.layouts import label_of
from desktop.views.kit.look import look
from desktop.views.registration.layout_draft import STEP_MM, LayoutDraft
from desktop.views.registration.official_form import draw_on_form, scan_of

_LEAST_DPI, _MOST_DPI = 40.0, 300.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class LayoutCanvas(QWidget):
    """Draws the page and the boxes, and tells what somebody does to them; the tab owns the draft."""

    chosen = Signal(str)
    changed = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.draft: LayoutDraft | None = None
        self.name = ""
        self.may_change = False
        self._page = QImage()
        self._scan = QImage()
        self._grip: QPointF | None = None
        self._sizing = False
        self._ghost: QRectF | None = None
        self._guides: tuple[float | None, float | None] = (None, None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("版面")

    def show_draft(self, draft: LayoutDraft) -> None:
        self.draft = draft
        if self.name not in draft.places():
            self.name = ""
        self._say()

    def show_page(self, image: QImage) -> None:
        self._page = image
        self.update()

    def show_scan(self, data: bytes) -> None:
        self._scan = scan_of(data)
        self.update()

    def choose(self, name: str) -> None:
        """Choose a field; nothing is told."""
        self.name = name
        self._say()

    def scale(self) -> float:
        """Return how many pixels a millimetre is."""
        if self.draft is None:
            return 1.0
        sheet, at = self.draft.layout.sheet, look().at
        across = max(self.width() - 2 * at.medium, 1) / sheet.width
        return min(across, max(self.height() - 2 * at.medium, 1) / sheet.height)

    def dpi(self) -> float:
        """Return how finely a page has to be drawn to fill the paper dot by dot."""
        return min(max(self.scale() * 25.4 * self.devicePixelRatioF(), _LEAST_DPI), _MOST_DPI)

    def area(self, name: str) -> QRectF:
        """Return where the box of a field lies on the widget."""
        assert self.draft is not None
        box = self.draft.places()[name].box
        return self._on_widget(QRectF(box.x, box.y, box.width, box.height))

    def _corner(self) -> QPointF:
        assert self.draft is not None
        sheet, scale = self.draft.layout.sheet, self.scale()
        return QPointF((self.width() - sheet.width * scale) / 2, (self.height() - sheet.height * scale) / 2)

    def _on_widget(self, area: QRectF) -> QRectF:
        corner, scale = self._corner(), self.scale()
        return QRectF(
            corner.x() + area.x() * scale,
            corner.y() + area.y() * scale,
            area.width() * scale,
            area.height() * scale,
        )

    def _at(self, point: QPointF) -> str:
        """Return the smallest box under a point, or an empty name."""
        assert self.draft is not None
        at = look().at
        under = [
            (area.width() * area.height(), name)
            for name in self.draft.places()
            if (area := self.area(name).adjusted(-at.tiny, -at.tiny, at.tiny, at.tiny)).contains(point)
        ]
        return min(under)[1] if under else ""

    def _handle(self) -> QRectF:
        at = look().at
        corner = self.area(self.name).bottomRight()
        return QRectF(corner.x() - at.close, corner.y() - at.close, 2 * at.close, 2 * at.close)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.draft is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        self._sizing = bool(self.name) and self._handle().contains(point)
        if not self._sizing:
            self.name = self._at(point)
            self.chosen.emit(self.name)
            self._say()
        self._grip = point if self.name and self.may_change else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.draft is None:
            return
        if self._grip is None:
            over = bool(self.name) and self._handle().contains(event.position())
            self.setCursor(Qt.CursorShape.SizeFDiagCursor if over else Qt.CursorShape.ArrowCursor)
            return
        scale = self.scale()
        right = (event.position().x() - self._grip.x()) / scale
        down = (event.position().y() - self._grip.y()) / scale
        box = self.draft.own_place(self.name).box
        if self._sizing:
            width = max(1.0, round(box.width + right, 1))
            self._ghost = QRectF(box.x, box.y, width, max(1.0, round(box.height + down, 1)))
        else:
            x, y, line_x, line_y = self.draft.snapped(self.name, box.x + right, box.y + down)
            self._guides = (line_x, line_y)
            self._ghost = QRectF(x, y, box.width, box.height)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        ghost, self._ghost, self._grip = self._ghost, None, None
        self._guides = (None, None)
        if ghost is None or self.draft is None:
            return
        box = self.draft.own_place(self.name).box
        if self._sizing:
            self.draft.widen(self.name, ghost.width() - box.width, ghost.height() - box.height)
        else:
            self.draft.move(self.name, ghost.x() - box.x, ghost.y() - box.y)
        self._has_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a tenth, with Shift by a millimetre, with Ctrl they size; page keys go on."""
        key = Qt.Key(event.key())
        if self.draft is None:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            names = list(self.draft.places())
            step = 1 if key == Qt.Key.Key_PageDown else -1
            here = names.index(self.name) + step if self.name in names else 0
            self.name = names[here % len(names)]
            self.chosen.emit(self.name)
            self._say()
        elif key in _ARROWS and self.name and self.may_change:
            held = event.modifiers()
            step_mm = 1.0 if held & Qt.KeyboardModifier.ShiftModifier else STEP_MM
            right, down = (part * step_mm for part in _ARROWS[key])
            if held & Qt.KeyboardModifier.ControlModifier:
                self.draft.widen(self.name, right, down)
            else:
                self.draft.move(self.name, right, down)
            self._has_changed()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.colour("sunken"))
        if self.draft is not None:
            sheet = self.draft.layout.sheet
            paper = self._on_widget(QRectF(0, 0, sheet.width, sheet.height))
            painter.fillRect(paper, Qt.GlobalColor.white)
            draw_on_form(painter, paper, self._scan, self._page)
            painter.setPen(QPen(now.colour("border_control"), now.at.hair))
            painter.drawRect(paper)
            self._draw_boxes(painter)
        painter.end()

    def _draw_boxes(self, painter: QPainter) -> None:
        assert self.draft is not None
        now = look()
        broken = {fault.table for fault in self.draft.layout.faults()}
        for name in self.draft.places():
            is_chosen = name == self.name
            role = "danger" if name in broken else "accent" if is_chosen else "muted"
            style = Qt.PenStyle.SolidLine if is_chosen or name in broken else Qt.PenStyle.DotLine
            painter.setPen(QPen(now.colour(role), now.at.frame if is_chosen else now.at.hair, style))
            ghost = self._ghost if is_chosen else None
            painter.drawRect(self._on_widget(ghost) if ghost is not None else self.area(name))
        if self.name and self.hasFocus() and self._ghost is None:
            painter.fillRect(self._handle(), now.colour("accent"))
        self._draw_guides(painter)

    def _draw_guides(self, painter: QPainter) -> None:
        assert self.draft is not None
        painter.setPen(QPen(look().colour("accent"), look().at.hair, Qt.PenStyle.DashLine))
        sheet = self.draft.layout.sheet
        x, y = self._guides
        if x is not None:
            line = self._on_widget(QRectF(x, 0, 0, sheet.height))
            painter.drawLine(line.topLeft(), line.bottomLeft())
        if y is not None:
            line = self._on_widget(QRectF(0, y, sheet.width, 0))
            painter.drawLine(line.topLeft(), line.topRight())

    def _has_changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if self.draft is not None and self.name in self.draft.places():
            box = self.draft.places()[self.name].box
            said = f"{label_of(self.name)}：左 {box.x:g}、上 {box.y:g} 毫米"
        else:
            said = "没有选中字段；按 PageDown 选下一个"
        self.setAccessibleDescription(said)
        self.update()
