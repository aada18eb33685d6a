"""How soon the window can be used, beside a bare one, and how much memory it holds."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path
from subprocess import PIPE, Popen
from time import perf_counter

from desktop.paths import Assets
from tests.bench.timing import Times

Milestones = dict[str, tuple[float, float, float]]
"""When each was reached (ms since the process was started), the memory then (MB), the processor time (ms)."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Many starts of one window."""

    painted: Times
    complete: Times
    processor: Times
    memory_mb: float


def openings(data: Path, runs: int) -> tuple[Opening, Opening]:
    """Start the bare window and the program's in turn; return both."""
    fonts = str(Assets.found().fonts)
    bare, program = [], []
    _start("tests.bench.bare_window", fonts), _start("tests.bench.program_window", str(data))
    for _ in range(runs):
        bare.append(_start("tests.bench.bare_window", fonts))
        program.append(_start("tests.bench.program_window", str(data)))
    return _summed_up(bare, "complete"), _summed_up(program, "memory")


def _start(module: str, argument: str) -> Milestones:
    reached: Milestones = {}
    started = perf_counter()
    with Popen(
        [sys.executable, "-m", module, argument],
        stdout=PIPE,
        text=True,
        env={**environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            name, memory, processor = line.split("\t")
            reached[name] = ((perf_counter() - started) * 1000, float(memory), float(processor))
    if child.returncode != 0:
        raise SystemExit(f"{module} ended with {child.returncode}")
    return reached


def _summed_up(runs: Sequence[Milestones], memory: str) -> Opening:
    return Opening(
        painted=Times(tuple(run["painted"][0] for run in runs)),
        complete=Times(tuple(run["complete"][0] for run in runs)),
        processor=Times(tuple(run["complete"][2] for run in runs)),
        memory_mb=max(run[memory][1] for run in runs),
    )
