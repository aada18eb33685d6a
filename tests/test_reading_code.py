"""Reading code is not disturbed by looking for garbage, and everything after it is as ever."""

import gc

import pytest

from desktop.reading_code import undisturbed


def test_nothing_is_collected_while_code_is_read() -> None:
    with undisturbed():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_what_was_read_is_looked_at_by_no_later_collection() -> None:
    read: list[object] = []

    with undisturbed():
        pass

    assert not any(one is read for one in gc.get_objects())


def test_a_broken_import_leaves_collecting_on() -> None:
    with pytest.raises(ImportError), undisturbed():
        raise ImportError

    assert gc.isenabled()
