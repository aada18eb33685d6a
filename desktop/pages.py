"""The pages of the window: each is built, and its code read, when somebody first goes to its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.app import Program
from desktop.domain.act import Actor
from desktop.services.office.offices import OfficeFacts, Offices
from desktop.services.office.villages import VillageRow
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.memory import Memory
from desktop.views.settings.habits import Habits

if TYPE_CHECKING:
    from desktop.views.establishment.page import EstablishmentPage
    from desktop.views.exchange.page import ExchangePage
    from desktop.views.rectification.page import RectificationPage
    from desktop.views.registration.page import RegistrationPage
    from desktop.views.settings.page import SettingsPage
    from desktop.views.survey.place import SurveyPlace
    from desktop.views.tables.page import TablesPage
    from desktop.views.workbench.page import WorkbenchPage


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


@dataclass(frozen=True)
class Pages:
    """The pages of the person who is signed in, each with the services that it asks."""

    program: Program
    actor: Actor
    known: Known
    jobs: Jobs
    hub: ChangeHub
    memory: Memory
    habits: Habits

    @cached_property
    def workbench(self) -> "WorkbenchPage":
        from desktop.views.workbench.desk import WorkbenchDesk
        from desktop.views.workbench.page import WorkbenchPage

        program = self.program
        return WorkbenchPage(
            WorkbenchDesk(
                workbench=lambda: program.workbench,
                happenings=lambda: program.happenings,
                visits=lambda: program.planning.visits,
                actor=self.actor,
                clock=program.clock,
                jobs=self.jobs,
                hub=self.hub,
            )
        )

    @cached_property
    def survey(self) -> "SurveyPlace":
        from desktop.views.survey.desk import SurveyDesk
        from desktop.views.survey.place import SurveyPlace

        program = self.program
        return SurveyPlace(
            SurveyDesk(
                profile=program.office.profile,
                villages=self.known.villages,
                establishments=program.establishments,
                surveys=program.surveys,
                drafts=program.drafts,
                actor=self.actor,
                clock=program.clock,
                jobs=self.jobs,
                hub=self.hub,
                remembered=self.memory,
                new_identity=program.new_identity,
            )
        )

    @cached_property
    def dossier(self) -> "EstablishmentPage":
        from desktop.views.establishment.desk import EstablishmentDesk
        from desktop.views.establishment.page import EstablishmentPage

        program = self.program
        return EstablishmentPage(
            EstablishmentDesk(
                profile=program.office.profile,
                dossiers=program.dossiers,
                establishments=program.establishments,
                photos=program.photos,
                paperwork=program.paperwork,
                surveys=program.surveys,
                joinings=program.joinings,
                actor=self.actor,
                jobs=self.jobs,
                hub=self.hub,
            ),
            self.program.clock,
        )

    @cached_property
    def registration(self) -> "RegistrationPage":
        from desktop.views.registration.desk import RegistrationDesk
        from desktop.views.registration.page import RegistrationPage

        program = self.program
        return RegistrationPage(
            RegistrationDesk(
                profile=program.office.profile,
                villages=self.known.villages,
                establishments=program.establishments,
                applications=program.applications,
                registrations=program.registrations,
                papers=program.papers,
                paperwork=program.paperwork,
                lives=program.paper_lives,
                ledger=program.number_ledger,
                keeping=program.number_keeping,
                blanks=program.blanks,
                collections=program.paper_collections,
                proofs=program.proofs,
                verifying=program.verifying,
                verification_pages=program.verification_pages,
                layouts=program.layouts,
                offsets=program.printer_offsets,
                printed=program.printed_papers,
                actor=self.actor,
                clock=program.clock,
                jobs=self.jobs,
                hub=self.hub,
                remembered=self.memory,
                exports=program.data.exports,
                scratch=program.data.scratch,
            )
        )

    @cached_property
    def rectification(self) -> "RectificationPage":
        from desktop.views.rectification.desk import RectificationDesk
        from desktop.views.rectification.page import RectificationPage

        program = self.program
        return RectificationPage(
            RectificationDesk(
                profile=program.office.profile,
                villages=self.known.villages,
                calendar=program.office.calendar,
                wall=program.wall,
                inspections=program.inspections,
                rectifications=program.rectifications,
                paperwork=program.paperwork,
                establishments=program.establishments,
                photos=program.photos,
                follow_ups=program.follow_ups,
                look_backs=program.look_backs,
                shutdowns=program.shutdowns,
                messages=program.messages,
                visits=program.planning.visits,
                draws=program.planning.draws,
                inspectors=program.planning.inspectors,
                risks=program.planning.risks,
                samplings=program.planning.samplings,
                year_plans=program.planning.year_plans,
                campaigns=program.planning.campaigns,
                actor=self.actor,
                clock=program.clock,
                jobs=self.jobs,
                hub=self.hub,
                exports=program.data.exports,
                scratch=program.data.scratch,
            )
        )

    @cached_property
    def exchange(self) -> "ExchangePage":
        from desktop.views.exchange.desk import ExchangeDesk
        from desktop.views.exchange.page import ExchangePage

        program = self.program
        return ExchangePage(
            ExchangeDesk(
                profile=program.office.profile,
                villages=self.known.villages,
                imports=program.imports,
                runs=program.import_runs,
                parked=program.parked_duplicates,
                alike=program.alike_records,
                joinings=program.joinings,
                books=program.exchange_books,
                merges=program.exchange_merges,
                conflicts=program.exchange_conflicts,
                sendings=program.sendings,
                paperwork=program.paperwork,
                clock=program.clock,
                scratch=program.data.scratch,
                actor=self.actor,
                jobs=self.jobs,
                hub=self.hub,
                remembered=self.memory,
                exports=program.data.exports,
            )
        )

    @cached_property
    def tables(self) -> "TablesPage":
        from desktop.views.tables.desk import TablesDesk
        from desktop.views.tables.page import TablesPage

        program = self.program
        return TablesPage(
            TablesDesk(
                profile=program.office.profile,
                villages=self.known.villages,
                tables=program.tables,
                blank_forms=program.blank_forms,
                county_forms=program.county_forms,
                actor=self.actor,
                clock=program.clock,
                jobs=self.jobs,
                hub=self.hub,
                exports=program.data.exports,
            )
        )

    @cached_property
    def settings(self) -> "SettingsPage":
        from desktop.views.settings.desk import SettingsDesk
        from desktop.views.settings.page import SettingsPage

        program = self.program
        return SettingsPage(
            SettingsDesk(
                profile=program.office.profile,
                villages=self.known.villages,
                numbers=program.numbers,
                calendars=program.calendars,
                accounts=program.accounts,
                signing_keys=program.signing_keys,
                trail=program.trail,
                habits=self.habits,
                actor=self.actor,
                jobs=self.jobs,
                hub=self.hub,
            )
        )
