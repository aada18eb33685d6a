"""The virtual environment of a clone: made, filled from the lock file with hashes, mended after a cut."""

from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from sys import base_prefix, executable, version_info

from installer.steps import SetupFailedError, must, say

LOCK = Path("installer") / "locks" / "dev.txt"


def make_environment(clone: Path) -> Path:
    """Make `.venv` as the lock file says and return it; done already, it only looks at the mark."""
    venv = clone / ".venv"
    done, begun = venv / "setup-done", venv / "setup-begun"
    wanted = _fingerprint(clone)
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return venv
    if begun.exists():
        say("the last set-up was cut off: starting .venv afresh")
        rmtree(venv)
    if not (venv / "bin" / "python").exists():
        _make(venv)
    done.unlink(missing_ok=True)
    begun.touch()
    _fill(venv, clone)
    begun.unlink()
    done.write_text(wanted, encoding="utf-8")
    return venv


def _fingerprint(clone: Path) -> str:
    # The place counts too: a virtual environment does not survive being moved.
    parts = [str(clone), base_prefix, ".".join(map(str, version_info[:3]))]
    contents = [(clone / LOCK).read_bytes(), (clone / "pyproject.toml").read_bytes()]
    return sha256(b"\0".join([*map(str.encode, parts), *contents])).hexdigest()


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
    pip: list[str | Path] = [
        venv / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    say(f"installing what {LOCK} names, each file checked by its hash")
    must([*pip, "--require-hashes", "-r", LOCK], cwd=clone)
    say("installing the program itself")
    must([*pip, "--no-deps", "--no-build-isolation", "-e", "."], cwd=clone)
