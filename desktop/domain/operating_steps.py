"""Which changes of the operating status (存续状态) a visit may put down, as one table."""

import re
from collections.abc import Mapping

from desktop.domain.folding import half_width
from desktop.domain.lifecycle import OperatingStatus

SURVEY_STEPS: Mapping[OperatingStatus, tuple[OperatingStatus, ...]] = {
    OperatingStatus.OPERATING: (
        OperatingStatus.NEW,
        OperatingStatus.MOVED,
        OperatingStatus.PAUSED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
        OperatingStatus.UPGRADED,
    ),
    OperatingStatus.NEW: (
        OperatingStatus.OPERATING,
        OperatingStatus.MOVED,
        OperatingStatus.PAUSED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
        OperatingStatus.UPGRADED,
    ),
    OperatingStatus.MOVED: (
        OperatingStatus.OPERATING,
        OperatingStatus.PAUSED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
        OperatingStatus.UPGRADED,
    ),
    OperatingStatus.PAUSED: (
        OperatingStatus.OPERATING,
        OperatingStatus.MOVED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
        OperatingStatus.UPGRADED,
    ),
    OperatingStatus.NOT_FOUND: (
        OperatingStatus.OPERATING,
        OperatingStatus.MOVED,
        OperatingStatus.PAUSED,
        OperatingStatus.CLOSED,
    ),
    OperatingStatus.CLOSED: (OperatingStatus.OPERATING,),
    OperatingStatus.CLOSING: (),
    OperatingStatus.SHUT_DOWN: (),
    OperatingStatus.UPGRADED: (),
}
"""Closing by a date and shutting down are decisions: the rectification cycle makes and ends them.

Who closed of their own accord may open again; who was closed by a decision is met by a look-back.
Who has become a food producer (seed 001 §二(五)) is no small trade any more, and does not come back as one.
"""

NOTED = frozenset(
    {OperatingStatus.PAUSED, OperatingStatus.CLOSED, OperatingStatus.NOT_FOUND, OperatingStatus.UPGRADED}
)
"""What is put down with a note only: later nobody can ask whoever was not there."""

_PRODUCTION_LICENCE = re.compile(r"(?<![A-Z])SC\d{14}(?!\d)", re.ASCII)


def names_production_licence(note: str) -> bool:
    """Tell whether a note names a food production licence, SC and 14 digits (``DOMAIN.md`` §3)."""
    return _PRODUCTION_LICENCE.search(re.sub(r"\s", "", half_width(note).upper())) is not None
