"""What is measured in a fresh process, ours or another's, that says itself what it took."""

import sys
from collections.abc import Sequence
from subprocess import PIPE, Popen

Run = tuple[float, float, float]
"""Milliseconds by the clock and of the processor, and the most memory in MB (0: not asked)."""


def ours(module: str, *words: object) -> Run:
    """Run a module of the benches."""
    return run([sys.executable, "-m", f"tests.bench.{module}", *words])


def run(command: Sequence[object]) -> Run:
    """Run any program that prints its seconds, and perhaps its memory, at its end."""
    child = Popen(list(map(str, command)), stdout=PIPE, text=True)
    said, _ = child.communicate()
    if child.returncode != 0:
        raise SystemExit(f"a measured program ended with {child.returncode}: {command[-3:]}")
    clock, processor, *memory = map(float, said.split())
    return clock * 1000, processor * 1000, memory[0] if memory else 0.0
