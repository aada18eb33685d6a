"""The filters in force as words that can be taken away one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.kit.arrange import row
from desktop.views.kit.buttons import LinkButton, SmallButton
from desktop.views.kit.table_source import Column, Query
from desktop.views.kit.words import IconMark
from desktop.views.survey.register_source import SEARCH


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

        self.setLayout(row(self._mark, *self._buttons.values(), self._clear))
        self.show_query(Query())

        for button in self._buttons.values():
            button.clicked.connect(self._pressed)
        self._clear.clicked.connect(self._clear_pressed)

    def show_query(self, query: Query) -> None:
        """Show the filters of a query; what is typed as a search stands in the search field already."""
        self._query = query
        for column in self._columns:
            if column.choices:
                value = query.value(column.key)
                label = next((choice.label for choice in column.choices if choice.code == value), value)
                self._buttons[column.key].setText(f"{column.title}：{label}")
                self._buttons[column.key].setVisible(bool(value))
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
        self.setToolTip("取消这个筛选")
