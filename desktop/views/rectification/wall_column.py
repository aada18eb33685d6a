"""One column of the wall: a head with its count, its cards, a foot that says how many are not in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame

from desktop.views.kit.arrange import Grow, box, column, hold, row, rule
from desktop.views.kit.drawing import painter_on, rounded
from desktop.views.kit.look import look
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import IconMark, ShortWords, Words
from desktop.views.rectification.card_list import CardList
from desktop.views.rectification.cards import Card


class WallColumn(QFrame):
    """A column with the colour of its meaning along its upper edge."""

    opened = Signal(int)
    more_asked = Signal(int)
    side_asked = Signal(int)

    def __init__(self, title: str, icon: str, status: Status, nothing: str) -> None:
        super().__init__()
        self.title = title
        self._status = status
        self._all = 0
        self._count = Words("0", size="type_field", strong=True)
        self._foot = ShortWords(role="muted", size="type_caption")
        words = Words(nothing, role="muted", wraps=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty = box(column(words, margins="medium"))
        self.list = CardList(title)

        mark = IconMark(icon, role=status.value)
        word = ShortWords(title, size="type_field", strong=True)
        head = hold(box(row(mark, Grow(word), self._count, margins="medium none")), height="panel_head")
        foot = hold(box(row(Grow(self._foot), margins="medium none")), height="table_footer")
        self.setLayout(
            column(
                head,
                rule(),
                self._empty,
                Grow(self.list),
                rule(),
                foot,
                gap="none",
                margins="hair bar hair hair",
            )
        )
        self.list.opened.connect(self.opened)
        self.list.side_asked.connect(self.side_asked)
        self.list.cards.more_asked.connect(self.more_asked)
        self.list.cards.rowsInserted.connect(self._show_foot)

    @property
    def count(self) -> int:
        return self._all

    def show_cards(self, cards: Sequence[Card], count: int) -> None:
        """Show the beginning of the column."""
        self._all = count
        self._count.setText(str(count))
        late = self._status is Status.DANGER and count
        self._count.set_role("danger" if late else "text")
        self.list.show_cards(cards, count)
        self._empty.setVisible(not cards)
        self.setAccessibleName(f"{self.title}：{count} 项")
        self._show_foot()

    def take_focus(self) -> None:
        """Put the keyboard on the cards."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        role = {Status.WARNING: "bar_warning", Status.NEUTRAL: "border_control"}.get(
            self._status, self._status.value
        )
        painter = painter_on(self)
        area = self.rect().toRectF()
        rounded(
            painter,
            area,
            at.radius_panel,
            fill=now.colour("sunken"),
            line=now.colour("border"),
            width=at.hair,
        )
        head = area.adjusted(at.hair, at.hair, -at.hair, 0)
        head.setHeight(at.panel_head + at.frame)
        painter.fillRect(head, now.colour("raised"))
        foot = QRectF(head.left(), area.bottom() - at.table_footer - at.hair, head.width(), at.table_footer)
        painter.fillRect(foot, now.colour("raised"))
        painter.setClipRect(QRectF(0, 0, self.width(), at.bar))
        rounded(painter, area, at.radius_panel, fill=now.colour(role), line=None)
        painter.end()

    def _show_foot(self) -> None:
        more = self._all - self.list.cards.rowCount()
        self._foot.setText(f"往下还有 {more} 项" if more > 0 else "都在这里" if self._all else "")
