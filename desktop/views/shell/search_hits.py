"""What the search has found: a list with headings, drawn under the box of the search."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.arrange import box, column, row, rule
from desktop.views.kit.chips import chip_width, paint_chip
from desktop.views.kit.drawing import LEFT, centred, draw_key, key_width, painter_on, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.words import Words
from desktop.views.shell.search_hit import SearchHit

Index = QModelIndex | QPersistentModelIndex


class _HitModel(QAbstractListModel):
    """Hits with a heading before each section; headings cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[SearchHit | str] = []

    def show(self, hits: Sequence[SearchHit]) -> None:
        self.beginResetModel()
        self.lines = []
        for section in dict.fromkeys(hit.section for hit in hits):
            found = [hit for hit in hits if hit.section == section]
            self.lines += [section, *found]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        line = self.lines[index.row()]
        return line if isinstance(line, str) else f"{line.title}，{line.detail}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class HitList(QFrame):
    """The list under the box; it never takes the keyboard, so that the input method goes on."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = _HitModel(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(_HitDelegate(self._model, self))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName("找到的档案")
        self._nothing = Words(role="muted")
        self._nothing_row = box(row(self._nothing, margins="medium"))
        self.setObjectName("popover")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        self.setLayout(
            column(
                self._view,
                self._nothing_row,
                rule(),
                box(
                    row(
                        _Keys(),
                        None,
                        Words("也可输电话、身份证号后 4 位", size="type_caption", role="muted"),
                        margins="medium small",
                    )
                ),
                gap="none",
                margins="hair",
            )
        )
        self.hide()

        self._view.clicked.connect(self._clicked)

    def show_hits(self, text: str, hits: Sequence[SearchHit], under: QWidget) -> None:
        """Show what was found for a text, under the box."""
        at = look().at
        window = under.window()
        self._model.show(hits)
        self._nothing.setText(f"没有找到“{text}”。换个写法，或只打首字母。")
        self._nothing_row.setVisible(not hits)
        self._view.setVisible(bool(hits))
        headings = sum(isinstance(line, str) for line in self._model.lines)
        rows = len(self._model.lines) - headings
        tall = rows * at.search_row + headings * at.row_grid
        self._view.setFixedHeight(min(tall, window.height() // 2))
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setFixedWidth(min(at.search_list, window.width() - at.wide))
        self.adjustSize()
        self.move(under.mapTo(window, QPoint(0, under.height() + at.tiny)))
        self.show()
        self.raise_()
        self.step(1)

    def step(self, by: int) -> None:
        """Move the choice by one, over the headings."""
        here = self._view.currentIndex().row()
        place = here + by
        while 0 <= place < len(self._model.lines):
            if not isinstance(self._model.lines[place], str):
                self._view.setCurrentIndex(self._model.index(place))
                return
            place += by

    def current(self) -> SearchHit | None:
        index = self._view.currentIndex()
        line = self._model.lines[index.row()] if index.isValid() else ""
        return line if isinstance(line, SearchHit) else None

    def _clicked(self, index: QModelIndex) -> None:
        line = self._model.lines[index.row()]
        if isinstance(line, SearchHit):
            self.picked.emit(line)


class _HitDelegate(QStyledItemDelegate):
    """Draws a heading, or two lines with an icon before and a chip behind."""

    def __init__(self, model: _HitModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        at = look().at
        is_heading = isinstance(self._model.lines[index.row()], str)
        return QSize(at.column, at.row_grid if is_heading else at.search_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.lines[index.row()]
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, str):
            self._paint_heading(painter, area, line)
        else:
            self._paint_hit(painter, area, line, is_current=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRectF, section: str) -> None:
        at = look().at
        count = sum(isinstance(line, SearchHit) and line.section == section for line in self._model.lines)
        font = typeface(at.type_caption, strong=True)
        inside = area.adjusted(at.medium, 0, -at.medium, 0)
        words(painter, inside, f"{section} {count}", look().colour("muted"), font)

    def _paint_hit(self, painter: QPainter, area: QRectF, hit: SearchHit, *, is_current: bool) -> None:
        now = look()
        at = now.at
        if is_current:
            painter.fillRect(area, now.colour("selection"))
            painter.fillRect(
                QRectF(area.left(), area.top(), at.bar, area.height()), now.colour("accent_text")
            )
        icons.paint(painter, hit.icon, "muted", centred(area, at.medium, at.icon_rail, at.icon_rail))
        right = area.right() - at.medium
        if hit.chip is not None:
            wide = chip_width(hit.chip)
            paint_chip(painter, QRectF(right - wide, area.top(), wide, area.height()), hit.chip)
            right -= wide + at.small
        if hit.key:
            wide = key_width(hit.key)
            spot = centred(area, right - wide, wide, at.key)
            draw_key(painter, spot, hit.key, words_role="muted", line_role="border", fill="surface")
            right -= wide + at.small
        left = at.medium + at.icon_rail + at.medium
        half = area.height() / 2
        upper = QRectF(left, area.top() + at.tiny, right - left, half - at.tiny)
        lower = QRectF(left, area.top() + half, right - left, half - at.tiny)
        self._paint_title(painter, upper, hit)
        words(painter, lower, hit.detail, now.colour("muted"), typeface(at.type_caption))

    def _paint_title(self, painter: QPainter, area: QRectF, hit: SearchHit) -> None:
        now = look()
        at = now.at
        if not hit.marks:
            words(painter, area, hit.title, now.colour("text"), typeface(at.type_body))
            return
        left = area.left()
        for place, character in enumerate(hit.title):
            is_marked = place in hit.marks
            font = typeface(at.type_body, strong=is_marked)
            painter.setFont(font)
            painter.setPen(now.colour("accent_text" if is_marked else "text"))
            painter.drawText(QRectF(left, area.top(), area.width(), area.height()), LEFT, character)
            left += text_width(font, character)


class _Keys(QWidget):
    """The keys that work in the list, drawn as keys."""

    _LINES = (("↑", ""), ("↓", "选择"), ("Enter", "打开"), ("Esc", "收起"))

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(self._draw(None)), look().at.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        self._draw(painter)
        painter.end()

    def _draw(self, painter: QPainter | None) -> float:
        now = look()
        at = now.at
        left = 0.0
        font = typeface(at.type_caption)
        for key, word in self._LINES:
            wide = key_width(key)
            if painter is not None:
                spot = QRectF(left, 0, wide, at.key)
                draw_key(painter, spot, key, words_role="muted", line_role="border", fill="surface")
                text = QRectF(left + wide + at.tiny, 0, text_width(font, word) + at.tiny, at.key)
                words(painter, text, word, now.colour("muted"), font)
            left += wide + at.tiny + (text_width(font, word) + at.medium if word else 0)
        return left
