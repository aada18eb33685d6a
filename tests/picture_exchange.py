"""What a village sends for the pictures: a workbook that clashes with the register, a ledger with doubts."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from desktop.app import Program
from desktop.models.establishment import Establishment
from desktop.services.register.leafing import Filters
from tests.picture_stage import Stage

HEAD = ("姓名", "身份证号", "电话", "村", "摊位位置", "经营品种")
EDITED = {"products": "馄饨、豆浆", "phone": "13800000002", "operating_status": "停业", "note": "歇夏"}
TWICE = UUID(int=2**64)
TITLE_ROW = 3
"""Of the exchange workbook: the codes of the columns stand below its title and its note."""


def show_sendings(stage: Stage) -> None:
    stage.go("exchange").show_sendings()
    stage.settle()


def show_alike(stage: Stage) -> None:
    let_two_be_alike(stage.program)
    stage.go("exchange").show_alike()


def show_duplicates(stage: Stage) -> None:
    let_a_row_wait(stage.program)
    stage.go("exchange").show_duplicates()


def show_conflicts(stage: Stage) -> None:
    let_a_workbook_clash(stage.program)
    stage.go("exchange").show_conflicts()


def let_a_row_wait(program: Program) -> None:
    """Let a row wait for somebody's word; a village sends it the first time."""
    if not program.parked_duplicates.waiting(by=program.actor):
        with TemporaryDirectory() as folder:
            _send_doubtful_ledger(program, Path(folder))


def let_two_be_alike(program: Program) -> None:
    """Let a stall of the register have been entered a second time, with another hand; once."""
    by = program.actor
    if program.alike_records.page(by=by, limit=1).pairs:
        return
    (row,) = program.establishments.page(Filters(kinds=("stall",)), by=by, offset=1, limit=1)
    sheet = program.establishments.sheet(row.id, by=by)
    twice = {**sheet.answers, "phone": None, "products": "油条、豆浆", "surveyor": "陈国华"}
    program.surveys.save("stall", twice, by=by, identity=TWICE)


def let_a_workbook_clash(program: Program) -> None:
    """Let fields wait that were changed here and in a workbook; it is merged the first time."""
    if not program.exchange_conflicts.waiting(by=program.actor):
        with TemporaryDirectory() as folder:
            _send_clashing_workbook(program, Path(folder))


def _send_doubtful_ledger(program: Program, folder: Path) -> None:
    """Take in a ledger whose one row is of somebody who has a stall elsewhere already."""
    with program.database.reading() as session:
        known = session.scalars(
            select(Establishment).where(Establishment.kind == "stall").order_by(Establishment.id)
        ).first()
    assert known is not None, "the sample township has stalls"
    book = Workbook()
    sheet = book.worksheets[0]
    village = program.establishments.detail(known.id, by=program.actor).row.village
    row = (known.operator_name, known.operator_id_number, known.phone, village, f"{village}8组19号", "油条")
    for line in (("食品摊贩摸底表",), HEAD, row):
        sheet.append(line)
    path = folder / "补报.xlsx"
    book.save(path)
    program.imports.take_in([path], by=program.actor)


def _send_clashing_workbook(program: Program, folder: Path) -> None:
    """Merge a workbook of a village in which somebody changed what was changed here as well."""
    by = program.actor
    rows = program.establishments.page(Filters(kinds=("stall",)), by=by, offset=0, limit=1)
    village = next(one for one in program.villages.all() if one.name == rows[0].village)
    path = folder / f"{village.name}.xlsx"
    program.exchange_books.make(village, path, by=by)
    sheet = program.establishments.sheet(rows[0].id, by=by)
    changed = {**sheet.answers, "products": "馄饨、面条", "phone": "13800000001"}
    program.surveys.save(
        "stall",
        changed,
        by=by,
        identity=program.new_identity(),
        establishment_id=rows[0].id,
        version=sheet.version,
    )
    book = load_workbook(path)
    page = book["小摊贩"]
    at = {str(cell.value): cell.column for cell in page[TITLE_ROW] if cell.value}
    first = next(row for row in page.iter_rows(min_row=TITLE_ROW + 2) if row[at["phone"] - 1].value)
    for code, value in EDITED.items():
        page.cell(first[0].row, at[code]).value = value
    book.save(path)
    program.exchange_merges.merge([path], by=by)
