"""How long things take: many runs, half of them faster than p50, nineteen of twenty faster than p95."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """The milliseconds of many runs of one thing."""

    milliseconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        return _part(self.milliseconds, 50)

    @property
    def p95(self) -> float:
        return _part(self.milliseconds, 95)

    @property
    def most(self) -> float:
        return max(self.milliseconds)


def timed(work: Work) -> float:
    """Return the milliseconds of one run."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def interleaved(works: dict[str, Sequence[Work]], *, chance: Random) -> dict[str, Times]:
    """Run all works in one mixed order, so that a busy moment of the machine falls on every kind."""
    order = [(name, work) for name, several in works.items() for work in several]
    chance.shuffle(order)
    for _name, work in order[: len(order) // 10]:
        work()  # warm: a clerk's first keystroke of the day is measured by the window's start
    spent: dict[str, list[float]] = {name: [] for name in works}
    for name, work in order:
        spent[name].append(timed(work))
    return {name: Times(tuple(several)) for name, several in spent.items()}


def _part(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]
