"""The column chooser: which columns are shown and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.views.kit import icons
from desktop.views.kit.arrange import box, column, hold, row, rule
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.drawing import centred, rounded, words
from desktop.views.kit.look import look, typeface
from desktop.views.kit.popover import Popover
from desktop.views.kit.table_source import Column
from desktop.views.kit.words import Words


class ColumnChooser(Popover):
    """Ticks and handles, one line for each column; Space ticks, Alt+↑ and Alt+↓ move."""

    changed = Signal()
    reset_asked = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = {item.key: item for item in columns}
        self.list = _ColumnList()
        self.list.setItemDelegate(_LineDelegate(self.list))
        self._reset_button = LinkButton("恢复默认")
        self._count = Words(size="type_caption", role="muted")

        self.setLayout(
            column(
                hold(box(column(self.list, margins="small")), width="chooser"),
                rule(),
                box(row(self._reset_button, None, self._count, margins="medium small")),
                gap="none",
                margins="hair",
            )
        )

        self.list.itemChanged.connect(self._item_changed)
        self.list.model().rowsMoved.connect(self._item_changed)
        self._reset_button.clicked.connect(self.reset_asked)

    def show_state(self, order: Sequence[str], hidden: frozenset[str]) -> None:
        """Fill the list from what the table shows now."""
        self.list.blockSignals(True)
        self.list.clear()
        for key in order:
            item = QListWidgetItem(self._columns[key].title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if key in hidden else Qt.CheckState.Checked)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(min(len(order) * look().at.row_grid, look().at.chooser_height))
        self._say_count()

    def order(self) -> tuple[str, ...]:
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in self._items())

    def hidden(self) -> frozenset[str]:
        return frozenset(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() == Qt.CheckState.Unchecked
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _item_changed(self) -> None:
        self._say_count()
        self.changed.emit()

    def _say_count(self) -> None:
        shown = self.list.count() - len(self.hidden())
        self._count.setText(f"显示 {shown} / {self.list.count()} 列，按本人记住")


class _ColumnList(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setMouseTracking(True)
        self.setAccessibleName("显示哪些列")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        here = self.currentRow()
        there = here + step
        if 0 <= there < self.count():
            # Qt names the row before which the moved one shall stand.
            self.model().moveRow(QModelIndex(), here, QModelIndex(), there + (1 if step > 0 else 0))
            self.setCurrentRow(there)


class _LineDelegate(QStyledItemDelegate):
    """Draws a tick, the name of the column and a handle."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look().at.column, look().at.row_grid)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        now = look()
        at = now.at
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            rounded(painter, area, at.radius, fill=now.colour("selection"), line=None)
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        tick = centred(area, area.left() + at.tiny, at.check, at.check)
        paint_tick(painter, tick, is_ticked=is_ticked)
        text = area.adjusted(at.check + at.medium + at.tiny, 0, -at.icon - at.small, 0)
        words(painter, text, str(index.data()), now.colour("text"), typeface(at.type_body))
        handle = centred(area, area.right() - at.icon - at.tiny, at.icon_chip, at.icon_chip)
        icons.paint(painter, "grip-vertical", "muted", handle)
        painter.restore()


def paint_tick(painter: QPainter, area: QRectF, *, is_ticked: bool) -> None:
    """Draw a check box."""
    now = look()
    at = now.at
    if not is_ticked:
        rounded(
            painter,
            area,
            at.radius_check,
            fill=now.colour("raised"),
            line=now.colour("border_control"),
            width=at.hair,
        )
        return
    rounded(painter, area, at.radius_check, fill=now.colour("accent"), line=None)
    icons.paint(painter, "check", "on_accent", area.adjusted(at.frame, at.frame, -at.frame, -at.frame))
