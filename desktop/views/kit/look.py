"""How a piece learns its colours and measures: from the palette and the font that Qt hands down."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.views.kit.tokens import (
    BODY_SIZES,
    DARK,
    LIGHT,
    WEIGHT_NORMAL,
    WEIGHT_STRONG,
    ZOOM_STEPS,
    Colours,
    Measures,
    Status,
)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and the measures in force."""

    colours: Colours
    at: Measures
    zoom: float
    is_dark: bool

    def colour(self, role: str) -> QColor:
        return QColor(self.colours.named(role))

    def tint(self, status: Status) -> QColor:
        return QColor(self.colours.status(status).tint)

    def line(self, status: Status) -> QColor:
        return QColor(self.colours.status(status).line)


@lru_cache(maxsize=16)
def look_for(zoom: float, is_dark: bool) -> Look:
    """Return the look of a zoom step, light or dark."""
    return Look(DARK if is_dark else LIGHT, Measures().scaled(zoom), zoom, is_dark)


def look() -> Look:
    """Return the look in force.

    The theme sets the application's font and palette; both are Qt's own, so no piece needs to be
    told the theme. A zoom step is known by its body size (see ``BODY_SIZES``).
    """
    return _look_of(QGuiApplication.palette().cacheKey(), QApplication.font().pixelSize())


@lru_cache(maxsize=16)
def _look_of(palette: int, size: int) -> Look:
    """Return the look of the palette in force, remembered by its key: it is asked for with every stroke."""
    dark = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < QColor("gray").lightness()
    zoom = ZOOM_STEPS[BODY_SIZES.index(size)] if size in BODY_SIZES else ZOOM_STEPS[0]
    return look_for(zoom, dark)


def typeface(size: int, *, strong: bool = False) -> QFont:
    """Return the window's font in another size (already zoomed) and one of the two weights.

    The font is shared: who wants it underlined changes a copy.
    """
    return _typeface_of(QApplication.font().key(), size, strong)


@lru_cache(maxsize=128)
def _typeface_of(font: str, size: int, strong: bool) -> QFont:
    made = QFont(QApplication.font())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(WEIGHT_STRONG if strong else WEIGHT_NORMAL))
    return made


def ink(role: str) -> QPalette:
    """Return a palette that sets the colour of words and leaves the rest to the window."""
    return _ink_of(look().colours.named(role))


@lru_cache(maxsize=64)
def _ink_of(colour: str) -> QPalette:
    made = QPalette()
    made.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    return made


def text_width(font: QFont, text: str) -> int:
    """Return how wide one line of text is."""
    return QFontMetrics(font).horizontalAdvance(text)
