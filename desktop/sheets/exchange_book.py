"""The monthly exchange workbook (月度交换表): written for a village, or for the county, and edited there.

Each sheet says by itself which workbook it is and, in a hidden line, which column holds which answer; each
row has its identity and base version in two hidden columns. Only what is to be filled in is unlocked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from desktop.domain.forms import Answer, Answers, Question, QuestionType, SurveyForm
from desktop.domain.lifecycle import OperatingStatus
from desktop.sheets.ended_papers import ENDED_PAPERS, EndedLooks, EndedPapers, write_ended_papers
from desktop.sheets.exchange_choices import NO_GUIDANCE, ORIGIN, VILLAGES_AT, Guidance, guidance
from desktop.sheets.layout import Value, sheet_name
from desktop.sheets.new_workbook import new_workbook
from desktop.sheets.survey_table import written

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MARK = "SANXIAO-EXCHANGE/1"
IDENTITY, VERSION, ARCHIVE_NUMBER = "identity", "version", "archive_number"
STATUS, NOTE = "operating_status", "note"
SENDER_PARTS = ("填报人：", "联系电话：", "填报日期：")

_TITLE_ROW, _SENDER_ROW, _CODE_ROW, _HEADER_ROW = 0, 1, 2, 3
_FIRST_SHOWN = 2
_WIDTH_OF_PAPER = 260
"""Characters that stand side by side on A3 landscape before the print gets too small to read."""

_ROW_HEIGHT = 20
_LETTERS_IN_LINE = 44
_FONT, _TITLE_FONT = "宋体", "黑体"
_LOCKED, _REQUIRED = "#EDEDED", "#FFF2CC"
_STATUS_NOTE = "停业、关停、查无等有变化的，在这里选，由镇里核实后再改档案；不要删行。"
_CHANGE_NOTE = "经营状态有变化的，写明情况，如：6 月 1 日起歇业，门已锁。"
_PROTECTED = b'<workbookProtection lockStructure="1"/>'


@dataclass(frozen=True, slots=True)
class BookLine:
    """One establishment as it stands here when the workbook is made."""

    identity: str
    version: int
    archive_number: str
    answers: Answers
    status: OperatingStatus


@dataclass(frozen=True, slots=True)
class BookSheet:
    """The establishments of one trade, and the identities of the empty rows below them."""

    name: str
    title: str
    form: SurveyForm
    lines: Sequence[BookLine]
    blanks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its identity, its words, where it comes from, its sheets, the statuses it offers, and which
    papers no longer hold.

    Without a village it is the workbook of all ``villages``: each row states its own, out of that list.
    """

    identity: str
    village: str
    instructions: Sequence[str]
    origin: Sequence[tuple[str, str]]
    sheets: Sequence[BookSheet]
    statuses: Sequence[OperatingStatus]
    ended: EndedPapers
    villages: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    code: str
    header: str
    width: float
    guidance: Guidance = NO_GUIDANCE
    is_locked: bool = False
    is_number: bool = False
    is_required: bool = False


def write_book(book: Book, target: Path, *, made_at: datetime) -> None:
    """Write the workbook; no cell of it is a formula, and its structure is locked."""
    with new_workbook(target, constant_memory=False) as workbook:
        workbook.set_properties({"created": made_at.replace(tzinfo=None)})
        looks = _Looks.of(workbook)
        _write_instructions(workbook, looks, book)
        for number, sheet in enumerate(book.sheets):
            _SheetWriter(workbook, looks, book, sheet).write(is_first=number == 0)
        borrowed = EndedLooks(looks.title, looks.plain, looks.header, looks.locked)
        write_ended_papers(workbook.add_worksheet(ENDED_PAPERS), borrowed, book.ended)
        _write_origin(workbook, book)
    _lock_structure(target)


def as_cell(question: Question, answer: Answer) -> Value:
    """Return an answer as its cell holds it; a day as text, so that no program turns it round."""
    value = written(question, answer)
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the cells, made once for each workbook."""

    title: "Format"
    plain: "Format"
    header: "Format"
    required: "Format"
    locked: "Format"
    text: "Format"
    number: "Format"
    hidden: "Format"

    @classmethod
    def of(cls, workbook: "Workbook") -> "_Looks":
        cell = {"font_name": _FONT, "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
        header = {**cell, "align": "center", "bold": True}
        plain = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        return cls(
            title=workbook.add_format({"font_name": _TITLE_FONT, "font_size": 16, "valign": "vcenter"}),
            plain=workbook.add_format({**plain, "text_wrap": True}),
            header=workbook.add_format({**header, "bg_color": _LOCKED}),
            required=workbook.add_format({**header, "bg_color": _REQUIRED}),
            locked=workbook.add_format({**cell, "bg_color": _LOCKED, "num_format": "@"}),
            text=workbook.add_format({**cell, "locked": False, "num_format": "@"}),
            number=workbook.add_format({**cell, "locked": False, "align": "center", "num_format": "0.##"}),
            hidden=workbook.add_format({**plain, "num_format": "@"}),
        )


@dataclass(frozen=True, slots=True)
class _SheetWriter:
    workbook: "Workbook"
    looks: _Looks
    book: Book
    sheet: BookSheet

    def write(self, *, is_first: bool) -> None:
        page = self.workbook.add_worksheet(sheet_name(self.sheet.name))
        columns = list(self._columns())
        last = _HEADER_ROW + len(self.sheet.lines) + len(self.sheet.blanks)
        page.set_default_row(_ROW_HEIGHT)
        page.set_column(0, _FIRST_SHOWN - 1, 4, self.looks.hidden, {"hidden": True})
        for place, column in enumerate(columns[_FIRST_SHOWN:], _FIRST_SHOWN):
            page.set_column(place, place, column.width)
        self._write_head(page, columns)
        for row, cells in enumerate(self._rows(columns), _HEADER_ROW + 1):
            for place, (column, value) in enumerate(zip(columns, cells, strict=True)):
                _write_cell(page, row, place, value, self._look(column))
        for place, column in enumerate(columns):
            if not column.is_locked:
                column.guidance.put_on(page, _HEADER_ROW + 1, place, last, column.header)
        across = ceil(sum(column.width for column in columns) / _WIDTH_OF_PAPER)
        self._protect(page, last, len(columns) - 1)
        page.fit_to_pages(across, 0)
        if is_first:
            page.activate()
            page.set_first_sheet()

    def _columns(self) -> Iterator[_Column]:
        yield _Column(IDENTITY, "", 4, is_locked=True)
        yield _Column(VERSION, "", 4, is_locked=True)
        yield _Column("", "序号", 6, is_locked=True)
        yield _Column(ARCHIVE_NUMBER, "档案编号", 12, is_locked=True)
        form = self.sheet.form
        for question in form.questions:
            is_required = question.code in form.required
            is_known = question.type is QuestionType.VILLAGE and bool(self.book.village)
            yield _Column(
                question.code,
                question.header or question.label,
                question.width,
                guidance(question, is_required=is_required, villages=self.book.villages),
                is_locked=is_known,
                is_number=question.type in {QuestionType.COUNT, QuestionType.AREA},
                is_required=is_required and not is_known,
            )
        statuses = tuple(status.label for status in self.book.statuses)
        yield _Column(STATUS, "经营状态", 13, Guidance(_STATUS_NOTE, choices=statuses))
        yield _Column(NOTE, "变动说明", 24, Guidance(_CHANGE_NOTE, most=200))

    def _write_head(self, page: "Worksheet", columns: Sequence[_Column]) -> None:
        looks = self.looks
        page.set_row(_TITLE_ROW, 30)
        page.write_string(_TITLE_ROW, 0, f"{MARK} {self.book.identity} {self.sheet.form.kind}", looks.hidden)
        page.write_string(_TITLE_ROW, _FIRST_SHOWN, self.sheet.title, looks.title)
        page.set_row(_SENDER_ROW, 21)
        for number, part in enumerate(SENDER_PARTS):
            page.write_string(_SENDER_ROW, _FIRST_SHOWN + 1 + 2 * number, part, looks.locked)
            page.write_blank(_SENDER_ROW, _FIRST_SHOWN + 2 + 2 * number, None, looks.text)
        page.set_row(_CODE_ROW, 12, looks.hidden, {"hidden": True})
        page.set_row(_HEADER_ROW, 36)
        for place, column in enumerate(columns):
            page.write_string(_CODE_ROW, place, column.code, looks.hidden)
            page.write_string(
                _HEADER_ROW, place, column.header, looks.required if column.is_required else looks.header
            )
            if column.guidance.text and not column.is_locked:
                page.write_comment(
                    _HEADER_ROW, place, column.guidance.text, {"x_scale": 1.8, "y_scale": 1.2, "font_size": 9}
                )

    def _rows(self, columns: Sequence[_Column]) -> Iterator[list[Value]]:
        questions = {question.code: question for question in self.sheet.form.questions}
        for number, line in enumerate(self.sheet.lines, 1):
            known: dict[str, Value] = {
                IDENTITY: line.identity,
                VERSION: str(line.version),
                "": str(number),
                ARCHIVE_NUMBER: line.archive_number,
                STATUS: line.status.label,
            }
            yield [
                as_cell(questions[column.code], line.answers.get(column.code))
                if column.code in questions
                else known.get(column.code)
                for column in columns
            ]
        for number, identity in enumerate(self.sheet.blanks, len(self.sheet.lines) + 1):
            empty: dict[str, Value] = {
                IDENTITY: identity,
                VERSION: "0",
                "": str(number),
                "village": self.book.village,
            }
            yield [empty.get(column.code) for column in columns]

    def _look(self, column: _Column) -> "Format":
        if column.is_locked:
            return self.looks.locked
        return self.looks.number if column.is_number else self.looks.text

    def _protect(self, page: "Worksheet", last_row: int, last_column: int) -> None:
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        page.freeze_panes(_HEADER_ROW + 1, _FIRST_SHOWN + 3)
        page.autofilter(_HEADER_ROW, _FIRST_SHOWN, last_row, last_column)
        page.set_landscape()
        page.set_paper(8)  # A3: some forty columns
        page.repeat_rows(_HEADER_ROW)
        page.repeat_columns(0, _FIRST_SHOWN + 2)


def _write_cell(page: "Worksheet", row: int, place: int, value: Value, look: "Format") -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, look)
    elif isinstance(value, str):
        page.write_string(row, place, value, look)
    else:
        page.write_number(row, place, float(value), look)  # type: ignore[arg-type]


def _write_instructions(workbook: "Workbook", looks: _Looks, book: Book) -> None:
    page = workbook.add_worksheet("填表说明")
    page.set_column(0, 0, 90)
    page.fit_to_pages(1, 0)
    for row, sentence in enumerate(book.instructions):
        page.set_row(row, _ROW_HEIGHT * (ceil(len(sentence) / _LETTERS_IN_LINE) if row else 1.5))
        page.write_string(row, 0, sentence, looks.title if row == 0 else looks.plain)
    page.protect("")


def _write_origin(workbook: "Workbook", book: Book) -> None:
    """Write where the workbook comes from; the head of the trail is anchored outside of the register."""
    page = workbook.add_worksheet(ORIGIN)
    page.very_hidden()
    for row, (word, value) in enumerate(book.origin):
        page.write_string(row, 0, word)
        page.write_string(row, 1, value)
    for row, village in enumerate(book.villages):
        page.write_string(row, VILLAGES_AT, village)
    page.protect("")


def _lock_structure(target: Path) -> None:
    """Lock names and order of the sheets: XlsxWriter protects what stands in a sheet and not the sheets."""
    with ZipFile(target) as made:
        parts = [(part, made.read(part)) for part in made.infolist()]
    with ZipFile(target, "w", ZIP_DEFLATED) as locked:
        for part, content in parts:
            if part.filename == "xl/workbook.xml":
                content = content.replace(b"<bookViews>", _PROTECTED + b"<bookViews>", 1)
            locked.writestr(part, content, ZIP_DEFLATED)
