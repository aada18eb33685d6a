"""Every question and every act of the services, as somebody may ask it; what no village owns is named."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from openpyxl import Workbook, load_workbook

from desktop.domain.act import Actor
from desktop.domain.ledger import NumberState
from desktop.domain.lifecycle import OperatingStatus, Route
from desktop.domain.messages import Means, Occasion
from desktop.domain.paper_life import PaperAct
from desktop.domain.rectification import PhotoMoment
from desktop.domain.today import Happening
from desktop.domain.wall import WallFilters
from desktop.errors import UserError
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.conflicts import ExchangeConflicts
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.exchange.sendings import Sendings
from desktop.services.imports.imports import Imports
from desktop.services.imports.runs import ImportRuns
from desktop.services.numbers.blanks import Blanks
from desktop.services.numbers.keeping import NumberKeeping
from desktop.services.numbers.ledger import NumberLedger
from desktop.services.office.happenings import Happenings
from desktop.services.office.trail import Trail, TrailRow
from desktop.services.office.villages import Villages
from desktop.services.papers.layouts import Layouts, layout_of
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.papers.printed_papers import PrintedPapers
from desktop.services.papers.proofs import Proofs
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.rectification.follow_ups import FollowUp, FollowUps
from desktop.services.rectification.inspections import Inspections
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.messages import Messages
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.rectification.wall import Wall
from desktop.services.register.alike_records import AlikeRecords
from desktop.services.register.dossiers import Dossiers
from desktop.services.register.establishments import Establishments
from desktop.services.register.joinings import Joinings
from desktop.services.register.leafing import Dimension, Filters
from desktop.services.register.parked_duplicates import ParkedDuplicates
from desktop.services.registration.applications import Applications, Step
from desktop.services.registration.paper_collections import PaperCollections
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.signing.keys import SigningKeys
from desktop.services.signing.verification_pages import VerificationPages
from desktop.services.signing.verifying import Verifying
from desktop.services.survey.drafts import Drafts
from desktop.services.survey.photos import Photos
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.county_forms import CountyForms
from desktop.services.tables.county_planning import FormWishes
from desktop.services.tables.tables import Tables
from desktop.services.workbench import Workbench
from tests.offices import TODAY, TestOffice, workshop
from tests.services.asked_planning import planning_acts, planning_questions
from tests.services.elsewhere import PAIR, SAND, Elsewhere, a_picture

Ask = Callable[[Actor], object]


BY_ITSELF = {
    # nothing of any village: one's own choices, the calendar, accounts, blank paper, number rules
    "Preferences.all",
    "Preferences.keep",
    "Drafts.save",
    "Calendars.years",
    "Calendars.load",
    "Accounts.add",
    "Accounts.change_roles",
    "Accounts.reset_password",
    "Accounts.all",
    "BlankForms.print",
    "Numbers.next",
    "Inspections.items",
    "SurveyRounds.open_round",
    "SurveyRounds.close_round",
    "Trail.check",
    # what is on the picture in somebody's hand; the register is asked as by Verifying.text
    "Verifying.picture",
    # how papers look is the office's own
    "Layouts.open",
    "Layouts.scan",
    "Layouts.save",
    "Layouts.restore",
    "Layouts.lay_under",
    "Layouts.take_scan_away",
    "Layouts.calibration",
    "PrinterOffsets.here",
    "PrinterOffsets.keep",
    # building blocks inside an open block, and the sample township
    "OpenOffice.act",
    "Planner.plan",
    "FormPlanner.read",
    "Writer.write",
    "ReturnPlanner.plan",
    "Surveys.add_in",
    "Surveys.new_record",
    "Surveys.change_in",
    "SampleInspections.play",
    "SampleRound.work_through",
    "Samples.play",
    "Samples.survey",
    # these make new records; the village of each is asked like that of Surveys.save
    "Surveys.enter_all",
    # ties blanks to papers inside the block that logs their print
    "Blanks.use_in",
}


def questions(desk: TestOffice, tmp_path: Path, round_id: int) -> Iterator[tuple[str, Ask]]:
    """Return every question that names no record."""
    office = desk.office
    surveys, shops, papers = Surveys(office), Establishments(office), Papers(office, tmp_path)
    yield "Applications.under_way", lambda by: Applications(office).under_way(by=by)
    yield "Deadlines.overdue", lambda by: Deadlines(office).overdue(TODAY + timedelta(days=10), by=by)
    yield "Deadlines.wall", lambda by: Deadlines(office).wall(WallFilters(), by=by)
    yield "Deadlines.counts", lambda by: Deadlines(office).counts(WallFilters(), by=by)
    yield "Drafts.list", lambda by: Drafts(office).list(by=by)
    yield "Establishments.count", lambda by: shops.count(Filters(), by=by)
    yield "Establishments.counts", lambda by: shops.counts(Filters(), Dimension.VILLAGE, by=by)
    yield "Establishments.page", lambda by: shops.page(Filters(), by=by)
    yield "Establishments.outline", lambda by: shops.outline(Filters(), by=by)
    yield "Establishments.find", lambda by: [shops.find(word, by=by) for word in ("沙湖", "shd", "5678")]
    sheets = ("JC-100-0001", "JC-100-0002", "JC-100-0003")
    yield "Establishments.of_sheet", lambda by: [shops.of_sheet(code, by=by) for code in sheets]
    yield "Happenings.recent", lambda by: _of_others(Happenings(office).recent(by=by), by)
    yield "ImportRuns.recent", lambda by: ImportRuns(office).recent(by=by)
    parked = ParkedDuplicates(office, surveys, uuid4)
    yield "ParkedDuplicates.waiting", lambda by: parked.waiting(by=by)
    yield "Sendings.board", lambda by: Sendings(office).board(by=by)
    yield "ExchangeConflicts.waiting", lambda by: ExchangeConflicts(office, surveys).waiting(by=by)
    yield "Deadlines.inspectors", lambda by: Deadlines(office).inspectors(by=by)
    yield "Inspections.waiting", lambda by: Inspections(office).waiting(by=by)
    yield "Inspections.count_waiting", lambda by: Inspections(office).count_waiting(WallFilters(), by=by)
    follow_ups, all_of_it = FollowUps(office), WallFilters()
    yield "FollowUps.board", lambda by: follow_ups.board(all_of_it, by=by)
    yield "FollowUps.counts", lambda by: follow_ups.counts(all_of_it, by=by)
    yield "FollowUps.rows", lambda by: follow_ups.rows(FollowUp.REGISTERED, all_of_it, by=by)
    yield "Papers.page", lambda by: papers.page(by=by)
    collections = PaperCollections(office)
    yield "PaperCollections.waiting", lambda by: collections.waiting(by=by)
    yield "PaperCollections.count_waiting", lambda by: collections.count_waiting(by=by)
    yield "PaperCollections.collected", lambda by: collections.collected(by=by)
    yield "PaperCollections.signing_sheet", lambda by: collections.signing_sheet(by=by)
    yield "Papers.count", lambda by: papers.count(by=by)
    printed = PrintedPapers(office)
    yield "PrintedPapers.page", lambda by: printed.page(by=by)
    yield "PrintedPapers.count", lambda by: printed.count(by=by)
    yield "Registrations.candidates", lambda by: Registrations(office).candidates(Choice(), by=by)
    yield "Registrations.counts", lambda by: Registrations(office).counts(by=by)
    yield "Surveys.alike", lambda by: surveys.alike("workshop", workshop(), by=by)
    yield "Surveys.check", lambda by: surveys.check("workshop", workshop(), by=by)
    yield "SurveyRounds.round_progress", lambda by: surveys.round_progress(round_id, by=by)
    yield "Trail.recent", lambda by: _of_others(Trail(office).recent(by=by), by)
    yield "Verifying.text", lambda by: Verifying(office).text("ZF32041310020180001", by=by).status
    yield (
        "Messages.waiting",
        lambda by: Messages(office).waiting(Occasion.DUE, WallFilters(), by=by),
    )
    yield "Wall.board", lambda by: Wall(office).board(WallFilters(), by=by)
    yield "Wall.cards", lambda by: Wall(office).cards(WallFilters(), by=by)
    yield "Wall.due", lambda by: Wall(office).due(WallFilters(), by=by)
    yield "Workbench.rates", lambda by: Workbench(office).rates(by=by)
    # the list of what is due, and all counts but one's own drafts
    yield "Workbench.today", lambda by: Workbench(office).today(by=by)
    yield "Tables.export", partial(_tables, Tables(office), tmp_path)
    yield from planning_questions(office, tmp_path)
    yield "Imports.take_in", partial(_dry_run, Imports(office, surveys, uuid4), tmp_path)


def _of_others(lines: Iterable[Happening | TrailRow], by: Actor) -> object:
    """Return what others did; asking leaves lines of one's own."""
    return [line for line in lines if line.account != by.name]


def _tables(tables: Tables, tmp_path: Path, by: Actor) -> object:
    """Return the cells of every table; where there is no row, the sentence that says so."""
    said = []
    for what in ("survey", "ledger", "papers", "rectifications", "risks"):
        try:
            tables.export(what, tmp_path / "表.xlsx", by=by)
        except UserError as nothing:
            said.append(str(nothing))
            continue
        book = load_workbook(tmp_path / "表.xlsx")
        said.append([[cell.value for row in sheet.iter_rows(min_row=4) for cell in row] for sheet in book])
    return said


def _dry_run(imports: Imports, tmp_path: Path, by: Actor) -> object:
    """Ask what an own row comes to whose phone is one of the other village."""
    book = Workbook()
    for line in (
        ("食品小作坊",),
        ("名称", "姓名", "电话", "村", "地址", "品种"),
        ("白塔坊", "王五", "13912345678", "白塔村", "白塔村1组1号", "豆腐"),
    ):
        book.active.append(line)
    book.save(tmp_path / "白塔.xlsx")
    (file,) = imports.take_in([tmp_path / "白塔.xlsx"], by=by, is_dry_run=True).files
    return [(one.of_id, one.alike) for one in file.duplicates if one.of_id is not None]


def acts(desk: TestOffice, there: Elsewhere, tmp_path: Path) -> Iterator[tuple[str, Ask]]:
    """Return everything that names a record, each naming one of the other village."""
    office, shop, case = desk.office, there.shop, there.case
    surveys, shops, cases = Surveys(office), Establishments(office), Rectifications(office)
    day = desk.clock.today()
    photos, file = Photos(office), tmp_path / "文件"
    yield "ParkedDuplicates.others", lambda by: ParkedDuplicates(office, surveys, uuid4).others(1, by=by)
    yield "Dossiers.open", lambda by: Dossiers(office).open(shop, by=by)
    yield "Dossiers.timeline", lambda by: Dossiers(office).timeline(shop, by=by)
    county, blank = CountyForms(office), there.book  # any workbook: it is not even opened
    yield "CountyForms.look", lambda by: county.look(blank, FormWishes(), by=by)
    yield "CountyForms.fill", lambda by: county.fill(blank, file, FormWishes(), by=by)
    yield "Establishments.detail", lambda by: shops.detail(shop, by=by)
    yield "Establishments.sheet", lambda by: shops.sheet(shop, by=by)
    yield "Establishments.reveal", lambda by: shops.reveal(shop, by=by)
    yield "Establishments.revealed", lambda by: shops.revealed(Filters(), by=by)
    yield "Inspections.findings", lambda by: Inspections(office).findings(shop, by=by)
    yield "Inspections.record", lambda by: Inspections(office).record(shop, on=day, inspectors=PAIR, by=by)
    yield "LookBacks.history", lambda by: LookBacks(office).history(shop, by=by)
    yield (
        "LookBacks.record",
        lambda by: LookBacks(office).record(shop, on=day, inspectors=PAIR, outcome="kept", by=by),
    )
    yield "Shutdowns.history", lambda by: Shutdowns(office).history(shop, by=by)
    for verb in ("verify", "force"):
        act = getattr(Shutdowns(office), verb)
        yield f"Shutdowns.{verb}", lambda by, act=act: act(shop, on=day, reason="甲", by=by)
    yield (
        "Shutdowns.order_to_close",
        lambda by: Shutdowns(office).order_to_close(shop, close_by=day, on=day, reason="甲", by=by),
    )
    yield "Photos.of", lambda by: photos.of(shop, by=by)
    yield "Photos.picture", lambda by: photos.picture(there.photo, by=by)
    yield "Photos.add", lambda by: photos.add(shop, a_picture(), caption="甲", by=by)
    yield "Photos.of_case", lambda by: photos.of_case(case, by=by)
    yield (
        "Photos.add_to_case",
        lambda by: photos.add_to_case(case, a_picture(), moment=PhotoMoment.AFTER, by=by),
    )
    yield "Photos.caption", lambda by: photos.caption(there.photo, "甲", by=by)
    yield "Photos.remove", lambda by: photos.remove(there.photo, reason="甲", by=by)
    yield "Proofs.proof", lambda by: Proofs(office, tmp_path).proof(shop, "1", file, by=by)
    yield (
        "Papers.ready",
        lambda by: Papers(office, tmp_path).ready(Wanted("certificate", (there.number,)), by=by),
    )
    yield (
        "Papers.print",
        lambda by: Papers(office, tmp_path).print(Wanted("certificate", ids=(shop,)), file, by=by),
    )
    yield "Paperwork.possible", lambda by: Paperwork(office, tmp_path).possible(shop, by=by)
    for verb in ("print", "preview"):
        act = getattr(Paperwork(office, tmp_path), verb)
        yield f"Paperwork.{verb}", lambda by, act=act: act(Wanted("dossier", ids=(shop,)), file, by=by)
    keys, pages = SigningKeys(office, lambda: bytes(32)), VerificationPages(office, tmp_path)
    yield "SigningKeys.all", lambda by: keys.all(by=by)
    yield "SigningKeys.replace", lambda by: keys.replace(by=by)
    yield "SigningKeys.revoke", lambda by: keys.revoke("0000", reason="x", by=by)
    yield "VerificationPages.write_list", lambda by: pages.write_list(file, by=by)
    yield "VerificationPages.write_page", lambda by: pages.write_page(file, by=by)
    card = layout_of(office, "card")
    yield "Layouts.draw", lambda by: Layouts(office, tmp_path).draw(card, file, by=by, paper_id=1)
    yield "Papers.preview", lambda by: Papers(office, tmp_path).preview(1, file, by=by)
    yield "Rectifications.case", lambda by: cases.case(case, by=by)
    yield "Messages.phones", lambda by: Messages(office).phones([shop], by=by)
    yield (
        "Messages.told",
        lambda by: Messages(office).told(Occasion.DUE, [case], means=Means.PHONE, on=day, by=by),
    )
    yield "Rectifications.of_establishment", lambda by: cases.of_establishment(shop, by=by)
    yield (
        "Rectifications.order",
        lambda by: cases.order([there.finding], until=Until(days=3), on=day, by=by),
    )
    yield (
        "Rectifications.order_again",
        lambda by: cases.order_again(case, until=Until(days=3), on=day, by=by),
    )
    yield "Rectifications.serve", lambda by: cases.serve(case, on=day, how="直接送达", by=by)
    yield "Rectifications.report", lambda by: cases.report(case, on=day, by=by)
    yield (
        "Rectifications.extend",
        lambda by: cases.extend(case, until=day + timedelta(days=9), on=day, reason="甲", by=by),
    )
    yield (
        "Rectifications.reinspect",
        lambda by: cases.reinspect(case, on=day, inspectors=PAIR, result="good", by=by),
    )
    yield "Rectifications.supervise", lambda by: cases.supervise(case, on=day, by=by)
    yield "Rectifications.transfer", lambda by: cases.transfer(case, on=day, note="甲", by=by)
    yield "Rectifications.close_out", lambda by: cases.close_out(case, on=day, by=by)
    lives, keeping, ledger = PaperLives(office), NumberKeeping(office), NumberLedger(office)
    blanks, hand_over = Blanks(office), PaperCollections(office).hand_over
    yield "PaperCollections.hand_over", lambda by: hand_over([1], on=day, by=by)
    yield "Blanks.receive", lambda by: blanks.receive("stall", "A1", "A2", on=day, by=by)
    yield "Blanks.spoil", lambda by: blanks.spoil("A1", on=day, reason="甲", by=by)
    yield "Blanks.use", lambda by: blanks.use("A1", there.number, on=day, by=by)
    yield "Blanks.stock", lambda by: blanks.stock(by=by)
    yield "Blanks.lines", lambda by: blanks.lines(1, by=by)
    yield "PaperLives.find", lambda by: lives.find(there.number, by=by)
    yield "PaperLives.possible", lambda by: lives.possible(1, by=by)
    yield "PaperLives.take", lambda by: lives.take(PaperAct.REISSUE, 1, on=day, reason="甲", by=by)
    for question in (ledger.sequences, ledger.gaps, ledger.old_numbers, ledger.stated, ledger.ranges):
        yield f"NumberLedger.{question.__name__}", lambda by, ask=question: ask(by=by)
    yield "NumberLedger.lines", lambda by: ledger.lines("", by=by)
    yield "NumberLedger.find", lambda by: ledger.find(there.number, by=by)
    yield "NumberKeeping.reserve", lambda by: keeping.reserve("stall", 1, 1, on=day, reason="甲", by=by)
    yield "NumberKeeping.record_issued", lambda by: keeping.record_issued(1, "甲", shop, on=day, by=by)
    yield "NumberKeeping.return_rest", lambda by: keeping.return_rest(1, on=day, reason="甲", by=by)
    yield (
        "NumberKeeping.take_in",
        lambda by: keeping.take_in(shop, "甲", issued_on=day, valid_until=None, by=by),
    )
    yield (
        "NumberKeeping.explain",
        lambda by: keeping.explain("", 1, mark=NumberState.SPOILT, on=day, reason="甲", by=by),
    )
    yield "Applications.apply", lambda by: Applications(office).apply(shop, on=day, materials=[], by=by)
    yield (
        "Applications.take_step",
        lambda by: Applications(office).take_step(there.application, Step.ACCEPT, on=day, by=by),
    )
    yield "Applications.approve", lambda by: Applications(office).approve(there.application, on=day, by=by)
    yield (
        "Registrations.register_all",
        lambda by: Registrations(office).register_all(Choice(ids=(shop,)), decided_on=day, by=by),
    )
    yield "Surveys.save", lambda by: surveys.save("workshop", workshop(), by=by, identity=uuid4())
    yield "Surveys.save_many", lambda by: surveys.save_many("workshop", [(workshop(), uuid4())], by=by)
    yield (
        "Surveys.change_operating_status",
        lambda by: surveys.change_operating_status(shop, OperatingStatus.MOVED, on=day, note="甲", by=by),
    )
    yield (
        "Surveys.decide",
        lambda by: surveys.decide(shop, route=Route.CLOSE_BY_DATE, disposition=None, by=by),
    )
    joinings = Joinings(office)
    yield "Joinings.of", lambda by: joinings.of(shop, by=by)
    yield "Joinings.compare", lambda by: joinings.compare(shop, "100-0002", by=by)
    yield "Joinings.join", lambda by: joinings.join(shop, shop, versions=(1, 1), take=(), by=by)
    alike = AlikeRecords(office)
    yield "AlikeRecords.page", lambda by: alike.page(by=by)
    yield "AlikeRecords.tell_apart", lambda by: alike.tell_apart(shop, shop + 1, versions=(1, 1), by=by)
    yield "AlikeRecords.ask_again", lambda by: alike.ask_again(shop, shop + 1, by=by)
    yield "Joinings.separate", lambda by: joinings.separate(1, by=by)
    parked = ParkedDuplicates(office, surveys, uuid4)
    yield (
        "ParkedDuplicates.decide_same",
        lambda by: parked.decide_same(1, version=1, record_version=1, take=[], by=by),
    )
    yield "ParkedDuplicates.decide_different", lambda by: parked.decide_different(1, version=1, by=by)
    yield "ParkedDuplicates.drop", lambda by: parked.drop(1, version=1, reason="甲", by=by)
    books, village = ExchangeBooks(office, uuid4), Villages(office).named("沙湖村")
    yield "ExchangeBooks.make", lambda by: books.make(village, tmp_path / "文件.xlsx", by=by)
    merges, conflicts = ExchangeMerges(office, surveys, uuid4), ExchangeConflicts(office, surveys)
    yield "Sendings.remind", lambda by: Sendings(office).remind(day, [SAND], by=by)
    yield "ExchangeMerges.merge", lambda by: merges.merge([there.book], by=by)
    yield (
        "ExchangeConflicts.decide",
        lambda by: conflicts.decide(1, version=1, record_version=1, take=[], by=by),
    )
    yield "Imports.undo", lambda by: Imports(office, surveys, uuid4).undo(there.import_id, reason="甲", by=by)
    yield "Trail.entries", lambda by: Trail(office).entries(by=by)
    yield from planning_acts(desk, shop, file)
