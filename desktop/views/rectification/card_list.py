"""The cards of one column: drawn, moved along by the arrows, opened by Enter; more come page by page."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.views.kit import icons
from desktop.views.kit.chips import chip_width, paint_chip
from desktop.views.kit.drawing import RIGHT, centred, rounded, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.rectification.cards import Card

Index = QModelIndex | QPersistentModelIndex
_STAR = "重点"


class CardModel(QAbstractListModel):
    """The cards that have come so far, and whether there are more."""

    more_asked = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []
        self._count = 0
        self._is_asking = False

    def show(self, cards: Sequence[Card], count: int) -> None:
        """Show the beginning of a column that has so many cards."""
        self.beginResetModel()
        self.cards, self._count, self._is_asking = list(cards), count, False
        self.endResetModel()

    def append(self, cards: Sequence[Card]) -> None:
        """Add the next page."""
        self._is_asking = False
        if not cards:
            self._count = len(self.cards)
            return
        self.beginInsertRows(QModelIndex(), len(self.cards), len(self.cards) + len(cards) - 1)
        self.cards += cards
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.cards)

    def canFetchMore(self, parent: Index) -> bool:
        return not self._is_asking and len(self.cards) < self._count

    def fetchMore(self, parent: Index) -> None:
        self._is_asking = True
        self.more_asked.emit(len(self.cards))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        card = self.cards[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return card.spoken
        return f"{card.title}\n{card.text}" if role == Qt.ItemDataRole.ToolTipRole else None


class CardDelegate(QStyledItemDelegate):
    """Draws one card."""

    def __init__(self, model: CardModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        at = look().at
        return QSize(at.column, card_height() + at.small)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        at = now.at
        card = self._model.cards[index.row()]
        state = option.state  # type: ignore[attr-defined]
        box = QRectF(option.rect).adjusted(at.small, at.small, -at.small, 0)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_HasFocus)
        ground = "hover" if state & QStyle.StateFlag.State_MouseOver else "raised"
        rounded(
            painter,
            box,
            at.radius,
            fill=now.colour(ground),
            line=now.colour("accent_text" if is_chosen else "border"),
            width=at.frame if is_chosen else at.hair,
        )
        inside = box.adjusted(at.medium - at.hair, at.small, -at.medium + at.hair, -at.small)
        self._paint_words(painter, inside, card)
        self._paint_foot(painter, inside, card)
        painter.restore()

    def _paint_words(self, painter: QPainter, inside: QRectF, card: Card) -> None:
        now = look()
        at = now.at
        line = at.type_body + at.small
        title = QRectF(inside.left(), inside.top(), inside.width(), line)
        strong = typeface(at.type_body, strong=True)
        if card.is_starred:
            title.setRight(self._paint_star(painter, title, text_width(strong, card.title)))
        words(painter, title, card.title, now.colour("text"), strong)
        text = QRectF(inside.left(), inside.top() + line + at.frame, inside.width(), line)
        words(painter, text, card.text, now.colour("text"), typeface(at.type_body))
        self._paint_place(painter, text.translated(0, line + at.frame), card)

    def _paint_star(self, painter: QPainter, title: QRectF, wanted: int) -> float:
        """Draw the star, with its word where there is room; return where the title has to end."""
        now = look()
        at = now.at
        small = typeface(at.type_caption)
        word = at.tiny + text_width(small, _STAR)
        has_word = wanted + at.small + at.icon_chip + word <= title.width()
        left = title.right() - at.icon_chip - (word if has_word else 0)
        spot = QRectF(left, title.top(), title.right() - left, title.height())
        icons.paint(painter, "star", "danger", centred(spot, left, at.icon_chip, at.icon_chip))
        if has_word:
            said = spot.adjusted(at.icon_chip + at.tiny, 0, at.tiny, 0)
            words(painter, said, _STAR, now.colour("danger"), small)
        return left - at.tiny

    def _paint_place(self, painter: QPainter, area: QRectF, card: Card) -> None:
        """Draw the village; the paper's number and the people only where they fit whole."""
        now = look()
        at = now.at
        small, muted = typeface(at.type_caption), now.colour("muted")
        words(painter, area, card.place, muted, small)
        room = area.width() - text_width(small, card.place) - at.small
        paper = text_width(small, card.paper)
        if card.paper and paper <= room:
            words(painter, area, card.paper, muted, small, RIGHT)
            room -= paper + at.small
        if card.people and text_width(small, card.people) <= room:
            left = area.left() + text_width(small, card.place) + at.small
            words(painter, QRectF(left, area.top(), room, area.height()), card.people, muted, small)

    def _paint_foot(self, painter: QPainter, inside: QRectF, card: Card) -> None:
        now = look()
        at = now.at
        small = typeface(at.type_caption)
        foot = QRectF(inside.left(), inside.bottom() - at.chip, inside.width(), at.chip)
        paint_chip(painter, foot, card.chip)
        if chip_width(card.chip) + at.small + text_width(small, card.verb) <= foot.width():
            words(painter, foot, card.verb, now.colour("accent_text"), small, RIGHT)


class CardList(QListView):
    """One column's cards."""

    opened = Signal(int)
    side_asked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self.cards))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_cards(self, cards: Sequence[Card], count: int) -> None:
        """Show a column anew; the keyboard stays at its row where that is still there."""
        row = self.currentIndex().row()
        self.cards.show(cards, count)
        if cards:
            self.setCurrentIndex(self.cards.index(min(max(row, 0), len(cards) - 1)))

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.tile_least, 3 * card_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().at.column, card_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), look().colour("sunken"))
        ground.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self._open(self.currentIndex())
            case Qt.Key.Key_Left:
                self.side_asked.emit(-1)
            case Qt.Key.Key_Right:
                self.side_asked.emit(1)
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.cards.cards[index.row()].id)


def card_height() -> int:
    """Return how high a card is: three lines, the chip, and what lies between them."""
    at = look().at
    return 3 * (at.type_body + at.small + at.frame) + at.chip + at.tiny + 2 * at.small
