"""Reads an exchange workbook that came back: whose it is, its rows by their identity, who filled it in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from re import fullmatch

from desktop.domain.forms import Answer, Question
from desktop.sheets.cells import Cell, SheetCells, column_letter, is_blank, shown
from desktop.sheets.exchange_book import ARCHIVE_NUMBER, IDENTITY, MARK, SENDER_PARTS, VERSION, as_cell
from desktop.sheets.ledger import LeftSheet

_HEAD_ROWS = 12
_MARKED = rf"{MARK} ([0-9a-f-]{{36}}) ([a-z0-9_]+)"
_IDENTITY = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OWN = frozenset({IDENTITY, VERSION, ARCHIVE_NUMBER, ""})
_VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row: who it says it is, from which version it came, and the cells that may have been edited."""

    row: int
    identity: str
    version: int
    cells: Mapping[str, Cell]

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing; a village alone is nobody."""
        return all(is_blank(cell) for code, cell in self.cells.items() if code != _VILLAGE)

    def without_village(self) -> "BookRow":
        return replace(self, cells={code: cell for code, cell in self.cells.items() if code != _VILLAGE})


@dataclass(frozen=True, slots=True)
class BookPage:
    """One sheet of a workbook, with the column of each answer and the places of formulas."""

    name: str
    book: str
    kind: str
    header_row: int
    columns: Mapping[str, int]
    rows: tuple[BookRow, ...]
    formulas: frozenset[tuple[int, int]]

    @property
    def letters(self) -> Mapping[str, str]:
        return {column_letter(number): code for code, number in self.columns.items() if code not in _OWN}

    def is_formula(self, row: int, code: str) -> bool:
        return (row, self.columns[code]) in self.formulas

    def without_village(self) -> "BookPage":
        """Return the page of a village's own workbook: whose its rows are is not for it to say."""
        columns = {code: number for code, number in self.columns.items() if code != _VILLAGE}
        return replace(self, columns=columns, rows=tuple(row.without_village() for row in self.rows))


@dataclass(frozen=True, slots=True)
class ReturnedBook:
    """A workbook as it came back."""

    pages: tuple[BookPage, ...]
    left: tuple[LeftSheet, ...]
    sender: str

    @property
    def books(self) -> frozenset[str]:
        return frozenset(page.book for page in self.pages)

    def of_one_village(self) -> "ReturnedBook":
        """Return it without what its rows say of their village."""
        return replace(self, pages=tuple(page.without_village() for page in self.pages))


def read_book(sheets: Sequence[SheetCells]) -> ReturnedBook | None:
    """Read a workbook by the marks in its sheets; ``None`` where it is none of the exchange."""
    pages: list[BookPage] = []
    left: list[LeftSheet] = []
    sender = ""
    for sheet in sheets:
        page = _page(sheet)
        if page is not None:
            pages.append(page)
            sender = sender or _sender(sheet)
        elif sheet.is_hidden:
            left.append(LeftSheet(sheet.name, "工作表是隐藏的，没有读取"))
        else:
            left.append(LeftSheet(sheet.name, "不是交换表的工作表，没有读取"))
    return ReturnedBook(tuple(pages), tuple(left), sender) if pages else None


def is_exchange_book(sheets: Sequence[SheetCells]) -> bool:
    """Tell whether any sheet bears the mark."""
    return any(_page(sheet) is not None for sheet in sheets)


def is_as_written(question: Question, answer: Answer, cell: Cell) -> bool:
    """Tell whether a cell still holds what was written into it, whatever program saved it since."""
    value = as_cell(question, answer)
    if value is None or value == "":
        return is_blank(cell)
    if isinstance(cell, date):
        return shown(cell)[:10] == str(value)
    if isinstance(value, int | Decimal):
        return _is_number(cell) and Decimal(str(cell).strip()) == value
    return _plain(shown(cell)) == _plain(str(value))


def _page(sheet: SheetCells) -> BookPage | None:
    mark = next(_found(sheet, lambda cell: fullmatch(_MARKED, str(cell).strip()) is not None), None)
    codes = next(_found(sheet, lambda cell: cell == IDENTITY), None)
    if mark is None or codes is None or not sheet.is_table:
        return None
    found = fullmatch(_MARKED, str(sheet.cell(*mark)).strip())
    row = codes[0]
    columns = {
        str(code): number
        for number, code in enumerate(sheet.rows[row - 1], 1)
        if isinstance(code, str) and code
    }
    if found is None or VERSION not in columns:
        return None
    rows = tuple(_rows(sheet, row + 1, columns))
    return BookPage(sheet.name, found[1], found[2], row + 1, columns, rows, sheet.formulas)


def _rows(sheet: SheetCells, header_row: int, columns: Mapping[str, int]) -> Iterator[BookRow]:
    asked = {code: number for code, number in columns.items() if code not in _OWN}
    for row in range(header_row + 1, len(sheet.rows) + 1):
        identity = shown(sheet.cell(row, columns[IDENTITY])).strip().lower()
        version = shown(sheet.cell(row, columns[VERSION])).strip()
        yield BookRow(
            row=row,
            identity=identity if fullmatch(_IDENTITY, identity) else "",
            version=int(version) if fullmatch(r"\d{1,9}", version) else 0,
            cells={code: sheet.cell(row, number) for code, number in asked.items()},
        )


def _found(sheet: SheetCells, wanted: Callable[[Cell], bool]) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(sheet.rows[:_HEAD_ROWS], 1):
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, str) and wanted(cell):
                yield row, column


def _sender(sheet: SheetCells) -> str:
    """Return what was filled in behind the words of the sender line."""
    said = []
    for part in SENDER_PARTS:
        place = next(_found(sheet, lambda cell, part=part: str(cell).strip() == part), None)  # type: ignore[misc]
        cell = sheet.cell(place[0], place[1] + 1) if place else None
        if not is_blank(cell):
            said.append(shown(cell).strip())
    return " ".join(said)


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, bool) and fullmatch(r"\d{1,12}(?:\.\d{1,6})?", str(cell).strip()) is not None


def _plain(text: str) -> str:
    return "\n".join(
        line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ).strip()
