"""Prints cards in processes of their own: by the program, by the bare loop, two at once, very many."""

import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.timing import Times, times_of

_Run = tuple[float, float, float]
"""Milliseconds by the clock and of the processor, and the most memory in MB."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What printing cost; each file is written by a fresh process, whose own start is not counted."""

    cards: int
    many: int
    program: Times
    bare: Times
    one_process: Times
    two_processes: Times
    bytes_a_card: float
    font_bytes: int
    peak_mb: float
    peak_mb_of_many: float


def prints(*, cards: int, many: int, runs: int) -> Printing:
    """Print in turn by the program and by the bare loop."""
    program: list[_Run] = []
    bare: list[_Run] = []
    alone: list[tuple[float, float]] = []
    together: list[tuple[float, float]] = []
    with TemporaryDirectory() as folder:
        here = Path(folder)
        for _ in range(runs):
            program += _at_once([("program", 0, cards, here / "program.pdf")])
            bare += _at_once([("bare", 0, cards, here / "bare.pdf")])
            alone.append(_whole([("program", 0, cards, here / "alone.pdf")]))
            half = cards // 2
            together.append(
                _whole(
                    [("program", 0, half, here / "1.pdf"), ("program", half, cards - half, here / "2.pdf")]
                )
            )
        few = _at_once([("program", 0, cards // 2, here / "few.pdf")])
        a_card = ((here / "program.pdf").stat().st_size - (here / "few.pdf").stat().st_size) / (
            cards - cards // 2
        )
        fonts = (here / "program.pdf").stat().st_size - a_card * cards
        of_many = _at_once([("program", 0, many, here / "many.pdf")])
    return Printing(
        cards=cards,
        many=many,
        program=times_of(run[:2] for run in program),
        bare=times_of(run[:2] for run in bare),
        one_process=times_of(alone),
        two_processes=times_of(together),
        bytes_a_card=a_card,
        font_bytes=round(fonts),
        peak_mb=max(run[2] for run in program + few),
        peak_mb_of_many=of_many[0][2],
    )


def _whole(parts: list[tuple[str, int, int, Path]]) -> tuple[float, float]:
    """Return the time of all parts together, the start of the processes counted too."""
    started = perf_counter()
    runs = _at_once(parts)
    return (perf_counter() - started) * 1000, sum(run[1] for run in runs)


def _at_once(parts: list[tuple[str, int, int, Path]]) -> list[_Run]:
    started = [
        Popen(
            [sys.executable, "-m", "tests.bench.cards", way, str(first), str(count), str(target)],
            stdout=PIPE,
            text=True,
        )
        for way, first, count, target in parts
    ]
    runs: list[_Run] = []
    for child in started:
        said, _ = child.communicate()
        if child.returncode != 0:
            raise SystemExit(f"printing ended with {child.returncode}")
        clock, processor, memory = map(float, said.split())
        runs.append((clock * 1000, processor * 1000, memory))
    return runs
