"""A real office seen from the page of settings."""

import pytest

from desktop.services.numbers.next_numbers import Numbers
from desktop.services.office.accounts import Accounts
from desktop.services.office.calendars import Calendars
from desktop.services.office.trail import Trail
from desktop.services.office.villages import Villages
from desktop.services.signing.keys import SigningKeys
from desktop.views.settings.desk import SettingsDesk
from desktop.views.settings.habits import Habits
from desktop.views.settings.page import SettingsPage


@pytest.fixture
def desk(office, theme, jobs, hub, remembered, tmp_path):
    return SettingsDesk(
        profile=office.office.profile,
        villages=Villages(office.office).all(),
        numbers=Numbers(office.office),
        calendars=Calendars(office.office, tmp_path / "years"),
        accounts=Accounts(office.office),
        signing_keys=SigningKeys(office.office, lambda: bytes(32)),
        trail=Trail(office.office),
        habits=Habits(theme, remembered),
        actor=office.clerk,
        jobs=jobs,
        hub=hub,
    )


@pytest.fixture
def page(desk, office, hub, qtbot):
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    office.office.db.listen(hub.announce)
    made.resize(1206, 650)
    with qtbot.waitExposed(made):
        made.show()
    return made
