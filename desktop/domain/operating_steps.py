"""Which changes of the operating status (存续状态) a visit may put down, as one table."""

from collections.abc import Mapping

from desktop.domain.lifecycle import OperatingStatus

SURVEY_STEPS: Mapping[OperatingStatus, tuple[OperatingStatus, ...]] = {
    OperatingStatus.OPERATING: (
        OperatingStatus.NEW,
        OperatingStatus.MOVED,
        OperatingStatus.PAUSED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
    ),
    OperatingStatus.NEW: (
        OperatingStatus.OPERATING,
        OperatingStatus.MOVED,
        OperatingStatus.PAUSED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
    ),
    OperatingStatus.MOVED: (
        OperatingStatus.OPERATING,
        OperatingStatus.PAUSED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
    ),
    OperatingStatus.PAUSED: (
        OperatingStatus.OPERATING,
        OperatingStatus.MOVED,
        OperatingStatus.CLOSED,
        OperatingStatus.NOT_FOUND,
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
"""

NOTED = frozenset({OperatingStatus.PAUSED, OperatingStatus.CLOSED, OperatingStatus.NOT_FOUND})
"""What is put down with a note only: later nobody can ask whoever was not there."""
