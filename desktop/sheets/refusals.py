"""Why a workbook is refused whatever stands in it: its ending, its size, its damage."""

from pathlib import PurePath

from desktop.errors import UserError

MOST_BYTES = 64 * 2**20
"""A ledger of 200,000 rows is smaller."""

_KINDS = (".xlsx", ".xls", ".csv")


def check_file(file: str, size: int) -> None:
    """Refuse by name and size alone, before a byte is read."""
    if PurePath(file).suffix.lower() not in _KINDS:
        raise UserError(f"{file} 不是 .xlsx、.xls 或 .csv，请另存为其中一种再导入")
    if not size:
        raise UserError(f"{file} 是空文件，请向村里重新要一份")
    if size > MOST_BYTES:
        raise UserError(f"{file} 有 {size // 2**20} MB，超过 {MOST_BYTES // 2**20} MB，请拆成几个文件再导入")


def broken(file: str) -> UserError:
    """Return the refusal of a file that cannot be read."""
    return UserError(f"{file} 已损坏，打不开，请在表格软件里另存一份再导入")
