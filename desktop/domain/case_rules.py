"""What the rule pack says about papers of putting right: which law is broken, who signs, who takes over."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.forms import Source
from desktop.domain.paperwork import refuse_unknown_words, source_of
from desktop.domain.strict_toml import StrictTable

ANY_ITEM = "*"
"""Stands for a finding that belongs to no item of a check list, as a look-back makes it."""

DEMAND_WORDS = frozenset({"要求", "问题"})


@dataclass(frozen=True, slots=True)
class Breach:
    """Which clauses a finding breaks, which follow when it is not put right, and what is demanded.

    ``items`` are codes of check items, or ``*``; ``breaks`` and ``consequences`` codes of laws.
    """

    items: tuple[str, ...]
    trades: tuple[str, ...]
    breaks: tuple[str, ...]
    consequences: tuple[str, ...]
    demand: str
    source: Source


@dataclass(frozen=True, slots=True)
class Receiver:
    """An authority that takes a case over; ``words`` are what people call it."""

    code: str
    name: str
    words: tuple[str, ...]
    source: Source


def read_breaches(
    top: StrictTable,
    items: Iterable[tuple[str, tuple[str, ...]]],
    laws: Iterable[str],
    trades: tuple[str, ...],
) -> tuple[Breach, ...]:
    """Read the breaches; each item of each trade must stand in exactly one, and one must take the rest."""
    known, known_laws = dict(items), tuple(dict.fromkeys(laws))
    found: list[Breach] = []
    wanted = {(item, trade) for item, its_trades in known.items() for trade in its_trades}
    wanted |= {(ANY_ITEM, trade) for trade in trades}
    for table in top.tables("breach"):
        breach = Breach(
            items=table.some_of("items", (*known, ANY_ITEM)),
            trades=table.some_of("trades", trades, trades),
            breaks=table.some_of("breaks", known_laws),
            consequences=table.some_of("consequences", known_laws),
            demand=table.text("demand", "{要求}。"),
            source=source_of(table),
        )
        table.finish()
        refuse_unknown_words(table, "demand", breach.demand, DEMAND_WORDS)
        for code in ("breaks", "consequences"):
            if not getattr(breach, code):
                raise table.refuse(code, "至少写一条依据的代码")
        for item in breach.items:
            for trade in breach.trades:
                taken = any(item in other.items and trade in other.trades for other in found)
                if taken:
                    raise table.refuse("items", f"“{item}”已经写在别的 [[breach]] 里，一项只能有一处")
                wanted.discard((item, trade))
        found.append(breach)
    for item, trade in sorted(wanted):
        raise top.refuse("breach", f"项目“{item}”（{trade}）没有写违反哪条规定，须列进一段 [[breach]]")
    return tuple(found)


def read_receivers(top: StrictTable) -> tuple[Receiver, ...]:
    """Read who may take a case over."""
    found: list[Receiver] = []
    for table in top.tables("receiver"):
        receiver = Receiver(table.text("code"), table.text("name"), table.texts("words"), source_of(table))
        table.finish()
        if any(receiver.code == other.code for other in found):
            raise table.refuse("code", f"“{receiver.code}”写了两次，代码不能重复")
        found.append(receiver)
    return tuple(found)
