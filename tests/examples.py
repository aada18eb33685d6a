"""How many examples a property is tried with: some in the suite, many more in `make proof`."""

from hypothesis import settings

PROOF = "proof"
_FURTHER = 5


def examples(few: int) -> int:
    """Return the number of the suite, or of the proof where that runs; mark such a test `property`."""
    return few * (_FURTHER if settings.get_current_profile_name() == PROOF else 1)
