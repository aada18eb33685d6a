"""Promise 9, for what comes back from villages: a mutated workbook harms nothing and is taken once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.exchange import ExchangeConflict, ExchangeRow
from desktop.models.imports import ParkedDuplicate
from desktop.services.exchange.bases import Bases
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.survey.surveys import Surveys
from tests.offices import LEDGERS, TestOffice

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(300),
    pytest.mark.parametrize("place", ["sqlite"], indirect=True),
]

TRIES = 50
CODES, FIRST, LAST, WIDE = 3, 5, 16, 42
VALUES = (
    None, "", 0, -5, 1e300, 3.14, True, date(2018, 5, 1), "=1+1", "长" * 500, "\ue5e5", "停业", "无", "/",
    "32041319620722774X", "13912345678", "#REF!", "2018.4", "　", "白塔村", "👍", "a\nb",
    "00000000-0000-0000-0000-000000000000",
)  # fmt: skip


def mutate(path: Path, target: Path, chance: Random) -> Path:
    """Damage a workbook as hands, spreadsheets and malice do: cells, rows, columns, copied rows."""
    book = load_workbook(path)
    for _ in range(chance.randint(1, 25)):
        page = book[chance.choice(("小作坊", "小摊贩", "小餐饮"))]
        damage(page, chance)
    book.save(target)
    return target


def damage(page: Worksheet, chance: Random) -> None:
    row, column = chance.randint(FIRST, LAST), chance.randint(1, WIDE)
    how = chance.random()
    if how < 0.1:
        found = (cell.column for cell in page[CODES] if cell.value == "operating_status")
        page.cell(row, next(found, column)).value = chance.choice(("停业", "已关停"))
    elif how < 0.8:
        page.cell(row, column).value = chance.choice(VALUES)
    elif how < 0.85:
        page.delete_rows(chance.randint(1, LAST))
    elif how < 0.9:
        page.insert_rows(chance.randint(1, LAST))
    elif how < 0.95:
        (page.delete_cols if how < 0.93 else page.insert_cols)(column)
    else:
        for place in range(1, WIDE + 1):
            page.cell(row, place).value = page.cell(FIRST, place).value


def said(desk: TestOffice) -> list[object]:
    """Return all that the register says and all that waits for somebody's word."""
    columns = [one for one in Establishment.__table__.columns if one.name not in {"id", "version"}]
    with desk.office.db.reading() as session:
        records = [tuple(row) for row in session.execute(select(*columns).order_by(Establishment.uuid))]
        waiting = [
            session.scalar(select(func.count()).select_from(one))
            for one in (ExchangeConflict, ParkedDuplicate)
        ]
    return [*records, *waiting]


def taken_twice(desk: TestOffice, folder: Path, village: str | None = "后阳村") -> Iterator[int]:
    """Merge mutated workbooks of a village, or of all, each twice; give the seeds that changed more."""
    surveys = Surveys(desk.office)
    Imports(desk.office, surveys, uuid4).take_in([LEDGERS / "04-three-kinds.xlsx"], by=desk.clerk)
    made = folder / "交换表.xlsx"
    whose = Villages(desk.office).named(village) if village is not None else None
    ExchangeBooks(desk.office, uuid4).make(whose, made, by=desk.clerk)
    merges = ExchangeMerges(desk.office, surveys, uuid4)
    for seed in range(TRIES):
        book = mutate(made, folder / "改.xlsx", Random(seed))
        try:
            merges.merge([book], by=desk.clerk, good_rows_only=True)
        except UserError:
            continue
        once = said(desk)
        merges.merge([book], by=desk.clerk, good_rows_only=True)
        if said(desk) != once:
            yield seed


@pytest.mark.parametrize("village", ["后阳村", None], ids=["a village's", "the county's"])
def test_a_mutated_workbook_is_taken_once_or_refused_in_a_sentence(
    desk: TestOffice, tmp_path: Path, village: str | None
) -> None:
    assert list(taken_twice(desk, tmp_path, village)) == []


def test_the_proof_sees_a_merge_that_forgets_what_came_back(
    desk: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Bases._load_rows

    def forgetful(self: Bases, session: Session, condition: ColumnElement[bool]) -> None:
        load(self, session, condition & ExchangeRow.import_id.is_(None))

    monkeypatch.setattr(Bases, "_load_rows", forgetful)
    assert next(taken_twice(desk, tmp_path), None) is not None
