"""Many papers at once: in the order of numbers or of villages, on both sides, in two files at once."""

import errno
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from desktop.errors import EnvironmentFailedError, words_of
from desktop.models.registration import PrintEntry
from desktop.services.papers.papers import Order, Papers, Sheet, Wanted
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from printing.flat_canvas import FlatCanvas
from tests.offices import TODAY, TestOffice, stall


@pytest.fixture
def numbers(desk: TestOffice) -> list[str]:
    """Issue three cards: of the villages 沙湖村, 白塔村 and 沙湖村 again."""
    for number, village in enumerate(("沙湖村", "白塔村", "沙湖村"), 1):
        typed = stall(village=village, address=f"{number}组{number}号")
        Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=number))
    ids = (1, 2, 3)
    batch = Registrations(desk.office).register_all(Choice(ids=ids), decided_on=TODAY, by=desk.clerk)
    return [paper.number for paper in batch.issued]


@pytest.fixture
def papers(desk: TestOffice, assets: Path) -> Papers:
    return Papers(desk.office, assets / "fonts")


ALL = Wanted("card", is_unprinted=True)


def test_papers_lie_in_the_order_of_their_villages_where_that_is_wanted(
    desk: TestOffice, papers: Papers, numbers: list[str], tmp_path: Path
) -> None:
    wanted = Wanted("card", is_unprinted=True, order=Order.VILLAGE)

    printed = papers.print(wanted, tmp_path / "a.pdf", by=desk.clerk)

    assert [paper.number for paper in printed.papers] == [numbers[1], numbers[0], numbers[2]]


def test_two_files_hold_the_first_and_the_second_part_and_the_log_knows_which(
    desk: TestOffice, papers: Papers, numbers: list[str], tmp_path: Path
) -> None:
    printed = papers.print(ALL, tmp_path / "卡.pdf", by=desk.clerk, sheet=Sheet(files=2))

    assert [Path(file).name for file in printed.files] == ["卡-1.pdf", "卡-2.pdf"]
    assert [paper.number for paper in printed.papers] == numbers
    with desk.office.db.reading() as session:
        entries = session.execute(select(PrintEntry.number, PrintEntry.file).order_by(PrintEntry.id)).all()
    assert [tuple(entry) for entry in entries] == [
        (numbers[0], "卡-1.pdf"),
        (numbers[1], "卡-2.pdf"),
        (numbers[2], "卡-2.pdf"),
    ]


def test_a_single_paper_needs_no_second_file(
    desk: TestOffice, papers: Papers, numbers: list[str], tmp_path: Path
) -> None:
    wanted = Wanted("card", numbers=(numbers[0],))

    printed = papers.print(wanted, tmp_path / "a.pdf", by=desk.clerk, sheet=Sheet(files=2))

    assert printed.files == (str(tmp_path / "a.pdf"),)


def test_on_both_sides_every_card_has_its_own_sheet(
    desk: TestOffice, papers: Papers, numbers: list[str], tmp_path: Path
) -> None:
    papers.print(ALL, tmp_path / "a.pdf", by=desk.clerk, sheet=Sheet(on_both_sides=True))

    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert len(pdf) == 2 * len(numbers) - 1


def test_a_full_disk_is_said_in_words_and_leaves_the_file_before_and_an_empty_log(
    desk: TestOffice, papers: Papers, numbers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "cards.pdf"
    target.write_bytes(b"before")
    monkeypatch.setattr(FlatCanvas, "save", full)

    with pytest.raises(EnvironmentFailedError, match=r"磁盘满了.*什么都没有打印"):
        papers.print(ALL, target, by=desk.clerk)

    assert target.read_bytes() == b"before"
    assert [file.name for file in tmp_path.glob("*cards.pdf*")] == ["cards.pdf"]
    with desk.office.db.reading() as session:
        assert session.scalars(select(PrintEntry)).all() == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOENT, errno.EIO, 12345])
def test_what_the_system_says_is_said_in_chinese(number: int) -> None:
    assert not words_of(OSError(number, "Some English words")).isascii()
