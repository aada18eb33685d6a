"""A row of tabs: words with counts, a line under the one that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from desktop.views.kit import icons
from desktop.views.kit.arrange import column, row, rule
from desktop.views.kit.drawing import MIDDLE, centred, painter_on, words
from desktop.views.kit.look import look, text_width, typeface


@dataclass(frozen=True, slots=True)
class TabText:
    """What a tab says: its key, its word, an icon if there is one."""

    key: str
    word: str
    icon: str = ""


class TabRow(QWidget):
    """Tabs above the part of a page that they change; arrows move along them."""

    changed = Signal(str)

    def __init__(self, tabs: Sequence[TabText]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tabs = {tab.key: Tab(tab) for tab in tabs}
        for tab in self._tabs.values():
            self._group.addButton(tab)

        self.setLayout(column(row(*self._tabs.values(), None, gap="none"), rule(), gap="none"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if tabs:
            self.show_tab(tabs[0].key)

        self._group.buttonClicked.connect(self._pressed)

    def current(self) -> str:
        """Return the key of the tab that is shown."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def show_tab(self, key: str) -> None:
        self._tabs[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show a number beside a tab's word, or none."""
        self._tabs[key].set_count(count)

    def _pressed(self) -> None:
        self.changed.emit(self.current())


class Tab(QAbstractButton):
    """One tab."""

    def __init__(self, tab: TabText) -> None:
        super().__init__()
        self._icon = tab.icon
        self._count = ""
        self.setText(tab.word)
        self.setAccessibleName(tab.word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None) -> None:
        self._count = "" if count is None else str(count)
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(sum(self._widths()) + 2 * (at.medium + at.frame), at.tab)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        is_on = self.isChecked()
        role = "accent_text" if is_on else "text" if self.underMouse() else "muted"
        lead, word, count = self._widths()
        left = (self.width() - lead - word - count) / 2
        if lead:
            icons.paint(painter, self._icon, role, centred(area, left, at.icon, at.icon))
        font = typeface(at.type_field, strong=is_on)
        words(
            painter, QRectF(left + lead, 0, word, self.height()), self.text(), now.colour(role), font, MIDDLE
        )
        if count:
            spot = QRectF(left + lead + word + at.close, at.hair, count, self.height())
            words(painter, spot, self._count, now.colour(role), typeface(at.type_caption))
        if is_on:
            painter.fillRect(
                QRectF(0, self.height() - at.frame, self.width(), at.frame), now.colour("accent_text")
            )
        painter.end()

    def _widths(self) -> tuple[int, int, int]:
        """Return the widths of icon, word (measured bold: choosing moves nothing) and count."""
        at = look().at
        lead = at.icon + at.close if self._icon else at.none
        word = text_width(typeface(at.type_field, strong=True), self.text())
        count = at.close + text_width(typeface(at.type_caption), self._count) if self._count else at.none
        return lead, word, count
