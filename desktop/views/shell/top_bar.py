"""The bar at the top: which township, the search, help, who is signed in."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from desktop.views.kit.arrange import Grow, box, hold, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.chips import Chip, ChipText
from desktop.views.kit.drawing import MIDDLE, painter_on, rounded, words
from desktop.views.kit.look import look, typeface
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.shell.place_search import PlaceSearch

DEMO_CHIP = ChipText("示例数据", "flask-conical", Status.WARNING)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which office this is and who works at the desk."""

    township: str
    person: str
    office: str
    rule_pack: str
    is_demo: bool = False


class BarButton(Button):
    """A button without a line around it, as the bar has them; its key belongs to the window.

    A small window hides these buttons, and a hidden button's shortcut would be dead.
    """

    def _set_shortcut(self) -> None:
        """Only draw the key."""

    def _draw_body(self, painter: QPainter, area: QRectF) -> None:
        if self.underMouse() or self.isDown():
            rounded(painter, area, look().at.radius, fill=look().colour("hover"), line=None)

    def _words_role(self) -> str:
        return "muted"


class Avatar(QWidget):
    """The surname in a square."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._letter = name[:1]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().at.avatar, look().at.avatar)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = painter_on(self)
        area = self.rect().toRectF()
        rounded(painter, area, now.at.radius, fill=now.colour("accent_tint"), line=None)
        font = typeface(now.at.type_body, strong=True)
        words(painter, area, self._letter, now.colour("accent_text"), font, MIDDLE)
        painter.end()


class AccountButton(BarButton):
    """Who is signed in; opens what belongs to the person."""

    def _words_role(self) -> str:
        return "text"


class TopBar(QFrame):
    """Builds the bar; the window connects it."""

    look_asked = Signal()
    sign_out_asked = Signal()

    def __init__(self, identity: Identity, search: PlaceSearch) -> None:
        super().__init__()
        self._identity = identity
        self._township = Words(identity.township, size="type_record", strong=True)
        self._demo = Chip(DEMO_CHIP)
        self.search = search
        self.shortcuts_button = BarButton("快捷键", "keyboard", shortcut="Ctrl+Shift+/")
        self.help_button = BarButton("帮助", "circle-question-mark", shortcut="F1")
        self._avatar = Avatar(identity.person)
        self.account_button = AccountButton("", "chevron-down", icon_after=True)
        self._menu = QMenu(self)
        self._dark_action = self._menu.addAction("换成深色／浅色")
        self._menu.addSeparator()
        self._sign_out_action = self._menu.addAction("退出登录")
        self.setObjectName("top_bar")
        self._demo.setVisible(identity.is_demo)
        self.account_button.setMenu(self._menu)

        self._name_box = box(row(self._township, self._demo, None, gap="small"))
        self._account_box = box(row(self._avatar, self.account_button, gap="tiny"))
        self._inside = row(
            self._name_box,
            Grow(search, 3),
            Grow(box(row(None)), 1),
            self.shortcuts_button,
            self.help_button,
            self._account_box,
            gap="medium",
            margins="large none",
        )
        self.setLayout(self._inside)
        self.set_narrow(False)
        hold(self, height="top_bar")
        self.rescale()

        self._dark_action.triggered.connect(self.look_asked)
        self._sign_out_action.triggered.connect(self.sign_out_asked)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what a small window has no room for; the keys go on working."""
        self.shortcuts_button.setVisible(not is_narrow)
        self.help_button.setVisible(not is_narrow)
        person, office = self._identity.person, self._identity.office
        self.account_button.setText(person if is_narrow else f"{person} · {office}")
        self.account_button.setAccessibleName(f"{person}，{office}")
        # This happens while the window is being resized, when Qt takes the bar as laid out already.
        self._account_box.updateGeometry()
        self._inside.invalidate()
        self._inside.activate()

    def rescale(self) -> None:
        # The search begins where the pages begin, right of the rail.
        at = look().at
        wanted = self._name_box.sizeHint().width()
        self._name_box.setFixedWidth(max(at.rail - at.medium, wanted))
