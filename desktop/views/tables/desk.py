"""What the place of tables works with."""

from dataclasses import dataclass
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.office.villages import VillageRow
from desktop.services.papers.blank_forms import BlankForms
from desktop.services.tables.county_forms import CountyForms
from desktop.services.tables.tables import Tables
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs


@dataclass(frozen=True)
class TablesDesk:
    """One person's desk; workbooks go to ``exports`` unless another place is chosen."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    tables: Tables
    blank_forms: BlankForms
    county_forms: CountyForms
    actor: Actor
    clock: Clock
    jobs: Jobs
    hub: ChangeHub
    exports: Path
