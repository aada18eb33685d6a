"""A real office with stalls, and the page of 整改销号 upon it."""

import pytest

from desktop.domain.act import Role
from desktop.services.office.villages import Villages
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
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.page import RectificationPage
from tests.visits import entered_once


@pytest.fixture(scope="package")
def made_file(made_file, tmp_path_factory):
    return entered_once(made_file, tmp_path_factory.mktemp("made"), (1, 2, 3))


@pytest.fixture
def desk(office):
    return office


@pytest.fixture
def page_for(desk, theme, jobs, hub, qtbot, tmp_path, assets):
    """Open the page for a person."""
    desk.office.db.listen(hub.announce)

    def open_page(actor):
        office = desk.office
        made = RectificationPage(
            RectificationDesk(
                profile=office.profile,
                villages=Villages(office).all(),
                calendar=office.calendar,
                wall=Wall(office),
                inspections=Inspections(office),
                rectifications=Rectifications(office),
                paperwork=Paperwork(office, assets / "fonts"),
                establishments=Establishments(office),
                photos=Photos(office),
                follow_ups=FollowUps(office),
                look_backs=LookBacks(office),
                shutdowns=Shutdowns(office),
                messages=Messages(office),
                visits=Visits(office),
                draws=Draws(office),
                inspectors=Inspectors(office),
                risks=Risks(office),
                samplings=Samplings(office),
                year_plans=YearPlans(office),
                campaigns=Campaigns(office),
                actor=actor,
                clock=desk.clock,
                jobs=jobs,
                hub=hub,
                exports=tmp_path / "导出",
                scratch=tmp_path / "scratch",
            )
        )
        qtbot.addWidget(made)
        made.resize(1206, 660)
        with qtbot.waitSignal(made.wall.shown):
            made.show()
        made.activateWindow()
        return made

    return open_page


@pytest.fixture
def page(page_for, desk):
    return page_for(desk.clerk)


@pytest.fixture
def reviewer(desk):
    return desk.somebody("吴审核", Role.REVIEWER)
