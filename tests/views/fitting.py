"""Looks for words that have less room than they need: what a person would see as cut off."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHeaderView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.kit.arrange import below
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.timeline import EventRow
from desktop.views.kit.words import ShortWords
from desktop.views.registration.short_model import spoken
from desktop.views.registration.short_table import ShortTable


def cut_off(root: QWidget) -> list[str]:
    """Name every visible label and button that is narrower than its words; ellipses are meant to be."""
    return [
        text_of(piece)
        for piece in below(root, QWidget)
        if piece.isVisible() and text_of(piece) and is_narrow(piece)
    ]


def settled(qtbot: QtBot, root: QWidget) -> list[str]:
    """Wait until the layouts have come to rest, and name what is still cut off then."""
    try:
        qtbot.waitUntil(lambda: not cut_off(root), timeout=2_000)
    except qtbot.TimeoutError:
        return cut_off(root)
    return []


def shortened(root: QWidget) -> Iterator[str]:
    """Name what ends in an ellipsis though nobody typed it: what happened, titles of columns, short lists.

    What a person typed may be longer than any screen; its tip shows it whole.
    """
    for piece in below(root, EventRow):
        for title in below(piece, ShortWords):
            if title.isVisible() and is_shortened(title):
                yield title.text()
    for header in below(root, QHeaderView):
        if header.isVisible() and header.orientation() == Qt.Orientation.Horizontal:
            yield from titles_cut(header)
    for table in below(root, ShortTable):
        if table.isVisible():
            yield from notes_cut(table)


def is_shortened(words: ShortWords) -> bool:
    return words.fontMetrics().horizontalAdvance(words.text()) > words.contentsRect().width()


def titles_cut(header: QHeaderView) -> Iterator[str]:
    for section in range(header.count()):
        title = str(header.model().headerData(section, Qt.Orientation.Horizontal) or "")
        room = header.sectionSize(section)
        if not header.isSectionHidden(section) and header.fontMetrics().horizontalAdvance(title) > room:
            yield title


def notes_cut(table: ShortTable) -> Iterator[str]:
    """Name what a short list says of a record in our own words, and has no room for."""
    at, view = look().at, table.view
    for place, column in enumerate(table.model.columns, int(table.model.has_ticks)):
        room = view.columnWidth(place) - 2 * at.small
        for row in table.model.rows if column.is_muted and not view.isColumnHidden(place) else ():
            words = spoken(row.cells[place - table.model.has_ticks])
            if text_width(typeface(at.type_body), words) > room:
                yield words


def text_of(piece: QWidget) -> str:
    if isinstance(piece, QLabel) and not isinstance(piece, ShortWords) and not piece.wordWrap():
        return piece.text()
    return piece.text() if isinstance(piece, QAbstractButton) else ""


def is_narrow(piece: QWidget) -> bool:
    needed = piece.minimumSizeHint()
    return piece.width() < needed.width() or piece.height() < needed.height()
