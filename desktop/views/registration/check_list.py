"""A list to tick off, one line each, with one press for all of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.choices import CheckBox
from desktop.views.kit.words import Words


class CheckList(QWidget):
    """Names with ticks; what stays without a tick is said below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._boxes: list[CheckBox] = []
        self._all = SmallButton("全都有", "check-check")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._note = Words(size="type_caption", role="muted")

        head = row(Words(title), None, self._all)
        self.setLayout(column(head, self._lines, self._note, gap="tiny"))
        self.setAccessibleName(title)

        self._all.clicked.connect(self._all_pressed)

    def show_names(self, names: Sequence[str]) -> None:
        """Show these names, none of them ticked."""
        for old in self._boxes:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._boxes = [CheckBox(name) for name in names]
        for tick in self._boxes:
            self._lines.addWidget(tick)
            tick.clicked.connect(self._say_missing)
        self._say_missing()

    def ticked(self) -> tuple[str, ...]:
        return tuple(tick.text() for tick in self._boxes if tick.isChecked())

    def tick(self, *names: str) -> None:
        for tick in self._boxes:
            tick.setChecked(tick.text() in names)
        self._say_missing()

    def focus_first(self) -> None:
        """Put the keyboard onto the first line."""
        for tick in self._boxes[:1]:
            tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _all_pressed(self) -> None:
        self.tick(*(tick.text() for tick in self._boxes))

    def _say_missing(self) -> None:
        missing = sum(not tick.isChecked() for tick in self._boxes)
        self._note.setText(f"还缺 {missing} 样，会一次告知补正" if missing else "材料齐全")
