"""Finding prohibited foods in what somebody wrote as products: a hint for a person, never a refusal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from desktop.domain.folding import fold

_SEPARATORS = re.compile(r"[、，,;；/\n。]")


class ProductRule(Protocol):
    """A word that stands for a prohibited food, and the longer words in which it is harmless."""

    @property
    def word(self) -> str: ...

    @property
    def unless(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A prohibited food, and the product in which it was found, as typed."""

    word: str
    product: str


def prohibited(products: str, rules: Iterable[ProductRule]) -> tuple[Hit, ...]:
    """Return what the rules find, product by product: 白酒 but not the 酒 of 酒酿圆子."""
    wanted = [(rule.word, *_folded(rule.word, rule.unless)) for rule in rules]
    hits = []
    for product in (part.strip() for part in _SEPARATORS.split(products)):
        folded = fold(product)
        hits += [Hit(typed, product) for typed, word, harmless in wanted if _contains(folded, word, harmless)]
    return tuple(hits)


def _contains(product: str, word: str, harmless: tuple[str, ...]) -> bool:
    if not word or word not in product:
        return False
    for longer in harmless:
        product = product.replace(longer, "\0")  # a gap, so that its two sides make no new word
    return word in product


@lru_cache(maxsize=1_024)
def _folded(word: str, unless: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Fold a rule: its word, and the harmless words from the longest to the shortest."""
    return fold(word), tuple(sorted(filter(None, map(fold, unless)), key=len, reverse=True))
