"""Status chips: colour, icon and word, always all three; quiet where all is in order."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import icons
from desktop.views.kit.drawing import centred, painter_on, rounded, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.tokens import Status


@dataclass(frozen=True, slots=True)
class ChipText:
    """What a chip says: its word, its icon and what its colour means."""

    word: str
    icon: str
    status: Status
    is_quiet: bool = False

    def saying(self, word: str) -> "ChipText":
        """Return the same chip with other words, as “逾期 11 个工作日”."""
        return ChipText(word, self.icon, self.status, self.is_quiet)


def chip_width(chip: ChipText) -> int:
    """Return how wide a chip wants to be."""
    at = look().at
    inside = at.icon_chip + at.tiny + text_width(chip_font(chip), chip.word)
    return inside if chip.is_quiet else inside + 2 * at.close


def chip_font(chip: ChipText) -> QFont:
    """Return what the word of a chip is written with."""
    at = look().at
    return typeface(at.type_body if chip.is_quiet else at.type_caption)


def chip_colour(chip: ChipText) -> QColor:
    """Return in which colour the word of a chip is written."""
    return look().colour("text" if chip.is_quiet else chip.status.value)


def paint_chip(painter: QPainter, area: QRectF, chip: ChipText) -> None:
    """Draw a chip at the left of an area, in the middle of its height."""
    inside = paint_chip_body(painter, area, chip)
    words(painter, inside, chip.word, chip_colour(chip), chip_font(chip))


def paint_chip_body(painter: QPainter, area: QRectF, chip: ChipText) -> QRectF:
    """Draw all of a chip but its word; return where the word belongs."""
    now = look()
    at = now.at
    width = min(chip_width(chip), area.width())
    body = centred(area, area.left(), width, at.chip)
    if not chip.is_quiet:
        rounded(
            painter, body, at.radius, fill=now.tint(chip.status), line=now.line(chip.status), width=at.hair
        )
        body = body.adjusted(at.close, 0, -at.close, 0)
    icons.paint(painter, chip.icon, chip.status.value, centred(body, body.left(), at.icon_chip, at.icon_chip))
    return body.adjusted(at.icon_chip + at.tiny, 0, at.tiny, 0)


class Chip(QWidget):
    """A chip as a widget of its own."""

    def __init__(self, chip: ChipText) -> None:
        super().__init__()
        self._chip = chip
        self.setAccessibleName(chip.word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chip(self, chip: ChipText) -> None:
        """Show another status."""
        self._chip = chip
        self.setAccessibleName(chip.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._chip), look().at.chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_chip(painter, self.rect().toRectF(), self._chip)
        painter.end()
