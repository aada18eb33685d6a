"""A job runner that is stopped, a change hub, and a memory for small things."""

from collections.abc import Callable, Iterator
from os import environ
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.stylesheet import wear
from desktop.views.pictures import picture

GOLDENS = Path(__file__).parent.parent / "golden" / "window"
NOTICEABLE = 64
"""By how much (of 255) a dot must differ to be seen."""
MOST_DOTS = 0.00001
"""Which part of the dots may differ: a dozen on a page, not one letter."""


class Bot(QtBot):
    """Dresses what it is given, as the program dresses its windows."""

    def addWidget(self, widget: QWidget, **how: Any) -> None:
        wear(widget)
        super().addWidget(widget, **how)


@pytest.fixture
def qtbot(qtbot: QtBot, request: pytest.FixtureRequest) -> QtBot:
    """A bot for pieces that are windows of their own only in a test."""
    return Bot(request)


@pytest.fixture(autouse=True)
def collects_between_tests(no_garbage: None) -> None:
    """Every test of a view has a working thread beside it."""


class Memory:
    """Keeps what a person's table remembers."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def set(self, key: str, value: str) -> None:
        self.kept[key] = value


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    runner = Jobs()
    yield runner
    runner.stop()


@pytest.fixture
def hub(qapp: QApplication) -> ChangeHub:
    return ChangeHub()


@pytest.fixture
def remembered() -> Memory:
    return Memory()


@pytest.fixture
def golden_picture(tmp_path: Path) -> Callable[[QWidget, str, int, int], None]:
    """Compare a widget with the picture that somebody has looked at.

    With SANXIAO_UPDATE_GOLDENS=1 the pictures are drawn anew; look at each of them before committing.
    """

    def compare(widget: QWidget, name: str, width: int, height: int) -> None:
        drawn, golden = tmp_path / f"{name}.png", GOLDENS / f"{name}.png"
        picture(widget, drawn, width, height)
        if environ.get("SANXIAO_UPDATE_GOLDENS") == "1":
            golden.parent.mkdir(parents=True, exist_ok=True)
            # 256 colours keep the clone small and change no dot by more than a shade.
            colours = Image.open(drawn).convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE)
            colours.save(golden, optimize=True)
        assert golden.is_file(), f"{golden.name} is missing: draw it, look at it, commit it"
        assert difference(drawn, golden) <= MOST_DOTS, f"{golden.name} looks different now"

    return compare


def difference(one: Path, other: Path) -> float:
    """Return which part of the dots of two pictures differs noticeably."""
    new, old = Image.open(one).convert("L"), Image.open(other).convert("L")
    if new.size != old.size:
        return 1.0
    return sum(ImageChops.difference(new, old).histogram()[NOTICEABLE:]) / (new.width * new.height)
