"""A real office seen from the page of exchange."""

from uuid import uuid4

import pytest

from desktop.services.exchange_books import ExchangeBooks
from desktop.services.exchange_conflicts import ExchangeConflicts
from desktop.services.exchange_merging import ExchangeMerges
from desktop.services.import_runs import ImportRuns
from desktop.services.imports import Imports
from desktop.services.paperwork import Paperwork
from desktop.services.parked_duplicates import ParkedDuplicates
from desktop.services.sendings import Sendings
from desktop.services.surveys import Surveys
from desktop.services.villages import Villages
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.page import ExchangePage


@pytest.fixture
def desk(office, jobs, hub, remembered, assets, tmp_path):
    return ExchangeDesk(
        profile=office.office.profile,
        villages=Villages(office.office).all(),
        imports=Imports(office.office, Surveys(office.office), uuid4),
        runs=ImportRuns(office.office),
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
