"""Thousands of records are made without looking for garbage among them, and everything after is as ever."""

import gc

import pytest

from desktop.services.office.uncollected import uncollected


def test_nothing_is_collected_meanwhile_and_what_was_off_stays_off() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()

    assert gc.isenabled()


def test_a_refused_file_leaves_collecting_on() -> None:
    with pytest.raises(ValueError, match="损坏"), uncollected():
        raise ValueError("损坏")

    assert gc.isenabled()
