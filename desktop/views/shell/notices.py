"""What the window tells above the page: done, refused, broken, each with its way out."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit.arrange import column
from desktop.views.kit.buttons import Button
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status

SHOWN_MS = 8_000
"""Good news goes by itself; what wants somebody stays until it is closed."""

MOST = 3


class Notice(Banner):
    """One message; one that only confirms goes after a while."""

    gone = Signal(QWidget)

    def __init__(self, status: Status, sentence: str, *buttons: Button) -> None:
        super().__init__(status, sentence, *buttons)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(SHOWN_MS)

        self.closed.connect(self._finished)
        self._time.timeout.connect(self._finished)
        for button in buttons:
            button.clicked.connect(self._finished)
        if status in {Status.SUCCESS, Status.INFO}:
            self._time.start()

    def _finished(self) -> None:
        self.gone.emit(self)


class Notices(QWidget):
    """Up to three messages, the newest at the top; takes no room while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Notice] = []
        self._inside = column(gap="tiny", margins="none tiny")
        self.setLayout(self._inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What stands there now, from top to bottom."""
        return [notice.sentence for notice in self._shown]

    def say(self, status: Status, sentence: str, *buttons: Button) -> None:
        """Show a message; the same sentence again takes the place of the first."""
        for same in [notice for notice in self._shown if notice.sentence == sentence]:
            self._take_away(same)
        notice = Notice(status, sentence, *buttons)
        self._shown.insert(0, notice)
        self._inside.insertWidget(0, notice)
        notice.gone.connect(self._take_away)
        for old in self._shown[MOST:]:
            self._take_away(old)
        self.show()

    def _take_away(self, notice: QWidget) -> None:
        self._shown = [shown for shown in self._shown if shown is not notice]
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self._shown))
