"""A real office with four stalls, seen from the workbench."""

import pytest

from desktop.services.office.happenings import Happenings
from desktop.services.planning.visits import Visits
from desktop.services.workbench import Workbench
from desktop.views.workbench.desk import WorkbenchDesk
from desktop.views.workbench.page import WorkbenchPage
from tests.visits import entered_once


@pytest.fixture(scope="package")
def made_file(made_file, tmp_path_factory):
    return entered_once(made_file, tmp_path_factory.mktemp("made"), (1, 2, 3, 4))


@pytest.fixture
def desk(office):
    return office


@pytest.fixture
def page(desk, theme, jobs, hub, qtbot):
    made = WorkbenchPage(
        WorkbenchDesk(
            workbench=lambda: Workbench(desk.office),
            happenings=lambda: Happenings(desk.office),
            visits=lambda: Visits(desk.office),
            actor=desk.clerk,
            clock=desk.clock,
            jobs=jobs,
            hub=hub,
        )
    )
    desk.office.db.listen(hub.announce)
    qtbot.addWidget(made)
    return made
