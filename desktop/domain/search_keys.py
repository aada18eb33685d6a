"""How an establishment is found: the keys it stands under, and the ranges that a search asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.folding import fold_name
from desktop.domain.pinyin import initials

_MOST = 10
"""Characters of a key that are kept: enough to tell establishments apart."""

_MOST_OF_NUMBER = 24
"""Characters of a number that are kept: papers of two trades end alike, only their letters differ."""

_BACKWARDS = "<"
"""Marks a number written from its end, so that a tail becomes a beginning."""


@dataclass(frozen=True, slots=True)
class Range:
    """Keys from ``first`` up to, not including, ``after``."""

    first: str
    after: str


NUMBERS_BACKWARDS = Range(_BACKWARDS, chr(ord(_BACKWARDS) + 1))
"""All whole numbers of the register, each written from its end."""


def keys_for(*, name: str | None, operator_name: str, numbers: tuple[str | None, ...]) -> frozenset[str]:
    """Return every key of one establishment: endings of names and initials, numbers from both sides.

    A shop may be called after its owner (曾记) or not (曾经): its initials are kept in both readings.
    """
    keys: set[str] = set()
    for words, readings in ((name or "", (False, True)), (operator_name, (True,))):
        keys.update(_endings(fold_name(words)))
        for is_person in readings:
            keys.update(_endings(initials(words, is_person=is_person).lower()))
    for number in numbers:
        if number:
            folded = fold_name(number)
            keys |= {_from_end(folded), folded[:_MOST]}
    return frozenset(keys)


def tail_key(number: str) -> str:
    """Return the key under which a whole number stands, from its end."""
    return _from_end(fold_name(number))


def ranges_for(typed: str) -> tuple[Range, ...]:
    """Return the ranges in which what somebody typed may stand; empty for nothing typed."""
    folded = fold_name(typed)
    if not folded:
        return ()
    beginning = _starting(folded[:_MOST])
    if not any(character.isdigit() for character in folded):
        return (beginning,)
    tail = _starting(_from_end(folded))
    if len(folded) > _MOST and folded.isascii():
        return (tail,)  # numbers of one year begin alike: only the tail tells a whole number from the others
    return (beginning, tail)


def _endings(text: str) -> Iterator[str]:
    for start in range(len(text)):
        yield text[start : start + _MOST]


def _from_end(folded: str) -> str:
    return _BACKWARDS + folded[::-1][:_MOST_OF_NUMBER]


def _starting(beginning: str) -> Range:
    return Range(beginning, beginning[:-1] + _next(beginning[-1]))


def _next(character: str) -> str:
    after = ord(character) + 1
    return chr(0xE000 if 0xD800 <= after < 0xE000 else after)  # no text holds a lone surrogate
