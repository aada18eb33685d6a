"""Looks into an old .xls for what must be known before it is read: macros, passwords, formulas."""

from collections.abc import Iterator
from struct import Struct, error

from desktop.sheets.formulas import SheetFacts
from desktop.sheets.package import NO_LINKS

_FREE_AND_ENDS = 0xFFFFFFFA
_STORAGE_OR_STREAM = Struct("<64sHBB")
_SHEET, _FORMULA, _PASSWORD, _LINKED, _END = 0x0085, 0x0006, 0x002F, 0x01AE, 0x000A
_TRUTH_OR_ERROR, _COUNTING, _ROW, _IS_HIDDEN = 0x0205, 0x0022, 0x0208, 0x0020
_WITHIN = frozenset({0x0401, 0x3A01})
"""Where a link leads in this workbook or to functions of the program: nothing is drawn in from elsewhere."""
_CELLS = frozenset({_FORMULA, 0x00FD, 0x0203, 0x027E, 0x00BD, 0x00BE, 0x0204, 0x0205, 0x0201, 0x00D6})
_MOST_CELLS = 6_000_000
_BIFF8_BEGINNING = b"\x09\x08"


class OldWorkbookError(Exception):
    """Why an old workbook is not read, as the end of a sentence that begins with the file's name."""


def old_sheet_facts(content: bytes) -> SheetFacts:
    """Look for formulas, hidden rows and the year from which days count; refuse macros and passwords."""
    try:
        stream = _workbook_stream(content)
        there = {name: offset for name, offset in _sheets(stream) if 0 < offset < len(stream)}
        return SheetFacts(
            {name: frozenset(_formulas(stream, offset)) for name, offset in there.items()},
            {name: frozenset(_hidden_rows(stream, offset)) for name, offset in there.items()},
            is_1904=any(kind == _COUNTING and body[:1] == b"\x01" for kind, body in _records(stream, 0)),
        )
    except (error, IndexError, ValueError, UnicodeDecodeError) as wrong:
        raise OldWorkbookError("已损坏，打不开，请在表格软件里另存为 .xlsx 再导入") from wrong


def _workbook_stream(content: bytes) -> bytes:
    """Return the stream with the sheets out of the compound file (MS-CFB)."""
    size = 1 << _number(content, 30, 2)
    small_size = 1 << _number(content, 32, 2)
    if size not in (512, 4096):
        raise ValueError(size)
    table = _allocation_table(content, size)
    directory = _chain(content, table, _number(content, 48, 4), size)
    entries = {name: (start, length) for name, start, length in _entries(directory)}
    if any(name.upper() in {"_VBA_PROJECT_CUR", "VBA", "MACROS"} for name in entries):
        raise OldWorkbookError("带有宏，没有读取；请在表格软件里另存为不带宏的 .xlsx 再导入")
    if "EncryptedPackage" in entries:
        raise OldWorkbookError("设了密码，请去掉密码另存后再导入")
    found = entries.get("Workbook") or entries.get("Book")
    if found is None:
        raise OldWorkbookError("不是表格文件，请在表格软件里另存为 .xlsx 再导入")
    start, length = found
    if length >= _number(content, 56, 4):
        return _chain(content, table, start, size)[:length]
    small_table = _numbers(_chain(content, table, _number(content, 60, 4), size))
    root_start, _ = entries["Root Entry"]
    small = _chain(content, table, root_start, size)
    return b"".join(
        small[sector * small_size : (sector + 1) * small_size] for sector in _sectors(small_table, start)
    )[:length]


def _allocation_table(content: bytes, size: int) -> list[int]:
    sectors = [_number(content, 76 + 4 * position, 4) for position in range(109)]
    following, left = _number(content, 68, 4), _number(content, 72, 4)
    while following < _FREE_AND_ENDS and left:
        more = _numbers(_sector(content, following, size))
        sectors += more[:-1]
        following, left = more[-1], left - 1
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE_AND_ENDS:
            table += _numbers(_sector(content, sector, size))
    return table


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    for offset in range(0, len(directory), 128):
        name, length, kind, _ = _STORAGE_OR_STREAM.unpack_from(directory, offset)
        if kind and 2 <= length <= 64:
            start = _number(directory, offset + 116, 4)
            yield name[: length - 2].decode("utf-16-le"), start, _number(directory, offset + 120, 4)


def _chain(content: bytes, table: list[int], start: int, size: int) -> bytes:
    return b"".join(_sector(content, sector, size) for sector in _sectors(table, start))


def _sectors(table: list[int], start: int) -> Iterator[int]:
    seen = 0
    while start < _FREE_AND_ENDS:
        yield start
        start = table[start]
        seen += 1
        if seen > len(table):
            raise ValueError("the chain bites its tail")


def _sector(content: bytes, sector: int, size: int) -> bytes:
    return content[(sector + 1) * size : (sector + 2) * size]


def _numbers(content: bytes) -> list[int]:
    return [_number(content, offset, 4) for offset in range(0, len(content) - 3, 4)]


def _number(content: bytes, offset: int, length: int) -> int:
    if offset + length > len(content):
        raise IndexError(offset)
    return int.from_bytes(content[offset : offset + length], "little")


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Read the list of sheets at the beginning of the workbook stream (MS-XLS, BIFF8)."""
    if not stream.startswith(_BIFF8_BEGINNING):
        return  # older than 1997: calamine decides whether it can read it
    for kind, body in _records(stream, 0):
        if kind == _PASSWORD:
            raise OldWorkbookError("设了密码，请去掉密码另存后再导入")
        if kind == _LINKED and _number(body, 2, 2) not in _WITHIN:
            raise OldWorkbookError(f"链接着别的文件，没有读取；{NO_LINKS}")
        if kind == _SHEET and len(body) > 8:
            is_wide = body[7] & 1
            letters = body[8 : 8 + body[6] * (2 if is_wide else 1)]
            yield letters.decode("utf-16-le" if is_wide else "latin-1"), _number(body, 0, 4)


def _formulas(stream: bytes, offset: int) -> Iterator[tuple[int, int]]:
    rows = columns = 0
    for kind, body in _records(stream, offset):
        if kind in _CELLS:
            row, column = _number(body, 0, 2) + 1, _number(body, 2, 2) + 1
            rows, columns = max(rows, row), max(columns, column)
            if rows * columns > _MOST_CELLS:
                raise OldWorkbookError("的表太大（远处可能有多余的格子），请删去用不着的行和列再导入")
            if kind == _FORMULA or (kind == _TRUTH_OR_ERROR and len(body) > 7 and body[7] == 1):
                yield row, column


def _hidden_rows(stream: bytes, offset: int) -> Iterator[int]:
    for kind, body in _records(stream, offset):
        if kind == _ROW and _number(body, 12, 2) & _IS_HIDDEN:
            yield _number(body, 0, 2) + 1


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    while offset + 4 <= len(stream):
        kind, length = _number(stream, offset, 2), _number(stream, offset + 2, 2)
        if kind == _END:
            return
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
