"""What waits for somebody's word: the list at the left, what is to be decided beside it."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.services.rights import Right, may
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

REFUSED = "没有定成，什么都没有动；请再试一次。"


class WaitingRow(Protocol):
    """One thing that waits."""

    @property
    def id(self) -> int: ...


class WaitingView(QWidget):
    """Keeps the place in the list: when one is decided, the next one comes by itself."""

    right: ClassVar[Right] = Right.IMPORT
    """Who lacks it sees an empty list."""

    loaded = Signal()
    counted = Signal(int)

    def __init__(self, desk: ExchangeDesk, name: str, columns: Sequence[ShortColumn]) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[int, Any] = {}
        self._place = 0
        self.news = Banner(Status.SUCCESS)
        self.list = ShortTable(name, columns)
        self._buttons: tuple[Button, ...] = ()

        self.list.selected.connect(self._show_current)

    def refresh(self) -> None:
        """Ask again for what waits; what was chosen for a row that has not changed stays."""
        if may(self._desk.actor, self.right):
            self._desk.jobs.run(self._ask, owner=self, done=self._arrived)

    def take_focus(self) -> None:
        self.list.setFocus()

    @abstractmethod
    def _ask(self, progress: Progress) -> Any:  # noqa: ANN401 - each view knows its own answer
        """Return what waits; called away from the main thread."""

    def _rows_in(self, answer: Any) -> Sequence[WaitingRow]:  # noqa: ANN401 - see above
        """Return the rows of an answer that is more than its rows."""
        rows: Sequence[WaitingRow] = answer
        return rows

    @abstractmethod
    def _line(self, waiting: Any) -> ShortRow:  # noqa: ANN401 - each view knows its own rows
        """Return a row of the list."""

    @abstractmethod
    def _show(self, current: Any) -> None:  # noqa: ANN401 - each view knows its own rows
        """Show the chosen one, or nothing."""

    def _arrange(
        self, beside: Panel, buttons: Sequence[Button], *above: QWidget, head: QWidget | None = None
    ) -> None:
        """Lay out the list, what is beside it, and the ways to decide below that; ``head`` goes over all."""
        self._buttons = tuple(buttons)
        ways = FlowLayout(gap="small", line_gap="small")
        for button in buttons:
            ways.addWidget(button)
        right = column(Grow(beside), *above, ways, gap="medium")
        hold(self.list, width="side_pane")
        heads = [head] if head is not None else []
        self.setLayout(
            column(self.news, *heads, Grow(row(self.list, Grow(right), gap="medium")), gap="medium")
        )
        self.news.hide()
        self._show_current()

    def _arrived(self, answer: Any) -> None:  # noqa: ANN401 - see above
        rows = self._rows_in(answer)
        self._rows = {row.id: row for row in rows}
        current = self.list.current_id()
        self.list.show_rows([self._line(row) for row in rows])
        if rows and current not in self._rows:
            self.list.choose(rows[min(self._place, len(rows) - 1)].id)
        self._show_current()
        self.counted.emit(len(rows))
        self.loaded.emit()

    def _show_current(self) -> None:
        current = self._rows.get(self.list.current_id() or 0)
        for button in self._buttons:
            button.setVisible(current is not None)
            button.setEnabled(True)
        if current is not None:
            self._place = list(self._rows).index(current.id)
        self._show(current)

    def _decide(self, decide: Callable[[], Any], done: Callable[[Any], None], label: str) -> None:
        """Let somebody's word be written; what was decided leaves the list."""

        def run(progress: Progress) -> Any:  # noqa: ANN401 - what the service answers
            return decide()

        self.list.setFocus()  # now, not when it is done: by then somebody may be typing the next reason
        for button in self._buttons:
            button.setEnabled(False)
        self._desk.jobs.run(run, owner=self, done=done, failed=self._is_refused, label=label)

    def _is_refused(self, error: Exception) -> None:
        self.news.tell(Status.DANGER, str(error) if isinstance(error, UserError) else REFUSED)
        self.refresh()
