"""数据交换: take a workbook, look it over, import it; take an import back; decide what was parked."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.services.imports.answers import Undone
from desktop.services.papers.papers import Wanted
from desktop.services.rights import Right, may
from desktop.views.exchange.alike_view import AlikeView
from desktop.views.exchange.conflicts_view import ConflictsView
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.drop_area import choose_files
from desktop.views.exchange.duplicates_view import DuplicatesView
from desktop.views.exchange.review_view import ReviewView
from desktop.views.exchange.sendings_view import SendingsView
from desktop.views.exchange.start_view import StartView
from desktop.views.exchange.taking_in import Looked
from desktop.views.exchange.waiting_view import WaitingView
from desktop.views.hub import Screen
from desktop.views.kit.arrange import Grow, show_part
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.panels import PageHead, page
from desktop.views.kit.tabs import TabRow, TabText
from desktop.views.registration.paper_view import PaperView

START, DUPLICATES, ALIKE, CONFLICTS, SENDINGS = "start", "duplicates", "alike", "conflicts", "sendings"
TABS = (
    TabText(START, "导入、合并"),
    TabText(DUPLICATES, "疑似重复"),
    TabText(ALIKE, "档案查重"),
    TabText(CONFLICTS, "交换冲突"),
    TabText(SENDINGS, "谁报了"),
)


class ExchangePage(Screen):
    """The place: its beginning with the imports of the past, and the review of what is being taken in."""

    topics: ClassVar[frozenset[str]] = frozenset(
        {"imports", "duplicates", "conflicts", "exchange", "establishments"}
    )
    imported = Signal(object)
    """The ``ImportAnswer`` of an import that wrote."""

    join_asked = Signal(int, str)

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self.choose_button = PrimaryButton("选台账…", "folder-open", shortcut="Ctrl+O")
        self.other_button = Button("换个文件…", "folder-open", shortcut="Ctrl+O")
        self.head = PageHead("数据交换", self.other_button, self.choose_button)
        may_join = may(desk.actor, Right.JOIN)
        self.tabs = TabRow([tab for tab in TABS if may_join or tab.key != ALIKE])
        self.start = StartView(desk)
        self.duplicates = DuplicatesView(desk)
        self.conflicts = ConflictsView(desk)
        self._stack = QStackedWidget()

        for view in (self.start, self.duplicates, self.conflicts):
            self._stack.addWidget(view)
        self.setLayout(page(self.head, self.tabs, Grow(self._stack)))
        self.choose_button.setEnabled(may(desk.actor, Right.IMPORT))
        self.other_button.hide()

        self.choose_button.clicked.connect(self._choose_pressed)
        self.other_button.clicked.connect(self._choose_pressed)
        self.start.drop_area.dropped.connect(self.look_over)
        self.start.undo_pane.undone.connect(self._undone)
        self.tabs.changed.connect(self._tab_changed)
        self.duplicates.counted.connect(self._duplicates_counted)
        self.duplicates.join_asked.connect(self.join_asked)
        self.conflicts.counted.connect(self._conflicts_counted)

    # What counts beside its tab is there from the beginning; the rest is built when it is first shown.

    @cached_property
    def alike(self) -> AlikeView:
        """档案查重: the whole register is looked through, so nobody is made to wait for it unasked."""
        made = AlikeView(self._desk)
        made.counted.connect(self._alike_counted)
        made.join_asked.connect(self.join_asked)
        return made

    @cached_property
    def sendings(self) -> SendingsView:
        """谁报了."""
        made = SendingsView(self._desk)
        made.papers_asked.connect(self._papers_asked)
        return made

    @cached_property
    def review(self) -> ReviewView:
        """What is being taken in, before it is written."""
        made = ReviewView(self._desk)
        made.back_asked.connect(self.show_start)
        made.taken_in.connect(self._taken_in)
        return made

    @cached_property
    def paper(self) -> PaperView:
        """A letter as it will be printed."""
        made = PaperView(self._desk)
        made.back_asked.connect(self._paper_left)
        return made

    def refresh(self) -> None:
        """Ask for the imports again; a review is somebody's work and is left alone."""
        self.start.refresh()
        self.duplicates.refresh()
        self.conflicts.refresh()
        if isinstance(shown := self._stack.currentWidget(), SendingsView | AlikeView):
            shown.refresh()

    def look_over(self, files: Sequence[Path]) -> None:
        """Review workbooks; nothing is written yet."""
        if not files:
            return
        names = "、".join(file.name for file in files)
        self.head.set_title("导入核对")
        self.head.set_subtitle(names)
        self._show_buttons(is_review=True)
        show_part(self._stack, self.review)
        self.review.look_over(files)
        self.review.take_focus()

    def show_start(self) -> None:
        """Go back to the beginning; what was looked over has left nothing behind."""
        self.head.set_title("数据交换")
        self.head.set_subtitle("")
        self._show_buttons(is_review=False)
        self.tabs.show_tab(START)
        self._stack.setCurrentWidget(self.start)
        self.start.refresh()

    def show_duplicates(self) -> None:
        """Go to what was parked; a review that is under way is somebody's work and is not left."""
        self._show(DUPLICATES, self.duplicates)

    def show_alike(self) -> None:
        """Go to records that are alike, as they are now; a review is not left for it."""
        self._show(ALIKE, self.alike)
        self.alike.refresh()

    def show_conflicts(self) -> None:
        """Go to what office and village said differently; a review is not left for it."""
        self._show(CONFLICTS, self.conflicts)

    def show_sendings(self) -> None:
        """Go to who has sent, as it is now; a review is not left for it."""
        self._show(SENDINGS, self.sendings)
        self.sendings.refresh()

    def _show(self, key: str, view: WaitingView | SendingsView) -> None:
        if isinstance(self._stack.currentWidget(), ReviewView):
            return
        self.tabs.show_tab(key)
        show_part(self._stack, view)
        view.take_focus()

    def go_back(self) -> bool:
        """Leave the review or the parked rows; False where the page stands at its beginning."""
        match self._stack.currentWidget():
            case StartView():
                return False
            case PaperView():
                self._paper_left()
            case _:
                self.show_start()
        return True

    def _show_buttons(self, *, is_review: bool) -> None:
        self.other_button.setVisible(is_review)
        self.choose_button.setVisible(not is_review)
        self.tabs.setVisible(not is_review)

    def _tab_changed(self, key: str) -> None:
        ways = {
            DUPLICATES: self.show_duplicates,
            ALIKE: self.show_alike,
            CONFLICTS: self.show_conflicts,
            SENDINGS: self.show_sendings,
        }
        ways.get(key, self.show_start)()

    def _duplicates_counted(self, count: int) -> None:
        self.tabs.set_count(DUPLICATES, count or None)

    def _alike_counted(self, count: int) -> None:
        self.tabs.set_count(ALIKE, count or None)

    def _conflicts_counted(self, count: int) -> None:
        self.tabs.set_count(CONFLICTS, count or None)

    def _papers_asked(self, wanted: Wanted, title: str, about: str) -> None:
        """Show letters in place of the whole page: their view has a head of its own."""
        self._show_own_head(is_shown=False)
        show_part(self._stack, self.paper)
        self.paper.show_papers(wanted, title, about, reason="再次催报")

    def _paper_left(self) -> None:
        self._show_own_head(is_shown=True)
        self.show_sendings()

    def _show_own_head(self, *, is_shown: bool) -> None:
        self.head.setVisible(is_shown)
        self.tabs.setVisible(is_shown)

    def _choose_pressed(self) -> None:
        self.look_over(choose_files(self, self._desk.remembered))

    def _taken_in(self, looked: Looked) -> None:
        self.show_start()
        self.start.tell(looked.answer, looked.merge)
        self.imported.emit(looked.answer)

    def _undone(self, undone: Undone) -> None:
        self.start.news.hide()
        self.start.refresh()
