"""What a line of the change log says: codes have words, a late entry its second person."""

from collections.abc import Mapping

from desktop.domain.lifecycle import Disposition, Labelled, OperatingStatus, Route
from desktop.models.establishment import EstablishmentChange

LATE_ENTRY = "late_entry"
_TITLES = {
    "moved": "搬迁",
    "route": "改定处置意见",
    "disposition": "改定分类",
    "joined": "并档",
    "separated": "撤回并档",
}
_CODES: Mapping[str, type[Labelled]] = {
    "status": OperatingStatus,
    "route": Route,
    "disposition": Disposition,
}


def title_of(change: EstablishmentChange) -> str:
    """Return what changed, in a few words."""
    if change.change == LATE_ENTRY:
        return f"补录{change.old_value}"
    if change.change == "status":
        return f"改为“{_said(change.change, change.new_value)}”"
    return _TITLES.get(change.change, "变动")


def text_of(change: EstablishmentChange) -> str:
    """Return what it was and became, and why."""
    if change.change == LATE_ENTRY:
        return f"{change.note}（同意人 {change.new_value}）"
    new, old = (_said(change.change, value) for value in (change.new_value, change.old_value))
    told = f"{old or '—'} → {new or '—'}"
    return f"{told}。{change.note}" if change.note else told


def _said(change: str, value: str | None) -> str | None:
    return _CODES[change](value).label if change in _CODES and value else value
