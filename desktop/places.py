"""The places of the window for the person who is signed in, and the ways between them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.app import Program
from desktop.domain.act import Actor
from desktop.domain.folding import fold_name
from desktop.domain.paper_code import looks_like_code
from desktop.domain.pinyin import initials
from desktop.domain.sheet_code import archive_number_in
from desktop.domain.today import RunningCampaign, ToDo
from desktop.domain.wall import WallFilters
from desktop.pages import Known, Pages
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.table_source import Query
from desktop.views.kit.theme import Theme
from desktop.views.memory import Memory
from desktop.views.settings.habits import Habits
from desktop.views.shell.search_hit import SearchHit
from desktop.views.shell.top_bar import Identity
from desktop.views.shell.window import MainWindow

if TYPE_CHECKING:
    from desktop.services.papers.print_orders import Wanted
    from desktop.services.register.establishments import Hit

SHEETS = "检查表"
TRADE_ICONS = {"workshop": "factory", "stall": "shopping-cart", "eatery": "utensils", "shop": "store"}


class OfficeWindow(QObject):
    """All places of the person who is signed in, and the ways between them."""

    reopen_asked = Signal()

    def __init__(self, program: Program, actor: Actor, known: Known, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._program = program
        self._actor = actor
        self._jobs = jobs
        self.hub = ChangeHub(self)
        self.memory = Memory(program.preferences, actor, jobs, known.preferences)
        self.habits = Habits(theme, self.memory)
        self.pages = Pages(program, actor, known, jobs, self.hub, self.memory, self.habits)
        profile = program.office.profile
        identity = Identity(
            township=known.facts.township,
            person=actor.name,
            office=profile.office,
            rule_pack=profile.title,
            is_demo=known.facts.is_sample,
        )
        self.window = MainWindow(theme, identity, self._search, jobs)

        self._add_places()
        self.habits.attend(self.window)

        program.database.listen(self.hub.announce)
        self.hub.changed.connect(self._something_saved)
        self.window.hit_chosen.connect(self._hit_chosen)
        self.window.help_asked.connect(self._help_asked)

    def open(self) -> None:
        """Show the window at its first place, as this person left it."""
        self.window.strip.say_saved("全部已保存")
        self.window.strip.say_backup("还没有备份", is_late=True)
        self._jobs.draw_first(self.window)
        self._count()
        self.window.go("workbench")
        self.window.show()

    def _something_saved(self, topics: frozenset[str]) -> None:
        moment = self._program.clock.now().astimezone()
        self.window.strip.say_saved(f"全部已保存 {moment:%H:%M}")
        if "establishments" in topics:
            self._count()

    def _count(self) -> None:
        program, actor = self._program, self._actor

        def ask(progress: Progress) -> int:
            from desktop.services.register.leafing import (
                Filters,  # read here, where the window does not wait for it
            )

            return program.establishments.count(Filters(), by=actor)

        self._jobs.run(ask, owner=self.window, done=self._counted)

    def _counted(self, total: int) -> None:
        self.window.strip.say_count(f"本机 {total} 户")

    def close(self) -> None:
        """Close the window and stop listening; the database stays open for whoever comes next."""
        self.hub.changed.disconnect(self._something_saved)
        self.window.close()
        self.window.deleteLater()

    def _add_places(self) -> None:
        add = self.window.add_place
        add("workbench", "工作台", "layout-dashboard", self._workbench)
        add("survey", "摸底调查", "clipboard-list", self._survey)
        add("dossier", "一户一档", "folder-open", self._dossier)
        add("registration", "登记发证", "badge-check", self._registration)
        add("rectification", "整改销号", "list-checks", self._rectification)
        add("exchange", "数据交换", "arrow-left-right", self._exchange)
        add("tables", "统计报表", "chart-column", self._tables)
        add("settings", "设置", "settings", self._settings, at_bottom=True)

    def _workbench(self) -> QWidget:
        page = self.pages.workbench
        page.go_asked.connect(self._go_asked)
        page.new_asked.connect(self._new_asked)
        page.open_asked.connect(self._open_asked)
        page.late_counted.connect(self._late_counted)
        return page

    def _survey(self) -> QWidget:
        page = self.pages.survey
        page.open_asked.connect(self._open_asked)
        page.export_asked.connect(self._export_asked)
        page.import_asked.connect(self._import_asked)
        return page

    def _dossier(self) -> QWidget:
        page = self.pages.dossier
        page.edit_asked.connect(self._edit_asked)
        page.register_asked.connect(self._register_asked)
        page.print_asked.connect(self._print_asked)
        page.paper_asked.connect(self._paper_asked)
        page.inspect_asked.connect(self._inspect_asked)
        page.look_back_asked.connect(self._look_back_asked)
        page.close_down_asked.connect(self._close_down_asked)
        page.list_asked.connect(self._list_asked)
        return page

    def _rectification(self) -> QWidget:
        page = self.pages.rectification
        page.open_asked.connect(self._open_asked)
        return page

    def _registration(self) -> QWidget:
        page = self.pages.registration
        page.edit_asked.connect(self._edit_asked)
        page.open_asked.connect(self._open_asked)
        return page

    def _tables(self) -> QWidget:
        page = self.pages.tables
        page.papers_asked.connect(self._papers_asked)
        return page

    def _exchange(self) -> QWidget:
        page = self.pages.exchange
        page.join_asked.connect(self._join_asked)
        return page

    def _settings(self) -> QWidget:
        page = self.pages.settings
        page.reopen_asked.connect(self.reopen_asked)
        return page

    def _search(self, typed: str) -> Sequence[SearchHit]:
        if looks_like_code(typed):
            said = "看持证人、地点和今天的状态"
            return [SearchHit(typed, "核验这个二维码", said, "scan-qr-code", section="核验")]
        labels = {trade.code: trade.label for trade in self._program.office.profile.trades}
        if archive_number_in(typed) is not None:
            visited = self._program.establishments.of_sheet(typed, by=self._actor)
            return [_sheet_hit(visited, labels)] if visited is not None else []
        hits = self._program.establishments.find(typed, by=self._actor)
        return [_search_hit(hit, typed, labels) for hit in hits]

    def _go_asked(self, place: str, what: object) -> None:
        """Go through a door of the workbench: to a place, and to what it shows behind the door."""
        self.window.go(place)
        match place, what:
            case "rectification", WallFilters():
                self.pages.rectification.show_filters(what)
            case "rectification", "visits":
                self.pages.rectification.show_visits()
            case "rectification", RunningCampaign():
                self.pages.rectification.show_campaigns(what.id)
            case "rectification", ToDo():
                self.pages.rectification.show_to_do(what)
            case "registration", ToDo():
                self.pages.registration.start_for(what.establishment_id)
            case "registration", str():
                self.pages.registration.go(what)
            case "exchange", "duplicates":
                self.pages.exchange.show_duplicates()
            case "exchange", "sendings":
                self.pages.exchange.show_sendings()
            case "survey", Query():
                self.pages.survey.show_query(what)
            case _:
                return

    def _hit_chosen(self, hit: SearchHit) -> None:
        if isinstance(hit.id, int):
            if hit.section == SHEETS:
                self._inspect_asked(hit.id)
            else:
                self._open_asked(hit.id)
        elif isinstance(hit.id, str):
            self.window.go("registration")
            self.pages.registration.verify(hit.id)

    def _open_asked(self, establishment_id: int) -> None:
        self.window.go("dossier")
        self.pages.dossier.show_establishment(establishment_id)

    def _join_asked(self, establishment_id: int, archive_number: str) -> None:
        self.window.go("dossier")
        self.pages.dossier.join_with(establishment_id, archive_number)

    def _register_asked(self, establishment_id: int) -> None:
        self.window.go("registration")
        self.pages.registration.start_for(establishment_id)

    def _print_asked(self, establishment_id: int) -> None:
        self.window.go("registration")
        self.pages.registration.print_for(establishment_id)

    def _paper_asked(self, code: str, title: str, establishment_id: int) -> None:
        self.window.go("registration")
        self.pages.registration.print_paper(code, title, establishment_id)

    def _papers_asked(self, wanted: "Wanted", title: str) -> None:
        self.window.go("registration")
        self.pages.registration.print_wanted(wanted, title)

    def _inspect_asked(self, establishment_id: int) -> None:
        self.window.go("rectification")
        self.pages.rectification.inspect(establishment_id)

    def _look_back_asked(self, establishment_id: int) -> None:
        self.window.go("rectification")
        self.pages.rectification.begin_look_back(establishment_id)

    def _close_down_asked(self, establishment_id: int) -> None:
        self.window.go("rectification")
        self.pages.rectification.begin_close_down(establishment_id)

    def _import_asked(self) -> None:
        self.window.go("exchange")

    def _export_asked(self, kind: str) -> None:
        self.window.go("tables")
        self.pages.tables.choose("survey", kind)

    def _list_asked(self) -> None:
        self.window.go("survey")

    def _new_asked(self) -> None:
        self.window.go("survey")
        self.pages.survey.register.new_button.click()

    def _edit_asked(self, establishment_id: int) -> None:
        self.window.go("survey")
        self.pages.survey.begin_change(establishment_id)

    def _help_asked(self, place: str) -> None:
        """Answer F1 with what the keys of the place do; there is no guide in the program yet."""
        self.window.show_shortcuts()

    def _late_counted(self, count: int) -> None:
        self.window.set_badge("rectification", str(count) if count else "")


def _search_hit(hit: "Hit", typed: str, labels: Mapping[str, str]) -> SearchHit:
    icon = TRADE_ICONS.get(hit.kind, "store")
    marks = _marks(hit.title, typed)
    return SearchHit(id=hit.id, title=hit.title, detail=_detail(hit, labels), icon=icon, marks=marks)


def _sheet_hit(hit: "Hit", labels: Mapping[str, str]) -> SearchHit:
    title = f"录入检查表：{hit.title}"
    return SearchHit(hit.id, title, _detail(hit, labels), "scan-qr-code", section=SHEETS)


def _detail(hit: "Hit", labels: Mapping[str, str]) -> str:
    return f"{hit.archive_number} · {labels.get(hit.kind, hit.kind)} · {hit.village} · {hit.operator_name}"


def _marks(title: str, typed: str) -> frozenset[int]:
    """Return the places in a title that a search has matched: by its characters, or by their initials."""
    wanted = fold_name(typed)
    for letters in (title.lower(), "".join(initials(character)[:1].lower() for character in title)):
        start = letters.find(wanted)
        if wanted and start >= 0 and len(letters) == len(title):
            return frozenset(range(start, start + len(wanted)))
    return frozenset()
