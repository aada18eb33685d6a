"""The answer to a village: its own workbook, with each problem marked in its cell and said beside its row."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.sheets.as_new import as_new, is_new, new_title
from desktop.sheets.cells import column_letter, column_number
from desktop.sheets.opening import open_workbook
from desktop.sheets.package import check_package

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

REASONS = "导入问题"
"""The head of the column that says the reasons; when the file comes back it is known and left alone."""

_ERROR, _WARNING = "FFF4B6B6", "FFFFF0B3"
_AUTHOR = "登记册"
_WIDTH = 60
_MOST_COMMENTS = 5_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to say about a row; without a column it stands beside the row only."""

    sheet: str
    row: int
    column: str | None
    message: str
    is_error: bool


def marked_copy(content: bytes, file: str, marks: Sequence[Mark], header_rows: Mapping[str, int]) -> bytes:
    """Return a copy of the workbook with marks; old formats come back as .xlsx with the same cells."""
    workbook = _copied(content, file)
    of_sheet: dict[str, list[Mark]] = {}
    for mark in marks:
        of_sheet.setdefault(mark.sheet, []).append(mark)
    for name, header_row in header_rows.items():
        title = name if is_new(content) else new_title(name)
        if title in workbook.sheetnames:
            _mark_sheet(workbook[title], of_sheet.get(name, []), header_row)
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def _copied(content: bytes, file: str) -> "Workbook":
    from openpyxl import load_workbook

    if not is_new(content):
        return as_new(open_workbook(content, file))
    check_package(content, file)
    return load_workbook(io.BytesIO(content))


def _mark_sheet(sheet: "Worksheet", marks: Sequence[Mark], header_row: int) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, PatternFill

    beside = _reasons_column(sheet, header_row)
    fills = {True: PatternFill("solid", fgColor=_ERROR), False: PatternFill("solid", fgColor=_WARNING)}
    said: dict[int, list[str]] = {}
    for position, mark in enumerate(marks):
        where = f"{mark.column}列：" if mark.column else ""
        said.setdefault(mark.row, []).append(where + mark.message)
        if not mark.column:
            continue
        cell = sheet.cell(mark.row, column_number(mark.column))
        cell.fill = fills[mark.is_error]
        if position < _MOST_COMMENTS:
            cell.comment = Comment(mark.message, _AUTHOR)
    for row, sentences in said.items():
        cell = sheet.cell(row, beside, "；".join(sentences))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _reasons_column(sheet: "Worksheet", header_row: int) -> int:
    """Return the column for the reasons: the one of an earlier answer, emptied, or a new one at the right."""
    for column in range(1, sheet.max_column + 1):
        if sheet.cell(header_row, column).value == REASONS:
            for row in range(header_row + 1, sheet.max_row + 1):
                sheet.cell(row, column).value = None
            return column
    beside = sheet.max_column + 1
    sheet.cell(header_row, beside, REASONS)
    sheet.column_dimensions[column_letter(beside)].width = _WIDTH
    return beside
