"""What the pages of 整改销号 work with."""

from dataclasses import dataclass
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.domain.workdays import Calendar
from desktop.services.campaigns import Campaigns
from desktop.services.draws import Draws
from desktop.services.establishments import Establishments
from desktop.services.follow_ups import FollowUps
from desktop.services.inspections import Inspections
from desktop.services.inspectors import Inspectors
from desktop.services.look_backs import LookBacks
from desktop.services.messages import Messages
from desktop.services.paperwork import Paperwork
from desktop.services.photos import Photos
from desktop.services.rectifications import Rectifications
from desktop.services.risks import Risks
from desktop.services.samplings import Samplings
from desktop.services.shutdowns import Shutdowns
from desktop.services.villages import VillageRow
from desktop.services.visits import Visits
from desktop.services.wall import Wall
from desktop.services.year_plans import YearPlans
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs


@dataclass(frozen=True)
class RectificationDesk:
    """One person's desk; ``exports`` takes printed files, ``scratch`` what is only looked at."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    calendar: Calendar
    wall: Wall
    inspections: Inspections
    rectifications: Rectifications
    paperwork: Paperwork
    establishments: Establishments
    photos: Photos
    follow_ups: FollowUps
    look_backs: LookBacks
    shutdowns: Shutdowns
    messages: Messages
    visits: Visits
    draws: Draws
    inspectors: Inspectors
    risks: Risks
    samplings: Samplings
    year_plans: YearPlans
    campaigns: Campaigns
    actor: Actor
    clock: Clock
    jobs: Jobs
    hub: ChangeHub
    exports: Path
    scratch: Path
