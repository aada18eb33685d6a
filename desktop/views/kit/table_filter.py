"""The filter of a column: values to tick, how many each has, and what remains before one presses."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
)

from desktop.views.kit.arrange import box, column, hold, row, rule
from desktop.views.kit.buttons import LinkButton, SmallPrimaryButton
from desktop.views.kit.chips import ChipText, paint_chip
from desktop.views.kit.choice_list import begins, fits
from desktop.views.kit.combo_box import MOST_AT_A_GLANCE, ComboBox
from desktop.views.kit.drawing import RIGHT, centred, rounded, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.popover import Popover
from desktop.views.kit.table_columns import paint_tick
from desktop.views.kit.table_source import Value, words_of
from desktop.views.kit.typing_line import SpelledLine
from desktop.views.kit.words import Words

ALL, SEVERAL = "全部", "{} 项"

_CODE = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class ValueFilter(ComboBox):
    """Looks like a list that opens; what opens lets one tick several values."""

    chosen = Signal(str)
    opening = Signal()

    def __init__(
        self,
        title: str,
        values: Sequence[Value],
        unit: str = "",
        *,
        everything: str = ALL,
        several: str = SEVERAL,
        size: str = "cell",
    ) -> None:
        """Say ``several`` where there is no room to name the first value."""
        super().__init__(size=size)
        self._several = several
        self._everything = everything
        self._words = {code: words_of(shown) for code, shown in values}
        self._ticked: tuple[str, ...] = ()
        self.sheet = ValueSheet(title, values, unit)
        self.addItem(everything)

        self.sheet.decided.connect(self._decided)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The codes that are filtered by; none where everything is shown."""
        return self._ticked

    def set_values(self, values: Sequence[Value]) -> None:
        """Offer other values; what is ticked and still offered stays, and nothing changes under a hand."""
        told = {code: words_of(shown) for code, shown in values}
        if told == self._words or self.sheet.isVisible():
            return
        self._words = told
        self.sheet.set_values(values)
        self.show_value(",".join(self._ticked))

    def showPopup(self) -> None:
        self.opening.emit()
        self.sheet.open_with(self._ticked)
        self.sheet.open_below(self)
        self.sheet.take_focus()

    def show_value(self, value: str) -> None:
        """Show a filter that was set elsewhere; codes stand between commas."""
        self._ticked = tuple(code for code in value.split(",") if code in self._words)
        self._say_ticked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_ticked()

    def _say_ticked(self) -> None:
        """Name the first value and how many there are, or only that where the cell is narrow."""
        named = [self._words[code] for code in self._ticked]
        text = named[0] if named else self._everything
        if len(named) > 1:
            text = f"{named[0]}等 {len(named)} 项"
            if self.fontMetrics().horizontalAdvance(text) > self._room():
                text = self._several.format(len(named))
        self.setItemText(0, text)
        self.setToolTip("、".join(named))

    def _room(self) -> int:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        kind, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(kind, option, field, self).width() - 2 * look().at.hair

    def _decided(self, value: str) -> None:
        self.show_value(value)
        self.chosen.emit(value)


class ValueSheet(Popover):
    """Ticks, values, counts; a list longer than a glance is typed into. The button says what remains."""

    decided = Signal(str)

    def __init__(self, title: str, values: Sequence[Value], unit: str) -> None:
        super().__init__()
        self._unit = unit
        self._counts: Mapping[str, int] | None = None
        self.line = SpelledLine()
        self.line.setPlaceholderText("打字或首字母查找")
        self.line.setAccessibleName(f"查找{title}")
        self.list = QListWidget()
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(f"{title}，可多选")
        self._nothing = Words(role="muted", wraps=True)
        self._clear_button = LinkButton("清除")
        self._apply_button = SmallPrimaryButton("筛选", shortcut="Enter", key_only=True)

        head = Words(f"{title}　可多选，空格勾选", size="type_caption", role="muted")
        self.setLayout(
            column(
                hold(
                    box(column(head, self.line, self._nothing, self.list, margins="medium small")),
                    width="chooser",
                ),
                rule(),
                box(row(self._clear_button, None, self._apply_button, margins="medium small")),
                gap="none",
                margins="hair",
            )
        )
        self.set_values(values)

        self.line.installEventFilter(self)
        self.list.installEventFilter(self)
        self.line.spelled.connect(self._narrow)
        self.line.stepped.connect(self._step)
        self.list.itemChanged.connect(self._say_rest)
        self._clear_button.clicked.connect(self._clear_pressed)
        self._apply_button.clicked.connect(self.apply)

    def set_values(self, values: Sequence[Value]) -> None:
        """Offer these values, none of them ticked."""
        self.list.clear()
        self.list.setItemDelegate(_ValueLine(dict(values), self.list))
        for code, shown in values:
            item = QListWidgetItem(words_of(shown), self.list)
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.line.setVisible(len(values) > MOST_AT_A_GLANCE)

    def open_with(self, ticked: Sequence[str]) -> None:
        """Tick what is filtered now; the counts come later."""
        self._counts = None
        self.line.clear()
        self.list.blockSignals(True)
        for item in self._items():
            is_ticked = item.data(_CODE) in ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            item.setData(_COUNT, None)
        self.list.blockSignals(False)
        at = look().at
        most = min(at.chooser_height, self.screen().availableGeometry().height() // 2)
        self.list.setFixedHeight(min(self.list.count() * at.row_grid + 2 * at.hair, most))
        self._narrow("")
        self._say_rest()

    def take_focus(self) -> None:
        """Put the keyboard where one types, or into the list where it is short."""
        (self.line if self.line.isVisible() else self.list).setFocus(Qt.FocusReason.PopupFocusReason)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Put beside each value how many records it has."""
        self._counts = counts
        self.list.blockSignals(True)
        for item in self._items():
            item.setData(_COUNT, counts.get(str(item.data(_CODE)), 0))
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._say_rest()

    def apply(self) -> None:
        """Filter by what is ticked; what was typed and not ticked yet is meant too."""
        if self.line.text().strip():
            self._tick_current(Qt.CheckState.Checked)
        self.close()
        self.decided.emit(",".join(self._ticked()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.line and self.line.is_composing:
            return event.key() == Qt.Key.Key_Space  # it belongs to the input method, as Enter does
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.apply()
                return True
            case Qt.Key.Key_Space if watched is self.line:
                self._tick_current(None)
                return True
        return super().eventFilter(watched, event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _ticked(self) -> list[str]:
        return [str(item.data(_CODE)) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def _narrow(self, typed: str) -> None:
        """Leave the lines that have what was typed, and go to the one that begins with it."""
        fitting = [item for item in self._items() if fits(item.text(), typed)]
        for item in self._items():
            item.setHidden(item not in fitting)
        best = next((item for item in fitting if begins(item.text(), typed)), None)
        self.list.setCurrentRow(self.list.row(best or fitting[0]) if fitting else -1)
        self._nothing.setText(f"列表里没有“{typed.strip()}”，请改一改，可只打首字母。")
        self._nothing.setVisible(not fitting)

    def _step(self, by: int) -> None:
        shown = [item for item in self._items() if not item.isHidden()]
        current = self.list.currentItem()
        if shown:
            place = shown.index(current) + by if current in shown else 0
            self.list.setCurrentItem(shown[min(max(place, 0), len(shown) - 1)])

    def _tick_current(self, state: Qt.CheckState | None) -> None:
        """Tick the line that is marked, or untick it; the next value can be typed at once."""
        if self.list.currentRow() < 0:
            return
        item = self.list.currentItem()
        is_ticked = item.checkState() == Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked
        item.setCheckState(other if state is None else state)
        if self.line.text():
            self.line.clear()
            self._narrow("")
            self.list.setCurrentItem(item)

    def _say_rest(self) -> None:
        ticked = self._ticked()
        if self._counts is None or not self._unit:
            self._apply_button.setText("筛选")
            return
        rest = sum(self._counts.get(code, 0) for code in ticked) if ticked else sum(self._counts.values())
        self._apply_button.setText(f"筛出 {rest:,} {self._unit}")

    def _clear_pressed(self) -> None:
        self.line.clear()
        for item in self._items():
            item.setCheckState(Qt.CheckState.Unchecked)
        self.apply()


class _ValueLine(QStyledItemDelegate):
    """Draws a tick, a value and a count."""

    def __init__(self, values: Mapping[str, str | ChipText], parent: QObject) -> None:
        super().__init__(parent)
        self._values = values

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
        inside = area.adjusted(at.check + at.medium + at.tiny, 0, -at.small, 0)
        count, font = index.data(_COUNT), typeface(at.type_body)
        text = "" if count is None else f"{count:,}"
        words(painter, inside, text, now.colour("muted"), font, RIGHT)
        inside.setRight(inside.right() - text_width(font, text) - at.small)
        shown = self._values[str(index.data(_CODE))]
        if isinstance(shown, ChipText):
            paint_chip(painter, inside, shown)
        else:
            words(painter, inside, shown, now.colour("text"), font)
        painter.restore()
