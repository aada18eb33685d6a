"""How long things take: many runs, half of them faster than p50, nineteen of twenty faster than p95."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from time import perf_counter, thread_time

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """The milliseconds of many runs of one thing: by the clock, and of the processor alone.

    Where other programs run on the machine, the clock counts them too and the processor does not.
    """

    milliseconds: tuple[float, ...]
    processor: tuple[float, ...]

    @property
    def p50(self) -> float:
        return _part(self.milliseconds, 50)

    @property
    def p95(self) -> float:
        return _part(self.milliseconds, 95)

    @property
    def processor_p50(self) -> float:
        return _part(self.processor, 50)

    @property
    def processor_p95(self) -> float:
        return _part(self.processor, 95)


def timed(work: Work) -> tuple[float, float]:
    """Return the milliseconds of one run, by the clock and of this thread's processor time."""
    start, processor = perf_counter(), thread_time()
    work()
    return (perf_counter() - start) * 1000, (thread_time() - processor) * 1000


def times_of(runs: Iterable[tuple[float, float]]) -> Times:
    """Put runs together that were measured elsewhere."""
    clock, processor = zip(*runs, strict=True)
    return Times(clock, processor)


def interleaved(works: Mapping[str, Sequence[Work]], *, chance: Random) -> dict[str, Times]:
    """Run all works in one mixed order, so that a busy moment of the machine falls on every kind."""
    order = [(name, work) for name, several in works.items() for work in several]
    chance.shuffle(order)
    for _name, work in order[: len(order) // 10]:
        work()  # warm: a clerk's first keystroke of the day is measured by the window's start
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for name, work in order:
        spent[name].append(timed(work))
    return {name: times_of(several) for name, several in spent.items()}


def _part(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]
