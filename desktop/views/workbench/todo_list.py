"""接下来办什么: one line for each thing to do, opened by Enter, a press on its verb, or two clicks."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.today import ToDo
from desktop.views.kit.chips import chip_width, paint_chip
from desktop.views.kit.drawing import RIGHT, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.workbench.todo_words import chip_of, text_of, verb_of

Index = QModelIndex | QPersistentModelIndex


class ToDoModel(QAbstractListModel):
    """The things to do, for the list and for screen readers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[ToDo] = ()
        self.today = date.min

    def show(self, rows: Sequence[ToDo], today: date) -> None:
        """Show these instead of what is there."""
        self.beginResetModel()
        self.rows, self.today = rows, today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        one = self.rows[index.row()]
        said = (chip_of(one, self.today).word, one.title, one.village, text_of(one), verb_of(one))
        return "，".join(filter(None, said))


class ToDoDelegate(QStyledItemDelegate):
    """Draws one line: chip, name, village, what it is about, verb."""

    def __init__(self, model: ToDoModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        at = look().at
        return QSize(at.column, at.row_register + at.bar)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        at = now.at
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state)
        one = self._model.rows[index.row()]
        chips, name, village = self._columns(area.width())
        left = area.left() + at.medium
        body = area.adjusted(0, 0, 0, -at.hair)
        paint_chip(painter, QRectF(left, body.top(), chips, body.height()), chip_of(one, self._model.today))
        left += chips + at.large
        strong, plain = typeface(at.type_body, strong=True), typeface(at.type_body)
        text, muted = now.colour("text"), now.colour("muted")
        words(painter, QRectF(left, body.top(), name, body.height()), one.title, text, strong)
        left += name + at.small
        words(painter, QRectF(left, body.top(), village, body.height()), one.village, muted, plain)
        left += village + at.small
        verb = verb_of(one)
        verb_width = text_width(plain, verb) + at.tiny
        right = area.right() - at.medium
        rest = QRectF(left, body.top(), right - verb_width - at.small - left, body.height())
        words(painter, rest, text_of(one), text, plain)
        link = QRectF(right - verb_width, body.top(), verb_width, body.height())
        words(painter, link, verb, now.colour("accent_text"), plain, RIGHT)
        if state & QStyle.StateFlag.State_HasFocus:
            half = at.frame / 2
            painter.setPen(QPen(now.colour("accent_text"), at.frame))
            painter.drawRect(area.adjusted(half, half, -half, -half - at.hair))
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRectF, state: QStyle.StateFlag) -> None:
        now = look()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, now.colour("selection"))
            painter.fillRect(
                QRectF(area.left(), area.top(), now.at.bar, area.height()), now.colour("accent_text")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, now.colour("hover"))
        line = QRectF(area.left(), area.bottom() - now.at.hair, area.width(), now.at.hair)
        painter.fillRect(line, now.colour("border"))

    def _columns(self, width: float) -> tuple[float, float, float]:
        """Return the widths of chip, name and village: the same in all lines, so that they align."""
        at = look().at
        chips = max((chip_width(chip_of(one, self._model.today)) for one in self._model.rows), default=0)
        strong, plain = typeface(at.type_body, strong=True), typeface(at.type_body)
        name = max((text_width(strong, one.title) for one in self._model.rows), default=0) + at.tiny
        village = max((text_width(plain, one.village) for one in self._model.rows), default=0) + at.tiny
        return chips, min(name, width * 0.26), min(village, width * 0.14)


class ToDoList(QListView):
    """The lines; as high as they are, so that the page scrolls and not the list."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = ToDoModel(self)
        self.setModel(self._model)
        self.setItemDelegate(ToDoDelegate(self._model))
        self.setAccessibleName("接下来办什么")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[ToDo], today: date) -> None:
        """Show these things to do; the chosen one stays chosen where it is still there."""
        at_row = self.currentIndex().row()
        self._model.show(rows, today)
        if rows:
            self.setCurrentIndex(self._model.index(min(max(at_row, 0), len(rows) - 1)))
        self.updateGeometry()

    @property
    def rows(self) -> Sequence[ToDo]:
        return self._model.rows

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.text_line, len(self._model.rows) * (at.row_register + at.bar))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().at.side_pane, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            at = look().at
            verb = text_width(typeface(at.type_body), verb_of(self._model.rows[index.row()]))
            if event.position().x() > self.viewport().width() - verb - 2 * at.medium:
                self._open(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.rows[index.row()])
