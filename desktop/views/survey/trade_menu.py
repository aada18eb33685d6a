"""Asks for which trade: a small menu under a button, chosen by number key."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.profile import Profile


class TradeMenu(QMenu):
    """One line for each trade of the rule pack."""

    chosen = Signal(str)

    def __init__(self, profile: Profile, parent: QWidget) -> None:
        super().__init__(parent)
        for number, trade in enumerate(profile.trades, 1):
            self.addAction(f"&{number}  {trade.label}").setData(trade.code)

        self.triggered.connect(self._triggered)

    def ask(self, anchor: QWidget) -> None:
        """Open under a button with the first trade ready."""
        self.popup(anchor.mapToGlobal(QPoint(0, anchor.height())))
        self.setActiveAction(self.actions()[0])

    def _triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
