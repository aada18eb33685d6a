"""Answers side by side, line by line: what differs is marked, and one side of it can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.views.kit.arrange import box, column, grid, hold
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.words import Words


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says, and the role of its colour."""

    text: str
    role: str = "text"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One answer as each side says it; without a side to begin with there is nothing to choose."""

    code: str
    label: str
    said: tuple[Said, ...]
    side: str | None = None


class FieldChoices(QWidget):
    """The lines under the heads of their columns; choosing changes nothing before the decision."""

    def __init__(self, sides: tuple[Choice, ...]) -> None:
        super().__init__()
        self._sides = sides
        self.sides: dict[str, Segmented] = {}
        self._inside: QWidget | None = None
        self._place = column(gap="none")

        self.setLayout(self._place)

    def chosen(self, side: str) -> tuple[str, ...]:
        """Return the codes for which this side was chosen."""
        return tuple(code for code, choice in self.sides.items() if choice.value() == side)

    def show_lines(
        self, heads: Sequence[str], lines: Sequence[FieldLine], sides: tuple[Choice, ...] = ()
    ) -> None:
        """Lay the lines out anew, with other words for the two sides where they are given."""
        self._sides = sides or self._sides
        if self._inside is not None:
            self._place.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.sides = {}
        places = grid(gap="close")
        for at, head in enumerate(heads, 1):
            places.addWidget(Words(head, role="muted", wraps=True), 0, at)
            places.setColumnStretch(at, 1)
        for number, line in enumerate(lines):
            self._add(places, 2 * number + 1, line)
        self._inside = box(places)
        self._place.addWidget(self._inside)

    def _add(self, places: QGridLayout, at: int, line: FieldLine) -> None:
        """Add one answer, and below it the choice; where all say the same there is nothing to choose."""
        top = Qt.AlignmentFlag.AlignTop
        label = hold(Words(line.label, role="muted", wraps=True), width="facts_label")
        places.addWidget(label, at, 0, top)
        for column_at, said in enumerate(line.said, 1):
            places.addWidget(Words(said.text, role=said.role, wraps=True), at, column_at, top)
        if line.side is not None:
            side = Segmented(self._sides, small=True)
            side.setAccessibleName(line.label)
            side.set_value(line.side)
            self.sides[line.code] = side
            first = len(line.said) - 1  # under the two that are chosen from
            places.addWidget(side, at + 1, first, 1, 2, Qt.AlignmentFlag.AlignLeft)
