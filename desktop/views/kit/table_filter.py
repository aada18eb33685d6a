"""The filter of a status column: chips to tick, how many each has, and what remains before one presses."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.views.kit.arrange import box, column, hold, row, rule
from desktop.views.kit.buttons import LinkButton, SmallPrimaryButton
from desktop.views.kit.chips import ChipText, paint_chip
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.drawing import RIGHT, centred, rounded, words
from desktop.views.kit.look import look, typeface
from desktop.views.kit.popover import Popover
from desktop.views.kit.table_columns import paint_tick
from desktop.views.kit.words import Words

ALL = "全部"

_CODE = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class ChipFilter(ComboBox):
    """Looks like a list that opens; what opens lets one tick several chips."""

    chosen = Signal(str)
    opening = Signal()

    def __init__(self, title: str, chips: Sequence[tuple[str, ChipText]], unit: str) -> None:
        super().__init__(size="cell")
        self._chips = dict(chips)
        self._ticked: tuple[str, ...] = ()
        self.sheet = ChipSheet(title, chips, unit)
        self.addItem(ALL)

        self.sheet.decided.connect(self._decided)

    def showPopup(self) -> None:
        self.opening.emit()
        self.sheet.open_with(self._ticked)
        self.sheet.open_below(self)
        self.sheet.list.setFocus()

    def show_value(self, value: str) -> None:
        """Show a filter that was set elsewhere; codes stand between commas."""
        self._ticked = tuple(code for code in value.split(",") if code in self._chips)
        match self._ticked:
            case ():
                text = ALL
            case (only,):
                text = self._chips[only].word
            case several:
                text = f"{self._chips[several[0]].word}等 {len(several)} 种"
        self.setItemText(0, text)
        self.setToolTip("、".join(self._chips[code].word for code in self._ticked))

    def _decided(self, value: str) -> None:
        self.show_value(value)
        self.chosen.emit(value)


class ChipSheet(Popover):
    """Ticks, chips, counts; the button says how many records remain."""

    decided = Signal(str)

    def __init__(self, title: str, chips: Sequence[tuple[str, ChipText]], unit: str) -> None:
        super().__init__()
        self._unit = unit
        self._counts: Mapping[str, int] | None = None
        self.list = QListWidget()
        self.list.setItemDelegate(_ChipLine(dict(chips), self.list))
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(f"{title}，可多选")
        self.list.installEventFilter(self)
        for code, chip in chips:
            item = QListWidgetItem(chip.word, self.list)
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self._clear_button = LinkButton("清除")
        self._apply_button = SmallPrimaryButton("筛选", shortcut="Enter")

        head = Words(f"{title}　可多选", size="type_caption", role="muted")
        self.setLayout(
            column(
                hold(box(column(head, self.list, margins="medium small")), width="chooser"),
                rule(),
                box(row(self._clear_button, None, self._apply_button, margins="medium small")),
                gap="none",
                margins="hair",
            )
        )

        self.list.itemChanged.connect(self._say_rest)
        self._clear_button.clicked.connect(self._clear_pressed)
        self._apply_button.clicked.connect(self.apply)

    def open_with(self, ticked: Sequence[str]) -> None:
        """Tick what is filtered now; the counts come later."""
        self._counts = None
        self.list.blockSignals(True)
        for item in self._items():
            is_ticked = item.data(_CODE) in ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            item.setData(_COUNT, None)
        self.list.blockSignals(False)
        self.list.setFixedHeight(min(self.list.count() * look().at.row_grid, look().at.chooser_height))
        self.list.setCurrentRow(0)
        self._say_rest()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Put beside each chip how many records it has."""
        self._counts = counts
        self.list.blockSignals(True)
        for item in self._items():
            item.setData(_COUNT, counts.get(str(item.data(_CODE)), 0))
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._say_rest()

    def apply(self) -> None:
        """Filter by what is ticked."""
        self.close()
        self.decided.emit(",".join(self._ticked()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in keys:
            self.apply()
            return True
        return super().eventFilter(watched, event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _ticked(self) -> list[str]:
        return [str(item.data(_CODE)) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def _say_rest(self) -> None:
        ticked = self._ticked()
        if self._counts is None:
            self._apply_button.setText("筛选")
            return
        rest = sum(self._counts.get(code, 0) for code in ticked) if ticked else sum(self._counts.values())
        self._apply_button.setText(f"筛出 {rest:,} {self._unit}")

    def _clear_pressed(self) -> None:
        for item in self._items():
            item.setCheckState(Qt.CheckState.Unchecked)
        self.apply()


class _ChipLine(QStyledItemDelegate):
    """Draws a tick, a chip and a count."""

    def __init__(self, chips: Mapping[str, ChipText], parent: QObject) -> None:
        super().__init__(parent)
        self._chips = chips

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look().at.column, look().at.row_grid)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        at = now.at
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            rounded(painter, area, at.radius, fill=now.colour("selection"), line=None)
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        paint_tick(painter, centred(area, area.left() + at.tiny, at.check, at.check), is_ticked=is_ticked)
        chip_area = area.adjusted(at.check + at.medium + at.tiny, 0, 0, 0)
        paint_chip(painter, chip_area, self._chips[str(index.data(_CODE))])
        count = index.data(_COUNT)
        text = "" if count is None else f"{count:,}"
        words(
            painter,
            area.adjusted(0, 0, -at.small, 0),
            text,
            now.colour("muted"),
            typeface(at.type_body),
            RIGHT,
        )
        painter.restore()
