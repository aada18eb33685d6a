"""The header of a table: titles that sort, and a row of filters under them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.views.kit import icons
from desktop.views.kit.arrange import rule
from desktop.views.kit.drawing import LEFT, RIGHT, centred, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.table_filter import ValueFilter
from desktop.views.kit.table_source import Column, Query
from desktop.views.kit.typing_line import TypingLine

PAUSE_MS = 180
"""How long nobody types before the filter asks: shorter than a thought, longer than a keystroke."""


class FilterHeader(QHeaderView):
    """Draws its own titles; a click on one asks to sort, the fields below ask to filter."""

    sort_asked = Signal(str)
    filter_asked = Signal(str, str)
    left_below = Signal()
    counts_asked = Signal(str)

    def __init__(self, columns: Sequence[Column], unit: str = "条") -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._columns = tuple(columns)
        self._unit = unit
        self._sort = ""
        self._is_descending = False
        self._editors: dict[int, QWidget] = {}
        self._typed: dict[str, str] = {}
        self._line = rule()
        self._line.setParent(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        for section, column in enumerate(self._columns):
            self._add_editor(section, column)

        self._pause.timeout.connect(self._ask_typed)
        self.sectionClicked.connect(self._section_clicked)
        self.sectionResized.connect(self._place_editors)
        self.sectionMoved.connect(self._place_editors)

    @property
    def has_filters(self) -> bool:
        return bool(self._editors)

    def show_sort(self, key: str, *, is_descending: bool) -> None:
        """Draw the arrow beside the sorted column."""
        self._sort, self._is_descending = key, is_descending
        self.viewport().update()

    def show_filters(self, query: Query) -> None:
        """Show in the fields what a query asks for, without asking again."""
        for editor in self._editors.values():
            key = str(editor.property("column"))
            if key in self._typed:
                # Somebody is typing there and has not been asked for yet.
                continue
            value = query.value(key)
            was_blocked = editor.blockSignals(True)
            if isinstance(editor, TypingLine) and editor.text().strip() != value:
                editor.setText(value)
            elif isinstance(editor, ValueFilter):
                editor.show_value(value)
            editor.blockSignals(was_blocked)
            editor.update()

    def clear_filters(self) -> None:
        """Empty every field without asking; who calls this asks once."""
        self._typed.clear()
        self._pause.stop()
        self.show_filters(Query())

    def focus_first(self) -> None:
        """Put the keyboard into the first filter that is seen."""
        for visual in range(self.count()):
            editor = self._editors.get(self.logicalIndex(visual))
            if editor is not None and editor.isVisible():
                editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(super().sizeHint().width(), at.header + (at.filter_row if self.has_filters else 0))

    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, look().at.filter_row if self.has_filters else 0)
        super().updateGeometries()
        self._place_editors()

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        now = look()
        at = now.at
        area = QRectF(rect)
        painter.fillRect(area, now.colour("sunken"))
        painter.fillRect(
            QRectF(area.right() - at.hair, area.top(), at.hair, area.height()), now.colour("border")
        )
        painter.fillRect(
            QRectF(area.left(), area.bottom() - at.hair, area.width(), at.hair), now.colour("border")
        )
        column = self._columns[logical]
        font = typeface(at.type_body, strong=True)
        inside = area.adjusted(at.small, 0, -at.small, 0)
        if column.key == self._sort:
            inside.setRight(inside.right() - at.icon_chip - at.tiny)
        words(painter, inside, column.title, now.colour("text"), font, RIGHT if column.is_number else LEFT)
        if column.key == self._sort:
            width = min(text_width(font, column.title), inside.width())
            left = inside.right() if column.is_number else inside.left() + width
            arrow = "arrow-down" if self._is_descending else "arrow-up"
            icons.paint(painter, arrow, "muted", centred(area, left + at.tiny, at.icon_chip, at.icon_chip))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._place_editors()

    def _add_editor(self, section: int, column: Column) -> None:
        editor: QWidget
        if column.choices:
            editor = ValueFilter(column.title, column.choices, "" if column.can_overlap else self._unit)
            editor.setProperty("column", column.key)
            editor.opening.connect(self._values_opening)
            editor.chosen.connect(self._values_chosen)
        elif column.has_text_filter:
            editor = TypingLine()
            editor.setProperty("column", column.key)
            editor.textChanged.connect(self._text_typed)
            editor.entered.connect(self.left_below)
        else:
            return
        editor.setProperty("fit", "cell")
        editor.setAccessibleName(f"按{column.title}筛选")
        editor.setParent(self)
        self._editors[section] = editor

    def _place_editors(self) -> None:
        at = look().at
        self._line.setGeometry(at.none, self.height() - at.hair, self.width(), at.hair)
        top = at.header + (at.filter_row - at.control_cell) // 2
        for section, editor in self._editors.items():
            editor.setVisible(not self.isSectionHidden(section) and section < self.count())
            editor.setGeometry(
                self.sectionViewportPosition(section) + at.tiny,
                top,
                max(self.sectionSize(section) - 2 * at.tiny, 0),
                at.control_cell,
            )

    def _section_clicked(self, logical: int) -> None:
        if self._columns[logical].is_sortable:
            self.sort_asked.emit(self._columns[logical].key)

    def _text_typed(self, text: str) -> None:
        self._typed[str(self.sender().property("column"))] = text.strip()
        self._pause.start()

    def show_counts(self, key: str, counts: Mapping[str, int]) -> None:
        """Hand counts to the filter that has asked for them."""
        for editor in self._editors.values():
            if isinstance(editor, ValueFilter) and editor.property("column") == key:
                editor.sheet.show_counts(counts)

    def _values_opening(self) -> None:
        self.counts_asked.emit(str(self.sender().property("column")))

    def _values_chosen(self, value: str) -> None:
        self.filter_asked.emit(str(self.sender().property("column")), value)

    def _ask_typed(self) -> None:
        typed, self._typed = self._typed, {}
        for key, text in typed.items():
            self.filter_asked.emit(key, text)
