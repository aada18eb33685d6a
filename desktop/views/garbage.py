"""Collects garbage on the main thread only: elsewhere it would take widgets apart under Qt's hands."""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000


class Garbage(QObject):
    """Switches Python's own collections off while a window is open, and does them between two events.

    Python collects on whatever thread happens to allocate. A working thread that does so may destroy a
    widget of the main thread, and Qt ends the process.
    """

    def __init__(self) -> None:
        super().__init__()
        self._was_on = gc.isenabled()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)

        self._timer.timeout.connect(self.look)
        gc.disable()
        self._timer.start()

    def look(self) -> None:
        """Collect the generations that are full, as Python would have done by itself."""
        for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count <= most:
                break
            gc.collect(generation)

    def stop(self) -> None:
        """Give the collections back to Python."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
