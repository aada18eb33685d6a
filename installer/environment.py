"""The virtual environment of a clone: made, filled from the lock file with hashes, mended after a cut."""

from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from sys import base_prefix, executable, version_info

from installer.steps import SetupFailedError, must, say

LOCK = Path("installer") / "locks" / "dev.txt"
COMPILED = ("desktop", "printing", "installer")


def make_environment(clone: Path) -> Path:
    """Make `.venv` as the lock file says and return it; done already, it only looks at the mark."""
    venv = clone / ".venv"
    done, begun = venv / "setup-done", venv / "setup-begun"
    place, contents = _place(clone), _contents(clone)
    found = done.read_text(encoding="utf-8").splitlines() if done.is_file() else []
    if found == [place, contents]:
        return venv
    if begun.exists():
        say("the last set-up was cut off: starting .venv afresh")
        rmtree(venv)
    elif found and found[0] != place:
        say("the clone was moved or has another Python: starting .venv afresh")
        rmtree(venv)
    if not (venv / "bin" / "python").exists():
        _make(venv)
    done.unlink(missing_ok=True)
    begun.touch()
    _fill(venv, clone)
    begun.unlink()
    done.write_text(f"{place}\n{contents}\n", encoding="utf-8")
    return venv


def _place(clone: Path) -> str:
    # A virtual environment does not survive being moved, nor the Python below it being replaced.
    return f"{clone} {base_prefix} {'.'.join(map(str, version_info[:3]))}"


def _contents(clone: Path) -> str:
    return sha256((clone / LOCK).read_bytes() + b"\0" + (clone / "pyproject.toml").read_bytes()).hexdigest()


def _make(venv: Path) -> None:
    say("making .venv")
    try:
        must([executable, "-m", "venv", venv])
    except SetupFailedError as reason:
        rmtree(venv, ignore_errors=True)
        raise SetupFailedError(
            f"{reason}\nOn Debian the way out is: apt-get install python3-venv"
        ) from reason


def _fill(venv: Path, clone: Path) -> None:
    quiet = ["install", "--quiet", "--disable-pip-version-check"]
    pip: list[str | Path] = [venv / "bin" / "python", "-m", "pip", *quiet]
    say(f"installing what {LOCK} names, each file checked by its hash")
    must([*pip, "--require-hashes", "-r", LOCK], cwd=clone)
    say("installing the program itself")
    must([*pip, "--no-deps", "--no-build-isolation", "-e", "."], cwd=clone)
    # The first window need not wait for it, nor each process of the first tests.
    must([venv / "bin" / "python", "-m", "compileall", "-q", *COMPILED], cwd=clone)
