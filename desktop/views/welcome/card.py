"""The card in the middle of an empty window: a title, a line below it, and what there is to fill in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.views.kit.arrange import Grow, Thing, column, hold, row
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.words import IconMark, Words


def on_card(title: Words, explanation: Words, *things: Thing, width: str) -> QWidget:
    """Return a card in the middle; it scrolls where the window is lower than the card."""
    head = row(
        IconMark("badge-check", role="accent_text", size="icon_large"),
        Grow(column(title, explanation, gap="tiny")),
        gap="medium",
    )
    card = Panel(margins="wide")
    card.add(column(head, *things, gap="large"))
    hold(card, width=width)
    explanation.setWordWrap(True)
    title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return scrolling(column(None, row(None, card, None), None, margins="large"))
