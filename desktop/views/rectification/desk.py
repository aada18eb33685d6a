"""What the pages of 整改销号 work with."""

from dataclasses import dataclass
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.domain.workdays import Calendar
from desktop.services.office.villages import VillageRow
from desktop.services.papers.paperwork import Paperwork
from desktop.services.planning.campaigns import Campaigns
from desktop.services.planning.draws import Draws
from desktop.services.planning.risks import Risks
from desktop.services.planning.samplings import Samplings
from desktop.services.planning.visits import Visits
from desktop.services.planning.year_plans import YearPlans
from desktop.services.rectification.follow_ups import FollowUps
from desktop.services.rectification.inspections import Inspections
from desktop.services.rectification.inspectors import Inspectors
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.messages import Messages
from desktop.services.rectification.rectifications import Rectifications
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.rectification.wall import Wall
from desktop.services.register.establishments import Establishments
from desktop.services.survey.photos import Photos
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
