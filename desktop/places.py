"""The places of the window for the person who is signed in, and the ways between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.app import Program
from desktop.domain.act import Actor
from desktop.domain.folding import fold_name
from desktop.domain.pinyin import initials
from desktop.services.deadlines import WallFilters
from desktop.services.establishments import Hit
from desktop.services.leafing import Filters
from desktop.services.offices import OfficeFacts, Offices
from desktop.services.villages import VillageRow
from desktop.services.workbench import ToDo
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.establishment.page import EstablishmentPage
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.page import ExchangePage
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.table_source import Query
from desktop.views.kit.theme import Theme
from desktop.views.memory import Memory
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.page import RectificationPage
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.page import RegistrationPage
from desktop.views.settings.desk import SettingsDesk
from desktop.views.settings.habits import Habits
from desktop.views.settings.page import SettingsPage
from desktop.views.shell.search_hits import SearchHit
from desktop.views.shell.top_bar import Identity
from desktop.views.shell.window import MainWindow
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.place import SurveyPlace
from desktop.views.tables.desk import TablesDesk
from desktop.views.tables.page import TablesPage
from desktop.views.workbench.desk import WorkbenchDesk
from desktop.views.workbench.page import WorkbenchPage

TRADE_ICONS = {"workshop": "factory", "stall": "shopping-cart", "eatery": "utensils", "shop": "store"}


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known before the first page can be built; read off the main thread."""

    facts: OfficeFacts
    villages: tuple[VillageRow, ...]
    preferences: Mapping[str, str]


def read_known(program: Program, actor: Actor) -> Known:
    """Read what the window needs to open."""
    return Known(
        facts=Offices(program.database).facts(),
        villages=program.villages.all(),
        preferences=program.preferences.all(by=actor),
    )


class OfficeWindow(QObject):
    """All places of the person who is signed in, and the ways between them."""

    reopen_asked = Signal()

    def __init__(self, program: Program, actor: Actor, known: Known, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._program = program
        self._actor = actor
        self._known = known
        self._jobs = jobs
        self.hub = ChangeHub(self)
        self.memory = Memory(program.preferences, actor, jobs, known.preferences)
        self.habits = Habits(theme, self.memory)
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

    def open(self) -> None:
        """Show the window at its first place, as this person left it."""
        self.window.strip.say_backup("还没有备份", is_late=True)
        self._count()
        self.window.go("workbench")
        self.window.show()

    def _something_saved(self, topics: frozenset[str]) -> None:
        moment = self._program.clock.now().astimezone()
        self.window.strip.say_saved(f"全部已保存 {moment:%H:%M}")
        if "establishments" in topics:
            self._count()

    def _count(self) -> None:
        establishments, actor = self._program.establishments, self._actor

        def ask(progress: Progress) -> int:
            return establishments.count(Filters(), by=actor)

        self._jobs.run(ask, owner=self, done=self._counted)

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

    def _workbench(self) -> WorkbenchPage:
        program = self._program
        page = WorkbenchPage(
            WorkbenchDesk(
                workbench=program.workbench,
                happenings=program.happenings,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
            )
        )
        page.go_asked.connect(self._go_asked)
        page.new_asked.connect(self._new_asked)
        page.open_asked.connect(self._open_asked)
        page.late_counted.connect(self._late_counted)
        return page

    def _survey(self) -> SurveyPlace:
        program = self._program
        place = SurveyPlace(
            SurveyDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                establishments=program.establishments,
                surveys=program.surveys,
                drafts=program.drafts,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
                remembered=self.memory,
                new_identity=program.new_identity,
            )
        )
        place.open_asked.connect(self._open_asked)
        place.export_asked.connect(self._export_asked)
        place.import_asked.connect(self._import_asked)
        return place

    def _dossier(self) -> EstablishmentPage:
        program = self._program
        desk = EstablishmentDesk(
            profile=program.office.profile,
            dossiers=program.dossiers,
            establishments=program.establishments,
            photos=program.photos,
            surveys=program.surveys,
            actor=self._actor,
            jobs=self._jobs,
            hub=self.hub,
        )
        page = EstablishmentPage(desk, program.clock)
        page.edit_asked.connect(self._edit_asked)
        page.register_asked.connect(self._register_asked)
        page.print_asked.connect(self._print_asked)
        page.inspect_asked.connect(self._inspect_asked)
        page.list_asked.connect(self._list_asked)
        return page

    def _rectification(self) -> RectificationPage:
        program = self._program
        page = RectificationPage(
            RectificationDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                calendar=program.office.calendar,
                wall=program.wall,
                inspections=program.inspections,
                rectifications=program.rectifications,
                establishments=program.establishments,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
            )
        )
        page.open_asked.connect(self._open_asked)
        return page

    def _registration(self) -> RegistrationPage:
        program = self._program
        page = RegistrationPage(
            RegistrationDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                establishments=program.establishments,
                applications=program.applications,
                registrations=program.registrations,
                papers=program.papers,
                proofs=program.proofs,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
                remembered=self.memory,
                exports=program.data.exports,
                scratch=program.data.scratch,
            )
        )
        page.edit_asked.connect(self._edit_asked)
        page.open_asked.connect(self._open_asked)
        return page

    def _tables(self) -> TablesPage:
        program = self._program
        return TablesPage(
            TablesDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                tables=program.tables,
                blank_forms=program.blank_forms,
                actor=self._actor,
                clock=program.clock,
                jobs=self._jobs,
                hub=self.hub,
                exports=program.data.exports,
            )
        )

    def _exchange(self) -> ExchangePage:
        program = self._program
        return ExchangePage(
            ExchangeDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                imports=program.imports,
                runs=program.import_runs,
                actor=self._actor,
                jobs=self._jobs,
                hub=self.hub,
                remembered=self.memory,
                exports=program.data.exports,
            )
        )

    def _settings(self) -> SettingsPage:
        program = self._program
        page = SettingsPage(
            SettingsDesk(
                profile=program.office.profile,
                villages=self._known.villages,
                numbers=program.numbers,
                calendars=program.calendars,
                accounts=program.accounts,
                trail=program.trail,
                habits=self.habits,
                actor=self._actor,
                jobs=self._jobs,
                hub=self.hub,
            )
        )
        page.reopen_asked.connect(self.reopen_asked)
        return page

    def _search(self, typed: str) -> Sequence[SearchHit]:
        hits = self._program.establishments.find(typed, by=self._actor)
        labels = {trade.code: trade.label for trade in self._program.office.profile.trades}
        return [_search_hit(hit, typed, labels) for hit in hits]

    def _go_asked(self, place: str, what: object) -> None:
        """Go through a door of the workbench: to a place, and to what it shows behind the door."""
        self.window.go(place)
        page = self.window.page(place)
        match page, what:
            case RectificationPage(), WallFilters():
                page.show_filters(what)
            case RectificationPage(), ToDo():
                page.show_to_do(what)
            case RegistrationPage(), ToDo():
                page.start_for(what.establishment_id)
            case SurveyPlace(), Query():
                page.show_query(what)
            case _:
                return

    def _hit_chosen(self, hit: SearchHit) -> None:
        if isinstance(hit.id, int):
            self._open_asked(hit.id)

    def _open_asked(self, establishment_id: int) -> None:
        self.window.go("dossier")
        page = self.window.page("dossier")
        if isinstance(page, EstablishmentPage):
            page.show_establishment(establishment_id)

    def _register_asked(self, establishment_id: int) -> None:
        self.window.go("registration")
        page = self.window.page("registration")
        if isinstance(page, RegistrationPage):
            page.start_for(establishment_id)

    def _print_asked(self, establishment_id: int) -> None:
        self.window.go("registration")
        page = self.window.page("registration")
        if isinstance(page, RegistrationPage):
            page.print_for(establishment_id)

    def _inspect_asked(self, establishment_id: int) -> None:
        self.window.go("rectification")
        page = self.window.page("rectification")
        if isinstance(page, RectificationPage):
            page.inspect(establishment_id)

    def _import_asked(self) -> None:
        self.window.go("exchange")

    def _export_asked(self, kind: str) -> None:
        self.window.go("tables")
        page = self.window.page("tables")
        if isinstance(page, TablesPage):
            page.choose("survey", kind)

    def _list_asked(self) -> None:
        self.window.go("survey")

    def _late_counted(self, count: int) -> None:
        self.window.set_badge("rectification", str(count) if count else "")

    def _survey_place(self) -> SurveyPlace:
        self.window.go("survey")
        place = self.window.page("survey")
        if not isinstance(place, SurveyPlace):
            raise TypeError("the place survey holds another page")
        return place

    def _new_asked(self) -> None:
        self._survey_place().register.new_button.click()

    def _edit_asked(self, establishment_id: int) -> None:
        self._survey_place().begin_change(establishment_id)


def _search_hit(hit: Hit, typed: str, labels: Mapping[str, str]) -> SearchHit:
    detail = f"{hit.archive_number} · {labels.get(hit.kind, hit.kind)} · {hit.village} · {hit.operator_name}"
    icon = TRADE_ICONS.get(hit.kind, "store")
    return SearchHit(id=hit.id, title=hit.title, detail=detail, icon=icon, marks=_marks(hit.title, typed))


def _marks(title: str, typed: str) -> frozenset[int]:
    """Return the places in a title that a search has matched: by its characters, or by their initials."""
    wanted = fold_name(typed)
    for letters in (title.lower(), "".join(initials(character)[:1].lower() for character in title)):
        start = letters.find(wanted)
        if wanted and start >= 0 and len(letters) == len(title):
            return frozenset(range(start, start + len(wanted)))
    return frozenset()
