"""The services that take workbooks in and send them out, each made when it is first asked for."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from desktop.services.exchange.books import ExchangeBooks
    from desktop.services.exchange.conflicts import ExchangeConflicts
    from desktop.services.exchange.merging import ExchangeMerges
    from desktop.services.exchange.sendings import Sendings
    from desktop.services.imports.imports import Imports
    from desktop.services.imports.runs import ImportRuns
    from desktop.services.open_office import OpenOffice
    from desktop.services.register.parked_duplicates import ParkedDuplicates
    from desktop.services.survey.surveys import Surveys
    from desktop.services.tables.county_forms import CountyForms
    from desktop.services.tables.tables import Tables


class WorkbookServices(ABC):
    """Ledgers, the monthly exchange, official tables and the forms of the county."""

    new_identity: Callable[[], UUID]

    @property
    @abstractmethod
    def office(self) -> "OpenOffice":
        """The office of the register that is here."""

    @cached_property
    def surveys(self) -> "Surveys":
        from desktop.services.survey.surveys import Surveys

        return Surveys(self.office)

    @cached_property
    def imports(self) -> "Imports":
        from desktop.services.imports.imports import Imports

        return Imports(self.office, self.surveys, self.new_identity)

    @cached_property
    def import_runs(self) -> "ImportRuns":
        from desktop.services.imports.runs import ImportRuns

        return ImportRuns(self.office)

    @cached_property
    def parked_duplicates(self) -> "ParkedDuplicates":
        from desktop.services.register.parked_duplicates import ParkedDuplicates

        return ParkedDuplicates(self.office, self.surveys, self.new_identity)

    @cached_property
    def exchange_books(self) -> "ExchangeBooks":
        from desktop.services.exchange.books import ExchangeBooks

        return ExchangeBooks(self.office, self.new_identity)

    @cached_property
    def exchange_merges(self) -> "ExchangeMerges":
        from desktop.services.exchange.merging import ExchangeMerges

        return ExchangeMerges(self.office, self.surveys, self.new_identity)

    @cached_property
    def exchange_conflicts(self) -> "ExchangeConflicts":
        from desktop.services.exchange.conflicts import ExchangeConflicts

        return ExchangeConflicts(self.office, self.surveys)

    @cached_property
    def sendings(self) -> "Sendings":
        from desktop.services.exchange.sendings import Sendings

        return Sendings(self.office)

    @cached_property
    def tables(self) -> "Tables":
        from desktop.services.tables.tables import Tables

        return Tables(self.office)

    @cached_property
    def county_forms(self) -> "CountyForms":
        from desktop.services.tables.county_forms import CountyForms

        return CountyForms(self.office)
