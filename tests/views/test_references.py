"""The Qt binding keeps its books: some releases lose a reference to None or True at most calls and abort."""

import sys

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

CALLS = 500
ROOM = 60
"""Other code of the process moves the counts a little; a lost reference moves them by ``CALLS``."""


def test_some_hundred_calls_lose_no_reference(qtbot) -> None:
    widget, label, thing = QWidget(), QLabel("字"), QObject()
    qtbot.addWidget(widget)
    qtbot.addWidget(label)
    before = {word: sys.getrefcount(word) for word in (None, True, False)}

    for _ in range(CALLS):
        widget.setEnabled(True)
        widget.isEnabled()
        widget.isVisible()
        widget.parentWidget()
        widget.layout()
        label.setText("字")
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft)
        thing.setProperty("known", True)
        thing.property("unknown")

    after = {word: sys.getrefcount(word) for word in (None, True, False)}
    assert {
        word: after[word] - before[word] for word in before if abs(after[word] - before[word]) > ROOM
    } == {}
