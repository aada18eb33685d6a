"""How much memory this process holds, as the system counts it."""

from pathlib import Path


def held_mb() -> float:
    """Return what is in memory now."""
    return _of("VmRSS")


def peak_mb() -> float:
    """Return the most that was in memory so far."""
    return _of("VmHWM")


def _of(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))
