"""The same cards by other means: each is told every mark and its place, and has nothing to decide.

What the others need lies in an environment of its own beside the measured registers, never in the locks of
the program: ``libraries.in`` names it, ``make lock`` writes ``libraries.txt`` with all hashes.
"""

import sys
from functools import cache
from hashlib import sha256
from os import environ
from pathlib import Path
from shutil import rmtree

from installer.steps import must

LIBRARIES = Path(__file__).parent / "libraries.txt"


@cache
def python() -> Path:
    """Return the interpreter of the environment; it is made when it is asked for the first time."""
    named = environ.get("SANXIAO_BENCH")
    root = Path(named) if named else Path.home() / ".cache" / "sanxiao" / "bench"
    lock = sha256(LIBRARIES.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = root / f"rivals-{lock}"
    done = folder / "done"
    if not done.exists():
        rmtree(folder, ignore_errors=True)
        must([sys.executable, "-m", "venv", folder])
        pip: list[str | Path] = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
        must([*pip, "--disable-pip-version-check", "--require-hashes", "-r", LIBRARIES])
        done.touch()
    return folder / "bin" / "python"
