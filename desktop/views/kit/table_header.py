"""The header of a table: titles that sort, and a row of filters under them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView

from desktop.views.kit import icons
from desktop.views.kit.arrange import rule
from desktop.views.kit.drawing import LEFT, RIGHT, centred, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.table_filter import ValueFilter
from desktop.views.kit.table_source import Column, Query


class FilterHeader(QHeaderView):
    """Draws its own titles; a click on one asks to sort, the fields below ask to filter."""

    sort_asked = Signal(str)
    filter_asked = Signal(str, str)
    counts_asked = Signal(str)

    def __init__(self, columns: Sequence[Column], unit: str = "条") -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._columns = tuple(columns)
        self._unit = unit
        self._sort = ""
        self._is_descending = False
        self._editors: dict[int, ValueFilter] = {}
        self._line = rule()
        self._line.setParent(self)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        for section, column in enumerate(self._columns):
            if column.choices:
                self._add_editor(section, column)

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
            editor.show_value(query.value(str(editor.property("column"))))

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
        editor = ValueFilter(column.title, column.choices, "" if column.can_overlap else self._unit)
        editor.setProperty("column", column.key)
        editor.setAccessibleName(f"按{column.title}筛选")
        editor.setParent(self)
        self._editors[section] = editor

        editor.opening.connect(self._values_opening)
        editor.chosen.connect(self._values_chosen)

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

    def show_counts(self, key: str, counts: Mapping[str, int]) -> None:
        """Hand counts to the filter that has asked for them."""
        for editor in self._editors.values():
            if editor.property("column") == key:
                editor.sheet.show_counts(counts)

    def _values_opening(self) -> None:
        self.counts_asked.emit(str(self.sender().property("column")))

    def _values_chosen(self, value: str) -> None:
        self.filter_asked.emit(str(self.sender().property("column")), value)
