"""The sections of a sheet at its left: which are filled, which have errors, which one is open."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy

from desktop.domain.forms import Section
from desktop.views.kit import icons
from desktop.views.kit.arrange import hold
from desktop.views.kit.drawing import RIGHT, centred, painter_on, rounded, words
from desktop.views.kit.look import look, typeface
from desktop.views.kit.scroll import Scrolled


class SectionState(Enum):
    """How far a section is, with the icon and the colour role that say so."""

    EMPTY = "circle", "muted"
    BEGUN = "circle-dot", "muted"
    FILLED = "circle-check", "success"
    WRONG = "circle-x", "danger"


class SectionList(Scrolled):
    """One line for each section; arrows move, Ctrl+PgUp and Ctrl+PgDn do so from anywhere.

    On a low screen the lines move closer together first, and scroll where that is not enough.
    """

    chosen = Signal(int)

    def __init__(self, sections: Sequence[Section]) -> None:
        self.lines = [SectionLine(section.label) for section in sections]
        super().__init__(*self.lines, None, gap="tiny")
        self._group = QButtonGroup(self)
        for place, line in enumerate(self.lines):
            self._group.addButton(line, place)

        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hold(self, width="section_list")

        self._group.idClicked.connect(self.chosen)

    def show_place(self, place: int) -> None:
        self.lines[place].setChecked(True)
        self.ensureWidgetVisible(self.lines[place])

    def show_state(self, place: int, state: SectionState, errors: int) -> None:
        self.lines[place].show_state(state, errors)


class SectionLine(QAbstractButton):
    """The name of a section, its state and how many errors it has."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._state = SectionState.EMPTY
        self._errors = 0
        self.setText(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # Many sections on a low screen move closer together before anything is cut off.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_state(SectionState.EMPTY, 0)

    @property
    def state(self) -> SectionState:
        return self._state

    def show_state(self, state: SectionState, errors: int) -> None:
        self._state, self._errors = state, errors
        said = {SectionState.FILLED: "已填", SectionState.WRONG: f"{errors} 处要改"}.get(state, "未填完")
        self.setAccessibleName(f"{self.text()}，{said}")
        self.update()

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.section_list, at.tab)

    def minimumSizeHint(self) -> QSize:
        at = look().at
        return QSize(at.section_list - at.medium, at.control_small)

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
        if self.isChecked():
            line = now.colour("border")
            rounded(painter, area, at.radius, fill=now.colour("raised"), line=line, width=at.hair)
        elif self.underMouse():
            rounded(painter, area, at.radius, fill=now.colour("hover"), line=None)
        icon, role = self._state.value
        icons.paint(painter, icon, role, centred(area, at.medium, at.icon, at.icon))
        count = str(self._errors) if self._errors else ""
        left = at.medium + at.icon + at.small
        room = QRectF(left, 0, area.width() - left - at.large - (at.medium if count else 0), area.height())
        strong = self.isChecked()
        words(painter, room, self.text(), now.colour("text"), typeface(at.type_field, strong=strong))
        if count:
            spot = area.adjusted(0, 0, -at.medium, 0)
            words(painter, spot, count, now.colour("danger"), typeface(at.type_body, strong=True), RIGHT)
        painter.end()
