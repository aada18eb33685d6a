"""What the pages of registration work with: services, who sits there, jobs, clock, folders."""

from dataclasses import dataclass
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.numbers.blanks import Blanks
from desktop.services.numbers.keeping import NumberKeeping
from desktop.services.numbers.ledger import NumberLedger
from desktop.services.office.villages import VillageRow
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
from desktop.services.registration.registrations import Registrations
from desktop.services.signing.verification_pages import VerificationPages
from desktop.services.signing.verifying import Verifying
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.table_source import Remembered


@dataclass(frozen=True)
class RegistrationDesk:
    """One person's desk; ``exports`` takes printed files, ``scratch`` what is only looked at."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    establishments: Establishments
    applications: Applications
    registrations: Registrations
    papers: Papers
    paperwork: Paperwork
    lives: PaperLives
    ledger: NumberLedger
    keeping: NumberKeeping
    blanks: Blanks
    collections: PaperCollections
    proofs: Proofs
    verifying: Verifying
    verification_pages: VerificationPages
    layouts: Layouts
    offsets: PrinterOffsets
    printed: PrintedPapers
    actor: Actor
    clock: Clock
    jobs: Jobs
    hub: ChangeHub
    remembered: Remembered
    exports: Path
    scratch: Path
