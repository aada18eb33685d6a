"""登记发证: applications, candidates, papers, printing, verifying, layouts, as tabs of one place."""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.lifecycle import RegistrationStatus
from desktop.services.papers.papers import PaperRow, Wanted
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.registration.registrations import Batch, Choice
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, show_part
from desktop.views.kit.buttons import PrimaryButton, SmallButton
from desktop.views.kit.panels import Banner, PageHead
from desktop.views.kit.tabs import TabRow, TabText
from desktop.views.kit.tokens import Status
from desktop.views.registration.applications_tab import ApplicationsTab
from desktop.views.registration.candidates_tab import CandidatesTab
from desktop.views.registration.collections_tab import CollectionsTab
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.layout_tab import LayoutTab
from desktop.views.registration.numbers_tab import NumbersTab
from desktop.views.registration.paper_view import PaperView
from desktop.views.registration.papers_tab import PapersTab
from desktop.views.registration.print_tab import PrintTab
from desktop.views.registration.printed_tab import PrintedTab
from desktop.views.registration.verify_tab import VerifyTab

APPLICATIONS, CANDIDATES, PAPERS, PRINT = "applications", "candidates", "papers", "print"
NUMBERS, COLLECTIONS, VERIFY = "numbers", "collections", "verify"
LAYOUTS, PRINTED = "layouts", "printed"
TABS = (
    TabText(APPLICATIONS, "申请办理"),
    TabText(CANDIDATES, "可登记"),
    TabText(PAPERS, "证卡"),
    TabText(PRINT, "打印中心"),
    TabText(COLLECTIONS, "领取"),
    TabText(NUMBERS, "号码台账"),
    TabText(VERIFY, "核验"),
    TabText(LAYOUTS, "版式"),
    TabText(PRINTED, "打印记录"),
)
_UNDER_WAY = {
    RegistrationStatus.APPLIED,
    RegistrationStatus.TO_COMPLETE,
    RegistrationStatus.ACCEPTED,
    RegistrationStatus.SITE_CHECK,
}


class RegistrationPage(Screen):
    """The place: one head, nine tabs, and the news of what was done above them."""

    topics: ClassVar[frozenset[str]] = frozenset(
        {"applications", "establishments", "papers", "prints", "collections"}
    )
    open_asked = Signal(int)
    edit_asked = Signal(int)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self.new_button = PrimaryButton("受理新申请", "plus", shortcut="Ctrl+N")
        self.tabs = TabRow(TABS)
        self._to_print = SmallButton("去打印中心", "printer")
        self.banner = Banner(Status.SUCCESS, "", self._to_print)
        self._pages = QStackedWidget()

        head = PageHead("登记发证", self.new_button)
        self.setLayout(
            column(head, column(self.tabs, self.banner, Grow(self._pages), gap="medium"), gap="none")
        )
        self.banner.setVisible(False)

        self.tabs.changed.connect(self.go)
        self.new_button.clicked.connect(self._new_asked)
        self._to_print.clicked.connect(self._to_print_pressed)
        self._pages.addWidget(self.applications)

    # Each part is built when it is first shown: nobody looks at all of them in a day.

    @cached_property
    def applications(self) -> ApplicationsTab:
        """申请办理."""
        made = ApplicationsTab(self._desk)
        made.told.connect(self._tell)
        made.paper_asked.connect(self.print_paper)
        made.open_asked.connect(self.open_asked)
        made.counted.connect(self._applications_counted)
        return made

    @cached_property
    def candidates(self) -> CandidatesTab:
        """可登记."""
        made = CandidatesTab(self._desk)
        made.registered.connect(self._batch_registered)
        made.refused.connect(self._refuse)
        made.open_asked.connect(self.open_asked)
        made.edit_asked.connect(self.edit_asked)
        made.counted.connect(self._candidates_counted)
        return made

    @cached_property
    def papers(self) -> PapersTab:
        """证卡."""
        made = PapersTab(self._desk)
        made.told.connect(self._tell)
        made.reprint_asked.connect(self._reprint_asked)
        made.first_step_asked.connect(self._candidates_asked)
        made.open_asked.connect(self.open_asked)
        made.counted.connect(self._papers_counted)
        return made

    @cached_property
    def print_centre(self) -> PrintTab:
        """打印中心."""
        made = PrintTab(self._desk)
        made.first_step_asked.connect(self._candidates_asked)
        made.edit_asked.connect(self.edit_asked)
        made.counted.connect(self._prints_counted)
        return made

    @cached_property
    def collections(self) -> CollectionsTab:
        """领取."""
        made = CollectionsTab(self._desk)
        made.told.connect(self._tell)
        made.open_asked.connect(self.open_asked)
        made.counted.connect(self._collections_counted)
        made.sheet_asked.connect(self.print_wanted)
        return made

    @cached_property
    def numbers(self) -> NumbersTab:
        """号码台账."""
        made = NumbersTab(self._desk)
        made.told.connect(self._tell)
        made.open_asked.connect(self.open_asked)
        return made

    @cached_property
    def verifying(self) -> VerifyTab:
        """核验."""
        made = VerifyTab(self._desk)
        made.open_asked.connect(self.open_asked)
        return made

    @cached_property
    def layouts(self) -> LayoutTab:
        """版式."""
        return LayoutTab(self._desk)

    @cached_property
    def printed(self) -> PrintedTab:
        """打印记录."""
        made = PrintedTab(self._desk)
        made.open_asked.connect(self.open_asked)
        return made

    @cached_property
    def paper(self) -> PaperView:
        """A paper as it will be printed, behind no tab."""
        made = PaperView(self._desk)
        made.back_asked.connect(self._leave_paper)
        return made

    def refresh(self) -> None:
        """Ask for the counts beside the tabs; the tab that is seen asks for its own list and count."""
        desk = self._desk
        asks_candidates = not isinstance(self._pages.currentWidget(), CandidatesTab)

        def ask(progress: Progress) -> dict[str, int]:
            counts = {
                APPLICATIONS: len(desk.applications.under_way(by=desk.actor)),
                PAPERS: desk.papers.count(by=desk.actor),
                PRINT: desk.papers.count(by=desk.actor, is_unprinted=True),
                COLLECTIONS: desk.collections.count_waiting(by=desk.actor),
            }
            if asks_candidates:
                candidates = desk.registrations.candidates(Choice(), by=desk.actor)
                counts[CANDIDATES] = sum(not line.reasons for line in candidates)
            return counts

        desk.jobs.run(ask, owner=self, done=self._counted)

    def go(self, tab: str) -> None:
        """Show one of the tabs."""
        self.tabs.show_tab(tab)
        show_part(self._pages, self._part(tab))
        if tab == VERIFY:
            self.verifying.begin()

    def verify(self, code: str) -> None:
        """Say what a code is worth that was scanned into the search."""
        self.go(VERIFY)
        self.verifying.verify(code)

    def start_for(self, establishment_id: int) -> None:
        """Go on with the registration of an establishment, wherever it stands."""
        desk = self._desk

        def ask(progress: Progress) -> EstablishmentRow:
            return desk.establishments.detail(establishment_id, by=desk.actor).row

        desk.jobs.run(ask, owner=self, done=self._known)

    def print_for(self, establishment_id: int) -> None:
        """Show the newest paper of an establishment in the print centre, as a second copy if need be."""
        desk = self._desk

        def ask(progress: Progress) -> tuple[PaperRow, ...]:
            return desk.papers.page(by=desk.actor, establishment_id=establishment_id, limit=1)

        self.go(PRINT)
        desk.jobs.run(ask, owner=self, done=self._paper_known)

    def print_paper(self, code: str, title: str, establishment_id: int) -> None:
        """Show a paper of an establishment as it will be printed."""
        self.print_wanted(Wanted(code, ids=(establishment_id,)), title)

    def print_wanted(self, wanted: Wanted, title: str) -> None:
        """Show papers as they will be printed, whoever asked for them."""
        self.banner.setVisible(False)
        show_part(self._pages, self.paper)
        self.paper.show_papers(wanted, title, "")

    def go_back(self) -> bool:
        """Leave a paper, or close the pane of a new application, first."""
        shown = self._pages.currentWidget()
        if isinstance(shown, PaperView):
            self._leave_paper()
            return True
        return isinstance(shown, ApplicationsTab) and shown.go_back()

    def _part(self, tab: str) -> QWidget:
        match tab:
            case "applications":
                return self.applications
            case "candidates":
                return self.candidates
            case "papers":
                return self.papers
            case "print":
                return self.print_centre
            case "collections":
                return self.collections
            case "numbers":
                return self.numbers
            case "verify":
                return self.verifying
            case "printed":
                return self.printed
        return self.layouts

    def _leave_paper(self) -> None:
        self.go(self.tabs.current())

    def _counted(self, counts: dict[str, int]) -> None:
        for tab, count in counts.items():
            self.tabs.set_count(tab, count)

    def _applications_counted(self, count: int) -> None:
        self.tabs.set_count(APPLICATIONS, count)

    def _candidates_counted(self, count: int) -> None:
        self.tabs.set_count(CANDIDATES, count)

    def _papers_counted(self, count: int) -> None:
        self.tabs.set_count(PAPERS, count)

    def _prints_counted(self, count: int) -> None:
        self.tabs.set_count(PRINT, count)

    def _collections_counted(self, count: int) -> None:
        self.tabs.set_count(COLLECTIONS, count)

    def _known(self, row: EstablishmentRow) -> None:
        if row.registration_status in _UNDER_WAY:
            self.go(APPLICATIONS)
            self.applications.choose(row.id)
        else:
            self.go(CANDIDATES)
            self.candidates.start_for(row.id)

    def _paper_known(self, papers: tuple[PaperRow, ...]) -> None:
        for paper in papers:
            self.print_centre.add(paper)

    def _new_asked(self) -> None:
        self.go(APPLICATIONS)
        self.applications.start_new()

    def _candidates_asked(self) -> None:
        self.go(CANDIDATES)

    def _to_print_pressed(self) -> None:
        self.banner.setVisible(False)
        self.go(PRINT)

    def _reprint_asked(self, papers: Sequence[PaperRow]) -> None:
        self.go(PRINT)
        self.print_centre.add(*papers)

    def _batch_registered(self, batch: Batch) -> None:
        issued, refused = batch.issued, batch.refused
        self._to_print.setVisible(bool(issued))
        if not issued:
            self.banner.tell(Status.WARNING, f"没有登记：{_reasons(batch)}")
            return
        rest = f"；{len(refused)} 户没有登记：{_reasons(batch)}" if refused else ""
        status = Status.WARNING if refused else Status.SUCCESS
        self.banner.tell(status, f"已登记 {len(issued)} 户：{self._numbers(batch)}{rest}。")

    def _numbers(self, batch: Batch) -> str:
        """Name the papers of each trade with their first and last number."""
        told = []
        for trade in self._desk.profile.trades:
            numbers = [one.number for one in batch.issued if one.kind == trade.code]
            if numbers:
                last = f" 至 {numbers[-1][-4:]}" if len(numbers) > 1 else ""
                told.append(f"{trade.paper.title} {numbers[0]}{last}")
        return "，".join(told)

    def _tell(self, sentence: str) -> None:
        self._to_print.setVisible("打印" in sentence)
        self.banner.tell(Status.SUCCESS, sentence)

    def _refuse(self, sentence: str) -> None:
        self._to_print.setVisible(False)
        self.banner.tell(Status.DANGER, sentence)


def _reasons(batch: Batch) -> str:
    told = [f"{one.title}（{one.reason}）" for one in batch.refused[:3]]
    more = f"等 {len(batch.refused)} 户" if len(batch.refused) > len(told) else ""
    return "、".join(told) + more
