"""Fields for choosing: segments for few, a list for many, ticks for several, yes and no."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.field import Field
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.look import look, text_width, typeface

MOST_SEGMENTS = 3


class Choice(NamedTuple):
    """One thing to choose: its code, the word people read, an icon if there is one."""

    code: str
    label: str
    icon: str = ""


class Segmented(QWidget):
    """Choices side by side in one frame; one of them, or none, is chosen. Arrows move the choice."""

    changed = Signal(str)

    def __init__(self, choices: Sequence[Choice], *, small: bool = False, fills: bool = False) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.segments = [Segment(choice, small=small) for choice in choices]
        inside = QHBoxLayout()
        inside.setSpacing(0)
        inside.setContentsMargins(0, 0, 0, 0)

        for place, segment in enumerate(self.segments):
            segment.place(first=place == 0, last=place == len(self.segments) - 1)
            self._group.addButton(segment)
            inside.addWidget(segment)
            if fills:
                segment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayout(inside)
        if self.segments:
            self.setFocusProxy(self.segments[0])
        policy = QSizePolicy.Policy.Preferred if fills else QSizePolicy.Policy.Fixed
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

        self._group.buttonClicked.connect(self._pressed)

    def value(self) -> str:
        """Return the code of the chosen segment, or an empty text."""
        chosen = self._group.checkedButton()
        return chosen.choice.code if isinstance(chosen, Segment) else ""

    def set_value(self, code: str | None) -> None:
        self._group.setExclusive(False)
        for segment in self.segments:
            segment.setChecked(segment.choice.code == code)
        self._group.setExclusive(True)

    def set_label(self, code: str, label: str) -> None:
        """Change a segment's word, for a count that stands in it."""
        for segment in self.segments:
            if segment.choice.code == code:
                segment.set_label(label)

    def _pressed(self, segment: QAbstractButton) -> None:
        self.changed.emit(self.value())


class Segment(QAbstractButton):
    """One part of a segmented choice."""

    def __init__(self, choice: Choice, *, small: bool) -> None:
        super().__init__()
        self.choice = choice
        self._height = "control_small" if small else "control"
        self._is_first = self._is_last = False
        self.setCheckable(True)
        self.setText(choice.label)
        self.setAccessibleName(choice.label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def place(self, *, first: bool, last: bool) -> None:
        self._is_first, self._is_last = first, last

    def set_label(self, label: str) -> None:
        self.setText(label)
        self.setAccessibleName(label)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        at = look().at
        lead = at.icon + at.close if self.choice.icon else at.none
        # Measured bold, so that choosing it moves nothing.
        words = text_width(typeface(at.type_body, strong=True), self.text())
        return QSize(lead + words + 2 * at.medium, getattr(at, self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        seen, at = look(), look().at
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = at.hair / 2
        # Neighbours share a line: all but the last leave their right edge to the next one.
        area = QRectF(half, half, self.width() - (at.hair if self._is_last else 0), self.height() - at.hair)
        self._clip_corners(painter, area)
        ground = "accent_tint" if self.isChecked() else "hover" if self.underMouse() else "raised"
        painter.setBrush(seen.colour(ground))
        painter.setPen(QPen(seen.colour("border_control" if self.isEnabled() else "border"), float(at.hair)))
        extra = at.radius * 2
        painter.drawRoundedRect(
            area.adjusted(0 if self._is_first else -extra, 0, 0 if self._is_last else extra, 0),
            at.radius,
            at.radius,
        )
        if not self._is_first:
            painter.setPen(QPen(seen.colour("border_control"), float(at.hair)))
            painter.drawLine(area.topLeft(), area.bottomLeft())
        self._paint_words(painter)

    def _clip_corners(self, painter: QPainter, area: QRectF) -> None:
        painter.setClipRect(self.rect())

    def _paint_words(self, painter: QPainter) -> None:
        at = look().at
        role = "disabled" if not self.isEnabled() else "accent_text" if self.isChecked() else "text"
        painter.setFont(typeface(at.type_body, strong=self.isChecked()))
        painter.setPen(look().colour(role))
        words = text_width(painter.font(), self.text())
        lead = at.icon + at.close if self.choice.icon else at.none
        start = (self.width() - lead - words) / 2
        if self.choice.icon:
            icons.paint(
                painter,
                self.choice.icon,
                role,
                QRectF(start, (self.height() - at.icon) / 2, at.icon, at.icon),
            )
        painter.drawText(
            QRectF(start + lead, 0, words + at.small, self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )


class ChoiceField(Field):
    """One of several: segments up to three choices, else a list that starts with “请选择”."""

    def __init__(
        self, label: str, choices: Sequence[Choice], *, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__(label, required=required, hint=hint)
        self._segments: Segmented | None = None
        self._list: ComboBox | None = None

        if len(choices) <= MOST_SEGMENTS:
            self._segments = Segmented(choices, fills=True)
            self.arrange(self._segments, self._segments.segments[0] if choices else self._segments)
            self._segments.changed.connect(self._chosen)
        else:
            self._list = ComboBox()
            self.set_choices(choices)
            self.arrange(self._list)
            self._list.activated.connect(self._chosen)
            self._list.entered.connect(self.next_asked)
            self._list.unclear.connect(self.show_error)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace what can be chosen in a list; the chosen one stays if it is still there."""
        assert self._list is not None, "segments are fixed; build the field anew"
        kept = self._list.currentData()
        self._list.clear()
        self._list.addItem("请选择", "")
        for choice in choices:
            self._list.addItem(choice.label, choice.code)
        self._list.setCurrentIndex(max(self._list.findData(kept), 0))

    def value(self) -> str:
        """Return the code of the choice, or an empty text; what is typed clearly counts as chosen."""
        if self._segments is not None:
            return self._segments.value()
        assert self._list is not None
        place = self._list.typed_place()
        return "" if place is None else str(self._list.itemData(place) or "")

    def value_text(self) -> str:
        if self._segments is not None:
            return next((s.text() for s in self._segments.segments if s.isChecked()), "")
        assert self._list is not None
        place = self._list.typed_place()
        return self._list.itemText(place) if place is not None and self.value() else ""

    def set_value(self, code: str | None) -> None:
        if self._segments is not None:
            self._segments.set_value(code)
        elif self._list is not None:
            self._list.setCurrentIndex(max(self._list.findData(code or ""), 0))

    def framed_control(self) -> QWidget | None:
        return self._list

    def _chosen(self) -> None:
        self.clear_error()
        self.changed.emit()


class YesNoField(ChoiceField):
    """Yes, no, or not yet asked."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        hint: str = "",
        words: tuple[str, str] = ("是", "否"),
    ) -> None:
        yes, no = words
        super().__init__(label, [Choice("yes", yes), Choice("no", no)], required=required, hint=hint)

    def answer(self) -> bool | None:
        """Return True, False, or None when nobody has answered."""
        return {"yes": True, "no": False}.get(self.value())

    def set_answer(self, answer: bool | None) -> None:
        self.set_value(None if answer is None else "yes" if answer else "no")


class CheckBox(QCheckBox):
    """A tick with its word."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        at = look().at
        words = text_width(typeface(at.type_body), self.text())
        return QSize(at.check + (at.small + words if self.text() else 0) + at.frame, at.control_small)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        at = look().at
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = QRectF(at.hair, (self.height() - at.check) / 2, at.check, at.check)
        paint_check(painter, spot, self.checkState(), enabled=self.isEnabled())
        painter.setFont(typeface(at.type_body))
        painter.setPen(look().colour("text" if self.isEnabled() else "disabled"))
        words = self.rect().toRectF().adjusted(at.check + at.small + at.hair, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)


def paint_check(painter: QPainter, spot: QRectF, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """Draw a tick box; tables draw theirs with it too."""
    seen, at = look(), look().at
    is_on = state != Qt.CheckState.Unchecked
    half = at.hair / 2
    role = ("accent" if is_on else "border_control") if enabled else "border"
    painter.setPen(QPen(seen.colour(role), float(at.hair)))
    painter.setBrush(seen.colour("accent" if is_on and enabled else "raised"))
    painter.drawRoundedRect(spot.adjusted(half, half, -half, -half), at.radius_check, at.radius_check)
    if is_on:
        name = "check" if state == Qt.CheckState.Checked else "minus"
        inset = at.frame
        inside = spot.adjusted(inset, inset, -inset, -inset)
        icons.paint(painter, name, "on_accent" if enabled else "disabled", inside)


class MultiChoiceField(Field):
    """Several of several, as ticks that flow into as many lines as they need."""

    def __init__(
        self, label: str, choices: Sequence[Choice], *, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__(label, required=required, hint=hint)
        self._boxes = {choice.code: CheckBox(choice.label) for choice in choices}
        inside = QWidget()
        flow = FlowLayout()

        for tick in self._boxes.values():
            flow.addWidget(tick)
        inside.setLayout(flow)
        first = next(iter(self._boxes.values()), None)
        self.arrange(inside, first)
        for tick in self._boxes.values():
            tick.setAccessibleDescription(label)

        for tick in self._boxes.values():
            tick.clicked.connect(self._ticked)

    def values(self) -> tuple[str, ...]:
        return tuple(code for code, tick in self._boxes.items() if tick.isChecked())

    def value_text(self) -> str:
        return "、".join(tick.text() for tick in self._boxes.values() if tick.isChecked())

    def set_values(self, codes: Sequence[str]) -> None:
        for code, tick in self._boxes.items():
            tick.setChecked(code in codes)

    def _ticked(self) -> None:
        self.clear_error()
        self.changed.emit()
