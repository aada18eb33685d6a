"""Where data, backups, exports, logs, fonts and icons live."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder of one office; everything in it belongs into its backup."""

    root: Path

    @property
    def register(self) -> Path:
        return self.root / "register.db"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def scratch(self) -> Path:
        """Pages that are only looked at; emptied at will."""
        return self.root / "scratch"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def profiles(self) -> Path:
        """The office's own rule packs; they win over those that ship."""
        return self.root / "profiles"

    @property
    def years(self) -> Path:
        """Year tables of workdays that the office loaded beyond those that ship."""
        return self.root / "years"


def default_data_folder() -> Path:
    """Return the data folder by the platform's convention."""
    from platformdirs import user_data_path  # only where no --data is given

    return user_data_path("sanxiao", appauthor=False)


@dataclass(frozen=True, slots=True)
class Assets:
    """The fonts, icons and scripts that the set-up fetched or the bundle carries."""

    root: Path

    @classmethod
    def found(cls, environment: Mapping[str, str] = os.environ) -> "Assets":
        """Look beside the bundled program first, then where the environment says, then in the cache."""
        beside = Path(sys.executable).parent / "assets"
        if getattr(sys, "frozen", False) and beside.is_dir():
            return cls(beside)
        if chosen := environment.get("SANXIAO_ASSETS"):
            return cls(Path(chosen))
        return cls(Path.home() / ".cache" / "sanxiao")

    @property
    def fonts(self) -> Path:
        return self.root / "fonts"

    @property
    def scripts(self) -> Path:
        return self.root / "scripts"

    @property
    def icons(self) -> Path:
        return self.root / "icons"
