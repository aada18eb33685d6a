"""What all fields share: the label above, the control, and one line under it for hint or error."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.words import IconMark, Words


class Field(QWidget):
    """A labelled control; ``changed`` tells of every change by the person at the desk."""

    changed = Signal()
    left = Signal()
    next_asked = Signal()

    def __init__(self, label: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.label = label
        self.is_required = required
        self._hint = hint
        self._error = ""
        self._warning = ""
        self._label_words = Words(label)
        self._star = Words("*" if required else "", role="danger")
        self._mark = IconMark("circle-x", role="danger", size="icon_chip")
        self._note = Words(hint, size="type_caption", role="muted", wraps=True)

    def arrange(self, control: QWidget, buddy: QWidget | None = None) -> None:
        """Put the control of a subclass between label and note; ``buddy`` takes the focus."""
        taker = buddy or control
        self._label_words.setBuddy(taker)
        self.setFocusProxy(taker)
        taker.setAccessibleName(self.label + ("，必填" if self.is_required else ""))
        self._label_row = QWidget()
        self._label_row.setLayout(row(self._label_words, self._star, None, gap="tiny"))
        self._note_row = QWidget()
        mark = column(self._mark, None, margins="none frame none none")
        self._note_row.setLayout(row(mark, Grow(self._note), gap="tiny"))
        self.setLayout(column(self._label_row, control, self._note_row, gap="tiny"))
        self._label_row.setVisible(bool(self.label))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._show_note()

    def set_label(self, label: str) -> None:
        """Ask for the same under another name."""
        self.label = label
        self._label_words.setText(label)
        taker = self.focusProxy()
        if taker is not None:
            taker.setAccessibleName(label + ("，必填" if self.is_required else ""))

    @property
    def error(self) -> str:
        """The reason why the value is refused, or an empty text."""
        return self._error

    def show_error(self, sentence: str) -> None:
        """Frame the field and say why under it; what was typed stays."""
        self._error = sentence
        self._show_note()

    def show_warning(self, sentence: str) -> None:
        """Say something under the field that stops nothing; an error goes before it."""
        self._warning = sentence
        self._show_note()

    def clear_error(self) -> None:
        if self._error:
            self.show_error("")

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self._show_note()

    def value_text(self) -> str:
        """Return the value as words, for summaries and drafts."""
        raise NotImplementedError

    def has_focus(self) -> bool:
        """Return whether the keyboard is anywhere in the field."""
        focus = QGuiApplication.focusObject()
        return isinstance(focus, QWidget) and (focus is self or self.isAncestorOf(focus))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._label_words.set_role("text" if self.isEnabled() else "muted")

    def framed_control(self) -> QWidget | None:
        """Return the control whose frame turns red; None where there is none."""
        return None

    def _show_note(self) -> None:
        text = self._error or self._warning or self._hint
        role = "danger" if self._error else "warning" if self._warning else "muted"
        self._note.setText(text)
        self._note.set_role(role)
        self._mark.set_icon("circle-x" if self._error else "triangle-alert", role)
        self._mark.setVisible(role != "muted")
        self._note_row.setVisible(bool(text))
        control = self.framed_control()
        if control is not None:
            set_state(control, "error" if self._error else "")
        taker = self.focusProxy()
        if taker is not None:
            taker.setAccessibleDescription(text)


def set_state(control: QWidget, state: str) -> None:
    """Tell the stylesheet that a control is in error or no longer."""
    if (control.property("state") or "") != state:
        control.setProperty("state", state)
        control.style().unpolish(control)
        control.style().polish(control)
        control.update()
