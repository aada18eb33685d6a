"""The services of an open office: each is made, and its code read, when it is first asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.paths import Assets, DataFolder
from desktop.workbook_services import WorkbookServices

if TYPE_CHECKING:
    from desktop.planning_services import PlanningServices
    from desktop.services.accounts import Accounts
    from desktop.services.applications import Applications
    from desktop.services.blank_forms import BlankForms
    from desktop.services.blanks import Blanks
    from desktop.services.calendars import Calendars
    from desktop.services.deadlines import Deadlines
    from desktop.services.dossiers import Dossiers
    from desktop.services.drafts import Drafts
    from desktop.services.establishments import Establishments
    from desktop.services.follow_ups import FollowUps
    from desktop.services.happenings import Happenings
    from desktop.services.inspections import Inspections
    from desktop.services.joinings import Joinings
    from desktop.services.layouts import Layouts
    from desktop.services.look_backs import LookBacks
    from desktop.services.messages import Messages
    from desktop.services.number_keeping import NumberKeeping
    from desktop.services.number_ledger import NumberLedger
    from desktop.services.numbers import Numbers
    from desktop.services.paper_collections import PaperCollections
    from desktop.services.paper_lives import PaperLives
    from desktop.services.papers import Papers
    from desktop.services.paperwork import Paperwork
    from desktop.services.photos import Photos
    from desktop.services.preferences import Preferences
    from desktop.services.printed_papers import PrintedPapers
    from desktop.services.printer_offsets import PrinterOffsets
    from desktop.services.proofs import Proofs
    from desktop.services.rectifications import Rectifications
    from desktop.services.registrations import Registrations
    from desktop.services.shutdowns import Shutdowns
    from desktop.services.sign_ins import SignIns
    from desktop.services.signing_keys import SigningKeys
    from desktop.services.trail import Trail
    from desktop.services.verification_pages import VerificationPages
    from desktop.services.verifying import Verifying
    from desktop.services.villages import Villages
    from desktop.services.wall import Wall
    from desktop.services.workbench import Workbench


class OfficeServices(WorkbookServices):
    """What an open office offers; the window opens fast because a subject costs nothing until it is used."""

    data: DataFolder
    assets: Assets
    new_secret: Callable[[], bytes]

    @cached_property
    def accounts(self) -> "Accounts":
        from desktop.services.accounts import Accounts

        return Accounts(self.office)

    @cached_property
    def villages(self) -> "Villages":
        from desktop.services.villages import Villages

        return Villages(self.office)

    @cached_property
    def establishments(self) -> "Establishments":
        from desktop.services.establishments import Establishments

        return Establishments(self.office)

    @cached_property
    def joinings(self) -> "Joinings":
        from desktop.services.joinings import Joinings

        return Joinings(self.office)

    @cached_property
    def applications(self) -> "Applications":
        from desktop.services.applications import Applications

        return Applications(self.office)

    @cached_property
    def registrations(self) -> "Registrations":
        from desktop.services.registrations import Registrations

        return Registrations(self.office)

    @cached_property
    def papers(self) -> "Papers":
        from desktop.services.papers import Papers

        return Papers(self.office, self.assets.fonts)

    @cached_property
    def paperwork(self) -> "Paperwork":
        from desktop.services.paperwork import Paperwork

        return Paperwork(self.office, self.assets.fonts)

    @cached_property
    def signing_keys(self) -> "SigningKeys":
        from desktop.services.signing_keys import SigningKeys

        return SigningKeys(self.office, self.new_secret)

    @cached_property
    def verifying(self) -> "Verifying":
        from desktop.services.verifying import Verifying

        return Verifying(self.office)

    @cached_property
    def verification_pages(self) -> "VerificationPages":
        from desktop.services.verification_pages import VerificationPages

        return VerificationPages(self.office, self.assets.scripts)

    @cached_property
    def inspections(self) -> "Inspections":
        from desktop.services.inspections import Inspections

        return Inspections(self.office)

    @cached_property
    def rectifications(self) -> "Rectifications":
        from desktop.services.rectifications import Rectifications

        return Rectifications(self.office)

    @cached_property
    def deadlines(self) -> "Deadlines":
        from desktop.services.deadlines import Deadlines

        return Deadlines(self.office)

    @cached_property
    def shutdowns(self) -> "Shutdowns":
        from desktop.services.shutdowns import Shutdowns

        return Shutdowns(self.office)

    @cached_property
    def follow_ups(self) -> "FollowUps":
        from desktop.services.follow_ups import FollowUps

        return FollowUps(self.office)

    @cached_property
    def look_backs(self) -> "LookBacks":
        from desktop.services.look_backs import LookBacks

        return LookBacks(self.office)

    @cached_property
    def messages(self) -> "Messages":
        from desktop.services.messages import Messages

        return Messages(self.office)

    @cached_property
    def trail(self) -> "Trail":
        from desktop.services.trail import Trail

        return Trail(self.office)

    @cached_property
    def drafts(self) -> "Drafts":
        from desktop.services.drafts import Drafts

        return Drafts(self.office)

    @cached_property
    def preferences(self) -> "Preferences":
        from desktop.services.preferences import Preferences

        return Preferences(self.office)

    @cached_property
    def workbench(self) -> "Workbench":
        from desktop.services.workbench import Workbench

        return Workbench(self.office)

    @cached_property
    def happenings(self) -> "Happenings":
        from desktop.services.happenings import Happenings

        return Happenings(self.office)

    @cached_property
    def proofs(self) -> "Proofs":
        from desktop.services.proofs import Proofs

        return Proofs(self.office, self.assets.fonts)

    @cached_property
    def layouts(self) -> "Layouts":
        from desktop.services.layouts import Layouts

        return Layouts(self.office, self.assets.fonts)

    @cached_property
    def printed_papers(self) -> "PrintedPapers":
        from desktop.services.printed_papers import PrintedPapers

        return PrintedPapers(self.office)

    @cached_property
    def printer_offsets(self) -> "PrinterOffsets":
        from desktop.services.printer_offsets import PrinterOffsets

        return PrinterOffsets(self.office)

    @cached_property
    def dossiers(self) -> "Dossiers":
        from desktop.services.dossiers import Dossiers

        return Dossiers(self.office)

    @cached_property
    def photos(self) -> "Photos":
        from desktop.services.photos import Photos

        return Photos(self.office)

    @cached_property
    def blank_forms(self) -> "BlankForms":
        from desktop.services.blank_forms import BlankForms

        return BlankForms(self.office, self.assets.fonts)

    @cached_property
    def numbers(self) -> "Numbers":
        from desktop.services.numbers import Numbers

        return Numbers(self.office)

    @cached_property
    def sign_ins(self) -> "SignIns":
        from desktop.services.sign_ins import SignIns

        return SignIns(self.office)

    @cached_property
    def calendars(self) -> "Calendars":
        from desktop.services.calendars import Calendars

        return Calendars(self.office, self.data.years)

    @cached_property
    def wall(self) -> "Wall":
        from desktop.services.wall import Wall

        return Wall(self.office)

    @cached_property
    def blanks(self) -> "Blanks":
        from desktop.services.blanks import Blanks

        return Blanks(self.office)

    @cached_property
    def number_keeping(self) -> "NumberKeeping":
        from desktop.services.number_keeping import NumberKeeping

        return NumberKeeping(self.office)

    @cached_property
    def number_ledger(self) -> "NumberLedger":
        from desktop.services.number_ledger import NumberLedger

        return NumberLedger(self.office)

    @cached_property
    def paper_collections(self) -> "PaperCollections":
        from desktop.services.paper_collections import PaperCollections

        return PaperCollections(self.office)

    @cached_property
    def paper_lives(self) -> "PaperLives":
        from desktop.services.paper_lives import PaperLives

        return PaperLives(self.office)

    @cached_property
    def planning(self) -> "PlanningServices":
        from desktop.planning_services import PlanningServices

        return PlanningServices(self.office)
