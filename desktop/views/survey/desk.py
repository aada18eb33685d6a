"""What the pages of the survey work with: rule pack, services, who sits there, jobs, clock."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.office.villages import VillageRow
from desktop.services.register.establishments import Establishments
from desktop.services.survey.drafts import Drafts
from desktop.services.survey.surveys import Surveys
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.table_source import Remembered


@dataclass(frozen=True)
class SurveyDesk:
    """One person's desk; the composition root lays it out once for all pages of the survey."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    establishments: Establishments
    surveys: Surveys
    drafts: Drafts
    actor: Actor
    clock: Clock
    jobs: Jobs
    hub: ChangeHub
    remembered: Remembered
    new_identity: Callable[[], UUID]
