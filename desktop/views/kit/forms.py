"""Forms: labelled fields in two columns, in sections, with Enter leading to the next field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.views.kit.arrange import grid
from desktop.views.kit.field import Field
from desktop.views.kit.words import Words

COLUMNS = 2
ENTER_STAYS = "enter_stays"
"""A property of the window, for a person who does not want Enter to lead to the next field."""


class FormGrid(QWidget):
    """Fields in two columns; ``wide`` ones take a whole line. Columns fold to one where it is narrow."""

    changed = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self._row = self._column = 0
        self._grid = grid(gap="medium")
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

        self.setLayout(self._grid)

    def add(self, *fields: Field, wide: bool = False) -> None:
        """Append fields, two in a line, or one in a line where they are wide."""
        for field in fields:
            self._place(field, wide=wide)
            self.fields.append(field)
            field.changed.connect(self.changed)
            field.next_asked.connect(self._next_asked)

    def begin_row(self) -> None:
        """Let what follows begin a line: what belongs together stands together."""
        if self._column:
            self._row, self._column = self._row + 1, 0

    def add_section(self, title: str) -> Words:
        """Begin a section under a head of its own."""
        head = Words(title, size="type_field", strong=True)
        self._place(head, wide=True)
        return head

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is no field across the whole line."""
        self._place(widget, wide=True)

    def errors(self) -> Sequence[Field]:
        """Return the fields that show an error, from top to bottom."""
        return [field for field in self.fields if field.error]

    def show_first_error(self) -> bool:
        """Put the keyboard into the first field with an error; False when there is none."""
        for field in self.errors():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def clear_errors(self) -> None:
        for field in self.fields:
            field.clear_error()

    def _place(self, widget: QWidget, *, wide: bool) -> None:
        if wide:
            self.begin_row()
        span = COLUMNS if wide else 1
        # Fields keep to the top: an error under one does not move its neighbour.
        self._grid.addWidget(widget, self._row, self._column, 1, span, Qt.AlignmentFlag.AlignTop)
        self._column += span
        if self._column >= COLUMNS:
            self._row, self._column = self._row + 1, 0

    def _next_asked(self) -> None:
        sender = self.sender()
        if self.window().property(ENTER_STAYS) or not isinstance(sender, Field):
            return
        place = self.fields.index(sender)
        for field in self.fields[place + 1 :]:
            if field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.finished.emit()
