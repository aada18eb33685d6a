"""What a paged table shows and where it comes from: columns, cells, questions, pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from desktop.views.kit.chips import ChipText

Cell = str | ChipText | None
"""Words, a chip, or nothing (shown as “—”)."""

Value = tuple[str, str | ChipText]
"""What a column can be filtered by: a code, and the words or the chip that stand for it."""

EMPTY = "—"


def words_of(cell: Cell) -> str:
    """Return a cell as plain words, for copying and for screen readers."""
    match cell:
        case None | "":
            return EMPTY
        case ChipText():
            return cell.word
        case _:
            return str(cell)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``letters`` is how many Han characters it shows before somebody drags it."""

    key: str
    title: str
    letters: int = 7
    is_number: bool = False
    is_strong: bool = False
    is_muted: bool = False
    is_sortable: bool = True
    is_shown: bool = True
    choices: tuple[Value, ...] = ()
    """A filter where several values may be ticked."""

    can_overlap: bool = False
    """A record may have several values, so that their counts do not add up."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the table asks for: filters by column key, and one sorted column."""

    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    is_descending: bool = False

    def filtered(self, key: str, value: str) -> "Query":
        """Return the query with one filter changed; an empty value takes it away."""
        others = tuple((name, asked) for name, asked in self.filters if name != key)
        return replace(self, filters=(*others, (key, value)) if value else others)

    def sorted_by(self, key: str) -> "Query":
        """Return the query sorted by a column; the same column again turns the order round."""
        return replace(self, sort=key, is_descending=self.sort == key and not self.is_descending)

    def value(self, key: str) -> str:
        return dict(self.filters).get(key, "")

    def values(self, key: str) -> tuple[str, ...]:
        """Return the codes that a filter asks for; none where it asks for all."""
        return tuple(code for code in self.value(key).split(",") if code)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One record: its id and a cell for each column of the table, in their first order."""

    id: int | str
    cells: tuple[Cell, ...]


class PageSource(Protocol):
    """Answers a table; both are called on the working thread and never for the whole register."""

    def count(self, query: Query) -> int: ...

    def page(self, query: Query, offset: int, limit: int) -> Sequence[TableRow]: ...


@runtime_checkable
class Outlined(Protocol):
    """A source that can look where the pages of a list begin, so that each is reached at once.

    Asked on the working thread after the first rows of a list are seen, a stretch at a time until it says
    that it is through: other questions come in between.
    """

    def outline(self, query: Query) -> bool: ...


@runtime_checkable
class Counts(Protocol):
    """A source that can say how many records each value of a column has; asked on the working thread."""

    def counts(self, query: Query, key: str) -> Mapping[str, int]: ...


class Remembered(Protocol):
    """Keeps small things per person, such as widths of columns; values are JSON texts."""

    def get(self, key: str) -> str | None: ...

    def set(self, key: str, value: str) -> None: ...
