"""Looks for words that have less room than they need: what a person would see as cut off."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.kit.words import ShortWords


def cut_off(root: QWidget) -> list[str]:
    """Name every visible label and button that is narrower than its words; ellipses are meant to be."""
    return [
        text_of(piece)
        for piece in root.findChildren(QWidget)
        if piece.isVisible() and text_of(piece) and is_narrow(piece)
    ]


def settled(qtbot: QtBot, root: QWidget) -> list[str]:
    """Wait until the layouts have come to rest, and name what is still cut off then."""
    try:
        qtbot.waitUntil(lambda: not cut_off(root), timeout=2_000)
    except qtbot.TimeoutError:
        return cut_off(root)
    return []


def text_of(piece: QWidget) -> str:
    if isinstance(piece, QLabel) and not isinstance(piece, ShortWords) and not piece.wordWrap():
        return piece.text()
    return piece.text() if isinstance(piece, QAbstractButton) else ""


def is_narrow(piece: QWidget) -> bool:
    needed = piece.minimumSizeHint()
    return piece.width() < needed.width() or piece.height() < needed.height()
