"""The surfaces of a page: head, panels, tiles, banners and what an empty place says."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.arrange import Grow, Thing, box, column, hold, row, rule
from desktop.views.kit.buttons import Button, PrimaryButton, QuietButton
from desktop.views.kit.drawing import centred, painter_on, rounded, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import IconMark, ShortWords, Words


class PageHead(QWidget):
    """The head of a place: its title, a quiet line beside it, its buttons at the right."""

    def __init__(self, title: str, *buttons: QWidget, subtitle: str = "") -> None:
        super().__init__()
        self._title = ShortWords(title, size="type_title", strong=True)
        self._subtitle = ShortWords(subtitle, role="muted")
        # The subtitle takes what is left: a long one pushes neither the title nor the buttons.
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

        self._marks = QHBoxLayout()
        inside = row(self._title, self._marks, Grow(self._subtitle), *buttons, gap="small")
        self.setLayout(inside)
        hold(self, height="page_head")

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_subtitle(self, subtitle: str) -> None:
        self._subtitle.setText(subtitle)

    def add_mark(self, mark: QWidget) -> None:
        """Put a chip beside the title."""
        self._marks.addWidget(mark)


def page(head: PageHead, *things: Thing) -> QVBoxLayout:
    """Arrange a place: its head, and below it its parts; the one that should fill it stands in ``Grow``."""
    return column(head, Grow(column(*things, gap="medium")), gap="none")


class Panel(QFrame):
    """A framed surface with a head of its own; ``body`` takes what stands in it."""

    def __init__(
        self,
        title: str = "",
        *in_head: QWidget,
        note: str = "",
        margins: str = "medium",
        ruled: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._title = Words(title, size="type_field", strong=True)
        self._note = ShortWords(note, size="type_caption", role="muted")
        self.body = column(margins=margins) if margins != "none" else column(gap="none")

        parts: list[Thing] = []
        if title or in_head:
            head = box(row(self._title, Grow(self._note), *in_head, gap="small", margins="medium none"))
            hold(head, height="panel_head")
            parts.append(head)
            if ruled:
                parts.append(rule())
            elif margins != "none":
                self.body = column(margins=f"{margins} none {margins} {margins}")
        self.setLayout(column(*parts, Grow(self.body), gap="none"))

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_note(self, note: str) -> None:
        """Change the quiet words beside the title."""
        self._note.setText(note)

    def add(self, *things: Thing) -> None:
        """Append widgets, layouts and springs (None) to the body."""
        for thing in things:
            put(self.body, thing)


def put(layout: QBoxLayout, thing: Thing) -> None:
    """Append one thing to a row or column that is there already."""
    match thing:
        case None:
            layout.addStretch(1)
        case Grow(thing=QWidget() as widget, factor=factor):
            layout.addWidget(widget, factor)
        case Grow(thing=QLayout() as inner, factor=factor):
            layout.addLayout(inner, factor)
        case QLayout():
            layout.addLayout(thing)
        case QWidget():
            layout.addWidget(thing)


class Tile(QAbstractButton):
    """A number that is a door to its list."""

    def __init__(self, title: str, icon: str, status: Status = Status.NEUTRAL) -> None:
        super().__init__()
        self._icon = icon
        self._status = status
        self._number = ""
        self._note = ""
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_number(self, number: int | str, note: str = "") -> None:
        """Show a number and, small beside it, what else to know."""
        self._number, self._note = str(number), note
        self.setAccessibleName(f"{self.text()}：{number}。{note}")
        self.update()

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.tile_least, at.tile)

    def minimumSizeHint(self) -> QSize:
        at = look().at
        words_wide = text_width(typeface(at.type_field), self.text())
        return QSize(words_wide + 2 * at.medium + 2 * at.icon + 3 * at.small, at.tile)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        ground = "hover" if self.underMouse() or self.isDown() else "raised"
        self._draw_edge(painter, area, ground)
        left = at.medium + at.bar
        top = QRectF(0, at.small, self.width(), at.icon + at.medium)
        icons.paint(painter, self._icon, self._status.value, centred(top, left, at.icon, at.icon))
        title = top.adjusted(left + at.icon + at.small - at.hair, 0, -at.medium - at.icon, 0)
        words(painter, title, self.text(), now.colour("text"), typeface(at.type_field))
        arrow = centred(top, self.width() - at.medium - at.icon, at.icon, at.icon)
        icons.paint(painter, "chevron-right", "muted", arrow)
        self._draw_number(
            painter, QRectF(left, top.bottom(), self.width() - left - at.medium, at.type_number)
        )
        painter.end()

    def _draw_edge(self, painter: QPainter, area: QRectF, ground: str) -> None:
        """Draw the panel with the bar of its status along the left edge."""
        now = look()
        at = now.at
        role = {Status.WARNING: "bar_warning", Status.NEUTRAL: "border_control"}.get(
            self._status, self._status.value
        )
        painter.save()
        painter.setClipRect(QRectF(0, 0, at.bar, area.height()))
        rounded(painter, area, at.radius_panel, fill=now.colour(role), line=None)
        painter.setClipRect(area.adjusted(at.bar, 0, 0, 0))
        rounded(
            painter,
            area,
            at.radius_panel,
            fill=now.colour(ground),
            line=now.colour("border"),
            width=at.hair,
        )
        painter.restore()

    def _draw_number(self, painter: QPainter, area: QRectF) -> None:
        now = look()
        at = now.at
        font = typeface(at.type_number, strong=True)
        colour = "danger" if self._status is Status.DANGER and self._number not in {"0", ""} else "text"
        words(painter, area, self._number, now.colour(colour), font)
        left = text_width(font, self._number) + at.small + at.frame
        base = area.adjusted(left, at.close, 0, at.close)
        words(painter, base, self._note, now.colour("muted"), typeface(at.type_caption))


BANNER_ICONS: Mapping[Status, str] = {
    Status.INFO: "info",
    Status.WARNING: "triangle-alert",
    Status.DANGER: "circle-x",
    Status.SUCCESS: "circle-check",
    Status.NEUTRAL: "info",
}


class Banner(QFrame):
    """One line that tells what happened or what to do, with its way out at the right."""

    closed = Signal()

    def __init__(
        self, status: Status = Status.INFO, sentence: str = "", *buttons: Button, closes: bool = True
    ) -> None:
        super().__init__()
        self._status = status
        self._mark = IconMark(BANNER_ICONS[status], role=status.value)
        self._sentence = Words(sentence, wraps=True)
        self._close = QuietButton("收起提示", "x")

        inside = row(
            self._mark, Grow(self._sentence), *buttons, self._close, margins="medium tiny small tiny"
        )
        self.setLayout(inside)
        self._close.setVisible(closes)
        hold(self, least_height="banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(sentence)

        self._close.clicked.connect(self._close_pressed)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def tell(self, status: Status, sentence: str) -> None:
        """Say something else and come into sight."""
        self._status = status
        self._mark.set_icon(BANNER_ICONS[status], status.value)
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(True)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = painter_on(self)
        rounded(
            painter,
            self.rect().toRectF(),
            now.at.radius,
            fill=now.tint(self._status),
            line=now.line(self._status),
            width=now.at.hair,
        )
        painter.end()

    def _close_pressed(self) -> None:
        self.setVisible(False)
        self.closed.emit()


class NextStep(Banner):
    """The one line that says what to do next, and the button that does it."""

    def __init__(self, sentence: str = "", *buttons: Button) -> None:
        super().__init__(Status.INFO, sentence, *buttons, closes=False)
        self._mark.set_icon("arrow-right", "accent_text")

    def say(self, sentence: str) -> None:
        """Name another step; an empty one hides the line."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = painter_on(self)
        area = self.rect().toRectF()
        painter.fillRect(area, now.colour("accent_tint"))
        painter.fillRect(QRectF(0, 0, now.at.bar, area.height()), now.colour("accent_text"))
        painter.end()


class EmptyState(QWidget):
    """What an empty place says: what belongs here, and a button for the first step."""

    step_asked = Signal()

    def __init__(self, icon: str, sentence: str, *, explanation: str = "", step: str = "") -> None:
        super().__init__()
        mark = IconMark(icon, role="border_control", size="icon_large")
        head = Words(sentence, size="type_record", strong=True, wraps=True)
        more = Words(explanation, role="muted", wraps=True)
        for label in (head, more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            hold(label, most_width="text_line")
            label.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Minimum)
        self.button = PrimaryButton(step)

        self.setLayout(
            column(
                None,
                row(None, mark, None),
                row(None, Grow(head, 6), None),
                row(None, Grow(more, 6), None),
                row(None, self.button, None),
                None,
                gap="medium",
                margins="large",
            )
        )
        # Only now: a widget without a parent that is made visible would open as a window.
        more.setVisible(bool(explanation))
        self.button.setVisible(bool(step))

        self.button.clicked.connect(self.step_asked)
