"""Who has sent: villages by months, each file with its number; who is missing is reminded by a letter."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from desktop.errors import RuleError, UserError
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.exchange.sendings import Sendings, months_until
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.survey.surveys import Surveys
from tests.offices import TestOffice, stall

ON_SQLITE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
JUNE, JULY = date(2018, 6, 1), date(2018, 7, 1)


@pytest.fixture
def sent(desk: TestOffice, tmp_path: Path) -> Sendings:
    """One village sent June's workbook twice, with a sender and one change; the other one got its own."""
    surveys = Surveys(desk.office)
    surveys.save("stall", stall(), by=desk.clerk, identity=uuid4())
    for village in ("沙湖村", "白塔村"):
        path = tmp_path / f"{village}.xlsx"
        ExchangeBooks(desk.office, uuid4).make(Villages(desk.office).named(village), path, by=desk.clerk)
    book = load_workbook(tmp_path / "沙湖村.xlsx")
    for remark in ("一", "二"):
        book["小摊贩"].cell(2, 5).value = "王会计"
        book["小摊贩"].cell(5, 6 + len(remark)).value = f"沙湖村3组7{len(remark)}号{remark}"
        book.save(tmp_path / f"{remark}.xlsx")
        ExchangeMerges(desk.office, surveys, uuid4).merge([tmp_path / f"{remark}.xlsx"], by=desk.clerk)
    return Sendings(desk.office)


@ON_SQLITE
def test_each_village_has_its_months_and_who_is_missing_is_named(desk: TestOffice, sent: Sendings) -> None:
    desk.clock.day = date(2018, 7, 6)

    board = sent.board(by=desk.clerk, months=3)

    assert board.months == (date(2018, 5, 1), JUNE, JULY)
    june = {line.village.name: line.months[1] for line in board.lines}
    first, last = june["沙湖村"].sendings
    assert (first.number, last.number, last.file, last.sender) == (1, 2, "二.xlsx", "王会计")
    assert (last.on, last.changed, last.is_book) == (date(2018, 6, 8), 1, True)
    assert (june["沙湖村"].is_late, june["白塔村"].is_late) == (False, True)
    assert (june["白塔村"].has_book, june["后阳村"].has_book) == (True, False)
    assert [village.name for village in board.missing(JUNE)][:2] == ["白塔村", "后阳村"]
    assert len(board.missing(JULY)) == len(board.lines)


def test_what_was_taken_back_was_not_sent(desk: TestOffice, sent: Sendings) -> None:
    line = next(one for one in sent.board(by=desk.clerk).lines if one.village.name == "沙湖村")
    imports = Imports(desk.office, Surveys(desk.office), uuid4)
    for sending in reversed(line.months[-1].sendings):
        imports.undo(sending.import_id, reason="发错了", by=desk.clerk)

    assert len(sent.board(by=desk.clerk).missing(JUNE)) == 8


def test_who_is_missing_gets_a_letter_with_a_number_once_a_day(
    desk: TestOffice, sent: Sendings, assets: Path, tmp_path: Path
) -> None:
    desk.clock.day = date(2018, 7, 6)
    missing = [village.id for village in sent.board(by=desk.clerk).missing(JUNE)][:2]

    reminded = sent.remind(JUNE, missing, by=desk.clerk)
    again = sent.remind(JUNE, missing, by=desk.clerk)
    paperwork = Paperwork(desk.office, assets / "fonts")
    wanted = Wanted("exchange_reminder", ids=tuple(one.id for one in reminded))
    printed = paperwork.print(wanted, tmp_path / "催报.pdf", by=desk.clerk)

    assert [one.number for one in reminded] == ["金食安办催〔2018〕1号", "金食安办催〔2018〕2号"]
    assert again == reminded
    assert (printed.pages, [paper.number for paper in printed.papers]) == (
        2,
        [one.number for one in reminded],
    )
    board = sent.board(by=desk.clerk, months=2)
    june = {line.village.name: line.months[0].reminded_on for line in board.lines}
    assert (june["白塔村"], june["沙湖村"]) == (date(2018, 7, 6), None)


@ON_SQLITE
def test_nobody_is_reminded_for_nothing(desk: TestOffice, sent: Sendings) -> None:
    village = Villages(desk.office).named("沙湖村").id
    desk.clock.day = date(2018, 7, 6)

    for month, ids, refusal in (
        (JUNE, [village], RuleError),
        (JULY, [village], UserError),
        (JUNE, [], UserError),
    ):
        with pytest.raises(refusal):
            sent.remind(month, ids, by=desk.clerk)


def test_months_run_back_over_the_turn_of_the_year() -> None:
    assert months_until(date(2019, 2, 3), 3) == (date(2018, 12, 1), date(2019, 1, 1), date(2019, 2, 1))
