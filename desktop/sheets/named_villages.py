"""Which village a title, a sheet, a heading or an address names."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.folding import fold
from desktop.domain.village_names import WrittenVillage


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
        """Return the village that a title names, or that a sheet or a heading is called after: 白塔."""
        return self.find(text) or self.named_in(text)

    def named_in(self, text: str) -> str | None:
        """Return the one village that a title or an address names."""
        folded = fold(text)
        found = [name for name in self.names if fold(name) in folded]
        return found[0] if len(found) == 1 else None

    def beginning(self, text: str) -> str | None:
        """Return the village with which an address begins."""
        folded = fold(text)
        found = [name for name in self.names if folded.startswith(fold(name))]
        return max(found, key=len, default=None) or self.named_in(text)
