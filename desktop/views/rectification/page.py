"""整改销号: the wall, and behind it one case, an inspection, an order; Esc goes back to the wall."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.draws import DrawPurpose
from desktop.domain.rectification import InspectionMode
from desktop.domain.today import Subject, ToDo
from desktop.domain.visits import VisitRow
from desktop.domain.wall import WallFilters
from desktop.services.papers.campaign_papers import SCHEDULE
from desktop.services.papers.due_notices import DUE_NOTICES
from desktop.services.papers.papers import Wanted
from desktop.services.planning.campaigns import CampaignDetail
from desktop.services.planning.drawn_rows import DrawnRow
from desktop.services.rectification.inspections import Inspected
from desktop.services.rectification.look_backs import LookedBack
from desktop.services.rectification.rectifications import Ordered
from desktop.views.hub import Screen
from desktop.views.kit.arrange import Grow, column, show_part
from desktop.views.kit.panels import Banner
from desktop.views.kit.tokens import Status
from desktop.views.rectification.campaign_form_view import CampaignFormView
from desktop.views.rectification.campaign_view import CampaignView
from desktop.views.rectification.case_view import CaseView
from desktop.views.rectification.close_down_view import CloseDownView
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.draw_view import DrawView
from desktop.views.rectification.inspection_view import InspectionView
from desktop.views.rectification.inspector_view import InspectorView
from desktop.views.rectification.look_back_view import LookBackView
from desktop.views.rectification.message_view import MessageView
from desktop.views.rectification.order_view import OrderView
from desktop.views.rectification.plan_view import PlanView
from desktop.views.rectification.wall_view import WallView
from desktop.views.registration.paper_view import PaperView

_ASKED_AGAIN = (CampaignView, CaseView, DrawView, InspectorView, MessageView, PlanView, WallView)


class RectificationPage(Screen):
    """The place where what was found is put right."""

    topics = frozenset(
        {"rectifications", "findings", "inspections", "establishments", "look_backs", "shutdowns", "messages"}
    ) | {"draws", "inspectors", "risks", "plans", "samplings", "campaigns", "photos"}

    open_asked = Signal(int)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self.said = Banner(Status.SUCCESS)
        self._stack = QStackedWidget()
        self._paper_from = self.show_wall

        self.setLayout(column(self.said, Grow(self._stack), gap="small"))
        self.said.hide()
        self._stack.addWidget(self.wall)

    # Each part is built when it is first shown: most days nobody closes anything down.

    @cached_property
    def wall(self) -> WallView:
        """All that is open, by its day."""
        made = WallView(self._desk)
        made.case_asked.connect(self.show_case)
        made.findings_asked.connect(self.show_findings)
        made.look_back_asked.connect(self.begin_look_back)
        made.close_down_asked.connect(self.begin_close_down)
        made.inspect_asked.connect(self._inspect_pressed)
        made.notices_asked.connect(self._notices_asked)
        made.messages_asked.connect(self._messages_asked)
        made.visit_asked.connect(self.begin_visit)
        made.draws_asked.connect(self.show_draws)
        made.plan_asked.connect(self.show_plan)
        made.campaigns_asked.connect(self.show_campaigns)
        return made

    @cached_property
    def case(self) -> CaseView:
        """One case, from its finding to its closing out."""
        made = CaseView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.look_back_asked.connect(self.begin_look_back)
        made.open_asked.connect(self.open_asked)
        made.close_down_asked.connect(self.begin_close_down)
        made.done.connect(self._say)
        made.paper_asked.connect(self._paper_asked)
        return made

    @cached_property
    def inspection(self) -> InspectionView:
        """The sheet of an inspection."""
        made = InspectionView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.recorded.connect(self._recorded)
        return made

    @cached_property
    def order(self) -> OrderView:
        """What waits for an order, and the order."""
        made = OrderView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.ordered.connect(self._ordered)
        return made

    @cached_property
    def look_back(self) -> LookBackView:
        """The sheet of a look-back."""
        made = LookBackView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.open_asked.connect(self.open_asked)
        made.recorded.connect(self._looked_back)
        return made

    @cached_property
    def close_down(self) -> CloseDownView:
        """The next step of closing an establishment down."""
        made = CloseDownView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.open_asked.connect(self.open_asked)
        made.decided.connect(self._closed_down)
        return made

    @cached_property
    def messages(self) -> MessageView:
        """Whom to tell, and who was told."""
        made = MessageView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.open_asked.connect(self.open_asked)
        return made

    @cached_property
    def draws(self) -> DrawView:
        """Random draws and what is left of them."""
        made = DrawView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.open_asked.connect(self.open_asked)
        made.visit_asked.connect(self._drawn_asked)
        made.inspectors_asked.connect(self._inspectors_asked)
        return made

    @cached_property
    def inspectors(self) -> InspectorView:
        """The list of inspectors."""
        made = InspectorView(self._desk)
        made.back_asked.connect(self.show_draws)
        return made

    @cached_property
    def plan(self) -> PlanView:
        """The plan of a year."""
        made = PlanView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.open_asked.connect(self.open_asked)
        made.inspect_asked.connect(self.inspect)
        return made

    @cached_property
    def campaigns(self) -> CampaignView:
        """The campaigns and how far each has come."""
        made = CampaignView(self._desk)
        made.back_asked.connect(self.show_wall)
        made.open_asked.connect(self.open_asked)
        made.inspect_asked.connect(self.inspect)
        made.form_asked.connect(self._campaign_form_asked)
        made.paper_asked.connect(self._schedule_asked)
        return made

    @cached_property
    def campaign_form(self) -> CampaignFormView:
        """The sheet of a campaign."""
        made = CampaignFormView(self._desk)
        made.back_asked.connect(self.show_campaigns)
        made.saved.connect(self._campaign_saved)
        return made

    @cached_property
    def paper(self) -> PaperView:
        """A paper as it will be printed."""
        made = PaperView(self._desk)
        made.back_asked.connect(self._paper_left)
        return made

    def refresh(self) -> None:
        """Ask again what is in sight; a sheet that is being filled is left alone."""
        shown = self._stack.currentWidget()
        if isinstance(shown, _ASKED_AGAIN):
            shown.refresh()

    def show_wall(self) -> None:
        """Go back to the wall."""
        self._show(self.wall)
        self.wall.refresh()
        self.wall.take_focus()

    def show_filters(self, filters: WallFilters) -> None:
        """Show what a tile of the workbench asks for."""
        self._show(self.wall)
        self.wall.show_filters(filters)

    def show_to_do(self, one: ToDo) -> None:
        """Show the thing to do that somebody opened on the workbench."""
        if one.subject is Subject.FINDING:
            self.show_findings(one.establishment_id)
        else:
            self.show_case(one.id)

    def show_case(self, case_id: int) -> None:
        """Show one case."""
        self._show(self.case)
        self.case.show_case(case_id)

    def show_findings(self, establishment_id: int) -> None:
        """Show what waits for an order at an establishment."""
        self._show(self.order)
        self.order.show_findings(establishment_id)

    def inspect(self, establishment_id: int) -> None:
        """Begin an inspection of an establishment."""
        self._show(self.inspection)
        self.inspection.begin(establishment_id)

    def begin_visit(self, visit: VisitRow) -> None:
        """Begin the visit that is due, in its mode and by the people that were drawn for it."""
        if visit.is_look_back:
            self.begin_look_back(visit.establishment_id, visit.inspectors)
            return
        self._show(self.inspection)
        self.inspection.begin(visit.establishment_id, mode=visit.mode, inspectors=visit.inspectors)

    def show_draws(self) -> None:
        """Show the random draws."""
        self._show(self.draws)
        self.draws.begin()

    def show_plan(self) -> None:
        """Show the plan of this year."""
        self._show(self.plan)
        self.plan.begin()

    def show_visits(self) -> None:
        """Show who is to be visited."""
        self._show(self.wall)
        self.wall.show_visits()

    def show_campaigns(self, chosen: int | None = None) -> None:
        """Show the campaigns, with the one that is named in front of the eyes."""
        self._show(self.campaigns)
        self.campaigns.begin(chosen)

    def begin_look_back(self, establishment_id: int, inspectors: Sequence[str] = ()) -> None:
        """Begin a look-back at an establishment, by these people where they were drawn."""
        self._show(self.look_back)
        self.look_back.begin(establishment_id)
        self.look_back.name_inspectors(inspectors)

    def begin_close_down(self, establishment_id: int) -> None:
        """Begin the next step of closing an establishment down."""
        self._show(self.close_down)
        self.close_down.begin(establishment_id)

    def go_back(self) -> bool:
        """Go back to where one came from; False where the wall is in sight already."""
        match self._stack.currentWidget():
            case WallView():
                return False
            case PaperView():
                self._paper_left()
            case InspectorView():
                self.show_draws()
            case CampaignFormView():
                self.show_campaigns()
            case _:
                self.show_wall()
        return True

    def focus_search(self) -> None:
        """Put the keyboard where one finds an establishment."""
        if not isinstance(self._stack.currentWidget(), InspectionView):
            self._inspect_pressed()
        self.inspection.focus_search()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.said.hide()

    def _show(self, view: QWidget) -> None:
        self.said.hide()
        show_part(self._stack, view)

    def _inspect_pressed(self) -> None:
        self._show(self.inspection)
        self.inspection.begin()

    def _paper_asked(self, wanted: Wanted, title: str, about: str) -> None:
        self._paper_from = self._show_case_again
        self._show(self.paper)
        self.paper.show_papers(wanted, title, about)

    def _notices_asked(self, case_ids: tuple[int, ...]) -> None:
        self._paper_from = self.show_wall
        self._show(self.paper)
        about = f"逾期和本周到期的 {len(case_ids)} 件，一个 PDF"
        self.paper.show_papers(Wanted(DUE_NOTICES, ids=case_ids), "到期文书", about, reason="到期催办")

    def _messages_asked(self) -> None:
        self._show(self.messages)
        self.messages.begin(self.wall.filters)

    def _drawn_asked(self, drawn: DrawnRow) -> None:
        if drawn.purpose is DrawPurpose.LOOK_BACK:
            self.begin_look_back(drawn.establishment_id, drawn.inspectors)
            return
        self._show(self.inspection)
        people = drawn.inspectors
        self.inspection.begin(drawn.establishment_id, mode=InspectionMode.RANDOM, inspectors=people)

    def _campaign_form_asked(self, campaign: CampaignDetail | None) -> None:
        self._show(self.campaign_form)
        self.campaign_form.begin(campaign)

    def _campaign_saved(self, campaign: CampaignDetail) -> None:
        self._show(self.campaigns)
        self.campaigns.begin(campaign.id, f"“{campaign.draft.name}”已定下。")

    def _schedule_asked(self, campaign_id: int, name: str) -> None:
        self._paper_from = self.show_campaigns
        self._show(self.paper)
        self.paper.show_papers(Wanted(SCHEDULE, ids=(campaign_id,)), "推进配档表", name, reason="再印一份")

    def _inspectors_asked(self) -> None:
        self._show(self.inspectors)
        self.inspectors.begin()

    def _paper_left(self) -> None:
        self._paper_from()

    def _show_case_again(self) -> None:
        self._show(self.case)
        self.case.refresh()

    def _recorded(self, establishment_id: int, inspected: Inspected) -> None:
        if inspected.reopened is not None:
            self.show_case(inspected.reopened)
            said = f"检查已记下：这一户关停后又在经营，已另立整改 {inspected.reopened}，请接着再次责令。"
            self._say(said)
            return
        waiting = [one for one in inspected.findings if one.case_id is None]
        corrected = len(inspected.findings) - len(waiting)
        if waiting:
            self.show_findings(establishment_id)
            self._say(
                f"检查已记下，查出 {len(inspected.findings)} 项问题；请接着下达整改，或按 Esc 以后再办。"
            )
            return
        self.show_wall()
        self._say(
            f"检查已记下，{corrected} 项当场改正，等复查。" if corrected else "检查已记下，没有查出问题。"
        )

    def _ordered(self, ordered: Ordered) -> None:
        self.show_case(ordered.case_id)
        self._say(f"已下达 {ordered.number}，限 {ordered.due_on} 前改正。")

    def _looked_back(self, title: str, done: LookedBack) -> None:
        """Go where the outcome leads: to the case that it opened, else back to the list."""
        said = f"“{title}”回头看：{done.outcome.label}"
        if done.case_id is None:
            self.show_wall()
            self._say(f"{said}，已记下。")
        else:
            self.show_case(done.case_id)
            self._say(f"{said}，已另立整改 {done.case_id}，请接着再次责令。")

    def _closed_down(self, sentence: str) -> None:
        self.show_wall()
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.said.tell(Status.SUCCESS, sentence)
