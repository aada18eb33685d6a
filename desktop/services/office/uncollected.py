"""Holds garbage collection while thousands of records are made, which are all still wanted."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage until this is over.

    What is read and written here holds no circles, and looking through it again and again takes an eighth
    of an import. A window that collects by itself (``views/garbage.py``) is left as it is.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
