"""What the page of exchange works with."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.exchange_books import ExchangeBooks
from desktop.services.exchange_conflicts import ExchangeConflicts
from desktop.services.exchange_merging import ExchangeMerges
from desktop.services.import_runs import ImportRuns
from desktop.services.imports import Imports
from desktop.services.parked_duplicates import ParkedDuplicates
from desktop.services.villages import VillageRow
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.table_source import Remembered


@dataclass(frozen=True)
class ExchangeDesk:
    """One person's desk; ``exports`` takes the workbooks with the problems marked in them."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    imports: Imports
    runs: ImportRuns
    parked: ParkedDuplicates
    books: ExchangeBooks
    merges: ExchangeMerges
    conflicts: ExchangeConflicts
    actor: Actor
    jobs: Jobs
    hub: ChangeHub
    remembered: Remembered
    exports: Path
