"""Which establishments a draw, a plan or a campaign is about: trades, villages, risk, registered or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scope:
    """An empty one is everybody; several values of one kind are alternatives, and all kinds must hold.

    ``levels`` are codes of risk levels, ``signs`` of risk signs, such as the list of cold-chain foods.
    """

    kinds: tuple[str, ...] = ()
    village_ids: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    is_registered: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as a record keeps it."""
        return {
            "kinds": list(self.kinds),
            "village_ids": list(self.village_ids),
            "levels": list(self.levels),
            "signs": list(self.signs),
            "is_registered": self.is_registered,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Scope":
        """Return what a record kept."""
        return cls(
            tuple(kept["kinds"]),
            tuple(kept["village_ids"]),
            tuple(kept["levels"]),
            tuple(kept["signs"]),
            kept["is_registered"],
        )

    def words(self, kinds: Mapping[str, str], villages: Mapping[int, str], risk: Mapping[str, str]) -> str:
        """Say it in words, given what each code is called."""
        parts = (
            _named(self.kinds, kinds, "全部类别"),
            _named(self.village_ids, villages, "全部村（社区）"),
            _named((*self.levels, *self.signs), risk, ""),
            {None: "", True: "已登记", False: "未登记"}[self.is_registered],
        )
        return "；".join(filter(None, parts))


def _named(codes: Sequence[Any], names: Mapping[Any, str], everything: str) -> str:
    return "、".join(names.get(code, str(code)) for code in codes) or everything
