"""A desk for looking at one establishment, on a real SQLite register."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from desktop.services.papers.paperwork import Paperwork
from desktop.services.register.dossiers import Dossiers
from desktop.services.register.establishments import Establishments
from desktop.services.register.joinings import Joinings
from desktop.services.survey.photos import Photos
from desktop.services.survey.surveys import Surveys
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.theme import Theme
from tests.offices import TestOffice, stall


@pytest.fixture
def desk(
    office: TestOffice, theme: Theme, jobs: Jobs, hub: ChangeHub, assets: Path
) -> Iterator[EstablishmentDesk]:
    office.office.db.listen(hub.announce)
    yield EstablishmentDesk(
        profile=office.office.profile,
        dossiers=Dossiers(office.office),
        establishments=Establishments(office.office),
        photos=Photos(office.office),
        paperwork=Paperwork(office.office, assets / "fonts"),
        surveys=Surveys(office.office),
        joinings=Joinings(office.office),
        actor=office.clerk,
        jobs=jobs,
        hub=hub,
    )
    jobs.stop()


@pytest.fixture
def enter(office: TestOffice) -> Callable[..., int]:
    numbers = iter(range(1, 900))

    def enter(**changed: object) -> int:
        number = next(numbers)
        typed = stall(**({"address": f"沙湖村{number}组{number}号"} | changed))
        surveys = Surveys(office.office)
        return surveys.save("stall", typed, by=office.clerk, identity=UUID(int=number)).id

    return enter
