"""Builds ledgers as files that a village could send, and says what was read from them."""

import io
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.sheets.ledger import Ledger, LedgerBook

IDS = ("320413196207227743", "340824200108147266", "320413198603279990", "34082419760505682X")
PHONES = ("13761529721", "18970735877", "17921275136", "13970743766")
NAMES = ("曾刚玲", "尹志斌", "钱杰永", "苏平")
HEAD = ("序号", "姓名", "身份证号", "电话", "村", "地址", "品种", "人数", "日期")
ROWS = [
    (i + 1, NAMES[i], IDS[i], PHONES[i], "培丰村", f"培丰村{i}组1号", "煎饼", 2, "2018.5.1") for i in range(3)
]
Line = Sequence[object]
Open = Callable[[str, bytes], LedgerBook]


def a_book(*sheets: tuple[str, Sequence[Line]], arrange: Callable[[Worksheet], None] | None = None) -> bytes:
    """Return a workbook of these sheets; ``arrange`` does the rest to the last of them."""
    book = Workbook()
    book.remove(book.active)
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
        if arrange is not None:
            arrange(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def merging(*areas: str) -> Callable[[Worksheet], None]:
    """Return what merges these areas of a sheet."""

    def merge(sheet: Worksheet) -> None:
        for area in areas:
            sheet.merge_cells(area)

    return merge


def the_only(book: LedgerBook) -> Ledger:
    """Return the one ledger of a workbook."""
    (ledger,) = book.ledgers
    return ledger


def problems(ledger: Ledger) -> list[tuple[int, str | None, str]]:
    """Return row, column and code of each problem."""
    return [(one.row, one.column, one.code) for row in ledger.rows for one in row.problems]


def said(ledger: Ledger, field: str) -> list[object]:
    """Return what each row answers to a question."""
    return [row.answers.get(field) for row in ledger.rows]
