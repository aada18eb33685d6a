"""What happens in another village: one of everything, for those who must not see it."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from openpyxl import Workbook, load_workbook
from PIL import Image
from sqlalchemy import select

from desktop.domain.act import Actor, Role
from desktop.domain.lifecycle import OperatingStatus, Route
from desktop.models.registration import Paper, PrintEntry
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.registration.applications import Applications
from desktop.services.registration.paper_collections import PaperCollections
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.drafts import Drafts
from desktop.services.survey.photos import Photos
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall, workshop
from tests.services.asked_planning import planning_happens

WHITE, SAND = 1, 3  # 白塔村, 沙湖村


PAIR = ("赵学军", "史国平")


@dataclass(frozen=True)
class Elsewhere:
    """What another village has: one of everything."""

    shop: int
    finding: int
    case: int
    photo: int
    application: int
    import_id: int
    number: str
    own: Actor
    book: Path


def a_picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30)).save(drawn, "JPEG")
    return drawn.getvalue()


def happen(desk: TestOffice, tmp_path: Path) -> Elsewhere:
    """Let everything happen in another village, each by whoever does it there."""
    office, clerk = desk.office, desk.clerk
    own = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=SAND)
    surveys = Surveys(office)
    shop = surveys.save("workshop", workshop(), by=own, identity=uuid4()).id
    (issued,) = Registrations(office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=clerk).issued
    found = Inspections(office).record(shop, on=TODAY, inspectors=PAIR, faults=[Fault("W05")], by=own)
    waiting = Inspections(office).record(shop, on=TODAY, inspectors=PAIR, faults=[Fault("W06")], by=own)
    order = Rectifications(office).order(
        [one.id for one in found.findings], until=Until(days=3), on=TODAY, by=clerk
    )
    other = surveys.save("workshop", workshop(address="沙湖村9组9号"), by=own, identity=uuid4()).id
    application = Applications(office).apply(other, on=TODAY, materials=[], by=clerk)
    surveys.change_operating_status(other, OperatingStatus.PAUSED, on=TODAY, note="歇夏", by=own)
    photo = Photos(office).add(shop, a_picture(), caption="门头", by=own)
    Drafts(office).save(key="沙湖", label="草稿", typed={"name": "秘密"}, by=own)
    book = Workbook()
    head = ("名称", "姓名", "身份证号", "电话", "村", "地址", "品种")
    parked = ("沙湖另一坊", "钱杰永", "320482199001010019", "13912345678", "沙湖村", "沙湖村8组8号", "豆腐")
    new = ("沙湖酒坊", "李四", "340824200108147266", "18970735877", "沙湖村", "沙湖村8组1号", "米酒")
    for line in (("食品小作坊",), head, parked, new):
        book.active.append(line)
    book.save(tmp_path / "沙湖.xlsx")
    answer = Imports(office, surveys, uuid4).take_in([tmp_path / "沙湖.xlsx"], by=own)
    import_id = answer.files[0].import_id
    assert import_id is not None
    book = a_conflict_waits(desk, tmp_path)
    papers_are_printed_and_one_is_taken(desk, own)
    somebody_is_closed_down(desk, own)
    planning_happens(desk, shop, SAND)
    desk.clock.day = TODAY + timedelta(days=10)
    return Elsewhere(
        shop, waiting.findings[0].id, order.case_id, photo, application, import_id, issued.number, own, book
    )


def a_conflict_waits(desk: TestOffice, tmp_path: Path) -> Path:
    """Send a workbook out and take it back with a shop that is said to have paused."""
    office, path = desk.office, tmp_path / "交换.xlsx"
    ExchangeBooks(office, uuid4).make(Villages(office).named("沙湖村"), path, by=desk.clerk)
    book = load_workbook(path)
    page = book["小作坊"]
    column = next(cell.column for cell in page[3] if cell.value == "operating_status")
    page.cell(5, column).value = "停业"
    book.save(path)
    ExchangeMerges(office, Surveys(office), uuid4).merge([path], by=desk.clerk)
    return path


def somebody_is_closed_down(desk: TestOffice, own: Actor) -> None:
    """Order a stall of whoever runs the workshop to close."""
    office, person = desk.office, workshop()["operator_id_number"]
    shut = stall(village="沙湖村", address="沙湖村8组8号", operator_id_number=person)
    one = Surveys(office).save("stall", shut, by=own, identity=uuid4()).id
    Surveys(office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(office).order_to_close(one, close_by=TODAY, on=TODAY, reason="拒不整改", by=desk.clerk)


def papers_are_printed_and_one_is_taken(desk: TestOffice, own: Actor) -> None:
    """Let one paper wait and another be taken; what the sheets look like does not matter here."""
    office = desk.office
    second = Surveys(office).save("stall", stall(address="沙湖村7组7号"), by=own, identity=uuid4()).id
    Registrations(office).register_all(Choice(ids=(second,)), decided_on=TODAY, by=desk.clerk)
    with office.db.writing(office.act(desk.clerk, "paper.print")) as session:
        for paper in session.scalars(select(Paper)):
            session.add(
                PrintEntry(
                    paper_id=paper.id,
                    establishment_id=paper.establishment_id,
                    document=paper.code,
                    number=paper.number,
                    copy_number=1,
                    printed_on=TODAY,
                    reason="",
                    file="",
                    file_sha256="",
                    facts_sha256="",
                    entered_at=office.clock.now(),
                    entered_by=desk.clerk.name,
                )
            )
    PaperCollections(office).hand_over([2], on=TODAY, by=desk.clerk)
