"""A bare Qt window as a yardstick: it imports SQLAlchemy, loads the program's fonts and shows 100 rows."""

import sys
from pathlib import Path

import sqlalchemy  # noqa: F401 - a program with a database pays for it too
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

from desktop.views.kit.tokens import FONT_FILES, RARE_FONT_FILES
from tests.bench.memory import held_mb
from tests.bench.milestones import FirstPaint, say

_COLUMNS = 9


def main(fonts: Path) -> None:
    """Open the window, say when it is painted, and end."""
    app = QApplication(sys.argv[:1])
    for name in FONT_FILES + RARE_FONT_FILES:
        QFontDatabase.addApplicationFont(str(fonts / name))
    app.setFont(QFont("Noto Sans SC"))
    table = QTableWidget(100, _COLUMNS)
    for row in range(100):
        for column in range(_COLUMNS):
            table.setItem(row, column, QTableWidgetItem(f"第{row}行，第{column}列"))
    table.resize(1366, 768)
    paint = FirstPaint(table)
    paint.painted.connect(_painted)
    table.show()
    app.exec()


def _painted() -> None:
    for milestone in ("painted", "usable", "complete"):
        say(milestone, held_mb())
    QTimer.singleShot(0, QApplication.quit)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
