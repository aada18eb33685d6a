"""Three-way merging: what both sides began with (base), what stands here, what came back (theirs).

Pure: a field is changed by whoever made it differ from the base. What one side alone changed is taken; what
both changed in different ways is a clash, keeps what stands here, and is named with all three values.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Clash(Generic[Value]):
    """One field that both sides changed, each in its own way."""

    field: str
    base: Value | None
    here: Value | None
    theirs: Value | None


@dataclass(frozen=True, slots=True)
class Merged(Generic[Value]):
    """A record after merging: all its fields, those that were taken from theirs, those that clash."""

    fields: Mapping[str, Value]
    taken: tuple[str, ...]
    clashes: tuple[Clash[Value], ...]


class Fate(Enum):
    """What becomes of one record of a table."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DELETED = "deleted"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class MergedRow(Generic[Value]):
    """One record of a table and its fate; a deleted one, or one that is gone here, is left to somebody."""

    fate: Fate
    merged: Merged[Value]


def three_way(
    base: Mapping[str, Value],
    here: Mapping[str, Value],
    theirs: Mapping[str, Value],
) -> Merged[Value]:
    """Merge one record; a field that theirs does not have is not stated, an empty one was emptied."""
    fields = dict(here)
    taken: list[str] = []
    clashes: list[Clash[Value]] = []
    for field, stated in theirs.items():
        began, stands = base.get(field), here.get(field)
        if stated in (began, stands):
            continue
        if stands == began:
            fields[field] = stated
            taken.append(field)
        else:
            clashes.append(Clash(field, began, stands, stated))
    return Merged(fields, tuple(taken), tuple(clashes))


def merge_tables(
    base: Mapping[Key, Mapping[str, Value]],
    here: Mapping[Key, Mapping[str, Value]],
    theirs: Mapping[Key, Mapping[str, Value]],
) -> dict[Key, MergedRow[Value]]:
    """Merge all records that came back or should have; what only stands here is not asked about."""
    merged: dict[Key, MergedRow[Value]] = {}
    for key, stated in theirs.items():
        if key in here:
            one = three_way(base.get(key, {}), here[key], stated)
            fate = Fate.CONFLICT if one.clashes else Fate.CHANGED if one.taken else Fate.SAME
            merged[key] = MergedRow(fate, one)
        elif key in base:
            merged[key] = _gone_here(base[key], stated)
        else:
            merged[key] = MergedRow(Fate.NEW, three_way({}, {}, stated))
    for key in base:
        if key not in theirs:
            fate = Fate.DELETED if key in here else Fate.SAME
            merged[key] = MergedRow(fate, Merged(dict(here.get(key, {})), (), ()))
    return merged


def _gone_here(base: Mapping[str, Value], stated: Mapping[str, Value]) -> MergedRow[Value]:
    """Return the fate of a record that is gone here: edited there it clashes, else it stays gone."""
    clashes = tuple(
        Clash(field, base.get(field), None, value)
        for field, value in stated.items()
        if value != base.get(field)
    )
    return MergedRow(Fate.CONFLICT if clashes else Fate.SAME, Merged({}, (), clashes))
