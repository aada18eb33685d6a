"""Finds the rule packs: those shipped with the program, and an office's own, which win."""

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.errors import WrongValue
from desktop.domain.profile import Profile, Shelf
from desktop.domain.profile_file import parse_profile
from desktop.domain.strict_toml import WrongFile

SHIPPED = Path(__file__).parent


def load_profile(name: str, folders: Sequence[Path] = ()) -> Profile:
    """Return the rule pack of that name: the first folder's, and the shipped one only after all others."""
    files = _files(folders)
    if name not in files:
        here = "、".join(sorted(files))
        raise WrongValue("unknown_value", f"没有名为“{name}”的规则包；这里有：{here}")
    return _read(files[name])


def available(folders: Sequence[Path] = ()) -> Shelf:
    """Return every rule pack that is here; a wrong file hides none but itself."""
    profiles, faults = [], []
    for _, path in sorted(_files(folders).items()):
        try:
            profiles.append(_read(path))
        except WrongFile as wrong:
            faults.append(str(wrong))
    return Shelf(tuple(profiles), tuple(faults))


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (*folders, SHIPPED):
        for path in sorted(one for one in folder.glob("*.toml") if one.is_file()):
            found.setdefault(path.stem, path)
    return found


def _read(path: Path) -> Profile:
    try:
        # Notepad writes a byte order mark; the parser would not take it.
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = path.read_bytes()[: wrong.start].count(b"\n") + 1
        raise WrongFile(path.name, line, "编码", "这一行不是 UTF-8，请另存为 UTF-8 编码") from wrong
    return parse_profile(text, path.name)
