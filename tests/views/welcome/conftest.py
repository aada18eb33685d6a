"""The widgets before the window, on a real register or before there is one."""

from uuid import UUID

import pytest

from desktop.profiles import available
from desktop.services.office.accounts import Accounts
from desktop.services.office.making import make_register
from desktop.services.office.sign_ins import SignIns
from desktop.storage.database import Database
from desktop.views.welcome.desk import FirstStartDesk, SignInDesk
from desktop.views.welcome.first_start import FirstStart
from desktop.views.welcome.sign_in import SignIn
from tests.offices import SECRET, StoppedClock

PLACE = "一号机"


@pytest.fixture
def sign_in(office, theme, jobs, qtbot):
    desk = SignInDesk(Accounts(office.office), SignIns(office.office), jobs, PLACE, "金城镇")
    made = SignIn(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    return made


@pytest.fixture
def new_database(tmp_path):
    database = Database.at(tmp_path / "new.db")
    yield database
    database.close()


@pytest.fixture
def first_start(new_database, theme, jobs, qtbot):
    def make(new):
        clock, identity = StoppedClock(), UUID(int=1)
        make_register(new_database, new, clock=clock, identity=identity, secret=SECRET, desk=PLACE)

    made = FirstStart(FirstStartDesk(available, make, jobs))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(made.button.isEnabled)
    return made
