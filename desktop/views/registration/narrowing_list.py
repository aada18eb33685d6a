"""A list that narrows what stands below it: all of it, or one village, one trade."""

from collections.abc import Sequence

from desktop.services.office.villages import VillageRow
from desktop.views.kit.choices import Choice
from desktop.views.kit.combo_box import ComboBox


class NarrowingList(ComboBox):
    """Its first line stands for everything; ``code`` is empty then."""

    def __init__(self, name: str, everything: str, options: Sequence[Choice]) -> None:
        super().__init__(size="small")
        self.addItem(everything, "")
        for option in options:
            self.addItem(option.label, option.code)
        self.setAccessibleName(name)

    @property
    def code(self) -> str:
        return str(self.currentData() or "")


class VillageList(NarrowingList):
    """All villages, or one."""

    def __init__(self, villages: Sequence[VillageRow]) -> None:
        options = [Choice(str(one.id), one.name) for one in villages]
        super().__init__("村（社区）", "全部村（社区）", options)

    @property
    def village_id(self) -> int | None:
        return int(self.code) if self.code else None
