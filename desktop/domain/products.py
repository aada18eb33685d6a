"""Finding prohibited foods in what somebody wrote as products: a hint for a person, never a refusal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
    wanted = tuple(rules)
    return tuple(
        Hit(rule.word, product)
        for product in (part.strip() for part in _SEPARATORS.split(products))
        for rule in wanted
        if _contains(fold(product), rule)
    )


def _contains(product: str, rule: ProductRule) -> bool:
    for harmless in sorted(filter(None, map(fold, rule.unless)), key=len, reverse=True):
        product = product.replace(harmless, "\0")  # a gap, so that its two sides make no new word
    word = fold(rule.word)
    return bool(word) and word in product
