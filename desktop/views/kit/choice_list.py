"""The list under a choice that is typed into: what fits so far, by characters, initials or pinyin."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from desktop.domain.folding import fold
from desktop.domain.pinyin import pinyin
from desktop.views.kit.arrange import column
from desktop.views.kit.look import look
from desktop.views.kit.words import Words

_PLACE = Qt.ItemDataRole.UserRole


def fits(label: str, typed: str) -> bool:
    """Tell whether a label has what was typed: characters, initials, pinyin, or all of them mixed."""
    wanted, letters = _plain(typed), _plain(label)
    return any(_goes_on(wanted, letters[start:]) for start in range(len(letters) or 1))


def begins(label: str, typed: str) -> bool:
    """Tell whether a label begins with what was typed."""
    return _goes_on(_plain(typed), _plain(label))


def _plain(text: str) -> str:
    """Return a text as it is compared; input methods put an apostrophe between two syllables."""
    return "".join(fold(text).replace("'", "").split())


def _goes_on(wanted: str, letters: str) -> bool:
    """Tell whether the letters, one after the other, are spelled by what is wanted."""
    if not wanted or not letters:
        return not wanted
    first, rest = letters[0], letters[1:]
    if wanted[0] == first and _goes_on(wanted[1:], rest):
        return True
    reading = pinyin(first)
    spelled = (length for length in range(len(reading), 0, -1) if wanted.startswith(reading[:length]))
    return any(_goes_on(wanted[length:], rest) for length in spelled)


class ChoiceList(QFrame):
    """Lies over the window and never takes the keyboard, so that the input method stays where it is."""

    picked = Signal(int)

    def __init__(self, name: str, labels: Sequence[str]) -> None:
        super().__init__()
        self._labels = tuple(labels)
        self.list = QListWidget()
        self._nothing = Words(role="muted", wraps=True)
        self.setObjectName("popover")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(name)

        self.setLayout(column(self.list, self._nothing, gap="none", margins="tiny"))
        self.hide()

        self.list.itemClicked.connect(self._clicked)

    @property
    def shown(self) -> tuple[str, ...]:
        """What can be chosen now, from top to bottom."""
        return tuple(self.list.item(row).text() for row in range(self.list.count()))

    def show_fitting(self, typed: str, chosen: int, under: QWidget) -> None:
        """Show what fits, under the field; nothing typed shows everything, with the chosen one marked."""
        self.list.clear()
        places = [place for place, label in enumerate(self._labels) if fits(label, typed)]
        for place in places:
            item = QListWidgetItem(self._labels[place], self.list)
            item.setData(_PLACE, place)
        best = next((place for place in places if begins(self._labels[place], typed)), -1)
        marked = best if typed.strip() else chosen
        self.list.setCurrentRow(places.index(marked) if marked in places else 0)
        self._nothing.setText(f"列表里没有“{typed.strip()}”，请改一改，可只打首字母。")
        self._nothing.setVisible(not places)
        self.list.setVisible(bool(places))
        self._open(under)

    def step(self, by: int) -> None:
        """Mark the next line or the one before."""
        self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))

    def current(self) -> int | None:
        """Return the place of the marked line among all labels; None where nothing fits."""
        item = self.list.currentItem()
        return int(item.data(_PLACE)) if item is not None else None

    def _open(self, under: QWidget) -> None:
        at = look().at
        window = under.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = under.mapTo(window, QPoint(0, under.height() + at.tiny))
        above = under.mapTo(window, QPoint(0, -at.tiny))
        is_below = window.height() - below.y() >= above.y()
        room = window.height() - below.y() - at.tiny if is_below else above.y() - at.tiny
        frame = 2 * (at.tiny + at.hair)
        rows = self.list.count() * at.control_small
        self.list.setFixedHeight(min(rows, room - frame, at.chooser_height))
        width = min(max(under.width(), at.column), window.width())
        self.setFixedWidth(width)
        self.adjustSize()
        left = min(below.x(), window.width() - width)
        self.move(left, below.y() if is_below else above.y() - self.height())
        self.show()
        self.raise_()
        self.list.scrollToItem(self.list.currentItem())

    def _clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(int(item.data(_PLACE)))
