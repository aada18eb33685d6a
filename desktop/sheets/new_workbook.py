"""A new workbook: written whole, or refused in one sentence where the disk does not take it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import EnvironmentFailedError, words_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
"""No text becomes a formula, a number or a link; rows go to the disk as they come."""


@contextmanager
def new_workbook(target: Path, **options: bool) -> Iterator["Workbook"]:
    """Lend a workbook to write; at the end of the block it stands in its file."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with _OnDisk(target, "w+") as file:
        try:
            with Workbook(file, {**PLAIN, **options}) as workbook:
                yield workbook
        except FileCreateError as failed:
            raise EnvironmentFailedError(
                f"{target.parent} 写不进去（{file.failure}）；请检查磁盘空间，或换一个位置"
            ) from failed


class _OnDisk(FileIO):
    """A file that says once why it cannot be written; what its owner still tries afterwards goes nowhere.

    The archive in which a workbook is written tries to close itself when it is thrown away, and Python would
    print that second failure.
    """

    failure = ""

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - any buffer, as the class above takes it
        whole = memoryview(data).cast("B")
        done = len(whole) if self.failure else 0
        while done < len(whole):
            try:
                done += super().write(whole[done:])
            except OSError as failed:
                self.failure = words_of(failed)
                raise
        return len(whole)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return 0 if self.failure else super().seek(offset, whence)

    def tell(self) -> int:
        return 0 if self.failure else super().tell()

    def flush(self) -> None:
        if not self.failure:
            super().flush()
