"""An office that sends workbooks out, and the hands that edit them in a village or in the county."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from openpyxl import load_workbook
from sqlalchemy import select

from desktop.models.establishment import Establishment
from desktop.models.imports import ImportRun
from desktop.services.exchange.answers import MergedFile
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.conflicts import ExchangeConflicts
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.survey.surveys import Surveys
from tests.offices import TestOffice, stall

CODES, FIRST = 3, 5
SAND, WHITE = "沙湖村", "白塔村"
NEW = {"operator_name": "新来的", "address": "沙湖村8组8号", "phone": "13800001111", "products": "煎饼"}
Edits = dict[int, dict[str, object] | None]


@dataclass(frozen=True)
class Exchange:
    """An office that sends workbooks out and takes them back, and a village that edits them."""

    desk: TestOffice
    folder: Path

    def add(self, **answers: object) -> int:
        return self.surveys.save("stall", stall(**answers), by=self.desk.clerk, identity=uuid4()).id

    def make(self, village: str | None = SAND) -> Path:
        """Make the workbook of a village; without one that of the whole township."""
        target = self.folder / f"{village}-{uuid4().hex[:4]}.xlsx"
        whose = Villages(self.desk.office).named(village) if village else None
        ExchangeBooks(self.desk.office, uuid4).make(whose, target, by=self.desk.clerk)
        return target

    def edit(self, path: Path, edits: Edits, *, name: str = "") -> Path:
        """Edit rows of the stalls as a person in the village would; ``None`` takes a row out."""
        book = load_workbook(path)
        page = book["小摊贩"]
        at = {str(cell.value): cell.column for cell in page[CODES] if cell.value}
        for row, cells in edits.items():
            for code in at if cells is None else cells:
                page.cell(FIRST + row, at[code]).value = None if cells is None else cells[code]
        target = self.folder / (name or f"{path.stem}改.xlsx")
        book.save(target)
        return target

    def change(self, establishment_id: int, **answers: object) -> None:
        """Let somebody in the office save other answers."""
        version = self.record(establishment_id).version
        self.surveys.save(
            "stall",
            stall(**answers),
            by=self.desk.clerk,
            identity=uuid4(),
            establishment_id=establishment_id,
            version=version,
        )

    def undo(self, done: MergedFile) -> None:
        assert done.import_id is not None
        imports = Imports(self.desk.office, self.surveys, uuid4)
        assert imports.undo(done.import_id, reason="发错了", by=self.desk.clerk).kept == ()

    def merge(self, *files: Path, **how: bool) -> MergedFile:
        return self.merges.merge(files, by=self.desk.clerk, **how).files[-1]

    @property
    def surveys(self) -> Surveys:
        return Surveys(self.desk.office)

    @property
    def merges(self) -> ExchangeMerges:
        return ExchangeMerges(self.desk.office, self.surveys, uuid4)

    @property
    def conflicts(self) -> ExchangeConflicts:
        return ExchangeConflicts(self.desk.office, self.surveys)

    def register(self) -> list[tuple[object, ...]]:
        """Return all that the register says of its establishments."""
        columns = [one for one in Establishment.__table__.columns if one.name not in {"id", "version"}]
        with self.desk.office.db.reading() as session:
            return [tuple(row) for row in session.execute(select(*columns).order_by(Establishment.uuid))]

    def record(self, establishment_id: int) -> Establishment:
        with self.desk.office.db.reading() as session:
            record = session.get(Establishment, establishment_id)
            assert record is not None
            return record

    def runs(self) -> int:
        with self.desk.office.db.reading() as session:
            return len(session.scalars(select(ImportRun.id)).all())


def numbers(one: MergedFile) -> tuple[int, int, int, int, int]:
    return one.new, one.changed, one.same, one.deleted, len(one.conflicts)
