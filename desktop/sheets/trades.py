"""Which trade a ledger is about: told by its sheet, its title, its header, its shops, or by each row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.folding import fold
from desktop.domain.profile import Trade

_TELL_NOTHING = frozenset("点生产加工食品小经营者市店")
"""Characters of trades' names that stand in every header (经营地点, 加工地址, 生产者) or on any door (店)."""


@dataclass(frozen=True, slots=True)
class TradeWords:
    """The names of the trades, and the characters that only one of them has."""

    names: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, trades: Sequence[Trade]) -> "TradeWords":
        """Collect what the rule pack calls its trades; the longest name is looked for first."""
        names = {
            fold(name): trade.code
            for trade in trades
            for name in (*trade.aliases, trade.short_label, trade.label)
            if fold(name)
        }
        letters = {
            trade.code: set("".join(name for name, code in names.items() if code == trade.code))
            for trade in trades
        }
        marks = [
            (mark, code)
            for code, own in letters.items()
            for mark in sorted(own - _TELL_NOTHING)
            if not any(mark in others for other, others in letters.items() if other != code)
        ]
        longest_first = sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0]))
        return cls(tuple(longest_first), tuple(marks))

    def named(self, text: str) -> str | None:
        """Return the one trade that a title or a sheet names; ``None`` for none or for several."""
        rest, found = fold(text), set()
        for name, code in self.names:
            if name in rest:
                found.add(code)
                rest = rest.replace(name, "\0")
        return found.pop() if len(found) == 1 else None

    def meant(self, text: str) -> str | None:
        """Return the trade that a cell of a column 类别 means."""
        return dict(self.names).get(fold(text)) or self.named(text) or self._marked(text)

    def likely(self, labels: Iterable[str], shops: Iterable[str]) -> str | None:
        """Return the trade that the words over columns and the endings of shop names speak for."""
        votes: Counter[str] = Counter()
        for label in labels:
            if code := self._marked(label):
                votes[code] += 2
        endings = Counter(self._marked(shop.strip()[-2:]) for shop in shops if shop.strip())
        known = {code: count for code, count in endings.items() if code}
        if known:
            most = max(known, key=lambda code: known[code])
            if known[most] * 2 > sum(known.values()):
                votes[most] += 3
        best = votes.most_common(2)
        is_clear = bool(best) and (len(best) == 1 or best[0][1] > best[1][1])
        return best[0][0] if is_clear else None

    def _marked(self, text: str) -> str | None:
        found = {code for mark, code in self.marks if mark in text}
        return found.pop() if len(found) == 1 else None
