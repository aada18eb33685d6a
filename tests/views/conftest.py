"""A dressed application, a job runner that is stopped, a change hub, and a memory for small things."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.kit.theme import Theme


class Memory:
    """Keeps what a person's table remembers."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def set(self, key: str, value: str) -> None:
        self.kept[key] = value


@pytest.fixture(scope="session")
def dressed(qapp: QApplication, assets: Path) -> Theme:
    theme = Theme(fonts=assets / "fonts", icons=assets / "icons")
    theme.apply(qapp)
    return theme


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    """The look of the window, light and at 100 % for each test."""
    yield dressed
    dressed.zoom_reset()
    dressed.set_dark(False)


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
