"""What can be counted of the register (可数的事项), under the names that other people's tables give it."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.forms import Source
from desktop.domain.paperwork import source_of
from desktop.domain.strict_toml import StrictTable

NOW: Mapping[str, str] = {
    "total": "户",
    "registered": "户",
    "unregistered": "户",
    "registration_rate": "%",
    "with_paper": "户",
    "without_paper": "户",
    "licensed": "户",
    "unlicensed": "户",
    "without_both": "户",
    "employees": "人",
    "health_certificates": "人",
    "paused": "户",
    "closing": "户",
    "not_put_right": "个",
    "late": "个",
}
"""What stands on the day of the question, with the unit that it is counted in."""

HAPPENED: Mapping[str, str] = {
    "closed": "户",
    "shut_down": "户",
    "inspections": "户次",
    "inspected": "户",
    "findings": "个",
    "put_right": "个",
    "orders": "份",
    "correction_orders": "份",
    "closed_out": "件",
    "issued": "张",
    "deregistered": "张",
    "revoked": "张",
}
"""What happened in a period, or ever where none is named."""

COUNTED = (*NOW, *HAPPENED)

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "户": ("", "数", "户数", "家数", "总数", "数量", "总户数", "个数", "单位数"),
    "人": ("", "数", "人数", "总数", "总人数", "数量"),
    "户次": ("", "数", "次数"),
    "个": ("", "数", "个数", "数量", "总数"),
    "份": ("", "数", "份数", "数量"),
    "件": ("", "数", "件数", "数量"),
    "张": ("", "数", "张数", "数量"),
    "%": ("", "百分比"),
}


@dataclass(frozen=True, slots=True)
class Countable:
    """One thing that is counted: its code, what it is called, and what else it is called elsewhere."""

    code: str
    words: tuple[str, ...]
    source: Source

    @property
    def label(self) -> str:
        return self.words[0]

    @property
    def unit(self) -> str:
        return NOW.get(self.code) or HAPPENED[self.code]

    @property
    def is_of_a_period(self) -> bool:
        """Tell what happened from what stands."""
        return self.code in HAPPENED

    @property
    def names(self) -> tuple[str, ...]:
        """Return all its names: each word with the endings that counting in its unit brings along."""
        return tuple(
            dict.fromkeys(f"{word}{ending}" for word in self.words for ending in _ENDINGS[self.unit])
        )


def countables(top: StrictTable) -> tuple[Countable, ...]:
    """Read what may be counted; one that is named twice, or by a word of another one, is refused."""
    found: list[Countable] = []
    taken: dict[str, str] = {}
    for table in top.tables("countable", may_be_missing=True):
        one = Countable(table.one_of("code", COUNTED), table.texts("words"), source_of(table))
        table.finish()
        if not one.words:
            raise table.refuse("words", "至少写一个名称")
        for name in one.names:
            if taken.setdefault(name, one.code) != one.code or any(one.code == other.code for other in found):
                raise table.refuse("words", f"“{name}”已经是“{taken[name]}”的名称，一个名称只能指一件事")
        found.append(one)
    return tuple(found)
