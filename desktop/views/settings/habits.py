"""What a person is used to: light or dark, the zoom, what Enter does; restored at the start, kept after."""

import json

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.views.kit.forms import ENTER_STAYS
from desktop.views.kit.table_source import Remembered
from desktop.views.kit.theme import Theme

LOOK_KEY = "habits.look"
ENTER_KEY = "habits.enter_stays"


class Habits(QObject):
    """Dresses the window as this person left it, wherever it is changed: here, in the bar, by a key."""

    def __init__(self, theme: Theme, remembered: Remembered) -> None:
        super().__init__()
        self.theme = theme
        self._remembered = remembered
        self._window: QWidget | None = None
        self.enter_stays = remembered.get(ENTER_KEY) == "true"
        self._restore()

        theme.changed.connect(self._keep_look)

    def attend(self, window: QWidget) -> None:
        """Tell the forms of this window what Enter does."""
        self._window = window
        window.setProperty(ENTER_STAYS, self.enter_stays)

    def set_enter_stays(self, stays: bool) -> None:
        """Let Enter stay in its field, or lead to the next one."""
        self.enter_stays = stays
        self._remembered.set(ENTER_KEY, json.dumps(stays))
        if self._window is not None:
            self._window.setProperty(ENTER_STAYS, stays)

    def _restore(self) -> None:
        kept = self._remembered.get(LOOK_KEY)
        if kept is not None:
            chosen = json.loads(kept)
            self.theme.set_zoom(chosen["zoom"])
            self.theme.set_dark(chosen["dark"])

    def _keep_look(self) -> None:
        chosen = {"zoom": self.theme.zoom, "dark": self.theme.is_dark}
        self._remembered.set(LOOK_KEY, json.dumps(chosen))
