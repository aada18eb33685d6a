"""What the labels of a form of figures mean: what is counted, a trade, a village, all of them, or nothing.

A label is understood whole or not at all: what is not known may narrow the figure, so nothing is guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from re import compile as pattern

from desktop.domain.countables import Countable
from desktop.domain.folding import fold, half_width
from desktop.domain.profile import Trade
from desktop.sheets.named_villages import VillageNames
from desktop.sheets.words import FORM_WORDS

_BRACKETS = pattern(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_NUMBERED = pattern(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．)]|[①-⑳]|[(（][一二三四五六七八九十\d]{1,3}[)）])\s*"
)
_AMONG = pattern(r"^其中[:：]?")
_PERIODS = ("month", "quarter", "year", "ever")
BARE = frozenset(FORM_WORDS["bare"])
_ALL, _NOTHING = frozenset(FORM_WORDS["all_of_them"]), frozenset(FORM_WORDS["nothing"])
_UNITS, _OF_HOUSES = frozenset(FORM_WORDS["units"]), frozenset(FORM_WORDS["of_houses"])
_ALL_TRADES = ("食品三小行业", "三小行业", "食品三小", "三小")
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one label says; a ``bare`` one only says that houses are counted."""

    fact: str = ""
    is_bare: bool = False
    kind: str = ""
    village: str = ""
    is_all: bool = False
    period: str = ""
    says_percent: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.fact or self.is_bare or self.kind or self.village or self.is_all)


@dataclass(frozen=True, slots=True)
class Said:
    """What the labels of one cell say together."""

    fact: str
    kind: str
    village: str
    period: str
    says_percent: bool
    is_kind_open: bool
    """Whether no label names a trade or says that all are meant."""


class Labels:
    """Reads labels with the words of a rule pack and the villages that there are."""

    def __init__(
        self,
        countables: Iterable[Countable],
        trades: Iterable[Trade],
        villages: VillageNames,
    ) -> None:
        self._facts = {fold(name): one.code for one in countables for name in one.names}
        self._trades = own_names(trades)
        self._villages = villages
        self.read = lru_cache(maxsize=4_096)(self._read)

    def trade_in(self, text: str) -> str:
        """Return the one trade that a title names by its own name; empty for none and for several."""
        found, _ = self._without_trades(fold(text))
        return found.pop() if len(found) == 1 else ""

    def counts_houses(self, title: str) -> bool:
        """Tell whether a title says that houses are counted, and not what was done about them."""
        folded = fold(title)
        named = (name for name, code in self._facts.items() if code != TOTAL and len(name) > 1)
        is_counting = any(word in folded for word in FORM_WORDS["counting"])
        return is_counting and not any(word in folded for word in (*named, *FORM_WORDS["doing"]))

    def village_in(self, text: str) -> str:
        """Return the one village that a title names."""
        return self._villages.named_in(text) or ""

    def _read(self, text: str) -> Meaning | None:
        """Return what a label means; ``None`` for one that is not known."""
        plain = _AMONG.sub("", _NUMBERED.sub("", half_width(text).strip()))
        inside = [fold(one) for one in _BRACKETS.findall(plain)]
        says_percent = "%" in plain or "百分" in plain
        plain = _BRACKETS.sub("", plain)
        if any(one and one not in _UNITS and one not in _ALL for one in inside):
            return self._whole(text, says_percent=says_percent)
        if village := self._village(plain):
            return Meaning(village=village)
        counts_houses = any(one in _OF_HOUSES for one in inside)
        return self._of(fold(plain).removesuffix("%"), counts_houses=counts_houses, says_percent=says_percent)

    def _whole(self, text: str, *, says_percent: bool) -> Meaning | None:
        """Read a label whose brackets belong to the word: 已登记(备案)数, 村(社区)."""
        return self._of(fold(text), counts_houses=False, says_percent=says_percent)

    def _village(self, text: str) -> str:
        """Return the village that a label is; 村 alone is a head and no village."""
        return (self._villages.find(text) or "") if fold(text) not in _NOTHING else ""

    def _of(self, text: str, *, counts_houses: bool, says_percent: bool) -> Meaning | None:
        fact, period, rest = self._facts.get(text, ""), "", text
        if not fact:
            period, rest = _without_period(text)
        kinds, rest = self._without_trades(rest) if not fact else (set(), rest)
        if len(kinds) > 1:
            return None
        kind = next(iter(kinds), "")
        rest = rest.removeprefix("其中")
        whole = next((word for word in _ALL_TRADES if rest.startswith(word) and rest != word), "")
        rest = rest.removeprefix(whole)
        bare = rest in BARE or (counts_houses and not rest)
        if bare:
            return Meaning(
                is_bare=True, kind=kind, period=period, is_all=bool(whole) or (rest == "总数" and not kind)
            )
        if rest in _ALL:
            return Meaning(kind=kind, is_all=True, period=period, is_bare=counts_houses)
        fact = self._facts.get(rest, "") if rest else ""
        if fact:
            return Meaning(fact=fact, kind=kind, is_all=bool(whole), period=period, says_percent=says_percent)
        is_group = rest.endswith("情况") and rest.removesuffix("情况") in self._facts
        if not rest or rest in _NOTHING or rest in _UNITS or is_group:
            return Meaning(kind=kind, period=period, says_percent=says_percent)
        return None

    def _without_trades(self, text: str) -> tuple[set[str], str]:
        found = set()
        for name, code in self._trades:
            if name in text:
                found.add(code)
                text = text.replace(name, "", 1)
        return found, text


def together(meanings: Iterable[Meaning]) -> Said | str:
    """Put together what the labels of one cell say; a sentence where they say two things, or nothing."""
    meanings = tuple(meanings)
    known = [one for one in meanings if one.says_something]
    facts = {one.fact for one in known} - {""}
    kinds = {one.kind for one in known} - {""}
    villages = {one.village for one in known} - {""}
    periods = {one.period for one in known} - {""}
    if max(map(len, (facts, kinds, villages, periods))) > 1:
        return "横的竖的说的不是一件事"
    if not facts and not any(one.is_bare for one in known):
        return "看不出要填哪个数"
    return Said(
        fact=facts.pop() if facts else TOTAL,
        kind=kinds.pop() if kinds else "",
        village=villages.pop() if villages else "",
        period=periods.pop() if periods else "",
        says_percent=any(one.says_percent for one in meanings),
        is_kind_open=not any(one.kind or one.is_all for one in known),
    )


def own_names(trades: Iterable[Trade]) -> tuple[tuple[str, str], ...]:
    """Return what trades are called themselves, the longest first; a part of a trade is not the trade.

    小餐饮 is an alias of 小经营店 for reading ledgers, but whoever asks how many there are means fewer.
    """
    names: dict[str, str] = {}
    for trade in trades:
        label, short = fold(trade.label), fold(trade.short_label)
        names |= {label: trade.code, short: trade.code}
        for alias in map(fold, trade.aliases):
            if short in alias or _is_within(alias, label):
                names[alias] = trade.code
    return tuple(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _is_within(short: str, whole: str) -> bool:
    """Tell whether the characters of a name stand in another one in their order: 食品摊贩 in 食品小摊贩."""
    rest = iter(whole)
    return all(mark in rest for mark in short)


def _without_period(text: str) -> tuple[str, str]:
    for period in _PERIODS:
        for word in sorted(FORM_WORDS[period], key=len, reverse=True):
            if text.startswith(word):
                return period, text.removeprefix(word)
    return "", text
