"""Mending a wrong cell on the spot, one or all that are wrong in the same way; the file stays as it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.imports.answers import RowProblem
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.fields import TextField

_MOST = 400


class MendStrip(QWidget):
    """What is to be read in place of a cell; Enter mends this one."""

    mend_asked = Signal(str)
    mend_all_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.value = TextField("改成", most=_MOST)
        self.one_button = Button("改这一格", "pencil")
        self.all_button = Button("", "pencil")

        beside = [column(None, button, gap="none") for button in (self.one_button, self.all_button)]
        self.setLayout(row(Grow(self.value), *beside, gap="small"))
        self.hide()

        self.value.next_asked.connect(self._one_pressed)
        self.one_button.clicked.connect(self._one_pressed)
        self.all_button.clicked.connect(self._all_pressed)

    def show_problem(self, problem: RowProblem, label: str, offered: str, same: int) -> None:
        """Offer what the cell most likely means, else what it says; ``same`` cells are wrong like it."""
        self.value.set_label(f"{problem.sheet} {problem.column}{problem.row} {label}改成")
        self.value.set_value(offered or problem.value)
        self.all_button.setText(f"同样的 {same} 处都改")
        self.all_button.setVisible(same > 1)
        self.show()

    def _one_pressed(self) -> None:
        self.mend_asked.emit(self.value.value())

    def _all_pressed(self) -> None:
        self.mend_all_asked.emit(self.value.value())
