"""What the workbench works with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs

if TYPE_CHECKING:
    from desktop.services.office.happenings import Happenings
    from desktop.services.planning.visits import Visits
    from desktop.services.workbench import Workbench


@dataclass(frozen=True)
class WorkbenchDesk:
    """One person's desk, laid out by the composition root.

    The services are made where they are first asked, on the working thread: the first picture of the
    window does not wait for their code.
    """

    workbench: Callable[[], "Workbench"]
    happenings: Callable[[], "Happenings"]
    visits: Callable[[], "Visits"]
    actor: Actor
    clock: Clock
    jobs: Jobs
    hub: ChangeHub
