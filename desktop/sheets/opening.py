"""From the bytes of a file to plain cells; what could harm or cannot be read is refused in one sentence.

This is done in a process of its own: whoever wants a workbook asks ``untrusted.WorkbookReader``.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePath

from desktop.errors import UserError
from desktop.sheets.cells import Area, Cell, SheetCells
from desktop.sheets.package import check_extent, check_package

_MOST_SHEETS = 200
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_workbook(content: bytes, file: str) -> tuple[SheetCells, ...]:
    """Return all sheets of a workbook; ``file`` is its name, for the ending and for sentences."""
    if content.startswith(_ZIP):
        return _open_xlsx(content, file)
    if content.startswith(_OLD_OFFICE):
        return _open_xls(content, file)
    if PurePath(file).suffix.lower() == ".csv" or _is_plain_text(content):
        return (_open_csv(content, file),)
    raise UserError(f"{file} 已损坏，或者不是表格文件，请在表格软件里打开后另存为 .xlsx 再导入")


def _open_xlsx(content: bytes, file: str) -> tuple[SheetCells, ...]:
    from desktop.sheets.formulas import sheet_facts

    check_package(content, file)
    facts = sheet_facts(content, file)
    return tuple(facts.beside(sheet) for sheet in _calamine_sheets(content, file))


def _open_xls(content: bytes, file: str) -> tuple[SheetCells, ...]:
    from desktop.sheets.old_workbook import OldWorkbookError, old_sheet_facts

    try:
        facts = old_sheet_facts(content)
    except OldWorkbookError as wrong:
        raise UserError(f"{file} {wrong}") from wrong
    return tuple(facts.beside(sheet) for sheet in _calamine_sheets(content, file))


def _calamine_sheets(content: bytes, file: str) -> list[SheetCells]:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metadata = workbook.sheets_metadata
        if len(metadata) > _MOST_SHEETS:
            raise UserError(f"{file} 有 {len(metadata)} 张工作表，最多 {_MOST_SHEETS} 张，请拆成几个文件")
        sheets = []
        for one in metadata:
            is_table = one.typ == SheetTypeEnum.WorkSheet
            is_hidden = one.visible != SheetVisibleEnum.Visible
            if not is_table or is_hidden:  # named with its reason, never read
                sheets.append(SheetCells(one.name, (), is_hidden, is_table))
                continue
            sheet = workbook.get_sheet_by_name(one.name)
            end = sheet.end or (0, 0)
            check_extent(end[0] + 1, end[1] + 1, f"{file}“{one.name}”")
            rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
            merged = tuple(
                Area(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
                for first, last in sheet.merged_cell_ranges or ()
            )
            sheets.append(SheetCells(one.name, _trimmed(rows), merged=merged))
    except PasswordError as wrong:
        raise UserError(f"{file} 设了密码，请去掉密码另存后再导入") from wrong
    except CalamineError as wrong:
        raise UserError(f"{file} 已损坏或格式不认识，请在表格软件里另存为 .xlsx 再导入") from wrong
    return sheets


def _trimmed(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Drop empty rows below the last filled one; those above keep their numbers."""
    last = len(rows)
    while last and not any(cell not in (None, "") for cell in rows[last - 1]):
        last -= 1
    return rows[:last]


def _open_csv(content: bytes, file: str) -> SheetCells:
    text = _decoded(content, file)
    separator = _separator(text)
    rows: list[tuple[Cell, ...]] = []
    formulas: set[tuple[int, int]] = set()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for number, cells in enumerate(_lines(reader, file), 1):
        check_extent(number, len(cells), file)
        formulas.update((number, column) for column, cell in enumerate(cells, 1) if _is_formula(cell))
        rows.append(tuple(_unquoted(cell) for cell in cells))
    return SheetCells(PurePath(file).stem, _trimmed(tuple(rows)), formulas=frozenset(formulas))


def _separator(text: str) -> str:
    """Return what parts the cells: of the usual marks the one that most lines have equally often."""
    lines = [line for line in text[:8_192].splitlines() if line.strip()][:50]

    def worth(mark: str) -> tuple[int, int]:
        counted = Counter(found for line in lines if (found := line.count(mark)))
        usual, times = counted.most_common(1)[0] if counted else (0, 0)
        return times * min(usual, 2), usual

    return max(",\t;|，", key=worth)


def _lines(reader: Iterator[list[str]], file: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as wrong:
        raise UserError(f"{file} 的引号不成对，读不下去，请在表格软件里另存为 .xlsx 再导入") from wrong


def _is_formula(cell: str) -> bool:
    """Tell a formula from the ``="3204…"`` that programs write to keep a number as text."""
    typed = cell.strip()
    return typed.startswith("=") and len(typed) > 1 and _unquoted(cell) == cell


def _unquoted(cell: str) -> str:
    typed = cell.strip()
    is_kept_text = typed.startswith('="') and typed.endswith('"') and '"' not in typed[2:-1]
    return typed[2:-1] if is_kept_text and len(typed) > 3 else cell


def _decoded(content: bytes, file: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        readings: tuple[str, ...] = ("utf-16",)
    else:
        readings = ("utf-8-sig", "gb18030")
    for encoding in readings:
        text = _try(lambda encoding=encoding: content.decode(encoding))  # type: ignore[misc]
        if text is not None and "\0" not in text:
            return text
    raise UserError(f"{file} 的文字编码认不出来，请在表格软件里另存为 .xlsx 再导入")


def _try(decode: Callable[[], str]) -> str | None:
    try:
        return decode()
    except UnicodeDecodeError:
        return None


def _is_plain_text(content: bytes) -> bool:
    """Tell whether a file with a wrong ending is a text table after all, as old programs write `.xls`."""
    beginning = content[:4_096]
    is_markup = beginning.lstrip().lower().startswith((b"<", b"\xef\xbb\xbf<"))
    has_controls = any(byte < 9 or 13 < byte < 32 for byte in beginning)
    return not is_markup and not has_controls and any(mark in beginning for mark in (b",", b"\t"))
