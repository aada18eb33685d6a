"""The paged table: header with filters, rows by pages, column chooser, copying, footer."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.arrange import box, column, hold, row, rule
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.table_columns import ColumnChooser
from desktop.views.kit.table_header import FilterHeader
from desktop.views.kit.table_model import PagedModel
from desktop.views.kit.table_source import (
    Column,
    Counts,
    PageSource,
    Query,
    Remembered,
    TableRow,
    words_of,
)
from desktop.views.kit.table_view import NothingFound, RowView
from desktop.views.kit.words import Words

Index = QModelIndex | QPersistentModelIndex

_COPIED_AT_ONCE = 500
"""Rows asked for at once for the clipboard; between two questions one can cancel."""


class PagedTable(QFrame):
    """Shows any number of records; nothing but the pages somebody looks at is ever loaded."""

    selected = Signal()
    opened = Signal(object)
    query_changed = Signal()
    loaded = Signal()
    failed = Signal(str)
    copied = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        source: PageSource,
        jobs: Jobs,
        remembered: Remembered,
        *,
        unit: str = "条",
        has_ticks: bool = False,
    ) -> None:
        super().__init__()
        self._name = name
        self._source = source
        self._jobs = jobs
        self._remembered = remembered
        self._unit = unit
        self._top = 0
        self._zoom = look().zoom
        self._keep_id: int | str | None = None
        self.model = PagedModel(columns, source, jobs, self)
        self.header = FilterHeader(columns, unit)
        self.view = RowView(self.model, self.header, has_ticks=has_ticks)
        self.chooser = ColumnChooser(columns)
        self._nothing = NothingFound(self.view.viewport())
        self._selected_words = Words(strong=True)
        self._shown_words = Words(role="muted")
        self._note = Words(role="muted")
        self._menu = QMenu(self)
        self._open_action = self._menu.addAction("打开\tEnter")
        self._copy_action = self._menu.addAction("复制所选行\tCtrl+C")
        self._columns_action = self._menu.addAction("选择列…")
        self.setObjectName("panel")

        footer = row(
            self._selected_words, self._shown_words, None, self._note, gap="large", margins="medium none"
        )
        self.setLayout(
            column(
                self.view,
                rule(),
                hold(box(footer, name="footer"), height="table_footer"),
                gap="none",
                margins="hair",
            )
        )
        self._recall()
        self.model.query = self._kept_query()
        self.header.show_sort(self.query.sort, is_descending=self.query.is_descending)
        self.header.show_filters(self.query)

        self.model.loaded.connect(self._rows_arrived)
        self.model.failed.connect(self.failed)
        self.header.sort_asked.connect(self._sort_asked)
        self.header.filter_asked.connect(self._filter_asked)
        self.header.counts_asked.connect(self._counts_asked)
        self.header.sectionResized.connect(self._remember)
        self.header.sectionMoved.connect(self._remember)
        self.chooser.changed.connect(self._columns_chosen)
        self.chooser.reset_asked.connect(self.reset_columns)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.view.verticalScrollBar().valueChanged.connect(self._say_shown)
        self.view.copy_asked.connect(self.copy_selected)
        self.view.opened.connect(self._row_opened)
        self.view.menu_asked.connect(self._menu_asked)
        self._open_action.triggered.connect(self._open_asked)
        self._copy_action.triggered.connect(self.copy_selected)
        self._columns_action.triggered.connect(self._columns_asked)
        self._nothing.clear_asked.connect(self.clear_filters)

    @property
    def query(self) -> Query:
        return self.model.query

    @property
    def count(self) -> int:
        """How many records the filters leave."""
        return self.model.rowCount()

    def ask(self, query: Query) -> None:
        """Show what a query finds, from its first row."""
        self._keep_id = None
        self._top = 0
        self.header.show_sort(query.sort, is_descending=query.is_descending)
        self.header.show_filters(query)
        self.model.ask(query)
        self.query_changed.emit()

    def choose(self, query: Query) -> None:
        """Show what somebody filters or sorts by; the table begins with it the next time."""
        self.ask(query)
        filters = [(key, value) for key, value in query.filters if self._offered(key, value)]
        kept = {"filters": filters, "sort": query.sort, "is_descending": query.is_descending}
        self._remembered.set(f"table/{self._name}/query", json.dumps(kept))

    def refresh(self) -> None:
        """Ask again; the place in the list and the selected record stay where they can."""
        current = self.current_row()
        self._keep_id = current.id if current is not None else None
        self._top = self.view.verticalScrollBar().value()
        # The view scrolls by whole rows, so that the bar's value is the first row that is seen.
        around = self._top if current is None else self.view.currentIndex().row()
        self.model.ask(self.query, around=around)

    def current_row(self) -> TableRow | None:
        """Return the record under the keyboard, if it is loaded (and, without ticks, selected)."""
        index = self.view.currentIndex()
        if not index.isValid():
            return None
        chosen = self.view.selectionModel().isRowSelected(index.row(), QModelIndex())
        return self.model.row(index.row()) if chosen or self.view.ticks is not None else None

    def selected_count(self) -> int:
        return sum(last - first + 1 for first, last in self._spans())

    def selected_rows(self) -> tuple[TableRow, ...]:
        """Return the selected records whose pages are loaded; few people select more than they see."""
        rows = (self.model.row(number) for first, last in self._spans() for number in range(first, last + 1))
        return tuple(found for found in rows if found is not None)

    def set_note(self, text: str) -> None:
        """Put a word at the right of the footer, such as counts by trade."""
        self._note.setText(text)

    def set_empty(self, text: str) -> None:
        """Say what belongs here when there is nothing and no filter is set."""
        self._nothing.text = text

    def clear_filters(self) -> None:
        self.choose(Query(sort=self.query.sort, is_descending=self.query.is_descending))

    def add_action(self, action: QAction) -> None:
        """Add what else can be done with the selected records to the context menu."""
        self._menu.addAction(action)

    def open_chooser(self, anchor: QWidget) -> None:
        """Open the column chooser under a button."""
        self.chooser.show_state(self._order(), self._hidden())
        self.chooser.open_below(anchor, right=True)
        self.chooser.list.setFocus()

    def reset_columns(self) -> None:
        """Show the columns as they were at first."""
        first = tuple(item.key for item in self.model.columns)
        self._arrange_columns(first, frozenset(c.key for c in self.model.columns if not c.is_shown), {})
        self.chooser.show_state(self._order(), self._hidden())
        self._remember()

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard as Excel takes them, with their titles."""
        spans = self._spans()
        if not spans:
            return
        source, query = self._source, self.query
        shown = [section for section in self._sections() if not self.header.isSectionHidden(section)]
        titles = [self.model.columns[section].title for section in shown]

        def collect(progress: Progress) -> tuple[str, int]:
            lines = ["\t".join(titles)]
            total = sum(last - first + 1 for first, last in spans)
            for first, last in spans:
                for offset in range(first, last + 1, _COPIED_AT_ONCE):
                    for found in source.page(query, offset, min(_COPIED_AT_ONCE, last + 1 - offset)):
                        lines.append("\t".join(_flat(words_of(found.cells[section])) for section in shown))
                    progress.step(len(lines) - 1, total)
            return "\n".join(lines), len(lines) - 1

        self._jobs.run(collect, owner=self, done=self._collected, label="复制到剪贴板")

    def rescale(self) -> None:
        """Take heights and widths of a new zoom; called by the kit."""
        ratio, self._zoom = look().zoom / self._zoom, look().zoom
        self.view.fit_rows()
        self.header.blockSignals(True)
        for section in range(self.header.count()):
            if not self.header.isSectionHidden(section):
                self.header.resizeSection(section, round(self.header.sectionSize(section) * ratio))
        self.header.blockSignals(False)
        self.header.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_shown()

    def _collected(self, found: tuple[str, int]) -> None:
        text, rows = found
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(rows)

    def _spans(self) -> list[tuple[int, int]]:
        selection: Iterable[QItemSelectionRange] = iter(self.view.selectionModel().selection())  # type: ignore[call-overload]
        return sorted({(part.top(), part.bottom()) for part in selection})

    def _rows_arrived(self) -> None:
        # Qt lays out later; without it the selected row would be scrolled to from the top.
        self.view.executeDelayedItemsLayout()
        place = self.model.number_of(self._keep_id) if self._keep_id is not None else None
        if place is not None:
            index = self.model.index(place, 0)
            self.view.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        self.view.verticalScrollBar().setValue(self._top)
        self._nothing.show_for(is_empty=self.count == 0, is_filtered=bool(self.query.filters))
        self._selection_changed()
        self._say_shown()
        self.loaded.emit()

    def _sort_asked(self, key: str) -> None:
        self.choose(self.query.sorted_by(key))

    def _filter_asked(self, key: str, value: str) -> None:
        self.choose(self.query.filtered(key, value))

    def _counts_asked(self, key: str) -> None:
        source = self._source
        if not isinstance(source, Counts):
            return
        others = self.query.filtered(key, "")

        def count(progress: Progress) -> tuple[str, Mapping[str, int]]:
            return key, source.counts(others, key)

        self._jobs.run(count, owner=self, done=self._counted)

    def _counted(self, found: tuple[str, Mapping[str, int]]) -> None:
        self.header.show_counts(*found)

    def _selection_changed(self) -> None:
        count = self.selected_count()
        self._selected_words.setText(f"已选 {count} {self._unit}" if count else "")
        self._selected_words.setVisible(bool(count))
        self.view.show_chosen()
        self.selected.emit()

    def _say_shown(self) -> None:
        if not self.count:
            self._shown_words.setText("")
            return
        first = max(self.view.rowAt(0), 0)
        last = self.view.rowAt(self.view.viewport().height() - 1)
        last = self.count - 1 if last < 0 else last
        self._shown_words.setText(f"第 {first + 1}–{last + 1} {self._unit}，共 {self.count:,} {self._unit}")

    def _menu_asked(self, spot: QPoint) -> None:
        self._open_action.setEnabled(self.view.currentIndex().isValid())
        self._copy_action.setEnabled(bool(self.selected_count()))
        self._menu.popup(spot)

    def _open_asked(self) -> None:
        self._row_opened(self.view.currentIndex().row())

    def _columns_asked(self) -> None:
        self.open_chooser(self.header)

    def _row_opened(self, number: int) -> None:
        found = self.model.row(number)
        if found is not None:
            self.opened.emit(found.id)

    def _sections(self) -> list[int]:
        return [self.header.logicalIndex(visual) for visual in range(self.header.count())]

    def _order(self) -> tuple[str, ...]:
        return tuple(self.model.columns[section].key for section in self._sections())

    def _hidden(self) -> frozenset[str]:
        columns = self.model.columns
        return frozenset(c.key for n, c in enumerate(columns) if self.header.isSectionHidden(n))

    def _columns_chosen(self) -> None:
        self._arrange_columns(self.chooser.order(), self.chooser.hidden(), self._widths())
        self._remember()

    def _widths(self) -> dict[str, int]:
        """Return widths at 100 %, of the shown columns."""
        zoom = look().zoom
        return {
            c.key: round(self.header.sectionSize(n) / zoom)
            for n, c in enumerate(self.model.columns)
            if not self.header.isSectionHidden(n)
        }

    def _arrange_columns(self, order: Sequence[str], hidden: frozenset[str], widths: dict[str, int]) -> None:
        at = look().at
        letter = text_width(typeface(at.type_body), "字")
        keys = [item.key for item in self.model.columns]
        known = [key for key in order if key in keys]
        self.header.blockSignals(True)
        for visual, key in enumerate([*known, *(key for key in keys if key not in known)]):
            section = keys.index(key)
            self.header.moveSection(self.header.visualIndex(section), visual)
            width = widths[key] * look().zoom if key in widths else None
            letters = self.model.columns[section].letters
            self.header.setSectionHidden(section, key in hidden)
            self.header.resizeSection(section, round(width or letters * letter + 2 * at.small))
        self.header.blockSignals(False)
        self.header.updateGeometries()
        self.view.doItemsLayout()

    def _remember(self) -> None:
        kept = {"order": self._order(), "hidden": sorted(self._hidden()), "widths": self._widths()}
        self._remembered.set(f"table/{self._name}", json.dumps(kept))

    def _offered(self, key: str, value: str) -> str:
        """Return those values of a filter that its column has; a village may be gone since."""
        known = {code for column in self.model.columns if column.key == key for code, _ in column.choices}
        return ",".join(code for code in value.split(",") if code in known)

    def _kept_query(self) -> Query:
        kept = json.loads(self._remembered.get(f"table/{self._name}/query") or "{}")
        query = Query()
        for key, value in kept.get("filters", ()):
            query = query.filtered(key, self._offered(key, value))
        if kept.get("sort") in {column.key for column in self.model.columns if column.is_sortable}:
            query = replace(query, sort=kept["sort"], is_descending=kept["is_descending"])
        return query

    def _recall(self) -> None:
        kept = self._remembered.get(f"table/{self._name}")
        if kept is None:
            self._arrange_columns((), frozenset(c.key for c in self.model.columns if not c.is_shown), {})
            return
        found = json.loads(kept)
        self._arrange_columns(found["order"], frozenset(found["hidden"]), found["widths"])


def _flat(text: str) -> str:
    """Return words that stay in one cell when they are pasted."""
    return " ".join(text.split())
