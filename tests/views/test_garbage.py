"""Garbage is collected on the main thread, and nowhere else, while a window is open."""

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.views.garbage import Garbage


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    gc.enable()
    garbage = Garbage()
    yield garbage
    garbage.stop()


class Ring:
    """Something that only a collection can free."""

    def __init__(self) -> None:
        self.itself = self


def test_python_does_not_collect_by_itself_while_a_window_is_open(garbage: Garbage) -> None:
    assert not gc.isenabled()

    garbage.stop()

    assert gc.isenabled()


def test_what_only_a_collection_can_free_is_freed_between_two_events(garbage: Garbage) -> None:
    import weakref

    gc.collect()
    rings = [Ring() for _ in range(gc.get_threshold()[0] + 100)]
    last = weakref.ref(rings[-1])
    rings.clear()
    assert last() is not None

    garbage.look()

    assert last() is None
