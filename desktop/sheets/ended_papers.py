"""The sheet of the monthly workbook that names the papers which no longer hold (失效证卡名单)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ENDED_PAPERS = "失效证卡"
_COLUMNS = (
    ("序号", 6),
    ("证（卡）", 20),
    ("编号", 24),
    ("名称", 26),
    ("村（社区）", 14),
    ("情况", 8),
    ("失效日期", 13),
    ("证面有效期至", 13),
)
_NOTHING = "到制表之日，没有失效的证（卡）。"
_TITLE_ROW, _NOTE_ROW, _HEADER_ROW = 0, 1, 2


@dataclass(frozen=True, slots=True)
class EndedPaper:
    """A paper that somebody ended and that still looks valid; persons are masked as in public."""

    title: str
    number: str
    name: str
    village: str
    status: str
    ended_on: date
    printed_until: date | None


@dataclass(frozen=True, slots=True)
class EndedPapers:
    """The list as it stood on a day; ``note`` says what to do with it."""

    as_of: date
    note: str
    papers: Sequence[EndedPaper]


@dataclass(frozen=True, slots=True)
class EndedLooks:
    """The formats that the list borrows from its workbook; all of its cells are locked."""

    title: "Format"
    plain: "Format"
    header: "Format"
    cell: "Format"


def write_ended_papers(page: "Worksheet", looks: EndedLooks, ended: EndedPapers) -> None:
    """Write the list onto a sheet of its own; it bears no mark, so nothing of it is ever merged back."""
    for place, (header, width) in enumerate(_COLUMNS):
        page.set_column(place, place, width)
        page.write_string(_HEADER_ROW, place, header, looks.header)
    page.set_row(_TITLE_ROW, 30)
    day = ended.as_of
    title = f"失效证（卡）名单（截至{day.year}年{day.month}月{day.day}日，共{len(ended.papers)}张）"
    page.write_string(_TITLE_ROW, 0, title, looks.title)
    page.set_row(_NOTE_ROW, 42)
    page.merge_range(_NOTE_ROW, 0, _NOTE_ROW, len(_COLUMNS) - 1, ended.note, looks.plain)
    if not ended.papers:
        page.write_string(_HEADER_ROW + 1, 0, _NOTHING, looks.plain)
    for number, paper in enumerate(ended.papers, 1):
        until = paper.printed_until.isoformat() if paper.printed_until else "长期"
        said = (
            str(number), paper.title, paper.number, paper.name, paper.village, paper.status,
            paper.ended_on.isoformat(), until,
        )  # fmt: skip
        for place, text in enumerate(said):
            page.write_string(_HEADER_ROW + number, place, text, looks.cell)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    page.freeze_panes(_HEADER_ROW + 1, 0)
    page.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(len(ended.papers), 1), len(_COLUMNS) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4, to be pinned up
    page.repeat_rows(_HEADER_ROW)
    page.fit_to_pages(1, 0)
