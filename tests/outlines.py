"""Where the pages of a whole list begin: outlined stride after stride, as the table does."""

from typing import Any

from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters, Outline


def outlined(establishments: Establishments, filters: Filters, **how: Any) -> Outline:
    """Return the whole outline of a list."""
    outline = establishments.outline(filters, **how)
    while not outline.is_complete:
        outline = establishments.outline(filters, begun=outline, **how)
    return outline
