"""What the page of exchange works with."""

from dataclasses import dataclass
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.exchange_books import ExchangeBooks
from desktop.services.exchange_conflicts import ExchangeConflicts
from desktop.services.exchange_merging import ExchangeMerges
from desktop.services.import_runs import ImportRuns
from desktop.services.imports import Imports
from desktop.services.paperwork import Paperwork
from desktop.services.parked_duplicates import ParkedDuplicates
from desktop.services.sendings import Sendings
from desktop.services.villages import VillageRow
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
