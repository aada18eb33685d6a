"""Looks through the zip of an .xlsx before anything parses it: real size, extent, macros, passwords."""

import io
import re
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as BrokenStream  # noqa: N812 - the library's own name says nothing

from desktop.errors import UserError
from desktop.sheets.cells import column_number
from desktop.sheets.refusals import broken

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 300_000, 400, 20_000_000
_MOST_UNPACKED = 768 * 2**20
_MOST_TIMES_PACKED = 400
_ALWAYS_ALLOWED = 32 * 2**20
_MOST_PARTS = 4_000
_CHUNK = 2**20
_FROM_ELSEWHERE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")
NO_LINKS = "请在表格软件里断开链接（数据—编辑链接），另存后再导入"
_DEFINITIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_OVERLAP = 256
# What begins with plain letters is looked for many times faster; what has to stand before them comes second.
_ROW = re.compile(rb"row(?<=[<:]row)\b[^>]*?\sr=[\"'](\d{1,9})")
_COLUMN_BEHIND_Z = re.compile(rb"r=(?<=\sr=)[\"']([A-Z]{2,3})\d")


def check_package(content: bytes, file: str) -> None:
    """Refuse what could harm; sizes are counted, not believed."""
    try:
        package = ZipFile(io.BytesIO(content))
        names = [name.lower() for name in package.namelist()]
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as wrong:
        raise broken(file) from wrong
    with package:
        if len(names) > _MOST_PARTS or len(set(names)) != len(names):
            raise UserError(f"{file} 的内部结构不正常，没有读取；请在表格软件里另存为 .xlsx 再导入")
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
            raise UserError(f"{file} 带有宏，没有读取；请在表格软件里另存为不带宏的 .xlsx 再导入")
        if any(name.startswith(_FROM_ELSEWHERE) for name in names):
            raise UserError(f"{file} 链接着别的文件或数据库，没有读取；{NO_LINKS}")
        if not any(name.endswith("workbook.xml") for name in names):
            raise UserError(f"{file} 不是 .xlsx 表格文件，请在表格软件里另存为 .xlsx 再导入")
        _look_through(package, len(content), file)


def check_extent(rows: int, columns: int, where: str) -> None:
    """Refuse a sheet on which a stray cell far away would cost all memory."""
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise UserError(f"{where}有 {rows} 行，最多 {MOST_ROWS} 行；请删去表下方的空行或拆成几个文件")
    if columns > MOST_COLUMNS:
        raise UserError(f"{where}有 {columns} 列，最多 {MOST_COLUMNS} 列；请删去表右边用不着的列")


def _look_through(package: ZipFile, packed: int, file: str) -> None:
    """Unpack each part into nothing: a bomb tells the truth about its size only while it bursts."""
    too_big = UserError(f"{file} 解开后大得不正常，没有读取；请在表格软件里另存为 .xlsx 再导入")
    most = min(_MOST_UNPACKED, max(packed * _MOST_TIMES_PACKED, _ALWAYS_ALLOWED))
    if sum(part.file_size for part in package.infolist()) > most:
        raise too_big
    total = 0
    for part in package.infolist():
        if part.flag_bits & 1:
            raise UserError(f"{file} 设了密码，请去掉密码另存后再导入")
        look = _Look(part.filename.lower(), file)
        try:
            for chunk in _chunks(package, part):
                total += len(chunk)
                if total > most:
                    raise too_big
                look.at(chunk)
        except (BadZipFile, BrokenStream, OSError, EOFError, NotImplementedError, ValueError) as wrong:
            raise broken(file) from wrong
        look.finish()


def _chunks(package: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


class _Look:
    """Looks at one part as it is unpacked: is it whole, how far does it reach, does it draw in others?"""

    def __init__(self, name: str, file: str) -> None:
        self._file = file
        self._is_markup = name.endswith((".xml", ".rels"))
        self._is_sheet = "worksheets/" in name and name.endswith(".xml")
        self._end = b""
        self._rows = 0
        self._columns = 26  # A to Z are never too many, and need not be picked out of the markup

    def at(self, chunk: bytes) -> None:
        """Look at the next piece."""
        if not self._is_markup:
            return
        text = self._end + chunk
        if any(mark in text for mark in _DEFINITIONS):
            raise UserError(f"{self._file} 里有不该有的外部定义，没有读取；请在表格软件里另存为 .xlsx 再导入")
        if self._is_sheet:
            self._rows = max(self._rows, max(map(int, _ROW.findall(text)), default=0))
            letters = {found.decode() for found in set(_COLUMN_BEHIND_Z.findall(text))}
            self._columns = max(self._columns, max(map(column_number, letters), default=0))
            check_extent(self._rows, self._columns, f"{self._file} 里的表")
        self._end = text[-_OVERLAP:]

    def finish(self) -> None:
        """Refuse a sheet that was cut off: its first half must not come in as if it were all."""
        if self._is_sheet and not self._end.rstrip().endswith((b"worksheet>", b"/>")):
            raise broken(self._file)
