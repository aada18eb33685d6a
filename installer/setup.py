"""`make setup`: everything that a clone needs to run and to be tested, on a machine that has only Python."""

from pathlib import Path
from sys import exit, platform, version_info

from installer.assets import Package, asset_folder, fetch_assets, packages
from installer.environment import make_environment
from installer.steps import SetupFailedError, say
from installer.system import provide_qt_libraries

CLONE = Path(__file__).resolve().parent.parent


def main() -> None:
    """Set up the clone; a second run finds everything done and says nothing."""
    try:
        set_up(CLONE, asset_folder())
    except SetupFailedError as reason:
        exit(f"setup: {reason}")


def set_up(clone: Path, assets: Path) -> None:
    """Bring the environment, the system libraries, the fonts and the icons."""
    venv = make_environment(clone)
    if platform == "linux":
        provide_qt_libraries(venv)
    warn_of(fetch_assets(assets, venv / "bin" / "npm", packages()))


def warn_of(missing: list[Package]) -> None:
    """Name the fonts that could not be had, and the way to get them."""
    for package in missing:
        say(
            f"warning: without {package.name} ({package.what}) some papers are refused, with the reason."
            f" On a Debian that has it: apt-get update && apt-get download {package.name}={package.version},"
            " then run this again"
        )


if __name__ == "__main__":
    if not (3, 11) <= version_info[:2] < (3, 14):
        exit("setup: this needs Python 3.11, 3.12 or 3.13")
    main()
