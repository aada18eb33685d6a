"""All shortcuts at a glance: those of the window and those of the buttons that are seen."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit.arrange import below, box, column, grid, row, rule
from desktop.views.kit.buttons import QuietButton
from desktop.views.kit.drawing import draw_key, key_width, painter_on
from desktop.views.kit.look import look
from desktop.views.kit.words import Words


class Shortcut(NamedTuple):
    """A key and what it does."""

    key: str
    meaning: str


EVERYWHERE = (
    Shortcut("Ctrl+K", "找一户"),
    Shortcut("Alt+1…8", "到第几个栏目"),
    Shortcut("Esc", "返回"),
    Shortcut("F1", "这一页的帮助"),
    Shortcut("F5", "刷新"),
    Shortcut("F11", "全屏"),
    Shortcut("Ctrl+=", "放大"),
    Shortcut("Ctrl+-", "缩小"),
    Shortcut("Ctrl+0", "原来大小"),
    Shortcut("Ctrl+Shift+/", "显示所有快捷键"),
)

DESK = (
    Shortcut("Enter", "下一项；在表里是打开"),
    Shortcut("Ctrl+Enter", "保存并下一户"),
    Shortcut("Ctrl+S", "保存"),
    Shortcut("Ctrl+F", "在这一页里找"),
    Shortcut("F2", "修改"),
    Shortcut("Ctrl+C", "复制所选，可贴到 Excel"),
    Shortcut("Shift+F10", "右键菜单"),
    Shortcut("Tab", "到下一个控件"),
)


class ShortcutSheet(QFrame):
    """A sheet over the window; Esc or any press outside closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._here: QWidget | None = None
        self._close_button = QuietButton("收起", "x")
        self.setObjectName("popover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("快捷键")

        self._groups = row(box(_group("到处可用", EVERYWHERE)), box(_group("录入和表格", DESK)), gap="wide")
        head = row(Words("快捷键", size="type_title", strong=True), None, self._close_button)
        self.setLayout(column(head, rule(), self._groups, gap="medium", margins="large"))
        self.hide()

        self._close_button.clicked.connect(self.hide)

    def show_for(self, page: QWidget | None, title: str) -> None:
        """Show the sheet in the middle of the window, with the keys of a page."""
        if self._here is not None:
            self._groups.removeWidget(self._here)
            self._here.deleteLater()
        self._here = box(_group(title, keys_of(page) if page is not None else ()))
        self._groups.addWidget(self._here)
        self.place()
        self.show()
        self.raise_()
        self.setFocus()

    def place(self) -> None:
        """Lie in the middle of the window, as large as what stands in it."""
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, (self._over.height() - self.height()) // 2)

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # What stands in it has another size: a new zoom, while the sheet is open.
            self.place()
        return is_done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


class KeyCap(QWidget):
    """A key, drawn."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(key_width(self._key), look().at.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        draw_key(
            painter,
            QRectF(self.rect()),
            self._key,
            words_role="muted",
            line_role="border_control",
            fill="surface",
        )
        painter.end()


def keys_of(page: QWidget) -> tuple[Shortcut, ...]:
    """Return the shortcuts of the buttons that a page shows now."""
    buttons = below(page, QAbstractButton)
    found = (
        Shortcut(_spoken(button.shortcut()), button.accessibleName())
        for button in buttons
        if button.isVisible() and not button.shortcut().isEmpty()
    )
    return tuple(dict.fromkeys(found))


def _spoken(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "Enter")


def _group(title: str, shortcuts: Sequence[Shortcut]) -> QVBoxLayout:
    lines = grid(gap="small")
    for place, shortcut in enumerate(shortcuts):
        lines.addWidget(KeyCap(shortcut.key), place, 0, Qt.AlignmentFlag.AlignRight)
        lines.addWidget(Words(shortcut.meaning), place, 1)
    lines.setColumnStretch(1, 1)
    nothing = () if shortcuts else (Words("这一页没有自己的快捷键。", role="muted"),)
    return column(Words(title, size="type_field", strong=True), lines, *nothing, None, gap="small")
