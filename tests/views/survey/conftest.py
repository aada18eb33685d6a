"""A desk with a real register: three trades, some villages, records in several states."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from desktop.services.office.villages import Villages
from desktop.services.register.establishments import Establishments
from desktop.services.survey.drafts import Drafts
from desktop.services.survey.surveys import Surveys
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.table_source import Remembered
from desktop.views.kit.theme import Theme
from desktop.views.survey.desk import SurveyDesk
from tests.offices import TestOffice, stall, workshop
from tests.quiet import wait_until_quiet


def identities() -> Callable[[], UUID]:
    """Return what makes a new identity at each call, always the same ones."""
    numbers = iter(range(1000, 9000))
    return lambda: UUID(int=next(numbers))


@pytest.fixture
def desk(
    office: TestOffice, theme: Theme, jobs: Jobs, hub: ChangeHub, remembered: Remembered
) -> Iterator[SurveyDesk]:
    """What the composition root lays out, on a real SQLite register."""
    office.office.db.listen(hub.announce)
    yield SurveyDesk(
        profile=office.office.profile,
        villages=Villages(office.office).all(),
        establishments=Establishments(office.office),
        surveys=Surveys(office.office),
        drafts=Drafts(office.office),
        actor=office.clerk,
        clock=office.clock,
        jobs=jobs,
        hub=hub,
        remembered=remembered,
        new_identity=identities(),
    )
    jobs.stop()


@pytest.fixture
def three(desk: SurveyDesk) -> tuple[int, int, int]:
    """Two stalls and a workshop."""
    surveys, by = desk.surveys, desk.actor
    first = surveys.save("stall", stall(), by=by, identity=UUID(int=1))
    other = stall(
        operator_name="顾来娣", operator_id_number="", phone="15912347713", address="沙湖村菜场东门3号"
    )
    second = surveys.save("stall", other, by=by, identity=UUID(int=2))
    third = surveys.save("workshop", workshop(), by=by, identity=UUID(int=3))
    return first.id, second.id, third.id


@pytest.fixture
def settled(desk: SurveyDesk) -> Callable[[], None]:
    """Wait until no page has a question left, and no answer is on the way."""

    def wait() -> None:
        wait_until_quiet(desk.jobs)

    return wait
