"""Drawing at random (双随机): by a seed, so that anybody can repeat it years later and come to the same.

The rule needs no program, only SHA-256. Of each candidate take the digest of the seed, a line feed, the
archive number; the smallest digests are drawn, in their order. For the inspectors of one drawn
establishment take the digest of the seed, a line feed, its archive number, a line feed, the name: of those
who need not stay away, whoever was given the fewest so far comes first, then the smaller digest.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from desktop.domain.lifecycle import Labelled

ALGORITHM = "sha256-rank-1"
"""The name of the rule above; a draw keeps it, and another rule would need another name."""

PAIR = 2


class DrawPurpose(Labelled):
    """What the drawn ones are visited for (抽取用途)."""

    INSPECTION = "inspection", "随机抽查"
    LOOK_BACK = "look-back", "回头看"


@dataclass(frozen=True, slots=True)
class Quota:
    """How many are drawn: a number, or a share in per cent, rounded up."""

    count: int | None = None
    per_cent: int | None = None

    def of(self, candidates: int) -> int:
        if self.per_cent is not None:
            return -(-candidates * self.per_cent // 100)
        return self.count or 0

    @property
    def words(self) -> str:
        return f"{self.per_cent}%" if self.per_cent is not None else f"{self.count} 户"


@dataclass(frozen=True, slots=True)
class Lists:
    """What is drawn from: archive numbers, names, and who must stay away from whom (回避)."""

    candidates: tuple[str, ...]
    inspectors: tuple[str, ...] = ()
    kept_away: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """Return the digest of all three lists: what was drawn from cannot be changed afterwards."""
        pairs = (f"{number}\t{name}" for number, name in self.kept_away)
        text = "\n".join((*self.candidates, "", *self.inspectors, "", *pairs))
        return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One that was drawn, with its inspectors; fewer than two where the list has no more for it."""

    archive_number: str
    inspectors: tuple[str, ...]


def draw(lists: Lists, seed: str, count: int) -> tuple[Drawn, ...]:
    """Draw so many, and for each a pair of inspectors where there is a list of them."""
    chosen = ranked(seed, lists.candidates)[:count]
    away: dict[str, set[str]] = {}
    for number, name in lists.kept_away:
        away.setdefault(number, set()).add(name)
    return tuple(
        Drawn(number, pair)
        for number, pair in zip(chosen, _pairs(seed, chosen, lists.inspectors, away), strict=True)
    )


def ranked(seed: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Return keys in the order of their digests."""
    return tuple(sorted(set(keys), key=lambda key: (_digest(seed, key), key)))


def _pairs(
    seed: str, chosen: Sequence[str], inspectors: Sequence[str], away: Mapping[str, Collection[str]]
) -> list[tuple[str, ...]]:
    given = dict.fromkeys(inspectors, 0)
    pairs = []
    for number in chosen:
        free = [name for name in given if name not in away.get(number, ())]
        free.sort(key=lambda name: (given[name], _digest(seed, number, name)))
        pair = tuple(free[:PAIR])
        for name in pair:
            given[name] += 1
        pairs.append(pair)
    return pairs


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
