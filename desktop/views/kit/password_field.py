"""A field whose text nobody reads over the shoulder; it can be shown while a key is held down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.views.kit.arrange import row
from desktop.views.kit.buttons import QuietButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.look import look

MOST = 200


class PasswordField(TextField):
    """Spaces count, in front and behind too: the text is taken as it was typed."""

    def __init__(self, label: str, *, required: bool = True, hint: str = "") -> None:
        super().__init__(label, most=MOST, required=required, hint=hint)
        self._show = QuietButton("按住看密码", "eye")

        self._show.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.setLayout(row(None, self._show, margins="none none bar none"))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.rescale()

        self._show.pressed.connect(self._show_pressed)
        self._show.released.connect(self._show_released)

    def value(self) -> str:
        return self.line.text()

    def value_text(self) -> str:
        """Return nothing: a summary or a draft never holds a password."""
        return ""

    def rescale(self) -> None:
        """Keep room for the eye inside the line."""
        self.line.setTextMargins(0, 0, look().at.wide, 0)

    def _show_pressed(self) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal)

    def _show_released(self) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
