"""What taking in workbooks answers: the fixed contract of the command line, also what the window shows."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """What the rows of a sheet came to; ``rows`` is the sum of all others."""

    rows: int
    new: int
    changed: int
    same: int
    duplicate: int
    error: int


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """A ledger: its trade (none where rows differ), its header and which column was taken for what."""

    name: str
    kind: str | None
    header_row: int
    columns: Mapping[str, str]
    confidence: Mapping[str, float]
    counts: Counts
    unread: Mapping[str, str]
    """The columns that were not read, by their letter, with the words over them."""

    shape: str = ""
    """What the header looks like; what is said of its columns is remembered by it."""


@dataclass(frozen=True, slots=True)
class NotImported:
    """A sheet that is no ledger, is hidden or empty, and why it was left."""

    sheet: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem at its cell; ``column`` is missing where no column holds the answer."""

    sheet: str
    row: int
    column: str | None
    field: str
    value: str
    severity: str
    code: str
    message: str

    @property
    def can_be_mended(self) -> bool:
        """Whether it has a cell, and says more than a warning."""
        return self.column is not None and self.severity == "error"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that is there already, in this workbook (``of_row``) or in the register (``of_id``).

    A sure one is not taken twice; an unsure one waits for somebody's word.
    """

    sheet: str
    row: int
    of_sheet: str | None
    of_row: int | None
    of_id: int | None
    sure: bool
    alike: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a workbook states otherwise than the register."""

    sheet: str
    row: int
    id: int
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What one workbook came to."""

    file: str
    import_id: int | None
    sheets: tuple[SheetAnswer, ...]
    not_imported: tuple[NotImported, ...]
    problems: tuple[RowProblem, ...]
    duplicates: tuple[Duplicate, ...]
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """What all workbooks came to, and whether the register has them now."""

    files: tuple[FileAnswer, ...]
    imported: bool


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that an undone import left in the register, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an import back came to."""

    import_id: int
    removed: int
    restored: int
    kept: tuple[KeptRow, ...]
