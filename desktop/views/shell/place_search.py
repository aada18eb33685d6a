"""The search for a place or a person from everywhere: a box in the top bar, hits in a list under it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from desktop.views.jobs import Job, Jobs, Progress
from desktop.views.kit import icons
from desktop.views.kit.arrange import box, column, row, rule
from desktop.views.kit.chips import ChipText, chip_width, paint_chip
from desktop.views.kit.drawing import LEFT, centred, draw_key, key_width, painter_on, rounded, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.typing_line import TypingLine
from desktop.views.kit.words import Words

PAUSE_MS = 60
"""Long enough to skip a letter that is overtaken by the next, too short to be felt."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One line of the list; ``marks`` are the places in the title that the search has matched."""

    id: object
    title: str
    detail: str
    icon: str
    chip: ChipText | None = None
    marks: frozenset[int] = frozenset()
    section: str = "档案"
    key: str = ""


SearchProvider = Callable[[str], Sequence[SearchHit]]
"""Finds what fits a text; called on the working thread."""


class PlaceSearch(QFrame):
    """The box; ``chosen`` carries the hit that somebody picked."""

    chosen = Signal(object)

    def __init__(self, provider: SearchProvider, jobs: Jobs) -> None:
        super().__init__()
        self._provider = provider
        self._jobs = jobs
        self._job: Job | None = None
        self._asked = ""
        self._came_from: QWidget | None = None
        self.line = TypingLine()
        self.line.setProperty("fit", "bare")
        self.line.setPlaceholderText("店名、姓名、证号、电话或身份证尾号，可打首字母")
        self.line.setAccessibleName("找档案")
        self.hits = _HitList(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

        self._inside = row(self.line, gap="none")
        self.setLayout(self._inside)
        self.rescale()

        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._text_changed)
        self.line.stepped.connect(self.hits.step)
        self.line.entered.connect(self._entered)
        self.line.escaped.connect(self.leave)
        self.hits.picked.connect(self._picked)
        self._pause.timeout.connect(self._ask)

    def start(self) -> None:
        """Put the keyboard into the box, with its text selected."""
        if not self.line.hasFocus():
            self._came_from = QApplication.focusWidget()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        if self.line.text().strip():
            self._pause.start()

    def leave(self) -> None:
        """Close the list and give the keyboard back; what was typed stays for the next time."""
        self._pause.stop()
        self.hits.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.line.clearFocus()

    def rescale(self) -> None:
        at = look().at
        key = key_width(self._key()) + at.small
        self._inside.setContentsMargins(at.icon + at.medium + at.small, at.none, key + at.small, at.none)
        self.setFixedHeight(at.control)
        self.setMaximumWidth(at.search)
        self.setMinimumWidth(at.side_pane // 2)

    def sizeHint(self) -> QSize:
        return QSize(look().at.search, look().at.control)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
            if event.type() == QEvent.Type.FocusOut:
                self.hits.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        is_active = self.line.hasFocus()
        line = now.colour("accent_text" if is_active else "border_control")
        width = at.frame if is_active else at.hair
        rounded(painter, area, at.radius, fill=now.colour("raised"), line=line, width=width)
        icons.paint(painter, "search", "muted", centred(area, at.medium, at.icon, at.icon))
        wide = key_width(self._key())
        spot = centred(area, area.width() - wide - at.small, wide, at.key)
        draw_key(painter, spot, self._key(), words_role="muted", line_role="border", fill="surface")
        painter.end()

    def _key(self) -> str:
        return "Esc" if self.line.hasFocus() else "Ctrl+K"

    def _text_changed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.hits.hide()

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
        text = self._asked = self.line.text().strip()
        provider = self._provider

        def find(progress: Progress) -> tuple[str, tuple[SearchHit, ...]]:
            return text, tuple(provider(text))

        self._job = self._jobs.run(find, owner=self, done=self._found, failed=self._not_found)

    def _found(self, found: tuple[str, tuple[SearchHit, ...]]) -> None:
        text, hits = found
        if text != self._asked:
            return
        self._job = None
        if self.line.hasFocus():
            self.hits.show_hits(text, hits, self)

    def _not_found(self, error: Exception) -> None:
        """Keep the list as it was: the runner reports what is a bug, an overtaken search is none."""

    def _entered(self) -> None:
        hit = self.hits.current()
        if hit is not None and self.hits.isVisible():
            self._picked(hit)

    def _picked(self, hit: SearchHit) -> None:
        self.leave()
        self.chosen.emit(hit)


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


class _HitList(QFrame):
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
