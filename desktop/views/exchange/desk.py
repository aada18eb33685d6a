"""What the page of exchange works with."""

from dataclasses import dataclass
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.conflicts import ExchangeConflicts
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.exchange.sendings import Sendings
from desktop.services.imports.imports import Imports
from desktop.services.imports.runs import ImportRuns
from desktop.services.office.villages import VillageRow
from desktop.services.papers.paperwork import Paperwork
from desktop.services.register.alike_records import AlikeRecords
from desktop.services.register.joinings import Joinings
from desktop.services.register.parked_duplicates import ParkedDuplicates
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.table_source import Remembered


@dataclass(frozen=True)
class ExchangeDesk:
    """One person's desk; ``exports`` takes workbooks and papers, ``scratch`` what is only looked at."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    imports: Imports
    runs: ImportRuns
    parked: ParkedDuplicates
    alike: AlikeRecords
    joinings: Joinings
    books: ExchangeBooks
    merges: ExchangeMerges
    conflicts: ExchangeConflicts
    sendings: Sendings
    paperwork: Paperwork
    actor: Actor
    clock: Clock
    jobs: Jobs
    hub: ChangeHub
    remembered: Remembered
    exports: Path
    scratch: Path
