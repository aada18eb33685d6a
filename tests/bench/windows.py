"""How soon the window can be used, beside a bare one, and how much memory it holds."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path
from subprocess import PIPE, Popen
from time import perf_counter

from desktop.paths import Assets
from tests.bench.timing import Times, times_of

Milestones = dict[str, tuple[float, float, float]]
"""When each was reached (ms since the process was started), the memory then (MB), the processor time (ms)."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Many starts of one window."""

    painted: Times
    usable: Times
    complete: Times
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
    with _child(module, argument) as child:
        assert child.stdout is not None
        for line in child.stdout:
            name, memory, processor = line.split("\t")
            reached[name] = ((perf_counter() - started) * 1000, float(memory), float(processor))
    if child.returncode != 0:
        raise SystemExit(f"{module} ended with {child.returncode}")
    return reached


def table_times(data: Path, paints: int) -> dict[str, Times]:
    """Show the real table on a register, in a process of its own; return each picture and each jump."""
    runs: dict[str, list[tuple[float, float]]] = {}
    with _child("tests.bench.table", str(data), str(paints)) as child:
        assert child.stdout is not None
        for line in child.stdout:
            name, clock, processor = line.split("\t")
            runs.setdefault(name, []).append((float(clock), float(processor)))
    if child.returncode != 0:
        raise SystemExit(f"the table ended with {child.returncode}")
    return {name: times_of(several) for name, several in runs.items()}


def _summed_up(runs: Sequence[Milestones], memory: str) -> Opening:
    return Opening(
        painted=_reached(runs, "painted"),
        usable=_reached(runs, "usable"),
        complete=_reached(runs, "complete"),
        memory_mb=max(run[memory][1] for run in runs),
    )


def _reached(runs: Sequence[Milestones], milestone: str) -> Times:
    return times_of((run[milestone][0], run[milestone][2]) for run in runs)


def _child(module: str, *arguments: str) -> Popen[str]:
    # The plugin that draws without a screen says at each window what it does not support.
    # An installed program has its bytecode: a machine that keeps none would measure the compiler.
    without_screen = {
        **{name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.qpa.*=false;default=false",
    }
    return Popen([sys.executable, "-m", module, *arguments], stdout=PIPE, text=True, env=without_screen)
