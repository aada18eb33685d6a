"""What every step of the set-up shares: saying what happens, failing with a way out, running a command."""

from collections.abc import Sequence
from os import environ
from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess, run


class SetupFailedError(Exception):
    """The set-up cannot go on; the text says what is missing and which command mends it."""


def say(text: str) -> None:
    """Tell the person at the terminal what is being done."""
    print(f"setup: {text}", flush=True)


def attempt(command: Sequence[str | Path], *, cwd: Path | None = None) -> CompletedProcess[str]:
    """Run a command to its end, with what it says kept; a program that is not there counts as failed."""
    # No question may wait for an answer, and answers are read by us: the plain language, no prompts.
    plain = environ | {"LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    words = [str(word) for word in command]
    try:
        return run(words, cwd=cwd, env=plain, stdout=PIPE, stderr=STDOUT, text=True, check=False)
    except FileNotFoundError:
        return CompletedProcess(words, 127, f"{words[0]}: not found")


def must(command: Sequence[str | Path], *, cwd: Path | None = None) -> str:
    """Run a command that has to succeed and return what it said."""
    done = attempt(command, cwd=cwd)
    if done.returncode != 0:
        shown = " ".join(str(word) for word in command)
        raise SetupFailedError(f"this command failed ({done.returncode}): {shown}\n{done.stdout.strip()}")
    return done.stdout
