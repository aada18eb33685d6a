"""A desk of registration on a real SQLite register."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from desktop.services.numbers.blanks import Blanks
from desktop.services.numbers.keeping import NumberKeeping
from desktop.services.numbers.ledger import NumberLedger
from desktop.services.office.villages import Villages
from desktop.services.open_office import LayoutFolders
from desktop.services.papers.layouts import Layouts
from desktop.services.papers.papers import Papers
from desktop.services.papers.paperwork import Paperwork
from desktop.services.papers.printed_papers import PrintedPapers
from desktop.services.papers.printer_offsets import PrinterOffsets
from desktop.services.papers.proofs import Proofs
from desktop.services.register.establishments import Establishments
from desktop.services.registration.applications import Applications
from desktop.services.registration.paper_collections import PaperCollections
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.signing.verification_pages import VerificationPages
from desktop.services.signing.verifying import Verifying
from desktop.services.survey.surveys import Surveys
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.table_source import Remembered
from desktop.views.kit.theme import Theme
from desktop.views.registration.desk import RegistrationDesk
from tests.offices import TODAY, TestOffice, stall, workshop


@pytest.fixture
def desk(
    office: TestOffice,
    theme: Theme,
    jobs: Jobs,
    hub: ChangeHub,
    remembered: Remembered,
    assets: Path,
    tmp_path: Path,
) -> Iterator[RegistrationDesk]:
    office.office.db.listen(hub.announce)
    laid_out = replace(office.office, layouts=LayoutFolders(own=tmp_path / "profiles"))
    yield RegistrationDesk(
        profile=office.office.profile,
        villages=Villages(office.office).all(),
        establishments=Establishments(office.office),
        applications=Applications(office.office),
        registrations=Registrations(office.office),
        papers=Papers(office.office, assets / "fonts"),
        paperwork=Paperwork(office.office, assets / "fonts"),
        lives=PaperLives(office.office),
        ledger=NumberLedger(office.office),
        keeping=NumberKeeping(office.office),
        blanks=Blanks(office.office),
        collections=PaperCollections(office.office),
        proofs=Proofs(office.office, assets / "fonts"),
        verifying=Verifying(office.office),
        verification_pages=VerificationPages(office.office, assets / "scripts"),
        layouts=Layouts(laid_out, assets / "fonts"),
        offsets=PrinterOffsets(office.office),
        printed=PrintedPapers(office.office),
        actor=office.clerk,
        clock=office.clock,
        jobs=jobs,
        hub=hub,
        remembered=remembered,
        exports=tmp_path / "exports",
        scratch=tmp_path / "scratch",
    )
    jobs.stop()


@pytest.fixture
def enter(office: TestOffice) -> Callable[..., int]:
    """Enter a stall, or a workshop where ``kind`` says so, and return its id."""
    numbers = iter(range(1, 9000))

    def enter(kind: str = "stall", **changed: object) -> int:
        number = next(numbers)
        typed = (stall if kind == "stall" else workshop)(
            **({"address": f"沙湖村{number}组{number}号"} | changed)
        )
        surveys = Surveys(office.office)
        return surveys.save(kind, typed, by=office.clerk, identity=UUID(int=number)).id

    return enter


@pytest.fixture
def issue(desk: RegistrationDesk) -> Callable[..., None]:
    """Register establishments, each with its paper."""

    def issue(*ids: int) -> None:
        desk.registrations.register_all(Choice(ids=ids), decided_on=TODAY, by=desk.actor)

    return issue
