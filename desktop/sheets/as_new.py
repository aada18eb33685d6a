"""An old workbook (.xls, .csv) as a new one: the same cells and merged areas, without its looks."""

from collections.abc import Iterable
from re import sub
from typing import TYPE_CHECKING

from desktop.sheets.cells import SheetCells, is_blank

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOST_LETTERS = 31


def is_new(content: bytes) -> bool:
    """Tell whether this is an .xlsx, which can be given back as it was."""
    return content.startswith(b"PK")


def new_title(name: str) -> str:
    """Return the name that a sheet has in the new workbook; a text table is called after its file."""
    return sub(r"[\[\]:*?/\\]", "_", name)[:_MOST_LETTERS]


def as_new(sheets: Iterable[SheetCells]) -> "Workbook":
    """Return a workbook with the same cells, texts as texts."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        written = workbook.create_sheet(new_title(sheet.name))
        for number, cells in enumerate(sheet.rows, 1):
            for column, value in enumerate(cells, 1):
                if is_blank(value):
                    continue
                cell = written.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # else a text that begins with = becomes a living formula
                    cell.number_format = "@"
        for area in sheet.merged:
            written.merge_cells(
                start_row=area.first_row,
                start_column=area.first_column,
                end_row=area.last_row,
                end_column=area.last_column,
            )
    return workbook
