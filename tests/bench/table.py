"""The real table on a large register, drawn without a screen: its first picture, and a jump far down."""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.paths import Assets
from desktop.services.office.villages import Villages
from desktop.services.register.establishments import Establishments
from desktop.views.garbage import Garbage
from desktop.views.jobs import Jobs
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_model import OUTLINED_AFTER_MS
from desktop.views.kit.table_source import Query
from desktop.views.kit.theme import Theme
from desktop.views.survey.register_source import RegisterSource, columns
from tests.bench.milestones import tell
from tests.offices import TestOffice, open_made_office

QUERIES = {
    "all": Query(),
    "by name": Query(sort="name"),
    "by name, descending": Query(sort="name", is_descending=True),
    "by village": Query(sort="village"),
    "by day of survey": Query(sort="surveyed"),
    "one trade": Query(filters=(("kind", "stall"),)),
    "one trade, by name": Query(filters=(("kind", "stall"),), sort="name"),
    "paper expired": Query(filters=(("paper", "expired"),)),
    "one village": Query(filters=(("village", "3"),)),
    "two characters of a name": Query(filters=(("search", "桂芳"),)),
}
JUMPS = ("all", "by name", "by village", "by day of survey", "one trade, by name", "paper expired")
JUMPS_PER_PAINT = 10


class Watch:
    """Counts milliseconds, by the clock and of the processor (of all threads)."""

    def __init__(self) -> None:
        self._clock, self._processor = perf_counter(), process_time()

    def spent(self) -> tuple[float, float]:
        return (perf_counter() - self._clock) * 1000, (process_time() - self._processor) * 1000


class Forgetful:
    """Remembers no widths of columns."""

    def get(self, key: str) -> str | None:
        return None

    def set(self, key: str, value: str) -> None:
        """Keep nothing."""


class _Drawn(QObject):
    """Tells when a table draws itself with all the rows that are seen."""

    def __init__(self, table: PagedTable, tell: Callable[[], None]) -> None:
        super().__init__(table.view.viewport())
        self._table = table
        self._tell = tell
        table.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._is_all_here():
            self._tell()
        return False

    def _is_all_here(self) -> bool:
        view, model = self._table.view, self._table.model
        last = view.rowAt(view.viewport().height() - 1)
        return None not in model.rows(view.rowAt(0), last if last >= 0 else self._table.count - 1)


class Stage:
    """Shows tables one after another."""

    def __init__(self, desk: TestOffice) -> None:
        self.jobs = Jobs()
        service = Establishments(desk.office)
        profile = desk.office.profile
        self.columns = columns(profile, Villages(desk.office).all())
        self.source = RegisterSource(service, desk.clerk, profile, self.columns, desk.clock.today)

    def show(self, query: Query) -> tuple[PagedTable, tuple[float, float]]:
        """Make a table; return it with the time from the question to its first picture."""
        table = PagedTable("bench", self.columns, self.source, self.jobs, Forgetful(), unit="户")
        table.resize(1200, 640)
        table.show()
        QApplication.processEvents()
        waiting = QEventLoop()
        table.loaded.connect(waiting.quit)
        watch = Watch()
        table.ask(query)
        waiting.exec()
        table.view.viewport().repaint()
        return table, watch.spent()

    def jump(self, table: PagedTable, row: int) -> tuple[float, float]:
        """Put the scroll bar somewhere; return the time until all rows that are seen there are drawn."""
        waiting = QEventLoop()
        drawn = _Drawn(table, waiting.quit)
        watch = Watch()
        table.view.verticalScrollBar().setValue(row)
        waiting.exec()
        spent = watch.spent()
        drawn.deleteLater()
        return spent

    def rest(self) -> None:
        """Let the table outline its list, which it begins when the list has stood for a moment."""
        pause = QEventLoop()
        QTimer.singleShot(OUTLINED_AFTER_MS + 20, pause.quit)
        pause.exec()
        while self.jobs.running:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def main(data: Path, runs: int) -> None:
    """Show every list several times in mixed order, and jump about in some of them."""
    app = QApplication(sys.argv[:1])
    garbage = Garbage()
    assets = Assets.found()
    Theme(fonts=assets.fonts, icons=assets.icons).apply(app)
    desk = open_made_office(data / "register.db")
    stage, chance = Stage(desk), Random(1)
    stage.show(Query())[0].deleteLater()  # what Qt loads once is part of the window's start
    stage.rest()
    order = list(QUERIES) * runs
    chance.shuffle(order)
    for name in order:
        table, spent = stage.show(QUERIES[name])
        tell(f"first paint: {name}", *spent)
        if name in JUMPS:
            bar = table.view.verticalScrollBar()
            tell(f"jump at once, before the outline: {name}", *stage.jump(table, bar.maximum() // 2))
            stage.rest()
            for _ in range(JUMPS_PER_PAINT):
                tell(f"jump: {name}", *stage.jump(table, chance.randrange(bar.maximum())))
        stage.rest()  # what one list does after its first picture must not fall on the next one
        table.hide()
        table.deleteLater()
    stage.jobs.stop()
    garbage.stop()
    desk.office.db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
