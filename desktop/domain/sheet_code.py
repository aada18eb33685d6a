"""The code on a blank check list: it opens the record of the visit when the sheet is keyed in.

``JC-`` and the archive number: digits and capitals, so that a scanner types it through any input method.
"""

import re

from desktop.domain.paper_code import fold_typed

_CODE = re.compile(r"JC-(\d[\d-]{0,14})")


def sheet_code(archive_number: str) -> str:
    """Return the code of an establishment's check list."""
    return f"JC-{archive_number}"


def archive_number_in(typed: str) -> str | None:
    """Return the archive number of a scanned or typed code; ``None`` where it is none."""
    found = _CODE.fullmatch(fold_typed(typed))
    return found[1] if found else None
