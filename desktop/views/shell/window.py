"""The main window: a frame of bar, rail and strip around the page that is open."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.hub import Screen
from desktop.views.jobs import Jobs
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.look import look
from desktop.views.kit.stylesheet import wear
from desktop.views.kit.theme import Theme
from desktop.views.kit.tokens import Status
from desktop.views.kit.typing_line import TypingLine
from desktop.views.shell.notices import Notices
from desktop.views.shell.page_stack import PageStack
from desktop.views.shell.place_search import PlaceSearch, SearchProvider
from desktop.views.shell.rail import Rail
from desktop.views.shell.search_hit import SearchHit
from desktop.views.shell.shortcuts import ShortcutSheet
from desktop.views.shell.status_strip import StatusStrip
from desktop.views.shell.top_bar import Identity, TopBar

BROKEN = "程序出了差错，这一步没有做成；已保存的不受影响。差错已记入日志，请再试一次。"

PageFactory = Callable[[], QWidget]


@runtime_checkable
class GoesBack(Protocol):
    """A page with steps inside: Esc goes one of them back first."""

    def go_back(self) -> bool:
        """Go back inside the page; return False where the page stands at its beginning."""


@runtime_checkable
class FindsInside(Protocol):
    """A page with something to search in, reached by Ctrl+F."""

    def focus_search(self) -> None:
        """Put the keyboard where one searches in this page."""


class MainWindow(QWidget):
    """The window of the program; pages are built when they are first opened."""

    place_opened = Signal(str)
    hit_chosen = Signal(SearchHit)
    help_asked = Signal(str)
    sign_out_asked = Signal()

    def __init__(self, theme: Theme, identity: Identity, search: SearchProvider, jobs: Jobs) -> None:
        super().__init__()
        self._theme = theme
        self._factories: dict[str, PageFactory] = {}
        self._titles: dict[str, str] = {}
        self._pages: dict[str, QWidget] = {}
        self._trail: list[str] = []
        self.place_search = PlaceSearch(search, jobs)
        self.top_bar = TopBar(identity, self.place_search)
        self.rail = Rail()
        self.strip = StatusStrip(jobs, identity.rule_pack)
        self.notices = Notices()
        self._stack = PageStack()
        self._sheet: ShortcutSheet | None = None
        mark = "（示例数据）" if identity.is_demo else ""
        self.setWindowTitle(f"{identity.township}食品三小登记{mark}")

        page_area = column(
            self.notices,
            Grow(self._stack),
            hold(QWidget(), height="medium"),
            gap="none",
            margins="large none",
        )
        self.setLayout(
            column(
                self.top_bar,
                Grow(row(self.rail, Grow(box(page_area)), gap="none")),
                self.strip,
                gap="none",
            )
        )

        self.rail.place_asked.connect(self.go)
        self.place_search.chosen.connect(self.hit_chosen)
        self.top_bar.shortcuts_button.clicked.connect(self.show_shortcuts)
        self.top_bar.help_button.clicked.connect(self._ask_help)
        self.top_bar.look_asked.connect(self._change_look)
        self.top_bar.sign_out_asked.connect(self.sign_out_asked)
        theme.changed.connect(self._fit)
        jobs.refused.connect(self._refused)
        jobs.crashed.connect(self._crashed)
        self._connect_keys()
        wear(self)

    @property
    def place(self) -> str:
        """The key of the open place; empty before the first."""
        return self._trail[-1] if self._trail else ""

    def add_place(
        self, key: str, title: str, icon: str, page_factory: PageFactory, *, at_bottom: bool = False
    ) -> None:
        """Add a place to the rail; its page is built when somebody goes there."""
        self._factories[key] = page_factory
        self._titles[key] = title
        self.rail.add(key, title, icon, at_bottom=at_bottom)
        number = len(self._factories)
        if number <= len(_PLACE_KEYS):
            self._key(f"Alt+{number}", self._place_key_pressed)

    def page(self, key: str) -> QWidget:
        """Return the page of a place, built when needed."""
        if key not in self._pages:
            self._pages[key] = self._factories[key]()
            self._stack.addWidget(self._pages[key])
        return self._pages[key]

    def go(self, key: str) -> None:
        """Open a place."""
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        self.rail.show_place(key)
        focus = QApplication.focusWidget()
        if focus is None or not page.isAncestorOf(focus):
            # Tab goes on from here to the first control of the page.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        if key != self.place:
            self._trail.append(key)
        self.place_opened.emit(key)

    def go_back(self) -> None:
        """Go one step back: inside the page, else to the place before."""
        if isinstance(focus := QApplication.focusWidget(), TypingLine) and focus.is_composing:
            return
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.hide()
        elif self.place_search.line.hasFocus():
            self.place_search.leave()
        elif not self._page_went_back() and len(self._trail) > 1:
            self._trail.pop()
            self.go(self.place)

    def say(self, status: Status, sentence: str, *buttons: Button) -> None:
        """Tell something above the page; a button may undo it or lead further."""
        self.notices.say(status, sentence, *buttons)

    def set_badge(self, key: str, badge: str) -> None:
        """Show beside a place how much waits there."""
        self.rail.set_badge(key, badge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self._sheet is not None:
            self._sheet.place()

    def _refused(self, sentence: str) -> None:
        self.say(Status.WARNING, sentence)

    def _crashed(self, error: Exception) -> None:
        self.say(Status.DANGER, BROKEN)

    def _page_went_back(self) -> bool:
        page = self._stack.currentWidget()
        return isinstance(page, GoesBack) and page.go_back()

    def _fit(self) -> None:
        is_narrow = self.width() < look().at.narrow_below
        self.rail.set_narrow(is_narrow)
        self.top_bar.set_narrow(is_narrow)
        self.top_bar.rescale()

    def _connect_keys(self) -> None:
        self._key("Ctrl+K", self.place_search.start)
        self._key("Ctrl+F", self._search_inside)
        self._key("Ctrl+=", self._theme.zoom_in)
        self._key("Ctrl++", self._theme.zoom_in)
        self._key("Ctrl+-", self._theme.zoom_out)
        self._key("Ctrl+0", self._theme.zoom_reset)
        self._key("F5", self._refresh)
        self._key("F11", self._toggle_full_screen)
        self._key("Esc", self.go_back)
        self._key("F1", self._ask_help)
        self._key("Ctrl+Shift+/", self.show_shortcuts)
        # Shift turns "/" into "?" on most keyboards; both spellings reach the same sheet.
        self._key("Ctrl+?", self.show_shortcuts)

    def _key(self, keys: str, pressed: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(pressed)

    def _place_key_pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QShortcut):
            number = _PLACE_KEYS.index(pressed.key().toString())
            self.go(list(self._factories)[number])

    def _search_inside(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, FindsInside):
            page.focus_search()
        else:
            self.place_search.start()

    def _refresh(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, Screen):
            page.refresh()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_shortcuts(self) -> None:
        """Show what the keys do, everywhere and on the page that is open."""
        if self._sheet is None:
            self._sheet = ShortcutSheet(self)
        self._sheet.show_for(self._stack.currentWidget(), self._titles.get(self.place, "这一页"))

    def _ask_help(self) -> None:
        self.help_asked.emit(self.place)

    def _change_look(self) -> None:
        self._theme.set_dark(not self._theme.is_dark)


_PLACE_KEYS = tuple(f"Alt+{number}" for number in range(1, 9))
