"""A real office seen from the page of exchange."""

from uuid import uuid4

import pytest

from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.conflicts import ExchangeConflicts
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.exchange.sendings import Sendings
from desktop.services.imports.imports import Imports
from desktop.services.imports.runs import ImportRuns
from desktop.services.office.villages import Villages
from desktop.services.papers.paperwork import Paperwork
from desktop.services.register.alike_records import AlikeRecords
from desktop.services.register.joinings import Joinings
from desktop.services.register.parked_duplicates import ParkedDuplicates
from desktop.services.survey.surveys import Surveys
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.page import ExchangePage


@pytest.fixture
def desk(office, jobs, hub, remembered, assets, tmp_path):
    return ExchangeDesk(
        profile=office.office.profile,
        villages=Villages(office.office).all(),
        imports=Imports(office.office, Surveys(office.office), uuid4),
        runs=ImportRuns(office.office),
        alike=AlikeRecords(office.office),
        joinings=Joinings(office.office),
        parked=ParkedDuplicates(office.office, Surveys(office.office), uuid4),
        books=ExchangeBooks(office.office, uuid4),
        merges=ExchangeMerges(office.office, Surveys(office.office), uuid4),
        conflicts=ExchangeConflicts(office.office, Surveys(office.office)),
        sendings=Sendings(office.office),
        paperwork=Paperwork(office.office, assets / "fonts"),
        clock=office.clock,
        scratch=tmp_path / "scratch",
        actor=office.clerk,
        jobs=jobs,
        hub=hub,
        remembered=remembered,
        exports=tmp_path / "exports",
    )


@pytest.fixture
def page(desk, office, theme, hub, qtbot):
    made = ExchangePage(desk)
    qtbot.addWidget(made)
    office.office.db.listen(hub.announce)
    made.resize(1206, 650)
    with qtbot.waitSignal(made.start.loaded):
        made.show()
    return made


@pytest.fixture
def looked_over(page, qtbot):
    def look(*files):
        with qtbot.waitSignal(page.review.looked_over):
            page.look_over(files)
        return page.review

    return look
