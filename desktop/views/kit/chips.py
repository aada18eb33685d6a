"""Status chips: colour, icon and word, always all three; quiet where all is in order."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
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
    size = at.type_body if chip.is_quiet else at.type_caption
    inside = at.icon_chip + at.tiny + text_width(typeface(size), chip.word)
    return inside if chip.is_quiet else inside + 2 * at.close


def paint_chip(painter: QPainter, area: QRectF, chip: ChipText) -> None:
    """Draw a chip at the left of an area, in the middle of its height."""
    now = look()
    at = now.at
    width = min(chip_width(chip), area.width())
    body = centred(area, area.left(), width, at.chip)
    if not chip.is_quiet:
        rounded(
            painter, body, at.radius, fill=now.tint(chip.status), line=now.line(chip.status), width=at.hair
        )
        body = body.adjusted(at.close, 0, -at.close, 0)
    role = chip.status.value
    icons.paint(painter, chip.icon, role, centred(body, body.left(), at.icon_chip, at.icon_chip))
    size = at.type_body if chip.is_quiet else at.type_caption
    colour = now.colour("text" if chip.is_quiet else role)
    words(painter, body.adjusted(at.icon_chip + at.tiny, 0, at.tiny, 0), chip.word, colour, typeface(size))


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
