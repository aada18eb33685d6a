"""Which village a title, a sheet, a heading or an address names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain.folding import fold
from desktop.domain.village_names import WrittenVillage, stem_of

_NOT_BEYOND = "(?![路街巷道镇乡区县市]|大道|小学|中学)"
"""白塔路 is a road, 白塔小学 has stalls of several villages before it, and 金城镇 is no village 金城."""


@dataclass(frozen=True, slots=True)
class VillageNames:
    """The villages there are, and how to tell which one somebody wrote."""

    names: tuple[str, ...]
    find: Callable[[str], str | None]
    written: Callable[[str], WrittenVillage | None]

    def read(self, text: str) -> WrittenVillage | None:
        """Return the village that a cell says, and what it says behind it."""
        found = self.find(text)
        return WrittenVillage(found) if found is not None else self.written(text)

    def named_by(self, text: str) -> str | None:
        """Return the one village that a title, a sheet or a heading names, also without 村: 白塔小餐饮."""
        if found := self.find(text) or self.named_in(text):
            return found
        folded = fold(text)
        alike = [name for name in self.names if re.search(f"{re.escape(stem_of(name))}{_NOT_BEYOND}", folded)]
        return alike[0] if len(alike) == 1 else None

    def named_in(self, text: str) -> str | None:
        """Return the one village that a title or an address names."""
        folded = fold(text)
        found = [name for name, own in _folded(self.names) if own in folded]
        return found[0] if len(found) == 1 else None

    def beginning(self, text: str) -> str | None:
        """Return the village with which an address begins."""
        folded = fold(text)
        found = [name for name, own in _folded(self.names) if folded.startswith(own)]
        return max(found, key=len, default=None) or self.named_in(text)


@lru_cache(maxsize=4)
def _folded(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, fold(name)) for name in names)
