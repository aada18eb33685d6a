"""What goes between the program and the process that reads workbooks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from desktop.sheets.marking import Mark
    from desktop.sheets.splicing import Fill

NO_MEMORY = 77
"""The exit code that says: more was asked for than the limit lends."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one order may cost."""

    memory_mb: int
    seconds: int


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """Read all sheets of a workbook."""

    content: bytes
    file: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class MarkOrder:
    """Make a copy of a workbook with marks in its cells."""

    content: bytes
    file: str
    limits: Limits
    marks: Sequence["Mark"]
    header_rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FillOrder:
    """Make a copy of a workbook with values in its empty cells."""

    content: bytes
    file: str
    limits: Limits
    fills: Sequence["Fill"]


Order: TypeAlias = ReadOrder | MarkOrder | FillOrder


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: a sentence for the person, or a mistake whose place is for the log."""

    sentence: str = ""
    mistake: str = ""
