"""The services of an open office: each is made, and its code read, when it is first asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.paths import Assets, DataFolder
from desktop.workbook_services import WorkbookServices

if TYPE_CHECKING:
    from desktop.planning_services import PlanningServices
    from desktop.services.numbers.blanks import Blanks
    from desktop.services.numbers.keeping import NumberKeeping
    from desktop.services.numbers.ledger import NumberLedger
    from desktop.services.numbers.next_numbers import Numbers
    from desktop.services.office.accounts import Accounts
    from desktop.services.office.calendars import Calendars
    from desktop.services.office.happenings import Happenings
    from desktop.services.office.preferences import Preferences
    from desktop.services.office.sign_ins import SignIns
    from desktop.services.office.trail import Trail
    from desktop.services.office.villages import Villages
    from desktop.services.papers.blank_forms import BlankForms
    from desktop.services.papers.layouts import Layouts
    from desktop.services.papers.papers import Papers
    from desktop.services.papers.paperwork import Paperwork
    from desktop.services.papers.printed_papers import PrintedPapers
    from desktop.services.papers.printer_offsets import PrinterOffsets
    from desktop.services.papers.proofs import Proofs
    from desktop.services.rectification.deadlines import Deadlines
    from desktop.services.rectification.follow_ups import FollowUps
    from desktop.services.rectification.inspections import Inspections
    from desktop.services.rectification.look_backs import LookBacks
    from desktop.services.rectification.messages import Messages
    from desktop.services.rectification.rectifications import Rectifications
    from desktop.services.rectification.shutdowns import Shutdowns
    from desktop.services.rectification.wall import Wall
    from desktop.services.register.alike_records import AlikeRecords
    from desktop.services.register.dossiers import Dossiers
    from desktop.services.register.establishments import Establishments
    from desktop.services.register.joinings import Joinings
    from desktop.services.registration.applications import Applications
    from desktop.services.registration.paper_collections import PaperCollections
    from desktop.services.registration.paper_lives import PaperLives
    from desktop.services.registration.registrations import Registrations
    from desktop.services.signing.keys import SigningKeys
    from desktop.services.signing.verification_pages import VerificationPages
    from desktop.services.signing.verifying import Verifying
    from desktop.services.survey.drafts import Drafts
    from desktop.services.survey.photos import Photos
    from desktop.services.workbench import Workbench


class OfficeServices(WorkbookServices):
    """What an open office offers; the window opens fast because a subject costs nothing until it is used."""

    data: DataFolder
    assets: Assets
    new_secret: Callable[[], bytes]

    @cached_property
    def accounts(self) -> "Accounts":
        from desktop.services.office.accounts import Accounts

        return Accounts(self.office)

    @cached_property
    def villages(self) -> "Villages":
        from desktop.services.office.villages import Villages

        return Villages(self.office)

    @cached_property
    def establishments(self) -> "Establishments":
        from desktop.services.register.establishments import Establishments

        return Establishments(self.office)

    @cached_property
    def joinings(self) -> "Joinings":
        from desktop.services.register.joinings import Joinings

        return Joinings(self.office)

    @cached_property
    def alike_records(self) -> "AlikeRecords":
        from desktop.services.register.alike_records import AlikeRecords

        return AlikeRecords(self.office)

    @cached_property
    def applications(self) -> "Applications":
        from desktop.services.registration.applications import Applications

        return Applications(self.office)

    @cached_property
    def registrations(self) -> "Registrations":
        from desktop.services.registration.registrations import Registrations

        return Registrations(self.office)

    @cached_property
    def papers(self) -> "Papers":
        from desktop.services.papers.papers import Papers

        return Papers(self.office, self.assets.fonts)

    @cached_property
    def paperwork(self) -> "Paperwork":
        from desktop.services.papers.paperwork import Paperwork

        return Paperwork(self.office, self.assets.fonts)

    @cached_property
    def signing_keys(self) -> "SigningKeys":
        from desktop.services.signing.keys import SigningKeys

        return SigningKeys(self.office, self.new_secret)

    @cached_property
    def verifying(self) -> "Verifying":
        from desktop.services.signing.verifying import Verifying

        return Verifying(self.office)

    @cached_property
    def verification_pages(self) -> "VerificationPages":
        from desktop.services.signing.verification_pages import VerificationPages

        return VerificationPages(self.office, self.assets.scripts)

    @cached_property
    def inspections(self) -> "Inspections":
        from desktop.services.rectification.inspections import Inspections

        return Inspections(self.office)

    @cached_property
    def rectifications(self) -> "Rectifications":
        from desktop.services.rectification.rectifications import Rectifications

        return Rectifications(self.office)

    @cached_property
    def deadlines(self) -> "Deadlines":
        from desktop.services.rectification.deadlines import Deadlines

        return Deadlines(self.office)

    @cached_property
    def shutdowns(self) -> "Shutdowns":
        from desktop.services.rectification.shutdowns import Shutdowns

        return Shutdowns(self.office)

    @cached_property
    def follow_ups(self) -> "FollowUps":
        from desktop.services.rectification.follow_ups import FollowUps

        return FollowUps(self.office)

    @cached_property
    def look_backs(self) -> "LookBacks":
        from desktop.services.rectification.look_backs import LookBacks

        return LookBacks(self.office)

    @cached_property
    def messages(self) -> "Messages":
        from desktop.services.rectification.messages import Messages

        return Messages(self.office)

    @cached_property
    def trail(self) -> "Trail":
        from desktop.services.office.trail import Trail

        return Trail(self.office)

    @cached_property
    def drafts(self) -> "Drafts":
        from desktop.services.survey.drafts import Drafts

        return Drafts(self.office)

    @cached_property
    def preferences(self) -> "Preferences":
        from desktop.services.office.preferences import Preferences

        return Preferences(self.office)

    @cached_property
    def workbench(self) -> "Workbench":
        from desktop.services.workbench import Workbench

        return Workbench(self.office)

    @cached_property
    def happenings(self) -> "Happenings":
        from desktop.services.office.happenings import Happenings

        return Happenings(self.office)

    @cached_property
    def proofs(self) -> "Proofs":
        from desktop.services.papers.proofs import Proofs

        return Proofs(self.office, self.assets.fonts)

    @cached_property
    def layouts(self) -> "Layouts":
        from desktop.services.papers.layouts import Layouts

        return Layouts(self.office, self.assets.fonts)

    @cached_property
    def printed_papers(self) -> "PrintedPapers":
        from desktop.services.papers.printed_papers import PrintedPapers

        return PrintedPapers(self.office)

    @cached_property
    def printer_offsets(self) -> "PrinterOffsets":
        from desktop.services.papers.printer_offsets import PrinterOffsets

        return PrinterOffsets(self.office)

    @cached_property
    def dossiers(self) -> "Dossiers":
        from desktop.services.register.dossiers import Dossiers

        return Dossiers(self.office)

    @cached_property
    def photos(self) -> "Photos":
        from desktop.services.survey.photos import Photos

        return Photos(self.office)

    @cached_property
    def blank_forms(self) -> "BlankForms":
        from desktop.services.papers.blank_forms import BlankForms

        return BlankForms(self.office, self.assets.fonts)

    @cached_property
    def numbers(self) -> "Numbers":
        from desktop.services.numbers.next_numbers import Numbers

        return Numbers(self.office)

    @cached_property
    def sign_ins(self) -> "SignIns":
        from desktop.services.office.sign_ins import SignIns

        return SignIns(self.office)

    @cached_property
    def calendars(self) -> "Calendars":
        from desktop.services.office.calendars import Calendars

        return Calendars(self.office, self.data.years)

    @cached_property
    def wall(self) -> "Wall":
        from desktop.services.rectification.wall import Wall

        return Wall(self.office)

    @cached_property
    def blanks(self) -> "Blanks":
        from desktop.services.numbers.blanks import Blanks

        return Blanks(self.office)

    @cached_property
    def number_keeping(self) -> "NumberKeeping":
        from desktop.services.numbers.keeping import NumberKeeping

        return NumberKeeping(self.office)

    @cached_property
    def number_ledger(self) -> "NumberLedger":
        from desktop.services.numbers.ledger import NumberLedger

        return NumberLedger(self.office)

    @cached_property
    def paper_collections(self) -> "PaperCollections":
        from desktop.services.registration.paper_collections import PaperCollections

        return PaperCollections(self.office)

    @cached_property
    def paper_lives(self) -> "PaperLives":
        from desktop.services.registration.paper_lives import PaperLives

        return PaperLives(self.office)

    @cached_property
    def planning(self) -> "PlanningServices":
        from desktop.planning_services import PlanningServices

        return PlanningServices(self.office)
