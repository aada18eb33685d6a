"""Fonts and icons: taken whole or not at all, from the very package that was named."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from tarfile import TarInfo
from tarfile import open as open_tar

import pytest

from installer import assets as installer_assets
from installer.assets import Package, asset_folder, fetch_assets, is_there, packages
from installer.steps import SetupFailedError

NPM = Path("npm")


def archive(contents: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with open_tar(fileobj=stream, mode="w:gz") as tar:
        for name, content in contents.items():
            member = TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    return stream.getvalue()


WHOLE = archive(
    {"package/a.ttf": b"face", "package/icons/eye.svg": b"<svg/>", "package/icons/eye.txt": b"no"}
)


def package(content: bytes = WHOLE, *, needed: bool = True, version: str = "1.0.0") -> Package:
    return Package(
        name="faces",
        source="npm",
        version=version,
        sha256=sha256(content).hexdigest(),
        what="a face",
        needed=needed,
        files=(("package/a.ttf", "fonts/A.ttf"),),
        folders=(("package/icons", "icons"),),
    )


class Client:
    """Stands for the package client: puts a file where it is asked to, and counts how often."""

    def __init__(self, content: bytes = WHOLE) -> None:
        self.content = content
        self.asked = 0

    def __call__(self, command: list[str | Path], *, cwd: Path | None = None) -> str:
        assert command[1:3] == ["pack", "--silent"]
        self.asked += 1
        assert cwd is not None
        (cwd / "faces.tgz").write_bytes(self.content)
        return ""


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    stand_in = Client()
    monkeypatch.setattr(installer_assets, "must", stand_in)
    return stand_in


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_named_files_and_icons_are_taken_and_nothing_else(tmp_path: Path, client: Client) -> None:
    assert fetch_assets(tmp_path, NPM, (package(),)) == []

    assert (tmp_path / "fonts" / "A.ttf").read_bytes() == b"face"
    assert everything(tmp_path) == {"fonts/A.ttf", "icons/eye.svg", f"stamps/{package().stamp}"}


def test_what_is_there_is_not_fetched_again(tmp_path: Path, client: Client) -> None:
    fetch_assets(tmp_path, NPM, (package(),))
    fetch_assets(tmp_path, NPM, (package(),))

    assert client.asked == 1


def test_a_font_that_was_deleted_is_fetched_again(tmp_path: Path, client: Client) -> None:
    fetch_assets(tmp_path, NPM, (package(),))
    (tmp_path / "fonts" / "A.ttf").unlink()
    fetch_assets(tmp_path, NPM, (package(),))

    assert client.asked == 2
    assert is_there(tmp_path, package())


def test_another_version_is_fetched(tmp_path: Path, client: Client) -> None:
    fetch_assets(tmp_path, NPM, (package(),))
    fetch_assets(tmp_path, NPM, (package(version="1.0.1"),))

    assert client.asked == 2


def test_another_file_than_the_named_one_leaves_nothing(tmp_path: Path, client: Client) -> None:
    client.content = archive({"package/a.ttf": b"somebody else's face"})

    with pytest.raises(SetupFailedError, match="SHA-256"):
        fetch_assets(tmp_path, NPM, (package(),))

    assert everything(tmp_path) == set()
    assert list(tmp_path.iterdir()) == []


def test_a_package_without_the_file_it_should_carry_does_not_count_as_there(
    tmp_path: Path, client: Client
) -> None:
    client.content = archive({"package/b.ttf": b"face"})
    wrong = package(client.content)

    with pytest.raises(SetupFailedError, match=r"faces 1\.0\.0 lacks package/a\.ttf"):
        fetch_assets(tmp_path, NPM, (wrong,))

    assert not is_there(tmp_path, wrong)


def test_a_set_up_that_is_cut_off_while_unpacking_is_not_taken_for_whole(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(source: BytesIO, target: BytesIO) -> None:
        target.write(source.read(2))
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(installer_assets, "copyfileobj", cut)
        with pytest.raises(KeyboardInterrupt):
            fetch_assets(tmp_path, NPM, (package(),))
    assert everything(tmp_path) == set()

    fetch_assets(tmp_path, NPM, (package(),))
    assert (tmp_path / "fonts" / "A.ttf").read_bytes() == b"face"


def test_an_archive_cannot_write_outside_the_folder(tmp_path: Path, client: Client) -> None:
    client.content = archive(
        {"package/a.ttf": b"face", "../escaped.svg": b"x", "package/icons/../../e.svg": b"x"}
    )
    inner = tmp_path / "assets"

    fetch_assets(inner, NPM, (package(client.content),))

    assert everything(tmp_path) == {"assets/fonts/A.ttf", f"assets/stamps/{package(client.content).stamp}"}


def test_a_rare_font_that_cannot_be_had_is_named_and_the_rest_goes_on(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare = Package(
        name="rare",
        source="debian",
        version="1",
        sha256="",
        what="rare",
        needed=False,
        files=(("usr/r.ttf", "fonts/R.ttf"),),
        folders=(),
    )

    def not_here(command: list[str | Path], *, cwd: Path | None = None) -> str:
        if command[0] == "apt-get":
            raise SetupFailedError("apt-get: not found")
        return client(command, cwd=cwd)

    monkeypatch.setattr(installer_assets, "attempt", lambda *_, **__: CompletedProcess([], 127, ""))
    monkeypatch.setattr(installer_assets, "must", not_here)

    assert fetch_assets(tmp_path, NPM, (rare, package())) == [rare]
    assert is_there(tmp_path, package())


def test_the_folder_is_the_one_that_was_chosen_else_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANXIAO_ASSETS", "/chosen")
    assert asset_folder() == Path("/chosen")

    monkeypatch.delenv("SANXIAO_ASSETS")
    monkeypatch.setenv("HOME", "/home/clerk")
    assert asset_folder() == Path("/home/clerk/.cache/sanxiao")


def test_every_package_of_the_list_has_a_hash_and_brings_its_licence() -> None:
    for listed in packages():
        assert len(listed.sha256) == 64, listed.name
        assert listed.source in {"npm", "debian"}, listed.name
        assert [target for _, target in listed.files if target.startswith("licences/")], listed.name


def test_the_faces_of_every_paper_are_needed_and_the_rare_ones_are_not() -> None:
    needed = {target for listed in packages() if listed.needed for _, target in listed.files}

    assert {target for target in needed if target.startswith("fonts/")} == {
        "fonts/NotoSerifSC-Regular.ttf",
        "fonts/NotoSerifSC-Bold.ttf",
        "fonts/NotoSansSC-Regular.ttf",
        "fonts/NotoSansSC-Bold.ttf",
    }
