"""However a county lays its table out, each empty cell is read as what it was laid out for, or not at all."""

from dataclasses import dataclass, field
from random import Random

import pytest

from desktop.sheets.cells import Cell
from tests.examples import examples
from tests.sheets.test_county_figures import VILLAGES, read

KINDS = {"workshop": ("小作坊", "食品小作坊"), "stall": ("小摊贩", "食品小摊贩"), "eatery": ("小餐饮",)}
FACTS = {
    "total": ("总数", "户数", "总户数"),
    "registered": ("已登记数", "其中：已登记", "已登记（备案）数"),
    "unregistered": ("未登记", "未登记数"),
    "employees": ("从业人数", "从业人员数"),
    "findings": ("发现问题数", "发现问题（个）"),
    "closed": ("关停", "已关停"),
}
ALL = "合计"
Meant = tuple[str, str, str]


@dataclass
class Form:
    """A table as it is laid out, and what each of its empty cells is for."""

    chance: Random
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    meant: dict[tuple[int, int], Meant] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kinds = self.chance.sample(sorted(KINDS), self.chance.randint(1, 3))
        self.facts = self.chance.sample(sorted(FACTS), self.chance.randint(1, 3))
        self.is_numbered, has_totals = self.chance.random() < 0.5, self.chance.random() < 0.6
        self.totals = [ALL] if has_totals else []
        if self.chance.random() < 0.6:
            self.rows.append(["金坛区食品三小情况统计表"])
            self.merged.append((1, 1, 1, 5))

    def kind(self, code: str) -> str:
        return code if code == ALL else self.chance.choice(KINDS[code])

    def fact(self, code: str) -> str:
        return self.chance.choice(FACTS[code])

    def head(self, *words: Cell) -> None:
        self.rows.append([*(["序号"] if self.is_numbered else []), *words])

    def line(self, label: str, *more: Cell, meant: list[Meant]) -> None:
        """Add a row with its label and its empty cells."""
        number: list[Cell] = [len(self.rows)] if self.is_numbered else []
        self.rows.append([*number, label, *more])
        first = len(self.rows[-1]) + 1
        self.meant |= {(len(self.rows), first + at): one for at, one in enumerate(meant)}

    def villages(self, columns: list[tuple[str, str]]) -> None:
        """Add a row for each village: of each column its fact and its trade."""
        for village in (*VILLAGES, *self.totals):
            own = "" if village == ALL else village
            self.line(village, meant=[(fact, kind, own) for fact, kind in columns])


def grouped(form: Form, *, is_merged: bool) -> None:
    """Trades over their facts; who merges nothing leaves empty cells behind a trade."""
    top, before, wide = len(form.rows) + 1, 2 if form.is_numbered else 1, len(form.facts)
    unit = form.chance.choice(("", "（家）"))
    heads: list[Cell] = []
    for kind in form.kinds:
        heads += [form.kind(kind) + unit, *([None] * (wide - 1))]
    form.head("村（社区）", *heads)
    form.rows.append([None] * before + [form.fact(one) for _ in form.kinds for one in form.facts])
    if is_merged:
        for number in range(len(form.kinds) if wide > 1 else 0):
            first = before + 1 + number * wide
            form.merged.append((top, first, top, first + wide - 1))
        form.merged += [(top, column, top + 1, column) for column in range(1, before + 1)]
    form.villages([(fact, kind) for kind in form.kinds for fact in form.facts])


def flat(form: Form) -> None:
    """小作坊总数, 已登记数, 小摊贩总数, 已登记数: one line of heads."""
    facts = ["total", *(one for one in form.facts if one != "total")]
    heads: list[Cell] = []
    for kind in form.kinds:
        heads += [f"{form.kind(kind)}总数（家）", *map(form.fact, facts[1:])]
    form.head("村", *heads)
    form.villages([(fact, kind) for kind in form.kinds for fact in facts])


def trades_down(form: Form) -> None:
    form.head("类别", *map(form.fact, form.facts))
    for kind in (*form.kinds, *form.totals):
        own = "" if kind == ALL else kind
        form.line(form.kind(kind), meant=[(fact, own, "") for fact in form.facts])


def facts_down(form: Form) -> None:
    kinds = [*form.kinds, *form.totals]
    form.head("项目", "单位", *map(form.kind, kinds))
    for fact in form.facts:
        form.line(form.fact(fact), "户", meant=[(fact, "" if kind == ALL else kind, "") for kind in kinds])


LAYOUTS = {
    "merged": lambda form: grouped(form, is_merged=True),
    "not merged": lambda form: grouped(form, is_merged=False),
    "flat": flat,
    "trades down": trades_down,
    "facts down": facts_down,
}


@pytest.mark.property
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_empty_cell_is_read_as_what_it_was_laid_out_for(layout: str) -> None:
    for seed in range(examples(12)):
        form = Form(Random(seed))
        LAYOUTS[layout](form)
        width = max(map(len, form.rows))
        rows = [[*row, *([None] * (width - len(row)))] for row in form.rows]

        cells = read(rows, form.merged).cells

        got = {(one.row, one.column): (one.said.fact, one.said.kind, one.said.village) for one in cells}
        assert got == form.meant, (seed, rows)
