"""Rows, columns and fixed sizes in named measures, so that the zoom can set them all again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit.look import look


@dataclass(frozen=True, slots=True)
class Grow:
    """Something that takes the room that is left."""

    thing: QWidget | QLayout
    factor: int = 1


@runtime_checkable
class Rescales(Protocol):
    """A piece with measures that neither a layout nor a fixed size keeps for it."""

    def rescale(self) -> None:
        """Take the measures of the new zoom."""


Thing = QWidget | QLayout | Grow | None
"""``None`` takes the room that is left."""

Q = TypeVar("Q", bound=QObject)
W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QBoxLayout)

_GAP = "gap"
_MARGINS = "margins"
_SIZES = "sizes"


def row(*things: Thing, gap: str = "small", margins: str = "none") -> QHBoxLayout:
    """Put things side by side; ``margins`` names one measure, two (sides; top and bottom) or four."""
    return _filled(QHBoxLayout(), things, gap, margins)


def column(*things: Thing, gap: str = "small", margins: str = "none") -> QVBoxLayout:
    """Put things below each other."""
    return _filled(QVBoxLayout(), things, gap, margins)


def grid(gap: str = "small", margins: str = "none") -> QGridLayout:
    """Return an empty grid whose gaps follow the zoom."""
    made = QGridLayout()
    _remember(made, gap, margins)
    return made


def box(layout: QLayout, *, name: str = "", kind: type[QWidget] = QWidget) -> QWidget:
    """Wrap a layout into a widget; ``name`` is one of the surfaces of the stylesheet."""
    made = kind()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


def rule() -> QFrame:
    """Return a line across."""
    line = QFrame()
    line.setObjectName("rule")
    return line


def upright() -> QFrame:
    """Return a line from top to bottom."""
    line = QFrame()
    line.setObjectName("upright")
    return line


def hold(widget: W, **sizes: str) -> W:
    """Fix sizes by measure: ``width``, ``height``, ``least_width``, ``least_height``, ``most_width``."""
    widget.setProperty(_SIZES, ";".join(f"{name}={measure}" for name, measure in sizes.items()))
    _resize(widget)
    return widget


def show_part(stack: QStackedWidget, part: QWidget) -> None:
    """Show a part of a page; one that is shown for the first time is put into the stack."""
    if stack.indexOf(part) < 0:
        stack.addWidget(part)
    stack.setCurrentWidget(part)


def rescale(root: QWidget) -> None:
    """Set every gap, margin and fixed size of a window again, after the zoom has changed."""
    for layout in below(root, QLayout):
        if layout.property(_GAP) is not None:
            _space(layout)
    for widget in (root, *below(root, QWidget)):
        if widget.property(_SIZES) is not None:
            _resize(widget)
        if isinstance(widget, Rescales):
            widget.rescale()
        widget.updateGeometry()


def below(root: QObject, kind: type[Q]) -> Sequence[Q]:
    """Return everything of a kind inside a widget.

    PySide lists the children first and wraps them one by one: garbage that was collected in between could be
    one of them. None is: while a window is open, ``views/garbage.py`` collects between two events.
    """
    # PySide's own types know only the form of findChildren that takes a name.
    found: Sequence[Q] = root.findChildren(kind)  # type: ignore[assignment]
    return found


def _filled(made: B, things: tuple[Thing, ...], gap: str, margins: str) -> B:
    _remember(made, gap, margins)
    for thing in things:
        match thing:
            case None:
                made.addStretch(1)
            case Grow(thing=QWidget() as widget, factor=factor):
                made.addWidget(widget, factor)
            case Grow(thing=QLayout() as layout, factor=factor):
                made.addLayout(layout, factor)
            case QLayout():
                made.addLayout(thing)
            case QWidget():
                made.addWidget(thing)
    return made


def _remember(layout: QLayout, gap: str, margins: str) -> None:
    layout.setProperty(_GAP, gap)
    layout.setProperty(_MARGINS, margins)
    _space(layout)


def _space(layout: QLayout) -> None:
    at = look().at
    gap = getattr(at, str(layout.property(_GAP)))
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(gap)
        layout.setVerticalSpacing(gap)
    else:
        layout.setSpacing(gap)
    names = str(layout.property(_MARGINS)).split()
    left, top, right, bottom = names * (4 // len(names))
    layout.setContentsMargins(*(int(getattr(at, name)) for name in (left, top, right, bottom)))


def _resize(widget: QWidget) -> None:
    at = look().at
    setters = {
        "width": widget.setFixedWidth,
        "height": widget.setFixedHeight,
        "least_width": widget.setMinimumWidth,
        "least_height": widget.setMinimumHeight,
        "most_width": widget.setMaximumWidth,
    }
    for size in str(widget.property(_SIZES)).split(";"):
        name, _, measure = size.partition("=")
        setters[name](getattr(at, measure))
