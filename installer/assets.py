"""Fonts and icons: fetched by package name and version, checked by SHA-256, kept outside the clone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from os import environ
from pathlib import Path, PurePosixPath
from shutil import copyfileobj, rmtree
from tarfile import TarFile
from tarfile import open as open_tar
from tempfile import mkdtemp
from tomllib import loads
from typing import Any

from installer.steps import SetupFailedError, attempt, must, say

TABLE = Path(__file__).with_name("assets.toml")


@dataclass(frozen=True, slots=True)
class Package:
    """One package that carries fonts or icons, and which of its files we take."""

    name: str
    source: str
    version: str
    sha256: str
    what: str
    needed: bool
    files: tuple[tuple[str, str], ...]
    folders: tuple[tuple[str, str], ...]

    @property
    def stamp(self) -> str:
        """Return the name of the mark that says: this very package was unpacked in this very way."""
        return f"{self.name.replace('/', '+')}-{sha256(repr(self).encode()).hexdigest()[:16]}"


def packages(table: Path = TABLE) -> tuple[Package, ...]:
    """Read the list of packages."""
    return tuple(_package(entry) for entry in loads(table.read_text(encoding="utf-8"))["package"])


def _package(entry: dict[str, Any]) -> Package:
    files = tuple(entry.pop("files").items())
    folders = tuple(entry.pop("folders", {}).items())
    return Package(**entry, files=files, folders=folders)


def asset_folder() -> Path:
    """Return where fonts and icons are kept: SANXIAO_ASSETS, else the user's cache."""
    chosen = environ.get("SANXIAO_ASSETS")
    return Path(chosen) if chosen else Path.home() / ".cache" / "sanxiao"


def fetch_assets(folder: Path, npm: Path, wanted: tuple[Package, ...]) -> list[Package]:
    """Bring every package into the folder that is not there yet; return those that could not be had."""
    missing = []
    for package in wanted:
        if is_there(folder, package):
            continue
        say(f"fetching {package.name} {package.version} ({package.what})")
        try:
            _bring(folder, npm, package)
        except SetupFailedError as reason:
            if package.needed:
                raise
            say(f"{package.name} could not be had: {reason}")
            missing.append(package)
    return missing


def is_there(folder: Path, package: Package) -> bool:
    """Tell whether the package was unpacked to its end and its files still lie there."""
    whole = (folder / "stamps" / package.stamp).is_file()
    return whole and all((folder / target).is_file() for _, target in package.files)


def _bring(folder: Path, npm: Path, package: Package) -> None:
    with _workroom(folder) as room:
        archive = _from_npm(room, npm, package) if package.source == "npm" else _from_debian(room, package)
        with archive.open("rb") as stream:
            found = file_digest(stream, "sha256").hexdigest()
        if found != package.sha256:
            raise SetupFailedError(
                f"{archive.name} is not the file that installer/assets.toml names:"
                f" SHA-256 {found}, expected {package.sha256}. Nothing of it was used; try again later."
            )
        with open_tar(_tar_of(archive)) as tar:
            _unpack(tar, folder, room, package)
        (folder / "stamps").mkdir(exist_ok=True)
        (folder / "stamps" / package.stamp).touch()


@contextmanager
def _workroom(folder: Path) -> Iterator[Path]:
    # On the same disk as the target, so that the rename at the end is one step and cannot be half done.
    folder.mkdir(parents=True, exist_ok=True)
    room = Path(mkdtemp(prefix="fetching-", dir=folder))
    try:
        yield room
    finally:
        rmtree(room, ignore_errors=True)


def _from_npm(room: Path, npm: Path, package: Package) -> Path:
    must([npm, "pack", "--silent", f"{package.name}@{package.version}"], cwd=room)
    return _only_file(room, ".tgz")


def _from_debian(room: Path, package: Package) -> Path:
    wish = f"{package.name}={package.version}"
    if attempt(["apt-get", "download", wish], cwd=room).returncode != 0:
        # Package lists of our own: they need no right on the machine and leave its lists as they are.
        (room / "lists" / "partial").mkdir(parents=True)
        own = ["-o", f"Dir::State::lists={room / 'lists'}", "-o", f"Dir::Cache={room}"]
        must(["apt-get", *own, "update"], cwd=room)
        must(["apt-get", *own, "download", wish], cwd=room)
    return _only_file(room, ".deb")


def _only_file(room: Path, ending: str) -> Path:
    found = [path for path in room.iterdir() if path.name.endswith(ending)]
    if len(found) != 1:
        raise SetupFailedError(f"expected one {ending} file from the package client, found {len(found)}")
    return found[0]


def _tar_of(archive: Path) -> Path:
    if archive.suffix != ".deb":
        return archive
    tar = archive.with_suffix(".tar")
    must(["sh", "-c", 'dpkg-deb --fsys-tarfile "$1" > "$2"', "sh", archive, tar])
    return tar


def _unpack(tar: TarFile, folder: Path, room: Path, package: Package) -> None:
    targets = dict(package.files)
    folders = dict(package.folders)
    taken = set()
    for member in tar:
        path = PurePosixPath(member.name.removeprefix("./"))
        target = targets.get(str(path))
        if target is None and path.suffix == ".svg" and str(path.parent) in folders:
            target = f"{folders[str(path.parent)]}/{path.name}"
        source = tar.extractfile(member) if target else None
        if target is None or source is None:
            continue
        waiting = room / "waiting"
        with source, waiting.open("wb") as stream:
            copyfileobj(source, stream)
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        waiting.replace(folder / target)
        taken.add(str(path))
    if absent := targets.keys() - taken:
        raise SetupFailedError(f"{package.name} {package.version} lacks {', '.join(sorted(absent))}")
