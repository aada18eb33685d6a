"""领取: papers that are printed and lie in the office, and who took which."""

from typing import ClassVar

from PySide6.QtCore import Signal

from desktop.domain.dates import read_date
from desktop.services.papers.papers import Wanted
from desktop.services.registration.paper_collections import CollectionRow
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.choices import Choice, ChoiceField, Segmented
from desktop.views.kit.fields import DateField, TextField
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.do_pane import DoPane, Work
from desktop.views.registration.narrowing_list import VillageList
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

WAITING, TAKEN = "waiting", "taken"
SELF, AGENT = "self", "agent"
_COLUMNS = (
    ShortColumn("编号", 14, is_strong=True),
    ShortColumn("名称", 8, grows=True),
    ShortColumn("经营者", 5, grows=True),
    ShortColumn("村（社区）", 6, is_muted=True, is_spare=True),
    ShortColumn("打印", 6, is_muted=True, is_spare=True),
    ShortColumn("领取", 6),
    ShortColumn("领取人", 9),
)


class CollectionsTab(Screen):
    """Ticked papers are handed out together; the list of what was taken is one press away."""

    topics: ClassVar[frozenset[str]] = frozenset({"papers", "prints", "collections"})
    counted = Signal(int)
    told = Signal(str)
    open_asked = Signal(int)
    sheet_asked = Signal(object, str)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._rows: dict[int, CollectionRow] = {}
        self.which = Segmented((Choice(WAITING, "还没领走"), Choice(TAKEN, "已领走")), small=True)
        self.village = VillageList(desk.villages)
        self._all = SmallButton("全选", "list-checks")
        self.sheet = SmallButton("印签收表", "printer")
        self.table = ShortTable("领取", _COLUMNS, has_ticks=True)
        self.pane = HandOverPane(desk)

        self.which.set_value(WAITING)
        self.table.set_empty("没有等领取的证卡；打印以后，还没领走的都在这里。")
        head = row(self.which, self.village, self._all, None, self.sheet)
        side = hold(self.pane, width="side_pane")
        self.setLayout(row(Grow(box(column(head, Grow(self.table), gap="small"))), side, gap="medium"))

        self.which.changed.connect(self._which_chosen)
        self.village.activated.connect(self.refresh)
        self._all.clicked.connect(self._all_pressed)
        self.sheet.clicked.connect(self._sheet_pressed)
        self.table.ticked.connect(self._ticked)
        self.table.opened.connect(self._row_opened)
        self.pane.told.connect(self.told)

    def refresh(self) -> None:
        desk, is_waiting, village_id = self._desk, self.which.value() == WAITING, self.village.village_id

        def ask(progress: Progress) -> tuple[int, tuple[CollectionRow, ...]]:
            listed = desk.collections.waiting if is_waiting else desk.collections.collected
            rows = listed(by=desk.actor, village_id=village_id)
            return desk.collections.count_waiting(by=desk.actor), rows

        desk.jobs.run(ask, owner=self, done=self._answered)

    def _answered(self, answer: tuple[int, tuple[CollectionRow, ...]]) -> None:
        count, rows = answer
        self._rows = {one.paper_id: one for one in rows}
        self.table.show_rows([_line(one) for one in rows])
        for button in (self._all, self.sheet):
            button.setVisible(self.which.value() == WAITING and bool(rows))
        self.counted.emit(count)
        self._ticked()

    def _which_chosen(self, which: str) -> None:
        self.refresh()

    def _all_pressed(self) -> None:
        self.table.tick_all(on=len(self.table.ticked_ids()) < len(self._rows))

    def _sheet_pressed(self) -> None:
        wanted = Wanted("signing_sheet", village_id=self.village.village_id)
        self.sheet_asked.emit(wanted, "证卡领取签收表")

    def _ticked(self) -> None:
        self.pane.show_papers([self._rows[one] for one in self.table.ticked_ids() if one in self._rows])

    def _row_opened(self, paper_id: int) -> None:
        self.open_asked.emit(self._rows[paper_id].establishment_id)


class HandOverPane(DoPane):
    """Who takes the ticked papers, on which day, and an agent with which authority."""

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk, "记下领取")
        self._papers: tuple[CollectionRow, ...] = ()
        self.who = ChoiceField("谁来领", (Choice(SELF, "本人"), Choice(AGENT, "代领")), required=True)
        self.agent = TextField("代领人", most=20, required=True)
        self.authority = TextField("凭据", most=60, required=True, hint="委托书、与经营者的关系等")
        self.day = DateField("领取日期", read_date, today=desk.clock.today, required=True)

        self.form.add(self.who, self.agent, self.authority, self.day, wide=True)
        self.arrange_pane()
        self._begin()
        self.show_papers([])

        self.who.changed.connect(self._who_chosen)

    def show_papers(self, papers: list[CollectionRow]) -> None:
        """Show what is handed out."""
        self._papers = tuple(papers)
        self.title.setText(f"领取 {len(papers)} 张" if papers else "没有勾选证卡")
        names = "、".join(one.number for one in papers[:3])
        more = f" 等 {len(papers)} 张" if len(papers) > 3 else ""
        self.facts.setText(f"{names}{more}" if papers else "在左边勾选领走的证卡（空格键勾选）。")
        self.button.setEnabled(bool(papers))

    def work(self) -> Work | None:
        if not self.demand(self.who, self.agent, self.authority, self.day):
            return None
        day, desk = self.day.day(), self.desk
        if day is None:
            return None
        is_agent = self.who.value() == AGENT
        agent = self.agent.value() if is_agent else ""
        authority = self.authority.value() if is_agent else ""
        papers = [one.paper_id for one in self._papers]

        def hand_over() -> str:
            count = desk.collections.hand_over(
                papers, on=day, agent=agent, authority=authority, by=desk.actor
            )
            return f"{count} 张已由{agent or '本人'}领走。"

        return hand_over

    def finished(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.who.set_value(SELF)
        self.day.set_day(self.desk.clock.today())
        for text in (self.agent, self.authority):
            text.set_value("")
        self._who_chosen()

    def _who_chosen(self) -> None:
        is_agent = self.who.value() == AGENT
        self.agent.setVisible(is_agent)
        self.authority.setVisible(is_agent)


def _line(one: CollectionRow) -> ShortRow:
    is_waiting = one.collected_on is None
    day = one.collected_on.isoformat() if one.collected_on else ""
    taken = f"{one.collector}，{one.how}" if not is_waiting else ""
    cells = (one.number, one.title, one.operator_name, one.village, one.printed_on.isoformat(), day, taken)
    return ShortRow(one.paper_id, cells, can_be_ticked=is_waiting)
