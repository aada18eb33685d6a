"""The foot of a page where one types: whether the draft is kept, and the buttons."""

from PySide6.QtWidgets import QWidget

from desktop.views.kit.arrange import Grow, row
from desktop.views.kit.words import IconMark, ShortWords


class DraftFooter(QWidget):
    """The draft note is always in sight; what was typed is what people fear for."""

    def __init__(self, *things: QWidget) -> None:
        super().__init__()
        self._mark = IconMark("save", role="success")
        self._note = ShortWords("", role="muted")

        self.setLayout(row(self._mark, Grow(self._note), *things))
        self.say("")

    @property
    def note(self) -> str:
        return self._note.text()

    def say(self, note: str) -> None:
        """Show when the draft was kept; nothing where there is none."""
        self._note.setText(note)
        self._mark.setVisible(bool(note))
