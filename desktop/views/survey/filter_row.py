"""The filters in force as words that can be taken away one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.kit.buttons import LinkButton, SmallButton
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.table_source import Column, Query, words_of
from desktop.views.kit.words import IconMark
from desktop.views.survey.register_source import SEARCH

MOST_NAMED = 2
"""How many values of a filter are named before the rest is only counted."""


class FilterRow(QWidget):
    """One button for each filter; pressing it takes the filter away."""

    asked = Signal(object)

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = columns
        self._query = Query()
        self._mark = IconMark("list-filter")
        self._buttons = {column.key: _FilterButton(column.key) for column in columns if column.choices}
        self._clear = LinkButton("全部清除")

        flow = FlowLayout(gap="small")
        for part in (self._mark, *self._buttons.values(), self._clear):
            flow.addWidget(part)
        self.setLayout(flow)
        self.show_query(Query())

        for button in self._buttons.values():
            button.clicked.connect(self._pressed)
        self._clear.clicked.connect(self._clear_pressed)

    def show_query(self, query: Query) -> None:
        """Show the filters of a query; what is typed as a search stands in the search field already."""
        self._query = query
        for column in self._columns:
            if column.choices:
                asked = query.values(column.key)
                named = [words_of(shown) for code, shown in column.choices if code in asked]
                self._buttons[column.key].say(column.title, named)
                self._buttons[column.key].setVisible(bool(asked))
        self.setVisible(any(key != SEARCH for key, _ in query.filters))

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, _FilterButton):
            self.asked.emit(self._query.filtered(button.key, ""))

    def _clear_pressed(self) -> None:
        asked = self._query
        for button in self._buttons.values():
            asked = asked.filtered(button.key, "")
        self.asked.emit(asked)


class _FilterButton(SmallButton):
    def __init__(self, key: str) -> None:
        super().__init__("", "x", icon_after=True)
        self.key = key

    def say(self, title: str, named: Sequence[str]) -> None:
        """Name what is filtered by; many values are counted, and all of them named in the hint."""
        several = f"等 {len(named)} 项" if len(named) > MOST_NAMED else ""
        self.setText(f"{title}：{'、'.join(named[:MOST_NAMED])}{several}")
        self.setToolTip(f"取消这个筛选：{'、'.join(named)}")
