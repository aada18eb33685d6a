"""The papers of the project itself: locks, licences, changelog, README, the two commands."""

from collections.abc import Iterator
from os import X_OK, access
from pathlib import Path
from re import MULTILINE, findall, fullmatch, match
from tomllib import loads

import pytest

from desktop import __version__

CLONE = Path(__file__).resolve().parent.parent
LOCKS = CLONE / "installer" / "locks"
RIVALS = "tests/bench/rivals/libraries.txt"
READS_FOR_BOTH = {"openpyxl"}
"""The program reads workbooks with it, and pandas, with which it is compared, has no reader of its own."""
KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def text_of(name: str) -> str:
    return (CLONE / name).read_text(encoding="utf-8")


def locked(name: str) -> dict[str, str]:
    """Return the library and its lines, up to the next library, of a lock file."""
    return locked_in(f"installer/locks/{name}")


def locked_in(file: str) -> dict[str, str]:
    blocks = findall(r"^([a-z0-9-]+)==((?:.+\n)(?:[ ]+.+\n)*)", text_of(file), MULTILINE)
    found: dict[str, str] = {}
    for library, block in blocks:
        found[library] = found.get(library, "") + block
    return found


def plain(requirement: str) -> str:
    return (match(r"[A-Za-z0-9._-]+", requirement) or [""])[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", ["program.txt", "dev.txt"])
def test_a_lock_names_neither_a_host_nor_a_path(lock: str) -> None:
    lines = text_of(f"installer/locks/{lock}").splitlines()
    own = {"#   -c installer/locks/program.txt", "# via -c installer/locks/program.txt"}
    foreign = [line for line in lines if line.strip() not in own and ("/" in line or line.startswith("-"))]
    assert foreign == []


def test_what_only_the_benches_compare_with_is_locked_elsewhere_and_as_strictly() -> None:
    libraries = locked_in(RIVALS)
    compared = {plain(line) for line in text_of(RIVALS.replace(".txt", ".in")).splitlines()}

    assert compared - libraries.keys() == set()
    assert compared & locked("dev.txt").keys() == READS_FOR_BOTH
    assert {libraries[name].split()[0] == locked("dev.txt")[name].split()[0] for name in READS_FOR_BOTH} == {
        True
    }
    assert [name for name, block in libraries.items() if "--hash=sha256:" not in block] == []
    named = [line for line in text_of(RIVALS).splitlines() if "/" in line]
    assert {line.strip() for line in named} <= {"# via -r tests/bench/rivals/libraries.in"}


@pytest.mark.parametrize("lock", ["program.txt", "dev.txt"])
def test_every_locked_library_has_its_hashes(lock: str) -> None:
    libraries = locked(lock)
    assert len(libraries) > 20
    assert [name for name, block in libraries.items() if "--hash=sha256:" not in block] == []


def test_every_dependency_is_locked_and_so_is_the_build_backend() -> None:
    project = loads(text_of("pyproject.toml"))
    needed = {plain(wish) for wish in project["project"]["dependencies"]}
    extra = {plain(wish) for wish in project["project"]["optional-dependencies"]["dev"]}
    backend = {plain(wish) for wish in project["build-system"]["requires"]}

    assert needed - locked("program.txt").keys() == set()
    assert (needed | extra | backend) - locked("dev.txt").keys() == set()


def test_both_locks_agree() -> None:
    program, dev = locked("program.txt"), locked("dev.txt")
    version = {name: block.split()[0] for name, block in program.items()}
    assert {name: dev[name].split()[0] for name in version} == version


def test_an_office_machine_with_an_arm_processor_has_a_qt_of_its_own() -> None:
    qt = locked("program.txt")["pyside6-essentials"]
    assert findall(r"platform_machine (..) 'aarch64'", qt) == ["==", "!="]


def test_the_licence_is_mit_and_the_notice_names_every_library() -> None:
    assert text_of("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 The sanxiao authors\n")
    named = set(findall(r"[a-z0-9-]+", text_of("NOTICE").lower()))
    assert locked("program.txt").keys() - named == set()


def test_the_notice_says_how_to_put_another_qt_in_place() -> None:
    notice = text_of("NOTICE")
    assert "LGPL version 3" in notice
    assert "replace them" in notice


def test_the_notice_names_every_font_and_the_icons() -> None:
    notice = text_of("NOTICE")
    for work in ("Noto Serif SC", "Noto Sans SC", "LXGW WenKai", "HanaMinB", "BabelStone Han", "Lucide"):
        assert work in notice


def test_the_changelog_has_its_form() -> None:
    assert list(complaints(text_of("CHANGELOG.md"))) == []


def test_the_changelog_knows_the_version_of_the_program() -> None:
    headings = findall(r"^## \[(.+?)\]", text_of("CHANGELOG.md"), MULTILINE)
    assert headings[0] == "Unreleased"
    assert len(headings) == 1 or headings[1] == __version__


@pytest.mark.parametrize(
    "broken",
    [
        "# Changelog\n\n## [Unreleased]\n\n### Improved\n\n- A thing.\n",
        "# Changelog\n\n## [Unreleased]\n\n### Added\n",
        "# Changelog\n\n## 0.1.0\n\n### Added\n\n- A thing.\n",
        "# Changelog\n\n## [0.1.0] - 2026-12-01\n\n## [0.2.0] - 2026-12-02\n",
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\nA thing.\n",
    ],
)
def test_a_changelog_out_of_form_is_noticed(broken: str) -> None:
    assert list(complaints(broken)) != []


def complaints(changelog: str) -> Iterator[str]:
    """Give what is not as Keep a Changelog wants it."""
    title, *releases = changelog.split("\n## ")
    if not title.startswith("# Changelog\n"):
        yield "the first line is not # Changelog"
    dates = []
    for release in releases:
        heading, *groups = release.split("\n### ")
        first = heading.splitlines()[0]
        dated = fullmatch(r"\[\d+\.\d+\.\d+\] - (\d{4}-\d\d-\d\d)", first)
        if not dated and first != "[Unreleased]":
            yield f"{first}: neither [Unreleased] nor [1.2.3] - 2026-12-31"
        dates += [dated[1]] if dated else []
        for group in groups:
            kind, *entries = [line for line in group.splitlines() if line]
            if kind not in KINDS:
                yield f"{first}: {kind} is none of {', '.join(KINDS)}"
            if not entries or any(not line.startswith(("- ", "  ")) for line in entries):
                yield f"{first}: {kind} is not a list"
    if dates != sorted(dates, reverse=True):
        yield "the newest release is not first"


def test_the_first_screen_of_the_readme_says_what_it_is_and_the_two_commands() -> None:
    first_screen = text_of("README.md").splitlines()[:15]
    shown = "\n".join(first_screen)
    assert "三小" in shown
    assert "docs/pictures/01-workbench.png" in shown
    assert "make run" in shown
    assert "make test" in shown


def test_every_link_of_the_readme_leads_somewhere() -> None:
    targets = findall(r"\]\(([^)#:]+)\)", text_of("README.md"))
    assert [target for target in targets if not (CLONE / target).exists()] == []


def test_every_make_command_of_the_readme_is_there() -> None:
    commands = set(findall(r"\bmake ([a-z]+)\b", text_of("README.md")))
    targets = set(findall(r"^([a-z]+):", text_of("Makefile"), MULTILINE))
    assert {"run", "test", "check", "proof"} <= commands <= targets


def test_what_ci_runs_is_what_a_person_runs() -> None:
    script = CLONE / ".ci" / "run"
    steps = [line for line in script.read_text(encoding="utf-8").splitlines() if line.startswith("make")]
    assert access(script, X_OK)
    assert steps == ["make check", "make proof"]
