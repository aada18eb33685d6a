"""The system libraries that Qt needs on Linux: looked for, installed on Debian, else named."""

from collections.abc import Iterator
from os import geteuid
from pathlib import Path
from re import MULTILINE, compile
from shutil import which

from installer.steps import SetupFailedError, attempt, must, say

# Proved on a bare Debian 12: without a screen the first line is enough, a window needs the others too.
DEBIAN_PACKAGES = (
    *("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"),
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1"),
    *("libxcb-util1", "libxcb-xfixes0", "libxcb-xkb1", "libx11-xcb1", "libxkbcommon-x11-0"),
)
# What the program loads of Qt, relative to the PySide6 folder; what it does not load may lack what it likes.
LOADED = (
    *("QtWidgets.abi3.so", "QtSvg.abi3.so", "QtPrintSupport.abi3.so"),
    *("Qt/plugins/platforms/libqoffscreen.so", "Qt/plugins/platforms/libqxcb.so"),
)
NOT_FOUND = compile(r"^\s*(\S+) => not found$", MULTILINE)


def provide_qt_libraries(venv: Path) -> None:
    """Install what Qt lacks, or fail with the exact command that does."""
    missing = missing_libraries(venv)
    if not missing:
        return
    say(f"Qt lacks {', '.join(missing)}")
    if which("apt-get") is None:
        raise SetupFailedError(
            "install the packages of this system that carry these libraries, then run this again: "
            + ", ".join(missing)
        )
    command = ["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]
    if (rights := _rights()) is None:
        raise SetupFailedError(
            f"installing them needs an administrator; run this, then try again:\n  sudo {' '.join(command)}"
        )
    say(f"installing them: {' '.join(command)}")
    must([*rights, "apt-get", "update"])
    must([*rights, *command])
    if missing := missing_libraries(venv):
        raise SetupFailedError(f"Qt still lacks {', '.join(missing)} after the installation")


def missing_libraries(venv: Path) -> list[str]:
    """Return the names of the system libraries that Qt asks for in vain."""
    return sorted({name for path in _qt_files(venv) for name in missing_in(must(["ldd", path]))})


def missing_in(answer: str) -> list[str]:
    """Read from what `ldd` says which libraries it did not find."""
    return NOT_FOUND.findall(answer)


def _qt_files(venv: Path) -> Iterator[Path]:
    for folder in venv.glob("lib/python3.*/site-packages/PySide6"):
        yield from (folder / name for name in LOADED)


def _rights() -> list[str] | None:
    if geteuid() == 0:
        return []
    if which("sudo") and attempt(["sudo", "-n", "true"]).returncode == 0:
        return ["sudo", "-n"]
    return None
