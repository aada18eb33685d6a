"""A row of tabs: words with counts, a line under the one that is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QSizePolicy, QWidget

from desktop.views.kit import icons
from desktop.views.kit.arrange import column, row, rule
from desktop.views.kit.drawing import MIDDLE, centred, painter_on, words
from desktop.views.kit.look import look, text_width, typeface

MORE = "更多"


@dataclass(frozen=True, slots=True)
class TabText:
    """What a tab says: its key, its word, an icon if there is one."""

    key: str
    word: str
    icon: str = ""


class TabRow(QWidget):
    """Tabs above the part of a page that they change; arrows move along them.

    Where there is no room for all, the last ones fold behind one that opens as a menu; when one of them
    is shown, that tab says its word. No tab ever changes its place.
    """

    changed = Signal(str)

    def __init__(self, tabs: Sequence[TabText]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tabs = {tab.key: Tab(tab) for tab in tabs}
        self._more = Tab(TabText("", MORE, "chevron-down"))
        self._menu = QMenu(self)
        for tab in (*self._tabs.values(), self._more):
            self._group.addButton(tab)
        self._current = tabs[0].key if tabs else ""

        self.setLayout(column(row(*self._tabs.values(), self._more, None, gap="none"), rule(), gap="none"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fold()

        self._group.buttonClicked.connect(self._pressed)
        self._menu.triggered.connect(self._chosen)

    def current(self) -> str:
        """Return the key of the tab that is shown."""
        return self._current

    def folded(self) -> tuple[str, ...]:
        """Return the keys of the tabs that there is no room for."""
        return tuple(key for key, tab in self._tabs.items() if tab.isHidden())

    def show_tab(self, key: str) -> None:
        self._current = key
        self._fold()

    def set_count(self, key: str, count: int | None) -> None:
        """Show a number beside a tab's word, or none."""
        self._tabs[key].set_count(count)
        self._fold()

    def sizeHint(self) -> QSize:
        return QSize(self._wide(self._tabs.values()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        first = self._wide([*self._tabs.values()][:1])
        least = min(self._wide(self._tabs.values()), first + self._more_wide())
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def rescale(self) -> None:
        """Take the measures of a new zoom."""
        self._fold()

    def _fold(self) -> None:
        """Show the tabs that fit, and which of all is chosen."""
        tabs = list(self._tabs.values())
        shown = len(tabs)
        if self._wide(tabs) > self.width():
            room = self.width() - self._more_wide()
            while shown > 1 and self._wide(tabs[:shown]) > room:
                shown -= 1
        for place, tab in enumerate(tabs):
            tab.setVisible(place < shown)
        self._more.setVisible(shown < len(tabs))
        if not tabs:
            return
        current = self._tabs[self._current]
        self._more.say(current.told if current.isHidden() else (MORE, ""))
        (self._more if current.isHidden() else current).setChecked(True)

    def _wide(self, tabs: Iterable["Tab"]) -> int:
        return sum(tab.sizeHint().width() for tab in tabs)

    def _more_wide(self) -> int:
        """Return how wide the last tab is at most: it may say the word of any."""
        at = look().at
        widest = max((tab.sizeHint().width() for tab in self._tabs.values()), default=0)
        return widest + at.icon + at.close

    def _pressed(self, pressed: QAbstractButton) -> None:
        if pressed is self._more:
            self._open_menu()
            self._fold()
            return
        self._current = next(key for key, tab in self._tabs.items() if tab is pressed)
        self._fold()
        self.changed.emit(self._current)

    def _open_menu(self) -> None:
        self._menu.clear()
        for key in self.folded():
            action = self._menu.addAction("　".join(filter(None, self._tabs[key].told)))
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == self._current)
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
        self._menu.setActiveAction(self._menu.actions()[0])

    def _chosen(self, action: QAction) -> None:
        self._current = str(action.data())
        self._fold()
        self.changed.emit(self._current)


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

    @property
    def told(self) -> tuple[str, str]:
        """Its word and its count."""
        return self.text(), self._count

    def set_count(self, count: int | None) -> None:
        self.say((self.text(), "" if count is None else str(count)))

    def say(self, told: tuple[str, str]) -> None:
        """Show another word and count."""
        word, self._count = told
        self.setText(word)
        self.setAccessibleName(f"{word} {self._count}".strip())
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
