"""Risk levels (风险等级 A–D): where a trade begins, what raises it, how often each level is inspected."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.forms import Source
from desktop.domain.lifecycle import Labelled
from desktop.domain.paperwork import source_of
from desktop.domain.strict_toml import StrictTable


class Happened(Labelled):
    """What inspections and cases say about an establishment (风险情形)."""

    STARRED = "starred", "查出重点问题"
    REPEATED = "repeated", "同一问题再次查出"
    LATE = "late", "整改逾期未改"


@dataclass(frozen=True, slots=True)
class RiskLevel:
    """One level, and how many inspections and samples a year it is given unless a plan says otherwise."""

    code: str
    label: str
    inspections_a_year: int
    samplings_a_year: int
    source: Source


@dataclass(frozen=True, slots=True)
class RiskBase:
    """At which level these trades begin."""

    trades: tuple[str, ...]
    level: str
    source: Source


@dataclass(frozen=True, slots=True)
class RiskSign:
    """One reason for a higher level: foods, a school near by, or what happened before.

    It is a list of the office too: whoever shows the sign 冷链食品 is the list of cold-chain foods.
    """

    code: str
    label: str
    trades: tuple[str, ...]
    words: tuple[str, ...]
    food_categories: tuple[str, ...]
    nearer_to_school_m: int | None
    happened: Happened | None
    raises: int
    source: Source


@dataclass(frozen=True, slots=True)
class FirstInspection:
    """Within how many months of the issue a paper's holder is inspected for the first time."""

    months: int
    trades: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class RiskRules:
    """What the rule pack says of risk; levels stand from the lowest to the highest.

    ``looks_back_days`` is how long a finding counts.
    """

    levels: tuple[RiskLevel, ...]
    bases: tuple[RiskBase, ...]
    signs: tuple[RiskSign, ...]
    looks_back_days: int
    first_inspection: FirstInspection | None
    source: Source

    def level(self, code: str) -> RiskLevel | None:
        return next((one for one in self.levels if one.code == code), None)

    def sign(self, code: str) -> RiskSign | None:
        return next((one for one in self.signs if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Risk:
    """The level of an establishment, and why: the signs that it shows, or that somebody decided it."""

    level: RiskLevel
    signs: tuple[RiskSign, ...]
    is_decided: bool = False

    @property
    def reasons(self) -> str:
        words = "、".join(sign.label for sign in self.signs)
        return f"评定{f'（{words}）' if words else ''}" if self.is_decided else words


def read_risk(top: StrictTable, trades: tuple[str, ...]) -> RiskRules:
    """Read what a rule pack says of risk; every trade must begin somewhere, and at one level."""
    table = top.table("risk")
    levels = tuple(_level(one) for one in table.tables("level"))
    codes = tuple(level.code for level in levels)
    bases = tuple(_base(one, trades, codes) for one in table.tables("base"))
    signs = tuple(_sign(one, trades) for one in table.tables("sign", may_be_missing=True))
    rules = RiskRules(
        levels=levels,
        bases=bases,
        signs=signs,
        looks_back_days=table.integer("looks_back_days", least=1),
        first_inspection=_first_inspection(table.optional_table("first_inspection"), trades),
        source=source_of(table),
    )
    table.finish()
    for trade in trades:
        if sum(trade in base.trades for base in bases) != 1:
            raise table.refuse("base", f"类别“{trade}”要在一段 [[risk.base]] 里写明从哪一级起，只能有一段")
    _refuse_twice(table, "level", codes)
    _refuse_twice(table, "sign", [sign.code for sign in signs])
    return rules


def _first_inspection(table: StrictTable | None, trades: tuple[str, ...]) -> FirstInspection | None:
    """Read when the first inspection is due; a province that sets nothing has no such table."""
    if table is None:
        return None
    rule = FirstInspection(
        table.integer("months", least=1), table.some_of("trades", trades, trades), source_of(table)
    )
    table.finish()
    return rule


def _level(table: StrictTable) -> RiskLevel:
    level = RiskLevel(
        code=table.text("code"),
        label=table.text("label"),
        inspections_a_year=table.integer("inspections_a_year"),
        samplings_a_year=table.integer("samplings_a_year", 0),
        source=source_of(table),
    )
    table.finish()
    return level


def _base(table: StrictTable, trades: tuple[str, ...], levels: tuple[str, ...]) -> RiskBase:
    base = RiskBase(table.some_of("trades", trades), table.one_of("level", levels), source_of(table))
    table.finish()
    return base


def _sign(table: StrictTable, trades: tuple[str, ...]) -> RiskSign:
    happened = table.one_of("happened", ("", *map(str, Happened)), "")
    sign = RiskSign(
        code=table.text("code"),
        label=table.text("label"),
        trades=table.some_of("trades", trades, trades),
        words=table.texts("words", ()),
        food_categories=table.texts("food_categories", ()),
        nearer_to_school_m=table.optional_integer("nearer_to_school_m"),
        happened=Happened(happened) if happened else None,
        raises=table.integer("raises", 1),
        source=source_of(table),
    )
    table.finish()
    told = (bool(sign.words or sign.food_categories), sign.nearer_to_school_m is not None, bool(happened))
    if sum(told) != 1:
        raise table.refuse(
            "code", "要写一种情形：words／food_categories、nearer_to_school_m 或者 happened，只写一种"
        )
    return sign


def _refuse_twice(table: StrictTable, key: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, code in enumerate(codes):
        if code in seen:
            raise table.refuse(f"{key}[{place}].code", f"“{code}”写了两次，代码不能重复")
        seen.add(code)
