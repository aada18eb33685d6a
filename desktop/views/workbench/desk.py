"""What the workbench works with."""

from dataclasses import dataclass

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.services.happenings import Happenings
from desktop.services.workbench import Workbench
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs


@dataclass(frozen=True)
class WorkbenchDesk:
    """One person's desk, laid out by the composition root."""

    workbench: Workbench
    happenings: Happenings
    actor: Actor
    clock: Clock
    jobs: Jobs
    hub: ChangeHub
